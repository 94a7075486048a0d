"""What a command prints: answers as text, JSON or CSV; problems; progress."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from estimative.places.excerpt import excerpt, summary
from estimative.show.fields import WHOLE, columns, complete
from estimative.show.plain import defused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from estimative.doors.options import Form
    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem
    from estimative.show.blocks import Block, Shown, Value

_NO_LETTER = re.compile("[\ud800-\udfff]")
SEVERITIES = {"error": "red", "warning": "yellow", "note": "blue"}

MOST_PRINTED = 100
"""Problems that are printed one by one; JSON has all of them."""

# Rich is imported where something is printed, so that nobody waits for it in vain.


def console(*, error: bool = False) -> Console:
    """The terminal; colours only where it is one, and none where NO_COLOR says so."""
    from rich.console import Console

    class Piped(Console):
        """Rich ends the process with 1 where the output is closed; that is for the door to say."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Piped(stderr=error, highlight=False, markup=False, emoji=False)


def print_shown(
    shown: Shown, form: Form, estimate: Estimate | None = None, page: Callable[[], str] | None = None
) -> None:
    """Print an answer, and write its page where one is wanted.

    The page is headed by the estimate that was asked; `page` writes another one in its place.
    """
    match form.name:
        case "text":
            print_text(shown.blocks)
        case "json":
            click.echo(as_json(shown))
        case "csv":
            click.echo(as_csv(shown), nl=False)
    if form.html is not None:
        from estimative.show.answer_page import answer_page

        command = f"estimative {click.get_current_context().info_name}"
        write_whole(form.html, answer_page(shown, command, estimate) if page is None else page())
        click.echo(f"Page: {form.html}", err=True)


def print_text(blocks: Sequence[Block]) -> None:
    """Print blocks for people."""
    from estimative.show.terminal import print_blocks

    print_blocks(console(), blocks)


def as_json(shown: Shown) -> str:
    """An answer for machines: the name of the question, what holds for all of it, and its rows.

    >>> from estimative.show.blocks import Shown
    >>> row = {"part": "rule", "rule": "rain.r", "median": 0.5}
    >>> print(as_json(Shown("readings", "", (), {"lens": "author"}, (row,))))
    {
      "answer": "readings",
      "lens": "author",
      "readings": null,
      "futures": null,
      "seed": null,
      "rows": [
        {
          "part": "rule",
          "rule": "rain.r",
          "low": null,
          "median": 0.5,
          "high": null
        }
      ]
    }
    """
    known = complete(shown)
    whole = {"answer": known.kind, **known.facts, "rows": [dict(row) for row in known.rows]}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)


def as_csv(shown: Shown) -> str:
    r"""An answer as CSV (RFC 4180, but lines end in ``\n``); no cell is a formula to a spreadsheet.

    Columns are those of all answers to the question. What holds for the whole answer is its first row.

    >>> from estimative.show.blocks import Shown
    >>> row = {"part": "start", "variable": "=x", "after": "a, b"}
    >>> print(as_csv(Shown("future", "", (), {"lens": "author", "reading": 3}, (row,))))
    part,lens,seed,reading,future,variable,after,date,says,before,rules
    whole,author,,3,,,,,,,
    start,,,,,'=x,"a, b",,,,
    <BLANKLINE>
    """
    known, names = complete(shown), columns(shown.kind)
    says = any(value is not None for value in known.facts.values())
    whole = [{"part": WHOLE, **known.facts}] if says else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(row.get(name)) for name in names] for row in (*whole, *known.rows))
    return text.getvalue()


def _csv_cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return defused(value)
        case _:
            return repr(value)


def print_problems(problems: Sequence[Problem], *, error: bool = True) -> None:
    """Print problems for people, each with its excerpt, and how many there are; nothing where there are none.

    Of very many the first are printed, errors before all else.
    """
    if not problems:
        return
    # Not by Rich: a check is to be over before Rich is imported, and these lines may not be broken.
    colour = False if os.environ.get("NO_COLOR") else None
    for problem in _first(problems):
        first, _, rest = excerpt(problem).partition("\n")
        click.secho(first, fg=SEVERITIES[problem.severity], bold=True, err=error, color=colour)
        click.echo(f"{rest}\n" if rest else "", err=error)
    if len(problems) > MOST_PRINTED:
        click.echo(f"... and {len(problems) - MOST_PRINTED:,} more.\n", err=error)
    codes = sorted({problem.code for problem in problems})
    click.echo(f"{summary(problems)}. `estimative explain {codes[0]}` says more.", err=error)


def _first(problems: Sequence[Problem]) -> list[Problem]:
    """At most `MOST_PRINTED` problems in their order: errors, and then of the others as many as there is room for."""
    order = sorted(range(len(problems)), key=lambda at: problems[at].severity != "error")
    return [problems[at] for at in sorted(order[:MOST_PRINTED])]


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place first, then under its name.

    A link is followed. What is no ordinary file, such as a device or a pipe, is written to as it stands. Names of files
    may hold bytes that are no letters; where a text has one from there, a sign stands for it.
    """
    content = _NO_LETTER.sub("\ufffd", text).encode("utf-8")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(Path(os.path.realpath(path)), content)
    except OSError as reason:
        raise click.UsageError(f"{path} cannot be written: {reason.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        if path.exists():
            beside.chmod(path.stat().st_mode)  # Who may read it stays as it is.
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def waiting(says: str) -> Iterator[None]:
    """Say on the error stream what is waited for, with something that moves where somebody looks."""
    if not sys.stderr.isatty():
        click.echo(says, err=True)
        yield
        return
    with console(error=True).status(says):
        yield


@contextmanager
def progress(says: str) -> Iterator[Callable[[float], None] | None]:
    """A progress bar on the error stream while something long runs; None where nobody looks.

    The callback takes the share that is done, in [0, 1].
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(error=True), transient=True) as shown:
        task = shown.add_task(says, total=1.0)
        yield lambda done: shown.update(task, completed=done)
