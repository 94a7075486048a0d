"""What people write for a date, a duration or a window, and how it is written here."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTS = [
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", re.ASCII)
_NAMED = re.compile(
    r"(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?\s+(?:(\d{1,2}),\s*)?(\d{4})", re.ASCII | re.IGNORECASE
)
_QUARTER = re.compile(r"(\d{4})[- ]?q([1-4])|q([1-4])[- ](\d{4})", re.ASCII | re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,4}(?:[.,]5)?|[a-z]+)?[\s-]*([a-z]+)?", re.ASCII | re.IGNORECASE)
_UNITS = {
    "d": "day",
    "w": "week",
    "wk": "week",
    "mo": "month",
    "mth": "month",
    "q": "quarter",
    "y": "year",
    "yr": "year",
}
_DATE = r"\d{4}(?:-\d{2}){0,2}"
_SPAN = re.compile(rf"(?:from\s+)?({_DATE})\s*(?:to|until|till|and|-|–|,|\.\.)\s*({_DATE})", re.ASCII)
_WITH_WINDOW = re.compile(r"(\S.*?),?\s+(within|by)\s+(\S.*)")


def date_for(text: str) -> tuple[str, ...]:
    """Dates that a text may mean, as they are written here; none where it means no one day or month.

    >>> date_for("30.11.2026"), date_for("3/4/2026"), date_for("November 2026")
    (('2026-11-30',), ('2026-03-04', '2026-04-03'), ('2026-11',))
    """
    if match := _NUMERIC.fullmatch(text):
        one, sign, two, year = int(match[1]), match[2], int(match[3]), match[4]
        # Days come first where points divide them; with strokes nobody can tell.
        orders = [(two, one)] if sign == "." else [(one, two), (two, one)]
        found = [
            f"{year}-{month:02d}-{day:02d}" for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31
        ]
        return tuple(dict.fromkeys(found))
    if match := _YEAR_FIRST.fullmatch(text):
        parts = [match[1], *(f"{int(part):02d}" for part in match.groups()[1:] if part)]
        return ("-".join(parts),)
    if (match := _NAMED.fullmatch(text)) and match[2][:3].lower() in _MONTHS:
        month = _MONTHS.index(match[2][:3].lower()) + 1
        day = match[1] or match[3]
        return (f"{match[4]}-{month:02d}" + (f"-{int(day):02d}" if day else ""),)
    if match := _QUARTER.fullmatch(text):
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return (f"{year}-{3 * quarter:02d}",)
    return ()


def duration_for(text: str) -> str:
    """A duration that a text means, as it is written here; empty where that cannot be told.

    >>> duration_for("6 weeks"), duration_for("six months"), duration_for("1.5 years"), duration_for("6")
    ('42 days', '6 months', '18 months', '6 months')
    """
    match = _LENGTH.fullmatch(text)
    if match is None or not match[1]:
        return ""
    written = match[1].lower()
    if written[0].isdigit():
        count = float(written.replace(",", "."))
    elif written in _COUNTS:
        count = float(max(_COUNTS.index(written), 1))
    else:
        return ""
    unit = (match[2] or "month").lower()
    unit = _UNITS.get(unit.removesuffix("s"), unit.removesuffix("s"))
    times, smaller = {
        "day": (1, "day"),
        "week": (7, "day"),
        "month": (1, "month"),
        "quarter": (1, "quarter"),
        "year": (1, "year"),
    }.get(unit, (0, ""))
    if unit == "year" and not count.is_integer():
        times, smaller = 12, "month"
    whole = count * times
    return f"{whole:.0f} {smaller}{'s' * (whole != 1)}" if whole and whole.is_integer() else ""


def dates_for(text: str) -> str:
    """The list of two dates that a text means; empty where it does not name two.

    >>> dates_for("2027-01 to 2027-06")
    '[2027-01, 2027-06]'
    """
    match = _SPAN.fullmatch(" ".join(text.split()))
    return f"[{match[1]}, {match[2]}]" if match else ""


def with_window(text: str) -> str:
    """A likelihood and a window that stand in one text, each with its key; empty where there are not two.

    >>> with_window("unlikely within 3 months")
    '{likelihood: unlikely, within: 3 months}'
    """
    match = _WITH_WINDOW.fullmatch(text)
    return f"{{likelihood: {match[1]}, {match[2]}: {match[3]}}}" if match else ""
