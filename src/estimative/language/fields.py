"""The keys of one mapping, checked against their table and read by their form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from estimative.estimate.values import Citation, Duration, Likelihood, Moment, Reference, Unknown
from estimative.language import expressions, values
from estimative.language.keys import TABLES, Form, Table
from estimative.language.nearest import nearest
from estimative.language.problems import shape as problems
from estimative.language.problems import time as time_problems
from estimative.language.problems import values as value_problems
from estimative.language.problems.almost import dates_for
from estimative.language.tree import Entry, Mapping, Node, Scalar, Sequence, is_empty
from estimative.language.unnamed import with_names
from estimative.places.problem import Bug, Problem
from estimative.words.lexicon import standards_with

if TYPE_CHECKING:
    from estimative.estimate import queries as qu
    from estimative.estimate.expressions import Expression, Modifier
    from estimative.language.misfits import Place
    from estimative.places.source import Span

_T = TypeVar("_T")

_SHAPES: dict[type[Node], str] = {Scalar: "one value", Mapping: "a group of keys", Sequence: "a list"}


_JOINED = {key.name for table in TABLES.values() for key in table.keys if key.form is Form.EXPRESSION}
"""Keys of expressions, under which people write lists."""


class Fields:
    """The keys of one mapping.

    Every getter names a key and gives what stands under it, or None (a text: ``""``, a list: ``()``) where
    the key is missing or its value is wrong; what is wrong is added to `found`. A getter for another form
    than the table's is a bug of ours.

    Parameters
    ----------
    node
        What stands there; anything but a mapping is a problem.
    table
        The keys that may stand.
    owner
        What the mapping describes, for sentences: "the condition `x`".
    at
        Place of its name, for keys that are missing.
    found
        Where problems go.
    """

    NOTHING: ClassVar[Likelihood] = Unknown()
    """Stands where a likelihood is missing or wrong, so that the rest can be read."""

    def __init__(self, node: Node, table: Table, owner: str, at: Span, found: list[Problem]) -> None:
        self.table = table
        self.owner = owner
        self.at = at
        self.found = found
        self.entries: dict[str, Entry] = {}
        self.is_mapping = isinstance(node, Mapping)
        if not isinstance(node, Mapping):
            key = at.text or owner
            hint = f"write its keys below it, as in `{table.keys[0].name}: ..`"
            found.append(problems.wrong_shape(node.span, key, "its keys are", _SHAPES[type(node)], hint))
            return
        meant: set[str] = set()
        for entry in node.entries:
            key = entry.key.text
            if key in table.names:
                self.entries[key] = entry
            elif self._lacks_key(entry):
                meant.add("likelihood")
                found.append(problems.likelihood_without_key(entry.key.span, key, owner))
            else:
                near = nearest(key, table.names)
                meant.update(near)
                found.append(problems.unknown_key(entry.key.span, key, owner, near, table.names))
        # A key that is misspelt is not missing too.
        missing = [key for key in table.required if key.name not in self.entries and key.name not in meant]
        found += [problems.missing_key(at, key.name, owner, key.says) for key in missing]
        if table.either and not any(map(self.has, table.either)):
            found.append(problems.one_of_two(at, owner, table.either))
        self._keep_apart()

    def _lacks_key(self, entry: Entry) -> bool:
        """Whether a likelihood stands where its key should: ``{unlikely, within: 3 months}``."""
        return (
            "likelihood" in self.table.names
            and not self.has("likelihood")
            and is_empty(entry.value)
            and (entry.key.text[:1].isdigit() or bool(standards_with(entry.key.text)))
        )

    def _keep_apart(self) -> None:
        """Note each key that cannot stand beside one that is there, once."""
        noted: set[str] = set()
        for apart in self.table.apart:
            for other in apart.others:
                if self.has(apart.key) and self.has(other) and other not in noted:
                    noted.add(other)
                    span = self.key(other)
                    problem = problems.cannot_stand_together(
                        span, other, apart.key, apart.why, self.key(apart.key)
                    )
                    self.found.append(problem)

    # -- what stands there

    def has(self, name: str) -> bool:
        """Whether a key stands there, with anything under it."""
        return name in self.entries

    def key(self, name: str) -> Span:
        """Place of a key that stands there."""
        return self.entries[name].key.span

    def node(self, name: str, *forms: Form) -> Node | None:
        """What stands under a key; None where it is missing or empty."""
        if self.table.key(name).form not in forms:
            raise Bug(f"`{name}` of {self.table.name} is read as {forms}")
        entry = self.entries.get(name)
        if entry is None:
            return None
        if is_empty(entry.value):
            self.found.append(problems.nothing_here(entry.key.span, name))
            return None
        return entry.value

    def scalar(self, name: str, *forms: Form) -> Scalar | None:
        """One value under a key."""
        node = self.node(name, *forms)
        return None if node is None else self.one(node, name)

    def one(self, node: Node, key: str) -> Scalar | None:
        """A node that should be one value."""
        if isinstance(node, Scalar):
            return node
        joined = isinstance(node, Sequence) and key in _JOINED
        hint = "join them by `and` or `or` in one expression" if joined else ""
        self.found.append(problems.wrong_shape(node.span, key, "one value is", _SHAPES[type(node)], hint))
        return None

    def some(self, node: Node | None, key: str) -> tuple[Scalar, ...]:
        """A node that should be one value or a list of values."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for item in items:
            if is_empty(item):
                self.found.append(problems.nothing_here(item.span, key))
            elif (scalar := self.one(item, key)) is not None:
                found.append(scalar)
        return tuple(found)

    def mapping(self, name: str, *forms: Form) -> tuple[Entry, ...]:
        """The entries of a mapping under a key."""
        node = self.node(name, *forms)
        return () if node is None else self.entries_of(node, name)

    def entries_of(self, node: Node, key: str) -> tuple[Entry, ...]:
        """The entries of a node that should be a mapping."""
        if isinstance(node, Mapping):
            return node.entries
        ours = key in self.table.names
        form = self.table.key(key).form.value if ours else "keys with values"
        hint = with_names(node, key) if ours else ""
        self.found.append(problems.wrong_shape(node.span, key, f"{form} are", _SHAPES[type(node)], hint))
        return ()

    # -- texts and names

    def text(self, name: str) -> str:
        """Prose, with white space at its ends taken off."""
        entry = self.entries.get(name)
        if (
            entry is not None
            and isinstance(entry.value, Scalar)
            and entry.value.style
            and is_empty(entry.value)
        ):
            self.found.append(problems.empty_text_value(entry.key.span, name))
            return ""
        scalar = self.scalar(name, Form.TEXT, Form.FILE, Form.STANDARD, Form.ID)
        return "" if scalar is None else scalar.text.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or several."""
        return tuple(scalar.text.strip() for scalar in self.some(self.node(name, Form.TEXTS), name))

    def reference(self, name: str) -> Reference | None:
        """The name of something declared elsewhere."""
        scalar = self.scalar(name, Form.REFERENCE)
        return None if scalar is None else Reference(scalar.text.strip(), scalar.inner)

    def one_of(self, name: str) -> str | None:
        """One of the few words that the table gives."""
        scalar = self.scalar(name, Form.ONE_OF)
        if scalar is None:
            return None
        word, words = scalar.text.strip(), self.table.key(name).words
        if word in words:
            return word
        near = nearest(word, words, least_alike=50)
        self.found.append(value_problems.not_one_of(scalar.span, name, word, words, near[0] if near else ""))
        return None

    # -- dates and durations

    def date(self, name: str) -> Moment | None:
        """A date."""
        scalar = self.scalar(name, Form.DATE)
        return None if scalar is None else self._good(values.moment(scalar.text.strip(), scalar.span))

    def dates(self, name: str) -> tuple[Moment, Moment] | None:
        """Two dates, the first not after the second."""
        node = self.node(name, Form.DATES)
        if node is None:
            return None
        if not isinstance(node, Sequence) or len(node.items) != 2:
            found = _SHAPES[type(node)] if not isinstance(node, Sequence) else f"a list of {len(node.items)}"
            meant = dates_for(node.text) if isinstance(node, Scalar) else ""
            hint = f"write `{name}: {meant or '[2027-01, 2027-06]'}`"
            self.found.append(problems.wrong_shape(node.span, name, "a list of two dates is", found, hint))
            return None
        scalars = self.some(node, name)
        dates = [self._good(values.moment(s.text.strip(), s.span)) for s in scalars]
        if len(dates) != 2 or dates[0] is None or dates[1] is None:
            return None
        if dates[1].last < dates[0].first:
            problem = time_problems.between_backwards(node.span, dates[0].first, dates[1].last)
            self.found.append(problem)
            return None
        return dates[0], dates[1]

    def duration(self, name: str) -> Duration | None:
        """A duration."""
        scalar = self.scalar(name, Form.DURATION)
        return None if scalar is None else self._good(values.duration(scalar.text.strip(), scalar.span))

    # -- likelihoods, expressions, queries

    def likelihood(self, name: str = "likelihood") -> Likelihood:
        """A likelihood; `Unknown` where it is missing or wrong, so that the rest can be checked."""
        scalar = self.scalar(name, Form.LIKELIHOOD, Form.START)
        return self.NOTHING if scalar is None else self._good(values.likelihood(scalar)) or self.NOTHING

    def expression(self, name: str) -> Expression | None:
        """An expression."""
        node = self.node(name, Form.EXPRESSION, Form.EVENT)
        place: Place = "event" if self.table.key(name).form is Form.EVENT else "state"
        return None if node is None else self.expression_in(node, name, place)

    def expression_in(self, node: Node, key: str, place: Place = "state") -> Expression | None:
        """A node that should be an expression."""
        if is_empty(node):
            self.found.append(problems.nothing_here(node.span, key))
            return None
        scalar = self.one(node, key)
        return None if scalar is None else expressions.parse_expression(scalar, self.found, place)

    def modifiers(self, name: str) -> tuple[Modifier, ...]:
        """Expressions, each slightly, plainly or greatly."""
        scalars = self.some(self.node(name, Form.MODIFIERS), name)
        modifiers = (expressions.parse_modifier(scalar, self.found) for scalar in scalars)
        return tuple(modifier for modifier in modifiers if modifier is not None)

    def query(self, name: str) -> qu.Query | None:
        """A query."""
        scalar = self.scalar(name, Form.QUERY)
        return None if scalar is None else expressions.parse_query_in(scalar, self.found)

    def test(self, name: str) -> qu.Test | None:
        """A test of a claim."""
        scalar = self.scalar(name, Form.TEST)
        return None if scalar is None else expressions.parse_test_in(scalar, self.found)

    def citations(self) -> tuple[Citation, ...]:
        """The citations under ``cites``."""
        node = self.node("cites", Form.CITATIONS)
        return () if node is None else self.citations_in(node)

    def citations_in(self, node: Node) -> tuple[Citation, ...]:
        """A node that should be one citation or several."""
        scalars = self.some(node, "cites")
        return tuple(c for c in (self._good(values.citation(s)) for s in scalars) if c is not None)

    def _good(self, value: _T | Problem) -> _T | None:
        if isinstance(value, Problem):
            self.found.append(value)
            return None
        return value
