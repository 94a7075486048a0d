"""Numbers in words' company: how percentages, bands, counts and dates are written everywhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from estimative.questions.bands import Band

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def percent(share: float) -> str:
    """A share as a whole percentage, never as a certainty that it is not.

    >>> [percent(p) for p in (0, 0.001, 0.006, 0.314, 0.999, 1)]
    ['0%', '<1%', '1%', '31%', '>99%', '100%']
    """
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share * 100:.0f}%"


def signed_percent(share: float) -> str:
    """A share that may be below zero as a whole percentage.

    >>> [signed_percent(share) for share in (0.41, -0.1, -0.001)]
    ['41%', '−10%', '0%']
    """
    return f"{MINUS}{-share:.0%}" if share < -0.005 else percent(max(share, 0.0))


def number(value: float, digits: int = 6, *, sign: bool = False) -> str:
    """A plain number to so many digits; with a `sign` also above zero.

    >>> number(-9.287, 3), number(1200), number(0.25, sign=True), number(-0.0)
    ('−9.29', '1200', '+0.25', '0')
    """
    said = f"{abs(value):.{digits}g}"
    return (MINUS if value < 0 else "+" if sign else "") + said


def chance(probability: float) -> str:
    """A probability found by counting futures: it is never said to be 0 or 1.

    >>> chance(0), chance(0.5), chance(1)
    ('<1%', '50%', '>99%')
    """
    return percent(min(max(probability, 1e-9), 1 - 1e-9))


def chance_range(low: float, high: float) -> str:
    """Two probabilities as one range.

    >>> chance_range(0.2, 0.4), chance_range(0.301, 0.304), chance_range(0, 0.3), chance_range(0, 0.001)
    ('20–40%', '30%', '<1% to 30%', '<1%')
    """
    return _range(chance(low), chance(high))


def _range(first: str, last: str) -> str:
    """Two percentages as one; beside a bound a dash could not be read."""
    if first == last:
        return first
    if first.startswith("<") or last.startswith(">"):
        return f"{first} to {last}"
    return f"{first.removesuffix('%')}{DASH}{last}"


def percent_range(low: float, high: float) -> str:
    """Two shares as one range; unlike probabilities they may be 0 or 1.

    >>> percent_range(0, 0.05), percent_range(0.3, 0.3), percent_range(0.96, 0.999)
    ('0–5%', '30%', '96% to >99%')
    """
    return _range(percent(low), percent(high))


def bound(probability: float) -> str:
    """A bound on a probability that nothing has shown, rounded up to a power of ten.

    >>> bound(2.9e-7), bound(0.03)
    ('below 0.0001%', 'below 10%')
    """
    power = math.ceil(math.log10(probability * 100))
    return f"below {10**power if power >= 0 else f'{10.0**power:.{-power}f}'}%"


def band_text(band: Band) -> str:
    """Median, with the middle 90 % of readings in brackets."""
    return f"{chance(band.median)} ({chance_range(band.low, band.high)})"


def fine(probability: float) -> str:
    """A small probability as a percentage to two digits.

    >>> fine(1.28e-6), fine(0.00314), fine(0)
    ('0.00013%', '0.31%', '0%')
    """
    if probability == 0:
        return "0%"
    digits = max(0, 1 - math.floor(math.log10(probability * 100)))
    return f"{probability * 100:.{digits}f}%"


def fine_band_text(band: Band) -> str:
    """Median and middle 90 % of small probabilities; where most readings have next to none, their mean.

    A median of 0 is that of readings in which it has not been seen to come near, not that it cannot.
    """
    if band.median == 0:
        return f"mean {fine(band.mean)}"
    return f"{fine(band.median)} ({fine(band.low).removesuffix('%')}{DASH}{fine(band.high)})"


def give_or_take(share: float, within: float) -> str:
    """An estimated share with its margin, in whole percentage points; at least one point either way.

    >>> give_or_take(0.341, 0.081), give_or_take(-0.006, 0.002), give_or_take(1.02, 0.14)
    ('34% ±8', '0% ±1', '100% ±14')
    """
    return f"{percent(min(max(share, 0.0), 1.0))} ±{max(1, round(within * 100))}"


def points(difference: float) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> points(0.123), points(-0.04), points(0.001)
    ('+12', '−4', '0')
    """
    rounded = round(difference * 100)
    sign = "+" if rounded > 0 else MINUS
    return "0" if rounded == 0 else f"{sign}{abs(rounded)}"


def count(number: int) -> str:
    """A count with thousands apart.

    >>> count(1024000)
    '1,024,000'
    """
    return f"{number:,}"


def plural(number: int, noun: str, several: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "reading"), plural(2000, "future"), plural(2, "course", "courses")
    ('1 reading', '2,000 futures', '2 courses')
    """
    return f"{count(number)} {noun if number == 1 else several or noun + 's'}"


def day(moment: date) -> str:
    """A day as it is written in an estimate.

    >>> from datetime import date
    >>> day(date(1984, 9, 30))
    '1984-09-30'
    """
    return moment.isoformat()
