"""Commands about what follows from interests and from data: choices, trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import Form, file_argument, form_option
from estimative.doors.output import print_problems, print_shown
from estimative.doors.simulation import Simulation, simulated

if TYPE_CHECKING:
    from pathlib import Path

# What draws and counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@form_option
def choices(*, simulation: Simulation, form: Form) -> None:
    """Show what actors' ranked interests favour, and what would turn it.

    Weights are drawn from all that respect an actor's order of interests. The lens matters only for how
    likely conditions are on the way; `both` means readers.
    """
    from estimative.show.choices import choices_shown  # noqa: PLC0415 - see above

    setting, answer = simulation.leading(simulation.estimate(), pipeline.choices)
    print_shown(choices_shown(answer, setting), form)


@click.command()
@file_argument
@click.option(
    "--readings",
    type=click.IntRange(1, 1_000_000),
    help="Ways to read the data.  [default: what the estimate needs]",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=1984,
    show_default=True,
    help="The same seed gives the same readings.",
)
@form_option
def trends(*, file: Path, readings: int | None, seed: int, form: Form) -> None:
    """Draw each trend with its fan, and say when thresholds are reached.

    Data, a random walk with drift fitted to them, and the distribution of the date at which each
    threshold that the estimate names is reached.
    """
    from estimative.show.setting import Setting  # noqa: PLC0415 - see above
    from estimative.show.trends import trends_shown  # noqa: PLC0415 - likewise

    checked = pipeline.check(file)
    print_problems([problem for problem in checked.problems if problem.severity == "warning"])
    ready = pipeline.prepare(checked.sound(), size=pipeline.Size(readings=readings, seed=seed))
    print_shown(trends_shown(pipeline.trends(ready), Setting.of(ready)), form)


commands: tuple[click.Command, ...] = (choices, trends)
