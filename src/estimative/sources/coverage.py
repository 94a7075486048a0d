"""What an estimate takes from a document: each passage encoded, left out on purpose, or overlooked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from estimative.estimate.walk import citations
from estimative.sources.anchors import Anchored
from estimative.sources.citations import look_up
from estimative.sources.passages import read_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.sources.citations import Resolved
    from estimative.sources.paged import PagedText
    from estimative.sources.passages import Passage

State = Literal["encoded", "left out", "overlooked"]


@dataclass(frozen=True, eq=False)
class Covered:
    """One passage and what became of it.

    `by` names what encodes it (a rule's full name, a record's id), or what leaves it out; `reason` says why
    it is left out.
    """

    passage: Passage
    state: State
    by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class PageCount:
    """Passages of one page by what became of them."""

    page: str
    encoded: int
    left_out: int
    overlooked: int

    @property
    def passages(self) -> int:
        """All of them."""
        return self.encoded + self.left_out + self.overlooked

    @property
    def accounted(self) -> float:
        """Share that is encoded or left out on purpose; 1 for a page without passages."""
        return 1.0 - self.overlooked / self.passages if self.passages else 1.0


@dataclass(frozen=True, eq=False)
class Coverage:
    """What an estimate takes from one of its sources.

    Parameters
    ----------
    source
        Name of the source.
    paged
        Its document.
    covered
        Every estimative passage, in order.
    whole_pages
        How many of the passages are left out by a page as a whole, without a phrase.
    lost
        Citations that were not found, and so encode nothing.
    """

    source: str
    paged: PagedText
    covered: tuple[Covered, ...]
    whole_pages: int
    lost: tuple[Resolved, ...]

    def count(self, state: State) -> int:
        """How many passages are in a state."""
        return sum(one.state == state for one in self.covered)

    @property
    def accounted(self) -> float:
        """Share of the passages that is encoded or left out on purpose."""
        return 1.0 - self.count("overlooked") / len(self.covered) if self.covered else 1.0

    @cached_property
    def pages(self) -> tuple[PageCount, ...]:
        """Counts page by page, in order; pages without a passage too."""
        counts: dict[int, dict[State, int]] = defaultdict(
            lambda: {"encoded": 0, "left out": 0, "overlooked": 0}
        )
        for one in self.covered:
            counts[one.passage.sentence.page][one.state] += 1
        return tuple(
            PageCount(page.name, counts[i]["encoded"], counts[i]["left out"], counts[i]["overlooked"])
            for i, page in enumerate(self.paged.pages)
        )


def coverage(estimate: Estimate, source: str, paged: PagedText) -> Coverage:
    """Which estimative passages of a source the estimate encodes, leaves out, and overlooks.

    A citation encodes the sentence in which its phrase is found; what cites only a page encodes nothing.
    An entry of `left-out` leaves out the sentences of its phrases, and, where it names no phrase, whatever
    else stands on its pages.
    """
    passages = read_passages(paged).judging
    document = Anchored(paged)
    resolved = [look_up(owner, c, document) for owner, c in citations(estimate) if c.source == source]
    found = [one for one in resolved if one.grade in {"found", "to confirm"}]
    encoded = _by_passage(passages, found)
    put_aside = [
        look_up(node.name, c, document)
        for node in estimate.left_out
        for c in node.cites
        if c.source == source
    ]
    left_out = _by_passage(passages, [one for one in put_aside if one.grade in {"found", "to confirm"}])
    whole = {
        page: one.owner
        for one in put_aside
        if one.grade == "page only"
        for name in one.citation.pages
        for page in paged.named(name)
    }
    reasons = {node.name: node.reason for node in estimate.left_out}
    covered = []
    by_page = 0
    for number, passage in enumerate(passages):
        page = passage.sentence.page
        if number in encoded:
            covered.append(Covered(passage, "encoded", encoded[number]))
        elif number in left_out:
            covered.append(Covered(passage, "left out", left_out[number], reasons[left_out[number][0]]))
        elif page in whole:
            by_page += 1
            covered.append(Covered(passage, "left out", (whole[page],), reasons[whole[page]]))
        else:
            covered.append(Covered(passage, "overlooked"))
    lost = tuple(one for one in (*resolved, *put_aside) if one.grade in {"not found", "no such page"})
    return Coverage(source, paged, tuple(covered), by_page, lost)


def _by_passage(passages: Sequence[Passage], found: Iterable[Resolved]) -> dict[int, tuple[str, ...]]:
    """For each passage that a citation's phrase stands in, who cites it."""
    owners: dict[int, dict[str, None]] = defaultdict(dict)
    for one in found:
        anchor = one.anchor
        if anchor is None:
            continue
        for number, passage in enumerate(passages):
            within = passage.sentence.start < anchor.end and anchor.start < passage.sentence.end
            if within and passage.sentence.holds(anchor.start, anchor.end):
                owners[number][one.owner] = None
    return {number: tuple(names) for number, names in owners.items()}
