"""Commands that look inside: one future, and every stage between the text and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from estimative import pipeline
from estimative.arguments import NoSuchFuture
from estimative.doors.options import Form, form_option
from estimative.doors.output import print_shown
from estimative.doors.simulation import Simulation, simulated
from estimative.sizes import MOST_FUTURES, MOST_READINGS

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.blocks import Shown

# What draws and counts is imported where it is used, so that help and checks start at once.

Stage = Literal["estimate", "model", "readings", "futures"]


@click.command()
@simulated
@click.option(
    "--reading", type=click.IntRange(min=0), default=0, show_default=True, help="Which reading, from 0."
)
@click.option(
    "--future", type=click.IntRange(min=0), default=0, show_default=True, help="Which future, from 0."
)
@form_option
def future(*, simulation: Simulation, reading: int, future: int, form: Form) -> None:
    """Tell one future.

    What happens in it, when, and by which rules. It is the same future that every answer has counted:
    the estimate, the seed and the two numbers give it back.
    """
    from estimative.show.future import future_shown

    estimate = simulation.estimate()
    try:
        setting, told = simulation.leading(
            estimate, lambda futures: pipeline.future(futures, reading, future)
        )
    except NoSuchFuture as none:
        most = MOST_READINGS if none.of == "readings" else MOST_FUTURES
        more = f"; --{none.of} {none.number + 1} would have {none.number}" if none.number < most else ""
        raise click.UsageError(f"{none}{more}") from None
    print_shown(future_shown(told, setting), form, estimate)


@click.command()
@click.argument("stage", type=click.Choice(["estimate", "model", "readings", "futures"]), metavar="STAGE")
@simulated
@form_option
def stage(*, simulation: Simulation, stage: Stage, form: Form) -> None:
    """Print one stage of the work.

    STAGE is `estimate` (the text as it was read), `model` (its variables and rules, numbered, with their
    steps), `readings` (what each likelihood was read as) or `futures` (what was counted).
    """
    estimate = simulation.estimate()
    if stage == "estimate":
        from estimative.language.write import write

        if form != Form():
            raise click.UsageError("`stage estimate` prints an estimate's text: it has no other form")
        click.echo(write(estimate), nl=False)
    else:
        print_shown(_shown(simulation, estimate, stage), form, estimate)


def _shown(simulation: Simulation, estimate: Estimate, stage: Stage) -> Shown:
    from estimative.questions.stages import levels_counted, likelihoods_read
    from estimative.show.stages import futures_shown, model_shown, readings_shown

    if stage == "model":
        _, model = simulation.leading(estimate, lambda futures: futures.model)
        return model_shown(model)
    if stage == "readings":
        setting, read = simulation.leading(estimate, likelihoods_read)
        return readings_shown(read, setting)
    setting, counted = simulation.leading(estimate, levels_counted)
    return futures_shown(counted, setting)


commands: tuple[click.Command, ...] = (future, stage)
