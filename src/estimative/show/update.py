"""An estimate in view of a record, as blocks: outcomes before and after, the reports, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.questions.update import FEWEST_FUTURES, FEWEST_READINGS, RULED_OUT
from estimative.show.blocks import Block, Cell, Column, Facts, Mark, Part, Picture, Shown, Table, text
from estimative.show.figures import Interval, Intervals, Row
from estimative.show.numerals import (
    band_text,
    bound,
    chance,
    chance_range,
    count,
    day,
    percent,
    plural,
    points,
)
from estimative.show.plain import one_line
from estimative.show.setting import band_facts, called, questions_say, spoken
from estimative.show.telling import likelihood, rule_says, variable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.model.model import Model
    from estimative.questions.bands import Band
    from estimative.questions.moved import Moved
    from estimative.questions.update import Believed, Revised, Update
    from estimative.record.report import Report
    from estimative.show.blocks import Value
    from estimative.show.setting import Setting, Speak

SURPRISE = 0.05
"""A report of which the estimate gave what it says less than this is marked as a surprise."""

FAR = 0.05
"""Outcomes whose median moved by as many points are shown first, and drawn."""

MOST_MOVED = 10
"""So many words are listed; the farthest moved come first."""


def update_shown(
    found: Update,
    setting: Setting,
    speak: Speak,
    estimate: Estimate,
    model: Model,
    *,
    left_out: Sequence[str] = (),
) -> Shown:
    """The answer, with outcomes called by what the estimate's questions say, where they say anything.

    `left_out` are questions that were not asked, since they are of no event of the world as it is.
    """
    questions = questions_say(estimate)
    blocks: list[Block] = [_opening(found, setting)]
    if found.refused is None:
        blocks += _outcomes(found, speak, questions)
    else:
        blocks += _refusal(found, setting)
    if found.reports:
        blocks.append(_reports(found, model))
    if found.refused is None:
        blocks += [_ruled_out(found, setting), *_words(found, model)]
    if left_out:
        named = "; ".join(called(one, questions) for one in left_out)
        blocks.append(
            text(Mark("Not told, since they ask of no event of the world as it is: ", "quiet"), f"{named}.")
        )
    blocks.append(setting.foot)
    rows = (
        *_outcome_rows(found, speak, questions),
        *_report_rows(found, speak, model),
        *_moved_rows(found.moved),
    )
    facts: Facts = {
        "record": found.record.name,
        "title": found.record.title,
        **setting.facts,
        "likelihood": found.likelihood,
        "effective_readings": found.readings,
        "effective_futures": found.futures,
        "refused": found.refused,
        "resampled": found.resampled,
        "ruled_out": found.ruled_out,
        "left_out": "; ".join(left_out),
    }
    return Shown("update", f"In view of the record {found.record.name}", tuple(blocks), facts, rows)


def _opening(found: Update, setting: Setting) -> Block:
    record = found.record
    closed = min(record.as_of.last, max(report.date.last for report in record.reports))
    many = plural(len(record.reports), "report")
    return text(
        Mark(one_line(record.title or record.name), "strong"),
        f": {many} up to {day(closed)}. The estimate, as it was written, gave all of them together a probability of "
        f"{likelihood_text(found.likelihood)}. In view of them the weight rests on ",
        f"{count(round(found.readings))} of {plural(setting.readings, 'reading')} and, in a reading, on "
        f"{_effective(found.futures, setting)}."
        + (
            " Too few agree by themselves: they were weighed step by step, and drawn anew where the weight rested on few."
            if found.resampled
            else ""
        ),
    )


def _effective(futures: float, setting: Setting) -> str:
    """Futures on which the weight of a reading rests; step by step more may have been drawn than were asked for."""
    many = round(futures)
    if many > setting.futures:
        return plural(many, "future")
    return f"{count(many)} of {plural(setting.futures, 'future')}"


def likelihood_text(probability: float) -> str:
    """A probability that may be small, so that its size can still be told.

    >>> likelihood_text(0.21), likelihood_text(0.00042), likelihood_text(0)
    ('21%', '1 in 2,400', '0: no future agrees')
    """
    if probability == 0:
        return "0: no future agrees"
    if probability >= 0.01:
        return chance(probability)
    size = 1 / probability
    digits = len(str(int(size))) - 2
    return f"1 in {round(size, -digits):,.0f}"


def _outcomes(found: Update, speak: Speak, questions: Mapping[str, str]) -> list[Block]:
    """What moved, as a table of words and a picture of numbers; what hardly moved, as a table."""
    order = sorted(found.outcomes, key=lambda one: -abs(_shift(one)))
    far = [one for one in order if abs(_shift(one)) >= FAR]
    blocks: list[Block] = []
    if not order:
        blocks.append(
            text("Nothing was asked: the estimate has no question about an event. Name a QUERY, P(EVENT).")
        )
    if far:
        columns = (
            Column("outcome", widest=44),
            Column("before"),
            Column("after [range of the word]"),
            Column("points", "right"),
        )
        blocks.append(Table(columns, tuple(_outcome(one, speak, questions) for one in far)))
        blocks.append(_picture(far, questions))
    near = [one for one in order if abs(_shift(one)) < FAR]
    if near:
        numbers = (Column("outcome", widest=44), Column("before", "right"), Column("after", "right"))
        rows = tuple((label(one, questions), *_numbers(one)) for one in near)
        title = f"Moved by fewer than {percent(FAR).rstrip('%')} points"
        blocks.append(Part(title, (Table(numbers, rows),), folded=bool(far)))
    if any(one.after is None for one in found.outcomes):
        blocks.append(
            text(
                "“too rare to say”: too few futures agree with the reports and meet the outcome's own condition."
            )
        )
    return blocks


def _shift(one: Revised) -> float:
    """How far the median moved; 0 where nothing can be said."""
    return 0.0 if one.before.band is None or one.after is None else one.after.median - one.before.band.median


def _picture(far: Sequence[Revised], questions: Mapping[str, str]) -> Picture:
    rows = tuple(
        Row(
            label(one, questions),
            (
                Interval(
                    "before", one.before.band.low, one.before.band.high, one.before.band.median, "quiet"
                ),
                Interval("after", one.after.low, one.after.high, one.after.median),
            ),
        )
        for one in far
        if one.before.band is not None and one.after is not None
    )
    caption = "Median and middle 90 % of readings, before the reports and in view of them."
    return Picture(Intervals("Outcomes before and after", rows), caption)


def _numbers(one: Revised) -> tuple[Cell, Cell]:
    return _number(one.before.band, one.before.bound), _number(one.after, one.bound)


def _number(band: Band | None, at_most: float | None) -> Cell:
    if band is None:
        return Mark("too rare to say", "mixed")
    return band_text(band) if at_most is None else bound(at_most)


def label(one: Revised, questions: Mapping[str, str]) -> str:
    """What an outcome is called: what its question says, or the query."""
    return called(one.text, questions)


def _outcome(one: Revised, speak: Speak, questions: Mapping[str, str]) -> tuple[Cell, ...]:
    if one.before.band is None or one.after is None:
        raise TypeError(f"{one.text} has not moved")
    return (
        label(one, questions),
        speak(one.before.band.median).word,
        Mark(spoken(speak(one.after.median)), "strong"),
        points(_shift(one)),
    )


def _refusal(found: Update, setting: Setting) -> list[Block]:
    """Why nothing is said, and what to do."""
    match found.refused:
        case "no future agrees":
            never = [one.report.name for one in found.reports if one.before.mean == 0]
            which = f" Never so in any future: {', '.join(never)}." if never else ""
            said = (
                "No future agrees with everything that is graded as known. Either the estimate leaves no room for what "
                f"has happened, which is a finding about the estimate, or it is rarer than these futures can show.{which}"
                " More --futures, a lower grade, or a rule that the estimate lacks."
            )
        case "too few futures":
            said = (
                f"In a reading the weight rests on fewer than {FEWEST_FUTURES} futures: a probability would be an accident. "
                "More --futures, lower grades, or fewer reports."
            )
        case _:
            said = (
                f"The weight rests on fewer than {FEWEST_READINGS} readings: a band over them would be that of a "
                f"handful of readers. More --readings than {count(setting.readings)} may help."
            )
    return [text(Mark("No answer. ", "bad"), said)]


def _reports(found: Update, model: Model) -> Block:
    rows = tuple(_report(one, model) for one in found.reports)
    columns = (
        Column("report", widest=44),
        Column("grade"),
        Column("so, before", "right"),
        Column("so, after", "right"),
    )
    title = "The reports: the probability that what each says is so, by the estimate alone and in view of all of them"
    return Table(columns, rows, title)


def _report(one: Believed, model: Model) -> tuple[Cell, ...]:
    surprise = one.before.median < SURPRISE
    before = band_text(one.before)
    after: Cell = ""
    if one.after is not None and one.report.grade.is_certain:
        after = "known"
    elif one.after is not None:
        disbelieved = one.after.median < 0.5 < one.report.grade.right
        after = Mark(band_text(one.after), "mixed") if disbelieved else band_text(one.after)
    return (
        report_text(one.report, model),
        one.report.grade.text,
        Mark(before, "bad") if surprise else before,
        after,
    )


WHEN = {
    "seen": "seen",
    "seen-by": "seen by",
    "not-seen-by": "not seen by",
    "from": "came about in",
    "since": "so since",
    "by": "so by",
    "not-by": "not so by",
    "at": "so at",
}
"""How a date is meant, in words."""


def report_text(report: Report, model: Model) -> str:
    """What a report says, with its date."""
    written = one_line(report.what.span.text)
    variable = next((variable for variable in model.variables if variable.name == written), None)
    what = one_line(report.says) or (written if variable is None else variable_name(variable))
    return f"{what} ({WHEN[report.when]} {report.date.span.text.strip()})"


def _ruled_out(found: Update, setting: Setting) -> Block:
    """How many readings the reports leave next to nothing of."""
    number = round(found.ruled_out * setting.readings)
    times = f"{percent(RULED_OUT)} of their mean probability"
    said = (
        f"{plural(number, 'reading is', 'readings are')} all but ruled out"
        if number
        else "No reading is ruled out"
    )
    return text(
        Mark(said, "strong"),
        f": they leave the reports less than {times}."
        if number
        else f": each leaves the reports at least {times}.",
    )


def _words(found: Update, model: Model) -> list[Block]:
    """Words and numbers that the reports speak for reading otherwise."""
    if not found.moved:
        return [
            text("The reports speak for no reading of any word against another, beyond what chance would do.")
        ]
    rows = tuple(_moved(one, model) for one in found.moved[:MOST_MOVED])
    columns = (
        Column("word", widest=44),
        Column("before", "right"),
        Column("after", "right"),
        Column("read it", whole=True),
    )
    title = "What the world says of the words: median and middle 90 % of readings, before and after"
    blocks: list[Block] = [Table(columns, rows, title)]
    more = len(found.moved) - MOST_MOVED
    if more > 0:
        blocks.append(text(Mark(f"{plural(more, 'more', 'more')} moved, but less far.", "quiet")))
    return blocks


def _moved(one: Moved, model: Model) -> tuple[Cell, ...]:
    match one.kind:
        case "word":
            name = f"“{one.name}”"
        case "strength":
            name = f"strength of a tilt ({one.name})"
        case "rule":
            number = one.rule or 0
            name = f"“{likelihood(model.rules[number])}”: {rule_says(model, number)}"
    return name, _three(one, one.before), _three(one, one.after), "higher" if one.shift > 0 else "lower"


def _three(one: Moved, values: tuple[float, float, float]) -> str:
    low, median, high = values
    if one.kind == "strength":
        return f"×{median:.1f} ({low:.1f}–{high:.1f})"
    return f"{chance(median)} ({chance_range(low, high)})"


def _outcome_rows(found: Update, speak: Speak, questions: Mapping[str, str]) -> Iterable[Facts]:
    for one in found.outcomes:
        known: Facts = {"part": "outcome", "outcome": one.text, "says": label(one, questions)}
        yield {
            **known,
            **_both(one.before.band, one.after, speak),
            "before_bound": one.before.bound,
            "after_bound": one.bound,
        }


def _report_rows(found: Update, speak: Speak, model: Model) -> Iterable[Facts]:
    for one in found.reports:
        yield {
            "part": "report",
            "report": one.report.name,
            "says": report_text(one.report, model),
            "grade": one.report.grade.text,
            "right": one.report.grade.right,
            **_both(one.before, one.after, speak),
        }


def _both(before: Band | None, after: Band | None, speak: Speak) -> Facts:
    """Bands before and after, as far as there are any."""
    found: dict[str, Value] = {}
    for when, band in (("before", before), ("after", after)):
        if band is not None:
            found |= {f"{when}_{key}": value for key, value in band_facts(band, speak).items()}
    return found


def _moved_rows(moved: Iterable[Moved]) -> Iterable[Facts]:
    for one in moved:
        yield {
            "part": "word",
            "kind": one.kind,
            "name": one.name,
            "before_low": one.before[0],
            "before_median": one.before[1],
            "before_high": one.before[2],
            "after_low": one.after[0],
            "after_median": one.after[1],
            "after_high": one.after[2],
            "shift": one.shift,
        }
