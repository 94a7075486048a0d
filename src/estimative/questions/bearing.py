"""What bears on a claim or a query: the variables that can have a part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter, MattersMost
from estimative.estimate.walk import queries
from estimative.model.ancestry import ancestors
from estimative.questions.events import concerned
from estimative.questions.ranking import Part

if TYPE_CHECKING:
    from estimative.estimate.nodes import Claim
    from estimative.questions.futures import Futures


def bearing(futures: Futures, claim: Claim) -> frozenset[int]:
    """Numbers of the variables that can have a part in whether a claim holds.

    With the same dice, nothing that is done to the others changes anything in it.
    """
    return ancestors(futures.model, _concerned_by(futures, claim))


def _concerned_by(futures: Futures, claim: Claim) -> frozenset[int]:
    """Numbers of the variables that a claim speaks of, or that belong to what it ranks."""
    test = claim.test
    found: set[int] = set()
    for query in queries(test) if test is not None else ():
        found |= concerned(futures.names, query)
    ranked = (*test.among, test.what) if isinstance(test, MattersMost) else ()
    ranked += (test.what,) if isinstance(test, DoesNotMatter) else ()
    for name in ranked:
        found |= {*Part.of(futures, name.name).all_variables(futures.model)}
    return frozenset(found)
