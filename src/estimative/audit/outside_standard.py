"""A likelihood that no word of the estimate's standard covers.

What it does
    Under an official standard it finds numbers that lie in a gap between its words, and ranges of numbers
    that spread over more than two of its words. (A word of another standard is an error, and stops the run.)
Why
    A standard is a promise to the reader: what is said means one of so many ranges. A number in a gap has
    no word, so it cannot be repeated in the estimate's own language; a range over half the ladder says
    hardly anything.
Example
    Under the PHIA yardstick, `23%` lies between *highly unlikely* (to 20%) and *unlikely* (from 25%).
Instead
    Choose a word, or a number inside one; write `unknown` where nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.values import Alternatives, Percent, PercentRange
from estimative.estimate.walk import likelihoods
from estimative.places.problem import Problem
from estimative.words.ladder import rung_ranges, word_of
from estimative.words.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.estimate.values import Likelihood
    from estimative.words.ladder import Spoken
    from estimative.words.lexicon import Lexicon

CODE = "A0410"

MOST_WORDS = 2
"""A range may spread over so many neighbouring words."""


def find(material: Material) -> Iterator[Problem]:
    """Yield the likelihoods that no word covers."""
    words = lexicon(material.estimate.standard)
    if not words.official:
        return
    for _, likelihood in likelihoods(material.estimate):
        for one in likelihood.wordings if isinstance(likelihood, Alternatives) else (likelihood,):
            yield from _wrong(one, words)


def _wrong(likelihood: Likelihood, words: Lexicon) -> Iterator[Problem]:
    match likelihood:
        case Percent(value):
            near = word_of(words, value)
            if not near.inside:
                yield _uncovered(likelihood, words, _percent(value), near)
        case PercentRange(low, high):
            met = [rung for rung in rung_ranges(words) if rung.low < high and low < rung.high]
            if not met:
                said = f"{_percent(low)} to {_percent(high)}"
                yield _uncovered(likelihood, words, said, word_of(words, (low + high) / 2))
            # Words of some standards lie within one another.
            if len(met) > MOST_WORDS and not any(rung.low <= low and high <= rung.high for rung in met):
                yield Problem(
                    CODE,
                    likelihood.span,
                    f"this range spreads over {len(met)} words of {words.title}: "
                    f"from `{met[0].word}` to `{met[-1].word}`",
                    "choose a narrower one, or write `unknown` where nothing is known",
                )


def _uncovered(likelihood: Percent | PercentRange, words: Lexicon, said: str, near: Spoken) -> Problem:
    return Problem(
        CODE,
        likelihood.span,
        f"no word of {words.title} covers {said}",
        f"the nearest is `{near.word}`, {near.low:.0%} to {near.high:.0%}",
    )


def _percent(share: float) -> str:
    """A share as it would be written, to a tenth of a point.

    >>> _percent(0.054), _percent(0.2)
    ('5.4%', '20%')
    """
    return f"{share * 100:.1f}".removesuffix(".0") + "%"
