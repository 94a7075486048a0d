"""Vocabularies: people take words as the survey says, each word alone and all together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from estimative.words.lexicon import lexicon, standards
from estimative.words.meaning import Anything, Counted, Exactly, OneOf, Said, Within
from estimative.words.survey import correlations
from estimative.words.takes import take, taken_words
from estimative.words.vocabulary import Column, Vocabulary, normal_score, shifted
from support.columns import independent, middle

Array = NDArray[np.float64]

PEOPLE = 20_000
BAND = float(np.sqrt(np.log(2 / 1e-9) / (2 * PEOPLE)))
"""A sample's distribution function is off by more once in 1e9 (Dvoretzky, Kiefer, Wolfowitz, Massart)."""

SURVEYED = {take(word).like: word for word in taken_words() if take(word).basis == "survey"}


def readers(column: Column, people: int = PEOPLE) -> Vocabulary:
    return Vocabulary(lexicon("ordinary"), "readers", people, column)


def off_uniform(sample: Array) -> float:
    """Largest distance of a sample's distribution function from the uniform one."""
    return float(stats.kstest(sample, "uniform").statistic)


@pytest.mark.parametrize("word", ["likely", "possible", "almost certainly not"])
def test_every_position_is_uniform(word: str) -> None:
    people = readers(independent(PEOPLE))
    assert off_uniform(people.position(people.lexicon.named(word))) < BAND


def test_a_factor_counted_twice_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twin: common parts that are too large push people to the ends."""
    monkeypatch.setattr(Vocabulary, "_common", lambda self, factor: 2 * normal_score(self.column(factor)))
    people = readers(independent(PEOPLE))
    assert off_uniform(people.position(people.lexicon.named("likely"))) > BAND


def rank_errors(people: Vocabulary) -> Array:
    """Rank correlations of the surveyed words less the survey's, over all pairs."""
    found = {phrase: people.taken(people.lexicon.named(word)) for phrase, word in SURVEYED.items()}
    return np.array(
        [
            stats.spearmanr(found[one], found[other]).statistic - correlations()[one, other]
            for one, other in combinations(found, 2)
        ]
    )


def test_words_go_together_as_in_the_survey() -> None:
    """The factors miss by .020 (root mean square) and .069 at most; a sample adds at most 6.5/sqrt(n)."""
    assert len(SURVEYED) == 19
    errors = rank_errors(readers(independent(PEOPLE)))
    assert np.sqrt((errors**2).mean()) < 0.020 + 0.01
    assert np.abs(errors).max() < 0.069 + 6.5 / np.sqrt(PEOPLE)


