"""Reading trends: what an estimate says of a series, and the series itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.nodes import Trend
from estimative.estimate.values import Text
from estimative.language.keys import Form
from estimative.language.problems import shape as problems
from estimative.language.tree import Sequence, is_empty

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.series import Series
    from estimative.language.fields import Fields
    from estimative.language.series import Row


def read_trend(fields: Fields, name: str, folder: Path | None) -> tuple[Trend | None, tuple[Row, ...]]:
    """One trend, and the rows of its series; None where the series cannot be read."""
    fields.one_of("projection")  # there is one
    log = fields.one_of("log") == "yes"
    series, rows = _series(fields, folder)
    says, unit, note = fields.text("says"), fields.text("unit"), fields.text("note")
    cites = fields.citations()
    if series is None:
        return None, ()
    return Trend(name, series, says, unit, "random-walk", log, cites, note, fields.at), rows


def _series(fields: Fields, folder: Path | None) -> tuple[Series | None, tuple[Row, ...]]:
    file = _text(fields, "data")
    column, date_column, unit = (_text(fields, key) for key in ("column", "date-column", "unit"))
    missing = _missing(fields)
    if file is None:
        return None, ()
    if folder is None:
        fields.found.append(problems.data_without_folder(file.span, file.text))
        return None, ()
    from estimative.language.data_files import open_data  # noqa: PLC0415 - most estimates have no data,
    from estimative.language.series import SeriesKeys, read_series  # noqa: PLC0415 - and start faster

    source, found = open_data(folder, file.text, file.span)
    fields.found.extend(found)
    if source is None:
        return None, ()
    keys = SeriesKeys(file, column, date_column, missing, unit)
    series, rows, found = read_series(source, keys)
    fields.found.extend(found)
    return series, rows


def _missing(fields: Fields) -> tuple[Text, ...]:
    """Texts that stand for a missing value; ``""`` is an empty cell."""
    entry = fields.entries.get("missing")
    if entry is None:
        return ()
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    texts = []
    for item in items:
        scalar = fields.one(item, "missing")
        if scalar is not None and is_empty(scalar) and not scalar.style:
            fields.found.append(problems.nothing_here(scalar.span, "missing"))
        elif scalar is not None:
            texts.append(Text(scalar.text.strip(), scalar.span))
    return tuple(texts)


def _text(fields: Fields, key: str) -> Text | None:
    scalar = fields.scalar(key, Form.TEXT, Form.FILE)
    return None if scalar is None else Text(scalar.text.strip(), scalar.inner)
