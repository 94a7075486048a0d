"""Problems with choices: each where it stands, and nothing said of what is right."""

from __future__ import annotations

import pytest

from estimative.language.read import read_texts
from estimative.places.source import Source

GOOD = """\
estimate: arms-line
title: Arms
as-of: 1984-10-01
horizon: 10 years
step: quarter
standard: ordinary
actors:
  ussr:
    interests: {leverage: keep a say, no-war: keep out of wars, cost: save}
  prc:
    interests: {buffer: keep a buffer}
conditions:
  granted: {becomes: {some-day: likely}}
choices:
  line:
    actor: ussr
    options: [ban, some, all]
    starts: ban
    reconsidered: {likelihood: likely, within: 2 years}
    weighs:
      some: [{leverage: "+", no-war: "-"}, {when: granted, leverage: "++"}]
      all: {leverage: "++", no-war: "--", cost: "-"}
    available-when: {all: granted}
    reranked-when:
      redefined: {when: granted, ranking: [no-war, [leverage, cost]]}
questions:
  lifted: {event: ever line is not ban}
"""

MANY = "".join(f"        - {{when: c{number}, leverage: '+'}}\n" for number in range(9))
NINE = GOOD.replace(
    '      some: [{leverage: "+", no-war: "-"}, {when: granted, leverage: "++"}]\n', "      some:\n" + MANY
).replace(
    "conditions:\n",
    "conditions:\n" + "".join(f"  c{n}: {{becomes: {{some-day: likely}}}}\n" for n in range(9)),
)


def codes(text: str) -> list[tuple[str, str]]:
    """Codes of the problems of a text, each with the text it points at."""
    return [(problem.code, problem.span.text) for problem in read_texts([Source("e.yaml", text)])[1]]


def test_a_choice_without_faults_is_not_remarked_upon() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("written", "instead", "code", "place"),
    [
        ("all: {leverage:", "all: {levrage:", "E0331", "levrage"),
        ("all: {leverage:", "all: {buffer:", "E0331", "buffer"),
        ("all: {leverage:", "all: {face:", "E0331", "face"),
        (
            "interests: {leverage: keep a say, no-war: keep out of wars, cost: save}",
            "says: x",
            "E0332",
            "ussr",
        ),
        ('all: {leverage: "++", no-war: "--", cost: "-"}', 'all: {leverage: "0"}', "W0334", "all"),
        ("[no-war, [leverage, cost]]", "[no-war, leverage]", "E0336", "redefined"),
        ("[no-war, [leverage, cost]]", "[no-war, cost, cost, leverage]", "E0336", "redefined"),
        ("[no-war, [leverage, cost]]", "[no-war, leverage, cost, buffer]", "E0336", "redefined"),
        ("cost: save}\n", "cost: save}\n    ranking: [no-war, leverage]\n", "E0336", "ussr"),
        (
            'some: [{leverage: "+", no-war: "-"}',
            'some: [{leverage: "+"}, {leverage: "-"}',
            "W0337",
            "leverage",
        ),
        ("available-when: {all:", "available-when: {ban: granted, some: granted, all:", "W0339", "ban"),
    ],
)
def test_each_problem_with_a_choice(written: str, instead: str, code: str, place: str) -> None:
    assert written in GOOD
    assert codes(GOOD.replace(written, instead)) == [(code, place)]


def test_a_choice_in_which_nothing_has_an_effect() -> None:
    start, end = GOOD.index("      some: ["), GOOD.index("    available-when")
    idle = GOOD[:start] + '      some: {leverage: "0"}\n      all: {cost: "0"}\n' + GOOD[end:]
    assert codes(idle) == [("E0333", "line")]


def test_nine_conditions_are_too_many_and_eight_are_not() -> None:
    """`granted` is the ninth; without the ranking and the availability there are nine still, in `MANY`."""
    assert [code for code, _ in codes(NINE)] == ["E0335"]
    start, end = NINE.index("    available-when"), NINE.index("questions:")
    eight = (NINE[:start] + NINE[end:]).replace("        - {when: c8, leverage: '+'}\n", "")
    assert "E0335" not in [code for code, _ in codes(eight)]


def test_the_hint_says_whose_interest_it_is() -> None:
    (problem,) = read_texts([Source("e.yaml", GOOD.replace("all: {leverage:", "all: {buffer:"))])[1]
    assert "`prc`" in problem.hint
    (problem,) = read_texts([Source("e.yaml", GOOD.replace("all: {leverage:", "all: {levrage:"))])[1]
    assert "`leverage`" in problem.hint


def test_ranks_may_be_shared() -> None:
    """Either order is meant; that is no problem."""
    shared = GOOD.replace("cost: save}\n", "cost: save}\n    ranking: [[leverage, no-war], cost]\n")
    assert codes(shared) == []
