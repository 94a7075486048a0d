"""What a document says in estimative words: its passages, and each phrase with who speaks and how."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from estimative.sources.misread import mended, misread_words
from estimative.sources.phrases import JUDGING, matches
from estimative.sources.sentences import sentences
from estimative.sources.speaker import voices

if TYPE_CHECKING:
    from collections.abc import Collection

    from estimative.sources.paged import PagedText
    from estimative.sources.phrases import Match, WordClass
    from estimative.sources.sentences import Sentence

_NEGATION_BEFORE = re.compile(
    r"\b(?:not|never|no|neither|nor|hardly|scarcely|without|cannot|n[o\u2019']t|little)\b(?:\W+\w+){0,2}\W*$",
    re.IGNORECASE,
)
_NEGATION_AFTER = re.compile(r"^\W*(?:not|never|no longer|hardly|scarcely)\b", re.IGNORECASE)
_NEGATION_WITHIN = re.compile(r"\b(?:not|never|neither|nor|cannot)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One phrase of a passage.

    Parameters
    ----------
    word_class
        Its class.
    phrase
        As it reads.
    start, end
        Offsets in the document.
    negated
        Whether a negation stands at it: "does not seem likely", "may not".
    speaker
        "authors", "quoted", or the name of someone whose view is reported.
    about
        Of whom the authors judge what they believe, "" where they judge the thing itself.
    meant
        The phrase as it was printed, where scanning has spoilt it; else the same as `phrase`.
    """

    word_class: WordClass
    phrase: str
    start: int
    end: int
    negated: bool
    speaker: str
    about: str
    meant: str


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence with estimative phrases."""

    number: int
    page: str
    sentence: Sentence
    hits: tuple[Hit, ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    @property
    def judges(self) -> bool:
        """Whether it judges: has more than an attribution or a condition."""
        return any(hit.word_class in JUDGING for hit in self.hits)

    def only(self, classes: Collection[WordClass]) -> Passage:
        """The same passage with the phrases of some classes; of all, where none is named."""
        kept = tuple(hit for hit in self.hits if not classes or hit.word_class in classes)
        return replace(self, hits=kept)


@dataclass(frozen=True, eq=False)
class Read:
    """A document read for its estimative language."""

    paged: PagedText
    passages: tuple[Passage, ...]

    @cached_property
    def judging(self) -> tuple[Passage, ...]:
        """The estimative passages: those that judge."""
        return tuple(passage for passage in self.passages if passage.judges)


def read_passages(paged: PagedText) -> Read:
    """Find every estimative phrase of a document, sentence by sentence."""
    every = sentences(paged)
    misread = misread_words(sentence.text for sentence in every)
    found: list[Passage] = []
    for sentence in every:
        text = mended(sentence.text, misread)
        matched = matches(text)
        if not matched:
            continue
        hits = tuple(
            _hit(sentence, text, match, voice.speaker, voice.about)
            for match, voice in zip(matched, voices(text, matched), strict=True)
        )
        found.append(Passage(len(found) + 1, paged.pages[sentence.page].name, sentence, hits))
    return Read(paged, tuple(found))


def _hit(sentence: Sentence, text: str, match: Match, speaker: str, about: str) -> Hit:
    start, end = sentence.origin(match.start, match.end)
    return Hit(
        word_class=match.word_class,
        phrase=sentence.text[match.start : match.end],
        start=start,
        end=end,
        negated=_negated(text, match),
        speaker=speaker,
        about=about,
        meant=text[match.start : match.end],
    )


def _negated(text: str, match: Match) -> bool:
    """Whether a negation stands in the phrase, at most two words before it, or right after it."""
    before = re.split(r"[,;:—.]", text[max(0, match.start - 60) : match.start])[-1]
    return bool(
        _NEGATION_WITHIN.search(text[match.start : match.end])
        or _NEGATION_BEFORE.search(before)
        or _NEGATION_AFTER.search(text[match.end : match.end + 20])
    )
