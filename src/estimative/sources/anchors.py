"""Where a phrase stands in a document: on its page, on the next, elsewhere, or nowhere, and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from estimative.sources.keyed import Keyed, key, keyed
from estimative.sources.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.sources.paged import PagedText, Range
    from estimative.sources.sentences import Sentence

FOUND = 85.0
"""Likeness from which a phrase counts as found, in per cent of its characters."""
CONFIRM = 70.0
"""Likeness from which a person is asked."""
OVER = 300
"""Characters of the next page that still belong to a cited one: a sentence may end there."""
MOST_TIMES = 9
"""How many occurrences of a phrase are counted at most."""


@dataclass(frozen=True)
class Anchor:
    """One place where a phrase stands.

    Parameters
    ----------
    score
        Likeness in per cent; 100 is the phrase itself.
    start, end
        Offsets in the text, at whole words.
    page
        Index of the page where it begins.
    away
        How many pages from the nearest cited one; 0 on a cited page.
    times
        How often it stands on the cited pages, `MOST_TIMES` at most, counted when it stands there at all.
    """

    score: float
    start: int
    end: int
    page: int
    away: int
    times: int = 1


class Anchored:
    """A document ready to be searched for phrases."""

    def __init__(self, paged: PagedText) -> None:
        self.paged = paged

    @cached_property
    def keyed(self) -> Keyed:
        """The key of the whole text, without its page marks."""
        return keyed(self.paged.source.text, self.paged.marks)

    def find(self, phrase: str, pages: Sequence[int]) -> Anchor | None:
        """The best place of a phrase: on a cited page, else one page away, else anywhere.

        A worse match on the cited page gives way to a better one on the next, and what is near enough to
        confirm there gives way to what is found elsewhere only if it is not near enough.

        Parameters
        ----------
        phrase
            A few words.
        pages
            Indices of the cited pages, at least one.

        Returns
        -------
        The place with its likeness, however small; None for a phrase without letters.
        """
        wanted = key(phrase)
        if not wanted:
            return None
        first, last = min(pages), max(pages)
        cited = self._stretch(first, last, OVER)
        here = self._best(wanted, cited)
        if here is not None and here[0] >= FOUND:
            return self._anchor(here, pages, self._times(wanted, cited))
        around = self._best(wanted, self._stretch(first - 1, last + 1, OVER))
        near = max((found for found in (here, around) if found), default=None, key=lambda found: found[0])
        if near is None or near[0] < FOUND:
            across = self._across(wanted, first - 1, last + 1)
            if across is not None and (near is None or across[0] > near[0]):
                return self._placed(across, pages)
        if near is not None and near[0] >= CONFIRM:
            return self._anchor(near, pages)
        anywhere = self._best(wanted, (0, len(self.keyed.key)))
        if anywhere is not None and anywhere[0] >= FOUND:
            return self._anchor(anywhere, pages)
        return None if near is None else self._anchor(near, pages)

    def _stretch(self, first: int, last: int, over: int = 0) -> Range:
        """Stretch of the key that holds some pages and a little beyond."""
        pages = self.paged.pages
        start = self.keyed.at(pages[max(0, first)].start)
        end = self.keyed.at(pages[min(len(pages) - 1, last)].end)
        return start, min(len(self.keyed.key), end + over)

    def _best(self, wanted: str, stretch: Range, at_least: float = 0.0) -> tuple[float, int, int] | None:
        """Likeness, start and end in the key of the most similar stretch, widened to whole words."""
        text = self.keyed.key
        start, end = stretch
        place = text.find(wanted, start, end)
        if place >= 0 and _whole(text, place, place + len(wanted)):
            return 100.0, place, place + len(wanted)
        # Shorter than the phrase, the text would be looked for in the phrase.
        if end - start < len(wanted):
            return None
        found = fuzz.partial_ratio_alignment(wanted, text[start:end], score_cutoff=at_least)
        if found is None:
            return None
        one, two = _widened(text, start + found.dest_start, start + found.dest_end)
        # Judged at whole words, so that `likely` is not found in `unlikely`.
        return fuzz.ratio(wanted, text[one:two]), one, two

    @cached_property
    def _sentences(self) -> tuple[tuple[Sentence, Keyed], ...]:
        return tuple((sentence, keyed(sentence.text)) for sentence in sentences(self.paged))

    def _across(self, wanted: str, first: int, last: int) -> tuple[float, int, int] | None:
        """Likeness and offsets in the text of a phrase in a sentence that a note or a page break cuts in two."""
        best: tuple[float, int, int] | None = None
        for sentence, text in self._sentences:
            if not first <= sentence.page <= last or len(text.key) < len(wanted):
                continue
            found = fuzz.partial_ratio_alignment(wanted, text.key, score_cutoff=FOUND)
            if found is None:
                continue
            one, two = _widened(text.key, found.dest_start, found.dest_end)
            score = fuzz.ratio(wanted, text.key[one:two])
            if score >= FOUND and (best is None or score > best[0]):
                best = (score, *sentence.origin(*text.origin(one, two)))
        return best

    def _times(self, wanted: str, stretch: Range) -> int:
        """How often a phrase stands in a stretch of the key: as it is, or, if it nowhere is, as something like it."""
        exact = len(re.findall(rf"(?<!\S){re.escape(wanted)}(?!\S)", self.keyed.key[stretch[0] : stretch[1]]))
        if exact:
            return min(exact, MOST_TIMES)
        times = 0
        for _ in self._each(wanted, stretch):
            times += 1
            if times == MOST_TIMES:
                break
        return times

    def _each(self, wanted: str, stretch: Range) -> Iterator[tuple[float, int, int]]:
        """Every place in a stretch where a phrase is found, those before and after the best one too."""
        if stretch[1] - stretch[0] < len(wanted):
            return
        found = self._best(wanted, stretch, FOUND)
        if found is None or found[0] < FOUND:
            return
        yield from self._each(wanted, (stretch[0], found[1]))
        yield found
        yield from self._each(wanted, (found[2], stretch[1]))

    def _anchor(self, found: tuple[float, int, int], pages: Sequence[int], times: int = 1) -> Anchor:
        score, one, two = found
        return self._placed((score, *self.keyed.origin(one, two)), pages, times)

    def _placed(self, found: tuple[float, int, int], pages: Sequence[int], times: int = 1) -> Anchor:
        score, start, end = found
        page = self.paged.page_at(start)
        # A phrase that begins on the page before its own is on its page if it ends there.
        away = min(abs(index - cited) for index in {page, self.paged.page_at(end - 1)} for cited in pages)
        return Anchor(score, start, end, page, away, times)


def _whole(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")


def _widened(text: str, start: int, end: int) -> Range:
    """A stretch of a key widened to whole words, without spaces at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    while start > 0 and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return start, end
