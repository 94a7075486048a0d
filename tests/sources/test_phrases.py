"""The phrases of the list, found in sentences."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from estimative.sources.phrases import JUDGING, matches, phrases

if TYPE_CHECKING:
    from estimative.sources.phrases import Phrase


def found(sentence: str) -> list[tuple[str, str]]:
    return [(match.word_class, sentence[match.start : match.end]) for match in matches(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It could well happen.", [("modal", "could well")]),
        ("It seems unlikely to occur.", [("likelihood", "seems unlikely")]),
        ("It is not very likely.", [("likelihood", "not very likely")]),
        (
            "There is no more than a theoretical possibility.",
            [("likelihood", "no more than a theoretical possibility")],
        ),
        ("They may, in fact, wait.", [("modal", "may")]),
        ("In May 1984 they came.", []),
        ("May 12 was dry.", []),
        # A limit that is known: the noun is taken for the verb.
        ("The will of the people.", [("modal", "will")]),
        ("There is little reason to believe it.", [("hedge", "There is little reason to believe")]),
        ("It remains to be seen.", [("hedge", "remains to be seen")]),
        ("They believe it.", [("attribution", "believe")]),
        ("From the Northern perspective it is so.", [("attribution", "From the Northern perspective")]),
        ("The most volatile factor.", [("rank", "most volatile")]),
        ("If so, they leave.", [("conditional", "If")]),
        ("The mayor would-be left.", []),
        ("", []),
    ],
)
def test_the_longest_phrase_counts(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert found(sentence) == expected


def test_phrases_do_not_overlap() -> None:
    sentence = "It would appear likely that they could well be highly unlikely to agree at best, if at all."
    places = [(match.start, match.end) for match in matches(sentence)]
    assert places == sorted(places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))


def test_the_list_is_whole() -> None:
    written = [(phrase.word_class, phrase.written) for phrase in phrases()]
    assert len(written) == len(set(written))
    assert {phrase.word_class for phrase in phrases()} == {*JUDGING, "attribution", "conditional"}


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.written)
def test_every_phrase_finds_its_own_words(phrase: Phrase) -> None:
    words = _plainest(phrase.written)
    match = phrase.pattern.search(words)
    assert match is not None
    assert match.group() == words


def _plainest(written: str) -> str:
    """A phrase with the first of its choices, nothing that may be left out, and a word for any word."""
    text = re.sub(r"\[[^\]]*\]|\.\.\.", "", written)
    text = re.sub(r"\(([^|)]*)[^)]*\)", r"\1", text)
    return " ".join(text.replace("*", "thing").split())
