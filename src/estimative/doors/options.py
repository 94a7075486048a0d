"""Arguments and options that commands share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

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


def shipped() -> dict[str, Path]:
    """Estimates that come with the package, by name."""
    folder = Path(__file__).parents[1] / "estimates"
    return {place.name: place for place in sorted(folder.iterdir()) if (place / "estimate.yaml").is_file()}


def estimate_path(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    """The path of an estimate: as given, or of the one shipped under this name."""
    del ctx, param
    path = Path(value)
    return path if kind_at(path, follow=True) else shipped().get(value, path)


def file_argument(function: Command) -> Command:
    """FILE: the estimate."""
    return click.argument("file", callback=estimate_path, metavar="FILE")(function)


def writable_path(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """The path of a file that is to be written: its folder is there, so that nothing is found out in vain."""
    if value is not None and kind_at(value.parent, follow=True) != "folder":
        raise click.BadParameter(f"there is no folder {str(value.parent)!r}", ctx, param)
    return value


def form_option(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--format`` (text, JSON or CSV) and ``--html`` (also a page) as `form`."""

    @wraps(function)
    def packed(*, printed: Literal["text", "json", "csv"], html: Path | None, **others: object) -> None:
        function(form=Form(printed, html), **others)

    for option in (
        click.option(
            "--html",
            metavar="OUT",
            type=click.Path(dir_okay=False, path_type=Path),
            callback=writable_path,
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
