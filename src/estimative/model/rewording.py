"""Rewordings: a rule's likelihood moved along the ladder of its standard, a word at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.model.model import Crossing
from estimative.words.lexicon import Lexicon, lexicon
from estimative.words.meaning import Meaning, OneOf, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.model.model import Model


@dataclass(frozen=True)
class Rewording:
    """Rule number `rule` said with another word, `steps` rungs up its standard's ladder (or down, below 0)."""

    rule: int
    word: str
    steps: int

    @property
    def meaning(self) -> Meaning:
        """What the rule then says."""
        return Said(self.word)


def moved(meaning: Meaning, words: Lexicon, steps: int) -> str | None:
    """The word so many rungs further up; None off the ladder's ends, and for what is not said in words.

    Of several wordings the middle one is moved.

    >>> moved(Said("likely"), lexicon("icd-203"), 1), moved(Said("likely"), lexicon("icd-203"), 9)
    ('very likely', None)
    """
    rungs = sorted(_rungs(meaning, words))
    if not rungs:
        return None
    rung = rungs[(len(rungs) - 1) // 2] + steps
    return words.ladder[rung].key if 0 <= rung < len(words.ladder) else None


def rewordings_of(model: Model, rule: int, direction: int, most_steps: int) -> Iterator[Rewording]:
    """Yield the rewordings of one rule in one direction (1 up, -1 down), the smallest first."""
    words, meaning = lexicon(model.standard), model.rules[rule].meaning
    if isinstance(meaning, Crossing):
        return
    for size in range(1, most_steps + 1):
        word = moved(meaning, words, direction * size)
        if word is None:
            return
        yield Rewording(rule, word, direction * size)


def single_rewordings(model: Model) -> Iterator[Rewording]:
    """Yield every rewording of one rule by one rung."""
    for rule in range(len(model.rules)):
        for direction in (-1, 1):
            yield from rewordings_of(model, rule, direction, 1)


def _rungs(meaning: Meaning, words: Lexicon) -> Iterator[int]:
    match meaning:
        case Said(word):
            yield words.rung(words.named(word))
        case OneOf(meanings):
            for part in meanings:
                yield from _rungs(part, words)
        case _:
            pass
