"""The files of an estimate joined: one header, and sections that go on from file to file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from estimative.language.fields import Fields
from estimative.language.ids import check_id
from estimative.language.keys import HEADER, SECTIONS, TABLES, VARIABLES, Form
from estimative.language.nearest import nearest
from estimative.language.problems import names as name_problems
from estimative.language.problems import shape as problems
from estimative.language.tree import Entry, Mapping, Scalar, is_empty
from estimative.language.unnamed import named, with_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from estimative.language.keys import Table
    from estimative.places.problem import Problem
    from estimative.places.source import Span

_T = TypeVar("_T")


class Joined:
    """The header and the sections of all files of an estimate.

    `broken` collects the names of variables whose record could not be read: they count as declared, and
    what refers to them is not checked further, so that one mistake stays one problem. `lost` collects the
    sections that could not be read for the same end: what is declared nowhere may be declared there.
    """

    def __init__(self, files: Sequence[Mapping], found: list[Problem]) -> None:
        self.found = found
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.declared: dict[str, tuple[str, Span]] = {}
        self.sections: dict[str, list[Entry]] = {section: [] for section in SECTIONS}
        header: dict[str, Entry] = {}
        for entry in (entry for file in files for entry in file.entries):
            key = entry.key.text
            if key in self.sections:
                self.sections[key].append(entry)
            elif key in header:
                found.append(problems.header_twice(entry.key.span, key, header[key].key.span))
            else:
                header[key] = entry
        mapping = Mapping(tuple(header.values()), files[0].span)
        first = next((entry.key.span for file in files for entry in file.entries), files[0].span)
        at = header["estimate"].key.span if "estimate" in header else first
        self.header = Fields(mapping, TABLES["estimate"], "the estimate", at, found)
        for key, entry in header.items():
            if key not in HEADER and not isinstance(entry.value, Scalar):
                absent = [name for name, parts in self.sections.items() if not parts]
                self.lost.update(nearest(key, SECTIONS) or absent)

    def records(self, section: str, read: Callable[[Fields, str], _T | None]) -> tuple[_T, ...]:
        """The records of a section, in the order in which they are written."""
        return tuple(self._records(section, read))

    def _records(self, section: str, read: Callable[[Fields, str], _T | None]) -> Iterator[_T]:
        table = SECTIONS[section]
        names: dict[str, tuple[str, Span]] = self.declared if section in VARIABLES else {}
        for part in self.sections[section]:
            for entry in self._entries(part, table):
                name = check_id(entry.key, self.found)
                first = names.setdefault(name, (table.name, entry.key.span))
                if first[1] is not entry.key.span:
                    kind, span = first
                    problem = name_problems.declared_twice(entry.key.span, name, table.name, span, kind)
                    self.found.append(problem)
                    continue
                if is_empty(entry.value):
                    self.found.append(problems.nothing_here(entry.key.span, name))
                    record = None
                else:
                    fields = Fields(
                        entry.value, table, f"the {table.name} `{name}`", entry.key.span, self.found
                    )
                    record = read(fields, name) if fields.is_mapping else None
                if record is None:
                    self.broken.add(name)
                else:
                    yield record

    def _entries(self, part: Entry, table: Table) -> tuple[Entry, ...]:
        """The entries of one part of a section; a record may be named like a key, but a key is no record."""
        if is_empty(part.value):
            self.found.append(problems.nothing_here(part.key.span, part.key.text))
            return ()
        if isinstance(part.value, Mapping):
            entries = part.value.entries
            if any(e.key.text in table.names and not isinstance(e.value, Mapping) for e in entries):
                self.lost.add(part.key.text)
                return named(entries, table, part.key.text, self.found)
            return entries
        shape = "one value" if isinstance(part.value, Scalar) else "a list"
        self.lost.add(part.key.text)
        hint = with_names(part.value, part.key.text)
        wanted = f"{Form.SECTION.value} are"
        self.found.append(problems.wrong_shape(part.value.span, part.key.text, wanted, shape, hint))
        return ()
