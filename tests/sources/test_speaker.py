"""Who is speaking, as far as a sentence tells."""

from __future__ import annotations

import pytest

from estimative.sources.phrases import matches
from estimative.sources.speaker import voices


def heard(sentence: str, phrase: str) -> tuple[str, str]:
    """Speaker and subject at a phrase."""
    found = matches(sentence)
    voice = next(
        voice
        for match, voice in zip(found, voices(sentence, found), strict=True)
        if sentence[match.start : match.end].lower() == phrase
    )
    return voice.speaker, voice.about


@pytest.mark.parametrize(
    ("sentence", "phrase", "speaker", "about"),
    [
        ("Reform may come.", "may", "authors", ""),
        ("The Soviets probably believe that reform may come.", "probably", "authors", "the Soviets"),
        ("The Soviets probably believe that reform may come.", "may", "the Soviets", ""),
        ("Some Soviets may argue that it is unlikely.", "may", "authors", "some Soviets"),
        ("Some Soviets may argue that it is unlikely.", "unlikely", "some Soviets", ""),
        ("The merchants of the north fear that prices may rise.", "may", "the merchants of the north", ""),
        ("There is reason to believe that it may rain.", "may", "authors", ""),
        ("We believe that it may rain.", "may", "authors", ""),
        ("They believe it; but it may rain.", "may", "authors", ""),
        ("The Soviets believe it; reform may come.", "may", "authors", ""),
        ("Should the North perceive a threat, it could turn to Moscow.", "could", "authors", ""),
        (
            "They said \N{LEFT DOUBLE QUOTATION MARK}we may win\N{RIGHT DOUBLE QUOTATION MARK}.",
            "may",
            "quoted",
            "",
        ),
        ("The loan is alleged to be lost.", "is alleged", "others", ""),
        ("According to Western analysts, it may rain.", "may", "authors", "Western analysts"),
    ],
)
def test_who_speaks(sentence: str, phrase: str, speaker: str, about: str) -> None:
    assert heard(sentence, phrase) == (speaker, about)
