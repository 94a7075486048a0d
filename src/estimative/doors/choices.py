"""Commands about what follows from interests and from data: choices, trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from estimative import pipeline, sizes
from estimative.doors.options import Form, file_argument, form_option
from estimative.doors.output import print_problems, print_shown
from estimative.doors.simulation import Simulation, queries_of, simulated

if TYPE_CHECKING:
    from pathlib import Path

# What draws and counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@form_option
def choices(*, simulation: Simulation, form: Form) -> None:
    """Show what ranked interests favour.

    And what would turn it. Weights are drawn from all that respect an actor's order of interests. The lens matters only for how
    likely conditions are on the way; `both` means readers.
    """
    from estimative.show.choices import choices_shown

    estimate = simulation.estimate()
    setting, answer = simulation.leading(estimate, pipeline.choices)
    print_shown(choices_shown(answer, setting), form, estimate)


@click.command()
@file_argument
@click.option(
    "--readings",
    type=click.IntRange(1, sizes.MOST_READINGS),
    help="Ways to read the data.  [default: what the estimate needs]",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1984,
    show_default=True,
    help="The same seed gives the same readings.",
)
@click.option(
    "--reach", multiple=True, metavar="THRESHOLD", help="One more threshold, such as 'trade >= 900'."
)
@form_option
def trends(*, file: Path, readings: int | None, seed: int, reach: tuple[str, ...], form: Form) -> None:
    """Draw trends and their thresholds.

    Data, a random walk with drift fitted to them, and the distribution of the date at which each
    threshold that the estimate names is reached.
    """
    from estimative.show.setting import Setting
    from estimative.show.trends import trends_shown

    checked = pipeline.check(file)
    estimate = checked.sound()
    print_problems([problem for problem in checked.problems if problem.severity == "warning"])
    asked = queries_of(estimate, [f"P(ever {threshold})" for threshold in reach])
    ready = pipeline.prepare(estimate, size=pipeline.Size(readings=readings, seed=seed), queries=asked)
    print_shown(trends_shown(pipeline.trends(ready), Setting.of(ready)), form, estimate)


commands: tuple[click.Command, ...] = (choices, trends)
