"""A look through one lens: everything that the audit needs to know of the futures, in as few runs as will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.audit import level_never_reached, rule_never_acts
from estimative.audit.material import Seen
from estimative.audit.never import never, request_of, unseen
from estimative.audit.turns import turns
from estimative.engine.request import AS_WRITTEN
from estimative.questions.ask import requests_as_written
from estimative.questions.claim_bounds import bound_claims
from estimative.questions.claims import judge_claims, queries_as_written

if TYPE_CHECKING:
    from estimative.questions.futures import Futures


def look(futures: Futures) -> Seen:
    """The claims' answers, what is known of them beyond the readings, on what they turn, and what never happens."""
    claims = futures.estimate.claims
    watched = (*rule_never_acts.watched(futures.model), *level_never_reached.watched(futures.model))
    left = unseen(futures, tuple(dict.fromkeys(watched)))
    left = tuple(dict.fromkeys((*left, *rule_never_acts.parts_watched(futures.model, left))))
    written = requests_as_written(futures, queries_as_written(claims))
    asked = [*written, *([request_of(left)] if left else [])]
    futures.stage(0, 3).count_together((request, AS_WRITTEN) for request in asked)
    idle = never(futures, left)
    answers = judge_claims(futures.stage(1, 3), claims)
    return Seen(futures, answers, bound_claims(futures, answers), turns(futures, answers), frozenset(idle))
