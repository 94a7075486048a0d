"""Whatever is done to a file, reading it gives problems or an estimate, never an exception."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.language.files import decode
from estimative.language.new import new_estimate
from estimative.language.read import parse_do, parse_query, parse_test, read_texts
from estimative.places.excerpt import excerpt, to_json
from estimative.places.source import Source
from support.catalogue import FOLDER

FEW, MANY = 400, 400
"""Mutated files, and generated texts."""

PIECES = (
    "conditions", "scales", "choices", "claims", "signals", "is", "when", "likelihood", "likely", "70%", "4 of 0",
    "at least 2 of (", ")", "P(ever ", " | do(", "not ", " and ", "{", "}", "[", "]", ": ", "\n", "\n  ", "\n    ",
    "- ", '"', "'", "#", "&", "*", "!", "%", "|", ">", "\t", "\0", "\u202e", "\ufeff", "😀", "1990-02-30", "the rest",
)  # fmt: skip


def survives(content: bytes) -> None:
    """Read some bytes, and print what is wrong with them."""
    source, found = decode("fuzz.yaml", content)
    if source is not None:
        estimate, found = read_texts([source])
        assert (estimate is None) == any(problem.severity == "error" for problem in found)
    for problem in found:
        assert excerpt(problem)
    assert to_json(found)


def seeds() -> list[bytes]:
    """Good and bad estimates to start from."""
    from datetime import date  # noqa: PLC0415 - here only

    paths = sorted(Path(FOLDER).glob("*/estimate.yaml"))
    return [new_estimate("A seed", date(2026, 3, 1)).encode(), *(path.read_bytes() for path in paths[::4])]


@pytest.mark.parametrize("block", range(8))
def test_mutated_files(block: int) -> None:
    random = Random(block)  # noqa: S311 - a fixed seed for a test
    starts = seeds()
    for _ in range(FEW // 8):
        content = bytearray(random.choice(starts))
        for _ in range(random.randint(1, 6)):
            at, kind = random.randrange(len(content) + 1), random.randrange(5)
            if kind == 0:
                del content[at : at + random.randint(1, 40)]
            elif kind == 1:
                content[at:at] = random.choice(PIECES).encode()
            elif kind == 2:
                content[at:at] = bytes([random.randrange(256)])
            elif kind == 3:
                other = random.choice(starts)
                cut = random.randrange(len(other))
                content[at:at] = other[cut : cut + random.randint(1, 200)]
            else:
                content[at : at + 30] = content[at : at + 30] * random.randint(2, 9)
        survives(bytes(content))


@settings(max_examples=MANY, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join))
def test_generated_texts(text: str) -> None:
    survives(text.encode("utf-8", "surrogatepass"))
    read_texts([Source("fuzz.yaml", text)])


@settings(max_examples=MANY, derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from((*PIECES, "mode of s at 1990", "x", " is ", " by ", "share of time ")), max_size=15
    )
)
def test_generated_queries(pieces: list[str]) -> None:
    text = "".join(pieces)
    for parse in (parse_query, parse_test, parse_do):
        asked, found = parse(text)
        assert asked or found or parse is parse_do
        for problem in found:
            assert excerpt(problem)
