"""From an estimate to the YAML that says it: `read(write(estimate))` is the estimate again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.queries import Probability
from estimative.language import write_values as text
from estimative.language.emit import emit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from estimative.estimate import nodes
    from estimative.estimate.expressions import Expression, Modifier
    from estimative.estimate.series import Series
    from estimative.estimate.values import Citation

_Raw = dict[str, object]


def write(estimate: nodes.Estimate) -> str:
    """Text of an estimate as one file; the data of its trends are written by `write_series`.

    Comments and the division into files are not part of an estimate, and are not written.
    """
    header: _Raw = {
        "estimate": estimate.name,
        "title": estimate.title,
        "as-of": text.moment(estimate.as_of),
        "horizon": text.duration(estimate.horizon),
        "step": estimate.step,
        "standard": estimate.standard,
        "note": estimate.note,
    }
    sections: _Raw = {
        "sources": {node.name: _document(node) for node in estimate.sources},
        "actors": {node.name: _actor(node) for node in estimate.actors},
        "conditions": {node.name: _condition(node) for node in estimate.conditions},
        "scales": {node.name: _scale(node) for node in estimate.scales},
        "choices": {node.name: _choice(node) for node in estimate.choices},
        "trends": {node.name: _trend(node) for node in estimate.trends},
        "signals": {node.name: _signal(node) for node in estimate.signals},
        "claims": {node.name: _claim(node) for node in estimate.claims},
        "questions": {node.name: _question(node) for node in estimate.questions},
        "left-out": {node.name: _left_out(node) for node in estimate.left_out},
    }
    return emit(_kept(header | sections))


def write_series(series: Series) -> str:
    """A series as CSV, each value on its last day; a column `source` where its values cite any."""
    heading = [series.date_column or "date", series.column, *(["source"] if series.cites else [])]
    rows = [heading]
    for number, (day, value) in enumerate(zip(series.dates, series.values, strict=True)):
        cited = [series.cites[number]] if series.cites else []
        rows.append([day.isoformat(), repr(value), *cited])
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def _cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell


def _kept(raw: _Raw) -> _Raw:
    """Without what is empty; a record without any key says that it starts as nothing, `starts: no`."""
    return {key: value for key, value in raw.items() if value not in ("", (), [], {}, None)}


def _cites(citations: Sequence[Citation]) -> list[str]:
    return [text.citation(citation) for citation in citations]


def _ranking(ranking: Iterable[Sequence[str]]) -> list[object]:
    return [rank[0] if len(rank) == 1 else list(rank) for rank in ranking]


def _document(node: nodes.Document) -> _Raw:
    raw: _Raw = {
        "title": node.title,
        "authors": node.authors,
        "date": node.date,
        "kind": node.kind,
        "file": node.file,
        "digest": node.digest,
        "pages": {page: str(start) for page, start in node.pages},
    }
    return _kept(raw) or {"title": ""}


def _actor(node: nodes.Actor) -> _Raw:
    listed = tuple((interest.name,) for interest in node.interests)
    raw: _Raw = {
        "says": node.says,
        "interests": {interest.name: interest.says for interest in node.interests},
        "ranking": [] if node.ranking == listed else _ranking(node.ranking),
        "cites": _cites(node.cites),
        "note": node.note,
    }
    return _kept(raw) or {"says": ""}


def _when(expression: Expression | None) -> str:
    return "" if expression is None else text.expression(expression)


def _rules(rules: Iterable[nodes.Rule]) -> _Raw:
    return {rule.name: _rule(rule) for rule in rules}


def _rule(rule: nodes.Rule) -> object:
    window = rule.window
    raw = _kept(
        {
            "says": rule.says,
            "likelihood": text.likelihood(rule.likelihood),
            "within": text.duration(window.within) if window.within else "",
            "by": text.moment(window.by) if window.by else "",
            "between": [text.moment(date) for date in window.between] if window.between else [],
            "when": _when(rule.when),
            "unless": _when(rule.unless),
            "requires": _when(rule.requires),
            "heightened-by": _modifiers(rule.heightened_by),
            "restrained-by": _modifiers(rule.restrained_by),
            "confidence": rule.confidence or "",
            "to": rule.to.name if rule.to else "",
            "cites": _cites(rule.cites),
            "note": rule.note,
        }
    )
    return raw["likelihood"] if len(raw) == 1 else raw


def _modifiers(modifiers: Iterable[Modifier]) -> list[str]:
    return [text.modifier(modifier) for modifier in modifiers]


def _condition(node: nodes.Condition) -> _Raw:
    starts = node.starts
    raw: _Raw = {
        "says": node.says,
        "of": node.of.name if node.of else "",
        "part-of": node.part_of.name if node.part_of else "",
        "starts": ("yes" if starts else "") if isinstance(starts, bool) else text.likelihood(starts),
        "becomes": _rules(node.becomes),
        "ends": _rules(node.ends),
        "requires": _when(node.requires),
        "is": _when(node.is_),
        "cites": _cites(node.cites),
        "note": node.note,
    }
    return _kept(raw) or {"starts": "no"}


def _scale(node: nodes.Scale) -> _Raw:
    return _kept(
        {
            "says": node.says,
            "levels": [level.name for level in node.levels],
            "starts": node.starts.name,
            "norm": node.norm.name if node.norm else "",
            "returns": _rule(node.returns) if node.returns else "",
            "rises": _rules(node.rises),
            "falls": _rules(node.falls),
            "settles": _settlement(node.settles) if node.settles else {},
            "of": node.of.name if node.of else "",
            "part-of": node.part_of.name if node.part_of else "",
            "cites": _cites(node.cites),
            "note": node.note,
        }
    )


def _settlement(node: nodes.Settlement) -> _Raw:
    raw: _Raw = {"when": _when(node.when)}
    only = node.cases[0] if len(node.cases) == 1 else None
    if only is not None and only.name == "always" and only.when is None and not only.cites and not only.note:
        raw["levels"] = {level.name: text.likelihood(value) for level, value in only.levels}
    else:
        raw["cases"] = {case.name: _case(case) for case in node.cases}
    return _kept(raw)


def _case(node: nodes.Case) -> _Raw:
    return _kept(
        {
            "when": _when(node.when),
            "levels": {level.name: text.likelihood(value) for level, value in node.levels},
            "cites": _cites(node.cites),
            "note": node.note,
        }
    )


def _choice(node: nodes.Choice) -> _Raw:
    return _kept(
        {
            "says": node.says,
            "actor": node.actor.name,
            "options": [option.name for option in node.options],
            "starts": node.starts.name,
            "reconsidered": _rule(node.reconsidered),
            "weighs": {option.name: _effects(option.effects) for option in node.options if option.effects},
            "available-when": _kept({option.name: _when(option.available_when) for option in node.options}),
            "reranked-when": {one.name: _reranking(one) for one in node.reranked},
            "part-of": node.part_of.name if node.part_of else "",
            "cites": _cites(node.cites),
            "note": node.note,
        }
    )


def _effects(effects: Sequence[nodes.Effect]) -> list[_Raw]:
    """Effects that stand one after the other with the same condition and citations share a mapping."""
    groups: list[_Raw] = []
    before: nodes.Effect | None = None
    for effect in effects:
        alike = before is not None and (before.when, before.cites) == (effect.when, effect.cites)
        if not alike or effect.interest.name in groups[-1]:
            groups.append(_kept({"when": _when(effect.when), "cites": _cites(effect.cites)}))
        groups[-1][effect.interest.name] = effect.sign
        before = effect
    return groups


def _reranking(node: nodes.Reranking) -> _Raw:
    return _kept({"when": _when(node.when), "ranking": _ranking(node.ranking), "cites": _cites(node.cites)})


def _trend(node: nodes.Trend) -> _Raw:
    series = node.series
    return _kept(
        {
            "says": node.says,
            "data": series.file,
            "column": series.column,
            "date-column": series.date_column,
            "unit": node.unit,
            "missing": [value or "" for value in series.missing],
            "log": "yes" if node.log else "",
            "cites": _cites(node.cites),
            "note": node.note,
        }
    )


def _signal(node: nodes.Signal) -> _Raw:
    return _kept(
        {
            "says": node.says,
            "of": text.expression(node.of),
            "if-so": _seen(node.if_so),
            "if-not": _seen(node.if_not),
            "cites": _cites(node.cites),
            "note": node.note,
        }
    )


def _seen(node: nodes.Seen) -> _Raw:
    raw: _Raw = {"likelihood": text.likelihood(node.likelihood)}
    return raw if node.within is None else raw | {"within": text.duration(node.within)}


def _claim(node: nodes.Claim) -> _Raw:
    test = text.test(node.test) if node.test else ""
    return _kept({"says": node.says, "test": test, "cites": _cites(node.cites), "note": node.note})


def _question(node: nodes.Question) -> _Raw:
    match node.query:
        case Probability(event, None, ()):
            raw: _Raw = {"event": text.expression(event)}
        case query:
            raw = {"ask": text.query(query)}
    resolves = text.moment(node.resolves) if node.resolves else ""
    raw |= {"says": node.says, "resolves": resolves, "cites": _cites(node.cites), "note": node.note}
    return _kept(raw)


def _left_out(node: nodes.LeftOut) -> _Raw:
    return _kept({"reason": node.reason, "cites": _cites(node.cites)})
