"""From written choices to numbers: interests that nothing touches, rankings, conditions each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from estimative.estimate import nodes
from estimative.estimate.expressions import Expression, Named
from estimative.estimate.expressions import Not as NotSo
from estimative.estimate.values import Duration, Moment, Percent, Reference
from estimative.model.choices import decide
from estimative.model.compile_choices import compile_choice
from estimative.model.guards import TRUE, Guard, Holds, Not
from estimative.model.model import OptionEffect
from estimative.places.problem import Bug
from support.columns import independent

AS_OF = Moment(date(1984, 10, 1), date(1984, 10, 1))


def effect(interest: str, sign: nodes.EffectSign, when: Expression | None = None) -> nodes.Effect:
    return nodes.Effect(Reference(interest), sign, when)


def estimate(
    *options: nodes.Option, interests: tuple[str, ...] = ("leverage", "no-war", "cost")
) -> nodes.Estimate:
    """One actor, one choice."""
    actor = nodes.Actor(
        "ussr",
        interests=tuple(nodes.Interest(name, name) for name in interests),
        ranking=tuple((name,) for name in interests),
    )
    line = nodes.Choice(
        "arms-line",
        Reference("ussr"),
        options,
        Reference(options[0].name),
        nodes.Rule("reconsidered", Percent(0.5)),
    )
    return nodes.Estimate(
        "e", "E", AS_OF, Duration(10, "year"), "quarter", "ordinary", actors=(actor,), choices=(line,)
    )


def guard(expression: Expression) -> Guard:
    """Guard over two conditions, x and y."""
    match expression:
        case Named(name):
            return Holds("xy".index(name), frozenset({1}))
        case NotSo(part):
            return Not(guard(part))
    raise AssertionError(expression)


column = independent(300)
RESTORED = nodes.Option("restored", (effect("leverage", "+"), effect("no-war", "--", Named("x"))))


def test_effects_guards_and_interests_are_numbered() -> None:
    written = estimate(nodes.Option("ban"), RESTORED)
    compiled = compile_choice(written.choices[0], written, 3, 7, guard)
    assert (compiled.variable, compiled.reconsidered, compiled.actor) == (3, 7, "ussr")
    assert compiled.interests == ("leverage", "no-war")
    assert compiled.ranking == ((0,), (1,))
    x = Holds(0, frozenset({1}))
    assert compiled.effects == (OptionEffect(1, 0, "+", TRUE), OptionEffect(1, 1, "--", x))
    assert compiled.conditions == (x,)


def test_a_condition_and_its_denial_are_one() -> None:
    options = (
        nodes.Option("ban", (effect("cost", "-", NotSo(Named("x"))),)),
        replace(RESTORED, available_when=Named("y")),
    )
    written = estimate(*options)
    compiled = compile_choice(written.choices[0], written, 0, 0, guard)
    assert compiled.conditions == (Holds(0, frozenset({1})), Holds(1, frozenset({1})))
    assert compiled.available == (TRUE, Holds(1, frozenset({1})))


def test_an_interest_that_nothing_touches_changes_no_decision() -> None:
    """Wherever it is put in the order; an effect of `0` touches nothing."""
    written = estimate(nodes.Option("ban"), RESTORED)
    before = decide(compile_choice(written.choices[0], written, 0, 0, guard), column)
    for interests in (
        ("face", "leverage", "no-war"),
        ("leverage", "face", "no-war"),
        ("leverage", "no-war", "face"),
    ):
        restored = replace(RESTORED, effects=(*RESTORED.effects, effect("face", "0")))
        other = estimate(nodes.Option("ban"), restored, interests=interests)
        assert (decide(compile_choice(other.choices[0], other, 0, 0, guard), column) == before).all()
    # The twin: one that is touched does change some.
    restored = replace(RESTORED, effects=(*RESTORED.effects, effect("face", "-")))
    other = estimate(nodes.Option("ban"), restored, interests=("face", "leverage", "no-war"))
    assert (decide(compile_choice(other.choices[0], other, 0, 0, guard), column) != before).any()


def test_interests_touched_by_another_choice_of_the_actor_count() -> None:
    """The weights are the actor's, the same in all its choices."""
    written = estimate(nodes.Option("ban"), RESTORED)
    aid = replace(written.choices[0], name="aid", options=(nodes.Option("no", (effect("cost", "+"),)),))
    both = replace(written, choices=(written.choices[0], aid))
    assert compile_choice(both.choices[0], both, 0, 0, guard).interests == ("leverage", "no-war", "cost")


def test_a_reranking_keeps_to_the_interests_that_count() -> None:
    written = estimate(nodes.Option("ban"), RESTORED)
    ranking = (("no-war", "cost"), ("leverage",))
    redefined = nodes.Reranking("redefined", Named("y"), ranking)
    line = replace(written.choices[0], reranked=(redefined,))
    compiled = compile_choice(line, written, 0, 0, guard)
    assert compiled.reranked == ((Holds(1, frozenset({1})), ((1,), (0,))),)


@pytest.mark.parametrize("interests", [("leverage",), ()])
def test_what_the_checks_refuse_is_a_bug_here(interests: tuple[str, ...]) -> None:
    written = estimate(nodes.Option("ban"), RESTORED, interests=interests)
    with pytest.raises(Bug, match="has not all of"):
        compile_choice(written.choices[0], written, 0, 0, guard)
