"""Coverage as blocks: what an estimate takes from a document, page by page, and what it overlooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Part, Picture, Shown, Table, text
from estimative.show.figures import Grid
from estimative.show.numerals import percent, plural
from estimative.show.plain import one_line, visible

if TYPE_CHECKING:
    from estimative.show.blocks import Facts
    from estimative.sources.coverage import Coverage, Covered

ACROSS = 10
"""Pages in one row of the picture."""
SENTENCE = 200
"""Characters of a sentence that a table shows."""


def coverage_shown(answer: Coverage) -> Shown:
    """Passages encoded, left out and overlooked: counts, a picture page by page, and the overlooked ones."""
    blocks: list[Block] = [
        text(
            "Of ",
            Mark(plural(len(answer.covered), "estimative passage"), "strong"),
            f" in {visible(answer.paged.source.name)} the estimate accounts for ",
            Mark(percent(answer.accounted), "strong"),
            f": {answer.count('encoded')} encoded, {answer.count('left out')} left out on purpose, "
            f"{answer.count('overlooked')} overlooked.",
        )
    ]
    if answer.whole_pages:
        blocks.append(text(f"{plural(answer.whole_pages, 'passage')} left out with a page as a whole."))
    if answer.lost:
        blocks.append(
            text(
                Mark(plural(len(answer.lost), "citation"), "bad"),
                " not found, and so encoding nothing: ",
                Mark("estimative check --sources", "code"),
                " says which.",
            )
        )
    blocks += [
        Picture(_grid(answer), "Share of each page's passages that are encoded or left out on purpose.")
    ]
    blocks += [
        _reasons(answer),
        Part("Overlooked", (_overlooked(answer),)),
        Part("Page by page", (_pages(answer),), folded=True),
        text(Mark(f"The document's SHA-256 digest is {answer.paged.digest}.", "quiet")),
    ]
    return Shown(
        kind="coverage",
        title=f"What the estimate takes from {answer.source}",
        blocks=tuple(blocks),
        facts={
            "source": answer.source,
            "digest": answer.paged.digest,
            "passages": len(answer.covered),
            "encoded": answer.count("encoded"),
            "left_out": answer.count("left out"),
            "left_out_by_page": answer.whole_pages,
            "overlooked": answer.count("overlooked"),
            "accounted": answer.accounted,
            "citations_not_found": len(answer.lost),
        },
        rows=tuple(_facts(one) for one in answer.covered),
    )


def _facts(one: Covered) -> Facts:
    return {
        "part": "passage",
        "page": one.passage.page,
        "state": one.state,
        "by": ", ".join(one.by),
        "reason": one.reason,
        "phrases": "; ".join(hit.phrase for hit in one.passage.hits),
        "sentence": one.passage.text,
    }


def _grid(answer: Coverage) -> Grid:
    """Pages in rows of ten, each as dark as it is accounted for; page 31 stands under 1, in the row of 31 to 40."""
    rows: dict[str, list[float | None]] = {}
    for page in answer.pages:
        if page.page.isdigit():
            tens, place = divmod(int(page.page) - 1, ACROSS)
            row = rows.setdefault(f"{tens * ACROSS + 1} to {(tens + 1) * ACROSS}", [])
        else:
            row = rows.setdefault("front matter", [])
            place = len(row)
        row += [None] * (place + 1 - len(row))
        row[place] = page.accounted if page.passages else None
    rows = {name: row for name, row in rows.items() if any(shade is not None for shade in row)}
    across = max(map(len, rows.values()), default=0)
    return Grid(
        "Accounted for, page by page",
        tuple(rows),
        tuple(str(number + 1) for number in range(across)),
        tuple((*row, *[None] * (across - len(row))) for row in rows.values()),
    )


def _reasons(answer: Coverage) -> Block:
    """What is left out, by reason."""
    counts: dict[tuple[str, str], int] = {}
    for one in answer.covered:
        if one.state == "left out":
            counts[one.by[0], one.reason] = counts.get((one.by[0], one.reason), 0) + 1
    if not counts:
        return text("Nothing is left out on purpose.")
    rows = tuple((name, str(number), visible(reason)) for (name, reason), number in counts.items())
    return Table((Column("left out"), Column("passages", "right"), Column("because")), rows)


def _overlooked(answer: Coverage) -> Block:
    rows = tuple(
        (
            one.passage.page,
            Mark(visible("; ".join(hit.phrase for hit in one.passage.hits)), "strong"),
            Mark(visible(one_line(one.passage.text), SENTENCE), "quiet"),
        )
        for one in answer.covered
        if one.state == "overlooked"
    )
    return (
        Table((Column("page", "right"), Column("phrases"), Column("sentence")), rows)
        if rows
        else text("Nothing.")
    )


def _pages(answer: Coverage) -> Table:
    columns = ("page", "encoded", "left out", "overlooked")
    rows = tuple(
        (page.page or "front", str(page.encoded), str(page.left_out), str(page.overlooked))
        for page in answer.pages
        if page.passages
    )
    return Table(tuple(Column(name, "right") for name in columns), rows)
