"""The command `update`: outcomes in view of a record of what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import Form, form_option
from estimative.doors.output import print_problems, print_shown
from estimative.doors.simulation import Simulation, queries_of, simulated
from estimative.estimate.queries import Probability
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.record.report import Record


@click.command()
@simulated
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option(
    "--record",
    "path",
    metavar="RECORD",
    required=True,
    type=click.Path(path_type=Path),
    help="What was seen and what was so: a record file.",
)
@form_option
def update(*, simulation: Simulation, query: tuple[str, ...], path: Path, form: Form) -> None:
    """Say what the estimate foresees in view of what has happened.

    Futures and readings are weighed by how likely the reports of RECORD are in each. QUERY is P(EVENT) or P(EVENT | GIVEN);
    without any, the estimate's own questions are asked. Words whose readings the world speaks against are listed.
    The lens `both` means readers.
    """
    from estimative.questions.ask import text_of
    from estimative.show.setting import speak_of
    from estimative.show.update import update_shown

    estimate = simulation.estimate()
    record = _record(path, estimate)
    outcomes = _outcomes(estimate, query)
    queries = (*outcomes, *pipeline.reported(record, estimate))
    left_out = (
        [] if query else [text_of(one.query) for one in estimate.questions if one.query not in outcomes]
    )
    setting, (found, model) = simulation.leading(
        estimate, lambda futures: (pipeline.update(futures, record, outcomes), futures.model), queries
    )
    shown = update_shown(found, setting, speak_of(estimate.standard), estimate, model, left_out=left_out)
    print_shown(shown, form, estimate)


def _record(path: Path, estimate: Estimate) -> Record:
    record, problems = pipeline.read_record(path, estimate)
    if record is None:
        raise EstimateHasErrors(problems)
    print_problems(problems)
    return record


def _outcomes(estimate: Estimate, texts: Sequence[str]) -> tuple[Probability, ...]:
    """What is asked; of the estimate's questions those that are probabilities in the world as it is."""
    if not texts:
        asked = (question.query for question in estimate.questions)
        return tuple(query for query in asked if isinstance(query, Probability) and not query.do)
    queries = queries_of(estimate, texts)
    for text, query in zip(texts, queries, strict=True):
        if not isinstance(query, Probability) or query.do:
            raise click.UsageError(
                f"{text} cannot be asked here: a record is of the world as it is, and changes the probability of "
                "events, so write P(EVENT) or P(EVENT | GIVEN) without do(..)."
            )
    return tuple(query for query in queries if isinstance(query, Probability))


commands: tuple[click.Command, ...] = (update,)
