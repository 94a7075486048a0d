"""The nearest of the names that exist, for hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], most: int = 1, least_alike: float = 70.0) -> tuple[str, ...]:
    """Known names that look like a name, the likest first; names that are too unlike are left out.

    >>> nearest("rok-superor", ["rok-superior", "treaty"])
    ('rok-superior',)
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only bad files need it

    found = process.extract(
        name,
        tuple(known),
        scorer=fuzz.ratio,
        processor=utils.default_process,  # capitals and signs do not count
        limit=most,
        score_cutoff=least_alike,
    )
    return tuple(match[0] for match in found)
