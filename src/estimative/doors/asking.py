"""The main commands: run an estimate, its forecast, its claims, and any question of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import Form, form_option
from estimative.doors.output import print_shown
from estimative.doors.simulation import Simulation, queries_of, simulated

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.run import Ran

# What draws and counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@form_option
def run(*, simulation: Simulation, form: Form) -> None:
    """Run an estimate and say what follows.

    Prints answers to its questions, the course of its scales, the verdict on each claim. Each probability
    is shown as the word it deserves with that word's range, the median over readings, and the band that holds 90 % of readings. The page of --html is a report: it has also every rule with
    its sources, and what influences what.
    """
    from estimative.show.report import report_page
    from estimative.show.run import run_shown

    estimate = simulation.estimate()
    ran = _ran(simulation, estimate)
    print_shown(
        run_shown(estimate, ran),
        form,
        page=lambda: report_page(estimate, ran, pipeline.influences(estimate)),
    )


def _ran(simulation: Simulation, estimate: Estimate) -> list[Ran]:
    from estimative.show.run import Ran

    found = simulation.through(estimate, pipeline.run)
    return [Ran(setting, one.forecast, one.questions, one.claims) for setting, one in found]


@click.command()
@simulated
@form_option
def forecast(*, simulation: Simulation, form: Form) -> None:
    """Show how probable everything is over time.

    Every condition and every level of a scale, lottery or choice. CSV and JSON have one row a variable, level, date and lens.
    """
    from estimative.show.forecast import forecast_shown
    from estimative.show.setting import speak_of

    estimate = simulation.estimate()
    found = simulation.through(estimate, pipeline.forecast)
    shown = forecast_shown([one for _, one in found], found[0][0], speak_of(estimate.standard))
    print_shown(shown, form, estimate)


@click.command()
@simulated
@form_option
def claims(*, simulation: Simulation, form: Form) -> None:
    """Say which claims follow from the estimate.

    A claim follows if it holds in nine readings of ten, and does not follow if it holds in one of ten or fewer.
    """
    from estimative.show.claims import Judged, claims_shown
    from estimative.show.setting import speak_of

    estimate = simulation.estimate()
    judged = [Judged(setting, found) for setting, found in simulation.through(estimate, pipeline.claims)]
    untested = [claim for claim in estimate.claims if claim.test is None]
    print_shown(claims_shown(judged, untested, speak_of(estimate.standard)), form, estimate)


@click.command()
@simulated
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@form_option
def ask(*, simulation: Simulation, query: tuple[str, ...], form: Form) -> None:
    """Ask questions of one's own.

    \b
    QUERY is  P(EVENT)              P(ever bases by 1989)
              P(EVENT | GIVEN)      P(ever bases | ever war before 1987)
              P(EVENT | do(..))     P(ever bases | do(war at 1987))
              mode of SCALE at DATE
              share of time CONDITION
    """  # noqa: D301 - Click keeps the lines of a paragraph that begins with this backspace
    from estimative.show.ask import Asked, ask_shown
    from estimative.show.setting import speak_of

    estimate = simulation.estimate()
    queries = queries_of(estimate, query)
    found = simulation.through(estimate, lambda futures: pipeline.ask(futures, queries), queries)
    asked = [Asked(setting, answers) for setting, answers in found]
    print_shown(ask_shown(asked, speak_of(estimate.standard)), form, estimate)


commands: tuple[click.Command, ...] = (run, forecast, claims, ask)
