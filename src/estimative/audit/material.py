"""What the rules of the audit look at: an estimate, its futures and claims by lens, its documents if given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from estimative.places.brief import Brief
from estimative.questions.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from estimative.audit.turns import Turn
    from estimative.engine.request import Monitor
    from estimative.estimate.nodes import Claim, Estimate
    from estimative.questions.claim_bounds import ClaimBounds, Unbounded
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures
    from estimative.questions.reach import Reach
    from estimative.sources.citations import CheckedCitations
    from estimative.sources.coverage import Coverage
    from estimative.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Seen(Brief):
    """An estimate as one lens sees it.

    `claims` are the answers to the claims that have a test, in their order; `bounds` says by a claim's name
    what is known of it beyond the readings that were drawn, and `turns` on what it mostly turns, if it depends
    on the reading; `never` has what rules of the audit watch and no future shows.
    """

    futures: Futures
    claims: tuple[ClaimAnswer, ...]
    bounds: Mapping[str, ClaimBounds | Unbounded]
    turns: Mapping[str, Turn]
    never: frozenset[Monitor]


@dataclass(frozen=True)
class Documents:
    """What was found in the documents of the sources: citations looked up, passages encoded or overlooked."""

    citations: CheckedCitations
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True)
class Material:
    """What a rule looks at; `lenses` has the leading lens first, `documents` is None where none are given."""

    estimate: Estimate
    lenses: tuple[Seen, ...]
    documents: Documents | None = None

    @property
    def futures(self) -> Futures:
        """Futures through the leading lens."""
        return self.lenses[0].futures

    @property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """What words mean, lens by lens."""
        return tuple(seen.futures.readings.vocabulary for seen in self.lenses)

    @cached_property
    def reach(self) -> Reach:
        """What can come about at all in the world as it is written."""
        return reach(self.futures.model)

    def never(self, monitor: Monitor) -> bool:
        """Whether no future says yes to what is watched, through any lens."""
        return all(monitor in seen.never for seen in self.lenses)

    @property
    def in_futures(self) -> str:
        """How many futures were looked at: ``in none of 1,024,000 futures``."""
        each = (seen.futures.readings.tables.readings * seen.futures.futures for seen in self.lenses)
        return f"in none of {sum(each):,} futures"

    def claims(self) -> Iterator[tuple[Claim, tuple[ClaimAnswer, ...]]]:
        """Yield each claim that has a test, with its answer under every lens."""
        for answers in zip(*(seen.claims for seen in self.lenses), strict=True):
            yield answers[0].claim, answers

    def shares(self, answers: tuple[ClaimAnswer, ...]) -> str:
        """In what share of readings a claim holds, lens by lens: ``4% of readings (readers), 0% (author)``."""
        said = [
            (
                "too few futures to say" if answer.share is None else f"{answer.share:.0%}",
                seen.futures.readings.lens,
            )
            for answer, seen in zip(answers, self.lenses, strict=True)
        ]
        (share, lens), *others = said
        first = f"{share} of readings ({lens})" if share.endswith("%") else f"{share} ({lens})"
        return ", ".join([first, *(f"{share} ({lens})" for share, lens in others)])
