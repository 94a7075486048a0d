"""Whatever a document holds, reading it ends, with an answer or with problems; never with an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estimative.places.source import Source
from estimative.sources import opening
from estimative.sources.opening import open_document, read_document
from estimative.sources.passages import read_passages
from estimative.sources.tables.audit import audit_table
from estimative.sources.tables.cells import read_csv
from estimative.sources.tables.relations import parse_relation
from estimative.sources.tables.text import read_text
from support import pdfs
from support.printed import book

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n\n",
        "\f",
        " ",
        "-\n",
        "\u00ac\n",
        "12",
        "iv",
        "Hi",
        "2?",
        "[p. 3]",
        "It may well rain. ",
        "\u201c",
        "\u201d",
        "if ",
        "the North believes ",
        "*note",
        "\ufb01",
        "\u00ad",
        "1960",
        "17& 1",
        "N.A.",
        ".5 .6",
        "A. B. ",
        "...",
        "\x00",
        "\u202e",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join)
CELLS = st.one_of(
    st.sampled_from(["", "12.5", "4C2.3", "17& 1", "110*", "N.A.", "2 82", "-", "1,022", "."]),
    st.text(max_size=6),
)
quick = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def read(content: bytes) -> None:
    place = Source("a.txt", "").span(0, 0)
    document, _ = read_document("a.txt", content, {"4": 1, "x": 3}, place)
    if document is not None:
        assert document.pages[0].start == 0
        assert document.pages[-1].end == len(document.source.text)
        for passage in read_passages(document).passages:
            assert passage.hits
            assert all(0 <= hit.start < hit.end <= len(document.source.text) for hit in passage.hits)


@given(TEXTS)
@quick
def test_any_text(text: str) -> None:
    read(text.encode("utf-8", errors="surrogatepass"))


@given(st.binary(max_size=200))
@quick
def test_any_bytes(content: bytes) -> None:
    if b"%PDF-" not in content:
        read(content)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_a_pdf_with_any_bytes_changed(at: int, other: bytes) -> None:
    content = pdfs.pdf(["It may rain.", "It may snow."])
    read(content[:at] + other + content[at + len(other) :])


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_cells(rows: list[list[str]]) -> None:
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table, _ = read_csv(Source("t.csv", "year,total,a,b\n" + quoted))
    if table is None:
        return
    relation, _ = parse_relation(Source("", "total = a + b"), table.columns)
    assert relation is not None
    for row in audit_table(table, [relation]).rows:
        assert all(0 <= one.weight <= 1 + 1e-9 for cell in row.cells for one in cell.proposals)


@given(TEXTS)
@quick
def test_a_table_in_any_text(text: str) -> None:
    table = read_text("t", text, ["year", "total", "a"])
    assert table is None or all(len(row.cells) == 2 for row in table.rows)


def test_many_pages_lost_in_a_row() -> None:
    text = book(range(1, 67), printed=dict.fromkeys(range(6, 61), ""))
    document, _ = read_document("a.txt", text.encode(), {}, Source("", "").span(0, 0))
    assert document is not None
    assert [page.name for page in document.pages] == [str(number) for number in range(1, 67)]


def test_a_text_at_the_limit_and_past_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_CHARACTERS", 1_000)
    path = tmp_path / "a.txt"
    path.write_text("a " * 500, encoding="utf-8")
    assert [problem.code for problem in open_document(path)[1]] == ["W0511"]
    path.write_text("a " * 500 + "a", encoding="utf-8")
    assert [problem.code for problem in open_document(path)[1]] == ["E0501"]
