"""Noise of a bad scan: letters lost, added and changed, line ends left as they are."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from estimative.places.source import Source
from estimative.sources.anchors import CONFIRM, FOUND, Anchored
from estimative.sources.paged import FileText
from estimative.sources.paging import paged_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.sources.citations import Resolved
    from estimative.sources.paged import PagedText

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def noisy(text: str, share: float, seed: int) -> tuple[str, list[int]]:
    """A text with a share of its letters and digits spoilt, and for each old offset the new one."""
    random = Random(seed)  # noqa: S311 - noise, no secret
    pieces: list[str] = []
    places = []
    at = 0
    for character in text:
        places.append(at)
        if character.isalnum() and random.random() < share:
            other = random.choice(LETTERS)
            piece = ("", other, character + other)[random.randrange(3)]
        else:
            piece = character
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), [*places, at]


@dataclass(frozen=True)
class Anchoring:
    """How citations fare in a spoilt text: shares of all of them.

    `found` and `to_confirm` stand where they stood; `elsewhere` are found (or to confirm) in another place, and
    `lost` are not found.
    """

    share: float
    found: float
    to_confirm: float
    elsewhere: float
    lost: float


def anchoring(
    paged: PagedText, known: Sequence[Resolved], share: float, seed: int, table: dict[str, int]
) -> Anchoring:
    """Look up citations in a text with so much noise; pages are found anew in it."""
    text, places = noisy(paged.source.text, share, seed)
    spoilt, _ = paged_text(FileText(Source("noisy", text), "", table, Source("", "").span(0, 0)))
    document = Anchored(spoilt)
    found = confirm = elsewhere = 0
    for one in known:
        assert one.anchor is not None
        pages = [index for name in one.citation.pages for index in spoilt.named(name)]
        anchor = document.find(one.citation.phrase, pages) if pages else None
        if anchor is None or anchor.away > 1 or anchor.score < CONFIRM:
            continue
        if anchor.start < places[one.anchor.end] and places[one.anchor.start] < anchor.end:
            found += anchor.score >= FOUND
            confirm += anchor.score < FOUND
        else:
            elsewhere += 1
    count = len(known)
    lost = count - found - confirm - elsewhere
    return Anchoring(share, found / count, confirm / count, elsewhere / count, lost / count)
