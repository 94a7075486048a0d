"""Our frozen dataclasses are the standard library's in everything that can be seen of them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from functools import cached_property
from typing import Any

import pytest

from estimative.places import frozen


def made(dataclass: Any) -> tuple[type, ...]:
    """The same classes by a decorator."""

    @dataclass(frozen=True)
    class Point:
        """Two fields, one with a default."""

        x: int
        y: int = 7

        @cached_property
        def sum(self) -> int:
            """Kept once it is known."""
            return self.x + self.y

    @dataclass(frozen=True)
    class Named:
        """A field that is not compared, one that is not shown."""

        name: str
        place: object = field(default=None, compare=False, repr=False)

    @dataclass(frozen=True)
    class Empty:
        """No field."""

    @dataclass(frozen=True, eq=False)
    class Itself:
        """Equal to nothing else."""

        text: str

    return Point, Named, Empty, Itself


OURS, THEIRS = made(frozen.dataclass), made(dataclasses.dataclass)
NAMES = ("Point", "Named", "Empty", "Itself")
CALLS: tuple[tuple[str, tuple[object, ...], dict[str, object]], ...] = (
    ("Point", (1,), {}),
    ("Point", (1, 2), {}),
    ("Point", (), {"y": 1, "x": 2}),
    ("Named", ("a", 3), {}),
    ("Named", ("a", []), {}),
    ("Named", ([],), {}),
    ("Empty", (), {}),
    ("Itself", ("a",), {}),
    ("Point", (), {}),
    ("Point", (1, 2, 3), {}),
    ("Point", (1,), {"x": 1}),
    ("Point", (1,), {"z": 1}),
    ("Empty", (1,), {}),
)


def seen(action: Any) -> object:
    """What an action answers, or the error that it raises."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error), str(error)


@pytest.mark.parametrize(("name", "given", "named"), CALLS)
def test_records_are_made_shown_and_compared_alike(
    name: str, given: tuple[object, ...], named: dict[str, object]
) -> None:
    number = NAMES.index(name)

    def all_of(cls: type) -> list[object]:
        record: Any = seen(lambda: cls(*given, **named))
        if isinstance(record, tuple):
            return [record]
        again = cls(*given, **named)
        first = (dataclasses.fields(cls) or (None,))[0]
        return [
            repr(record).replace("made.<locals>.", ""),
            record == again,
            record == given,
            record != again,
            name == "Itself" or seen(lambda: hash(record)),
            vars(record),
            vars(copy.copy(record)),
            seen(lambda: setattr(record, "x", 1)),
            seen(lambda: setattr(record, "other", 1)),
            seen(lambda: delattr(record, "x")),
            first and seen(lambda: vars(dataclasses.replace(record, **{first.name: "new"}))),
            seen(lambda: (record.sum, record.sum)),
        ]

    assert all_of(OURS[number]) == all_of(THEIRS[number])


@pytest.mark.parametrize("name", NAMES)
def test_classes_look_alike(name: str) -> None:
    def all_of(cls: Any) -> list[object]:
        return [
            str(inspect.signature(cls)),
            cls.__match_args__,
            cls.__init__.__annotations__,
            cls.__init__.__qualname__,
            [(f.name, f.type, f.default, f.compare, f.repr) for f in dataclasses.fields(cls)],
        ]

    number = NAMES.index(name)
    assert all_of(OURS[number]) == all_of(THEIRS[number])


def test_two_classes_with_the_same_values_differ() -> None:
    assert OURS[0](1) != THEIRS[0](1)
    assert OURS[2]() != OURS[0](1)


def test_records_can_be_sent_to_another_process() -> None:
    from estimative.places.source import Source  # noqa: PLC0415 - a class that pickle can find

    span = Source("a.yaml", "one two").span(4, 7)
    assert pickle.loads(pickle.dumps(span)).text == "two"  # noqa: S301 - our own


@pytest.mark.parametrize("kind", ["not frozen", "factory", "post", "base"])
def test_what_is_not_provided_for_is_refused(kind: str) -> None:
    class Plain:
        """No fields."""

        x: int

    class Factory:
        """A default that is made."""

        x: list[int] = field(default_factory=list)

    class Post:
        """Something done after."""

        def __post_init__(self) -> None: ...

    classes: dict[str, type] = {"factory": Factory, "post": Post, "base": type("Base", (OURS[0],), {})}
    with pytest.raises(TypeError):
        frozen.dataclass(frozen=kind != "not frozen")(classes.get(kind, Plain))
