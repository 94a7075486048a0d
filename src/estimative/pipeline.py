"""The whole tool on one screen: text -> estimate -> model -> readings -> futures -> answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from estimative import arguments
from estimative.arguments import LENSES as LENSES
from estimative.arguments import Checked as Checked
from estimative.language.read import read_estimate
from estimative.sizes import Size as Size  # noqa: TC001 - also for who imports it from here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

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
    from estimative.questions.repair import Repair, Undecided
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


def check(path: Path | str) -> Checked:
    """Read an estimate, and collect what is wrong with it: a file, a folder, or the name of one that is shipped."""
    estimate, problems = read_estimate(arguments.place_of(path))
    has_errors = any(problem.severity == "error" for problem in problems)
    return Checked(None if has_errors else estimate, problems)


def query(estimate: Estimate | Checked, text: str) -> tuple[Query | None, tuple[Problem, ...]]:
    """A query as it was typed, None where it cannot be asked of the estimate, and what is wrong with it."""
    return arguments.read_query(arguments.estimate_of(estimate), text)


def supposition(
    estimate: Estimate | Checked, outcome: Outcome | str, text: str
) -> tuple[Supposition | None, tuple[Problem, ...]]:
    """What is supposed, as it was typed: ``do(x at 1987)`` or ``ever x by 1987``, several joined by commas.

    None where it cannot be supposed of this estimate; `outcome` is anything sound that may be asked of it.
    """
    estimate = arguments.estimate_of(estimate)
    (asked,) = arguments.outcomes(estimate, [outcome])
    return arguments.read_supposition(estimate, asked, text)


def influences(estimate: Estimate) -> Influences:
    """Which variable looks at which."""
    from estimative.questions.influences import influences

    return influences(estimate)


def prepare(
    estimate: Estimate | Checked,
    lens: Lens = "readers",
    size: Size | None = None,
    queries: Sequence[Query | str] = (),
    progress: Callable[[float], None] | None = None,
    *,
    signals: bool = False,
) -> Futures:
    """The futures of an estimate in readings through a lens, ready to be asked.

    Parameters
    ----------
    lens
        ``"readers"``: words as surveyed readers take them; ``"author"``: inside the standard's own ranges.
    queries
        What will be asked besides the estimate's own claims and questions, if it names a signal or a
        threshold of a trend that they do not.
    progress
        Called with the share that is done, in [0, 1], while something long runs.
    signals
        Whether all signals are looked out for, even where nothing asked names one.
    """
    from estimative.engine.budget import default_size
    from estimative.model.compile import compile_estimate
    from estimative.model.readings import read
    from estimative.questions.futures import Futures

    estimate = arguments.estimate_of(estimate)
    arguments.ensure_lens(lens)
    size = arguments.size_of(size)
    asked = arguments.queries(estimate, queries)
    model, names = compile_estimate(estimate, asked, signals=signals)
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


@arguments.of_futures
def run(futures: Futures) -> Overview:
    """The forecast, and answers to all that the estimate asks and claims."""
    from estimative.questions.overview import overview

    return overview(futures)


@arguments.of_futures
def forecast(futures: Futures) -> Forecast:
    """The probability of every level of every variable over time."""
    from estimative.questions.forecast import forecast

    return forecast(futures)


@arguments.of_futures
def ask(futures: Futures, queries: Sequence[Query | str]) -> tuple[Answer | ModeAnswer, ...]:
    """Answers to queries, in their order; rare outcomes are followed by their hazards.

    A query is what `query` gives, or its text, such as ``"P(ever riots by 1987)"``; so with all outcomes.
    """
    from estimative.questions.ask import ask
    from estimative.questions.followed import follow_rare

    return follow_rare(futures, ask(futures, arguments.queries(futures.estimate, queries)))


@arguments.of_futures
def claims(futures: Futures, named: Sequence[Claim | str] | None = None) -> tuple[ClaimAnswer, ...]:
    """Which claims follow, in how many readings; all of the estimate's that have a test, unless some are named."""
    from estimative.questions.claims import judge_claims

    estimate = futures.estimate
    return judge_claims(futures, estimate.claims if named is None else arguments.claims(estimate, named))


@arguments.of_futures
def choices(futures: Futures) -> Choices:
    """Which options the actors' ranked interests favour, what one must believe, and what would turn them."""
    from estimative.questions.choices import choices

    return choices(futures)


@arguments.of_futures
def trends(futures: Futures) -> Trends:
    """The fan of every trend, and when its thresholds are reached."""
    from estimative.questions.trends import trends

    return trends(futures)


@arguments.of_futures
def hinges(futures: Futures, outcomes: Sequence[Outcome | str], located: int = 8) -> tuple[Hinges, ...]:
    """On which words, rankings and strengths each outcome turns, the first `located` traced to their sentences."""
    from estimative.questions.hinges import hinges

    return hinges(futures, arguments.outcomes(futures.estimate, outcomes), located)


@arguments.of_futures
def flips(futures: Futures, claims: Sequence[Claim | str]) -> Flips:
    """Which single word, moved by one rung, gives a claim another verdict."""
    from estimative.questions.flips import flips

    return flips(futures, arguments.claims(futures.estimate, claims), futures.progress)


