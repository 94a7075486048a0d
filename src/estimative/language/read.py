"""From texts to an estimate: reading, checking, and every problem on the way."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Literal

from estimative.estimate.nodes import Estimate, Trend
from estimative.estimate.values import Duration, Moment
from estimative.language.checks.whole import Context, check_estimate
from estimative.language.expressions import parse_do, parse_givens, parse_query, parse_test
from estimative.language.files import open_estimate
from estimative.language.guard import read_tree
from estimative.language.ids import check_id
from estimative.language.join import Joined
from estimative.language.keys import Form
from estimative.language.problems import names as name_problems
from estimative.language.problems import reading as reading_problems
from estimative.language.problems import shape as problems
from estimative.language.read_choices import read_actor, read_choice
from estimative.language.read_conditions import read_condition, read_signal
from estimative.language.read_questions import read_claim, read_document, read_left_out, read_question
from estimative.language.read_scales import read_scale
from estimative.language.read_trends import read_trend
from estimative.language.tree import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Several
    from pathlib import Path

    from estimative.language.fields import Fields
    from estimative.language.series import Row
    from estimative.places.problem import Problem
    from estimative.places.source import Source

__all__ = ["parse_do", "parse_givens", "parse_query", "parse_test", "read_estimate", "read_texts"]

_Step = Literal["month", "quarter", "year"]
_STEPS: dict[str, _Step] = {"month": "month", "quarter": "quarter", "year": "year"}
_NO_DATE = Moment(date.min, date.min)
_NO_DURATION = Duration(0, "year")


def read_estimate(path: Path) -> tuple[Estimate | None, tuple[Problem, ...]]:
    """The estimate in a file or a folder, and what is wrong with it, by place; None if there are errors.

    Nothing but plain files in the estimate's own folder is ever opened.
    """
    sources, folder, found = open_estimate(path)
    return (None, found) if found else read_texts(sources, folder)


def read_texts(
    sources: Several[Source], folder: Path | None = None
) -> tuple[Estimate | None, tuple[Problem, ...]]:
    """The estimate in some texts, read as one; the data of its trends are looked for in the folder.

    >>> from estimative.places.source import Source
    >>> text = '''
    ... {estimate: tiny, title: Tiny, as-of: 2020, horizon: 5 years, step: year, standard: icd-203,
    ...  conditions: {x: {says: It happens, becomes: {some-day: likely}}}}
    ... '''
    >>> estimate, found = read_texts([Source("tiny.yaml", text)])
    >>> estimate.conditions[0].becomes[0].likelihood, found
    (Word(text='likely'), ())
    """
    found: list[Problem] = []
    files = []
    for source in sources:
        tree, problems_found = read_tree(source)
        found.extend(problems_found)
        if isinstance(tree, Mapping):
            files.append(tree)
        elif tree is not None:
            what = "a list" if isinstance(tree, Sequence) else "text"
            found.append(problems.not_an_estimate(tree.span, what))
    if not files or len(files) < len(sources):
        return None, by_place(found, sources)
    estimate, context = _read(Joined(files, found), folder)
    found.extend(check_estimate(estimate, context))
    broken = any(problem.severity == "error" for problem in found)
    return (None if broken else estimate), by_place(_once(found), sources)


def _once(found: Several[Problem]) -> Iterable[Problem]:
    """Problems without those that another says better: a hidden character in an id, a comma in a value."""
    hidden = {
        (id(problem.span.source), at)
        for problem in found
        if problem.code == name_problems.HIDDEN_IN_ID
        for at in range(problem.span.start, problem.span.end)
    }
    commas = sorted(
        (id(problem.span.source), problem.span.start)
        for problem in found
        if problem.code != reading_problems.SPLIT and "," in problem.span.text and problem.severity == "error"
    )
    for problem in found:
        source, span, better = id(problem.span.source), problem.span, False
        if problem.severity != "error":
            better = (source, span.start) in hidden
        elif problem.code == reading_problems.SPLIT:
            at = bisect_left(commas, (source, span.start))
            better = at < len(commas) and commas[at] < (source, span.end)
        if not better:
            yield problem


def by_place(found: Iterable[Problem], sources: Several[Source]) -> tuple[Problem, ...]:
    """Problems in the order of their places: file by file, line by line."""
    order = {id(source): number for number, source in enumerate(sources)}
    last = len(order)
    return tuple(sorted(found, key=lambda p: (order.get(id(p.span.source), last), p.span.start, p.code)))


def _read(joined: Joined, folder: Path | None) -> tuple[Estimate, Context]:
    """All records, as far as they can be read; what a problem has spoilt is left out or unknown."""
    header = joined.header
    rows: dict[str, tuple[Row, ...]] = {}

    def trend(fields: Fields, name: str) -> Trend | None:
        read, rows[name] = read_trend(fields, name, folder)
        return read

    name = header.scalar("estimate", Form.ID)
    standard = header.scalar("standard", Form.STANDARD)
    step = header.one_of("step")
    estimate = Estimate(
        name="" if name is None else check_id(name, joined.found, is_key=False),
        title=header.text("title"),
        as_of=header.date("as-of") or _NO_DATE,
        horizon=header.duration("horizon") or _NO_DURATION,
        step=_STEPS[step or "year"],
        standard="" if standard is None else standard.text.strip(),
        note=header.text("note"),
        sources=joined.records("sources", read_document),
        actors=joined.records("actors", read_actor),
        conditions=joined.records("conditions", read_condition),
        scales=joined.records("scales", read_scale),
        choices=joined.records("choices", read_choice),
        trends=joined.records("trends", trend),
        signals=joined.records("signals", read_signal),
        claims=joined.records("claims", read_claim),
        questions=joined.records("questions", read_question),
        left_out=joined.records("left-out", read_left_out),
        span=header.at,
    )
    dated = estimate.as_of is not _NO_DATE and estimate.horizon is not _NO_DURATION and step is not None
    place = header.at if standard is None else standard.span
    return estimate, Context(
        frozenset(joined.broken),
        frozenset(joined.lost),
        rows,
        place,
        dated=dated,
        whole=not any(problem.severity == "error" for problem in joined.found),
    )