def test_words_read_each_on_its_own_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twin: without common factors."""
    monkeypatch.setattr(Vocabulary, "_common", lambda self, _: np.zeros(self.people))
    errors = rank_errors(readers(independent(PEOPLE)))
    assert np.sqrt((errors**2).mean()) > 0.1


def test_most_people_keep_the_ladder_in_order() -> None:
    """The survey's people all do (they were chosen so); of the factor model's nine in ten, or nearly."""
    people = readers(independent(PEOPLE))
    ladder = np.array([people.taken(step) for step in people.lexicon.ladder])
    assert (np.diff(ladder, axis=0) >= 0).all(axis=0).mean() > 0.87


def test_a_person_takes_a_word_alike_in_every_standard() -> None:
    column = independent(50)
    taken = [
        Vocabulary(lexicon(standard), "readers", 50, column).taken(lexicon(standard).named("likely"))
        for standard in standards()
        if standard != "kent"
    ]
    assert len(taken) == 6
    for other in taken[1:]:
        assert np.array_equal(taken[0], other)


def test_no_reader_takes_a_word_to_mean_never_or_always() -> None:
    people = readers(independent(500), 500)
    for word in taken_words():
        if word in {entry.key for entry in people.lexicon.entries}:
            taken = people.taken(people.lexicon.named(word))
            assert taken.min() >= 0.0025 - 1e-9
            assert taken.max() <= 0.9975 + 1e-9


@pytest.mark.parametrize("standard", standards())
def test_the_author_stays_inside_the_range(standard: str) -> None:
    words = lexicon(standard)
    people = Vocabulary(words, "author", 500, independent(500))
    for entry in words.entries:
        taken = people.taken(entry)
        assert taken.min() >= entry.low - 1e-12
        assert taken.max() <= entry.high + 1e-12
        assert np.ptp(taken) >= 0.95 * (entry.high - entry.low)


def test_both_lenses_put_a_person_at_the_same_place() -> None:
    column = independent(300)
    words = lexicon("icd-203")
    entry = words.named("unlikely")
    author = Vocabulary(words, "author", 300, column).taken(entry)
    read = Vocabulary(words, "readers", 300, column).taken(entry)
    order = author.argsort()
    assert (np.diff(read[order]) >= 0).all()


# -- what is not a word ------------------------------------------------------------------------------------


def test_numbers_are_themselves_and_ranges_uniform() -> None:
    people = readers(independent(PEOPLE))
    assert set(people.probability(Exactly(0.7), "r").tolist()) == {0.7}
    within = people.probability(Within(0.2, 0.4), "r")
    assert off_uniform((within - 0.2) / 0.2) < BAND
    assert off_uniform(people.probability(Anything(), "r")) < BAND


def test_a_tally_is_jeffreys_posterior() -> None:
    """4 of 28: Beta(4.5, 24.5), of mean 4.5/29."""
    people = readers(independent(PEOPLE))
    found = people.probability(Counted(4, 28), "r")
    assert off_uniform(stats.beta(4.5, 24.5).cdf(found)) < BAND
    assert found.mean() == pytest.approx(4.5 / 29, abs=0.004)
    assert off_uniform(stats.beta(5, 25).cdf(found)) > BAND  # twin: the prior of Bayes
    nothing = people.probability(Counted(0, 3), "r")
    assert 0 <= nothing.min() < nothing.max() < 1


def test_a_reading_takes_one_of_several_wordings() -> None:
    people = readers(independent(PEOPLE))
    found = people.probability(OneOf((Exactly(0.1), Exactly(0.2), Exactly(0.6))), "r")
    for value in (0.1, 0.2, 0.6):
        count = int((found == value).sum())
        assert stats.binomtest(count, PEOPLE, 1 / 3).pvalue > 1e-9
    words = people.probability(OneOf((Said("could"), Said("may well"))), "r")
    either = [people.taken(people.lexicon.named(word)) for word in ("could", "may well")]
    assert np.all((words == either[0]) | (words == either[1]))


def test_owners_draw_their_own_and_share_their_words() -> None:
    people = readers(independent(100), 100)
    assert np.array_equal(people.probability(Said("likely"), "a"), people.probability(Said("likely"), "b"))
    assert not np.array_equal(people.probability(Anything(), "a"), people.probability(Anything(), "b"))


def test_confidence_widens_in_log_odds() -> None:
    people = readers(independent(PEOPLE))
    for confidence, spread in (("moderate", 0.3), ("low", 0.6)):
        found = people.probability(Exactly(0.2), "r", confidence)  # type: ignore[arg-type]  # from the table above
        score = (np.log(found / (1 - found)) - np.log(0.25)) / spread
        assert off_uniform(stats.norm.cdf(score)) < BAND
    assert set(people.probability(Exactly(0.2), "r", "high").tolist()) == {0.2}
    assert set(people.probability(Exactly(1.0), "r", "low").tolist()) == {1.0}


def test_the_documented_spread_of_an_even_chance() -> None:
    """90 % of readings: 27 to 73 with low confidence, 38 to 62 with moderate."""
    for confidence, low, high in (("low", 0.27, 0.73), ("moderate", 0.38, 0.62)):
        ends = [
            readers(middle(r_confidence=place), 1).probability(Exactly(0.5), "r", confidence)[0]  # type: ignore[arg-type]  # likewise
            for place in (0.05, 0.95)
        ]
        assert ends == pytest.approx([low, high], abs=0.005)


def test_shifts_by_hand() -> None:
    """Odds 1/4 times 3 is 3/4: 3/7."""
    assert shifted(np.array([0.2]), np.log(np.array([3.0])))[0] == pytest.approx(3 / 7)
