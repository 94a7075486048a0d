"""The report: a run, its rules with their sources, what influences what, and where to go from here."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from estimative.questions.influences import MOST
from estimative.show.blocks import Block, Bullets, Heading, Mark, Paragraph, Part, Picture, text
from estimative.show.contents import contents
from estimative.show.estimate import diagram, rules_table, sources_blocks, subtitle
from estimative.show.forecast import OVER_TIME, ever_blocks, holding_table, scale_blocks
from estimative.show.numerals import day, plural
from estimative.show.onward import onward_part
from estimative.show.page import page
from estimative.show.run import claim_parts, judgement_parts
from estimative.show.setting import LENSES, speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.questions.influences import Influences
    from estimative.show.run import Ran


def report_page(estimate: Estimate, ran: Sequence[Ran], influences: Influences) -> str:
    """One self-contained HTML page."""
    return page(
        estimate.title,
        report_blocks(estimate, ran, influences),
        f"Made by Estimative {version('estimative')}.",
    )


def report_blocks(estimate: Estimate, ran: Sequence[Ran], influences: Influences) -> tuple[Block, ...]:
    """Blocks of the report."""
    speak = speak_of(estimate.standard)
    forecasts = [one.forecast for one in ran]
    blocks: list[Block] = [
        Heading(estimate.title, 1),
        Paragraph(subtitle(estimate)),
        text(Mark(f"{contents(estimate)}.", "quiet")),
        *judgement_parts(estimate, ran, speak),
        *claim_parts(estimate, ran, speak),
    ]
    scales = scale_blocks(forecasts, fans=True)
    if scales:
        blocks.append(Part(OVER_TIME, scales))
    blocks.append(
        Part(f"What may have happened by {day(forecasts[0].dates[-1])}", ever_blocks(forecasts, speak))
    )
    blocks.append(Part("What holds when", (holding_table(forecasts[0]),), folded=True))
    if influences.whole:
        blocks.append(Part("What influences what", _influences(estimate, influences)))
    blocks.append(
        Part("The rules and their sources", (rules_table(estimate), *sources_blocks(estimate)), folded=True)
    )
    blocks += [onward_part(estimate, ran[0]), Part("How to read this", _reading(ran))]
    return tuple(blocks)


def _influences(estimate: Estimate, found: Influences) -> tuple[Block, ...]:
    """The whole diagram where it can be taken in at a glance, else one for each scale, lottery and choice."""
    says = text(
        "An arrow means that a rule of the one looks at the other; a broken red one that it holds it back. "
        "Choices and trends have round ends, scales a heavy edge, derived conditions a broken edge."
    )
    whole = diagram(estimate, found.whole, "What influences what")
    if len(whole.nodes) <= MOST:
        return says, Picture(whole)
    return says, *(
        Part(name, (Picture(diagram(estimate, kept, f"What leads to {name}")),), folded=True)
        for name, kept in found.towards
        if kept
    )


def _reading(ran: Sequence[Ran]) -> tuple[Block, ...]:
    setting = ran[0].setting
    lenses = tuple(
        (Mark(f"lens {one.setting.lens}", "strong"), f": {LENSES[one.setting.lens]}.") for one in ran
    )
    return (
        text(
            "A reading turns every word of likelihood into a number, the way one reader would. Numbers here "
            "are medians over readings, with the band that holds 90 % of them: what lies in the band is a matter "
            "of how the words are read, not of chance. Only areas over time show means, since these add up. The word beside it is the one that the median deserves "
            "under the estimate's standard, with the range of that word."
        ),
        Bullets(lenses),
        text(
            f"{plural(setting.readings, 'reading')}, {plural(setting.futures, 'future')} in each, seed "
            f"{setting.seed}: the same estimate, seed and version give the same numbers."
        ),
    )
