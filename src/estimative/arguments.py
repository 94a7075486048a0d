"""What questions are asked with: futures, lenses, and queries and claims as the analyst writes them, checked first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, wraps
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar, get_args

from estimative.estimate.nodes import Claim, Estimate
from estimative.estimate.queries import Probability, Query, ShareOfTime
from estimative.language.checks.queries import check_query
from estimative.language.files import SHIPPED
from estimative.language.nearest import instead_of
from estimative.language.read import parse_givens, parse_query
from estimative.places.brief import kind_of
from estimative.places.plain_files import kind_at
from estimative.places.problem import EstimateHasErrors
from estimative.sizes import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from estimative.places.problem import Problem
    from estimative.questions.futures import Futures
    from estimative.questions.what_if import Outcome, Supposition
    from estimative.record.report import Record
    from estimative.words.vocabulary import Lens

LENSES: tuple[Lens, Lens] = ("readers", "author")
"""How words are read: as surveyed readers do, or inside the standard's own ranges."""

Item = TypeVar("Item")
Given = ParamSpec("Given")
Answered = TypeVar("Answered")


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


class NoSuchFuture(IndexError):  # noqa: N818 -- it says what is the matter
    """There are not so many `readings`, or `futures` in each: `number` is none of the `many`, counted from 0."""

    def __init__(self, of: str, number: int, many: int) -> None:
        super().__init__(f"there are {many:,} {of}, from 0 to {many - 1:,}")
        self.of = of
        self.number = number


def ensure_lens(lens: object) -> None:
    """Refuse what is no lens.

    Raises
    ------
    TypeError
        If a size stands in the lens's place.
    ValueError
        If it is another text, or None.
    """
    if isinstance(lens, Size):
        raise TypeError("the lens comes before the size: write prepare(estimate, 'readers', size)")
    if lens not in LENSES:
        both = "; for both, prepare once with each" if lens == "both" else ""
        raise ValueError(f"a lens is 'readers' or 'author', not {lens!r}{both}")


