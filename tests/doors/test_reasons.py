"""The commands `hinges`, `flips`, `why` and `what-if`: on the terminal, for machines, and with what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.docs import printed

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "two-roads"
SIZE = "--readings 64 --futures 1024"
BARE = """\
estimate: bare
title: Rain
as-of: 2020-01-01
horizon: 1 year
step: quarter
standard: icd-203
conditions: {rain: {becomes: {sets-in: {likelihood: likely}}}}
"""

WORLDS = """\
estimate: worlds
title: Rain and mud
as-of: 2020-01-01
horizon: 1 year
step: quarter
standard: icd-203
actors: {sky: {interests: {wet: be wet, dry: be dry}}}
conditions:
  rain: {part-of: wet, becomes: {sets-in: {likelihood: likely}}}
  mud: {part-of: dry, becomes: {forms: {likelihood: likely, when: rain}}}
claims:
  made: {test: P(ever mud | do(rain)) > 52%}
  ranked: {test: "wet matters most of (wet, dry) to P(ever mud) by potential"}
"""


def rows(command: str) -> list[dict[str, object]]:
    code, output = printed(f"{command} {SIZE} --lens readers --format json")
    assert code == 0, output
    found: list[dict[str, object]] = json.loads(output)["rows"]
    return found


def test_hinges_of_the_estimates_question_name_the_word() -> None:
    code, output = printed(f"estimative hinges {EXAMPLE} {SIZE}")
    assert code == 0
    for words in ("“likely”", "how high a reader takes “likely”", "r3159 p.31", "Under the lens author"):
        assert words in output
    assert {row.get("name") for row in rows(f"estimative hinges {EXAMPLE}")} >= {"likely", "likely-words"}


def test_several_questions_are_answered_in_brief_and_a_named_one_in_full(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    ranges = ", ".join(f"c{n}: {{starts: {10 * n}-{10 * n + 50}%}}" for n in range(5))
    event = " and ".join(f"ever c{n}" for n in range(5))
    mode = "m: {ask: mode of s at 2020-12}"
    asks = f"questions: {{all: {{event: {event}}}, one: {{event: ever c1, says: Will it?}}, {mode}}}"
    scale = "scales: {s: {levels: [low, high], starts: low, rises: {r: {likelihood: likely}}}}"
    path.write_text(BARE.replace("conditions: {", f"{asks}\n{scale}\nconditions: {{{ranges}, "), "utf-8")
    _, brief = printed(f"estimative hinges {path} {SIZE}")
    assert brief.count("in: c") == 3 + 1
    assert "At most 3 bars for each outcome" in brief
    assert "Not told, since it is no probability: mode of s at 2020-12." in " ".join(brief.split())
    assert "Will it?" in brief
    assert "lens author" not in brief
    _, full = printed(f"estimative hinges {path} 'P({event})' {SIZE}")
    assert full.count("in: c") == 5
    assert "Under the lens author" in full
    _, more = printed(f"estimative hinges {path} {SIZE} --top 4")
    assert more.count("in: c") == 4 + 1


def test_flips_are_of_all_claims_or_of_those_named() -> None:
    found = rows(f"estimative flips {EXAMPLE} facilities-unlikely")
    assert {row["claim"] for row in found} == {"facilities-unlikely"}
    code, output = printed(f"estimative flips {EXAMPLE} no-such-claim")
    assert code == 2
    assert "facilities-unlikely" in output


def test_flips_look_at_all_claims_those_about_other_worlds_too(tmp_path: Path) -> None:
    file = tmp_path / "worlds.yaml"
    file.write_text(WORLDS)
    code, output = printed(f"estimative flips {file} --readings 64 --lens author")
    assert code == 0
    assert "1 claim keeps its verdict whichever single word is moved: ranked." in output
    assert "1,024 futures" in output, "where none are asked for"
    assert "likely → unlikely" not in output
    assert "likely → roughly even chance" in output
    assert "2,048 futures" in printed(f"estimative flips {file} ranked --readings 16 --futures 2048")[1]


def test_why_says_what_is_lost_without_each_rule() -> None:
    found = {row["rule"]: row for row in rows(f"estimative why {EXAMPLE}") if row["part"] == "rule"}
    lost = found["arms-given.becomes.when-asked"]["lost_without"]
    assert isinstance(lost, float)
    assert 0.5 < lost < 1


def test_why_of_several_questions_is_brief_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "rain.yaml"
    asked = "questions: {wet: {event: ever rain}, soon: {event: ever rain by 2020-06}, long: {ask: share of time rain}}"
    path.write_text(f"{BARE}{asked}\n")
    code, output = printed(f"estimative why {path} {SIZE}")
    assert code == 0
    assert output.count("rain (sets in), “likely”") == 2
    assert "In what order" not in output
    assert "Not told, since it is no event: share of time rain." in output
    for command in (f"{path} 'P(ever rain)'", f"{path} --top 1"):
        code, output = printed(f"estimative why {command} {SIZE}")
        assert code == 0
        assert "In what order" in output
    code, output = printed(f"estimative why {path} 'share of time rain' {SIZE}")
    assert code == 2
    assert "write P(EVENT)" in output


def test_what_is_made_so_differs_from_what_is_known() -> None:
    base, made, known, contrast = rows(
        f"estimative what-if {EXAMPLE} --do 'arms-sought at 1986' --given 'arms-sought at 1986'"
    )
    assert (base["kind"], made["kind"], known["kind"]) == ("as written", "made so", "known")
    assert isinstance(made["difference_median"], float)
    assert isinstance(known["difference_median"], float)
    assert 0 < made["difference_median"] < known["difference_median"]
    assert (contrast["kind"], contrast["against"]) == ("made so against known", "arms-sought at 1986")
    assert isinstance(contrast["difference_high"], float)
    assert contrast["difference_high"] < 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--do 'arms-saught'", "arms-sought"),
        ("--given 'arms-sought'", "ever arms-sought"),
        ("--do 'arms-sought at'", "expected"),
        ("--given 'ever arms-sought by 2050'", "2050"),
    ],
)
def test_a_supposition_that_cannot_be_made_is_a_problem(arguments: str, said: str) -> None:
    code, output = printed(f"estimative what-if {EXAMPLE} {arguments}")
    assert code == 1
    assert said in output
    assert output.count("error[") == 1, "it is said once, not once for each outcome"


def test_without_a_supposition_or_an_outcome_the_usage_is_told(tmp_path: Path) -> None:
    assert printed(f"estimative what-if {EXAMPLE}")[0] == 2
    bare = tmp_path / "bare.yaml"
    bare.write_text(BARE)
    for command in ("hinges", "why", "what-if --do rain"):
        name, *options = command.split()
        code, output = printed(f"estimative {name} {bare} {' '.join(options)}")
        assert code == 2, output
        assert "name an outcome" in output
    assert printed(f"estimative why {bare} 'P(ever rain)' {SIZE}")[0] == 0


def test_a_share_of_time_is_no_likelihood(tmp_path: Path) -> None:
    """It rains an eighth of the time or so, which is not unlikely; the word is given to nobody."""
    path = tmp_path / "rain.yaml"
    path.write_text(BARE.replace("likelihood: likely", "likelihood: 20-40%"), "utf-8")
    for command in ("ask", "hinges"):
        asked = f"estimative {command} {path} 'share of time rain' {SIZE} --lens author"
        code, output = printed(asked)
        assert code == 0
        assert "unlikely" not in output
        assert ("of the time" if command == "hinges" else "share of time") in output
        row = next(row for row in json.loads(printed(f"{asked} --format json")[1])["rows"] if "word" in row)
        assert (row["word"], row["range_low"], row["range_high"]) == (None, None, None)
        assert 0.05 < row["median"] < 0.3
