"""Verdicts on the estimate's claims as blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter, MattersMost
from estimative.questions.ask import Answer
from estimative.questions.ranking import LITTLE
from estimative.show.ask import answer_rows
from estimative.show.blocks import Block, Facts, Mark, Paragraph, Role, Shown, Verdict, Words, text
from estimative.show.estimate import citation
from estimative.show.numerals import DASH, MINUS, percent, plural, signed_percent
from estimative.show.plain import one_line
from estimative.show.setting import Setting, Speak, in_words
from estimative.show.telling import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.estimate.nodes import Claim
    from estimative.questions.bands import Band
    from estimative.questions.claims import ClaimAnswer

ROLES: dict[str | None, Role] = {
    "follows": "good",
    "depends on the reading": "mixed",
    "does not follow": "bad",
    None: "quiet",
}
"""What a verdict looks like."""


@dataclass(frozen=True)
class Judged:
    """Answers to the claims under one setting."""

    setting: Setting
    answers: tuple[ClaimAnswer, ...]


def claims_shown(judged: Sequence[Judged], untested: Sequence[Claim], speak: Speak) -> Shown:
    """Claims under one setting or more, the first leading; claims without a test are said to be untested."""
    blocks = (*claim_blocks(judged, untested, speak), judged[0].setting.foot)
    return Shown("claims", "Claims", blocks, {}, tuple(_rows(judged, untested, speak)))


def claim_blocks(judged: Sequence[Judged], untested: Sequence[Claim], speak: Speak) -> tuple[Block, ...]:
    """How many claims follow, then every claim with what it rests on."""
    lenses = [one.setting.lens for one in judged]
    verdicts = [
        claim_verdict([one.answers[place] for one in judged], lenses, speak)
        for place in range(len(judged[0].answers))
    ]
    rest = [
        Verdict("not tested", "quiet", claim.says or claim.name, lines=_about(claim)) for claim in untested
    ]
    return (claim_sum(judged[0]), *verdicts, *rest)


def brief_claim_blocks(judged: Sequence[Judged], untested: Sequence[Claim]) -> tuple[Block, ...]:
    """How many claims follow, then one line a claim."""
    verdicts = [
        Verdict(_word(answer), ROLES[answer.verdict], answer.claim.says or answer.claim.name, answer.share)
        for answer in judged[0].answers
    ]
    rest = [Verdict("not tested", "quiet", claim.says or claim.name) for claim in untested]
    return (claim_sum(judged[0]), *verdicts, *rest)


def _word(answer: ClaimAnswer) -> str:
    return answer.verdict or "too rare to say"


def claim_verdict(answers: Sequence[ClaimAnswer], lenses: Sequence[str], speak: Speak) -> Verdict:
    """One claim: the verdict of the first lens, with the others' where they say something else."""
    first, *others = answers
    lines: list[tuple[Words, ...]] = [*_about(first.claim), *_found(first, speak)]
    lines += [
        (Mark(f"Under the lens {lens}: ", "quiet"), Mark(_said(other), ROLES[other.verdict]))
        for other, lens in zip(others, lenses[1:], strict=True)
        if other.verdict != first.verdict
    ]
    return Verdict(
        _word(first),
        ROLES[first.verdict],
        first.claim.says or first.claim.name,
        first.share,
        tuple(lines),
    )


def _found(answer: ClaimAnswer, speak: Speak) -> list[tuple[Words, ...]]:
    """What a claim's probabilities came out as, or how much each thing that it ranks matters."""
    if answer.measured is not None:
        return [measures_line(answer)]
    found = [
        (one.text, in_words(one.band, speak))
        for one in answer.answers
        if isinstance(one, Answer) and one.band is not None
    ]
    lines: list[tuple[Words, ...]] = [(Mark(f"{query}: ", "quiet"), value) for query, value in found]
    if len(answer.answers) == 1:
        lines = [(Mark("came out as ", "quiet"), value) for _, value in found]
    return [*lines, *compared_lines(answer), *luck_lines(answer)]


def luck_lines(answer: ClaimAnswer) -> list[tuple[Words, ...]]:
    """That other dice may bring another verdict."""
    if not answer.may_be_luck:
        return []
    close = f"too close to call in {percent(answer.close)} of readings by {answer.futures:,} futures"
    return [(Mark(close, "mixed"), ": more --futures may bring another verdict")]


def compared_lines(answer: ClaimAnswer) -> list[tuple[Words, ...]]:
    """In how many readings the first of two probabilities is higher than the second, the same, and lower."""
    known = answer.compared
    if known is None:
        return []
    higher, same, lower = (percent(one) for one in (known.higher, known.same, known.lower))
    return [
        (
            Mark("the first is ", "quiet"),
            f"higher in {higher} of readings, the same in {same}, lower in {lower}",
        )
    ]


def measures_line(answer: ClaimAnswer) -> tuple[Words, ...]:
    """How much each thing that a claim ranks matters by the claim's measure, most first."""
    test = answer.claim.test
    if not isinstance(test, MattersMost | DoesNotMatter):
        return ()
    said = ", ".join(f"{name} {measure_text(band)}" for name, band in measures(answer))
    line = f"; below {percent(LITTLE)} it does not matter" if isinstance(test, DoesNotMatter) else ""
    return Mark(f"{test.measure}: ", "quiet"), said or "too rare to say", Mark(line, "quiet")


