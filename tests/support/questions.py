"""Every question of the tool asked of a small estimate, as a command and from Python, for tests over all of them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import estimative
from estimative.estimate.queries import Probability
from support.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from estimative.estimate.nodes import Estimate
    from estimative.questions.futures import Futures

EXAMPLES = ROOT / "docs" / "examples"
BRIEF = EXAMPLES / "river-brief"
DOCUMENT = BRIEF / "documents" / "brief.txt"
TABLE = BRIEF / "documents" / "trade.csv"

RECORD = """\
record: first-year
of: harvest
as-of: 2026-12-31
observations: {dear-grain: {signal: prices, seen: 2026-08, grade: B2}}
facts: {dry-spring: {what: drought, from: 2026-04, grade: A1}}
"""


@dataclass(frozen=True)
class Question:
    """One question: its command with its words, an example it is asked of, and the answer from Python.

    `RECORD` in the words, and `record.yaml` in the folder that the answer gets, are the record above.
    """

    command: str
    example: str
    answer: Callable[[Futures, Path], object]
    words: str = ""
    futures: int = 1_024

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.command.replace("-", "_")

    def line(self, folder: Path) -> str:
        """The command line, through the lens of readers."""
        many = "" if self.command == "trends" else f" --futures {self.futures} --lens readers"
        words = self.words.replace("RECORD", shlex.quote(str(recorded(folder))))
        return f"estimative {self.command} {EXAMPLES / self.example} {words} --readings 64{many}"

    def asked(self, folder: Path) -> tuple[object, Futures]:
        """The same from Python, and the futures that were asked."""
        estimate = estimative.check(EXAMPLES / self.example).sound()
        queries = [outcome(estimate, "P(ever trade >= 1200)")] if self.command == "trends" else []
        futures = estimative.prepare(
            estimate,
            size=estimative.Size(readings=64, futures=self.futures),
            queries=queries,
            signals=self.command in {"watch", "update"},
        )
        recorded(folder)
        return self.answer(futures, folder), futures


def recorded(folder: Path) -> Path:
    """Where the record lies."""
    path = folder / "record.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def outcome(estimate: Estimate, text: str = "P(ever riots)") -> Probability:
    """A query as it was typed."""
    found, problems = estimative.query(estimate, text)
    assert isinstance(found, Probability), problems
    return found


def _what_if(futures: Futures, _: Path) -> object:
    asked = outcome(futures.estimate)
    texts = ("do(drought)", "ever drought")
    supposed = [estimative.supposition(futures.estimate, asked, text)[0] for text in texts]
    return estimative.what_if(futures, [asked], [one for one in supposed if one is not None])


def _compare(futures: Futures, _: Path) -> object:
    later = estimative.check(EXAMPLES / "harvest-angrier").sound()
    return estimative.compare(futures, later, [outcome(futures.estimate)])


def _update(futures: Futures, folder: Path) -> object:
    record, problems = estimative.read_record(folder / "record.yaml", futures.estimate)
    assert record is not None, problems
    return estimative.update(futures, record, [outcome(futures.estimate)])


RIOTS = "'P(ever riots)'"

QUESTIONS = (
    Question("run", "harvest", lambda futures, _: estimative.run(futures)),
    Question("forecast", "harvest", lambda futures, _: estimative.forecast(futures)),
    Question("claims", "two-roads", lambda futures, _: estimative.claims(futures)),
    Question(
        "ask", "harvest", lambda futures, _: estimative.ask(futures, [outcome(futures.estimate)]), RIOTS
    ),
    Question("choices", "arms-line", lambda futures, _: estimative.choices(futures)),
    Question("trends", "arms-line", lambda futures, _: estimative.trends(futures), "--reach 'trade >= 1200'"),
    Question("audit", "two-roads", lambda futures, _: estimative.audit([estimative.look(futures)])),
    Question(
        "repair",
        "two-roads",
        lambda futures, _: estimative.repair(futures, futures.estimate.claims[0]),
        "facilities-unlikely",
    ),
    Question(
        "bounds", "harvest", lambda futures, _: estimative.bounds(futures, outcome(futures.estimate)), RIOTS
    ),
    Question(
        "hinges", "harvest", lambda futures, _: estimative.hinges(futures, [outcome(futures.estimate)]), RIOTS
    ),
    Question("flips", "two-roads", lambda futures, _: estimative.flips(futures, futures.estimate.claims)),
    Question(
        "why", "harvest", lambda futures, _: estimative.why(futures, [outcome(futures.estimate)]), RIOTS
    ),
    Question("what-if", "harvest", _what_if, f"{RIOTS} --do drought --given 'ever drought'"),
    Question(
        "paths", "harvest", lambda futures, _: estimative.paths(futures, outcome(futures.estimate)), RIOTS
    ),
    Question(
        "watch", "harvest", lambda futures, _: estimative.watch(futures, outcome(futures.estimate)), RIOTS
    ),
    Question("compare", "harvest", _compare, f"{EXAMPLES / 'harvest-angrier'} {RIOTS}"),
    Question("update", "harvest", _update, f"{RIOTS} --record RECORD", futures=8_192),
    Question(
        "future",
        "harvest",
        lambda futures, _: estimative.future(futures, 3, 5),
        "--reading 3 --future 5",
    ),
)
"""The questions, in the order of the help."""

SUM, SHARE = "total = exports + imports", "export_share = exports / total"

OTHERS = {
    "stage": (
        f"stage model {EXAMPLES / 'harvest'}",
        f"stage readings {EXAMPLES / 'harvest'} --readings 64",
        f"stage futures {EXAMPLES / 'harvest'} --readings 64 --futures 64",
    ),
    "read": (f"read {DOCUMENT}",),
    "coverage": (f"coverage {BRIEF} --document {DOCUMENT}",),
    "sources": (f"sources {BRIEF} --in {BRIEF / 'documents'} --pages",),
    "tables": (
        f"tables {TABLE} --says '{SUM}' --says '{SHARE}' --quoted 'export_share at 1964 is nearly 43'",
    ),
    "words": ("words", "words icd-203", "words likely"),
}
"""Command lines of what is no question to futures, and has an answer all the same."""

WITHOUT_ANSWER = {"new", "check", "explain", "schema"}
"""Commands about the text of an estimate: they print that text, or what is wrong with it."""
