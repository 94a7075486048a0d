"""Whether a claim depends on its reader is said where lenses disagree, even if each of them is sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from estimative.audit.claim_depends_on_reader import find
from estimative.audit.look import look
from estimative.audit.material import Material
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.claims import Verdict

TEXT = """\
conditions:
  a: {becomes: {r: 50%}}
claims:
  sure: {test: P(ever a) > 20%}
"""


@pytest.mark.parametrize(
    ("readers", "author", "found"),
    [
        ("follows", "does not follow", 1),
        ("follows", "follows", 0),
        ("does not follow", "does not follow", 0),
        ("depends on the reading", "depends on the reading", 1),
        ("follows", None, 0),
    ],
)
def test_lenses_that_are_sure_of_opposites_disagree(
    readers: Verdict, author: Verdict | None, found: int
) -> None:
    estimate = estimate_of(TEXT)
    seen = look(futures_of(estimate, readings=4, futures=64))
    lenses = tuple(
        replace(seen, claims=(replace(seen.claims[0], verdict=verdict),)) for verdict in (readers, author)
    )
    assert len(list(find(Material(estimate, lenses)))) == found
