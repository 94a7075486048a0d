"""An estimative passage of the source that nothing in the estimate encodes.

What it does
    With `--sources`, every sentence of the documents that judges (could, likely, the most important) is
    compared with the citations. Pages with sentences that no citation leads to, and that `left-out` does not
    name, are found, page by page.
Why
    What was read over cannot bear on the forecast, and nobody will notice that it is missing. Leaving
    something out is a decision, and should be one.
Example
    A page says that a rupture *might well* follow, and no rule, claim or note cites it.
Instead
    Encode the passage, or name it under `left-out` with the reason.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.places.source import Span

CODE = "A0414"

MOST_PAGES = 12
"""Pages named in one finding."""


def find(material: Material) -> Iterator[Problem]:
    """Yield one finding a source that has overlooked passages."""
    if material.documents is None:
        return
    places = {document.name: document.span for document in material.estimate.sources}
    for coverage in material.documents.coverage:
        missed = [one.passage for one in coverage.covered if one.state == "overlooked"]
        if missed:
            pages = Counter(passage.page for passage in missed)
            yield _overlooked(places[coverage.source], coverage.source, len(coverage.covered), pages)


def _overlooked(span: Span, source: str, passages: int, pages: Counter[str]) -> Problem:
    shown = [f"p. {page} ({count})" for page, count in pages.most_common(MOST_PAGES)]
    more = f" and {len(pages) - MOST_PAGES} more pages" if len(pages) > MOST_PAGES else ""
    return Problem(
        CODE,
        span,
        f"{pages.total()} of {passages} estimative passages of `{source}` are overlooked: {', '.join(shown)}{more}",
        "`estimative coverage` lists them; encode them, or name them under `left-out` with the reason",
    )
