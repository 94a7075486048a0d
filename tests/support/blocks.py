"""One block of each form, for tests that must meet them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places import Problem, Source
from estimative.show.blocks import (
    Beside,
    Block,
    Bullets,
    Column,
    Heading,
    Listing,
    Mark,
    Part,
    Picture,
    Problems,
    Table,
    Verdict,
    text,
)
from estimative.show.figures import Bar, Bars, Diagram, Edge, Interval, Intervals, Node, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in their order, with those inside parts after them, and pictures that stand beside each other."""
    for block in blocks:
        yield block
        if isinstance(block, Part):
            yield from flat(block.blocks)
        if isinstance(block, Beside):
            yield from block.pictures


def every_block(words: str) -> tuple[Block, ...]:
    """One block of each form with the same words wherever an analyst's may stand."""
    table = Table((Column(words), Column("n", "right")), ((words, Mark(words, "code")),), words)
    problem = Problem("E0001", Source(words, words).span(0, 1), words, words)
    return (
        Heading(words, 1),
        text(words, Mark(words, "strong")),
        Bullets(((words,),)),
        Listing((words, Mark(words, "good"))),
        table,
        Verdict(words, "good", words, 0.5, ((words,),)),
        Picture(Intervals(words, (Row(words, (Interval(words, 0.1, 0.9, 0.5),), words),)), words),
        Picture(Bars(words, (Bar(words, 0.5, note=words),))),
        Picture(Diagram(words, (Node(words, "condition", words),), (Edge(words, words),))),
        Problems((problem,)),
        Part(words, (table,)),
    )
