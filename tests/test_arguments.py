"""What Python asks with: the analyst's own forms are taken, and all else is refused with what to write."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import estimative
from estimative import Size, pipeline, sizes
from estimative.engine import dice
from estimative.places.problem import EstimateHasErrors
from estimative.questions.ask import Answer
from support.docs import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Estimate
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures

EXAMPLES = ROOT / "docs" / "examples"
SMALL = Size(readings=64, futures=1024)
RIOTS = "P(ever riots)"
SHARE, MODE = "share of time riots", "mode of arms-line at 1990"
RECORD = """\
record: first-year
of: harvest
as-of: 2026-12-31
observations: {dear-grain: {signal: prices, seen: 2026-08, grade: B2}}
"""


OF_FUTURES = [
    name
    for name, found in inspect.getmembers(pipeline, inspect.isfunction)
    if next(iter(inspect.signature(found).parameters), "") == "futures"
]
"""The questions that are asked of futures."""


@pytest.fixture(name="estimate", scope="module")
def harvest() -> Estimate:
    return estimative.check(EXAMPLES / "harvest").sound()


@pytest.fixture(name="futures", scope="module")
def harvest_futures(estimate: Estimate) -> Futures:
    return estimative.prepare(estimate, size=SMALL)


def band(futures: Futures, query: str) -> Band | None:
    (answer,) = estimative.ask(futures, [query])
    assert isinstance(answer, Answer)
    return answer.band


# -- estimates, lenses and sizes ---------------------------------------------------------------------------


def test_an_estimate_is_read_by_a_path_as_text_and_by_the_name_of_a_shipped_one(estimate: Estimate) -> None:
    assert estimative.check(str(EXAMPLES / "harvest")).sound() == estimate
    assert estimative.check("soviet-dprk-1984").sound().name == "soviet-dprk-1984"
    (problem,) = estimative.check("no-such-estimate").problems
    assert problem.code == "E0001"
    with pytest.raises(TypeError, match="by its path, or as one that is shipped"):
        estimative.check(None)  # type: ignore[arg-type] # on purpose


def test_what_was_checked_is_prepared_as_its_estimate_is(futures: Futures, tmp_path: Path) -> None:
    checked = estimative.check(EXAMPLES / "harvest")
    assert band(estimative.prepare(checked, size=SMALL), RIOTS) == band(futures, RIOTS)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("estimate: wrong\n", "utf-8")
    with pytest.raises(EstimateHasErrors):
        estimative.prepare(estimative.check(wrong))
    with pytest.raises(TypeError, match=r"check\(path\)"):
        estimative.prepare(wrong)  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize("lens", ["xyz", "both", None, ""])
def test_what_is_no_lens_is_refused(lens: Any, estimate: Estimate) -> None:
    with pytest.raises(ValueError, match="'readers' or 'author'"):
        estimative.prepare(estimate, lens, SMALL)


def test_a_size_stands_in_its_own_place(estimate: Estimate) -> None:
    with pytest.raises(TypeError, match=r"prepare\(estimate, 'readers', size\)"):
        estimative.prepare(estimate, SMALL)  # type: ignore[arg-type] # on purpose
    with pytest.raises(TypeError, match="not a tuple"):
        estimative.prepare(estimate, "readers", (64, 256))  # type: ignore[arg-type] # on purpose


def size(name: str, value: Any) -> Size:
    return Size(**{name: value})


@pytest.mark.parametrize("name", ["readings", "futures", "threads", "seed"])
def test_a_size_is_counted_in_whole_numbers(name: str) -> None:
    for wrong in (-1, -5, *([] if name == "seed" else [0])):
        with pytest.raises(ValueError, match=f"`{name}` is {wrong}: it must be at least"):
            size(name, wrong)
    for other in ("x", 1.5, 64.0, True):
        with pytest.raises(TypeError, match=f"`{name}` is a whole number, not"):
            size(name, other)
    size(name, np.int64(64))


def test_a_size_has_dice() -> None:
    assert sizes.MOST_FUTURES == 64 * dice.MOST_BLOCKS
    assert sizes.MOST_READINGS < dice.MOST_READINGS
    for name, most in (("readings", sizes.MOST_READINGS), ("futures", sizes.MOST_FUTURES)):
        size(name, most)
        with pytest.raises(ValueError, match=f"at most {most:,}"):
            size(name, most + 1)
    with pytest.raises(TypeError, match="address"):
        Size(on=8786)  # type: ignore[arg-type] # on purpose
    with pytest.raises(TypeError, match="whole number, not None"):
        Size(seed=None)  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize("name", OF_FUTURES)
def test_futures_are_asked_and_nothing_else(name: str, estimate: Estimate) -> None:
    question = getattr(estimative, name)
    rest = [None] * (len(inspect.signature(question).parameters) - 1)
    for wrong, kind in (
        (estimate, "an Estimate"),
        (estimative.check("no-such"), "a Checked"),
        (None, "None"),
    ):
        refused = rf"futures are wanted, such as prepare\(estimate\) gives, not {kind}$"
        with pytest.raises(TypeError, match=refused):
            question(wrong, *rest)
        with pytest.raises(TypeError, match=refused):
            question(**dict(zip(inspect.signature(question).parameters, [wrong, *rest], strict=True)))
    with pytest.raises(TypeError, match="missing"):
        question()


def test_answers_are_displayed_with_their_futures(estimate: Estimate, futures: Futures) -> None:
    with pytest.raises(TypeError, match="futures are wanted"):
        estimative.display(estimative.forecast(futures), estimate)  # type: ignore[arg-type] # on purpose


ROK = "P(ever rok-superior)"
SEVERAL = [ROK, "share of time rok-superior", "share of time rok-superior | ever rok-superior"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("run", ()),
        ("claims", ()),
        ("ask", (SEVERAL,)),
        ("hinges", (SEVERAL,)),
        ("paths", (ROK,)),
        ("watch", (ROK,)),
    ],
)
def test_progress_goes_forwards_only(name: str, asked: tuple[Any, ...]) -> None:
    done: list[float] = []
    checked = estimative.check("soviet-dprk-1984")
    futures = estimative.prepare(checked, "readers", Size(8, 512), progress=done.append, signals=True)
    getattr(estimative, name)(futures, *asked)
    assert len(done) > 1
    assert done == sorted(done)
    assert 0 <= done[0] <= done[-1] <= 1


# -- queries -----------------------------------------------------------------------------------------------


def test_what_is_asked_may_be_text(futures: Futures) -> None:
    query, _ = estimative.query(futures.estimate, RIOTS)
    assert query is not None
    assert [one.text for one in estimative.ask(futures, [RIOTS, query])] == [RIOTS] * 2
    assert estimative.paths(futures, RIOTS).answer.text == RIOTS
    (why,) = estimative.why(futures, [RIOTS])
    assert why.answer.text == RIOTS
    (what_if,) = estimative.what_if(futures, [RIOTS], ["do(drought)"])
    assert [shift.supposition.text for shift in what_if.shifts] == ["do(drought)"]
    supposed, _ = estimative.supposition(futures.estimate, RIOTS, "do(drought)")
    assert supposed == what_if.shifts[0].supposition
    assert getattr(estimative.bounds(futures, RIOTS), "low", 0.0) > 0


def test_text_that_cannot_be_asked_is_a_problem_with_its_place(futures: Futures) -> None:
    with pytest.raises(EstimateHasErrors) as raised:
        estimative.ask(futures, ["P(ever roits)", RIOTS, "riots"])
    assert [problem.code for problem in raised.value.problems] == ["E0110", "E0601"]
    says = "there is no condition, scale, choice or trend `roits` (did you mean `riots`?)"
    assert str(raised.value) == f"query:1:8: {says}; `problems` has 1 more"
    with pytest.raises(EstimateHasErrors, match="supposed:1:1"):
        estimative.what_if(futures, [RIOTS], ["do(drouht)"])


def test_an_estimate_that_cannot_run_is_raised_by_its_first_error(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text((EXAMPLES / "harvest" / "estimate.yaml").read_text("utf-8") + "colour: red\n", "utf-8")
    checked = estimative.check(path)
    with pytest.raises(EstimateHasErrors, match=r"^.*wrong\.yaml:\d+:1: .*`colour`[^;]*$"):
        checked.sound()


def test_a_course_is_named(futures: Futures) -> None:
    found = estimative.forecast(futures)
    assert found.course("riots").name == "riots"
    with pytest.raises(LookupError, match=r"no course of `roits`; did you mean `riots`\?"):
        found.course("roits")
    with pytest.raises(LookupError, match="no course of `zzz`; there are: drought, strike"):
        found.course("zzz")


@pytest.mark.parametrize("wrong", [None, 3, (None, ())])
def test_what_is_no_query_is_refused(wrong: Any, futures: Futures) -> None:
    with pytest.raises(TypeError, match="a query is text"):
        estimative.ask(futures, [wrong])
    with pytest.raises(TypeError, match="what is supposed is text"):
        estimative.what_if(futures, [RIOTS], [wrong])
    with pytest.raises(TypeError, match="a query is text"):
        estimative.query(futures.estimate, wrong)


def test_one_query_is_asked_in_a_list(futures: Futures) -> None:
    query, _ = estimative.query(futures.estimate, RIOTS)
    for alone in (RIOTS, query):
        with pytest.raises(TypeError, match="put brackets around it"):
            estimative.ask(futures, alone)  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize("name", ["paths", "watch"])
def test_an_event_is_wanted(name: str, futures: Futures) -> None:
    watching = estimative.prepare(futures.estimate, size=SMALL, signals=True)
    with pytest.raises(TypeError, match=r"write P\(EVENT\)"):
        getattr(estimative, name)(watching, SHARE)


def test_a_mode_is_no_outcome() -> None:
    arms = estimative.prepare(estimative.check(EXAMPLES / "arms-line"), size=SMALL)
    with pytest.raises(TypeError, match="a mode is none"):
        estimative.hinges(arms, [MODE])
    with pytest.raises(TypeError, match=r"write P\(EVENT\)"):
        estimative.why(arms, [MODE])


# -- claims ------------------------------------------------------------------------------------------------


def test_claims_are_named(futures: Futures) -> None:
    claim = next(one for one in futures.estimate.claims if one.test is not None)
    (named,) = estimative.claims(futures, [claim.name])
    assert named.claim == claim
    assert estimative.flips(futures, [claim.name]).before[0].claim == claim
    with pytest.raises(LookupError, match=f"did you mean `{claim.name}`"):
        estimative.claims(futures, [f"{claim.name}x"])
    with pytest.raises(LookupError, match=f"there are: .*{claim.name}"):
        estimative.repair(futures, "zzz")
    with pytest.raises(TypeError, match="or its name, not None"):
        estimative.flips(futures, [None])  # type: ignore[list-item] # on purpose
    with pytest.raises(TypeError, match="put brackets around it"):
        estimative.flips(futures, claim.name)


def test_a_claim_without_a_test_has_no_repair(futures: Futures) -> None:
    untested = replace(futures.estimate.claims[0], name="untested", test=None)
    others = replace(futures, estimate=replace(futures.estimate, claims=(untested,)))
    for wanted in (untested, "untested"):
        with pytest.raises(LookupError, match="the claim `untested` has no test"):
            estimative.repair(others, wanted)


# -- what futures were prepared for ------------------------------------------------------------------------


def test_signals_and_thresholds_must_be_looked_out_for(futures: Futures, tmp_path: Path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, "utf-8")
    record, _ = estimative.read_record(str(path), futures.estimate)
    assert record is not None
    for asks in (
        lambda: estimative.ask(futures, ["P(ever prices)"]),
        lambda: estimative.update(futures, record, [RIOTS]),
    ):
        with pytest.raises(LookupError, match=r"`prices` is not followed .* in `queries`"):
            asks()
    checked = estimative.check(EXAMPLES / "arms-line")
    arms = estimative.prepare(checked, size=SMALL)
    with pytest.raises(LookupError, match="`trade >= 1200` is not followed"):
        estimative.ask(arms, ["P(ever trade >= 1200)"])
    told = estimative.prepare(checked, size=SMALL, queries=["P(ever trade >= 1200)"])
    assert band(told, "P(ever trade >= 1200)")


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [("rec.yaml", "a str"), (None, "None"), ((None, ()), "a tuple: it comes with its problems")],
)
def test_a_record_is_read_first(wrong: Any, kind: str, futures: Futures) -> None:
    for asks in (
        lambda: estimative.update(futures, wrong, [RIOTS]),
        lambda: estimative.reported(wrong, futures.estimate),
    ):
        with pytest.raises(TypeError, match=f"a record is what `read_record` gives, not {kind}"):
            asks()


def test_what_has_ever_held_must_be_remembered(futures: Futures) -> None:
    with pytest.raises(LookupError, match="`ever riots` is not followed"):
        estimative.ask(futures, ["share of time ever riots"])


def test_nothing_is_watched_without_its_signals(futures: Futures) -> None:
    with pytest.raises(ValueError, match=r"prepare\(.., signals=True\)"):
        estimative.watch(futures, RIOTS)
    watching = estimative.prepare(futures.estimate, size=SMALL, signals=True)
    assert any(sign.signal for sign in estimative.watch(watching, RIOTS).signs)


def test_there_are_no_more_futures_than_are_counted(futures: Futures) -> None:
    assert estimative.future(futures, 63, 1023).future == 1023
    for reading, number in ((64, 0), (-1, 0)):
        with pytest.raises(IndexError, match="there are 64 readings, from 0 to 63"):
            estimative.future(futures, reading, number)
    for number in (1024, -1):
        with pytest.raises(IndexError, match="there are 1,024 futures, from 0 to 1,023"):
            estimative.future(futures, 0, number)
    with pytest.raises(TypeError, match="whole numbers"):
        estimative.future(futures, 1.5, 0)  # type: ignore[arg-type] # on purpose


def test_an_audit_looks_first(futures: Futures) -> None:
    for wrong in ([], [futures]):
        with pytest.raises(TypeError, match=r"audit\(\[look\(futures\)\]\)"):
            estimative.audit(wrong)  # type: ignore[arg-type] # on purpose
    with pytest.raises(TypeError, match="put brackets around it"):
        estimative.audit(estimative.look(futures))  # type: ignore[arg-type] # on purpose