@arguments.of_futures
def why(futures: Futures, outcomes: Sequence[Probability | str]) -> tuple[Why, ...]:
    """What brings each outcome about: rules that fired, what is lost without them, in what order things came."""
    from estimative.questions.why import why

    return why(futures, arguments.events(futures.estimate, outcomes), futures.progress)


@arguments.of_futures
def what_if(
    futures: Futures, outcomes: Sequence[Outcome | str], suppositions: Sequence[Supposition | str]
) -> tuple[WhatIf, ...]:
    """Each outcome as written, and with each thing made so or known to be so."""
    from estimative.questions.what_if import what_if

    asked = arguments.outcomes(futures.estimate, outcomes)
    return what_if(futures, asked, arguments.suppositions(futures.estimate, asked, suppositions))


@arguments.of_futures
def paths(futures: Futures, outcome: Probability | str) -> Paths:
    """Which ways lead to an outcome: a scenario, and typical sequences."""
    from estimative.questions.paths import paths

    (event,) = arguments.events(futures.estimate, [outcome])
    return paths(futures, event, futures.progress)


@arguments.of_futures
def watch(futures: Futures, outcome: Probability | str, rival: Probability | str | None = None) -> Watch:
    """Which signs tell an outcome from its rival (None: that it does not happen), and how early.

    Raises
    ------
    ValueError
        If the estimate has signals that the futures do not look out for: `prepare` needs ``signals=True``.
    """
    from estimative.questions.watch import watch

    arguments.ensure_watched(futures)
    event, *other = arguments.events(futures.estimate, [outcome, *([] if rival is None else [rival])])
    return watch(futures, event, *other)


@arguments.of_futures
def compare(futures: Futures, after: Estimate | Checked, outcomes: Sequence[Query | str]) -> Comparison:
    """What each change of a later version did to outcomes and claims of the one that these futures are of."""
    from estimative.questions.compare import compare

    later, asked = arguments.estimate_of(after), arguments.queries(futures.estimate, outcomes)
    return compare(futures, later, asked, futures.progress)


def read_record(path: Path | str, estimate: Estimate | Checked) -> tuple[Record | None, tuple[Problem, ...]]:
    """What happened, from a record file; None where it cannot be used, and what is wrong with it."""
    from estimative.record.read import read_record

    return read_record(Path(path), arguments.estimate_of(estimate))


def reported(record: Record, estimate: Estimate | Checked) -> tuple[Query, ...]:
    """What a record's reports speak of, as queries: `prepare` needs them."""
    from estimative.record.events import reported

    arguments.ensure_record(record)
    return reported(record, arguments.estimate_of(estimate))


@arguments.of_futures
def update(futures: Futures, record: Record, outcomes: Sequence[Probability | str]) -> Update:
    """Outcomes in view of a record, and which readings of the words still stand.

    `prepare` needs what the record speaks of: ``queries=reported(record, estimate)``.
    """
    from estimative.questions.update import update

    arguments.ensure_record(record)
    return update(futures, record, arguments.events(futures.estimate, outcomes))


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


@arguments.of_futures
def future(futures: Futures, reading: int, number: int) -> FutureTold:
    """The course of future `number` of a reading, both counted from 0, with the rules that moved it.

    Raises
    ------
    NoSuchFuture
        An `IndexError`, if there are fewer readings, or fewer futures in each.
    """
    from estimative.questions.future import tell

    arguments.ensure_future(futures, reading, number)
    return tell(futures, reading, number)


@arguments.of_futures
def look(futures: Futures) -> Seen:
    """What the audit looks at through one lens: the claims' answers, what is proved of them, what never happens."""
    from estimative.audit.look import look

    return look(futures)


def audit(lenses: Sequence[Seen], folder: Path | str | None = None) -> Audited:
    """What each rule of the audit finds in what `look` gives, once for each lens.

    The documents of a `folder` are compared where one is given.
    """
    from estimative.audit.audit import Audited, audit
    from estimative.audit.material import Documents, Material, Seen
    from estimative.sources.coverage import coverage
    from estimative.sources.library import open_sources

    lenses = arguments.several(lenses, "lenses")
    if not lenses or not all(isinstance(one, Seen) for one in lenses):
        raise TypeError("an audit looks first: write audit([look(futures)]), with one `look` for each lens")
    estimate, documents = lenses[0].futures.estimate, None
    if folder is not None:
        folder = Path(folder)
        opened, _ = open_sources(estimate, folder)
        covered = tuple(coverage(estimate, source, paged) for source, paged in opened.items())
        documents = Documents(citations(estimate, folder), covered)
    return Audited(lenses, audit(Material(estimate, lenses, documents)))


def audit_pages() -> tuple[Page, ...]:
    """What every rule of the audit says of itself."""
    from estimative.audit.audit import RULES, page_of

    return tuple(page_of(rule) for rule in RULES)


@arguments.of_futures
def repair(futures: Futures, claim: Claim | str) -> Repair | Undecided:
    """The smallest rewording that makes a claim follow; or that too few futures can tell whether it does."""
    from estimative.questions.repair import repair

    return repair(futures, arguments.tested_claim(futures.estimate, claim))


@arguments.of_futures
def bounds(futures: Futures, asked: Query | str) -> Bounds | NotBounded:
    """The least and the most that an answer can be, however the words are read; or why that is not known."""
    from estimative.questions.bounds import bounds

    (query,) = arguments.queries(futures.estimate, [asked])
    return bounds(futures, query)
