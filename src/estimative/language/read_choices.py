"""Reading actors, with their ranked interests, and what they choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.expressions import Named
from estimative.estimate.nodes import Actor, Choice, Effect, EffectSign, Interest, Option, Reranking, Rule
from estimative.estimate.values import Reference
from estimative.language.fields import Fields
from estimative.language.ids import check_id
from estimative.language.keys import TABLES, Form
from estimative.language.nearest import nearest
from estimative.language.problems import names as problems
from estimative.language.problems import shape as shape_problems
from estimative.language.problems import values as value_problems
from estimative.language.read_rules import read_rule
from estimative.language.read_scales import read_names
from estimative.language.tree import Mapping, Sequence, is_empty
from estimative.language.unnamed import named

if TYPE_CHECKING:
    from estimative.estimate.expressions import Expression
    from estimative.estimate.values import Citation
    from estimative.language.tree import Entry, Node

Ranking = tuple[tuple[str, ...], ...]

_SIGNS: dict[str, EffectSign] = {"++": "++", "+": "+", "0": "0", "-": "-", "--": "--"}


_BESIDE_EFFECTS = ("when", "cites")
"""Keys that stand among the interests under ``weighs``."""


def read_actor(fields: Fields, name: str) -> Actor:
    """One actor; the order of the interests is their ranking unless another is given."""
    interests = []
    for entry in fields.mapping("interests", Form.INTERESTS):
        interest = check_id(entry.key, fields.found)
        if interest in _BESIDE_EFFECTS:
            fields.found.append(problems.reserved_word(entry.key.span, interest))
        if is_empty(entry.value):
            fields.found.append(shape_problems.nothing_here(entry.key.span, interest))
        scalar = fields.one(entry.value, interest)
        says = "" if scalar is None else scalar.text.strip()
        interests.append(Interest(interest, says, entry.key.span))
    ranking = _ranking(fields) if fields.has("ranking") else tuple((i.name,) for i in interests)
    return Actor(
        name=name,
        says=fields.text("says"),
        interests=tuple(interests),
        ranking=ranking,
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def _ranking(fields: Fields) -> Ranking:
    """Ranks, the most important first; an inner list is one rank."""
    node = fields.node("ranking", Form.RANKING)
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        fields.found.append(
            shape_problems.wrong_shape(node.span, "ranking", "a list of interests is", "something else")
        )
        return ()
    ranks = (tuple(s.text.strip() for s in fields.some(item, "ranking")) for item in node.items)
    return tuple(rank for rank in ranks if rank)


def read_choice(fields: Fields, name: str) -> Choice:
    """One choice: options, what each does to the actor's interests, and when it is looked at again."""
    names = read_names(fields, "options", "option")
    effects = _by_option(fields, "weighs", Form.WEIGHS, names)
    available = _by_option(fields, "available-when", Form.AVAILABLE, names)
    options = []
    for option in names:
        weighed, condition = effects.get(option.name), available.get(option.name)
        options.append(
            Option(
                option.name,
                () if weighed is None else _effects(weighed, fields),
                None if condition is None else fields.expression_in(condition.value, option.name),
                option.span,
            )
        )
    reranked = named(
        fields.mapping("reranked-when", Form.RERANKED), TABLES["reranking"], "reranked-when", fields.found
    )
    return Choice(
        name=name,
        actor=fields.reference("actor") or Reference("", fields.at),
        options=tuple(options),
        starts=fields.reference("starts") or Reference("", fields.at),
        reconsidered=read_rule(fields, "reconsidered")
        or Rule("reconsidered", Fields.NOTHING, span=fields.at),
        says=fields.text("says"),
        part_of=fields.reference("part-of"),
        reranked=tuple(r for r in (_reranking(entry, fields) for entry in reranked) if r is not None),
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def _by_option(fields: Fields, key: str, form: Form, options: tuple[Reference, ...]) -> dict[str, Entry]:
    """The entries of a mapping whose keys are options."""
    names = [option.name for option in options]
    found = {}
    for entry in fields.mapping(key, form):
        option = entry.key.text
        if option in names:
            found[option] = entry
        elif names:
            near = nearest(option, names)
            fields.found.append(problems.no_such_level(entry.key.span, option, fields.owner, names, near))
    return found


def _effects(entry: Entry, fields: Fields) -> tuple[Effect, ...]:
    """The effects of one option: a mapping, or a list of mappings, each with its own ``when``."""
    option = entry.key.text
    if is_empty(entry.value):
        fields.found.append(shape_problems.nothing_here(entry.key.span, option))
        return ()
    groups = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    return tuple(effect for group in groups for effect in _group(group, option, fields))


def _group(node: Node, option: str, fields: Fields) -> list[Effect]:
    when: Expression | None = None
    cites: tuple[Citation, ...] = ()
    effects = []
    for entry in fields.entries_of(node, option):
        key = entry.key.text
        if key == "when":
            # An expression that cannot be read must not make its effects hold always.
            when = fields.expression_in(entry.value, key) or Named("", entry.value.span)
        elif key == "cites":
            cites = fields.citations_in(entry.value)
        elif (sign := _sign(entry, fields)) is not None:
            effects.append((Reference(key, entry.key.inner), sign, entry.key.span))
    if (
        isinstance(node, Mapping)
        and node.entries
        and all(e.key.text in _BESIDE_EFFECTS for e in node.entries)
    ):
        fields.found.append(shape_problems.no_effect_here(node.span, option))
    return [Effect(interest, sign, when, cites, span) for interest, sign, span in effects]


def _sign(entry: Entry, fields: Fields) -> EffectSign | None:
    if is_empty(entry.value):
        fields.found.append(shape_problems.nothing_here(entry.key.span, entry.key.text))
        return None
    scalar = fields.one(entry.value, entry.key.text)
    if scalar is None:
        return None
    sign = _SIGNS.get(scalar.text.strip().replace("−", "-"))
    if sign is None:
        fields.found.append(value_problems.not_an_effect(scalar.span, scalar.text.strip()))
    return sign


def _reranking(entry: Entry, fields: Fields) -> Reranking | None:
    name = check_id(entry.key, fields.found)
    inner = Fields(entry.value, TABLES["reranking"], f"the ranking `{name}`", entry.key.span, fields.found)
    when, ranking = inner.expression("when"), _ranking(inner)
    cites = inner.citations()
    return None if when is None or not ranking else Reranking(name, when, ranking, cites, entry.key.span)
