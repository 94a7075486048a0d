"""Commands about the text of an estimate: check it, begin one, describe the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from estimative import pipeline
from estimative.doors.options import file_argument
from estimative.doors.output import print_text
from estimative.places.excerpt import to_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@file_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def check(ctx: click.Context, file: Path, form: Literal["text", "json"]) -> None:
    """Say what is wrong with an estimate, without running it.

    Exit code 1 if there are errors. JSON is a list of problems, for editors.
    """
    checked = pipeline.check(file)
    if form == "json":
        click.echo(to_json(checked.problems))
    else:
        from estimative.show.estimate import checked_shown  # noqa: PLC0415 - only where text is wanted
        from estimative.show.problems import problem_blocks  # noqa: PLC0415 - likewise

        print_text(problem_blocks(checked.problems))
        if checked.estimate is not None:
            print_text(checked_shown(checked.estimate).blocks)
    if checked.estimate is None:
        ctx.exit(1)


commands: tuple[click.Command, ...] = (check,)
