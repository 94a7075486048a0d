"""The whole tool on one screen: text -> estimate -> model -> readings -> futures -> answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.language.checks.queries import check_query
from estimative.language.read import parse_givens, parse_query, read_estimate
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from estimative.audit.audit import Audited, Page
    from estimative.audit.material import Seen
    from estimative.estimate.nodes import Claim, Document, Estimate
    from estimative.estimate.queries import Probability, Query
    from estimative.places.problem import Problem
    from estimative.questions.ask import Answer, ModeAnswer
    from estimative.questions.bounds import Bounds, NotBounded
    from estimative.questions.choices import Choices
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.compare import Comparison
    from estimative.questions.flips import Flips
    from estimative.questions.forecast import Forecast
    from estimative.questions.future import FutureTold
    from estimative.questions.futures import Futures
    from estimative.questions.hinges import Hinges
    from estimative.questions.influences import Influences
    from estimative.questions.overview import Overview
    from estimative.questions.paths import Paths
    from estimative.questions.repair import Repair
    from estimative.questions.trends import Trends
    from estimative.questions.update import Update
    from estimative.questions.watch import Watch
    from estimative.questions.what_if import Outcome, Supposition, WhatIf
    from estimative.questions.why import Why
    from estimative.record.report import Record
    from estimative.sources.citations import CheckedCitations
    from estimative.sources.coverage import Coverage
    from estimative.sources.library import FoundSource
    from estimative.sources.passages import Read
    from estimative.sources.tables.ask import TableAnswer
    from estimative.words.vocabulary import Lens

# What runs the futures is imported where it is used, so that a check starts at once.

LENSES: tuple[Lens, Lens] = ("readers", "author")
"""How words are read: as surveyed readers do, or inside the standard's own ranges."""


@dataclass(frozen=True)
class Checked:
    """An estimate as read, with everything that is wrong with it; None where it cannot run."""

    estimate: Estimate | None
    problems: tuple[Problem, ...]

    def sound(self) -> Estimate:
        """The estimate, if it has no errors.

        Raises
        ------
        EstimateHasErrors
            With all problems, if it has.
        """
        if self.estimate is None:
            raise EstimateHasErrors(self.problems)
        return self.estimate


@dataclass(frozen=True)
class Size:
    """How much to simulate: `readings`, `futures` in each (None: what the estimate needs), and the seed.

    The same seed gives the same readings and futures back. `on` is the address of a cluster that runs
    them; the answers are the same.
    """

    readings: int | None = None
    futures: int | None = None
    seed: int = 1984
    threads: int | None = None
    on: str | None = None


def check(path: Path) -> Checked:
    """Read an estimate, one file or a folder, and collect what is wrong with it."""
    estimate, problems = read_estimate(path)
    has_errors = any(problem.severity == "error" for problem in problems)
    return Checked(None if has_errors else estimate, problems)


def query(estimate: Estimate, text: str) -> tuple[Query | None, tuple[Problem, ...]]:
    """A query as it was typed, None where it cannot be asked of the estimate, and what is wrong with it."""
    asked, problems = parse_query(text)
    if asked is None:
        return None, problems
    problems = check_query(asked, estimate)
    return (None if any(problem.severity == "error" for problem in problems) else asked), problems


def supposition(
    estimate: Estimate, outcome: Outcome, text: str
) -> tuple[Supposition | None, tuple[Problem, ...]]:
    """What is supposed, as it was typed: ``do(x at 1987)`` or ``ever x by 1987``, several joined by commas.

    None where it cannot be supposed of this estimate; `outcome` is anything sound that may be asked of it.
    """
    from estimative.questions.what_if import Supposition, supposed

    given, do, problems = parse_givens(text, "supposed")
    if problems:
        return None, problems
    made = Supposition(text, do, given)
    elsewhere = check_query(outcome, estimate)
    problems = tuple(p for p in check_query(supposed(outcome, made), estimate) if p not in elsewhere)
    return (None if any(problem.severity == "error" for problem in problems) else made), problems


def influences(estimate: Estimate) -> Influences:
    """Which variable looks at which."""
    from estimative.questions.influences import influences

    return influences(estimate)


