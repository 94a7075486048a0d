"""Rings of definitions: each tangle once, by its shortest ring, whatever its size."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.language.checks.rings import rings

GRAPHS = st.integers(1, 7).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), max_size=3, unique=True), min_size=size, max_size=size
    )
)


@given(GRAPHS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_is_in_a_ring_is_found_and_nothing_else(below: list[list[int]]) -> None:
    needs = {str(name): [str(other) for other in others] for name, others in enumerate(below)}
    found = list(rings(needs))
    for ring in found:
        assert len(set(ring)) == len(ring)
        assert all(two in needs[one] for one, two in zip(ring, (*ring[1:], ring[0]), strict=True))
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        assert found
    else:
        assert not found
    # Without one name of each ring it finds, and so on, no ring is left.
    while found:
        broken = {ring[0] for ring in found}
        needs = {
            name: [o for o in others if o not in broken]
            for name, others in needs.items()
            if name not in broken
        }
        found = list(rings(needs))
    TopologicalSorter(needs).prepare()


def test_the_ring_begins_with_what_comes_first_and_is_the_shortest() -> None:
    needs = {"a": ["b"], "b": ["c", "d"], "c": ["d"], "d": ["b"], "e": ["a", "e"]}
    assert list(rings(needs)) == [("b", "d"), ("e",)]


def test_two_tangles_that_hang_together_are_two() -> None:
    assert list(rings({"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["c"]})) == [("a", "b"), ("c", "d")]


def test_a_ring_of_any_length() -> None:
    size = 20_000
    needs = {str(name): [str((name + 1) % size)] for name in range(size)}
    assert [len(ring) for ring in rings(needs)] == [size]
