"""Compare as blocks: what changed between two versions, and what each change did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.questions.ask import Answer
from estimative.show.blocks import Block, Column, Mark, Shown, Table, text
from estimative.show.claims import ROLES
from estimative.show.numerals import band_text, percent, plural, points
from estimative.show.plain import one_line
from estimative.show.setting import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from estimative.estimate.changes import Change, Detail
    from estimative.questions.ask import ModeAnswer
    from estimative.questions.bands import Band
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.compare import Comparison, Judged, Moved, Outcome
    from estimative.show.blocks import Cell, Facts, Value
    from estimative.show.setting import Setting

SMALL = 0.005
"""A difference that rounds to no point at all."""

FAR = 0.05
"""A claim is told of if its verdict changed, or the share of readings in which it holds by so much."""

MOST = 4
"""Outcomes, and claims, told of each change: those that it moved most."""

LONGEST = 60
"""Characters of what was reworded that are quoted."""


def compare_shown(
    answer: Comparison, first: str, second: str, setting: Setting, says: Mapping[str, str]
) -> Shown:
    """Two versions of an estimate side by side; `says` is what questions say, by their queries."""
    title = f"From {first} to {second}"
    blocks: list[Block] = []
    if answer.together is None:
        blocks.append(text("Nothing changed that could change an answer."))
    else:
        blocks.append(_changes(answer))
        if answer.together.moved or answer.together.claims:
            # A change that is the only one is all changes together.
            blocks += _each(answer, says) if len(answer.alone) > 1 else []
            blocks += [*_outcomes(answer.together, says), *_claims(answer.together)]
        else:
            blocks.append(
                text("Nothing was asked of both versions: give a QUERY, such as “P(ever x)”, behind them.")
            )
    if answer.unasked:
        named = "; ".join(called(one, says) for one in answer.unasked)
        blocks.append(text(Mark("The later version cannot be asked: ", "mixed"), f"{named}."))
    blocks.append(setting.foot)
    told = (*answer.alone, *([answer.together] if answer.together else []))
    rows = tuple(row for one in told for row in _facts(one))
    facts: Facts = {"earlier": first, "later": second, "unasked": "; ".join(answer.unasked), **setting.facts}
    return Shown("compare", title, tuple(blocks), facts, rows)


def _changes(answer: Comparison) -> Table:
    """One row a change, with what was reworded in it."""
    changes = (one.change for one in answer.alone if one.change is not None)
    rows = tuple((_kind(change), change.name, _reworded(change), _place(change)) for change in changes)
    columns = (
        Column("change", whole=True),
        Column("what", whole=True, widest=44),
        Column("how"),
        Column("where", drop=True),
    )
    return Table(columns, rows, "What changed")


def _kind(change: Change) -> str:
    """What was done to what: a question may go by the name of what it asks of. A rule's name tells that it is one.

    >>> from estimative.estimate.changes import Change
    >>> _kind(Change("removed", "questions", "war", None, None)), _kind(Change("added", "scales", "a.rises.r", None, None))
    ('removed question', 'added')
    """
    named = change.section == "header" or "." in change.name
    return change.kind if named else f"{change.kind} {change.section.removesuffix('s')}"


def _reworded(change: Change) -> str:
    """What was reworded, key by key; a key of the header is named by the change itself."""
    return "; ".join(_detail(detail, named=change.section == "header") for detail in change.details)


def _detail(detail: Detail, *, named: bool) -> str:
    before, after = detail.before or "nothing", detail.after or "nothing"
    if before == after or max(len(before), len(after)) > LONGEST:
        return detail.key
    return f"{'' if named else detail.key + ': '}{before} \N{RIGHTWARDS ARROW} {after}"


def _each(answer: Comparison, says: Mapping[str, str]) -> Iterator[Block]:
    """Yield what each change did, farthest first, and which did nothing."""
    rows: list[tuple[Cell, ...]] = []
    idle: list[str] = []
    for one in answer.alone:
        name = one.change.name if one.change else ""
        by = {"alone": "", "undone": " (with the others)", "not by itself": ""}[one.how]
        told = [*_farthest(one.moved, says), *_turned(one.claims)]
        if one.how == "not by itself":
            told = [(Mark("only together with others", "quiet"), "")]
        rows += [(f"{name}{by}" if number == 0 else "", *cells) for number, cells in enumerate(told)]
        idle += [] if told else [name]
    columns = (
        Column("change", widest=44),
        Column("what it moved", widest=44),
        Column("by how much", widest=36),
    )
    if rows:
        yield Table(columns, tuple(rows), "What each change did by itself")
    if idle:
        yield text(Mark(f"{plural(len(idle), 'change')} moved nothing: {', '.join(idle)}.", "quiet"))


def _farthest(moved: Sequence[Moved], says: Mapping[str, str]) -> Iterator[tuple[Cell, Cell]]:
    """Yield the outcomes that moved most."""
    far = sorted((one for one in moved if _size(one) >= SMALL), key=_size, reverse=True)
    for one in far[:MOST]:
        yield called(one.after.text, says), _points(one)
    if len(far) > MOST:
        yield Mark(f"{plural(len(far) - MOST, 'more outcome')}, less far", "quiet"), ""


def _turned(claims: Sequence[Judged]) -> Iterator[tuple[Cell, Cell]]:
    """Yield the claims that it touched, those whose verdict changed first."""
    far = sorted((one for one in claims if _matters(one)), key=lambda one: not _flipped(one))
    for one in far[:MOST]:
        name = one_line(one.after.claim.says) or one.after.claim.name
        turned = Mark(f"{_shares(one)}: {one.after.verdict or 'too rare to say'}", ROLES[one.after.verdict])
        yield name, turned if _flipped(one) else _shares(one)
    if len(far) > MOST:
        yield Mark(f"{plural(len(far) - MOST, 'more claim')}", "quiet"), ""


def _flipped(judged: Judged) -> bool:
    return judged.before.verdict != judged.after.verdict


def _size(one: Moved) -> float:
    if one.turned is not None:
        return one.turned
    return 0.0 if one.difference is None else abs(one.difference.median)


def _matters(judged: Judged) -> bool:
    before, after = judged.before.share, judged.after.share
    return _flipped(judged) or (before is not None and after is not None and abs(after - before) >= FAR)


def _outcomes(one: Outcome, says: Mapping[str, str]) -> Iterator[Block]:
    """Yield the outcomes that all changes together moved, and how many they did not."""
    far = sorted((moved for moved in one.moved if _size(moved) >= SMALL), key=_size, reverse=True)
    title = "Outcomes, all changes together"
    if far:
        columns = (
            Column("outcome", widest=44),
            Column("before", "right"),
            Column("after", "right"),
            Column("difference", "right"),
        )
        rows = tuple(
            (called(moved.after.text, says), _said(moved.before), _said(moved.after), _points(moved))
            for moved in far
        )
        yield Table(columns, rows, title)
    rest = [moved for moved in one.moved if _size(moved) < SMALL]
    silent = [moved for moved in rest if moved.turned is None and moved.difference is None]
    if len(rest) > len(silent):
        still = plural(len(rest) - len(silent), "other outcome" if far else "outcome")
        yield text(Mark(f"{still} did not move by a point.", "quiet"))
    if silent:
        named = "; ".join(called(moved.after.text, says) for moved in silent)
        yield text(Mark(f"Too rare in one version to be compared: {named}.", "quiet"))


def _claims(one: Outcome) -> Iterator[Block]:
    """Yield the claims that all changes together touched, and how many they did not."""
    far = [judged for judged in one.claims if _matters(judged)]
    if far:
        rows = tuple(
            (
                one_line(judged.after.claim.says) or judged.after.claim.name,
                _verdict(judged.before),
                Mark(_verdict(judged.after), ROLES[judged.after.verdict]),
            )
            for judged in far
        )
        columns = (Column("claim", widest=52), Column("before"), Column("after"))
        yield Table(
            columns, rows, "Claims, all changes together: verdict, and share of readings in which it holds"
        )
    rest = len(one.claims) - len(far)
    if rest:
        other = "other " if far else ""
        yield text(
            Mark(f"{plural(rest, f'{other}claim stands', f'{other}claims stand')} as before.", "quiet")
        )


def _verdict(answer: ClaimAnswer) -> str:
    if answer.verdict is None or answer.share is None:
        return "too rare to say"
    return f"{answer.verdict}, {percent(answer.share)}"


def _shares(judged: Judged) -> str:
    shares = [
        "too rare" if answer.share is None else percent(answer.share)
        for answer in (judged.before, judged.after)
    ]
    return f"{shares[0]} \N{RIGHTWARDS ARROW} {shares[1]} of readings"


def _said(answer: Answer | ModeAnswer) -> str:
    if isinstance(answer, Answer):
        return "no answer" if answer.band is None else band_text(answer.band)
    most = max(range(len(answer.levels)), key=lambda level: answer.shares[level])
    return f"{answer.levels[most]} ({percent(answer.shares[most])})"


def _points(moved: Moved) -> str:
    if moved.turned is not None:
        return f"another level in {percent(moved.turned)}"
    difference = moved.difference
    if difference is None:
        return ""
    return f"{points(difference.median)} ({points(difference.low)} to {points(difference.high)})"


def _facts(one: Outcome) -> Iterator[Facts]:
    """Yield every outcome and every claim under a change; the change alone where there is nothing else to tell."""
    change = one.change
    head: Facts = {
        "change": change.kind if change else "all together",
        "section": change.section if change else "",
        "name": change.name if change else "",
        "detail": _reworded(change) if change else "",
        "where": _place(change) if change else "",
        "told": one.how,
    }
    yield {"part": "change", **head}
    for moved in one.moved:
        yield {"part": "outcome", **head, "outcome": moved.after.text, **_moved_facts(moved)}
    for judged in one.claims:
        yield {
            "part": "claim",
            **head,
            "claim": judged.after.claim.name,
            "says": judged.after.claim.says,
            "before_verdict": judged.before.verdict,
            "after_verdict": judged.after.verdict,
            "before_share": judged.before.share,
            "after_share": judged.after.share,
        }


def _place(change: Change) -> str:
    shown = change.after or change.before
    return str(shown.place) if shown else ""


def _moved_facts(moved: Moved) -> Facts:
    found: dict[str, Value] = {}
    for when, answer in (("before", moved.before), ("after", moved.after)):
        if isinstance(answer, Answer):
            found |= _three(when, answer.band)
        else:
            most = max(range(len(answer.levels)), key=lambda level: answer.shares[level])
            found |= {f"{when}_level": answer.levels[most], f"{when}_share": answer.shares[most]}
    if moved.turned is not None:
        return {**found, "turned": moved.turned}
    return {**found, **_three("difference", moved.difference)}


def _three(of: str, band: Band | None) -> Facts:
    return {
        f"{of}_median": band.median if band else None,
        f"{of}_low": band.low if band else None,
        f"{of}_high": band.high if band else None,
    }
