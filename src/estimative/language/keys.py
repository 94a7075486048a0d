"""The keys of the language: one table for each kind of mapping, used by the reader, the schema and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Form(Enum):
    """How the value of a key is written."""

    TEXT = "text"
    ID = "id"
    IDS = "list of ids"
    REFERENCE = "name"
    RANKING = "list of interests, or of lists of them"
    DATE = "date"
    DATES = "list of two dates"
    DURATION = "duration"
    ONE_OF = "one of a few words"
    STANDARD = "standard"
    EXPRESSION = "expression"
    MODIFIERS = "expression or list of expressions"
    LIKELIHOOD = "likelihood"
    START = "yes, no or likelihood"
    EVENT = "event"
    QUERY = "query"
    TEST = "test"
    CITATIONS = "citation or list of citations"
    TEXTS = "text or list of texts"
    FILE = "file name"
    RULE = "rule"
    RULES = "rules by name"
    SETTLES = "settlement"
    LEVELS = "likelihoods by level"
    CASES = "cases by name"
    INTERESTS = "texts by interest"
    WEIGHS = "effects by option"
    AVAILABLE = "expressions by option"
    RERANKED = "rankings by name"
    SEEN = "likelihood and window"
    PAGES = "numbers by page"
    SECTION = "records by name"


@dataclass(frozen=True)
class Key:
    """One key: its form, what it says to an analyst, and whether it must stand."""

    name: str
    form: Form
    says: str
    required: bool = False
    words: tuple[str, ...] = ()
    table: str = ""
    """For a section: the table of its records."""


@dataclass(frozen=True)
class Apart:
    """A key that cannot stand beside some others, and why."""

    key: str
    others: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Table:
    """The keys of one kind of mapping."""

    name: str
    says: str
    keys: tuple[Key, ...]
    apart: tuple[Apart, ...] = ()
    either: tuple[str, ...] = ()
    """Keys of which at least one must stand."""

    def key(self, name: str) -> Key:
        """The key of a name."""
        return self._by_name[name]

    @property
    def names(self) -> Collection[str]:
        """Names of all keys, in the order in which the docs list them."""
        return self._by_name.keys()

    @cached_property
    def required(self) -> tuple[Key, ...]:
        """The keys that must stand."""
        return tuple(key for key in self.keys if key.required)

    @cached_property
    def _by_name(self) -> dict[str, Key]:
        return {key.name: key for key in self.keys}


_SAYS = Key("says", Form.TEXT, "What it is, in the analyst's words.")
_CITES = Key("cites", Form.CITATIONS, 'Where it is argued: `SOURCE p.PAGE "a few words"`.')
_NOTE = Key("note", Form.TEXT, "A remark for readers; it changes nothing.")
_PART_OF = Key(
    "part-of", Form.REFERENCE, "The interest, perspective or actor it belongs to, for claims of rank."
)

_TABLES = (
    Table(
        "estimate",
        "The estimate as a whole: its header and its sections.",
        (
            Key("estimate", Form.ID, "Id of the estimate.", required=True),
            Key("title", Form.TEXT, "Title.", required=True),
            Key("as-of", Form.DATE, "The date of the estimate; the futures start here.", required=True),
            Key("horizon", Form.DURATION, "How far the futures run.", required=True),
            Key(
                "step",
                Form.ONE_OF,
                "Length of one step.",
                required=True,
                words=("month", "quarter", "year"),
            ),
            Key("standard", Form.STANDARD, "Whose words of likelihood are used.", required=True),
            _NOTE,
            Key("sources", Form.SECTION, "Documents that are cited, by id.", table="source"),
            Key("actors", Form.SECTION, "Who acts, and what each wants.", table="actor"),
            Key("conditions", Form.SECTION, "What holds or does not hold.", table="condition"),
            Key("scales", Form.SECTION, "What stands at one of several levels.", table="scale"),
            Key("choices", Form.SECTION, "What actors decide.", table="choice"),
            Key("trends", Form.SECTION, "Numbers over time, with data.", table="trend"),
            Key("signals", Form.SECTION, "What can be observed.", table="signal"),
            Key("claims", Form.SECTION, "The bottom lines, to be tested.", table="claim"),
            Key("questions", Form.SECTION, "What is asked, and resolved one day.", table="question"),
            Key("left-out", Form.SECTION, "Passages left out on purpose.", table="left-out"),
        ),
    ),
    Table(
        "source",
        "A document that is cited.",
        (
            Key("title", Form.TEXT, "Title."),
            Key("authors", Form.TEXTS, "Who wrote it."),
            Key("date", Form.TEXT, "When it appeared, as it says."),
            Key("kind", Form.TEXT, "What it is: report, book, article, ..."),
            Key("file", Form.TEXT, "Name of its file, where citations are checked."),
            Key("digest", Form.TEXT, "SHA-256 of that file, so that a changed one is noticed."),
            Key("pages", Form.PAGES, "Lines (in a PDF: pages of the file) at which its pages begin."),
        ),
    ),
    Table(
        "actor",
        "Someone with ranked interests.",
        (
            _SAYS,
            Key("interests", Form.INTERESTS, "What the actor wants, by id, the most important first."),
            Key("ranking", Form.RANKING, "Another order; interests in one inner list share a rank."),
            _CITES,
            _NOTE,
        ),
    ),
    Table(
        "condition",
        "Something that holds or does not.",
        (
            _SAYS,
            Key("of", Form.REFERENCE, "Whose perception it is."),
            _PART_OF,
            Key("starts", Form.START, "Whether it holds at the start: yes, no (default) or a likelihood."),
            Key("becomes", Form.RULES, "Rules by which it comes to hold."),
            Key("ends", Form.RULES, "Rules by which it stops holding; without any it stays."),
            Key("requires", Form.EXPRESSION, "Without this it cannot come to hold."),
            Key("is", Form.EXPRESSION, "It holds exactly when this does; then it has no rules."),
            _CITES,
            _NOTE,
        ),
        apart=(
            Apart(
                "is", ("starts", "becomes", "ends", "requires"), "it holds exactly when the expression does"
            ),
        ),
    ),
    Table(
        "rule",
        "One way in which something changes.",
        (
            _SAYS,
            Key("likelihood", Form.LIKELIHOOD, "How likely it is over the window.", required=True),
            Key("within", Form.DURATION, "The window: so long."),
            Key("by", Form.DATE, "The window: until the end of this date."),
            Key("between", Form.DATES, "The window: from one date to the other."),
            Key("when", Form.EXPRESSION, "It acts only while this holds."),
            Key("unless", Form.EXPRESSION, "It does not act while this holds."),
            Key("requires", Form.EXPRESSION, "It acts only while this holds too."),
            Key(
                "heightened-by",
                Form.MODIFIERS,
                "What makes it likelier; `slightly` or `greatly` may stand before.",
            ),
            Key("restrained-by", Form.MODIFIERS, "What makes it less likely."),
            Key(
                "confidence",
                Form.ONE_OF,
                "How well founded the judgement is; kept apart from its likelihood.",
                words=("low", "moderate", "high"),
            ),
            Key("to", Form.REFERENCE, "The level to which a scale moves (default: one level)."),
            _CITES,
            _NOTE,
        ),
        apart=(
            Apart("within", ("by", "between"), "a rule has one window"),
            Apart("by", ("between",), "a rule has one window"),
        ),
    ),
    Table(
        "scale",
        "Ordered levels, or, with `settles`, a lottery over levels without order.",
        (
            _SAYS,
            Key("levels", Form.IDS, "Levels, the lowest first.", required=True),
            Key("starts", Form.REFERENCE, "The level at the start.", required=True),
            Key("norm", Form.REFERENCE, "The level to which it returns."),
            Key("returns", Form.RULE, "How it returns towards the norm."),
            Key("rises", Form.RULES, "Rules by which it rises."),
            Key("falls", Form.RULES, "Rules by which it falls."),
            Key("settles", Form.SETTLES, "A lottery: how it leaves its first level for one of the others."),
            Key("of", Form.REFERENCE, "Whose perception it is."),
            _PART_OF,
            _CITES,
            _NOTE,
        ),
        apart=(Apart("settles", ("rises", "falls", "returns", "norm"), "a lottery settles once and stays"),),
    ),
    Table(
        "settlement",
        "How a lottery settles: with the same likelihoods always, or by cases.",
        (
            Key("when", Form.EXPRESSION, "It settles when this first holds (default: at once)."),
            Key("levels", Form.LEVELS, "How likely each level is; levels not named are out."),
            Key("cases", Form.CASES, "Likelihoods for several cases; the first that holds counts."),
        ),
        apart=(Apart("cases", ("levels",), "each case has levels of its own"),),
        either=("levels", "cases"),
    ),
    Table(
        "case",
        "One case of a lottery.",
        (
            Key("when", Form.EXPRESSION, "The case; a case without it comes last."),
            Key("levels", Form.LEVELS, "How likely each level is in this case.", required=True),
            _CITES,
            _NOTE,
        ),
    ),
    Table(
        "choice",
        "An actor's options, and what each does to the actor's interests.",
        (
            _SAYS,
            Key("actor", Form.REFERENCE, "Who decides.", required=True),
            Key("options", Form.IDS, "The options; effects are measured against the first.", required=True),
            Key("starts", Form.REFERENCE, "The option at the start.", required=True),
            Key("reconsidered", Form.RULE, "How soon the actor looks at the options again.", required=True),
            Key("weighs", Form.WEIGHS, "The effect of each option on the actor's interests.", required=True),
            Key("available-when", Form.AVAILABLE, "Options that can be taken only while something holds."),
            Key("reranked-when", Form.RERANKED, "Other rankings of the interests while something holds."),
            _PART_OF,
            _CITES,
            _NOTE,
        ),
    ),
    Table(
        "reranking",
        "Another order of interests.",
        (
            Key("when", Form.EXPRESSION, "While this holds.", required=True),
            Key("ranking", Form.RANKING, "The interests in their order then.", required=True),
            _CITES,
        ),
    ),
    Table(
        "trend",
        "A number over time, with data beside the estimate.",
        (
            _SAYS,
            Key("data", Form.FILE, "A CSV or Parquet file in the estimate's folder.", required=True),
            Key("column", Form.TEXT, "The column of values, where there are several."),
            Key("date-column", Form.TEXT, "The column of dates (default: the first)."),
            Key("unit", Form.TEXT, "The unit of the values."),
            Key("missing", Form.TEXTS, "How a missing value is written in the file."),
            Key("log", Form.ONE_OF, "Whether its growth is proportional.", words=("yes", "no")),
            Key("projection", Form.ONE_OF, "How it goes on.", words=("random-walk",)),
            _CITES,
            _NOTE,
        ),
    ),
    Table(
        "signal",
        "An observable sign of something.",
        (
            _SAYS,
            Key("of", Form.EXPRESSION, "What it is a sign of.", required=True),
            Key("if-so", Form.SEEN, "How likely it is seen if that holds.", required=True),
            Key("if-not", Form.SEEN, "How likely it is seen if that does not hold.", required=True),
            _CITES,
            _NOTE,
        ),
    ),
    Table(
        "seen",
        "How likely a signal is seen.",
        (
            Key("likelihood", Form.LIKELIHOOD, "How likely it is over the window.", required=True),
            Key("within", Form.DURATION, "The window."),
        ),
    ),
    Table(
        "claim",
        "A bottom line of the estimate.",
        (
            _SAYS,
            Key("test", Form.TEST, "What the futures must show for the claim to follow."),
            _CITES,
            _NOTE,
        ),
        either=("says", "test"),
    ),
    Table(
        "question",
        "What is asked; either an event or a query.",
        (
            Key("event", Form.EVENT, "Short for the query `P(EVENT)`."),
            Key("ask", Form.QUERY, "Any query."),
            _SAYS,
            Key("resolves", Form.DATE, "When the answer will be known."),
            _CITES,
            _NOTE,
        ),
        apart=(Apart("event", ("ask",), "an event is short for the query `P(EVENT)`"),),
        either=("event", "ask"),
    ),
    Table(
        "left-out",
        "Passages of a source that are left out on purpose.",
        (
            Key("reason", Form.TEXT, "Why they are left out.", required=True),
            Key("cites", Form.CITATIONS, "The passages.", required=True),
        ),
    ),
)

TABLES = {table.name: table for table in _TABLES}
"""Every table, by its name."""

SECTIONS = {key.name: TABLES[key.table] for key in TABLES["estimate"].keys if key.form is Form.SECTION}
"""The table of each section's records."""

HEADER = tuple(key.name for key in TABLES["estimate"].keys if key.form is not Form.SECTION)
"""Keys that stand once in an estimate, in one file."""

VARIABLES = ("conditions", "scales", "choices", "trends", "signals")
"""Sections whose ids share one namespace."""
