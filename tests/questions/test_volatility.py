"""Volatility: which things of a part move an outcome most, up or down, if they are so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.estimate.queries import Probability
from estimative.model.readings import read
from estimative.questions.ask import Answer, ask
from estimative.questions.ranking import MOST_MADE, Ranking, measured
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.questions.futures import Futures
    from estimative.words.vocabulary import Lens

LENSES: tuple[Lens, ...] = ("author", "readers")


def test_of_a_scale_every_level_is_tried() -> None:
    """Held in the middle it brings war in three futures of ten; at either end, in none."""
    text = """\
conditions:
  war: {becomes: {r: {likelihood: 30%, when: tone is middle}}}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: 20%}}
"""
    futures = futures_of(estimate_of(text), readings=16, futures=4096)
    query = query_of("P(ever war)")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("tone",), query, "volatility")])
    (answer,) = ask(futures, [query])
    assert isinstance(answer, Answer)
    assert found["tone"].values + answer.values == pytest.approx(0.3, abs=0.04)


def test_what_starts_so_by_chance_may_be_otherwise_at_either_side() -> None:
    """What holds from the start in 97 of a hundred futures moves most by not holding."""
    text = """\
conditions:
  shelter: {starts: 97%}
  calm: {becomes: {r: {likelihood: 90%, within: 1 year, when: shelter}}}
"""
    futures = futures_of(estimate_of(text, years=1), readings=16, futures=4096)
    query = query_of("P(ever calm)")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("shelter",), query, "volatility")])
    assert found["shelter"].values == pytest.approx(0.97 * 0.9, abs=0.03)


def crowded(rules: str) -> str:
    """An estimate with one thing more than is measured of a part, and rules of what they bring."""
    things = "".join(f"  x{k}: {{part-of: side, becomes: {{r: 5%}}}}\n" for k in range(MOST_MADE + 1))
    return f"actors: {{a: {{interests: {{side: a side}}}}}}\nconditions:\n{things}{rules}"


def test_what_moves_one_outcome_most_is_not_what_moves_another() -> None:
    last = MOST_MADE
    rules = "".join(
        f"  {name}: {{becomes: {{"
        + ", ".join(f"r{k}: {{likelihood: {5 * (1 + place)}%, when: x{k}}}" for place, k in enumerate(order))
        + "}}\n"
        for name, order in (("war", range(last + 1)), ("peace", range(last, -1, -1)))
    )
    futures = futures_of(estimate_of(crowded(rules)), readings=8, futures=2048)
    for asked, most in (("P(ever war)", f"x{last}"), ("P(ever peace)", "x0")):
        query = query_of(asked)
        assert isinstance(query, Probability)
        (found,) = measured(futures, [Ranking(("side",), query, "volatility")])
        (alone,) = measured(futures, [Ranking((most,), query, "volatility")])
        assert found["side"].values.mean() == pytest.approx(alone[most].values.mean(), abs=0.01)


def test_what_moves_most_through_one_lens_is_not_what_does_through_another() -> None:
    """The word lies above 27 % in its standard's range, and below for most readers."""
    words = "".join(f"r{k}: {{likelihood: unlikely, when: x{k}}}, " for k in range(MOST_MADE))
    text = crowded(f"  war: {{becomes: {{{words}r: {{likelihood: 27%, when: x{MOST_MADE}}}}}}}\n")
    futures = futures_of(estimate_of(text), "author", readings=16, futures=2048)
    found = {}
    for lens in LENSES:
        found[lens] = found_of_war(replace(futures, readings=read(futures.model, lens, 16, 7)))
    anew = futures_of(estimate_of(text), "readers", readings=16, futures=2048)
    assert np.array_equal(found["readers"], found_of_war(anew))


def found_of_war(futures: Futures) -> NDArray[np.float64]:
    """How far a side moves war, per reading."""
    query = query_of("P(ever war)")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("side",), query, "volatility")])
    return found["side"].values
