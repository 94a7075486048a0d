"""Colours of levels differ, and all are seen on white and on black."""

from __future__ import annotations

import re

import pytest

from estimative.show.draw import style
from estimative.show.svg import colours


def test_levels_have_different_colours() -> None:
    for count in range(1, 12):
        assert len(set(colours(count, ordered=True))) == count
    assert len(set(colours(9, ordered=False))) == 9


def luminance(colour: str) -> float:
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_seen_on_white_and_on_black(dark: bool) -> None:
    """As the guidelines for web content have it: 3 to 1 for lines, 4.5 to 1 for words."""
    parts = re.split(r"@media screen and \(prefers-color-scheme: dark\) \{", style())
    roots = [dict(re.findall(r"--(\w+): (#\w+)", part.split("}")[0])) for part in parts[:2]]
    known = roots[dark]
    for word in ("ink", "quiet", "plain", "good", "mixed", "bad"):
        assert contrast(known[word], known["paper"]) >= 4.5, word
    sets = [dict(re.findall(r"svg \.([a-z]+-\d+) \{ .*--stroke: (#\w+);", part)) for part in parts[-2:]]
    strokes = sets[dark]
    assert set(strokes) == {*colours(15, ordered=True), *colours(9, ordered=False)}
    for name, stroke in strokes.items():
        assert contrast(stroke, known["paper"]) >= 3, name
