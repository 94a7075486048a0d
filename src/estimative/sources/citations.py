"""The citations of an estimate looked up in its documents, each with a grade and, where it fails, why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from estimative.estimate.walk import citations
from estimative.sources import problems
from estimative.sources.anchors import CONFIRM, FOUND, MOST_TIMES, Anchored
from estimative.sources.library import open_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.values import Citation
    from estimative.places.problem import Problem
    from estimative.sources.anchors import Anchor
    from estimative.sources.paged import PagedText

Grade = Literal["found", "to confirm", "not found", "no such page", "page only"]
"""How a citation fares: its phrase is there, may be there, or is not; its page is not; it has no phrase."""


@dataclass(frozen=True)
class Resolved:
    """One citation, looked up.

    Parameters
    ----------
    owner
        What in the estimate cites: a record's id, a rule's full name.
    anchor
        Where the phrase stands, or the nearest text; None where nothing is near.
    page
        Name of the page where that is, "" where there is none.
    reads
        The text there.
    left_out
        Whether the passage is left out on purpose; then a whole page may be.
    """

    citation: Citation
    owner: str
    grade: Grade
    anchor: Anchor | None = None
    page: str = ""
    reads: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class CheckedCitations:
    """All citations of an estimate, those whose document was at hand looked up.

    `unchecked` counts the citations to documents that were not.
    """

    resolved: tuple[Resolved, ...]
    unchecked: int
    problems: tuple[Problem, ...]

    def count(self, grade: Grade) -> int:
        """How many citations have a grade."""
        return sum(one.grade == grade for one in self.resolved)


def check_citations(estimate: Estimate, folder: Path) -> CheckedCitations:
    """Look up every citation of an estimate in the documents of a folder, those of what is left out too.

    Parameters
    ----------
    estimate
        As read.
    folder
        Where the documents are. A source names its file, or its digest, or the file has the source's id for
        a name: ``r3159.txt``, ``r3159.pdf``.
    """
    documents, found = open_sources(estimate, folder)
    resolved, unchecked = resolve(estimate, documents)
    more = [problem for one in resolved for problem in problems_of(one, documents[one.citation.source])]
    return CheckedCitations(resolved, unchecked, (*found, *more))


def resolve(estimate: Estimate, documents: Mapping[str, PagedText]) -> tuple[tuple[Resolved, ...], int]:
    """Every citation looked up in the documents at hand, and how many cite others."""
    anchored = {name: Anchored(paged) for name, paged in documents.items()}
    cited = [(owner, citation, False) for owner, citation in citations(estimate)]
    cited += [(node.name, citation, True) for node in estimate.left_out for citation in node.cites]
    at_hand = [
        replace(look_up(owner, citation, anchored[citation.source]), left_out=left_out)
        for owner, citation, left_out in cited
        if citation.source in anchored
    ]
    return tuple(at_hand), len(cited) - len(at_hand)


def look_up(owner: str, citation: Citation, document: Anchored) -> Resolved:
    """One citation looked up in its document, and graded."""
    paged = document.paged
    if paged.has_pages:
        pages = [index for name in citation.pages for index in paged.named(name)]
        if len(pages) < len(citation.pages):
            return Resolved(citation, owner, "no such page")
    else:
        pages = [0]
    if not citation.phrase:
        return Resolved(citation, owner, "page only", page=paged.pages[pages[0]].name)
    anchor = document.find(citation.phrase, pages)
    if anchor is None:
        return Resolved(citation, owner, "not found")
    # Beyond the next page it is not where the citation says, however well it reads.
    near = anchor.away <= 1
    grade: Grade = "not found"
    if near and anchor.score >= FOUND:
        grade = "found"
    elif near and anchor.score >= CONFIRM:
        grade = "to confirm"
    reads = " ".join(paged.source.text[anchor.start : anchor.end].split())
    return Resolved(citation, owner, grade, anchor, paged.pages[anchor.page].name, reads)


def problems_of(one: Resolved, paged: PagedText) -> tuple[Problem, ...]:
    """What there is to say of a citation; nothing of one that is found once on its page."""
    span, cited = one.citation.span, one.citation.pages
    where = (
        "the document" if not paged.has_pages else f"{'p' if len(cited) == 1 else 'pp'}. {', '.join(cited)}"
    )
    match one.grade:
        case "no such page":
            missing = next(name for name in cited if not paged.named(name))
            return (problems.no_such_page(span, one.citation.source, missing, _span_of_pages(paged)),)
        case "page only":
            return () if one.left_out else (problems.no_phrase(span, one.citation.source),)
        case "not found":
            return (problems.not_found(span, one.citation.phrase, where, _nearest(one)),)
        case "to confirm":
            return (problems.to_confirm(span, one.citation.phrase, one.page, f'"{one.reads}"'),)
        case "found":
            return _found_with_remark(one, where)


def _found_with_remark(one: Resolved, where: str) -> tuple[Problem, ...]:
    """What there is to say of a citation that was found."""
    anchor, span, phrase = one.anchor, one.citation.span, one.citation.phrase
    if anchor is None:
        return ()
    if anchor.times > 1:
        often = f"{anchor.times} times" + (" or more" if anchor.times == MOST_TIMES else "")
        return (problems.found_twice(span, phrase, one.page, often),)
    return (problems.on_next_page(span, phrase, where, one.page),) if anchor.away else ()


def _nearest(one: Resolved) -> str:
    """The nearest text, for a citation that was not found."""
    if one.anchor is None:
        return ""
    if one.anchor.score >= FOUND:
        return f"it stands on p. {one.page}"
    return f'the nearest on p. {one.page} reads "{one.reads}"'


def _span_of_pages(paged: PagedText) -> str:
    """Which pages there are."""
    names = [page.name for page in paged.pages if page.name]
    return f"its pages run from {names[0]} to {names[-1]}"
