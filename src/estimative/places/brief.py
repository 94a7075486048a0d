"""Records that stand on one line when Python prints them, what is long counted and not shown; and values by their kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, is_dataclass

LONGEST = 80
"""Characters of one part that are shown."""


@dataclass(frozen=True)
class Brief:
    """A frozen record whose `repr` is short however much it holds; all of it is in its fields.

    >>> @dataclass(frozen=True)
    ... class Counted(Brief):
    ...     name: str
    ...     share: float
    ...     values: tuple[float, ...]
    >>> Counted("rain", 1 / 3, (0.5,) * 1_000)
    Counted(name='rain', share=0.3333, values=<1,000 float>)
    """

    def __init_subclass__(cls) -> None:
        # What stands in the class itself is what `dataclass` leaves as it is.
        if "__repr__" not in cls.__dict__:
            setattr(cls, "__repr__", Brief.__repr__)  # noqa: B010 - a class is no place to assign methods to

    def __repr__(self) -> str:
        shown = (f"{one.name}={brief(getattr(self, one.name))}" for one in fields(self) if one.repr)
        return f"{type(self).__name__}({', '.join(shown)})"


def brief(value: object) -> str:
    """A value in a few words.

    >>> brief(0.123456), brief("x" * 100)[:3], brief(("a", "b")), brief(range(1_000))
    ('0.1235', "'xx", "('a', 'b')", '<1,000 int>')
    """
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"<{' x '.join(map(str, shape))} numbers>"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else f"{value[: LONGEST - 3]}...")
    if isinstance(value, Collection):
        return _several(value)
    text = repr(value)
    if isinstance(value, Brief) or not is_dataclass(value) or len(text) <= LONGEST:
        return text
    name = getattr(value, "name", None)
    return f"{type(value).__name__}({name if isinstance(name, str) else '..'})"


def kind_of(value: object) -> str:
    """What a value is, for sentences that refuse it.

    >>> kind_of(3), kind_of("x"), kind_of(None)
    ('an int', 'a str', 'None')
    """
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _several(values: Collection[object]) -> str:
    if len(values) <= LONGEST // 8 and isinstance(values, tuple):
        text = f"({', '.join(map(brief, values))}{',' if len(values) == 1 else ''})"
        if len(text) <= LONGEST:
            return text
    kinds = {type(value).__name__ for value in values}
    return f"<{len(values):,} {kinds.pop() if len(kinds) == 1 else 'things'}>"
