"""The catalogue of problems: every code has one constructor in the language and one folder in tests/problems.

A folder holds the bad estimate (`estimate.yaml`, or several files in `estimate/`) and the exact text that
an analyst reads (`expected.txt`). `ask.txt` holds a query that is asked of the estimate, `do.txt` an
intervention, `record.yaml` a record of the estimate, `documents/` the documents of its sources, and
`text.yaml` an estimate that lies in no file. `table.csv` or `table.txt` is a table, with `says.txt`,
`quoted.txt` and `page.txt` (a page and its columns) beside it. What cannot lie in a folder is made by a
function in `made_problems.py`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from estimative.language.checks.queries import check_query
from estimative.language.read import parse_do, parse_query, read_estimate, read_texts
from estimative.places.excerpt import excerpt
from estimative.places.source import Source
from estimative.record.read import read_record
from estimative.sources.citations import check_citations
from estimative.sources.tables.ask import ask_table

if TYPE_CHECKING:
    from estimative.places.problem import Problem

FOLDER = Path(__file__).parents[1] / "problems"
SOURCE = FOLDER.parents[1] / "src" / "estimative"
CONSTRUCTORS = (
    *(SOURCE / "language" / "problems").glob("*.py"),
    SOURCE / "record" / "problems.py",
    SOURCE / "sources" / "problems.py",
    SOURCE / "sources" / "table_problems.py",
)


@dataclass(frozen=True)
class Code:
    """One code: the function that makes its problem, and why it matters to an analyst."""

    code: str
    function: str
    why: str

    @property
    def folder(self) -> Path:
        """Its folder in the catalogue."""
        return FOLDER / f"{self.code}-{self.function.replace('_', '-')}"


def codes() -> tuple[Code, ...]:
    """Every code of the language and of records, by its number."""
    found: list[Code] = []
    for path in sorted(CONSTRUCTORS):
        functions = ast.parse(path.read_text(encoding="utf-8")).body
        found += [
            Code(code, function.name, ast.get_docstring(function) or "")
            for function in functions
            if isinstance(function, ast.FunctionDef) and (code := _code(function))
        ]
    return tuple(sorted(found, key=lambda one: one.code[1:]))


def _code(function: ast.FunctionDef) -> str:
    """The one code of the problems that a function makes; nothing for a helper."""
    made = {
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    if len(made) > 1:
        raise AssertionError(f"{function.name} makes {sorted(made)}")
    return next(iter(made), "")


def problems_in(folder: Path) -> tuple[Problem, ...]:
    """Problems of the bad estimate in a folder, as `estimative check` or `ask` finds them."""
    text = folder / "text.yaml"
    if (folder / "says.txt").exists():
        return _of_table(folder)
    if text.exists():
        return read_texts([Source(text.name, text.read_text(encoding="utf-8"))])[1]
    path = folder / "estimate"
    estimate, found = read_estimate(path if path.is_dir() else path.with_suffix(".yaml"))
    if estimate is None:
        return found
    for name, parse in (("ask.txt", parse_query), ("do.txt", parse_do)):
        if (folder / name).exists():
            asked, wrong = parse((folder / name).read_text(encoding="utf-8").strip())
            found += wrong
            if asked is not None and not isinstance(asked, tuple):
                found += check_query(asked, estimate)
    if (folder / "documents").is_dir():
        found += check_citations(estimate, folder / "documents").problems
    record = folder / "record.yaml"
    return (*found, *read_record(record, estimate)[1]) if record.exists() else found


def _of_table(folder: Path) -> tuple[Problem, ...]:
    """Problems of a table, as `estimative tables` finds them."""
    says, quoted, page = (
        path.read_text(encoding="utf-8").splitlines() if (path := folder / name).exists() else []
        for name in ("says.txt", "quoted.txt", "page.txt")
    )
    path = next(folder.glob("table.*"))
    name, columns = (page[0], page[1].split(",")) if page else (None, [])
    return ask_table(path, name, columns, says, quoted)[1]


def as_text(found: tuple[Problem, ...]) -> str:
    """Problems as an analyst reads them."""
    return "\n\n".join(excerpt(problem) for problem in found) + "\n"
