"""One judgement in two wordings.

What it does
    Four things are found: rules that cite the same phrase of the same source and give it different
    likelihoods; rules that change the same thing in the same way under the same conditions with different
    likelihoods; claims that put the same probability into different words that may both be right (if they
    cannot, that is a finding of its own); and a likelihood written as alternatives, since there the source
    itself wavers.
Why
    Between a summary and its body words drift: what *could* happen on one page *may well* happen on
    another. Readers take one for the other, and the estimate commits its author to both.
Example
    `likelihood: could / may well`, after two pages that say each.
Instead
    Find out which was meant. If nobody can tell, keep both as alternatives: every reading takes one, and
    `estimative hinges` shows whether it matters.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from estimative.audit.claims_exclude_each_other import exclude
from estimative.estimate.queries import IsWord
from estimative.estimate.values import Alternatives
from estimative.estimate.walk import likelihoods, rules
from estimative.places.problem import Problem
from estimative.questions.reach import is_nothing
from estimative.words.lexicon import lexicon
from estimative.words.meaning import OneOf

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from estimative.audit.material import Material
    from estimative.estimate.values import Citation, Likelihood
    from estimative.model.model import Crossing, Model
    from estimative.words.meaning import Meaning

CODE = "A0407"

HINT = "find out which was meant; if nobody can tell, write both as alternatives: `could / may well`"


def find(material: Material) -> Iterator[Problem]:
    """Yield judgements that are worded in more than one way."""
    model = material.futures.model
    written = dict(likelihoods(material.estimate))
    meanings = {rule.name: rule.meaning for rule in model.rules}
    # What has no likelihood is a finding of its own.
    said: set[frozenset[str]] = set()
    for why, groups in (
        ("cites the same words", _by_citation(material)),
        ("says when the same thing happens", _by_effect(model)),
    ):
        for names in groups:
            said_so = [name for name in names if name in written and not is_nothing(meanings[name])]
            for first, second in combinations(said_so, 2):
                pair = frozenset((first, second))
                if _apart(meanings[first], meanings[second]) and pair not in said:
                    said.add(pair)
                    yield _drifts(first, second, why, written)
    yield from _claims(material)
    yield from _wavers(written)


def _apart(one: Meaning | Crossing, other: Meaning | Crossing) -> bool:
    """Whether two likelihoods differ, and neither has the other among its alternatives."""
    of_one, of_other = (set(m.meanings) if isinstance(m, OneOf) else {m} for m in (one, other))
    return not (of_one <= of_other or of_other <= of_one)


def _wavers(written: Mapping[str, Likelihood]) -> Iterator[Problem]:
    """Yield one finding for all likelihoods that are written as alternatives."""
    found = [(name, one) for name, one in written.items() if isinstance(one, Alternatives)]
    if not found:
        return
    (name, first), *others = found
    says = f"`{name}` has {len(first.wordings)} wordings of one judgement: `{_text(first)}`"
    if others:
        says = f"{len(found)} likelihoods have several wordings of one judgement; `{name}`: `{_text(first)}`"
    yield Problem(
        CODE,
        first.span,
        says,
        "if it can be told which was meant, write that one; `estimative hinges` shows whether it matters",
        tuple((one.span, f"`{other}`") for other, one in others),
    )


def _drifts(first: str, second: str, why: str, written: dict[str, Likelihood]) -> Problem:
    one, other = written[first], written[second]
    return Problem(
        CODE,
        other.span,
        f"`{second}` is `{_text(other)}`; `{first}`, which {why}, is `{_text(one)}`",
        HINT,
        ((one.span, f"`{first}`"),),
    )


def _claims(material: Material) -> Iterator[Problem]:
    """Yield claims that say of one probability that it is two words, if both may hold: else another rule says more."""
    words = lexicon(material.estimate.standard)
    tests = [(claim, claim.test) for claim in material.estimate.claims if isinstance(claim.test, IsWord)]
    for (first, one), (second, other) in combinations(tests, 2):
        same = (one.query, one.relation) == (other.query, other.relation)
        apart = words.find(one.word) != words.find(other.word)
        if same and apart and not exclude(one, other, material.vocabularies):
            yield Problem(
                CODE,
                other.word_span,
                f"`{second.name}` says `{other.word}`; `{first.name}` says `{one.word}` of the same probability",
                "find out which was meant, and claim that",
                ((one.word_span, f"`{first.name}`"),),
            )


def _text(likelihood: Likelihood) -> str:
    return " ".join(likelihood.span.text.split())


def _by_citation(material: Material) -> list[list[str]]:
    """Names of the rules that cite the same phrase of the same source."""
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for name, rule in rules(material.estimate):
        for citation in rule.cites:
            if citation.phrase:
                groups[_key(citation)][name] = None
    return [list(names) for names in groups.values()]


def _key(citation: Citation) -> tuple[str, str]:
    return citation.source, " ".join(citation.phrase.casefold().split())


def _by_effect(model: Model) -> list[list[str]]:
    """Names of the rules that change the same thing in the same way, when and as soon as each other."""
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for rule in model.rules:
        key = (rule.variable, rule.effect, rule.target, rule.guard, rule.first, rule.last, rule.length)
        groups[key].append(rule.name)
    return list(groups.values())
