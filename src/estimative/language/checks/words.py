"""Checks of words: each is a word of the estimate's one standard, and says outright how likely something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.queries import IsWord
from estimative.estimate.values import Alternatives, Word
from estimative.estimate.walk import rules
from estimative.language.nearest import nearest
from estimative.language.problems import expressions as expression_problems
from estimative.language.problems import values as problems
from estimative.words.lexicon import lexicon, negated, standards, standards_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query, Test
    from estimative.estimate.values import Likelihood, TheRest
    from estimative.places.problem import Problem
    from estimative.places.source import Span
    from estimative.words.lexicon import Lexicon


def check_words(estimate: Estimate, standard: Span) -> Iterator[Problem]:
    """Yield the words that the estimate's standard does not have; `standard` is the place of its name."""
    if estimate.standard not in standards():
        if estimate.standard:
            near = nearest(estimate.standard, standards())
            yield problems.unknown_standard(standard, estimate.standard, standards(), near)
        return
    for likelihood in likelihoods(estimate):
        for wording in likelihood.wordings if isinstance(likelihood, Alternatives) else (likelihood,):
            if isinstance(wording, Word):
                yield from check_word(wording.text, wording.span, estimate.standard)
    for claim in estimate.claims:
        if claim.test is not None:
            yield from check_verdict(claim.test, estimate.standard)


def check_verdict(test: Query | Test, standard: str) -> Iterator[Problem]:
    """Yield a problem if a test's word is not a word of the standard."""
    if not isinstance(test, IsWord) or lexicon(standard).find(test.word) is not None:
        return
    if any(character.isdigit() for character in test.word):
        yield expression_problems.number_for_a_word(test.word_span, test.word)
    else:
        yield from check_word(test.word, test.word_span, standard)


def check_word(word: str, span: Span, standard: str) -> Iterator[Problem]:
    """Yield a problem if a wording is not in a standard."""
    words = lexicon(standard)
    if words.find(word) is not None:
        return
    if meant := negated(word, standard):
        yield problems.negated_word(span, word, meant)
    elif others := standards_with(word):
        yield problems.word_of_another_standard(span, word, standard, others, _alike(word, others[0], words))
    else:
        alternatives = [part.strip() for part in word.split("/")]
        known = len(alternatives) > 1 and all(words.find(part) for part in alternatives)
        near = words.nearest(word)
        yield problems.unknown_word(span, word, standard, near, alternatives if known else ())


def _alike(word: str, other: str, words: Lexicon) -> list[str]:
    """Words of a standard whose range holds what readers take another standard's word to mean."""
    entry = lexicon(other).find(word)
    if entry is None:
        return []
    median = entry.take.median
    return [one.key for one in words.ladder if one.low <= median <= one.high]


def likelihoods(estimate: Estimate) -> Iterator[Likelihood | TheRest]:
    """Yield every likelihood of an estimate."""
    for _, rule in rules(estimate):
        yield rule.likelihood
    for condition in estimate.conditions:
        if not isinstance(condition.starts, bool):
            yield condition.starts
    for scale in estimate.scales:
        for case in scale.settles.cases if scale.settles is not None else ():
            for _, likelihood in case.levels:
                yield likelihood
    for signal in estimate.signals:
        yield signal.if_so.likelihood
        yield signal.if_not.likelihood
