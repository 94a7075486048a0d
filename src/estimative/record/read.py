"""From a record file to a record: reading it, and every problem on the way."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from estimative.estimate.expressions import Expression, Named
from estimative.estimate.values import Moment
from estimative.language.fields import Fields
from estimative.language.files import open_estimate
from estimative.language.guard import read_tree
from estimative.language.ids import check_id
from estimative.language.keys import Form
from estimative.language.problems import names as name_problems
from estimative.language.problems import reading as reading_problems
from estimative.language.problems import shape as shape_problems
from estimative.language.read import by_place
from estimative.language.read_questions import read_document
from estimative.language.tree import Entry, Mapping, Sequence, is_empty
from estimative.places.plain_files import kind_at
from estimative.places.source import Source
from estimative.record import problems
from estimative.record.checks import check_record
from estimative.record.grades import Grade, usual_grades
from estimative.record.keys import HAPPENED, HEADER, OBSERVED, SECTIONS
from estimative.record.report import Record, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Named_
    from pathlib import Path

    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem
    from estimative.places.source import Span

_T = TypeVar("_T")

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)
_NO_DATE = Moment(date.min, date.max)
"""Stands where a date is missing or wrong: it lies outside nothing."""


def read_record(path: Path, estimate: Estimate) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a file, and what is wrong with it, by place; None if there are errors.

    It is read as the record of an estimate without errors, by whose names and dates it is checked.
    """
    if kind_at(path, follow=True) == "folder":
        nowhere = Source(str(path), "").span(0, 0)
        return None, (reading_problems.not_a_plain_file(nowhere, str(path), "folder"),)
    sources, _, found = open_estimate(path)
    return (None, found) if found else read_record_text(sources[0], estimate)


def read_record_text(source: Source, estimate: Estimate) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a text.

    >>> from estimative.language.read import read_texts
    >>> estimate, _ = read_texts([Source("tiny.yaml", '''
    ... {estimate: tiny, title: Tiny, as-of: 2020, horizon: 5 years, step: year, standard: icd-203,
    ...  conditions: {x: {says: It happens, becomes: {some-day: likely}}}}
    ... ''')])
    >>> record, found = read_record_text(Source("record.yaml", '''
    ... {record: first-year, of: tiny, as-of: 2021, facts: {no-x: {what: x, not-by: 2020, grade: B2}}}
    ... '''), estimate)
    >>> record.reports[0].when, record.reports[0].grade.right, found
    ('not-by', 0.85, ())
    """
    tree, noted = read_tree(source)
    found = list(noted)
    if isinstance(tree, Mapping) and _is_estimate(tree):
        record = None
        found.append(problems.not_a_record(tree.entries[0].key.span, "an estimate"))
    elif isinstance(tree, Mapping):
        record = _Reader(tree, found).record()
        found.extend(check_record(record, estimate))
        if not record.reports and not any(problem.severity == "error" for problem in found):
            found.append(problems.no_report(source.span(tree.span.start, tree.span.start + 1)))
    else:
        record = None
        if tree is not None:
            what = "a list" if isinstance(tree, Sequence) else "text"
            found.append(problems.not_a_record(tree.span, what))
    broken = any(problem.severity == "error" for problem in found)
    return (None if broken else record), by_place(found, [source])


def _is_estimate(tree: Mapping) -> bool:
    keys = {entry.key.text for entry in tree.entries}
    return "estimate" in keys and "record" not in keys


class _Reader:
    """Reads the header and the sections of one record."""

    def __init__(self, tree: Mapping, found: list[Problem]) -> None:
        self.found = found
        start = tree.span.source.span(tree.span.start, tree.span.start + 1)
        self.header = Fields(tree, HEADER, "the record", start, found)
        self.names: dict[str, tuple[str, Span]] = {}

    def record(self) -> Record:
        header = self.header
        name, of = header.scalar("record", Form.ID), header.scalar("of", Form.ID)
        grades = usual_grades() | self.grades()

        def observation(fields: Fields, name: str) -> Report | None:
            signal = fields.reference("signal")
            what = None if signal is None else Named(signal.name, signal.span)
            return self.report(fields, name, what, grades)

        def fact(fields: Fields, name: str) -> Report | None:
            return self.report(fields, name, fields.expression("what"), grades)

        return Record(
            name="" if name is None else check_id(name, self.found, is_key=False),
            estimate="" if of is None else of.text.strip(),
            as_of=header.date("as-of") or _NO_DATE,
            reports=(*self.section("observations", observation), *self.section("facts", fact)),
            title=header.text("title"),
            note=header.text("note"),
            sources=self.section("sources", read_document),
            span=header.at if of is None else of.span,
        )

    def grades(self) -> dict[str, Grade]:
        """Grades that this record takes otherwise than usual."""
        given = {}
        for entry in self.header.mapping("grades", Form.PAGES):
            text = self.grade_text(entry.key.text, entry.key.span)
            scalar = self.header.one(entry.value, entry.key.text)
            if scalar is None or not text:
                continue
            match = _PERCENT.fullmatch(scalar.text.strip())
            if match is None or not 50 <= float(match[1]) <= 100:
                self.found.append(problems.not_a_share_of_right(scalar.span, text, scalar.text.strip()))
                continue
            given[text] = Grade(text, float(match[1]) / 100)
        return given

    def grade_text(self, text: str, span: Span) -> str:
        """A grade as it is written; empty, and a problem, if there is none such."""
        text = text.strip()
        if text in usual_grades():
            return text
        letters = re.sub(r"[^A-Za-z0-9]", "", text).upper()
        better = next((t for t in (letters, letters[::-1]) if t in usual_grades()), "")
        self.found.append(problems.not_a_grade(span, text, better))
        return ""

    def section(self, key: str, read: Callable[[Fields, str], _T | None]) -> tuple[_T, ...]:
        """The records of a section, in the order in which they are written."""
        table, records = SECTIONS[key], []
        for entry in self.header.mapping(key, Form.SECTION):
            name = check_id(entry.key, self.found)
            kind, first = self.names.setdefault(name, (table.name, entry.key.span))
            if first is not entry.key.span:
                problem = name_problems.declared_twice(entry.key.span, name, table.name, first, kind)
                self.found.append(problem)
            elif (record := self.one(entry, read, name, f"the {table.name} `{name}`", key)) is not None:
                records.append(record)
        return tuple(records)

    def one(
        self, entry: Entry, read: Callable[[Fields, str], _T | None], name: str, owner: str, section: str
    ) -> _T | None:
        if is_empty(entry.value):
            self.found.append(shape_problems.nothing_here(entry.key.span, name))
            return None
        fields = Fields(entry.value, SECTIONS[section], owner, entry.key.span, self.found)
        return read(fields, name) if fields.is_mapping else None

    def report(
        self, fields: Fields, name: str, what: Expression | None, grades: Named_[str, Grade]
    ) -> Report | None:
        """One report; None where what it says, when, or its grade could not be read."""
        keys = OBSERVED if fields.table.name == "observation" else HAPPENED
        dates = [(key, moment) for key in keys if fields.has(key) and (moment := fields.date(key))]
        written = fields.scalar("grade", Form.TEXT)
        text = "" if written is None else self.grade_text(written.text, written.span)
        says, cites, note = fields.text("says"), fields.citations(), fields.text("note")
        if what is None or len(dates) != 1 or not text:
            return None
        when, moment = dates[0]
        return Report(name, what, when, moment, grades[text], says, cites, note, fields.at)
