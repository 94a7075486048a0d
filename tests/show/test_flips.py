"""Flips and repairs as blocks: what is said of made answers, checked without simulating."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console

from estimative.model.rewording import Rewording
from estimative.questions.claims import ClaimAnswer
from estimative.questions.flips import Flip, Flips
from estimative.questions.repair import Repair
from estimative.show.blocks import Heading, Mark, Paragraph, Shown, Table, plain
from estimative.show.flips import flips_shown
from estimative.show.page import page
from estimative.show.repair import repair_shown
from estimative.show.rewording import stands_on
from estimative.show.setting import Setting
from estimative.show.terminal import print_blocks
from estimative.words.meaning import Said
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.estimate.nodes import Claim

ESTIMATE = estimate_of(
    """\
sources:
  r: {title: A report, date: "1984-10", kind: report}
conditions:
  war:
    says: War breaks out
    becomes:
      by-accident: {likelihood: likely, cites: [r p.3 "as likely as not", r p.5 "or war"]}
      by-intent: unlikely / very unlikely
scales:
  heir:
    levels: [open, son, general]
    starts: open
    settles:
      cases:
        in-war: {when: war, levels: {general: likely, son: the rest}, cites: r p.7 "the army"}
        otherwise: {levels: {son: likely, general: the rest}}
  vote: {levels: [open, yea, nay], starts: open, settles: {levels: {yea: likely, nay: the rest}}}
claims:
  war: {says: War is likely, test: P(ever war) is likely, cites: r p.9 "war is likely"}
  heir: {test: P(heir is son at 2022) is likely}
