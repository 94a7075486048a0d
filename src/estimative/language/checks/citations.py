"""Checks of citations: each source is listed, each listed source is cited, and phrases are short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.walk import citations
from estimative.language.nearest import nearest
from estimative.language.problems import names as problems
from estimative.language.problems import values as value_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.values import Citation
    from estimative.language.checks.namespace import Namespace
    from estimative.places.problem import Problem

MAX_WORDS = 8
"""Words of a phrase; enough to find a passage by, and no quotation of it."""


def check_citations(estimate: Estimate, names: Namespace) -> Iterator[Problem]:
    """Yield what is wrong with the citations of an estimate."""
    known = [source.name for source in estimate.sources]
    for citation in _cited(estimate):
        if citation.source not in known and "sources" not in names.lost:
            place = citation.span
            if place.text.startswith(citation.source):
                place = place.part(0, len(citation.source))
            yield problems.unknown_source(place, citation.source, nearest(citation.source, known))
        count = len(citation.phrase.split())
        if count > MAX_WORDS:
            yield value_problems.phrase_too_long(citation.span, count, MAX_WORDS)


def check_never_cited(estimate: Estimate) -> Iterator[Problem]:
    """Yield the sources that nothing cites, neither a citation nor a column of data."""
    cited = {citation.source for citation in _cited(estimate)}
    known = [source.name for source in estimate.sources]
    # One whose name is misspelt where it is cited is not forgotten too.
    cited.update(name for wrong in cited.difference(known) for name in nearest(wrong, known))
    in_data = " ".join(text for trend in estimate.trends for text in trend.series.cites)
    for source in estimate.sources:
        if source.name not in cited and source.name not in in_data.split():
            yield problems.source_never_cited(source.span, source.name)


def _cited(estimate: Estimate) -> Iterator[Citation]:
    """Yield every citation of an estimate, those of what is left out too."""
    for _, citation in citations(estimate):
        yield citation
    for left_out in estimate.left_out:
        yield from left_out.cites
