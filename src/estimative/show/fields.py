"""Fields: what machines are told of each kind of answer, part by part, in the order of a table's columns."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from estimative.show.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.show.blocks import Facts, Shown, Value

WHOLE = "whole"
"""The part that holds what is so of a whole answer."""

WRITTEN = frozenset({"says", "title", "reason"})
"""Sentences of the analyst's: told on one line, however they were broken in the text."""

SETTING = ("lens", "readings", "futures", "seed")
BAND = ("mean", "median", "low", "high", "standard_error", "word", "range_low", "range_high")
ANSWER = ("met", "bound", "from", "gain")
LEVEL = ("level", "mode_share")
COMPARED = ("higher", "same", "lower")
BOTH = tuple(f"{when}_{name}" for when in ("before", "after") for name in BAND)
PLACE = ("file", "line", "column", "end_line", "end_column")
SEEN = ("seen_if_so", "seen_if_not", "ratio", "ratio_low", "ratio_high", "information", "share_of_all")
REWORDED = ("rule", "says", "from", "to", "steps", "direction")
CHANGED = ("change", "section", "name", "detail", "where", "told")

MEASURE = ("claim", *SETTING, "measure", "of", "median", "low", "high", "standard_error")

CLAIMS: Mapping[str, tuple[str, ...]] = {
    "claim": (
        *("claim", "says", "test", "cites", *SETTING),
        *("share", "verdict", "close", "may_be_luck", *COMPARED),
    ),
    "answer": ("claim", "query", *SETTING, *ANSWER, *BAND, *LEVEL),
    "measure": MEASURE,
    "untested": ("claim", "says", "cites"),
}