"""
)
MODEL = futures_of(ESTIMATE, readings=1, futures=64).model
HERE = Setting("readers", 64, 256, 1)
WAR, HEIR = ESTIMATE.claims
UP = Rewording("war.becomes.by-accident", Said("very likely"), 1, 1)
ALONE = Rewording("war.becomes.by-intent", Said("very unlikely"), 0, -1)
SON = Rewording("heir.settles.otherwise.son", Said("unlikely"), -2, -1)


def judged(claim: Claim, share: float) -> ClaimAnswer:
    return ClaimAnswer(claim, np.zeros(64), share, "depends on the reading", (), 256)


def text(shown: Shown) -> str:
    return "\n".join(plain(block.words) for block in shown.blocks if isinstance(block, Paragraph))


def rows(shown: Shown) -> list[list[str]]:
    table = next(block for block in shown.blocks if isinstance(block, Table))
    return [[str(cell.text if isinstance(cell, Mark) else cell) for cell in row] for row in table.rows]


def test_what_a_word_stands_on_is_a_sentence_with_its_pages() -> None:
    assert {
        name: stands_on(MODEL, name)
        for name in (UP.name, ALONE.name, SON.name, "heir.settles.in-war.general", "vote.settles.always.yea")
    } == {
        UP.name: "War breaks out (by accident) [r p.3, p.5]",
        ALONE.name: "War breaks out (by intent)",
        SON.name: "heir is son (otherwise)",
        "heir.settles.in-war.general": "heir is general (in war) [r p.7]",
        "vote.settles.always.yea": "vote is yea",
    }


def test_a_flip_is_told_from_word_to_word_and_from_share_to_share() -> None:
    flip = Flip(UP, WAR, 0.89, 0.97, "follows", 6, 0)
    shown = flips_shown(Flips((judged(WAR, 0.89), judged(HEIR, 0.5)), (flip,)), MODEL, HERE)
    assert rows(shown) == [
        ["War breaks out (by accident) [r p.3, p.5]", "likely → very likely", "follows", "89% → 97%"]
    ]
    (heading,) = [block for block in shown.blocks if isinstance(block, Heading)]
    assert heading.text == "War is likely [r p.9]"
    assert "As written it depends on the reading (89% of readings)." in text(shown)
    assert "1 claim keeps its verdict whichever single word is moved: heir." in text(shown)
    assert "chance" not in text(shown)
    claim = shown.rows[0]
    row = next(row for row in shown.rows if row["part"] == "flip")
    assert (claim["part"], claim["claim"], claim["share"]) == ("claim", WAR.name, 0.89)
    assert [row[key] for key in ("rule", "from", "to", "steps", "before", "after", "clear")] == [
        UP.name,
        "likely",
        "very likely",
        1,
        0.89,
        0.97,
        True,
    ]


def test_a_claim_of_which_too_few_futures_tell_is_not_said_to_keep_its_verdict() -> None:
    untold = ClaimAnswer(HEIR, np.zeros(64), None, None, (), 1)
    shown = flips_shown(Flips((judged(WAR, 0.89), untold), ()), MODEL, HERE)
    assert "1 claim keeps its verdict whichever single word is moved: war." in text(shown)
    assert "Too few futures to say of 1 claim: heir. More --futures help." in text(shown)


def test_flips_that_may_be_chance_are_counted_and_not_shown() -> None:
    chance = Flip(UP, WAR, 0.89, 0.91, "follows", 1, 0)
    firm = Flip(ALONE, WAR, 0.89, 0.5, "depends on the reading", 0, 25)
    shown = flips_shown(Flips((judged(WAR, 0.89),), (firm, chance)), MODEL, HERE)
    assert [row[1] for row in rows(shown)] == ["unlikely / very unlikely → very unlikely"]
    assert "1 word flips it by so few readings that it may be chance." in text(shown)
    assert "more --readings show more" in text(shown)
    assert [row.get("clear") for row in shown.rows] == [None, True, False], "machines get them all"
    only = flips_shown(Flips((judged(WAR, 0.89),), (chance,)), MODEL, HERE)
    assert not any(isinstance(block, Table) for block in only.blocks)
    assert any(isinstance(block, Heading) for block in only.blocks)
    assert "keeps its verdict" not in text(only)


REPAIR = Repair(WAR, 0.2, 0.95, (ALONE, SON), repaired=True, tried=12, complete=True, diff="")


def test_a_repair_says_how_sure_it_is_to_be_the_smallest() -> None:
    for repair, words in (
        (
            REPAIR,
            "in 20% of readings; with 2 words changed in 95% (12 changes tried; nothing smaller does it)",
        ),
        (replace(REPAIR, complete=False), "12 changes tried; nothing smaller was found"),
        (
            replace(REPAIR, repaired=False, after=0.5),
            "no change of up to three words by up to three rungs each makes it follow (all 12 were tried)",
        ),
        (
            replace(REPAIR, repaired=False, after=0.5, complete=False),
            "none that makes it follow was found among 12 changes tried",
        ),
        (replace(REPAIR, repaired=False, after=0.2, rewordings=()), "None brings it nearer."),
    ):
        assert words in text(repair_shown(repair, MODEL, HERE))


def test_a_repair_names_both_words_and_how_far_they_are_apart() -> None:
    shown = repair_shown(REPAIR, MODEL, HERE)
    assert rows(shown) == [
        [
            "War breaks out (by intent)",
            "unlikely / very unlikely → very unlikely",
            "the lower wording alone",
        ],
        ["heir is son (otherwise)", "likely → unlikely", "2 rungs down"],
    ]
    assert [(row["rule"], row["from"], row["to"]) for row in shown.rows] == [
        (ALONE.name, "unlikely / very unlikely", "very unlikely"),
        (SON.name, "likely", "unlikely"),
    ]


def test_the_diff_is_never_broken_so_that_it_can_be_pasted() -> None:
    line = "+  x: {says: " + "a long sentence " * 12 + "<b>, becomes: {r: likely}}"
    diff = f"--- a.yaml\n+++ a.yaml\n@@ -1,1 +1,1 @@\n-  x: short\n{line}\n"
    shown = repair_shown(replace(REPAIR, diff=diff), MODEL, HERE)
    out = StringIO()
    print_blocks(Console(file=out, width=60), shown.blocks)
    assert diff in out.getvalue()
    assert "&lt;b&gt;, becomes" in page("t", shown.blocks, "")
    assert '<pre tabindex="0"><span class="strong">--- a.yaml</span>\n' in page("t", shown.blocks, "")
