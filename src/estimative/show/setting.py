"""Under what an answer was found, and how its numbers are put into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from estimative.questions.ask import text_of
from estimative.show.blocks import Mark, Paragraph, Part, text
from estimative.show.numerals import band_text, percent_range, plural
from estimative.show.plain import one_line
from estimative.words.ladder import Spoken, word_of
from estimative.words.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures
    from estimative.show.blocks import Block, Facts

Speak = Callable[[float], Spoken]
"""The word that a number deserves under the estimate's standard, with the range of its rung."""


def speak_of(standard: str) -> Speak:
    """How numbers are put into words under a standard.

    >>> speak_of("icd-203")(0.3).word
    'unlikely'
    """
    return partial(word_of, lexicon(standard))


LENSES = {
    "readers": "words as surveyed readers take them",
    "author": "words inside the standard's own ranges",
}
"""What the two lenses are, in a few words."""


@dataclass(frozen=True)
class Setting:
    """What was simulated; the same setting gives the same answer."""

    lens: str
    readings: int
    futures: int
    seed: int

    @classmethod
    def of(cls, futures: Futures) -> Setting:
        """Setting of what was asked."""
        tables = futures.readings.tables
        return cls(futures.readings.lens, tables.readings, futures.futures, futures.seed)

    @property
    def facts(self) -> Facts:
        """The setting for machines."""
        return {"lens": self.lens, "readings": self.readings, "futures": self.futures, "seed": self.seed}

    @property
    def foot(self) -> Paragraph:
        """The setting for people."""
        many = f"{plural(self.readings, 'reading')} × {plural(self.futures, 'future')}"
        return text(Mark(f"{many}, lens {self.lens}: {LENSES[self.lens]}; seed {self.seed}.", "quiet"))


def under(lens: str) -> Mark:
    """What stands in the place of a name where a second lens says something else."""
    return Mark(f"  lens {lens}", "quiet")


def questions_say(estimate: Estimate) -> Mapping[str, str]:
    """What the estimate's questions say, by the text of their queries."""
    return {text_of(question.query): question.says for question in estimate.questions if question.says}


def called(query: str, says: Mapping[str, str]) -> str:
    """What an outcome is called on one line: what its question says, or the query.

    >>> called("P(ever war)", {"P(ever war)": "Does war break out?"}), called("P(ever war)", {})
    ('Does war break out?', 'P(ever war)')
    """
    return one_line(says.get(query, "") or query)


def outcome_part(query: str, says: Mapping[str, str], blocks: Sequence[Block]) -> Part:
    """A part on what was asked, headed by what its question says, if it is one, with the query below; else by the query.

    >>> outcome_part("ever war", {"ever war": "Does war break out?"}, ()).title
    'Does war break out?'
    """
    if query not in says:
        return Part(query, tuple(blocks))
    return Part(says[query], (text(Mark(query, "quiet")), *blocks))


def spoken(said: Spoken) -> str:
    """A word with its range; in the gap of a standard, the word that the number is near.

    >>> spoken(Spoken("unlikely", 0.2, 0.45)), spoken(Spoken("unlikely", 0.25, 0.35, inside=False))
    ('unlikely [20–45%]', 'near unlikely [25–35%]')
    """
    return f"{word_near(said)} [{percent_range(said.low, said.high)}]"


def word_near(said: Spoken) -> str:
    """A word without its range; in the gap of a standard, the word that the number is near."""
    return said.word if said.inside else f"near {said.word}"


def in_words(band: Band, speak: Speak) -> str:
    """A band as one line: word with range, median, band."""
    return f"{spoken(speak(band.median))}, {band_text(band)}"


def band_numbers(band: Band) -> Facts:
    """A band for machines."""
    return {
        "mean": band.mean,
        "median": band.median,
        "low": band.low,
        "high": band.high,
        "standard_error": band.error,
    }


def band_facts(band: Band, speak: Speak) -> Facts:
    """A band for machines, with the word it deserves."""
    said = speak(band.median)
    return {
        **band_numbers(band),
        "word": said.word,
        "range_low": said.low,
        "range_high": said.high,
    }