def prepare(
    estimate: Estimate,
    lens: Lens = "readers",
    size: Size | None = None,
    queries: Sequence[Query] = (),
    progress: Callable[[float], None] | None = None,
    *,
    signals: bool = False,
) -> Futures:
    """The futures of an estimate in readings through a lens, ready to be asked.

    `queries` are what will be asked besides the estimate's own claims and questions; `signals` says
    whether its signals are looked out for even where nothing asked names one.
    """
    from estimative.engine.budget import default_size
    from estimative.model.compile import compile_estimate
    from estimative.model.readings import read
    from estimative.questions.futures import Futures

    size = size or Size()
    model, names = compile_estimate(estimate, queries, signals=signals)
    usual = default_size(model)
    readings = read(model, lens, size.readings or usual.readings, size.seed)
    futures = size.futures or usual.futures
    return Futures(estimate, model, names, readings, size.seed, futures, size.threads, size.on, progress)


def engine_ready(waiting: Callable[[], AbstractContextManager[object]]) -> None:
    """See that the engine is compiled, which takes some twenty seconds once on a machine: inside `waiting` then."""
    from estimative.engine.compiled import compiled_kernel, is_ready

    if not is_ready():
        with waiting():
            compiled_kernel()


def run(futures: Futures) -> Overview:
    """The forecast, and answers to all that the estimate asks and claims."""
    from estimative.questions.overview import overview

    return overview(futures)


def forecast(futures: Futures) -> Forecast:
    """The probability of every level of every variable over time."""
    from estimative.questions.forecast import forecast

    return forecast(futures)


def ask(futures: Futures, queries: Sequence[Query]) -> tuple[Answer | ModeAnswer, ...]:
    """Answers to queries, in their order; rare outcomes are followed by their hazards."""
    from estimative.questions.ask import ask
    from estimative.questions.followed import follow_rare

    return follow_rare(futures, ask(futures, queries))


def claims(futures: Futures, named: Sequence[Claim] | None = None) -> tuple[ClaimAnswer, ...]:
    """Which claims follow, in how many readings; all of the estimate's unless some are named."""
    from estimative.questions.claims import judge_claims

    return judge_claims(futures, futures.estimate.claims if named is None else named)


def choices(futures: Futures) -> Choices:
    """Which options the actors' ranked interests favour, what one must believe, and what would turn them."""
    from estimative.questions.choices import choices

    return choices(futures)


def trends(futures: Futures) -> Trends:
    """The fan of every trend, and when its thresholds are reached."""
    from estimative.questions.trends import trends

    return trends(futures)


def hinges(futures: Futures, outcomes: Sequence[Outcome], located: int = 8) -> tuple[Hinges, ...]:
    """On which words, rankings and strengths each outcome turns, the first `located` traced to their sentences."""
    from estimative.questions.hinges import hinges

    return hinges(futures, outcomes, located)


def flips(futures: Futures, claims: Sequence[Claim]) -> Flips:
    """Which single word, moved by one rung, gives a claim another verdict."""
    from estimative.questions.flips import flips

    return flips(futures, claims, futures.progress)


def why(futures: Futures, outcomes: Sequence[Probability]) -> tuple[Why, ...]:
    """What brings each outcome about: rules that fired, what is lost without them, in what order things came."""
    from estimative.questions.why import why

    return why(futures, outcomes, futures.progress)


def what_if(
    futures: Futures, outcomes: Sequence[Outcome], suppositions: Sequence[Supposition]
) -> tuple[WhatIf, ...]:
    """Each outcome as written, and with each thing made so or known to be so."""
    from estimative.questions.what_if import what_if

    return what_if(futures, outcomes, suppositions)


def paths(futures: Futures, outcome: Probability) -> Paths:
    """Which ways lead to an outcome: a scenario, and typical sequences."""
    from estimative.questions.paths import paths

    return paths(futures, outcome, futures.progress)


def watch(futures: Futures, outcome: Probability, rival: Probability | None = None) -> Watch:
    """Which signs tell an outcome from its rival, how early; `prepare` needs `signals`."""
    from estimative.questions.watch import watch

    return watch(futures, outcome, rival)


def compare(futures: Futures, after: Estimate, outcomes: Sequence[Query]) -> Comparison:
    """What each change of a later version did to outcomes and claims of the one that these futures are of."""
    from estimative.questions.compare import compare

    return compare(futures, after, outcomes, futures.progress)


