"""Rules in plain words: what a rule says, how likely it was written to be, and where its source says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.model import Crossing, Effect
from estimative.show.numerals import percent
from estimative.show.plain import one_line
from estimative.words.meaning import Anything, Counted, Exactly, OneOf, Said, Within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.model.model import Case, Model, Rule, Variable
    from estimative.words.meaning import Meaning

_DASH = "\N{EN DASH}"


def rule_says(model: Model, number: int) -> str:
    """What happens when a rule fires, with the rule's own name in brackets: its variable may have several."""
    rule = model.rules[number]
    variable = model.variables[rule.variable]
    if rule.says and rule.says != variable.says:
        return one_line(rule.says)
    says = variable_name(variable)
    short = rule.name.rpartition(".")[2].replace("-", " ")
    match rule.effect:
        case Effect.BECOMES if isinstance(rule.meaning, Crossing):
            return says
        case Effect.BECOMES:
            return f"{says} ({short})"
        case Effect.STARTS:
            return f"{says} (from the start)"
        case Effect.ENDS:
            return f"No longer: {says} ({short})"
        case Effect.RISES | Effect.FALLS:
            way = "rises" if rule.effect is Effect.RISES else "falls"
            target = "" if rule.target is None else f" to {variable.levels[rule.target]}"
            return f"{variable.name} {way}{target} ({short})"
        case Effect.RETURNS:
            norm = "its norm" if variable.norm is None else variable.levels[variable.norm]
            return f"{variable.name} returns towards {norm}"
        case Effect.RECONSIDERS:
            return f"{says}: looked at again"


def variable_name(variable: Variable) -> str:
    """What a variable says, or its name."""
    return one_line(variable.says) or variable.name


def variable_says(variable: Variable, level: int) -> str:
    """That a variable is at a level."""
    says = variable_name(variable)
    match variable.levels[level]:
        case "yes":
            return says
        case "no":
            return f"No longer: {says}"
        case name:
            return f"{variable.name} is {name}"


def variable_moves(variable: Variable) -> str:
    """That a variable leaves its start.

    >>> from estimative.model.model import Kind, Variable
    >>> variable_moves(Variable("war", Kind.CONDITION, ("no", "yes"), says="War breaks out"))
    'War breaks out'
    >>> variable_moves(Variable("tie", Kind.SCALE, ("cold", "cool", "warm"), start=1))
    'tie leaves “cool”'
    """
    if variable.levels == ("no", "yes"):
        return variable_says(variable, 1 - variable.start)
    return f"{variable_name(variable)} leaves {_quoted(variable.levels[variable.start])}"


def variable_stays(variable: Variable) -> str:
    """That a variable never leaves its start.

    >>> from estimative.model.model import Kind, Variable
    >>> variable_stays(Variable("war", Kind.CONDITION, ("no", "yes"), says="War breaks out"))
    'War breaks out: never'
    >>> variable_stays(Variable("tie", Kind.SCALE, ("cold", "cool", "warm"), start=1))
    'tie stays “cool”'
    """
    name = variable_name(variable)
    if variable.levels != ("no", "yes"):
        return f"{name} stays {_quoted(variable.levels[variable.start])}"
    return f"{name}: throughout" if variable.start else f"{name}: never"


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def month(model: Model, step: float) -> str:
    """When a step ends, to the month.

    >>> from datetime import date
    >>> from estimative.model.model import Model
    >>> from estimative.places.calendar import Calendar
    >>> month(Model("m", Calendar.of(date(2020, 1, 1), 24, "quarter"), "icd-203", (), ()), 2)
    '2020-06'
    """
    return f"{model.calendar.ends[round(step)]:%Y-%m}"


def likelihood(rule: Rule) -> str:
    """How likely a rule was written to be."""
    return "from data" if isinstance(rule.meaning, Crossing) else meaning_text(rule.meaning)


def meaning_text(meaning: Meaning) -> str:
    """A likelihood as an estimate writes it.

    >>> meaning_text(OneOf((Said("could"), Within(0.2, 0.4)))), meaning_text(Counted(4, 28))
    ('could / 20–40%', '4 of 28')
    """
    match meaning:
        case Said(word):
            return word
        case Exactly(value):
            return percent(value)
        case Within(low, high):
            return f"{percent(low).removesuffix('%')}{_DASH}{percent(high)}"
        case Counted(hits, cases):
            return f"{hits} of {cases}"
        case OneOf(meanings):
            return " / ".join(meaning_text(part) for part in meanings)
        case Anything():
            return "unknown"


def pages(rule: Rule | Case) -> str:
    """Sources and pages of a rule or of a lottery's case, without the phrases.

    >>> from estimative.model.guards import All
    >>> from estimative.model.model import Rule
    >>> cites = ('r3159 p.31 "if present trends"', "r3159 p.vi")
    >>> pages(Rule("a", 0, Effect.BECOMES, All(), 1, 2, 2, Said("likely"), cites=cites))
    'r3159 p.31, p.vi'
    """
    return pages_of(rule.cites)


def pages_of(cites: Iterable[str]) -> str:
    """Sources and pages of citations, each once, without the phrases.

    >>> pages_of(['r3159 p.31 "if present trends"', "r3159 p.31"])
    'r3159 p.31'
    """
    found: dict[str, list[str]] = {}
    for cite in cites:
        source, _, page = cite.partition(' "')[0].partition(" ")
        places = found.setdefault(source, [])
        if page and page not in places:
            places.append(page)
    return "; ".join(" ".join([source, ", ".join(places)]).strip() for source, places in found.items())
