"""Whether a test of probabilities or modes holds in each reading, and where other dice might tell otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.queries import Compares, IsWord, ModeIs, Number, Probability, ShareOfTime
from estimative.questions.ask import Answer, ModeAnswer
from estimative.questions.luck import LUCK, paired_noise
from estimative.questions.ranges import COMPARISONS
from estimative.words.ladder import deserves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Query, Test
    from estimative.model.readings import Readings

    Array = NDArray[np.float64]


def holds_in(readings: Readings, test: Test, answers: Sequence[Answer | ModeAnswer]) -> NDArray[np.bool_]:
    """Whether a test holds, per reading, given the answers to its queries in the order of `queries`."""
    values = iter(answer.values for answer in answers if isinstance(answer, Answer))
    match test, answers:
        case ModeIs(_, levels), [ModeAnswer() as mode]:
            return np.isin(mode.modes, [mode.levels.index(level.name) for level in levels])
        case IsWord(_, relation, word), _:
            return deserves(readings.vocabulary, next(values), word, relation)
        case Compares(left, comparison, right), _:
            first = left.value if isinstance(left, Number) else next(values)
            second = right.value if isinstance(right, Number) else next(values)
            return np.asarray(COMPARISONS[comparison](first, second))
    raise TypeError(type(test).__name__)


def close_calls(
    readings: Readings, test: Test, answers: Sequence[Answer | ModeAnswer], futures: int
) -> NDArray[np.bool_]:
    """Readings in which a test of probabilities or modes turns if its number moves by two standard errors.

    One event in two worlds is compared with the same dice: the difference d of M futures has the error of futures
    that change one way only, |d| (1 - |d|) / M, and of one of them where there is none. Where two worlds are the same to
    the last future, dice cannot tell whether they are alike or hardly differ: a close call for `<` and `>`. Two events
    have the errors of both; so have two worlds whose futures may change both ways, where readings differ by no more
    than that.

    Parameters
    ----------
    futures
        Futures in each reading by which a mode was found.

    Returns
    -------
    Shape (readings,); False of a ranking, and where a reading cannot tell.
    """
    match test, answers:
        case ModeIs(_, levels), [ModeAnswer() as mode]:
            return _modes(mode, {level.name for level in levels}, futures)
        case ((IsWord() | Compares()), [Answer() as first, *_]):
            values = [answer.values for answer in answers if isinstance(answer, Answer)]
            by = LUCK * (_error(first) if len(values) == 1 else _of_difference(answers))
            came = holds_in(readings, test, answers)
            turned = np.zeros(len(came), np.bool_)
            for way in (-by, by):
                moved = replace(
                    first,
                    values=np.clip(first.values + way, 0, 1) if len(values) == 1 else first.values + way,
                )
                turned |= holds_in(readings, test, [moved, *answers[1:]]) != came
            if isinstance(test, Compares) and test.comparison in {"<=", ">="} and len(values) == 2:
                # What is claimed to be no more is not brought down by what is the same to the last future.
                turned &= values[0] != values[1]
            return turned
    return np.zeros(readings.tables.readings, np.bool_)


def _error(answer: Answer) -> Array:
    """Standard error of a number in each reading; of one that never or always came, of a future more."""
    if isinstance(answer.query, ShareOfTime):
        return np.full(len(answer.values), 0.0 if answer.band is None else answer.band.error)
    many = answer.met / len(answer.values)
    share = (answer.values * many + 1) / (many + 2)
    return np.asarray(np.sqrt(share * (1 - share) / max(many, 1)))


def _of_difference(answers: Sequence[Answer | ModeAnswer]) -> Array:
    """Standard error of the difference of two numbers in each reading."""
    one, other = (answer for answer in answers if isinstance(answer, Answer))
    both, differences = np.hypot(_error(one), _error(other)), one.values - other.values
    if not _are_one_event(one.query, other.query) or _may_be_alike(differences, both):
        return both
    many = max(min(one.met, other.met) / len(differences), 1)
    return np.sqrt(paired_noise(np.maximum(np.abs(differences), 1 / many), many))


def _may_be_alike(differences: Array, error: Array) -> bool:
    """Whether readings differ by no more than dice could make them, if the worlds had nothing in common but these."""
    known = differences[~np.isnan(differences)]
    slack = 1 + 3 * np.sqrt(2 / max(len(known) - 1, 1))
    return bool(len(known) < 2 or known.var(ddof=1) <= slack * np.nanmean(error**2))


def _are_one_event(one: Query, other: Query) -> bool:
    """Whether one event, under one condition, is asked about in both, so that only what is made so differs."""
    if not isinstance(one, Probability) or not isinstance(other, Probability):
        return False
    return (one.event, one.given) == (other.event, other.given)


def _modes(mode: ModeAnswer, names: set[str], futures: int) -> NDArray[np.bool_]:
    wanted = np.isin(mode.levels, list(names))
    if wanted.all():
        return np.zeros(len(mode.values), np.bool_)
    one = np.where(wanted, mode.values, 0.0).max(axis=1)
    other = np.where(wanted, 0.0, mode.values).max(axis=1)
    error = np.sqrt((one + other - (one - other) ** 2) / futures)
    return np.asarray(np.abs(one - other) <= LUCK * error)
