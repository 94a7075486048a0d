"""Reading: one file or a folder, in order, all problems at once, each mistake once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from estimative.estimate.nodes import Estimate, Rule
from estimative.estimate.values import TheRest, Unknown, Word
from estimative.language.read import read_estimate, read_texts
from estimative.places.source import Source

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """estimate: tiny
title: A tiny estimate
as-of: 2020-01-01
horizon: 5 years
step: quarter
standard: icd-203
"""


def read(*texts: str) -> Estimate:
    """The estimate in some texts, without problems."""
    estimate, found = read_texts([Source(f"{number}.yaml", text) for number, text in enumerate(texts)])
    assert not found, found
    assert estimate is not None
    return estimate


def problems(*texts: str) -> list[tuple[str, str]]:
    """Code and place of each problem in some texts."""
    found = read_texts([Source(f"{number}.yaml", text) for number, text in enumerate(texts)])[1]
    return [(problem.code, str(problem.span.place)) for problem in found]


def test_a_header_is_an_estimate() -> None:
    estimate = read(HEADER)
    assert (estimate.name, estimate.step, estimate.standard) == ("tiny", "quarter", "icd-203")
    assert estimate.as_of.first == date(2020, 1, 1)


def test_a_rule_may_be_a_likelihood_alone() -> None:
    estimate = read(HEADER + "conditions:\n  x: {becomes: {short: likely, long: {likelihood: likely}}}\n")
    short, long = estimate.conditions[0].becomes
    assert short == Rule("short", Word("likely"))
    assert (long.likelihood, long.window) == (short.likelihood, short.window)


def test_rankings_follow_the_order_of_interests_unless_another_is_given() -> None:
    estimate = read(
        HEADER + "actors:\n  a: {interests: {x: X, y: Y, z: Z}}\n"
        "  b: {interests: {x: X, y: Y, z: Z}, ranking: [z, [x, y]]}\n"
    )
    assert [actor.ranking for actor in estimate.actors] == [(("x",), ("y",), ("z",)), (("z",), ("x", "y"))]


def test_effects_are_a_mapping_or_a_list_of_mappings() -> None:
    actors = "actors:\n  a: {interests: {x: X, y: Y}}\n"
    choice = "choices:\n  c:\n    actor: a\n    options: [n, o]\n    starts: n\n    reconsidered: likely\n    weighs:\n"
    one = read(HEADER + actors + choice + "      o: {x: '+', y: −}\n").choices[0]
    several = read(HEADER + actors + choice + "      o:\n        - {x: '+'}\n        - {y: '-'}\n").choices[0]
    assert one == several
    assert [(e.interest.name, e.sign) for e in one.options[1].effects] == [("x", "+"), ("y", "-")]


def test_a_lottery_has_levels_or_cases() -> None:
    text = HEADER + "scales:\n  s:\n    levels: [open, a, b]\n    starts: open\n    settles:\n"
    plain = read(text + "      levels: {a: likely, b: the rest}\n").scales[0].settles
    cases = read(text + "      cases:\n        only: {levels: {a: likely, b: the rest}}\n").scales[0].settles
    assert plain is not None
    assert cases is not None
    assert plain.cases[0].levels == cases.cases[0].levels
    assert plain.cases[0].levels[1][1] == TheRest()


def test_a_question_is_an_event_or_any_query() -> None:
    estimate = read(
        HEADER + "conditions: {x: {starts: yes, ends: {it-stops: likely}}}\n"
        "questions:\n  a: {event: ever x by 2022}\n  b: {ask: P(ever x by 2022)}\n"
    )
    assert estimate.questions[0].query == estimate.questions[1].query


def test_a_condition_starts_as_a_likelihood() -> None:
    estimate = read(
        HEADER
        + "conditions: {x: {starts: unknown}, y: {starts: yes}, z: {starts: no, becomes: {r: likely}}}\n"
    )
    assert [condition.starts for condition in estimate.conditions] == [Unknown(), True, False]


# -- several files ----------------------------------------------------------------------------------------


def test_a_folder_is_read_as_one_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("conditions: {x: {becomes: {r: likely}}}\n", encoding="utf-8")
    (tmp_path / "a.yml").write_text(
        "conditions: {y: {becomes: {r: {likelihood: likely, when: x}}}}\n", encoding="utf-8"
    )
    (tmp_path / "estimate.yaml").write_text(HEADER, encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Notes", encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.yaml").write_text("nonsense", encoding="utf-8")
    estimate, found = read_estimate(tmp_path)
    assert not found
    assert estimate is not None
    assert [condition.name for condition in estimate.conditions] == ["y", "x"]


def test_sections_of_several_files_are_joined() -> None:
    assert read(
        HEADER + "sources: {a: {title: A}}\nclaims: {c: {says: C, cites: [a p.1, b p.2]}}\n",
        "sources: {b: {title: B}}\n",
    )


def test_an_id_in_two_files_is_declared_twice() -> None:
    one = "conditions: {x: {starts: yes}}\n"
    assert problems(HEADER + one, one) == [("E0106", "1.yaml:1:14")]


def test_other_sections_have_names_of_their_own() -> None:
    read(
        HEADER + "sources: {x: {title: X}}\nactors: {x: {interests: {x: X}}}\n"
        "conditions: {x: {starts: yes, cites: x p.1}}\nclaims: {x: {says: X}}\nquestions: {x: {event: ever x}}\n"
    )


def test_a_broken_file_stops_the_others_from_being_checked() -> None:
    assert problems(
        HEADER + "conditions: {x: {starts: yes}}\n", "claims: {c: {test: P(ever y) > 1%}}\nx: [\n"
    ) == [("E0026", "1.yaml:2:4")]


# -- problems ---------------------------------------------------------------------------------------------


def test_all_problems_are_listed_in_the_order_of_the_text() -> None:
    text = HEADER.replace("2020-01-01", "2020-02-30") + (
        "conditions:\n"
        "  X: {starts: yes}\n"
        "  y: {becomes: {r: {likelihood: 0.7, when: z, within: never}}}\n"
        "claims:\n"
        "  c: {test: P(y) is liekly, cites: q p.1}\n"
    )
    assert problems(text) == [
        ("E0216", "0.yaml:3:8"),
        ("E0101", "0.yaml:8:3"),
        ("E0204", "0.yaml:9:33"),
        ("E0110", "0.yaml:9:44"),
        ("E0217", "0.yaml:9:55"),
        ("E0614", "0.yaml:11:15"),
        ("E0201", "0.yaml:11:21"),
        ("E0121", "0.yaml:11:36"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "conditions:\n  x: {becomes: {r: {likelihood: 0.7}}}\n  y: {is: x}\n",
        "conditions:\n  x:\n  y: {is: x}\n",
        "conditions:\n  x: [a]\n  y: {is: x}\n",
        "conditions:\n  x: {is: a and}\n  y: {is: x}\n",
        "scales:\n  s: {levels: low, starts: low}\nconditions:\n  y: {is: s is high}\n",
        "scales:\n  s: {levels: [low, high]}\nconditions:\n  y: {is: s is high}\n",
        "trends:\n  t: {data: ../t.csv}\nconditions:\n  y: {is: t >= 3}\n",
        "questions:\n  q: {event: ever}\n",
        "signals:\n  s: {of: x y, if-so: likely, if-not: likely}\nconditions:\n  x: {starts: yes}\n",
    ],
)
def test_what_refers_to_a_broken_record_is_not_a_second_problem(broken: str) -> None:
    count = 3 if broken.startswith("signals") else 1  # the short forms under a signal are two more mistakes
    assert len(problems(HEADER + broken)) == count


def test_warnings_do_not_stop_an_estimate() -> None:
    estimate, found = read_texts([Source("w.yaml", HEADER + "sources: {a: {title: A}}\n")])
    assert estimate is not None
    assert [problem.severity for problem in found] == ["warning"]


def hints(text: str) -> list[str]:
    """What to write instead, for each problem in a text."""
    return [problem.hint for problem in read_texts([Source("0.yaml", HEADER + text)])[1]]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        (
            "conditions:\n  x: {becomes: {likelihood: unlikely, within: 6 months}}\n",
            "becomes: {some-name: {likelihood: unlikely, within: 6 months}}",
        ),
        (
            "conditions:\n  x:\n    ends:\n      over: likely\n      when: x\n      between: [2021, 2022]\n",
            "ends: {over: {likelihood: likely, when: x, between: [2021, 2022]}}",
        ),
        (
            "scales:\n  x: {levels: [a, b], starts: a, rises: {good: {likelihood: likely}, likelihood: likely}}\n",
            "rises: {some-name: {likelihood: likely}}",
        ),
        (
            "scales:\n  x: {levels: [a, b], starts: a, settles: {cases: {levels: {b: likely}}}}\n",
            "cases: {some-name: {levels: {b: likely}}}",
        ),
        (
            "conditions:\n  says: It's dry, and hot\n  becomes: {heat: likely}\n",
            "conditions: {some-name: {says: 'It''s dry, and hot', becomes: {heat: likely}}}",
        ),
    ],
)
def test_a_forgotten_name_is_one_problem_that_shows_where_it_goes(text: str, better: str) -> None:
    assert hints(text) == [f"write `{better}`"]


def test_a_rule_is_not_named_like_a_key_of_rules_but_a_record_may_be() -> None:
    rule = HEADER + "conditions:\n  x: {becomes: {note: {likelihood: likely}}}\n"
    assert problems(rule) == [("E0063", "0.yaml:8:17")]
    assert read(HEADER + "conditions:\n  note: {says: A note, starts: yes}\n").conditions[0].name == "note"
