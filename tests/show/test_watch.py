"""Signs as blocks: in their tables, with what makes them good or bad warnings, and why there may be none."""

from __future__ import annotations

import pytest

import estimative
from estimative.questions.watch import watch
from estimative.show.blocks import Paragraph, Picture, Shown, Table, plain
from estimative.show.figures import Lines
from estimative.show.setting import Setting
from estimative.show.watch import COLUMNS, watch_shown
from support.records import probability
from support.small import estimate_of, futures_of

WEATHER = """\
conditions:
  cause: {says: The cause is there, starts: 50%}
  blow: {says: It blows, becomes: {r: {likelihood: 100%, within: 1 year, when: cause and once}}}
  once: {says: The glass fell once, becomes: {r: {likelihood: 100%, within: 1 year}}}
  calm: {says: It is calm, becomes: {r: {likelihood: 90%, within: 1 year, unless: cause}}}
  steady: {starts: yes}
signals:
  gulls: {of: cause, if-so: {likelihood: 80%, within: 1 year}, if-not: {likelihood: 20%, within: 1 year}}
"""


def shown_of(*queries: str, futures: int = 1_024, body: str = WEATHER) -> Shown:
    simulated = futures_of(estimate_of(body, years=3), readings=16, futures=futures)
    answer = watch(simulated, *(probability(query) for query in queries))
    return watch_shown(answer, simulated.model, Setting.of(simulated))


def tables(shown: Shown) -> dict[str, Table]:
    return {block.title: block for block in shown.blocks if isinstance(block, Table)}


def said(shown: Shown) -> str:
    return "\n".join(plain(block.words) for block in shown.blocks if isinstance(block, Paragraph))


def test_signs_of_either_and_of_neither_stand_apart() -> None:
    found = tables(shown_of("P(ever blow)"))
    rows = {title: [row[0] for row in table.rows] for title, table in found.items()}
    assert rows["Signs of P(ever blow)"] == ["The cause is there", "gulls (signal)"]
    assert rows["Signs of its not happening"] == ["It is calm"]
    (seeming,) = (names for title, names in rows.items() if title.startswith("Only seem to tell"))
    assert seeming == ["The glass fell once"], "what has always been so is nothing to look out for"


def test_what_comes_with_the_outcome_is_set_apart_and_not_advised() -> None:
    """Damage is there when it blows, never before, and tells all: a sign, and no warning."""
    body = WEATHER.replace("signals:", "  damage: {says: Roofs fly, is: blow}\nsignals:")
    shown = shown_of("P(ever blow)", body=body)
    found = {title: [row[0] for row in table.rows] for title, table in tables(shown).items()}
    assert found["Signs of P(ever blow), mostly too late to warn"] == ["Roofs fly"]
    assert "Roofs fly" not in found["Signs of P(ever blow)"]
    assert shown.facts["together"] == "cause calm gulls"


def test_a_row_says_all_that_makes_a_warning() -> None:
    """The cause is there two years before the blow, and never without it; the ratio cannot be infinite."""
    table = tables(shown_of("P(ever blow)"))["Signs of P(ever blow)"]
    cause = dict(zip((column.title for column in COLUMNS), table.rows[0], strict=True))
    assert (cause["tells"], cause["by"]) == ("100%", "2019-12")
    assert (cause["missed"], cause["ahead"], cause["false alarms"]) == ("0%", "2 years", "<1%")
    calm = tables(shown_of("P(ever blow)", "P(ever calm)"))
    assert "Signs of P(ever calm)" not in calm, "what is asked about is no sign"


def test_rows_are_for_every_sign_and_for_every_sign_at_every_date() -> None:
    shown = shown_of("P(ever blow)", "P(ever calm)")
    assert (shown.facts["outcome"], shown.facts["rival"]) == ("P(ever blow)", "P(ever calm)")
    assert str(shown.facts["together"]).split() == ["cause", "gulls"], "there are no more in time"
    assert shown_of("P(ever blow)").facts["together"] == "cause calm gulls"
    assert shown.facts["step"] == "year", "the unit of steps ahead"
    course = [row for row in shown.rows if row["part"] == "course" and row["sign"] == "gulls"]
    assert [row["by"] for row in course] == ["2019-12-31", "2020-12-31", "2021-12-31", "2022-12-31"]
    signs = {row["sign"]: row for row in shown.rows if row["part"] == "sign"}
    assert len(signs) == 3
    gulls = signs["gulls"]
    at_best = max(course, key=lambda row: row["information"])  # type: ignore[arg-type,return-value] # a number
    assert {**gulls, **at_best, "part": "sign"} == gulls, "a sign is told as it is by its best date"
    assert "missed" not in at_best, "what is so of a sign is not said of every date"
    assert gulls["signal"] is True
    assert gulls["for_rival"] is False
    assert isinstance(gulls["missed"], float)


def test_what_tells_is_drawn_over_time() -> None:
    assert shown_of("P(ever blow)").title == "What to watch for P(ever blow)"
    (picture,) = (block for block in shown_of("P(ever blow)").blocks if isinstance(block, Picture))
    assert isinstance(picture.figure, Lines)
    assert [line.name for line in picture.figure.lines] == ["The cause is there", "It is calm", "gulls"]
    assert all(line.told == max(line.values) for line in picture.figure.lines), "as in the table"
    assert picture.figure.lines[0].values[0] == pytest.approx(1, abs=0.01), "the cause tells from the first"


def test_the_best_three_are_named_by_what_they_say() -> None:
    assert "Watched together, three tell most: The cause is there; It is calm; gulls (100%)." in said(
        shown_of("P(ever blow)")
    )


def test_why_there_is_no_answer() -> None:
    alone = shown_of("P(ever x)", body="conditions: {x: {becomes: {r: unlikely}}}\n")
    assert "nothing to watch for P(ever x)" in said(alone)
    assert alone.facts["refused"] == "nothing to watch"
    sure = shown_of("P(ever once)")
    assert "Every future has P(ever once), so there is nothing to tell it from." in said(sure)
    inside = shown_of("P(ever blow)", "P(ever blow by 2021)")
    assert "No future has P(ever blow by 2021) without P(ever blow)" in said(inside)
    never = shown_of("P(ever never)", body=WEATHER.replace("signals:", "  never: {starts: no}\nsignals:"))
    assert "No future has P(ever never)" in said(never)
    assert never.facts["refused"] == "never the outcome"
    rare = shown_of("P(ever blow)", futures=32)
    assert "a reading needs 30 of both" in said(rare)
    assert (rare.rows, rare.facts["refused"]) == ((), "too few futures")


def test_a_notebook_draws_it() -> None:
    futures = futures_of(estimate_of(WEATHER, years=3), readings=4, futures=256)
    made = estimative.display(watch(futures, probability("P(ever blow)")), futures)
    assert "<svg" in made._repr_html_()
    assert "Signs of P(ever blow)" in str(made)


def test_what_tells_little_is_drawn_large() -> None:
    """The picture of signs that tell a few per cent does not end at all there is to know."""
    tops = []
    for body in (
        WEATHER,
        "conditions:\n  x: {becomes: {r: 50%}}\n  y: {becomes: {r: {likelihood: 50%, when: x}, s: 40%}}\n",
    ):
        outcome = "P(ever blow)" if body is WEATHER else "P(ever y)"
        shown = shown_of(outcome, body=body)
        (figure,) = (block.figure for block in shown.blocks if isinstance(block, Picture))
        assert isinstance(figure, Lines)
        assert max(max(line.values) for line in figure.lines) <= figure.top
        tops.append(figure.top)
    assert tops[0] == 1
    assert tops[1] < 0.5
