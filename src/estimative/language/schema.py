"""The JSON Schema of an estimate file, for editors: made from the tables that the reader uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.guard import MAX_KEY
from estimative.language.ids import ID
from estimative.language.keys import SECTIONS, TABLES, Form, Table
from estimative.words.lexicon import standards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.language.keys import Key

Json = dict[str, object]

IDENTIFIER = "urn:estimative:schema:estimate"
"""Names the schema; there is nothing to fetch."""

# Editors read YAML 1.2: a date such as 1990 is a number there, and `yes` is text or true.
_ONE_VALUE: Json = {"type": ["string", "number", "boolean"]}
_NAME: Json = {"type": "string", "pattern": f"^{ID.pattern}$", "maxLength": MAX_KEY}
_REFERENCE: Json = {"type": "string", "pattern": r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$"}
_DATE: Json = {
    "anyOf": [
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 2999},
    ]
}
_DURATION: Json = {"type": "string", "pattern": r"^\d{1,6}\s+(day|month|quarter|year)s?$"}
_LIKELIHOOD: Json = {"type": "string", "minLength": 1, "examples": ["likely", "70%", "20-40%", "4 of 28"]}
_EXPRESSION: Json = {"type": "string", "minLength": 1}
_RANKING: Json = {"type": "array", "items": {"anyOf": [_NAME, {"type": "array", "items": _NAME}]}}
_SIGN: Json = {"enum": ["++", "+", "0", "-", "--", 0]}


def _one_or_several(one: Json) -> Json:
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _by_name(value: Json, table: str = "") -> Json:
    """Values by name; names of a table's keys are no names, where one is given."""
    names = _NAME | {"not": {"enum": list(TABLES[table].names)}} if table else _NAME
    return {"type": "object", "propertyNames": names, "additionalProperties": value, "minProperties": 1}


def _to(table: str) -> Json:
    return {"$ref": f"#/$defs/{table}"}


_EFFECTS: Json = {
    "type": "object",
    "properties": {"when": _EXPRESSION, "cites": _one_or_several({"type": "string"})},
    "additionalProperties": _SIGN,
}

_FORMS: Mapping[Form, Json] = {
    Form.TEXT: _ONE_VALUE,
    Form.ID: _NAME,
    Form.IDS: {"type": "array", "items": _NAME, "minItems": 2, "uniqueItems": True},
    Form.REFERENCE: _REFERENCE,
    Form.RANKING: _RANKING,
    Form.DATE: _DATE,
    Form.DATES: {"type": "array", "items": _DATE, "minItems": 2, "maxItems": 2},
    Form.DURATION: _DURATION,
    Form.STANDARD: {"enum": list(standards())},
    Form.EXPRESSION: _EXPRESSION,
    Form.MODIFIERS: _one_or_several(_EXPRESSION),
    Form.LIKELIHOOD: _LIKELIHOOD,
    Form.START: {"anyOf": [{"type": "boolean"}, _LIKELIHOOD]},
    Form.EVENT: _EXPRESSION,
    Form.QUERY: _EXPRESSION,
    Form.TEST: _EXPRESSION,
    Form.CITATIONS: _one_or_several({"type": "string", "minLength": 1}),
    Form.TEXTS: _one_or_several(_ONE_VALUE),
    Form.FILE: {"type": "string", "pattern": r"\.(csv|parquet)$"},
    Form.RULE: {"anyOf": [_LIKELIHOOD, _to("rule")]},
    Form.RULES: _by_name({"anyOf": [_LIKELIHOOD, _to("rule")]}, "rule"),
    Form.SETTLES: _to("settlement"),
    Form.LEVELS: _by_name(_LIKELIHOOD),
    Form.CASES: _by_name(_to("case"), "case"),
    Form.INTERESTS: _by_name(_ONE_VALUE),
    Form.WEIGHS: _by_name(_one_or_several(_EFFECTS)),
    Form.AVAILABLE: _by_name(_EXPRESSION),
    Form.RERANKED: _by_name(_to("reranking"), "reranking"),
    Form.SEEN: _to("seen"),
    Form.PAGES: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
}
"""How each form is written; words, expressions and what names refer to are checked by `estimative check`."""


def schema() -> Json:
    """JSON Schema (draft 2020-12) of an estimate's file, or of one of the files in its folder.

    >>> schema()["properties"]["step"]["enum"]
    ['month', 'quarter', 'year']
    """
    whole = _table(TABLES["estimate"])
    required = [key.name for key in TABLES["estimate"].keys if key.required and key.name != "estimate"]
    del whole["required"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        "title": "An estimate",
        **whole,
        # Of a folder's files only one has the header.
        "dependentRequired": {"estimate": required},
        "minProperties": 1,
        "$defs": {name: _table(table) for name, table in TABLES.items() if name != "estimate"},
    }


def _table(table: Table) -> Json:
    made: Json = {
        "type": "object",
        "description": table.says,
        "properties": {key.name: _key(key) for key in table.keys},
        "additionalProperties": False,
    }
    if required := [key.name for key in table.keys if key.required]:
        made["required"] = required
    if table.either:
        made["anyOf"] = [{"required": [name]} for name in table.either]
    apart = [(one.key, other) for one in table.apart for other in one.others]
    if apart:
        made["not"] = {"anyOf": [{"required": list(pair)} for pair in apart]}
    return made


def _key(key: Key) -> Json:
    if key.form is Form.SECTION:
        return {"description": key.says, **_by_name(_to(SECTIONS[key.name].name))}
    if key.form is Form.ONE_OF:
        words: list[object] = list(key.words)
        if "yes" in words:
            words += [True, False]
        return {"description": key.says, "enum": words}
    return {"description": key.says, **_FORMS[key.form]}
