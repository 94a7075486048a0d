"""A problem: what is wrong, where, and what to write instead. Problems are values, all collected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span

Severity = Literal["error", "warning", "note"]

SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note", "A": "warning"}
"""What the first letter of a code says."""


@dataclass(frozen=True)
class Problem:
    """Something wrong in what the analyst wrote, with its place in the text.

    Parameters
    ----------
    code
        One letter and four digits, such as ``E0203``: ``E00xx`` reading the text, ``E01xx`` names,
        ``E02xx`` values, ``E03xx`` choices, ``E04xx`` data, ``E05xx`` documents, ``E06xx`` questions,
        ``E07xx`` records.
        Warnings and notes carry the same ranges with ``W`` and ``N``. ``A04xx`` are findings of the audit.
    span
        Where it is.
    says
        What is wrong, in plain words, with the analyst's own words and numbers.
    hint
        What to write instead; empty where there is nothing useful to say.
    see_also
        Other places concerned, each with a few words.
    """

    code: str
    span: Span
    says: str
    hint: str = ""
    see_also: tuple[tuple[Span, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """``error`` stops the run; ``warning`` and ``note`` do not. What an audit finds is a warning."""
        return SEVERITIES[self.code[0]]


class EstimateHasErrors(Exception):  # noqa: N818 - it names what the analyst has, not a fault of ours
    """Raised at the public API only: an estimate, or what is asked of it, has errors; `problems` has all there is.

    It says the first error, with its place: in the estimate, or in what was asked, such as ``query:1:8``.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = next((one for one in problems if one.severity == "error"), problems[0])
        hint = f" ({first.hint})" if first.hint else ""
        more = len(problems) - 1
        rest = f"; `problems` has {more:,} more" if more else ""
        super().__init__(f"{first.span.place}: {first.says}{hint}{rest}")
        self.problems = tuple(problems)


class Bug(Exception):  # noqa: N818 - likewise
    """Raised when Estimative itself is wrong, never for anything an analyst wrote."""
