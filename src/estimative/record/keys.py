"""The keys of a record file: one table for each kind of mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.keys import TABLES, Apart, Form, Key, Table

if TYPE_CHECKING:
    from estimative.record.report import When

_SAYS = Key("says", Form.TEXT, "What it says, in the analyst's words.")
_GRADE = Key(
    "grade", Form.TEXT, "Reliability of the source and credibility of the report: `B2`.", required=True
)
_CITES = Key("cites", Form.CITATIONS, 'Where it was reported: `SOURCE p.PAGE "a few words"`.')
_NOTE = Key("note", Form.TEXT, "A remark for readers; it changes nothing.")

OBSERVED: tuple[When, ...] = ("seen", "seen-by", "not-seen-by")
"""Keys for the date of an observation; exactly one must stand."""

HAPPENED: tuple[When, ...] = ("from", "since", "by", "not-by", "at")
"""Keys for the date of a fact; exactly one must stand."""


def _one_date(keys: tuple[When, ...]) -> tuple[Apart, ...]:
    """Each of the keys excludes those after it."""
    return tuple(
        Apart(key, keys[number + 1 :], "a report has one date") for number, key in enumerate(keys[:-1])
    )


HEADER = Table(
    "record",
    "What happened, by whose report.",
    (
        Key("record", Form.ID, "Id of the record.", required=True),
        Key("of", Form.ID, "Id of the estimate that it belongs to.", required=True),
        Key("as-of", Form.DATE, "When the record was closed; nothing in it is later.", required=True),
        Key("title", Form.TEXT, "Title."),
        _NOTE,
        Key("sources", Form.SECTION, "Documents that are cited, by id.", table="source"),
        Key("grades", Form.PAGES, "How often reports of a grade are right, where it is not as usual."),
        Key("observations", Form.SECTION, "Signals that were seen or not seen, by id.", table="observation"),
        Key("facts", Form.SECTION, "What was so, by id.", table="fact"),
    ),
    either=("observations", "facts"),
)

OBSERVATION = Table(
    "observation",
    "A signal that was seen, or looked out for and not seen.",
    (
        Key("signal", Form.REFERENCE, "The signal.", required=True),
        Key("seen", Form.DATE, "It was first seen on this date."),
        Key("seen-by", Form.DATE, "It was seen by the end of this date."),
        Key("not-seen-by", Form.DATE, "It was not seen up to the end of this date."),
        _GRADE,
        _SAYS,
        _CITES,
        _NOTE,
    ),
    apart=_one_date(OBSERVED),
    either=OBSERVED,
)

FACT = Table(
    "fact",
    "Something that was so, or was not.",
    (
        Key(
            "what", Form.EXPRESSION, "What was so: a condition, a level of a scale, an option.", required=True
        ),
        Key("from", Form.DATE, "It came to be so on this date."),
        Key("since", Form.DATE, "It came to be so on this date and has been so ever since."),
        Key("by", Form.DATE, "It was so at some time up to the end of this date."),
        Key("not-by", Form.DATE, "It was never so up to the end of this date."),
        Key("at", Form.DATE, "It was so on this date."),
        _GRADE,
        _SAYS,
        _CITES,
        _NOTE,
    ),
    apart=_one_date(HAPPENED),
    either=HAPPENED,
)

SECTIONS = {"sources": TABLES["source"], "observations": OBSERVATION, "facts": FACT}
"""The table of each section's records."""