def measures(answer: ClaimAnswer) -> list[tuple[str, Band]]:
    """What a claim ranks, by name, with how much each matters; what matters most stands first."""
    known = [(name, one.band) for name, one in (answer.measured or {}).items()]
    return sorted(((name, band) for name, band in known if band is not None), key=lambda one: -one[1].median)


def measure_text(band: Band) -> str:
    """How much something matters, with the middle 90 % of readings; below zero where it stands in the way.

    >>> from estimative.questions.bands import Band
    >>> measure_text(Band(0.41, 0.2, 0.6, 0.4, 0.0)), measure_text(Band(-0.1, -0.2, 0.0, -0.1, 0.0))
    ('41% (20–60%)', '−10% (−20 to 0%)')
    >>> measure_text(Band(0.7, 0.001, 0.999, 0.7, 0.0))
    '70% (<1% to >99%)'
    """
    low, median, high = (signed_percent(end) for end in (band.low, band.median, band.high))
    if low == high:
        return f"{median} ({low})"
    if low.startswith("<") or high.startswith(">"):
        return f"{median} ({low} to {high})"
    between = " to " if MINUS in low else DASH
    return f"{median} ({low.removesuffix('%')}{between}{high})"


def _said(answer: ClaimAnswer) -> str:
    return _word(answer) if answer.share is None else f"{_word(answer)}, {percent(answer.share)} of readings"


def claim_says(claim: Claim) -> str:
    """What a claim says, with its sources and pages in brackets."""
    pages = claim_pages(claim)
    return (claim.says or claim.name) + (f" [{pages}]" if pages else "")


def claim_pages(claim: Claim, sole: str = "") -> str:
    """Source and pages of a claim; the source is left out where it is the `sole` one."""
    pages = pages_of(
        f"{cite.source} p.{', '.join(cite.pages)}" if cite.pages else cite.source for cite in claim.cites
    )
    return pages.removeprefix(sole).lstrip() if sole else pages


def _about(claim: Claim) -> tuple[tuple[Words, ...], ...]:
    """Name, test and source of a claim."""
    name: tuple[Words, ...] = (Mark(claim.name, "code"),)
    if claim.test is not None:
        name = (*name, Mark(f"  {one_line(claim.test.span.text)}", "quiet"))
    cited = "; ".join(citation(cite) for cite in claim.cites)
    return (name, (Mark(cited, "quiet"),)) if cited else (name,)


COUNTED = {
    "follows": ("follows", "follow"),
    "depends on the reading": ("depends on the reading", "depend on the reading"),
    "does not follow": ("does not follow", "do not follow"),
}
"""A verdict in the singular and in the plural."""


def claim_sum(judged: Judged) -> Paragraph:
    """One sentence on all claims."""
    verdicts = [answer.verdict for answer in judged.answers]
    counts = [(verdicts.count(verdict), words) for verdict, words in COUNTED.items() if verdict in verdicts]
    if None in verdicts:
        counts.append((verdicts.count(None), ("is too rare to say", "are too rare to say")))
    said = ", ".join(f"{number} {one if number == 1 else several}" for number, (one, several) in counts)
    tested = plural(len(verdicts), "claim can be tested", "claims can be tested")
    fewer = sorted({answer.futures for answer in judged.answers} - {judged.setting.futures})
    by = " or ".join(f"{one:,}" for one in fewer)
    note = f" Those about other worlds are judged by {by} futures in each reading."
    return text(
        f"{tested}: {said}." if said else f"{tested}.",
        Mark(note if fewer else "", "quiet"),
    )


def _rows(judged: Sequence[Judged], untested: Sequence[Claim], speak: Speak) -> Iterator[Facts]:
    """Yield each claim with what its queries came out as and what it measured, then those without a test."""
    for one in judged:
        for answer in one.answers:
            known: Facts = {"claim": answer.claim.name}
            yield {
                "part": "claim",
                **_claim_facts(answer.claim),
                "test": "" if answer.claim.test is None else one_line(answer.claim.test.span.text),
                **one.setting.facts,
                "futures": answer.futures,
                "share": answer.share,
                "verdict": answer.verdict,
                "close": answer.close,
                "may_be_luck": answer.may_be_luck,
                **compared_facts(answer),
            }
            setting = replace(one.setting, futures=answer.futures)
            for found in answer.answers:
                for row in answer_rows(found, setting, speak):
                    yield {"part": "answer", **known, **row}
            for facts in measure_facts(answer):
                yield {"part": "measure", **known, **one.setting.facts, **facts}
    for claim in untested:
        yield {"part": "untested", **_claim_facts(claim)}


def _claim_facts(claim: Claim) -> Facts:
    return {
        "claim": claim.name,
        "says": claim.says,
        "cites": "; ".join(citation(cite) for cite in claim.cites),
    }


def compared_facts(answer: ClaimAnswer) -> Facts:
    """For machines: how two probabilities compare; nothing of any other claim."""
    known = answer.compared
    return {} if known is None else {"higher": known.higher, "same": known.same, "lower": known.lower}


def measure_facts(answer: ClaimAnswer) -> list[Facts]:
    """For machines: how much each thing that a claim ranks matters."""
    test = answer.claim.test
    if not isinstance(test, MattersMost | DoesNotMatter):
        return []
    return [
        {
            "futures": answer.futures,
            "measure": test.measure,
            "of": name,
            "median": band.median,
            "low": band.low,
            "high": band.high,
            "standard_error": band.error,
        }
        for name, band in measures(answer)
    ]
