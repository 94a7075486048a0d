"""Misread words of the list, and words that only look like them."""

from __future__ import annotations

import pytest

from estimative.sources.misread import mended, misread_words


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("poesibility", "possibility"), ("aeems", "seems"), ("unlikcly", "unlikely"), ("minims!", "minimal")],
)
def test_letters_printed_alike(seen: str, meant: str) -> None:
    assert misread_words([f"It {seen} so"]) == {seen: meant}


@pytest.mark.parametrize("word", ["appeal", "wound", "lively", "mould", "charge", "seat", "pillow"])
def test_other_words_are_left(word: str) -> None:
    assert misread_words([f"It {word} so"]) == {}


def test_a_word_that_recurs_is_meant() -> None:
    assert misread_words(["aeems"] * 2) == {"aeems": "seems"}
    assert misread_words(["aeems"] * 3) == {}


def test_mending_keeps_every_place() -> None:
    text = "It aeems unlikcly."
    assert mended(text, misread_words([text])) == "It seems unlikely."