FORECAST: Mapping[str, tuple[str, ...]] = {
    "variable": ("variable", "kind", "says"),
    "ever": ("variable", "lens", "date", *BAND),
    "course": ("variable", "lens", "level", "date", "mean", "median", "low", "high"),
}

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "run": {
            WHOLE: SETTING,
            "question": ("question", "says", "query", *SETTING, *ANSWER, *BAND, *LEVEL),
            **CLAIMS,
            **FORECAST,
        },
        "forecast": {WHOLE: (*SETTING, "from", "to"), **FORECAST},
        "claims": CLAIMS,
        "ask": {"answer": ("query", *SETTING, *ANSWER, *BAND, *LEVEL)},
        "choices": {
            WHOLE: SETTING,
            "option": (
                *("choice", "says", "actor", "option", "starts", "available", "acceptability", "taken"),
                *("acceptability_at_horizon", "in_force_at_horizon", "small_effect"),
                *("dominated_by", "always_dominated", "never_changes"),
            ),
            "weight": ("choice", "option", "interest", "weight"),
            "change": ("choice", "option", "change", "turns", "then_preferred", "before", "after"),
            "course": ("choice", "option", "date", "acceptability", "in_force"),
        },
        "trends": {
            WHOLE: ("readings", "seed"),
            "trend": (
                *("trend", "says", "unit", "values", "logarithms"),
                *("drift_a_year", "scale_of_a_year", "degrees_of_freedom"),
            ),
            "data": ("trend", "date", "value"),
            "fan": ("trend", "date", "low", "quarter", "median", "three_quarters", "high"),
            "threshold": (
                *("trend", "threshold", "reached_at_as_of", "reached_median", "reached_low", "reached_high"),
                *("quarter_by", "half_by", "three_quarters_by"),
            ),
            "reached": ("trend", "threshold", "date", "low", "median", "high"),
        },
        "audit": {
            WHOLE: SETTING,
            "claim": (
                *("claim", "says", *SETTING, "share", "verdict", "close", "may_be_luck", *COMPARED),
                *("turns_on", "turns_on_share", "bounds", "bounds_proved", "bounds_because"),
            ),
            "measure": MEASURE,
            "finding": ("rule", "code", "severity", *PLACE, "says", "hint"),
            "place": ("rule", "code", *PLACE, "says"),
            "not looked": ("rule", "code", "says"),
        },
        "repair": {
            WHOLE: (*SETTING, "claim", "before", "after", "repaired", "tried", "complete", "diff"),
            "rewording": REWORDED,
        },
        "bounds": {"bounds": ("query", "lens", "low", "high", "proved", "tails", "reason")},
        "hinges": {
            WHOLE: ("left_out",),
            "outcome": (
                *("outcome", *SETTING, *ANSWER, *BAND),
                *("spread", "single_things", "single_things_margin", "looked_at", "asked_again"),
            ),
            "hinge": (
                *("outcome", *SETTING, "kind", "name", "where", "places"),
                *("first", "first_margin", "total", "total_margin", "taken_low", "taken_high"),
            ),
        },
        "flips": {
            "claim": ("claim", "says", *SETTING, "share", "verdict"),
            "flip": (
                *("claim", *SETTING, *REWORDED),
                *("before", "after", "verdict", "won", "lost", "clear"),
            ),
        },
        "why": {
            WHOLE: ("left_out",),
            "outcome": (
                *("outcome", *SETTING, *ANSWER, *BAND),
                *("hits", "of", "followed", "looked", "counted"),
            ),
            "rule": (
                *("outcome", *SETTING, "rule", "says", "likelihood", "pages"),
                *("on_the_way", "otherwise", "linked", "lost_without"),
            ),
            "order": (
                *("outcome", *SETTING, "variable", "level", "says", "step", "date"),
                *("on_the_way", "otherwise"),
            ),
            "path": (
                *("outcome", *SETTING, "number", "share", "link", "variable", "rule", "level", "says"),
                *("step", "date"),
            ),
        },
        "what-if": {
            "outcome": (
                *("outcome", *SETTING, "supposed", "kind", *ANSWER, *BAND),
                *("difference_median", "difference_low", "difference_high", "difference_error"),
                *("higher_in", "lower_in", "against"),
            ),
        },
        "paths": {
            WHOLE: (
                *("outcome", *SETTING, *ANSWER, *BAND, "hits", "looked", "things", "base", "fresh_base"),
                *("refused", "coverage", "density", "fresh_coverage", "fresh_density"),
            ),
            "side": ("variable", "says", "first_step", "last_step", "after", "by", "by_chance"),
            "sequence": (
                *("number", "sequence_share", "variable", "says", "step", "date", "share", "otherwise"),
            ),
            "box": ("number", "coverage", "density", "chosen"),
        },
        "watch": {
            WHOLE: (
                *("outcome", "rival", "prior", *SETTING, "readings_with_both", "refused"),
                *("together", "together_share_of_all", "step"),
            ),
            "sign": (
                *("sign", "says", "signal", "by", *SEEN, "for_rival", "only_seems"),
                *("false_alarms", "missed", "steps_ahead"),
            ),
            "course": ("sign", "by", *SEEN),
        },
        "compare": {
            WHOLE: ("earlier", "later", "unasked", *SETTING),
            "change": CHANGED,
            "outcome": (
                *(*CHANGED, "outcome", "before_median", "before_low", "before_high"),
                *("after_median", "after_low", "after_high"),
                *("difference_median", "difference_low", "difference_high"),
                *("before_level", "before_share", "after_level", "after_share", "turned"),
            ),
            "claim": (
                *(*CHANGED, "claim", "says", "before_verdict", "after_verdict"),
                *("before_share", "after_share"),
            ),
        },
        "update": {
            WHOLE: (
                *("record", "title", *SETTING, "likelihood", "effective_readings", "effective_futures"),
                *("refused", "resampled", "ruled_out", "left_out"),
            ),
            "outcome": ("outcome", "says", *BOTH, "before_bound", "after_bound"),
            "report": ("report", "says", "grade", "right", *BOTH),
            "word": (
                *("kind", "name", "shift", "before_low", "before_median", "before_high"),
                *("after_low", "after_median", "after_high"),
            ),
        },
        "read": {
            WHOLE: ("document", "digest", "passages", "phrases"),
            "phrase": (
                *("page", "passage", "phrase", "meant", "class", "negated", "speaker", "about", "note"),
                *("start", "end", "sentence"),
            ),
        },
        "coverage": {
            WHOLE: (
                *("source", "digest", "passages", "encoded", "left_out", "left_out_by_page", "overlooked"),
                *("accounted", "citations_not_found"),
            ),
            "passage": ("page", "state", "by", "reason", "phrases", "sentence"),
        },
        "sources": {
            "source": ("source", "title", "file", "digest", "as_cited", "pages"),
            "page": ("source", "page", "line", "known_by"),
        },
        "tables": {
            WHOLE: ("table", "rows_read", "rows_broken"),
            "row": ("row", "row_read_as", "broken"),
            "cell": ("row", "row_read_as", "column", "read", "state", "best", "weight", "proposals"),
            "misreading": ("printed", "read", "times"),
            "quote": ("written", "quoted", "tables", "agrees", "elsewhere", "misread"),
        },
        "standards": {"standard": ("standard", "title", "words")},
        "words": {
            WHOLE: ("standard", "title", "source", "readers"),
            "word": (
                *("word", "wordings", "low", "high", "readers_inside"),
                *("reader_5", "reader_25", "reader_50", "reader_75", "reader_95", "basis", "source"),
            ),
        },
        "word": {
            WHOLE: ("word", "wordings", "basis", "source", "reason"),
            "standard": ("standard", "title", "low", "high", "readers_inside"),
            "reader": ("reader", "probability"),
        },
        "future": {
            WHOLE: ("lens", "seed", "reading", "future"),
            "start": ("variable", "after"),
            "happening": ("date", "variable", "says", "before", "after", "rules"),
        },
        "model": {
            WHOLE: ("model", "steps", "step", "from", "to"),
            "variable": ("number", "variable", "kind", "levels"),
            "rule": ("number", "rule", "variable", "effect", "first", "last", "length"),
        },
        "readings": {WHOLE: SETTING, "rule": ("rule", "low", "median", "high")},
        "futures": {WHOLE: SETTING, "level": ("variable", "level", "mean", "fewest", "most")},
    }
)
"""Fields by the kind of an answer and the part of it that a row belongs to."""


def columns(kind: str) -> tuple[str, ...]:
    """Columns of a table that holds all parts of an answer, always the same.

    >>> columns("sources")
    ('part', 'source', 'title', 'file', 'digest', 'as_cited', 'pages', 'page', 'line', 'known_by')
    """
    several = FIELDS[kind].values()
    return ("part", *dict.fromkeys(name for fields in several for name in fields))


def complete(shown: Shown) -> Shown:
    """An answer whose facts and rows have all fields of their part; None where there is nothing to say.

    Raises
    ------
    ValueError
        If there is a field that the table above does not have.
    """
    parts = FIELDS[shown.kind]
    rows = ({"part": row["part"], **_filled(row, parts[str(row["part"])])} for row in shown.rows)
    return replace(shown, facts=_filled(shown.facts, parts.get(WHOLE, ())), rows=tuple(rows))


def _filled(known: Facts, fields: tuple[str, ...]) -> Facts:
    if more := known.keys() - {"part", *fields}:
        raise ValueError(f"no field of the answer: {', '.join(sorted(more))}")
    return {name: _plain(name, known.get(name)) for name in fields}


def _plain(name: str, value: Value) -> Value:
    if isinstance(value, str):
        return (one_line(value) if name in WRITTEN else value) or None
    return value
