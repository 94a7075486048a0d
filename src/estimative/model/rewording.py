"""Rewordings: a likelihood moved along the ladder of its standard, or held to one of its own wordings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.model import Crossing
from estimative.words.ladder import word_of
from estimative.words.lexicon import Lexicon, lexicon
from estimative.words.meaning import Anything, Counted, Exactly, Meaning, OneOf, Said, Within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.model.model import Model


@dataclass(frozen=True)
class Worded:
    """A likelihood of a model: its full name, the number of the variable that it moves, and what it says.

    The name is that of its rule, or ``scale.settles.case.level`` in a lottery.
    """

    name: str
    variable: int
    meaning: Meaning


@dataclass(frozen=True)
class Rewording:
    """The likelihood of a full name said otherwise.

    Parameters
    ----------
    meaning
        What it then says.
    steps
        Rungs up its standard's ladder (down, below 0) from the word as it stands; of several wordings, from
        the highest of them up and from the lowest down. 0 is one of the wordings alone.
    direction
        1 if it is then more likely, -1 if less: against the median of the wordings. 0 is the median itself.
    """

    name: str
    meaning: Meaning
    steps: int
    direction: int


def likelihoods(model: Model) -> Iterator[Worded]:
    """Yield every likelihood of a model; what is found in data, or left over by others, is none."""
    for rule in model.rules:
        if not isinstance(rule.meaning, Crossing):
            yield Worded(rule.name, rule.variable, rule.meaning)
    for lottery in model.lotteries:
        levels = model.variables[lottery.variable].levels[1:]
        for case in lottery.cases:
            for level, meaning in zip(levels, case.meanings, strict=True):
                if meaning is not None:
                    yield Worded(f"{case.name}.{level}", lottery.variable, meaning)


def rewordings(worded: Worded, standard: str, most: int) -> tuple[Rewording, ...]:
    """Everything that a likelihood may be said to be instead, the smallest change first.

    Of several wordings each alone; then up to `most` rungs beyond what is said, down and up. Numbers by
    themselves have no rungs.

    >>> def told(*meanings):
    ...     said = meanings[0] if len(meanings) == 1 else OneOf(meanings)
    ...     found = rewordings(Worded("a.becomes.b", 0, said), "icd-203", 1)
    ...     return [(one.meaning.word, one.steps, one.direction) for one in found]
    >>> told(Said("likely"))
    [('roughly even chance', -1, -1), ('very likely', 1, 1)]
    >>> told(Said("almost no chance"), Said("very unlikely"))
    [('almost no chance', 0, -1), ('very unlikely', 0, 1), ('unlikely', 1, 1)]
    """
    words = lexicon(standard)
    found: list[Rewording] = []
    wordings = [worded.meaning]
    if isinstance(worded.meaning, OneOf):
        wordings = list(dict.fromkeys(worded.meaning.meanings))
        centre = middle(worded.meaning, words)
        ways = [int(np.sign(middle(one, words) - centre)) for one in wordings]
        found += [Rewording(worded.name, one, 0, way) for one, way in zip(wordings, ways, strict=True)]
    if any(isinstance(one, Said) for one in wordings):
        rungs = [_rung(one, words) for one in wordings]
        for size in range(1, most + 1):
            for rung, way in ((min(rungs) - size, -1), (max(rungs) + size, 1)):
                if 0 <= rung < len(words.ladder):
                    found.append(Rewording(worded.name, Said(words.ladder[rung].key), way * size, way))
    return tuple(found)


def _rung(meaning: Meaning, words: Lexicon) -> int:
    """Rung of a word, or of the word that a number deserves."""
    word = meaning.word if isinstance(meaning, Said) else word_of(words, middle(meaning, words)).word
    return words.rung(words.named(word))


def middle(meaning: Meaning, words: Lexicon) -> float:
    """The middle of what a likelihood may mean: of a word, where its range or its readers have it.

    >>> middle(OneOf((Exactly(0.2), Within(0.2, 0.4))), lexicon("nato"))
    0.25
    """
    match meaning:
        case Said(word):
            entry = words.named(word)
            return sum(entry.stated) / 2 if entry.stated else entry.take.median
        case Exactly(value):
            return value
        case Within(low, high):
            return (low + high) / 2
        case Counted(hits, cases):
            return (hits + 0.5) / (cases + 1)
        case OneOf(meanings):
            return float(np.median([middle(one, words) for one in meanings]))
        case Anything():
            return 0.5
