"""Commands about documents: what they say, what an estimate takes from them, and their tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from estimative import pipeline
from estimative.doors.options import OUT, Form, file_argument, form_option
from estimative.doors.output import print_problems, print_shown, write_whole
from estimative.places.plain_files import kind_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.estimate.nodes import Document, Estimate
    from estimative.sources.passages import Read
    from estimative.sources.phrases import WordClass

# What reads and draws is imported where it is used, so that help and checks start at once.

CLASSES: tuple[WordClass, ...] = ("modal", "likelihood", "hedge", "rank", "attribution", "conditional")

_LINE = re.compile(r"[1-9][0-9]{0,6}")
_document = click.Path(exists=True, dir_okay=False, path_type=Path)


def _begins(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    """``31=2510``: page 31 begins at line 2510."""
    table = {}
    for value in values:
        page, _, line = value.partition("=")
        if not page or not _LINE.fullmatch(line):
            raise click.BadParameter(f"{value!r} is not PAGE=LINE, such as 31=2510", ctx, param)
        table[page] = int(line)
    return table


@click.command()
@click.argument("document", type=_document)
@click.option(
    "--class", "classes", multiple=True, type=click.Choice(CLASSES), help="Only phrases of this class."
)
@click.option("--page", "pages", multiple=True, help="Only this page.")
@click.option("--all", "every", is_flag=True, help="Passages too that only attribute or set a condition.")
@click.option(
    "--begins",
    multiple=True,
    callback=_begins,
    metavar="PAGE=LINE",
    help="Where a page begins that is not found by itself (in a PDF: at which page of the file).",
)
@click.option(
    "--draft",
    metavar="OUT",
    type=OUT,
    help="Begin an estimate there that carries the citations and leaves the rest to you.",
)
@click.option("--title", help="Title of the document, for the draft.  [default: the file's name]")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Date of the draft.  [default: today]")
@form_option
def read(
    *,
    document: Path,
    classes: tuple[WordClass, ...],
    pages: tuple[str, ...],
    every: bool,
    begins: dict[str, int],
    draft: Path | None,
    title: str | None,
    as_of: datetime | None,
    form: Form,
) -> None:
    """List the estimative phrases of a document.

    DOCUMENT is a text file or a PDF. Each phrase comes with its page, its class, whether it is negated, and
    who is speaking where that can be told: the authors, someone whose view they report, or a quotation.
    """
    from estimative.show.documents import passages_shown

    read_ = _read(document, begins)
    chosen = tuple(
        narrowed
        for passage in (read_.passages if every or classes else read_.judging)
        if (not pages or passage.page in pages) and (narrowed := passage.only(classes)).hits
    )
    print_shown(passages_shown(read_, chosen), form)
    if draft is not None:
        _write_draft(read_, document, draft, title, as_of)


def _read(document: Path, begins: Mapping[str, int]) -> Read:
    """The document, or its problems printed and an end."""
    read_, problems = pipeline.passages(document, begins)
    print_problems(problems)
    if read_ is None:
        raise click.exceptions.Exit(1)
    return read_


def _write_draft(read_: Read, document: Path, out: Path, title: str | None, as_of: datetime | None) -> None:
    if kind_at(out, follow=True):
        raise click.UsageError(f"{out} is there already; nothing was written")
    day = (as_of or datetime.now(tz=UTC)).date()
    write_whole(out, pipeline.draft(read_, document.name, title or document.stem, day))
    click.echo(f"{out}: a skeleton; `estimative check {out} --sources {document.parent}` reads it.", err=True)


@click.command()
@file_argument
@click.option("--source", "name", help="The source whose document it is.  [default: the estimate's only one]")
@click.option("--document", required=True, type=_document, help="The document: text or PDF.")
@form_option
def coverage(*, file: Path, name: str | None, document: Path, form: Form) -> None:
    """Say what an estimate takes from a document.

    Every estimative passage is encoded (a citation is found in it), left out on purpose (an entry of
    `left-out` names it), or overlooked.
    """
    from estimative.show.coverage import coverage_shown

    estimate = pipeline.check(file).sound()
    answer, problems = pipeline.coverage(estimate, _source(estimate, name), document)
    print_problems(problems)
    if answer is None:
        raise click.exceptions.Exit(1)
    print_shown(coverage_shown(answer), form, estimate)


def _source(estimate: Estimate, name: str | None) -> Document:
    """The source of a name, or the only one."""
    known = [source.name for source in estimate.sources]
    if name is None and len(known) == 1:
        return estimate.sources[0]
    if name not in known:
        which = ", ".join(known) or "none"
        raise click.UsageError(f"--source must be one of the estimate's sources: {which}")
    return estimate.sources[known.index(name)]


@click.command()
@file_argument
@click.option(
    "--in",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the documents.",
)
@click.option("--pages", is_flag=True, help="List where every page begins, so that it can be corrected.")
@form_option
def sources(*, file: Path, folder: Path, pages: bool, form: Form) -> None:
    """Find an estimate's sources in a folder.

    A source names its file, or its digest, or the file has the source's id for a name.
    """
    from estimative.show.documents import sources_shown

    estimate = pipeline.check(file).sound()
    found = pipeline.sources(estimate, folder)
    print_problems([problem for one in found for problem in one.problems])
    print_shown(sources_shown(found, pages=pages), form, estimate)


@click.command()
@click.argument("table", type=_document)
@click.option("--page", help="The page of the document on which the table stands; without it TABLE is CSV.")
@click.option(
    "--columns", default="", help="Names of all its columns on that page: year,total,exports,imports."
)
@click.option(
    "--says", multiple=True, metavar="RELATION", help="What holds in every row, such as 'total = a + b'."
)
@click.option(
    "--quoted", multiple=True, metavar="QUOTE", help="A figure to check: 'share at 1955 is nearly 85'."
)
@form_option
def tables(
    *, table: Path, page: str | None, columns: str, says: tuple[str, ...], quoted: tuple[str, ...], form: Form
) -> None:
    """Audit a printed table by its arithmetic.

    TABLE is a CSV file, or a document with --page and --columns. Relations are sums, differences and shares:
    'total = exports + imports', 'share = part / total'. Cells that cannot be as read get candidates, weighed
    by the misreadings that the rest of the table shows. Nothing is changed.
    """
    from estimative.show.tables import table_shown

    names = [name.strip() for name in columns.split(",") if name.strip()]
    if page is not None and len(names) < 2:
        raise click.UsageError("--page needs --columns: the names of the table's columns, the key first")
    answer, problems = pipeline.table(table, page, names, says, quoted)
    print_problems(problems)
    if answer is None:
        raise click.exceptions.Exit(1)
    print_shown(table_shown(answer), form)


commands: tuple[click.Command, ...] = (read, coverage, sources, tables)
