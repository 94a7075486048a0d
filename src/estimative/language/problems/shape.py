"""Problems with the shape of an estimate: keys, and what stands under them (E005x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import a, listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from estimative.places.source import Span


def unknown_key(span: Span, key: str, owner: str, nearest: Sequence[str], known: Iterable[str]) -> Problem:
    """A key that nobody reads would be passed over in silence, and with it what the analyst meant."""
    hint = f"did you mean {listed(nearest)}?" if nearest else f"it takes {listed(tuple(known), 'and')}"
    return Problem("E0050", span, f"{owner} has no key `{key}`", hint)


def likelihood_without_key(span: Span, text: str, owner: str) -> Problem:
    """In the long form of a rule every value has its key, the likelihood too."""
    return Problem("E0064", span, f"{owner} has `{text}` without a key", f"write `likelihood: {text}`")


def missing_key(span: Span, key: str, owner: str, says: str) -> Problem:
    """What every record of a kind needs is never guessed."""
    return Problem(
        "E0051", span, f"{owner} has no `{key}`", f"add `{key}:` - {says[0].lower()}{says[1:].rstrip('.')}"
    )


def nothing_here(span: Span, key: str) -> Problem:
    """A key without a value may be a sentence that was never finished."""
    return Problem("E0052", span, f"nothing stands under `{key}`", "write its value, or take the key out")


def wrong_shape(span: Span, key: str, wanted: str, found: str, hint: str = "") -> Problem:
    """One value, a list and a mapping are read in different ways."""
    return Problem("E0053", span, f"under `{key}` stands {found}, and {wanted} expected", hint)


def not_an_estimate(span: Span, found: str) -> Problem:
    """An estimate is a mapping: keys, each followed by a colon."""
    return Problem(
        "E0054",
        span,
        f"this file holds {found}, not the keys of an estimate",
        "`estimative new FILE` writes a first estimate",
    )


def header_twice(span: Span, key: str, first: Span) -> Problem:
    """Two dates or two titles would leave open which is meant."""
    return Problem(
        "E0055",
        span,
        f"`{key}` stands in two files of this estimate",
        "keep one",
        ((first, "the first one"),),
    )


def cannot_stand_together(span: Span, key: str, other: str, why: str, first: Span) -> Problem:
    """Two keys that say different things about one matter leave open which is meant."""
    return Problem(
        "E0056",
        span,
        f"`{key}` cannot stand beside `{other}`: {why}",
        "keep one of them",
        ((first, f"`{other}` is here"),),
    )


def one_of_two(span: Span, owner: str, keys: Sequence[str]) -> Problem:
    """A question asks something, a lottery has outcomes, and a claim says something."""
    return Problem("E0057", span, f"{owner} has neither {listed(keys, 'nor')}", f"add {listed(keys)}")


def empty_text_value(span: Span, key: str) -> Problem:
    """An empty text says nothing; it may have been meant to be filled in later."""
    return Problem("W0058", span, f"`{key}` is empty", "write it, or take the key out")


def to_without_scale(span: Span, rule: str) -> Problem:
    """Only a scale has levels to move to."""
    return Problem(
        "E0059",
        span,
        f"the rule `{rule}` moves no scale up or down, so it has no level to go to",
        "take `to` out",
    )


def no_effect_here(span: Span, option: str) -> Problem:
    """A condition without an effect changes nothing."""
    return Problem(
        "E0060",
        span,
        f"this says when, and not what `{option}` does to which interest",
        'add an interest with "++", "+", "0", "-" or "--"',
    )


def data_without_folder(span: Span, name: str) -> Problem:
    """Data are read only from the folder of the estimate."""
    return Problem(
        "E0061",
        span,
        f"this estimate lies in no folder, so there is no `{name}` beside it",
        "save the estimate in a file first",
    )


def without_name(span: Span, kind: str, key: str, beside: str, better: str) -> Problem:
    """Without a name nobody can point to a rule or a record, and its keys would be taken for names."""
    says = f"{a(kind)} needs a name of its own, and `{key}` is a key of {a(kind)}"
    if beside:
        says = f"`{key}` is a key of {a(kind)}, and stands beside the {kind} `{beside}` instead of in it"
    return Problem("E0062", span, says, f"write `{better}`")


def named_like_key(span: Span, kind: str, key: str) -> Problem:
    """A name that is also a key would hide that a name was forgotten."""
    return Problem(
        "E0063",
        span,
        f"`{key}` is a key of {a(kind)} and cannot be its name",
        f"write something like `the-{key}`",
    )
