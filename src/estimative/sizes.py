"""How much is simulated, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

MOST_READINGS = 100_000
"""More would show nothing new: a band over readings is known to a fraction of a point long before."""

MOST_FUTURES = 64 << 32
"""So many futures of a reading have dice of their own, see `engine.dice.ensure_numbered`."""


@dataclass(frozen=True)
class Size:
    """How much to simulate: `readings`, `futures` in each (None: what the estimate needs), and the seed.

    The same seed gives the same readings and futures back. `threads` are the processor cores to use (None:
    all). `on` is the address of a Dask cluster that runs them; the answers are the same.

    >>> Size(readings=64, futures=1_024)
    Size(readings=64, futures=1024, seed=1984, threads=None, on=None)

    Raises
    ------
    TypeError
        If one of the numbers is not whole.
    ValueError
        If one of them is too small or too large.
    """

    readings: int | None = None
    futures: int | None = None
    seed: int = 1984
    threads: int | None = None
    on: str | None = None

    def __post_init__(self) -> None:
        _ensure_whole("readings", self.readings, 1, MOST_READINGS)
        _ensure_whole("futures", self.futures, 1, MOST_FUTURES)
        _ensure_whole("threads", self.threads, 1)
        _ensure_whole("seed", self.seed, 0, optional=False)
        if not isinstance(self.on, str | None):
            raise TypeError(
                f"`on` is the address of a cluster, such as 'tcp://10.0.0.1:8786', not {self.on!r}"
            )


def _ensure_whole(
    name: str, number: object, least: int, most: int | None = None, *, optional: bool = True
) -> None:
    """Refuse what is no whole number in a range."""
    if number is None and optional:
        return
    if not isinstance(number, Integral) or isinstance(number, bool):
        raise TypeError(f"`{name}` is a whole number, not {number!r}")
    if int(number) < least:
        raise ValueError(f"`{name}` is {number}: it must be at least {least}")
    if most is not None and int(number) > most:
        raise ValueError(f"`{name}` is {number:,}: it must be at most {most:,}")
