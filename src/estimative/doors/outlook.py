"""Commands that look ahead and back: paths to an outcome, what to watch, two versions compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import Form, estimate_path, form_option
from estimative.doors.output import print_problems, print_shown
from estimative.doors.simulation import Simulation, queries_of, simulated
from estimative.estimate.queries import Probability

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Estimate

# What counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@click.argument("query", required=False, metavar="QUERY")
@form_option
def paths(*, simulation: Simulation, query: str | None, form: Form) -> None:
    """Show which ways lead to an outcome.

    A scenario, what else is so and by when in most futures with the outcome, with how well it holds on
    fresh futures; and typical sequences. QUERY is P(EVENT), see `estimative ask --help`; without it the
    estimate's own questions are listed. JSON and CSV also have every box on the way. The lens `both`
    means readers.
    """
    from estimative.show.paths import paths_shown
    from estimative.show.setting import speak_of

    estimate = simulation.estimate()
    if query is None:
        raise click.UsageError(_say_which(estimate))
    (outcome,) = probabilities(queries_of(estimate, [query]))
    setting, (answer, model) = simulation.leading(
        estimate, lambda futures: (pipeline.paths(futures, outcome), futures.model), [outcome]
    )
    print_shown(paths_shown(answer, model, setting, speak_of(estimate.standard)), form, estimate)


@click.command()
@simulated
@click.argument("query", required=False, metavar="QUERY")
@click.option("--against", metavar="QUERY", help="A rival outcome.  [default: that it does not happen]")
@form_option
def watch(*, simulation: Simulation, query: str | None, against: str | None, form: Form) -> None:
    """Show which signs tell an outcome from its rival.

    Every signal of the estimate and every condition that can be seen to hold: how much it tells by
    which date, how far ahead, how often it misses and misleads. QUERY is P(EVENT); without it the estimate's
    own questions are listed. JSON and CSV have every sign at every date. The lens `both` means readers.
    """
    from estimative.show.watch import watch_shown

    estimate = simulation.estimate()
    if query is None:
        raise click.UsageError(_say_which(estimate))
    asked = probabilities(queries_of(estimate, [query, *([against] if against else [])]))
    outcome, rival = asked[0], (asked[1] if against else None)
    setting, (answer, model) = simulation.leading(
        estimate,
        lambda futures: (pipeline.watch(futures, outcome, rival), futures.model),
        asked,
        signals=True,
    )
    print_shown(watch_shown(answer, model, setting), form, estimate)


@click.command()
@simulated
@click.argument("later", callback=estimate_path, metavar="LATER")
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@form_option
def compare(*, simulation: Simulation, later: Path, query: tuple[str, ...], form: Form) -> None:
    """Compare two versions of an estimate.

    What was added, removed and reworded, and what each change did to each outcome and claim: FILE is the
    earlier version, LATER the later. Outcomes are the questions that the earlier one asks, or each QUERY;
    claims are those that both make. The lens `both` means readers.
    """
    from estimative.show.compare import compare_shown
    from estimative.show.setting import questions_say

    estimate = simulation.estimate()
    checked = pipeline.check(later)
    after = checked.sound()
    print_problems([problem for problem in checked.problems if problem.severity == "warning"])
    outcomes = queries_of(estimate, query) if query else tuple(one.query for one in estimate.questions)
    setting, answer = simulation.leading(
        estimate, lambda futures: pipeline.compare(futures, after, outcomes), outcomes
    )
    first, second = simulation.file, later
    names = (first.name, second.name) if first.name != second.name else (str(first), str(second))
    print_shown(compare_shown(answer, *names, setting, questions_say(estimate)), form, estimate)


def _say_which(estimate: Estimate) -> str:
    """What to write where no outcome was named: the estimate's own questions, ready to be copied."""
    from estimative.questions.ask import text_of

    texts = [text_of(one.query) for one in estimate.questions if isinstance(one.query, Probability)]
    asked = "".join(f'\n  "{text}"' for text in texts)
    return f'say which outcome: "P(EVENT)"{"; the estimate asks" if asked else ""}{asked}'


def probabilities(queries: tuple[object, ...]) -> tuple[Probability, ...]:
    """Queries that ask for the probability of an event.

    Raises
    ------
    UsageError
        If one asks for something else.
    """
    if not all(isinstance(query, Probability) for query in queries):
        raise click.UsageError("this command asks for an event: write P(EVENT), see `estimative ask --help`")
    return tuple(query for query in queries if isinstance(query, Probability))


commands: tuple[click.Command, ...] = (paths, watch, compare)
