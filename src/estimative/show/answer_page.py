"""One answer as a page of its own: what it is of which estimate, the answer's blocks, and what made it."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Heading, Paragraph, Part
from estimative.show.estimate import subtitle
from estimative.show.page import page

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.blocks import Shown


def answer_page(shown: Shown, command: str, estimate: Estimate | None = None) -> str:
    """A self-contained HTML page, headed by the answer, and by the estimate that was asked if it was one.

    `command` is what made it: ``estimative why``.
    """
    title = shown.title
    about: tuple[Block, ...] = ()
    if estimate is not None:
        title, about = f"{shown.title}: {estimate.title}", (Paragraph(subtitle(estimate)),)
    foot = f"Made by Estimative {version('estimative')}: {command}."
    return page(title, (Heading(title, 1), *about, *_below(shown.blocks)), foot)


def _below(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """An answer's blocks below the page's own heading, with no level of headings left out."""
    below = tuple(block for block in blocks if not (isinstance(block, Heading) and block.level == 1))
    if any(isinstance(block, Part) for block in below):
        return below
    return tuple(replace(block, level=2) if isinstance(block, Heading) else block for block in below)
