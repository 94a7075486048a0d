"""Arguments and options that commands share."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from estimative.arguments import place_of
from estimative.places.plain_files import kind_at

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")
"""A function that becomes a command."""


@dataclass(frozen=True)
class Form:
    """How an answer is given: printed as `name`, and as a page at `html` too where somebody wants one."""

    name: Literal["text", "json", "csv"] = "text"
    html: Path | None = None


def estimate_path(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    """The path of an estimate: as given, or of the one shipped under this name."""
    del ctx, param
    return place_of(value)


def file_argument(function: Command) -> Command:
    """FILE: the estimate."""
    return click.argument("file", callback=estimate_path, metavar="FILE")(function)


class _Out(click.Path):
    """The path of a file that is to be written: it can be one, so that nothing is found out in vain.

    A file that is there already is replaced only where its own name says that it is of the `kind` that is written: it has
    one of the `endings`. So a slip of the hand costs nobody an estimate. Without a kind the command decides.
    """

    def __init__(self, kind: str = "", *endings: str) -> None:
        super().__init__(dir_okay=False)
        self.kind = kind
        self.endings = endings

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        if not value or value == "-":
            self.fail(f"a file has a name; {value!r} is none", param, ctx)
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if kind_at(path.parent, follow=True) != "folder":
            self.fail(f"there is no folder {str(path.parent)!r}", param, ctx)
        if kind_at(path, follow=True) != "file":
            return path
        if _is_printed_to(path):
            self.fail(f"{value!r} is where the answer is printed; name another file", param, ctx)
        there = Path(os.path.realpath(path))  # Of a link, what it leads to is replaced.
        if self.kind and there.suffix.lower() not in self.endings:
            leads = f" leads to {str(there)!r}, which" if path.is_symlink() else ""
            self.fail(
                f"{value!r}{leads} is there already and not named as a {self.kind}; "
                f"name a file that ends in {' or '.join(self.endings)}",
                param,
                ctx,
            )
        return path


def _is_printed_to(path: Path) -> bool:
    """Whether a file is what the output or the error stream goes to, as in ``> FILE``."""
    for stream in (1, 2):
        with suppress(OSError):  # It is closed.
            if os.path.samestat(os.fstat(stream), path.stat()):
                return True
    return False


OUT = _Out()
"""What a file that is to be written is given by."""

PAGE, DIFF, SCHEMA = _Out("page", ".html", ".htm"), _Out("diff", ".diff", ".patch"), _Out("schema", ".json")
"""The same of what is made again and again, and may replace its like."""


def form_option(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--format`` (text, JSON or CSV) and ``--html`` (also a page) as `form`."""

    @wraps(function)
    def packed(*, printed: Literal["text", "json", "csv"], html: Path | None, **others: object) -> None:
        function(form=Form(printed, html), **others)

    for option in (
        click.option(
            "--html",
            metavar="OUT",
            type=PAGE,
            help="Also write the answer there, as one HTML page.",
        ),
        click.option(
            "--format",
            "printed",
            type=click.Choice(["text", "json", "csv"]),
            default="text",
            show_default=True,
            help="How the answer is printed.",
        ),
    ):
        packed = option(packed)
    return packed
