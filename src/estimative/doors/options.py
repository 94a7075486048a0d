"""Arguments and options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")
"""A function that becomes a command."""

Form = Literal["text", "json", "csv"]
"""How an answer is printed."""


def shipped() -> dict[str, Path]:
    """Estimates that come with the package, by name."""
    folder = Path(__file__).parents[1] / "estimates"
    return {place.name: place for place in sorted(folder.iterdir()) if (place / "estimate.yaml").is_file()}


def estimate_path(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    """The path of an estimate: as given, or of the one shipped under this name."""
    del ctx, param
    path = Path(value)
    return path if path.exists() else shipped().get(value, path)


def file_argument(function: Command) -> Command:
    """FILE: the estimate."""
    return click.argument("file", callback=estimate_path, metavar="FILE")(function)


def form_option(function: Command) -> Command:
    """``--format``: text, JSON or CSV."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "csv"]),
        default="text",
        show_default=True,
        help="How the answer is printed.",
    )(function)
