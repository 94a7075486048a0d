"""The nearest of the names that exist, for hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

NAMED = 10
"""Names that are listed where none is near."""


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


def instead_of(name: str, known: Collection[str]) -> str:
    """What to write instead of a name that is not known: those near it, or else which there are.

    >>> instead_of("treatie", ["rok-superior", "treaty"]), instead_of("x", ["rok-superior", "treaty"])
    ('did you mean `treaty`?', 'there are: rok-superior, treaty')
    """
    if near := nearest(name, known, most=3, least_alike=60.0):
        return f"did you mean {' or '.join(f'`{one}`' for one in near)}?"
    more = len(known) - NAMED
    return f"there are: {', '.join([*list(known)[:NAMED], *([f'and {more} more'] if more > 0 else [])])}"
