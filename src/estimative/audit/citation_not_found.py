"""A citation whose words are not on its page.

What it does
    With `--sources`, the phrase of every citation is looked for on its page and the pages beside it, with
    some patience for what scanning spoils. A citation is found here whose page does not exist or whose
    phrase is not there, and a source whose document is not in the folder.
Why
    Whoever follows the citation finds something else, and cannot tell whether the page is wrong or the
    claim.
Example
    `cites: report p.12 "could well be abandoned"`, and on page 12 nothing like it.
Instead
    Correct the page or the words. `estimative check --sources` shows every citation with its grade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.sources.citations import Resolved

CODE = "A0413"


def find(material: Material) -> Iterator[Problem]:
    """Yield the citations that lead nowhere."""
    if material.documents is None:
        return
    at_hand = {coverage.source for coverage in material.documents.coverage}
    for source in material.estimate.sources:
        if source.name not in at_hand:
            yield Problem(
                CODE,
                source.span,
                f"the document of `{source.name}` is not at hand, so what is cited of it was not looked up",
                "put it into the folder that is given with --sources",
            )
    for one in material.documents.citations.resolved:
        if one.grade in {"not found", "no such page"}:
            yield Problem(CODE, one.citation.span, _says(one), _hint(one))


def _says(one: Resolved) -> str:
    pages = ", ".join(one.citation.pages)
    if one.grade == "no such page":
        return f"`{one.owner}` cites page {pages} of `{one.citation.source}`, which has no such page"
    return f'`{one.owner}` cites "{one.citation.phrase}", which is not on page {pages} of `{one.citation.source}`'


def _hint(one: Resolved) -> str:
    if not one.page:
        return "correct the page or the words"
    return f'the nearest stands on page {one.page}: "{one.reads}"'
