"""Every standard has its words, each with a range, a ladder and a way that readers take it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from estimative.words.files import about
from estimative.words.lexicon import lexicon, negated, plain, standards, standards_with
from estimative.words.takes import take, taken_words

YARDSTICKS = Path(__file__).parents[3] / "shared" / "words" / "probability_yardsticks.csv"
NAMES = {"uk": "phia", "us_nic": "icd-203"}

REPORTED = """
could, may, might, could well, may well, might well, might very well, may very well, conceivable, possible,
quite possible, certainly possible, not inconceivable, not impossible, by no means impossible, modest possibility,
a modest possibility, the possibility exists, a substantial chance, increasing chance, highly unlikely,
extremely low, almost inconceivable, minimal, must be judged to be minimal, virtually nonexistent,
no more than a theoretical possibility, very difficult to imagine, extremely difficult, difficult to expect, hard to see,
problematic, highly problematical, at best uncertain, probably, would probably, neither, seems probable,
would appear likely, near certainty, inevitably, no evidence, little evidence, highly uncertain, doubtful,
expected, can be anticipated, seems unlikely, appears unlikely, is unlikely, most likely, most likely prospect,
undoubtedly, surely, apparently, presumably, perhaps, necessarily, seems clear, clearly, reason to believe,
there is reason to believe, every reason to believe, some reason to believe, considerable evidence, clear indications,
more likely than not, quite conceivable, certainly conceivable, plausible to suppose, no realistic prospects,
should be able, must, would, according to some reports, do not appear, could easily, unpredictable, remains to be determined, chance, however modest, real possibility
"""


@pytest.mark.parametrize("standard", standards())
def test_every_word_has_a_take_and_every_wording_one_word(standard: str) -> None:
    words = lexicon(standard)
    wordings = [plain(wording) for entry in words.entries for wording in entry.wordings]
    assert len(wordings) == len(set(wordings))
    for entry in words.entries:
        assert entry.key in taken_words()
        assert words.find(entry.key) == entry
        assert words.named(entry.key) == entry
        assert 0 <= entry.low <= entry.high <= 1
    rungs = [words.rung(entry) for entry in words.ladder]
    assert rungs == list(range(len(words.ladder)))


@pytest.mark.parametrize("standard", standards())
def test_ladders_rise(standard: str) -> None:
    steps = lexicon(standard).ladder
    assert [(s.low, s.high) for s in steps] == sorted((s.low, s.high) for s in steps)
    medians = [step.take.median for step in steps]
    assert medians == sorted(medians)


def test_no_take_is_without_a_standard_and_each_has_its_source() -> None:
    used = {entry.key for standard in standards() for entry in lexicon(standard).entries}
    assert used == set(taken_words())
    for source in about("sources.toml").values():
        assert source["basis"] in {"survey", "published", "rule", "ours"}


@pytest.mark.skipif(not YARDSTICKS.is_file(), reason="the table of yardsticks is not at hand")
def test_official_ranges_are_those_of_the_yardsticks() -> None:
    seen = 0
    with YARDSTICKS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            entry = lexicon(NAMES.get(row["yardstick"], row["yardstick"])).find(row["term"])
            assert entry is not None, row
            assert entry.stated == (float(row["low"]) / 100, float(row["high"]) / 100), row
            seen += 1
    assert seen > 30


def test_kent_is_a_number_and_a_margin() -> None:
    stated = {entry.key: entry.stated for entry in lexicon("kent").entries}
    assert stated["probable"] == (0.63, 0.87)  # 75 give or take 12
    assert stated["almost certainly not"] == (0.02, 0.12)  # 7 give or take 5


def test_ordinary_usage_has_the_phrases_of_a_serious_report() -> None:
    text = " ".join(REPORTED.split()).replace("chance, however modest", "chance; however modest")
    phrases = [phrase.replace(";", ",") for phrase in text.split(", ") if phrase != "neither"]
    assert [phrase for phrase in phrases if lexicon("ordinary").find(phrase) is None] == []


def test_frames_are_left_out_in_ordinary_usage_only() -> None:
    for frame in ("it is likely that", "would seem to be likely", "appears likely to", "A LIKELY"):
        found = lexicon("ordinary").find(frame)
        assert found is not None, frame
        assert found.key == "likely"
    assert lexicon("icd-203").find("seems likely") is None


def test_wordings_and_what_does_not_matter() -> None:
    words = lexicon("icd-203")
    for wording in ("Almost-Certainly", "almost  certainly"):
        found = words.find(wording)
        assert found is not None
        assert found.key == "almost certain"
    assert words.find("") is None
    assert words.find("probable likely") is None


def test_named_takes_keys_only() -> None:
    with pytest.raises(KeyError):
        lexicon("icd-203").named("probably")


def test_nearest_words_are_of_different_entries() -> None:
    near = lexicon("ordinary").nearest("posible", 4)
    assert near[0] == "possible"
    assert len({lexicon("ordinary").by_wording[plain(word)].key for word in near}) == 4


def test_which_standards_have_a_word() -> None:
    assert standards_with("unlikely") == ("icd-203", "phia", "nato", "ipcc", "efsa", "ordinary")
    assert standards_with("virtually certain") == ("ipcc", "ordinary")
    assert standards_with("blue") == ()


@pytest.mark.parametrize(
    ("wording", "standard", "meant"),
    [
        ("not likely", "icd-203", ("unlikely",)),
        ("not probable", "icd-203", ("improbable",)),
        ("is not likely to", "ordinary", ("unlikely",)),
        ("not unlikely", "nato", ("likely",)),
        ("not very unlikely", "ipcc", ("likely", "very likely")),
        ("not almost certain", "icd-203", ("very unlikely", "almost no chance")),
        ("not inconceivable", "ordinary", ()),
        ("unlikely", "ordinary", ()),
        ("not blue", "ordinary", ()),
    ],
)
def test_negated_words_are_asked_about(wording: str, standard: str, meant: tuple[str, ...]) -> None:
    assert negated(wording, standard) == meant


def test_a_word_stands_on_the_rung_nearest_to_its_median() -> None:
    words = lexicon("ordinary")
    expected = {
        "minimal": "almost no chance",
        "remote chance": "highly unlikely",
        "modest possibility": "unlikely",
        "possible": "about even",
        "very good chance": "likely",
        "very likely": "highly likely",
        "inevitable": "almost certain",
    }
    for word, rung in expected.items():
        assert words.ladder[words.rung(words.named(word))].key == rung


def test_a_check_of_words_needs_no_numbers_library() -> None:
    """`estimative check` starts at once: neither NumPy nor SciPy is imported to know the words."""
    code = (
        "import sys; from estimative.words.lexicon import lexicon; lexicon('ordinary').find('unlikely');"
        "assert not {'numpy', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_takes_are_quantile_functions() -> None:
    for word in taken_words():
        quantiles = take(word).quantiles
        assert len(quantiles) == 99
        assert list(quantiles) == sorted(quantiles)
        assert quantiles[0] >= 0.0025 - 1e-12
        assert quantiles[-1] <= 0.9975 + 1e-12