def size_of(size: Size | None) -> Size:
    """A size, or the usual one.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if not isinstance(size, Size | None):
        raise TypeError(f"a size is Size(readings=64, futures=1_024), not {kind_of(size)}")
    return size or Size()


def of_futures(question: Callable[Given, Answered]) -> Callable[Given, Answered]:
    """The same question, which refuses what stands in the place of the futures that it asks and is something else."""

    @wraps(question)
    def asked(*given: Given.args, **named: Given.kwargs) -> Answered:
        from estimative.questions.futures import ensure_futures  # noqa: PLC0415 - who has futures has it

        for futures in (*given[:1], *([named["futures"]] if "futures" in named else [])):
            ensure_futures(futures)
        return question(*given, **named)

    return asked


def ensure_watched(futures: Futures) -> None:
    """Refuse futures that do not look out for the signals that their estimate has.

    Raises
    ------
    ValueError
        If one is not looked out for.
    """
    if any(signal.name not in futures.names.numbers for signal in futures.estimate.signals):
        raise ValueError(
            "these futures do not look out for the estimate's signals: write prepare(.., signals=True)"
        )


def ensure_future(futures: Futures, reading: int, number: int) -> None:
    """Refuse the number of a reading, or of a future in it, that is not among those that are counted.

    Raises
    ------
    NoSuchFuture
        If there are fewer.
    """
    for of, which, many in (
        ("readings", reading, futures.readings.tables.readings),
        ("futures", number, futures.futures),
    ):
        if not isinstance(which, Integral):
            raise TypeError(f"readings and futures are counted by whole numbers, from 0; {which!r} is none")
        if not 0 <= which < many:
            raise NoSuchFuture(of, which, many)


def shipped() -> dict[str, Path]:
    """Estimates that come with the package, by name."""
    return {place.name: place for place in sorted(SHIPPED.iterdir()) if (place / "estimate.yaml").is_file()}


def place_of(path: Path | str) -> Path:
    """The path of an estimate: as given, or of the one shipped under this name.

    >>> place_of("soviet-dprk-1984").parent.name
    'estimates'
    """
    if not isinstance(path, Path | str):
        raise TypeError(f"an estimate is named by its path, or as one that is shipped, not by {path!r}")
    place = Path(path)
    return place if kind_at(place, follow=True) else shipped().get(str(path), place)


def estimate_of(estimate: Estimate | Checked) -> Estimate:
    """An estimate, also as it was checked.

    Raises
    ------
    EstimateHasErrors
        If it was checked and cannot run.
    TypeError
        If it is none.
    """
    if isinstance(estimate, Checked):
        return estimate.sound()
    if not isinstance(estimate, Estimate):
        raise TypeError(f"an estimate is wanted, such as check(path).sound() gives, not {kind_of(estimate)}")
    return estimate


def ensure_record(record: Record) -> None:
    """Refuse what is no record.

    Raises
    ------
    TypeError
        If it is something else, such as the path of one.
    """
    from estimative.record.report import Record  # noqa: PLC0415 - only updates need it

    if not isinstance(record, Record):
        raise TypeError(f"a record is what `read_record` gives, {_instead(record)}")


def _instead(given: object) -> str:
    """What is given instead of what is wanted; a pair is what a function gives that reads."""
    pair = ": it comes with its problems, so take the first" if isinstance(given, tuple) else ""
    return f"not {kind_of(given)}{pair}"


def read_query(estimate: Estimate, text: str) -> tuple[Query | None, tuple[Problem, ...]]:
    """A query as it was typed, None where it cannot be asked of the estimate, and what is wrong with it."""
    if not isinstance(text, str):
        raise TypeError(f'a query is text, such as "P(ever x)", not {kind_of(text)}')
    asked, problems = parse_query(text)
    if asked is None:
        return None, problems
    problems = check_query(asked, estimate)
    return (None if any(problem.severity == "error" for problem in problems) else asked), problems


def queries(estimate: Estimate, asked: Iterable[Query | str]) -> tuple[Query, ...]:
    """Queries, also as they were typed.

    Raises
    ------
    EstimateHasErrors
        If one that was typed cannot be asked of this estimate.
    TypeError
        If one is something else.
    """
    return _read_all(
        several(asked, "queries"),
        partial(read_query, estimate),
        get_args(Query),
        'a query is text, such as "P(ever x)", or what `query` gives',
    )


def _read_all(
    given: Iterable[Item | str],
    read: Callable[[str], tuple[Item | None, tuple[Problem, ...]]],
    kinds: tuple[type[Item], ...],
    wanted: str,
) -> tuple[Item, ...]:
    """What is given, where it is text as it reads; what is wrong with any of it is raised at once."""
    found: list[Item] = []
    problems: list[Problem] = []
    for one in given:
        if isinstance(one, str):
            made, wrong = read(one)
            problems += [] if made else wrong
            found += [made] if made else []
        elif isinstance(one, kinds):
            found.append(one)
        else:
            raise TypeError(f"{wanted}, {_instead(one)}")
    if problems:
        raise EstimateHasErrors(problems)
    return tuple(found)


def outcomes(estimate: Estimate, asked: Iterable[Query | str]) -> tuple[Outcome, ...]:
    """The same, of which each must be a probability or a share of time.

    Raises
    ------
    TypeError
        If one asks for a mode.
    """
    found = queries(estimate, asked)
    probable = tuple(one for one in found if isinstance(one, Probability | ShareOfTime))
    if len(probable) < len(found):
        raise TypeError("an outcome is P(EVENT) or share of time CONDITION; a mode is none")
    return probable


def events(estimate: Estimate, asked: Iterable[Query | str]) -> tuple[Probability, ...]:
    """The same, of which each must be the probability of an event.

    Raises
    ------
    TypeError
        If one asks for a mode or a share of time.
    """
    found = queries(estimate, asked)
    probable = tuple(one for one in found if isinstance(one, Probability))
    if len(probable) < len(found):
        raise TypeError("this is asked of an event: write P(EVENT); a mode or a share of time is none")
    return probable


def read_supposition(
    estimate: Estimate, outcome: Outcome, text: str
) -> tuple[Supposition | None, tuple[Problem, ...]]:
    """What is supposed, as it was typed, None where it cannot be supposed here, and what is wrong with it."""
    from estimative.questions.what_if import Supposition, supposed  # noqa: PLC0415 - it counts

    if not isinstance(text, str):
        raise TypeError(f'what is supposed is text, such as "do(x)" or "ever x", not {kind_of(text)}')
    given, do, problems = parse_givens(text, "supposed")
    if problems:
        return None, problems
    made = Supposition(text, do, given)
    elsewhere = check_query(outcome, estimate)
    problems = tuple(p for p in check_query(supposed(outcome, made), estimate) if p not in elsewhere)
    return (None if any(problem.severity == "error" for problem in problems) else made), problems


def suppositions(
    estimate: Estimate, asked: Sequence[Outcome], supposed: Iterable[Supposition | str]
) -> tuple[Supposition, ...]:
    """Suppositions, also as they were typed, of outcomes that are asked.

    Raises
    ------
    EstimateHasErrors
        If one that was typed cannot be supposed of this estimate.
    """
    from estimative.questions.what_if import Supposition  # noqa: PLC0415 - it counts

    return _read_all(
        several(supposed, "suppositions") if asked else (),
        lambda text: read_supposition(estimate, asked[0], text),
        (Supposition,),
        'what is supposed is text, such as "do(x)", or what `supposition` gives',
    )


def claims(estimate: Estimate, named: Iterable[Claim | str]) -> tuple[Claim, ...]:
    """Claims, also by their names.

    Raises
    ------
    LookupError
        If one that is named is not made, or has no test.
    TypeError
        If one is something else.
    """
    tested = {claim.name: claim for claim in estimate.claims if claim.test is not None}
    found = []
    for one in several(named, "claims"):
        if not isinstance(one, Claim | str):
            raise TypeError(f"a claim is one of the estimate's `claims`, or its name, not {kind_of(one)}")
        name = one if isinstance(one, str) else one.name
        if isinstance(one, str) and name not in tested:
            raise LookupError(_no_claim(name, estimate, tested))
        found.append(tested[name] if isinstance(one, str) else one)
    return tuple(found)


def tested_claim(estimate: Estimate, named: Claim | str) -> Claim:
    """The same of one claim, which must have a test."""
    (claim,) = claims(estimate, [named])
    if claim.test is None:
        raise LookupError(_no_claim(claim.name, estimate, {}))
    return claim


def _no_claim(name: str, estimate: Estimate, tested: Mapping[str, Claim]) -> str:
    """Why there is no claim of a name to be asked about, and which there are."""
    if any(claim.name == name for claim in estimate.claims):
        return f"the claim `{name}` has no test: give it one, such as `test: P(ever x) is likely`"
    if not tested:
        return f"there is no claim `{name}`: the estimate makes none that has a `test`"
    return f"there is no claim `{name}` with a test; {instead_of(name, tested)}"


def several(items: Iterable[Item], what: str) -> tuple[Item, ...]:
    """Items of a sequence.

    Raises
    ------
    TypeError
        If one alone is given.
    """
    if isinstance(items, str) or not hasattr(items, "__iter__"):
        raise TypeError(f"{what} come as a list, also where there is only one: put brackets around it, [..]")
    return tuple(items)
