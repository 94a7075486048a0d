"""The commands `paths`, `watch`, `compare` and `update`: on five lines, on the flagship, and with what is wrong."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from support.docs import printed

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SIZE = "--readings 32 --futures 2048 --lens readers"
FLAGSHIP = "soviet-dprk-1984 --readings 4 --futures 256 --lens readers"
FIVE = """\
{estimate: ice, title: Ice in the harbour, as-of: 2026, horizon: 3 years, step: quarter, standard: ordinary,
 conditions: {
   gale: {says: It blows, becomes: {wind: {likelihood: likely, within: 2 years}}},
   ice: {says: The harbour freezes, becomes: {cold: {likelihood: unlikely, within: 1 year, when: gale}}}},
 questions: {frozen: {event: ever ice}}}
"""
RECORD = """\
record: winter
of: ice
as-of: 2027
facts: {blew: {what: gale, by: 2026, grade: A1}}
"""


@pytest.fixture(name="five")
def five_lines(tmp_path: Path) -> Path:
    path = tmp_path / "ice.yaml"
    path.write_text(FIVE, "utf-8")
    (tmp_path / "winter.yaml").write_text(RECORD, "utf-8")
    return path


def rows(command: str) -> list[dict[str, object]]:
    code, output = printed(f"{command} --format json")
    assert code == 0, output
    found: list[dict[str, object]] = json.loads(output)["rows"]
    return found


def test_watch_on_five_lines(five: Path) -> None:
    code, output = printed(f"estimative watch {five} 'P(ever ice)' {SIZE}")
    assert code == 0
    for words in ("Signs of P(ever ice)", "It blows", "ratio", "missed", "false alarms", "quarters"):
        assert words in output
    code, output = printed(f"estimative watch {five} 'P(ever gale)' {SIZE}")
    assert code == 0
    assert "Signs of P(ever gale), mostly too late to warn\nsign" in output


def test_watch_gives_machines_every_sign_at_every_date(five: Path) -> None:
    code, output = printed(f"estimative watch {five} 'P(ever ice)' {SIZE} --format csv")
    found = list(csv.DictReader(io.StringIO(output)))
    assert code == 0
    assert [(row["part"], row["sign"]) for row in found] == [
        ("whole", ""),
        ("sign", "gale"),
        *[("course", "gale")] * 13,
    ]


def test_update_on_five_lines(five: Path) -> None:
    record = five.with_name("winter.yaml")
    (outcome, report) = rows(f"estimative update {five} --record {record} {SIZE}")
    assert outcome["outcome"] == "P(ever ice)"
    assert isinstance(outcome["before_median"], float)
    assert isinstance(outcome["after_median"], float)
    assert outcome["after_median"] > outcome["before_median"]
    assert (report["report"], report["after_mean"]) == ("blew", pytest.approx(1))
    code, output = printed(f"estimative update {five} --record {record} {SIZE}")
    assert code == 0
    assert "It blows (so by 2026)" in output


def test_compare_on_five_lines(five: Path) -> None:
    later = five.with_name("later.yaml")
    later.write_text(FIVE.replace("unlikely", "likely"), "utf-8")
    code, output = printed(f"estimative compare {five} {later} {SIZE}")
    assert code == 0
    assert "likelihood: unlikely → likely" in output
    found = rows(f"estimative compare {five} {later} {SIZE}")
    alone, together = (row for row in found if row["part"] == "outcome")
    assert (alone["name"], together["change"]) == ("ice.becomes.cold", "all together")
    assert alone["difference_median"] == together["difference_median"]
    code, output = printed(f"estimative compare {five} {five} {SIZE}")
    assert code == 0
    assert "Nothing changed" in output


def test_two_estimates_are_compared_by_what_both_can_be_asked(five: Path) -> None:
    code, output = printed(f"estimative compare {five} {EXAMPLES / 'harvest'} {SIZE}")
    assert code == 0
    assert "The later version cannot be asked: P(ever ice)." in output
    for words in ("removed", "added", "gale", "drought", "Nothing was asked of both versions"):
        assert words in output


def test_the_three_on_the_flagship(tmp_path: Path) -> None:
    code, output = printed(f"estimative watch {FLAGSHIP} 'P(ever arms >= some-requests-met)'")
    assert code == 0
    assert "Signs of P(ever arms >= some-requests-met)" in output
    record = tmp_path / "seen.yaml"
    record.write_text(
        "record: seen\nof: soviet-dprk-1984\nas-of: 1986\n"
        "observations: {mig: {signal: new-generation-arms-seen, not-seen-by: 1985, grade: B2}}\n"
        "facts: {quiet: {what: turmoil, not-by: 1985, grade: A1}}\n",
        "utf-8",
    )
    reports = [
        row for row in rows(f"estimative update {FLAGSHIP} --record {record}") if row["part"] == "report"
    ]
    assert [(row["report"], row["grade"]) for row in reports] == [("mig", "B2"), ("quiet", "A1")]


def test_the_flagship_is_compared_with_a_later_version_of_itself(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "src" / "estimative" / "estimates" / "soviet-dprk-1984"
    later = tmp_path / "later"
    later.mkdir()
    for file in shipped.glob("*.*"):
        text = file.read_text("utf-8")
        if file.name == "claims.yaml":
            text = text.partition("\nclaims:")[0] + "\nclaims: {}\n"
        (later / file.name).write_text(text, "utf-8")
    text = (later / "outcomes.yaml").read_text("utf-8")
    (later / "outcomes.yaml").write_text(
        text.replace("likelihood: likely", "likelihood: unlikely", 1), "utf-8"
    )
    code, output = printed(
        f"estimative compare {FLAGSHIP} {shlex.quote(str(later))} 'P(ever relationship >= improved)'"
    )
    assert code == 0
    assert "likelihood: likely →" in output


WRONG = {
    "what: gael, by: 2026, grade: A1": ("winter.yaml:4:22: error[E0110]", "did you mean `gale`?"),
    "what: gale, by: 2026": ("winter.yaml:4:9: error[E0051]", "add `grade:`"),
    "what: gale, by: 2026, grade: Z1": ("winter.yaml:4:45: error[E0704]", "a letter A-F"),
    "what: gale, by: 2031, grade: A1": ("winter.yaml:4:32: error[E0610]", "a date inside it"),
}


@pytest.mark.parametrize("fact", WRONG)
def test_a_bad_record_is_shown_with_its_place_and_a_caret(five: Path, fact: str) -> None:
    record = five.with_name("winter.yaml")
    record.write_text(RECORD.replace("what: gale, by: 2026, grade: A1", fact), "utf-8")
    code, output = printed(f"estimative update {five} --record {record} {SIZE}")
    place, hint = WRONG[fact]
    assert code == 1
    assert place in output
    assert "^" in output
    assert hint in output
    assert "Traceback" not in output


def test_what_cannot_be_asked_in_view_of_a_record(five: Path) -> None:
    record = five.with_name("winter.yaml")
    code, output = printed(f"estimative update {five} 'P(ever ice | do(gale))' --record {record} {SIZE}")
    assert code == 2
    assert "without do(..)" in output
    code, output = printed(f"estimative update {five}")
    assert code == 2
    assert "--record" in output
    code, output = printed(f"estimative watch {five} 'share of time gale'")
    assert code == 2
    assert "P(EVENT)" in output


def test_paths_on_five_lines(five: Path) -> None:
    code, output = printed(f"estimative paths {five} 'P(ever ice)' {SIZE}")
    assert code == 0
    for words in (
        "P(ever ice)\n",
        "The scenario:\n\n• It blows by ",
        "fresh futures",
        "of all futures, have",
        "100%: ",
    ):
        assert words in output
    code, output = printed(f"estimative paths {five} 'P(ever gale)' {SIZE}")
    assert code == 0
    assert "Nothing can have a part in it but what it speaks of" in " ".join(output.split())


def test_paths_gives_machines_sides_steps_and_boxes(five: Path) -> None:
    code, output = printed(f"estimative paths {five} 'P(ever ice)' {SIZE} --format json")
    assert code == 0
    found = json.loads(output)
    assert found["outcome"] == "P(ever ice)"
    assert found["median"] == pytest.approx(found["base"], abs=0.1)
    assert found["fresh_density"] > found["fresh_base"]
    by_part = {
        part: [row for row in found["rows"] if row["part"] == part] for part in ("side", "sequence", "box")
    }
    assert [row["variable"] for row in by_part["side"]] == ["gale"]
    assert [(row["variable"], row["sequence_share"]) for row in by_part["sequence"]] == [("gale", 1.0)]
    assert (by_part["box"][0]["coverage"], by_part["box"][0]["density"]) == (1.0, found["base"])


def test_paths_without_a_query_lists_what_may_be_asked(five: Path) -> None:
    code, output = printed(f"estimative paths {five}")
    assert code == 2
    assert 'say which outcome: "P(EVENT)"; the estimate asks\n  "P(ever ice)"\n' in output


def test_paths_on_the_flagship_tells_nothing_that_is_so_by_definition() -> None:
    query = "P(ever facilities-granted)"
    code, output = printed(f"estimative paths {FLAGSHIP} '{query}' --format json")
    assert code == 0
    told = {row.get("variable") for row in json.loads(output)["rows"]}
    assert "priorities-turned" in told
    assert not told & {"facilities-granted", "concessions", "concessions-made"}
