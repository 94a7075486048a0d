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


@pytest.mark.parametrize(
    ("text", "meant"), [("true", "yes"), ("True", "yes"), ("Yes", "yes"), ("false", "no"), ("off", "no")]
)
def test_a_condition_starts_by_yes_or_no(text: str, meant: str) -> None:
    text = f"conditions: {{a: {{starts: {text}, says: It rains}}}}\n"
    assert [code for code, _ in problems(HEADER + text)] == ["E0053"]
    assert hints(text) == [f"write `{meant}`"]


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


RULES = "conditions:\n  x:\n    becomes:\n      r: "


@pytest.mark.parametrize(
    ("rule", "code", "hint"),
    [
        ("{likelyhood: likely}", "E0050", "did you mean `likelihood`?"),
        ("{likely, within: 1 year}", "E0064", "write `likelihood: likely`"),
        ("{likelihood: likely, when: x, y}", "E0240", "join them by `and` or `or`"),
        ("{likelihood: likely, when: x >= 60,5}", "E0240", "write `60.5`"),
        ("{likelihood: likely, says: dry, and hot}", "E0029", "put the whole value in single quotes"),
        ("{likelihood: likely, cites: brief, p. 1}", "E0231", "write `brief p.1`"),
        ("{likelihood: likely, cites: 'brief 1 “too cold”'}", "E0231", 'write `brief p.1 "too cold"`'),
        ("{likelihood: likely, between: 2021 to 2022-06}", "E0053", "write `between: [2021, 2022-06]`"),
        ("{likelihood: likely, within: 6 weeks}", "E0217", "write `42 days`"),
        ("{likelihood: likely, within: 6}", "E0217", "`6 months`, `6 quarters` or `6 years`"),
        ("{likelihood: likely, by: 30.11.2022}", "E0213", "write `2022-11-30`"),
        ("{likelihood: likely, by: 3/4/2022}", "E0213", "write `2022-03-04` or `2022-04-03`"),
        ("likely/unlikely", "E0201", "write `likely / unlikely`"),
        ("likely within 3 months", "E0201", "`{likelihood: likely, within: 3 months}`"),
        ("70% by 2022", "E0209", "`{likelihood: 70%, by: 2022}`"),
        ("likely (70%)", "E0209", "write `likely / 70%`"),
    ],
)
def test_one_slip_is_one_problem_that_says_what_to_write(rule: str, code: str, hint: str) -> None:
    (found,) = read_texts([Source("0.yaml", HEADER + RULES + rule + "\n")])[1]
    assert found.code == code
    assert hint in found.hint


def test_two_slips_in_one_value_are_two_problems() -> None:
    found = problems(HEADER + RULES + "{likelihood: likely, when: at least 1 of (x, y)}\n")
    assert [code for code, _ in found] == ["E0029", "E0110"]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        (
            "conditions:\n  x:\n    becomes:\n      - likelihood: likely\n        within: 1 year\n",
            "write each with a name instead of a hyphen: `becomes: {some-name: {likelihood: likely, within: 1 year}}`",
        ),
        ("conditions:\n  - x:\n      starts: yes\n", "take the hyphens out: each has a name already"),
        ("conditions:\n  x: yes\n", "write its keys below it, as in `says: ..`"),
        ("standard: nic\n", "it takes `icd-203`, `phia`, `nato`, `ipcc`, `efsa`, `kent` or `ordinary`"),
    ],
)
def test_a_shape_is_explained_by_what_to_write(text: str, better: str) -> None:
    header = HEADER.replace("standard: icd-203\n", "") if "standard" in text else HEADER
    (found,) = read_texts([Source("0.yaml", header + text)])[1]
    assert found.hint == better
    assert "mapping" not in found.says


USES = """\
sources: {brief: {title: A brief}}
actors: {north: {interests: {trade: trade more}}}
conditions:
  x: {part-of: trade, becomes: {r: {likelihood: likely, cites: brief p.1}}}
  y: {of: north, is: x}
claims: {all-in-all: {test: trade does not matter to P(ever y) by potential}}
questions: {soon: {event: ever x}}
"""


@pytest.mark.parametrize("section", ["sources", "actors", "conditions"])
def test_what_is_declared_in_a_section_that_is_misspelt_is_not_missed(section: str) -> None:
    assert not problems(HEADER + USES)
    for other in (section[:-1], "things"):
        assert [code for code, _ in problems(HEADER + USES.replace(f"{section}:", f"{other}:"))] == ["E0050"]
    # Another name that is nowhere is one slip more, where nothing of its kind was lost.
    more = USES.replace("questions:", "question:").replace("ever y", "ever z")
    assert [code for code, _ in problems(HEADER + more)] == ["E0110", "E0050"]


def test_what_is_declared_in_a_section_that_is_a_list_is_not_missed() -> None:
    listed = "conditions:\n- x: {starts: yes}\nquestions: {soon: {event: ever x}}\n"
    assert [code for code, _ in problems(HEADER + listed)] == ["E0053"]


def test_what_follows_from_a_slip_is_not_reported_too() -> None:
    choice = (
        "actors: {a: {interests: {i: an interest}}}\nchoices:\n  c:\n    actor: a\n    starts: n\n"
        "    reconsidered: likely\n    options: OPTIONS\n    weighs: {m: {i: '+'}}\n"
    )
    assert not problems(HEADER + choice.replace("OPTIONS", "[n, m]"))
    assert [code for code, _ in problems(HEADER + choice.replace("OPTIONS", "n, m"))] == ["E0053"]
    assert [code for code, _ in problems(HEADER + choice.replace("OPTIONS", "[]"))] == ["E0108"]
    misspelt = choice.replace("OPTIONS", "[n, long]").replace("{m:", "{lonh:")
    assert [code for code, _ in problems(HEADER + misspelt)] == ["E0114"]
    cited = "sources: {brief: {title: A}}\n" + RULES + "{likelihood: likely, cites: breif p.1}\n"
    assert [code for code, _ in problems(HEADER + cited)] == ["E0121"]
