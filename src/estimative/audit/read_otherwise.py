"""A word that most readers take to mean something else than the standard says.

What it does
    Under an official standard, every word that the estimate uses is compared with what people take it to
    mean when they are not told: a word is found where fewer than half of them lie inside its range.
Why
    A standard binds those who write by it. Those who read seldom have it at hand, and a word whose
    everyday meaning lies elsewhere misleads them though everybody did as they should. Printing the range
    beside the word helps: with the range next to it, readers agree far more often.
Example
    *Very likely* is 90% or more under the IPCC's guidance, and three people in four read less into it.
Instead
    Take another word of the same rung, or print the range beside the word wherever it stands.
Source
    D. V. Budescu, H.-H. Por, S. B. Broomell, M. Smithson, The interpretation of IPCC probabilistic statements
    around the world, Nature Climate Change 4 (2014) 508-512, doi:10.1038/nclimate2194.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from estimative.estimate.values import Alternatives, Word
from estimative.estimate.walk import likelihoods
from estimative.places.problem import Problem
from estimative.words.lexicon import lexicon
from estimative.words.table import share_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.places.source import Span

CODE = "A0411"

HALF = 0.5
"""Share of readers who must lie inside a word's range."""


def find(material: Material) -> Iterator[Problem]:
    """Yield each such word once, with the other places where it stands."""
    words = lexicon(material.estimate.standard)
    if not words.official:
        return
    places: dict[str, list[Span]] = defaultdict(list)
    for _, likelihood in likelihoods(material.estimate):
        for one in likelihood.wordings if isinstance(likelihood, Alternatives) else (likelihood,):
            entry = words.find(one.text) if isinstance(one, Word) else None
            if isinstance(one, Word) and entry is not None:
                places[entry.key].append(one.span)
    for key, spans in places.items():
        entry = words.named(key)
        inside = share_inside(entry)
        if inside < HALF:
            taken = entry.take
            yield Problem(
                CODE,
                spans[0],
                f"{inside:.0%} of readers take `{key}` as {words.title} means it ({entry.low:.0%} to "
                f"{entry.high:.0%}); the middle half of them take it as {taken.at(25):.0%} to {taken.at(75):.0%}",
                "print the range beside the word, or take another word of the same rung",
                tuple((span, "here too") for span in spans[1:]),
            )
