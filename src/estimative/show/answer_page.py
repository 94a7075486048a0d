"""One answer as a page of its own: the estimate's name, the answer's blocks, and how to get it again."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Heading, Mark, text
from estimative.show.estimate import subtitle
from estimative.show.page import page

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.blocks import Shown


def answer_page(shown: Shown, estimate: Estimate | None = None) -> str:
    """A self-contained HTML page, headed by the estimate that was asked, if it was one."""
    blocks = shown.blocks
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        blocks = blocks[1:]
    head: tuple[Block, ...] = (Heading(shown.title, 1),)
    title = shown.title
    if estimate is not None:
        head = (
            Heading(estimate.title, 1),
            text(Mark(shown.title, "strong")),
            text(*subtitle(estimate)),
        )
        title = f"{shown.title}: {estimate.title}"
    foot = f"Made by Estimative {version('estimative')}: estimative {shown.kind}."
    return page(title, (*head, *blocks), foot)
