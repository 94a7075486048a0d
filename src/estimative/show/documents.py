"""Documents as blocks: the passages that were read, the citations that were looked up, the sources found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Shown, Table, text
from estimative.show.numerals import percent
from estimative.show.plain import one_line, visible
from estimative.sources.speaker import AUTHORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.show.blocks import Facts, Role
    from estimative.sources.citations import CheckedCitations, Grade
    from estimative.sources.library import FoundSource
    from estimative.sources.passages import Hit, Passage, Read

SENTENCE = 160
"""Characters of a sentence that a table shows."""

_GRADES: tuple[tuple[Grade, Role, str], ...] = (
    ("found", "good", "the phrase stands on its page or the next"),
    ("to confirm", "mixed", "something like it stands there; please look"),
    ("not found", "bad", "nothing like it stands there"),
    ("no such page", "bad", "the document has no such page"),
    ("page only", "quiet", "no phrase is cited, so nothing can be looked up"),
)


def passages_shown(read: Read, passages: tuple[Passage, ...]) -> Shown:
    """Some passages of a document, each with its phrases and who speaks."""
    hits = [hit for passage in passages for hit in passage.hits]
    counts = Counter(hit.word_class for hit in hits)
    classes = ", ".join(f"{number} {name}" for name, number in counts.most_common())
    name = read.paged.source.name
    whole = text(
        Mark(f"{len(passages)} passages", "strong"),
        f" with {len(hits)} phrases ({classes})." if hits else " found.",
    )
    columns = (Column("page", "right"), Column("phrases"), Column("sentence"))
    table = Table(columns, tuple(_passage_row(passage) for passage in passages))
    return Shown(
        kind="read",
        title=f"What {name} says in estimative words",
        blocks=(whole, table) if passages else (whole,),
        facts={
            "document": name,
            "digest": read.paged.digest,
            "passages": len(passages),
            "phrases": len(hits),
        },
        rows=tuple(_hit_facts(passage, hit) for passage in passages for hit in passage.hits),
    )


def _passage_row(passage: Passage) -> tuple[str | Mark, ...]:
    return (
        f"{passage.page} note" if passage.sentence.is_note else passage.page,
        visible("; ".join(map(_said, passage.hits))),
        Mark(visible(one_line(passage.text), SENTENCE), "quiet"),
    )


def _said(hit: Hit) -> str:
    """A phrase with its class, a negation, and who speaks where it is not the authors of the thing itself."""
    remarks: list[str] = [hit.word_class]
    if hit.negated:
        remarks.append("negated")
    if hit.about:
        remarks.append(f"of {hit.about}")
    elif hit.speaker != AUTHORS:
        remarks.append(hit.speaker)
    meant = "" if hit.phrase == hit.meant else f" for {hit.meant}"
    return f"{hit.phrase}{meant} ({', '.join(remarks)})"


def _hit_facts(passage: Passage, hit: Hit) -> Facts:
    return {
        "part": "phrase",
        "page": passage.page,
        "passage": passage.number,
        "phrase": hit.phrase,
        "meant": hit.meant,
        "class": hit.word_class,
        "negated": hit.negated,
        "speaker": hit.speaker,
        "about": hit.about,
        "note": passage.sentence.is_note,
        "start": hit.start,
        "end": hit.end,
        "sentence": passage.text,
    }


def citations_shown(checked: CheckedCitations) -> Shown:
    """How the citations of an estimate fare in its documents."""
    looked_up = len(checked.resolved)
    rows = tuple(
        (
            Mark(grade, role),
            str(checked.count(grade)),
            percent(checked.count(grade) / looked_up),
            Mark(says, "quiet"),
        )
        for grade, role, says in _GRADES
        if checked.count(grade)
    )
    blocks: list[Block] = []
    if looked_up:
        columns = (
            Column("citations"),
            Column("number", "right"),
            Column("share", "right"),
            Column("meaning"),
        )
        blocks.append(Table(columns, rows, f"{looked_up} citations looked up"))
    else:
        blocks.append(text("No citation was looked up."))
    if checked.unchecked:
        blocks.append(text(f"{checked.unchecked} citations are to documents that are not at hand."))
    return Shown(
        kind="citations",
        title="Citations in their documents",
        blocks=tuple(blocks),
        facts={"looked_up": looked_up, "unchecked": checked.unchecked},
        rows=tuple(
            {
                "by": one.owner,
                "source": one.citation.source,
                "pages": ", ".join(one.citation.pages),
                "phrase": one.citation.phrase,
                "grade": one.grade,
                "likeness": None if one.anchor is None else round(one.anchor.score, 1),
                "page": one.page,
                "reads": one.reads,
            }
            for one in checked.resolved
        ),
    )


def sources_shown(sources: tuple[FoundSource, ...], *, pages: bool) -> Shown:
    """The sources of an estimate, each with its document, if it was found, and where its pages begin."""
    rows = tuple(_source_row(one) for one in sources)
    columns = (Column("source"), Column("file"), Column("pages"), Column("digest (SHA-256)"))
    blocks: list[Block] = [Table(columns, rows)] if rows else [text("This estimate names no sources.")]
    if pages:
        blocks += [_pages(one) for one in sources if one.paged is not None]
    return Shown(
        kind="sources",
        title="Sources and their documents",
        blocks=tuple(blocks),
        rows=tuple(row for one in sources for row in _source_facts(one, pages=pages)),
    )


def _source_facts(one: FoundSource, *, pages: bool) -> Iterator[Facts]:
    """Yield a source, and where wanted its pages."""
    yield {
        "part": "source",
        "source": one.document.name,
        "title": one.document.title,
        "file": "" if one.path is None else one.path.name,
        "digest": "" if one.paged is None else one.paged.digest,
        "as_cited": one.as_cited,
        "pages": 0 if one.paged is None else len(one.paged.pages),
    }
    if one.paged is None or not pages:
        return
    for page in one.paged.pages:
        yield {
            "part": "page",
            "source": one.document.name,
            "page": page.name,
            "line": one.paged.source.span(page.start).place.line,
            "known_by": page.basis,
        }


def _source_row(one: FoundSource) -> tuple[str | Mark, ...]:
    if one.paged is None or one.path is None:
        return (one.document.name, Mark("not found" if one.path is None else "cannot be read", "bad"), "", "")
    counts = Counter(page.basis for page in one.paged.pages if page.name)
    known = ", ".join(f"{number} {basis}" for basis, number in counts.most_common()) or "none found"
    if one.as_cited is None:
        digest = Mark(one.paged.digest, "quiet")
    else:
        digest = Mark("as cited", "good") if one.as_cited else Mark("another document than cited", "bad")
    return (one.document.name, visible(one.path.name), known, digest)


def _pages(one: FoundSource) -> Table:
    """Where the pages of a document begin, with their first words, so that they can be corrected."""
    paged = one.paged
    if paged is None:
        return Table((), ())
    source = paged.source
    rows = tuple(
        (
            page.name or "-",
            str(source.span(page.start).place.line),
            page.basis,
            Mark(visible(one_line(source.text[page.start : page.start + SENTENCE]), 60), "quiet"),
        )
        for page in paged.pages
    )
    columns = (Column("page", "right"), Column("line", "right"), Column("known by"), Column("begins"))
    return Table(columns, rows, f"Pages of {visible(source.name)}")
