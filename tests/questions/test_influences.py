"""Influences are read off the rules, with the sign that each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.language.read import read_texts
from estimative.places import Source
from estimative.questions.influences import Influence, influences, towards

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate

TEXT = """\
estimate: web
title: A web of influences
as-of: 2027
horizon: 1 year
step: month
standard: icd-203
actors: {town: {interests: {calm: keep calm, bread: eat}}}
conditions:
  rain: {becomes: {some-day: likely}, ends: {dries: {likelihood: likely, when: wind}}}
  wind: {becomes: {some-day: likely}}
  mud: {is: rain and not wind}
  delay:
    requires: rain
    becomes: {stuck: {likelihood: likely, when: mud, unless: wind, heightened-by: rain, restrained-by: help is some}}
scales:
  road:
    levels: [closed, slow, open]
    starts: open
    falls: {washed: {likelihood: likely, when: rain}}
    rises: {mended: {likelihood: likely, when: 'at least 1 of (wind, not mud)'}}
choices:
  help:
    actor: town
    options: [none, some]
    starts: none
    reconsidered: likely
    weighs: {some: [{when: road < slow, calm: "+"}, {bread: "-"}]}
signals:
  puddles: {of: rain, if-so: {likelihood: likely}, if-not: {likelihood: unlikely}}
"""


@pytest.fixture(name="web", scope="module")
def the_web() -> Estimate:
    estimate, problems = read_texts([Source("web.yaml", TEXT)])
    assert problems == ()
    assert estimate is not None
    return estimate


def test_every_influence_stands_once_with_its_sign(web: Estimate) -> None:
    assert {(i.source, i.target): i.sign for i in influences(web).whole} == {
        ("wind", "rain"): -1,  # it ends it
        ("rain", "mud"): 1,
        ("wind", "mud"): -1,  # under `not`
        ("rain", "delay"): 1,  # required, and heightening
        ("mud", "delay"): 1,
        ("wind", "delay"): -1,  # under `unless`
        ("help", "delay"): -1,  # restraining
        ("rain", "road"): -1,  # it falls
        ("wind", "road"): 1,
        ("mud", "road"): -1,  # it does not rise
        ("road", "help"): 0,  # a choice may go either way
        ("rain", "puddles"): 1,
    }


def test_what_leads_to_each_scale_and_choice(web: Estimate) -> None:
    found = dict(influences(web).towards)
    assert list(found) == ["road", "help"]
    assert {influence.source for influence in found["help"]} == {"road", "rain", "wind", "mud"}
    assert {influence.target for influence in dict(influences(web, most=2).towards)["help"]} == {"help"}


def test_a_circle_ends() -> None:
    circle = (Influence("a", "b", 1), Influence("b", "a", 1))
    assert set(towards(circle, "a", most=9)) == set(circle)


LOOKS = """\
estimate: looks
title: What looks at what
as-of: 2027
horizon: 1 year
step: month
standard: icd-203
actors: {{town: {{interests: {{calm: keep calm}}}}}}
conditions:
  war: {{becomes: {{comes: {{likelihood: likely, when: {when}}}}}}}
scales:
  tie: {{levels: [cold, cool, warm], starts: cold, rises: {{up: likely}}}}
  vote: {{levels: [open, north, south], starts: open, settles: {{levels: {{north: likely, south: the rest}}}}}}
choices:
  help: {{actor: town, options: [none, some], starts: none, reconsidered: likely, weighs: {{some: [{{calm: "+"}}]}}}}
"""


@pytest.mark.parametrize(
    ("when", "sign"),
    [
        ("tie is cold", -1),  # the lowest level: more of it is less war
        ("tie is cool", 0),
        ("tie is warm", 1),
        ("tie is not cold", 1),
        ("tie is not cool", 0),
        ("tie is not warm", -1),
        ("not tie is cold", 1),
        ("tie >= cool", 1),
        ("tie < warm", -1),
        ("tie <= cold", -1),
        ("vote is open", -1),  # not settled yet
        ("vote is not open", 1),
        ("vote is south", 0),  # no level of a lottery is more than another
        ("help is some", 1),
        ("help is none", -1),
        ("help is not some", -1),
    ],
)
def test_a_level_helps_or_hinders_by_where_it_stands(when: str, sign: int) -> None:
    estimate, problems = read_texts([Source("looks.yaml", LOOKS.format(when=when))])
    assert problems == ()
    assert estimate is not None
    assert [i.sign for i in influences(estimate).whole if i.target == "war"] == [sign]
