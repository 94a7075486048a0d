"""Why as blocks: rules that brought an outcome about, the order of events, the paths that were taken."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from estimative.model.model import Crossing
from estimative.show.ask import answer_facts
from estimative.show.blocks import Block, Bullets, Cell, Column, Facts, Mark, Shown, Table, text
from estimative.show.numerals import count, day, percent, plural
from estimative.show.setting import in_words, outcome_part
from estimative.show.telling import likelihood, month, pages, rule_says, variable_name, variable_says

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from estimative.model.model import Model
    from estimative.questions.traces import Link
    from estimative.questions.why import Part, Path, Why
    from estimative.show.blocks import Words
    from estimative.show.setting import Setting, Speak

_ARROW = "\N{RIGHTWARDS ARROW}"


def why_shown(
    found: Sequence[Why],
    model: Model,
    setting: Setting,
    speak: Speak,
    top: int,
    *,
    brief: bool = False,
    left_out: Sequence[str] = (),
    says: Mapping[str, str] = MappingProxyType({}),
) -> Shown:
    """What brought each outcome about: `top` rules of each, and unless `brief` its order and its paths.

    `left_out` are questions that were asked but are of no event; `says` what questions say, by their queries.
    """
    blocks: list[Block] = []
    for one in found:
        told = _outcome(one, model, speak, top, brief=brief)
        blocks.append(outcome_part(one.answer.text, says, told))
    if brief:
        blocks.append(text(Mark(f"{_LEGEND}. {_brief(found, top)}", "quiet")))
    if left_out:
        blocks.append(text(f"Not told, since it is no event: {'; '.join(left_out)}."))
    blocks.append(setting.foot)
    rows = tuple(
        {"outcome": one.answer.text, **setting.facts, **row}
        for one in found
        for row in _rows(one, model, speak)
    )
    return Shown("why", "Why", tuple(blocks), {"left_out": "; ".join(left_out)}, rows)


_LEGEND = (
    "Share of the outcome's futures in which each rule fired on the way, of the others in which it fired as "
    "soon, and of the outcome that is lost without it"
)


def _brief(found: Sequence[Why], top: int) -> str:
    fewest = min((one.followed for one in found if one.followed), default=0)
    return (
        f"The first {plural(top, 'rule')} of each, from {count(fewest)} of its futures or more. Name one outcome for "
        "more of them, the order of events and the paths."
    )


def _outcome(one: Why, model: Model, speak: Speak, top: int, *, brief: bool) -> list[Block]:
    blocks: list[Block] = []
    if one.answer.band is not None:
        blocks.append(text(Mark(in_words(one.answer.band, speak), "strong")))
    if not one.followed:
        return [*blocks, text(_none(one))]
    if one.parts:
        blocks.append(_parts(one.parts[:top], model, "" if brief else _LEGEND))
        more = len(one.parts) - top
        if more > 0 and not brief:
            blocks.append(
                text(Mark(f"{plural(more, 'more rule')} fired on the way in some futures.", "quiet"))
            )
    else:
        blocks.append(
            text(
                "No rule fired on the way: it is what there is where nothing happens. Ask why of its opposite."
            )
        )
    return blocks if brief else [*blocks, *_course(one, model), text(Mark(_counted(one), "quiet"))]


def _none(one: Why) -> str:
    """That no future could be followed."""
    if one.hits:
        return f"{count(one.hits)} of {plural(one.of, 'future')} had it: too few to follow."
    return f"None of {plural(one.of, 'future')} had it."


def _counted(one: Why) -> str:
    """On how many futures all this stands."""
    followed = (
        f"{count(one.followed)} futures with the outcome were followed, of {count(one.looked)} looked at."
    )
    if not one.counted:
        return followed
    lost = f"What is lost was counted in {plural(one.counted, 'future')} of every reading"
    some = any(part.lost is not None for part in one.parts)
    return f"{followed} {lost}." if some else f"{followed} {lost}: too few had it to say."


def _course(one: Why, model: Model) -> list[Block]:
    blocks: list[Block] = [_order(one, model)] if one.order else []
    if one.paths:
        blocks.append(text(Mark("How it came about, most often", "strong"), " (with median dates):"))
        blocks.append(Bullets(tuple(_path(path, model) for path in one.paths)))
    return blocks


def _parts(parts: Sequence[Part], model: Model, title: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (_rule(model, part.rule), percent(part.fired), percent(part.otherwise), _lost(part.lost))
        for part in parts
    ]
    columns = [
        Column("rule"),
        *(Column(name, "right") for name in ("on the way", "otherwise", "lost without")),
    ]
    # A column in which nothing stands only takes room.
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    return Table(
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        title,
    )


def _rule(model: Model, number: int) -> str:
    """What a rule says, how likely it was written to be, and its pages."""
    rule = model.rules[number]
    word, where = likelihood(rule), pages(rule)
    if not isinstance(rule.meaning, Crossing):
        word = f"\N{LEFT DOUBLE QUOTATION MARK}{word}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{rule_says(model, number)}, {word}{f' [{where}]' if where else ''}"


def _lost(lost: float | None) -> str:
    if lost is None:
        return ""
    return "nothing" if abs(lost) < 0.005 else percent(lost) if lost > 0 else f"gains {percent(-lost)}"


def _order(one: Why, model: Model) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            _when(model, moment.step),
            variable_says(model.variables[moment.variable], moment.level),
            percent(moment.share),
            percent(moment.otherwise),
        )
        for moment in one.order
    ]
    columns = (
        Column("median date", whole=True),
        Column("what has come about"),
        Column("on the way", "right"),
        Column("otherwise", "right"),
    )
    return Table(columns, tuple(rows), "In what order: median dates of what sets these futures apart")


def _path(path: Path, model: Model) -> tuple[Words, ...]:
    links = [f"{month(model, link.step)} {_link(link, model)}" for link in path.links]
    return (Mark(percent(path.share), "strong"), "  " + f" {_ARROW} ".join(links))


def _link(link: Link, model: Model) -> str:
    """What came about: of a choice or a lottery what it came to, of what is derived whether it holds."""
    known = model.variables[link.variable]
    if link.level is None:
        numbers = {rule.name: number for number, rule in enumerate(model.rules)}
        return rule_says(model, numbers[link.by]) if link.by in numbers else variable_name(known)
    if known.levels == ("no", "yes"):
        return variable_says(known, link.level)
    return f"{variable_name(known)}: {known.levels[link.level]}"


def _when(model: Model, step: int) -> str:
    return month(model, step) if step else "from the start"


def _rows(one: Why, model: Model, speak: Speak) -> Iterator[Facts]:
    """Yield the outcome, each rule, each moment of the order, and each link of the paths."""
    yield {
        "part": "outcome",
        **answer_facts(one.answer, speak),
        "hits": one.hits,
        "of": one.of,
        "followed": one.followed,
        "looked": one.looked,
        "counted": one.counted,
    }
    for part in one.parts:
        rule = model.rules[part.rule]
        yield {
            "part": "rule",
            "rule": rule.name,
            "says": rule_says(model, part.rule),
            "likelihood": likelihood(rule),
            "pages": pages(rule),
            "on_the_way": part.fired,
            "otherwise": part.otherwise,
            "linked": part.linked,
            "lost_without": part.lost,
        }
    for moment in one.order:
        variable = model.variables[moment.variable]
        yield {
            "part": "order",
            "variable": variable.name,
            "level": variable.levels[moment.level],
            "says": variable_says(variable, moment.level),
            "step": moment.step,
            "date": day(model.calendar.ends[moment.step]),
            "on_the_way": moment.share,
            "otherwise": moment.otherwise,
        }
    for number, path in enumerate(one.paths, 1):
        for place, link in enumerate(path.links, 1):
            moved = model.variables[link.variable]
            yield {
                "part": "path",
                "number": number,
                "share": path.share,
                "link": place,
                "variable": moved.name,
                "rule": link.by,
                "level": None if link.level is None else moved.levels[link.level],
                "says": _link(link, model),
                "step": link.step,
                "date": day(model.calendar.ends[link.step]),
            }
