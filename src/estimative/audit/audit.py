"""The audit: every rule of the catalogue, asked in turn."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from estimative.audit import (
    citation_not_found,
    claim_depends_on_reader,
    claim_does_not_follow,
    claims_exclude_each_other,
    irrelevance_matters,
    level_never_reached,
    lottery_far_from_one,
    outside_standard,
    part_more_likely_than_whole,
    passage_overlooked,
    read_otherwise,
    rule_never_acts,
    without,
    without_evidence,
    worded_differently,
)
from estimative.places.brief import Brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from estimative.audit.material import Material, Seen
    from estimative.places.problem import Problem


class Rule(Protocol):
    """One rule: a module with a code, a page in its docstring, and a function that finds."""

    __name__: str
    CODE: str

    def find(self, material: Material, /) -> Iterator[Problem]:
        """Yield what is wrong."""


RULES: tuple[Rule, ...] = (
    claim_does_not_follow,
    claim_depends_on_reader,
    claims_exclude_each_other,
    irrelevance_matters,
    part_more_likely_than_whole,
    lottery_far_from_one,
    rule_never_acts,
    level_never_reached,
    worded_differently,
    outside_standard,
    read_otherwise,
    without_evidence,
    citation_not_found,
    passage_overlooked,
)
"""The catalogue, in the order in which findings are shown."""

WITHOUT: Mapping[Rule, Callable[[Material], str]] = {
    outside_standard: without.standard,
    read_otherwise: without.standard,
    without_evidence: without.sources,
    citation_not_found: without.documents,
    passage_overlooked: without.any_document,
}
"""Why a rule has nothing to look at, for those that may have nothing; empty where they have."""


@dataclass(frozen=True)
class Page:
    """What a rule says of itself.

    `title` is its first line; `parts` its headings (*What it does*, *Why*, *Example*, *Instead*, and where
    there is one *Source*) with their texts.
    """

    code: str
    name: str
    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What one rule found; `unlooked` says why it could not look, and is empty where it could."""

    page: Page
    problems: tuple[Problem, ...]
    unlooked: str = ""


@dataclass(frozen=True)
class Audited(Brief):
    """An estimate audited: what was seen through each lens, the leading one first, and what each rule found."""

    lenses: tuple[Seen, ...]
    found: tuple[Found, ...]


def audit(material: Material) -> tuple[Found, ...]:
    """What each rule finds, in the order of the catalogue; also those that find nothing, or could not look."""
    found = []
    for rule in RULES:
        unlooked = WITHOUT[rule](material) if rule in WITHOUT else ""
        found.append(Found(page_of(rule), () if unlooked else tuple(rule.find(material)), unlooked))
    return tuple(found)


def page_of(rule: Rule) -> Page:
    """What a rule says of itself, from its docstring.

    >>> page_of(claim_does_not_follow).code, [heading for heading, _ in page_of(claim_does_not_follow).parts]
    ('A0401', ['What it does', 'Why', 'Example', 'Instead'])
    """
    title, _, body = (inspect.getdoc(rule) or "").partition("\n\n")
    parts: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith(" "):
            parts[-1][1].append(line.strip())
        elif line:
            parts.append((line, []))
    name = rule.__name__.rpartition(".")[2].replace("_", "-")
    return Page(rule.CODE, name, title, tuple((heading, " ".join(lines)) for heading, lines in parts))
