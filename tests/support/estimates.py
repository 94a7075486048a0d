"""Random estimates that read without errors, for properties of the language."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from estimative.estimate import expressions as ex
from estimative.estimate import nodes, values
from estimative.estimate import queries as qu
from estimative.estimate.values import Citation, Duration, Moment, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

AS_OF = date(2020, 1, 1)
WORDS = ("likely", "unlikely", "very likely", "roughly even chance", "almost certain", "remote")
SCALE, LOTTERY, CHOICE = "tie", "heir", "line"
LEVELS = ("bad", "fair", "good")
HEIRS = ("open", "son", "brother")
OPTIONS = ("wait", "talk")
CONDITIONS = ("drought", "famine", "unrest", "strike-2")
INTERESTS = ("regime", "trade", "calm")
SOURCES = ("fao-2019", "press")

prose = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"))
    | st.sampled_from("\n\t'\"#:-[]{}")
).map(str.strip)
"""Any text without characters that an estimate refuses or warns about."""


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Something, or nothing."""
    return st.none() | strategy


def several(
    strategy: st.SearchStrategy[T], most: int = 3, least: int = 0
) -> st.SearchStrategy[tuple[T, ...]]:
    """A few of something."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


# -- values -----------------------------------------------------------------------------------------------


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """A day, month or year of the horizon."""
    day = AS_OF + timedelta(days=draw(st.integers(120, 1700)))
    kind = draw(st.sampled_from(("day", "month", "year")))
    if kind == "day":
        return Moment(day, day)
    if kind == "month":
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return Moment(day.replace(day=1), following - timedelta(days=1))
    return Moment(day.replace(month=1, day=1), day.replace(month=12, day=31))


durations = st.builds(Duration, st.integers(4, 40), st.sampled_from(("month", "quarter"))) | st.builds(
    Duration, st.integers(1, 5), st.just("year")
)
percents = st.integers(0, 1000).map(lambda tenths: float(f"{tenths / 10}") / 100)
tallies = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(
    lambda pair: values.Tally(min(pair), max(pair))
)
ranges = st.tuples(percents, percents).map(lambda pair: values.PercentRange(min(pair), max(pair)))
simple = (
    st.sampled_from(WORDS).map(values.Word)
    | percents.map(values.Percent)
    | ranges
    | tallies
    | st.just(values.Unknown())
)
likelihoods = simple | st.lists(simple, min_size=2, max_size=3, unique=True).map(
    lambda wordings: values.Alternatives(tuple(wordings))
)
citations = st.builds(
    Citation,
    st.sampled_from(SOURCES),
    st.lists(st.sampled_from(("3", "vii", "41", "a4")), min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from(("", "a dry spring", "it's 7 o'clock", "prices: up", "naïve, perhaps")),
)
cites = several(citations, 2)


# -- expressions ------------------------------------------------------------------------------------------


def _parts(of: st.SearchStrategy[ex.Expression]) -> st.SearchStrategy[tuple[ex.Expression, ...]]:
    return st.lists(of, min_size=2, max_size=3).map(tuple)


@st.composite
def gates(draw: st.DrawFn, of: st.SearchStrategy[ex.Expression]) -> ex.AtLeast:
    """A gate over a few parts."""
    parts = tuple(draw(st.lists(of, min_size=1, max_size=3)))
    return ex.AtLeast(draw(st.integers(1, len(parts))), parts)


atoms: st.SearchStrategy[ex.Expression] = (
    st.sampled_from(CONDITIONS).map(ex.Named)
    | st.builds(
        ex.Compared,
        st.just(SCALE),
        st.sampled_from(("is", "is not", ">=", ">", "<=", "<")),
        st.sampled_from(LEVELS),
    )
    | st.builds(ex.Compared, st.just(LOTTERY), st.sampled_from(("is", "is not")), st.sampled_from(HEIRS))
    | st.builds(ex.Compared, st.just(CHOICE), st.sampled_from(("is", "is not")), st.sampled_from(OPTIONS))
)


def _grown(
    inside: st.SearchStrategy[ex.Expression], *more: Callable[..., st.SearchStrategy[ex.Expression]]
) -> st.SearchStrategy[ex.Expression]:
    """Expressions made of others by the words that rules and questions share."""
    grown: st.SearchStrategy[ex.Expression] = inside.map(ex.Not) | _parts(inside).map(ex.And)
    grown = grown | _parts(inside).map(ex.Or) | gates(inside)
    for strategy in more:
        grown = grown | strategy(inside)
    return grown


states = st.recursive(atoms, lambda inside: _grown(inside, lambda of: of.map(ex.Ever)), max_leaves=5)
"""Expressions that are true or false at a time."""
timeless = st.recursive(atoms, _grown, max_leaves=3)


@st.composite
def _watched(draw: st.DrawFn) -> ex.Expression:
    part = draw(timeless)
    first, last = sorted((draw(moments()), draw(moments())), key=lambda moment: moment.first)
    when = draw(st.sampled_from(("", "since", "by", "both")))
    if when == "both" and (last.last - first.first).days < 100:  # a quarter must end between them
        when = "by"
    since, by = first if when in {"since", "both"} else None, last if when in {"by", "both"} else None
    return ex.Ever(part, since, by) if draw(st.booleans()) else ex.Always(part, since, by)


_timed: st.SearchStrategy[ex.Expression] = (
    _watched() | st.builds(ex.At, timeless, moments()) | st.builds(ex.Before, timeless, timeless)
)
events = st.recursive(_timed, _grown, max_leaves=3)
"""Expressions that are true or false of a whole future."""


# -- queries ----------------------------------------------------------------------------------------------

interventions = (
    st.builds(qu.Do, st.sampled_from(CONDITIONS), st.sampled_from(("yes", "no")), maybe(moments()))
    | st.builds(qu.Do, st.just(SCALE), st.sampled_from(LEVELS), maybe(moments()))
    | st.builds(qu.Do, st.just(CHOICE), st.sampled_from(OPTIONS), maybe(moments()))
)
odds = st.builds(qu.Probability, events, maybe(events), several(interventions, 2)) | st.builds(
    qu.ShareOfTime, states, maybe(events), several(interventions, 2)
)
modes = st.builds(qu.Mode, st.just(SCALE), moments(), several(interventions, 1))
queries: st.SearchStrategy[qu.Query] = odds | modes
relations = st.sampled_from((">=", ">", "<=", "<"))
verdicts = st.sampled_from(("is", "is at least", "is at most"))
measures = st.sampled_from(("potential", "volatility", "variance"))
references = st.sampled_from((*CONDITIONS, "north.regime", "regime", "drought.becomes.spring")).map(Reference)
rankings = (
    st.tuples(several(references, 3, least=2), odds, measures)
    .filter(
        lambda ranking: (
            len(set(ranking[0])) > 1 and (ranking[2] != "variance" or isinstance(ranking[1], qu.Probability))
        )
    )
    .map(lambda ranking: (ranking[0][0], *ranking))
)
"""What matters, among what, to what outcome, by what measure."""
tests: st.SearchStrategy[qu.Test] = (
    st.builds(qu.ModeIs, modes, several(st.sampled_from(LEVELS).map(Reference), 2, least=1))
    | st.builds(qu.IsWord, odds, verdicts, st.sampled_from(WORDS))
    | st.builds(qu.Compares, odds, relations, odds | percents.map(qu.Number))
    | rankings.flatmap(lambda ranking: st.builds(qu.MattersMost, *map(st.just, ranking)))
    | rankings.flatmap(lambda r: st.builds(qu.DoesNotMatter, st.just(r[0]), st.just(r[2]), st.just(r[3])))
)


# -- records ----------------------------------------------------------------------------------------------

names = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True).map(lambda name: f"{name}-x")


@st.composite
def windows(draw: st.DrawFn) -> nodes.Window:
    """A window in which a quarter ends."""
    kind = draw(st.sampled_from(("", "within", "by", "between")))
    if kind == "within":
        return nodes.Window(within=draw(durations))
    if kind == "by":
        return nodes.Window(by=draw(moments()))
    first, last = sorted((draw(moments()), draw(moments())), key=lambda moment: moment.first)
    if kind == "between" and (last.last - first.first).days >= 100:
        return nodes.Window(between=(first, last))
    return nodes.Window()


modifiers = several(st.builds(ex.Modifier, states, st.sampled_from(("slightly", "plainly", "greatly"))), 2)


def rules(name: str, to: Sequence[str] = ()) -> st.SearchStrategy[nodes.Rule]:
    """A rule of a name."""
    return st.builds(
        nodes.Rule,
        st.just(name),
        likelihoods,
        windows(),
        maybe(states),
        maybe(states),
        maybe(states),
        modifiers,
        modifiers,
        maybe(st.sampled_from(("low", "moderate", "high"))),
        maybe(st.sampled_from(to).map(Reference)) if to else st.none(),
        prose,
        cites,
        prose,
    )


@st.composite
def named_rules(draw: st.DrawFn, least: int = 0, to: Sequence[str] = ()) -> tuple[nodes.Rule, ...]:
    """A few rules of different names."""
    drawn = draw(st.lists(names, min_size=least, max_size=2, unique=True))
    return tuple(draw(rules(name, to)) for name in drawn)


@st.composite
def conditions(draw: st.DrawFn, name: str) -> nodes.Condition:
    """A condition with rules."""
    becomes = draw(named_rules())
    if name == "drought":
        becomes = (*becomes, draw(rules("spring")))
    return nodes.Condition(
        name,
        says=draw(prose),
        of=draw(maybe(st.just(Reference("north")))),
        part_of=Reference("north.regime") if name == "drought" else draw(maybe(st.just(Reference("regime")))),
        starts=draw(st.booleans() | likelihoods),
        becomes=becomes,
        ends=draw(named_rules()),
        requires=draw(maybe(states)),
        cites=draw(cites),
        note=draw(prose),
    )


@st.composite
def scales(draw: st.DrawFn) -> nodes.Scale:
    """A scale with all kinds of rules."""
    returns = draw(maybe(rules("returns")))
    return nodes.Scale(
        SCALE,
        tuple(map(Reference, LEVELS)),
        Reference(draw(st.sampled_from(LEVELS))),
        says=draw(prose),
        norm=Reference("fair") if returns else draw(maybe(st.just(Reference("good")))),
        returns=returns,
        rises=draw(named_rules(to=LEVELS)),
        falls=draw(named_rules(to=LEVELS)),
        cites=draw(cites),
        note=draw(prose),
    )


@st.composite
def _levels(draw: st.DrawFn) -> tuple[tuple[Reference, values.Likelihood | values.TheRest], ...]:
    son = draw(likelihoods.filter(lambda value: value != values.Percent(0.0)))
    rest = draw(st.none() | st.just(values.TheRest()) | likelihoods)
    return ((Reference("son"), son), *(((Reference("brother"), rest),) if rest else ()))


@st.composite
def lotteries(draw: st.DrawFn) -> nodes.Scale:
    """A lottery with one row of levels, or with cases."""
    cases: list[nodes.Case] = []
    if draw(st.booleans()):
        drawn = draw(st.lists(names, max_size=2, unique=True))
        cases += [nodes.Case(name, draw(states), draw(_levels()), draw(cites), draw(prose)) for name in drawn]
    cases.append(nodes.Case("otherwise" if cases else "always", None, draw(_levels())))
    settles = nodes.Settlement(draw(maybe(states)), tuple(cases))
    return nodes.Scale(
        LOTTERY, tuple(map(Reference, HEIRS)), Reference("open"), says=draw(prose), settles=settles
    )


signs: st.SearchStrategy[nodes.EffectSign] = st.sampled_from(("++", "+", "-", "--"))


@st.composite
def choices(draw: st.DrawFn) -> nodes.Choice:
    """A choice between two options."""
    effects = []
    seen = set()
    for when in draw(st.lists(maybe(atoms), min_size=1, max_size=2)):
        for interest in draw(st.lists(st.sampled_from(INTERESTS), min_size=1, max_size=3, unique=True)):
            if (interest, when) not in seen:
                sign = draw(signs)
                effects.append(nodes.Effect(Reference(interest), sign, when))
                seen.add((interest, when))
    reranked = tuple(
        nodes.Reranking(name, draw(atoms), (("calm",), ("trade", "regime")), draw(cites))
        for name in draw(st.lists(names, max_size=1))
    )
    return nodes.Choice(
        CHOICE,
        Reference("north"),
        (nodes.Option("wait"), nodes.Option("talk", tuple(effects), draw(maybe(atoms)))),
        Reference(draw(st.sampled_from(OPTIONS))),
        draw(rules("reconsidered")),
        says=draw(prose),
        reranked=reranked,
        cites=draw(cites),
        note=draw(prose),
    )


seen = st.builds(nodes.Seen, likelihoods, maybe(durations))


@st.composite
def documents(draw: st.DrawFn, name: str) -> nodes.Document:
    """A source of a name."""
    return nodes.Document(
        name,
        title=draw(prose),
        authors=draw(several(prose.filter(bool), 2)),
        kind="report",
        file=draw(st.sampled_from(("", "press.txt"))),
        digest=draw(st.sampled_from(("", "0" * 64))),
        pages=draw(st.sampled_from(((), (("vii", 12), ("31", 40))))),
    )


@st.composite
def estimates(draw: st.DrawFn) -> nodes.Estimate:
    """An estimate with something of every section but trends, whose data lie in files."""
    interests = tuple(nodes.Interest(name, draw(prose.filter(bool))) for name in INTERESTS)
    ranking = draw(st.sampled_from(((("regime",), ("trade",), ("calm",)), (("calm", "trade"), ("regime",)))))
    claim = nodes.Claim("claim-x", draw(prose), draw(tests), draw(cites), draw(prose))
    return nodes.Estimate(
        name=draw(names),
        title=draw(prose.filter(bool)),
        as_of=Moment(AS_OF, AS_OF),
        horizon=Duration(5, "year"),
        step="quarter",
        standard="icd-203",
        note=draw(prose),
        sources=tuple(draw(documents(name)) for name in SOURCES),
        actors=(nodes.Actor("north", draw(prose), interests, ranking, draw(cites), draw(prose)),),
        conditions=(
            *(draw(conditions(name)) for name in CONDITIONS),
            nodes.Condition("derived", is_=draw(timeless), says=draw(prose)),
        ),
        scales=(draw(scales()), draw(lotteries())),
        choices=(draw(choices()),),
        signals=(nodes.Signal("sign", draw(states), draw(seen), draw(seen), draw(prose)),),
        claims=(claim,),
        questions=(nodes.Question("asked", draw(queries), draw(prose), draw(maybe(moments()))),),
        left_out=(nodes.LeftOut("aside", draw(prose.filter(bool)), draw(several(citations, 2, least=1))),),
    )
