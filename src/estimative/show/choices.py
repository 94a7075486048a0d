"""Choices as blocks: what the ranked interests favour, what one must believe, and what would turn them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Part, Picture, Shown, Table, text
from estimative.show.choice_rows import change_text, choice_rows
from estimative.show.figures import Areas, Layer
from estimative.show.numerals import count, percent

if TYPE_CHECKING:
    from estimative.questions.choices import ChoiceAnswer, Choices, OptionAnswer
    from estimative.show.blocks import Words
    from estimative.show.setting import Setting

MOST_TURNS = 12
"""Single changes that are listed for one choice."""
_ARROW = "\N{RIGHTWARDS ARROW}"


def choices_shown(answer: Choices, setting: Setting) -> Shown:
    """Every choice of an estimate, one part each."""
    counted = replace(setting, futures=answer.futures)
    note = text(
        "A reading weighs an actor's interests in any way that respects their order. A share says in how many "
        "readings an option comes out best."
    )
    if answer.futures < setting.futures:
        fewer = f" Shares are means over all readings, for which {count(answer.futures)} futures in each are enough."
        note = text(*note.words, Mark(fewer, "quiet"))
    parts: tuple[Block, ...] = tuple(Part(one.name, _blocks(one)) for one in answer.choices)
    if not parts:
        parts = (text("This estimate has no choices."),)
    return Shown(
        kind="choices",
        title="What the ranked interests favour",
        blocks=(note, *parts, counted.foot),
        facts=counted.facts,
        rows=tuple(row for one in answer.choices for row in choice_rows(one)),
    )


def _blocks(one: ChoiceAnswer) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if one.says:
        blocks.append(text(Mark(one.says, "strong")))
    blocks.append(text(*_summary(one)))
    if one.never_changes:
        blocks.append(
            text(
                Mark("No reading ever changes it", "bad"),
                ": whatever happens in the estimate, ",
                Mark(one.starts, "strong"),
                " stays. Its effects are missing or too small, or the choice should be a condition.",
            )
        )
    blocks += [_options(one), *_course(one), *_beliefs(one), _turns(one)]
    return tuple(blocks)


def _summary(one: ChoiceAnswer) -> tuple[Words, ...]:
    best = max(one.options, key=lambda option: option.acceptability)
    stays = next(option for option in one.options if option.name == one.starts)
    where = "stays with" if best is stays else "would move to"
    return (
        "At as-of ",
        Mark(one.actor, "code"),
        " has ",
        Mark(one.starts, "strong"),
        f" and in {percent(best.acceptability)} of readings {where} ",
        Mark(best.name, "strong"),
        "." if best is stays else f"; in {percent(stays.taken)} it would stay.",
    )


def _options(one: ChoiceAnswer) -> Table:
    return Table(
        (
            Column("option"),
            Column("preferred", "right"),
            Column("taken now", "right"),
            Column("at the horizon", "right"),
            Column("remark"),
        ),
        tuple(
            (
                option.name,
                percent(option.acceptability),
                percent(option.taken),
                percent(float(one.acceptability[-1, place])),
                Mark(_remark(option), "quiet"),
            )
            for place, option in enumerate(one.options)
        ),
        "Share of readings in which each option comes out best, and is taken if the actor looks again",
    )


def _remark(option: OptionAnswer) -> str:
    if not option.available:
        return "cannot be taken at as-of"
    if option.dominated_by is not None:
        when = "always" if option.always_dominated else "at as-of"
        return f"{when} dominated: no weights in this order prefer it to {option.dominated_by}"
    return "" if option.acceptability > 0 else "preferred in no reading"


def _course(one: ChoiceAnswer) -> tuple[Block, ...]:
    def areas(title: str, shares: list[list[float]]) -> Areas:
        layers = tuple(
            Layer(option.name, tuple(course)) for option, course in zip(one.options, shares, strict=True)
        )
        return Areas(
            f"{one.name}: {title}", one.dates, layers, ordered=False, unit="share of readings and futures"
        )

    return (
        Picture(
            areas("preferred", one.acceptability.T.tolist()),
            "Share of readings and futures in which each option comes out best, as conditions change.",
        ),
        Picture(
            areas("in force", one.in_force.T.tolist()),
            "Share of readings and futures in which each option is in force: the actor looks again only "
            "now and then, and keeps what it has for a small advantage.",
        ),
    )


def _beliefs(one: ChoiceAnswer) -> tuple[Block, ...]:
    """Central weights, one row an option that some reading prefers."""
    if not one.interests:
        return ()
    rows = [("all readings", *(f"{weight:.2f}" for weight in one.centroid.tolist()), f"{one.small:.2f}")]
    rows += [
        (option.name, *(f"{weight:.2f}" for weight in option.central.tolist()), f"{option.small:.2f}")
        for option in one.options
        if option.central is not None and option.small is not None
    ]
    columns = (Column("preferred"), *(Column(name, "right") for name in one.interests))
    return (
        Table(
            (*columns, Column("small effect", "right")),
            tuple(rows),
            "What one must believe: mean weight of each interest, and worth of a small effect (a large one: 1)",
        ),
    )


def _turns(one: ChoiceAnswer) -> Block:
    if not one.turns:
        return text("No single change moves any reading at as-of.")
    preferred = max(one.options, key=lambda option: option.acceptability).name
    names = [option.name for option in one.options]
    shown = one.turns[:MOST_TURNS]
    rows = []
    for turn in shown:
        verdict = Mark("turns", "strong") if turn.turns else Mark("moves", "quiet")
        place = names.index(preferred)
        rows.append(
            (
                change_text(turn),
                verdict,
                names[turn.prefers],
                f"{percent(float(turn.before[turn.prefers]))} {_ARROW} {percent(float(turn.after[turn.prefers]))}",
                f"{percent(float(turn.before[place]))} {_ARROW} {percent(float(turn.after[place]))}",
            )
        )
    return Table(
        (
            Column("if, and nothing else"),
            Column("effect"),
            Column("most readings then prefer"),
            Column("its share", "right"),
            Column(f"share of {preferred}", "right", drop=True),
        ),
        tuple(rows),
        "What would have to change",
    )