def read_record(path: Path, estimate: Estimate) -> tuple[Record | None, tuple[Problem, ...]]:
    """What happened, from a record file; None where it cannot be used, and what is wrong with it."""
    from estimative.record.read import read_record

    return read_record(path, estimate)


def reported(record: Record, estimate: Estimate) -> tuple[Query, ...]:
    """What a record's reports speak of, as queries: `prepare` needs them."""
    from estimative.record.events import reported

    return reported(record, estimate)


def update(futures: Futures, record: Record, outcomes: Sequence[Probability]) -> Update:
    """Outcomes in view of a record, and which readings of the words still stand."""
    from estimative.questions.update import update

    return update(futures, record, outcomes)


def citations(estimate: Estimate, folder: Path) -> CheckedCitations:
    """Every citation looked up in the documents of a folder, and graded."""
    from estimative.sources.citations import check_citations

    return check_citations(estimate, folder)


def sources(estimate: Estimate, folder: Path) -> tuple[FoundSource, ...]:
    """The documents of an estimate's sources, as far as a folder has them."""
    from estimative.sources.library import find_sources

    return find_sources(estimate, folder)


def passages(path: Path, pages: Mapping[str, int] | None = None) -> tuple[Read | None, tuple[Problem, ...]]:
    """What a document says in estimative words; None where it cannot be read."""
    from estimative.sources.opening import open_document
    from estimative.sources.passages import read_passages

    paged, problems = open_document(path, pages)
    return (None if paged is None else read_passages(paged)), problems


def draft(read: Read, name: str, title: str, as_of: date) -> str:
    """Text of an estimate begun from a document: its citations, with everything else left to the analyst."""
    from estimative.sources.draft import draft, source_id

    return draft(read, source_id(name), title, as_of)


def coverage(estimate: Estimate, source: Document, path: Path) -> tuple[Coverage | None, tuple[Problem, ...]]:
    """Which passages of a source's document the estimate encodes, leaves out, overlooks."""
    from estimative.sources.coverage import coverage
    from estimative.sources.library import open_source

    paged, problems = open_source(source, path)
    return (None if paged is None else coverage(estimate, source.name, paged)), problems


def table(
    path: Path, page: str | None, columns: Sequence[str], relations: Sequence[str], quotes: Sequence[str] = ()
) -> tuple[TableAnswer | None, tuple[Problem, ...]]:
    """The audit of a printed table, from CSV or from a page of a document, and the figures quoted from it."""
    from estimative.sources.tables.ask import ask_table

    return ask_table(path, page, columns, relations, quotes)


def future(futures: Futures, reading: int, number: int) -> FutureTold:
    """The course of one future, with the rules that moved it."""
    from estimative.questions.future import tell

    return tell(futures, reading, number)


def look(futures: Futures) -> Seen:
    """What the audit looks at through one lens: the claims' answers, what is proved of them, what never happens."""
    from estimative.audit.look import look

    return look(futures)


def audit(lenses: Sequence[Seen], folder: Path | None = None) -> Audited:
    """What each rule of the audit finds; the documents of a folder are compared where one is given."""
    from estimative.audit.audit import Audited, audit
    from estimative.audit.material import Documents, Material
    from estimative.sources.coverage import coverage
    from estimative.sources.library import open_sources

    estimate, documents = lenses[0].futures.estimate, None
    if folder is not None:
        opened, _ = open_sources(estimate, folder)
        covered = tuple(coverage(estimate, source, paged) for source, paged in opened.items())
        documents = Documents(citations(estimate, folder), covered)
    return Audited(tuple(lenses), audit(Material(estimate, tuple(lenses), documents)))


def audit_pages() -> tuple[Page, ...]:
    """What every rule of the audit says of itself."""
    from estimative.audit.audit import RULES, page_of

    return tuple(page_of(rule) for rule in RULES)


def repair(futures: Futures, claim: Claim) -> Repair | None:
    """The smallest rewording that makes a claim follow; None where too few futures can tell."""
    from estimative.questions.repair import repair

    return repair(futures, claim)


def bounds(futures: Futures, asked: Query) -> Bounds | NotBounded:
    """The least and the most that an answer can be, however the words are read; or why that is not known."""
    from estimative.questions.bounds import bounds

    return bounds(futures, asked)
