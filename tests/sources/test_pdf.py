"""PDFs: read page by page in a child process, and refused in plain words where they are broken or hostile."""

from __future__ import annotations

import pytest

from estimative.places.source import Source
from estimative.sources.paged import FileText, PagedText
from estimative.sources.pdf import CHILD, Limits, pdf_text
from support import pdfs

SMALL = Limits(seconds=20, characters=100_000)


def read(
    content: bytes, limits: Limits = SMALL, table: dict[str, int] | None = None
) -> tuple[PagedText | None, list[str]]:
    source = Source("a.pdf", "")
    paged, found = pdf_text(FileText(source, "", table or {}, source.span(0, 0)), content, limits)
    return paged, [problem.code for problem in found]


def pages(paged: PagedText | None) -> list[tuple[str, str, str]]:
    assert paged is not None
    text = paged.source.text
    return [(page.name, page.basis, text[page.start : page.end].strip()) for page in paged.pages]


def test_pages_are_counted() -> None:
    paged, found = read(pdfs.pdf(["It may rain.", "It may snow."]))
    assert pages(paged) == [("1", "counted", "It may rain."), ("2", "counted", "It may snow.")]
    assert found == []


def test_page_labels_of_the_file_come_first() -> None:
    labels = b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 1 >>] >>"
    paged, _ = read(pdfs.pdf(["Preface", "Contents", "Text"], labels))
    assert [name for name, _, _ in pages(paged)] == ["i", "ii", "1"]


def test_page_labels_are_cut_and_count_as_text() -> None:
    labels = b"/PageLabels << /Nums [0 << /S /D /P (%b) >>] >>" % (b"A" * 100_000)
    content = pdfs.pdf(["x"] * 40, labels)
    paged, found = read(content)
    assert {name for name, _, _ in pages(paged)} == {"A" * 40}
    assert found == []
    assert read(content, Limits(seconds=20, characters=1_000)) == (None, ["E0507"])


def test_printed_numbers_name_the_pages_where_they_agree() -> None:
    texts = ["Title", *(f"Some text\nof this page\n{number}" for number in range(11, 17))]
    paged, _ = read(pdfs.pdf(texts))
    assert [name for name, _, _ in pages(paged)] == ["", "11", "12", "13", "14", "15", "16"]
    assert paged is not None
    assert paged.source.text[slice(*paged.marks[0])] == "11"


def test_the_page_table_corrects_from_a_page_on() -> None:
    paged, found = read(pdfs.pdf(["a", "b", "c", "d"]), table={"iv": 2, "1": 4})
    assert [(name, basis) for name, basis, _ in pages(paged)] == [
        ("1", "counted"),
        ("iv", "given"),
        ("v", "given"),
        ("1", "given"),
    ]
    assert found == []


def test_the_page_table_cannot_point_past_the_end() -> None:
    assert read(pdfs.pdf(["a"]), table={"7": 9})[1] == ["E0513"]


def test_a_page_without_text_is_named() -> None:
    source = Source("a.pdf", "")
    _, found = pdf_text(FileText(source, "", {}, source.span(0, 0)), pdfs.pdf(["a", "", "c", ""]), SMALL)
    assert [(problem.code, problem.says) for problem in found] == [
        ("W0509", "`a.pdf`: pages 2, 4 have no text")
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdfs.encrypted(), "E0504"),
        (pdfs.pdf(["cut off"])[:200], "E0505"),
        (b"%PDF-1.7 and nothing more", "E0505"),
        (pdfs.pdf(["", ""]), "E0508"),
    ],
    ids=["encrypted", "cut", "rubbish", "images"],
)
def test_what_cannot_be_read_is_said(content: bytes, code: str) -> None:
    assert read(content) == (None, [code])


def test_a_pdf_that_expands_without_end_is_stopped() -> None:
    content = pdfs.bomb(1)
    assert len(content) < 50_000
    assert read(content) == (None, ["E0507"])


def test_a_pdf_that_takes_all_memory_is_stopped() -> None:
    assert read(pdfs.bomb(40), Limits(seconds=20, memory=160_000_000)) == (None, ["E0507"])


def test_a_pdf_that_never_finishes_is_stopped() -> None:
    assert read(pdfs.never_finishes(), Limits(seconds=1)) == (None, ["E0506"])


def test_the_same_pdf_with_an_end_is_read() -> None:
    # The twin of the one before: what stops it is its length, not its shape.
    paged, found = read(pdfs.never_finishes(depth=3))
    assert paged is not None
    assert paged.source.text.count("the end") == 2**3
    assert found == []


def test_a_cross_reference_loop_ends() -> None:
    paged, _ = read(pdfs.circular())
    assert [text for _, _, text in pages(paged)] == ["A loop"]


def test_scripts_launches_and_attachments_are_not_looked_at() -> None:
    paged, found = read(pdfs.hostile_extras())
    assert [text for _, _, text in pages(paged)] == ["It may rain"]
    assert found == []


def test_too_many_pages_are_read_in_part() -> None:
    paged, found = read(pdfs.pdf([f"page {number}" for number in range(1, 31)]), Limits(pages=10))
    assert len(pages(paged)) == 10
    assert found == ["W0512"]


def test_the_child_is_run_by_its_own_path() -> None:
    # It must not import the package: what it reads may be hostile, and it starts faster.
    assert "estimative" not in CHILD.read_text(encoding="utf-8").replace('"""', "")
