"""Commands about reasons: what an outcome turns on, which word flips a claim, why, and what if."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import Form, form_option
from estimative.doors.output import print_problems, print_shown
from estimative.doors.simulation import Simulation, claims_of, queries_of, simulated
from estimative.estimate.queries import Probability, ShareOfTime
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.questions.what_if import Outcome, Supposition

# What draws and counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    help="Bars shown for each outcome.  [default: 8, or 3 where no QUERY is named]",
)
@form_option
def hinges(*, simulation: Simulation, query: tuple[str, ...], top: int | None, form: Form) -> None:
    """Show on which words an outcome turns.

    How far readings of each word, of an actor's ranking and of the strength of tilts move it, with the
    sentences on which the word stands. Outcomes are each QUERY: see `estimative ask --help`. Without any,
    the estimate's questions are answered in brief, and the lens `both` means readers.
    """
    from estimative.questions.ask import text_of
    from estimative.show.hinges import Turned, hinges_shown
    from estimative.show.setting import speak_of

    estimate = simulation.estimate()
    asked = outcomes(estimate, query)
    brief = not query and len(asked) > 1
    bars = top or (3 if brief else 8)
    found = simulation.through(
        estimate,
        lambda futures: (pipeline.hinges(futures, asked, bars), futures.model),
        asked,
        simulation.lenses[:1] if brief else (),
    )
    turned = [Turned(setting, answers) for setting, (answers, _) in found]
    left_out = () if query else [one.query for one in estimate.questions if one.query not in asked]
    shown = hinges_shown(
        turned,
        found[0][1][1],
        estimate,
        speak_of(estimate.standard),
        bars,
        brief=brief and top is None,
        left_out=[text_of(one) for one in left_out],
    )
    print_shown(shown, form, estimate)


@click.command()
@simulated
@click.argument("claim", nargs=-1, metavar="[CLAIM...]")
@form_option
def flips(*, simulation: Simulation, claim: tuple[str, ...], form: Form) -> None:
    """Show which single word flips a claim.

    Every likelihood that is a word is moved one rung up and down its standard's ladder, all else as it
    is; of several wordings each is also tried alone. Looks at each CLAIM by name, or else at all of them. By
    1,024 futures in a reading unless told otherwise. The lens `both` means readers.
    """
    from estimative.show.flips import flips_shown

    estimate = simulation.estimate()
    claims = claims_of(estimate, claim)
    setting, (answer, model) = simulation.trying.leading(
        estimate, lambda futures: (pipeline.flips(futures, claims), futures.model)
    )
    print_shown(flips_shown(answer, model, setting), form, estimate)


@click.command()
@simulated
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    help="Rules shown for each outcome.  [default: 12, or 3 where no QUERY is named]",
)
@form_option
def why(*, simulation: Simulation, query: tuple[str, ...], top: int | None, form: Form) -> None:
    """Tell what brings an outcome about.

    Which rules fired on the way, how much of the outcome is lost without each, in what order things
    came, and the paths most often taken. Outcomes are each QUERY, which is P(..), see `estimative ask
    --help`; or else the estimate's questions, with the first rules of each. JSON and CSV always have
    everything. The lens `both` means readers.
    """
    from estimative.questions.ask import text_of
    from estimative.show.setting import questions_say, speak_of
    from estimative.show.why import why_shown

    estimate = simulation.estimate()
    wanted = outcomes(estimate, query, "P(EVENT)")
    asked = [outcome for outcome in wanted if isinstance(outcome, Probability)]
    if not asked:
        raise click.UsageError("`why` is asked of an event: write P(EVENT)")
    setting, (found, model) = simulation.leading(
        estimate, lambda futures: (pipeline.why(futures, asked), futures.model), asked
    )
    brief = not query and len(asked) > 1 and top is None
    of = wanted if query else [one.query for one in estimate.questions]
    shown = why_shown(
        found,
        model,
        setting,
        speak_of(estimate.standard),
        top or (3 if brief else 12),
        brief=brief,
        left_out=[text_of(one) for one in of if not isinstance(one, Probability)],
        says=questions_say(estimate),
    )
    print_shown(shown, form, estimate)


@click.command("what-if")
@simulated
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option(
    "--do", "made", multiple=True, metavar="WHAT", help="Make it so: 'bases', 'not bases', 'bases at 1987'."
)
@click.option(
    "--given", "known", multiple=True, metavar="EVENT", help="Know it to be so: 'ever bases by 1987'."
)
@form_option
def what_if(
    *,
    simulation: Simulation,
    query: tuple[str, ...],
    made: tuple[str, ...],
    known: tuple[str, ...],
    form: Form,
) -> None:
    """Put outcomes beside what they would be.

    With something made so (--do, held from the start, or put so at a date and then left to itself) or
    known to be so (--given), each option once or more. Outcomes are the estimate's questions, or each
    QUERY: see `estimative ask --help`.
    """
    from estimative.questions.what_if import supposed
    from estimative.show.setting import questions_say, speak_of
    from estimative.show.what_if import Supposed, what_if_shown

    texts = [*(text if text.startswith("do(") else f"do({text})" for text in made), *known]
    if not texts:
        raise click.UsageError("say what if: --do WHAT or --given EVENT")
    estimate = simulation.estimate()
    asked = outcomes(estimate, query)
    suppositions = _suppositions(estimate, asked[0], texts)
    queries = [supposed(outcome, one) for outcome in asked for one in suppositions]
    found = simulation.through(
        estimate, lambda futures: pipeline.what_if(futures, asked, suppositions), [*asked, *queries]
    )
    several = [Supposed(*one) for one in found]
    shown = what_if_shown(several, speak_of(estimate.standard), questions_say(estimate))
    print_shown(shown, form, estimate)


def _suppositions(estimate: Estimate, outcome: Outcome, texts: Sequence[str]) -> list[Supposition]:
    read = [pipeline.supposition(estimate, outcome, text) for text in texts]
    problems = [problem for _, found in read for problem in found]
    if any(problem.severity == "error" for problem in problems):
        raise EstimateHasErrors(problems)
    print_problems(problems)
    return [one for one, _ in read if one is not None]


def outcomes(
    estimate: Estimate, texts: Sequence[str], form: str = "P(EVENT) or share of time CONDITION"
) -> list[Outcome]:
    """Probabilities and shares of time that are asked: those typed, or else the estimate's own questions.

    Raises
    ------
    EstimateHasErrors
        If one that was typed cannot be asked of this estimate.
    """
    asked = queries_of(estimate, texts) if texts else tuple(one.query for one in estimate.questions)
    found: list[Outcome] = [one for one in asked if isinstance(one, Probability | ShareOfTime)]
    if not found and not texts:
        raise click.UsageError(f"the estimate asks no question of this kind, so name an outcome: {form}")
    if len(found) < len(asked) and texts:
        raise click.UsageError(f"name an outcome: {form}")
    return found


commands: tuple[click.Command, ...] = (hinges, flips, why, what_if)
