"""Edits: pieces of source texts replaced, shown as a unified diff that `patch` can apply."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Source, Span

CONTEXT = 2
"""Lines around a change."""


@dataclass(frozen=True)
class Edit:
    """The text that is to stand in place of a span."""

    span: Span
    text: str


def edited(source: Source, edits: Sequence[Edit]) -> str:
    """A source's text with its edits made; edits of other sources are left out.

    >>> from estimative.places.source import Source
    >>> text = Source("a.yaml", "x: likely")
    >>> edited(text, [Edit(text.span(3, 9), "unlikely")])
    'x: unlikely'
    """
    text = source.text
    mine = [edit for edit in edits if edit.span.source is source]
    for edit in sorted(mine, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def diff(edits: Sequence[Edit]) -> str:
    r"""What the edits change, file by file, as a unified diff; empty where they change nothing.

    >>> from estimative.places.source import Source
    >>> text = Source("a.yaml", "a:\n  x: likely\n")
    >>> print(diff([Edit(text.span(8, 14), "unlikely")]), end="")
    --- a.yaml
    +++ a.yaml
    @@ -1,2 +1,2 @@
     a:
    -  x: likely
    +  x: unlikely
    """
    sources = dict.fromkeys(edit.span.source for edit in edits)
    return "".join(_of_one(source, edited(source, edits)) for source in sources)


def _of_one(source: Source, after: str) -> str:
    lines = unified_diff(
        _lines(source.text),
        _lines(after),
        source.name,
        source.name,
        n=CONTEXT,
    )
    # A last line without an end would run into the next one.
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Lines as `patch` tells them apart: nothing but a line feed ends one."""
    return list(StringIO(text, newline="\n"))
