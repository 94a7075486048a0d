"""The commands `choices` and `trends`: on the terminal, for machines, and with what is wrong."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from support.docs import printed

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "arms-line"
SIZE = "--readings 128 --futures 64"


def test_choices_says_what_is_favoured_and_what_would_turn_it() -> None:
    code, output = printed(f"estimative choices {EXAMPLE} {SIZE}")
    assert code == 0
    for words in ("some-requests-met", "What one must believe", "What would have to change", "turns"):
        assert words in output


def test_the_same_seed_gives_the_same_answer_and_another_does_not() -> None:
    first, again, other = (
        printed(f"estimative choices {EXAMPLE} {SIZE} --seed {seed} --format csv")[1] for seed in (1, 1, 2)
    )
    assert first == again != other


def test_choices_for_machines() -> None:
    code, output = printed(f"estimative choices {EXAMPLE} {SIZE} --format csv")
    assert code == 0
    rows = [row for row in csv.DictReader(io.StringIO(output)) if row["part"] == "option"]
    assert [row["option"] for row in rows] == ["ban", "some-requests-met", "restored"]
    assert sum(float(row["acceptability"]) for row in rows) == pytest.approx(1)


def test_trends_says_when_thresholds_are_reached() -> None:
    code, output = printed(
        f"estimative trends {EXAMPLE} --readings 128 --reach 'trade >= 1200' --format json"
    )
    assert code == 0
    rows = [row for row in json.loads(output)["rows"] if row["part"] == "threshold"]
    assert [row["threshold"] for row in rows] == ["trade >= 900", "trade >= 1200"]
    assert rows[0]["reached_median"] > rows[1]["reached_median"] > 0
    code, output = printed(f"estimative trends {EXAMPLE} --readings 128")
    assert code == 0
    assert "trade >= 900 reached" in output


def test_a_row_that_cannot_be_read_is_shown_in_its_table(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "line")
    table = tmp_path / "line" / "trade.csv"
    table.write_text(table.read_text().replace("452.3", "4C2.3"))
    code, output = printed(f"estimative trends {tmp_path / 'line'}")
    assert code == 1
    assert "trade.csv:5:6" in output
    assert "`4C2.3` is not a number" in output


@pytest.mark.parametrize("threshold", ["trade is 3", "trad >= 3", "trade >="])
def test_a_threshold_that_cannot_be_asked_is_a_problem(threshold: str) -> None:
    code, output = printed(f"estimative trends {EXAMPLE} --reach '{threshold}'")
    assert code == 1
    assert "error" in output
