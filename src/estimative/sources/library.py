"""The documents of an estimate's sources, found in a folder: by name, by digest, or by the source's id."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from estimative.places.plain_files import kind_at, names_in, read_plain
from estimative.sources import problems
from estimative.sources.opening import MAX_BYTES, open_document

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Document, Estimate
    from estimative.places.problem import Problem
    from estimative.sources.paged import PagedText

MOST_FILES = 200
"""How many files of the folder are looked at for a digest."""
ENDINGS = (".txt", ".pdf", ".md")


@dataclass(frozen=True, eq=False)
class FoundSource:
    """One of an estimate's sources with its document.

    `path` is None where no file was found, `paged` where it could not be read; `as_cited` says whether its
    digest is the one in the estimate, None where the estimate has none.
    """

    document: Document
    path: Path | None
    paged: PagedText | None
    problems: tuple[Problem, ...]

    @property
    def as_cited(self) -> bool | None:
        """Whether this is the document that was cited; None where that is not known."""
        if self.paged is None or not self.document.digest:
            return None
        return self.paged.digest == self.document.digest


def find_sources(estimate: Estimate, folder: Path) -> tuple[FoundSource, ...]:
    """Every source of an estimate, with its document where the folder has it."""
    found = []
    for document in estimate.sources:
        path = find_file(document, folder)
        if path is None:
            known = (
                f"`{document.file}`" if document.file else f"`{document.name}.txt` or `{document.name}.pdf`"
            )
            missing = problems.document_not_there(document.span, document.name, str(folder), known)
            found.append(FoundSource(document, None, None, (missing,)))
        else:
            paged, wrong = open_source(document, path)
            found.append(FoundSource(document, path, paged, wrong))
    return tuple(found)


def open_sources(estimate: Estimate, folder: Path) -> tuple[dict[str, PagedText], tuple[Problem, ...]]:
    """The documents that are in the folder, by their sources' ids, and what is wrong with them."""
    found = find_sources(estimate, folder)
    opened = {one.document.name: one.paged for one in found if one.paged is not None}
    return opened, tuple(problem for one in found for problem in one.problems)


def open_source(document: Document, path: Path) -> tuple[PagedText | None, tuple[Problem, ...]]:
    """One source's document, its page table applied and its digest compared."""
    paged, found = open_document(path, dict(document.pages), document.span)
    if paged is not None and document.digest and document.digest != paged.digest:
        found = (*found, problems.document_changed(document.span, document.name, path.name))
    return paged, found


def find_file(document: Document, folder: Path) -> Path | None:
    """The file of a source: the one it names, else one of its digest, else one named by its id."""
    files = [path for name in names_in(folder) if kind_at(path := folder / name, follow=True) == "file"]
    by_name = {path.name: path for path in files}
    if document.file in by_name:
        return by_name[document.file]
    if document.digest:
        for path in files[:MOST_FILES]:
            content = read_plain(path, MAX_BYTES, follow=True)
            if isinstance(content, bytes) and sha256(content).hexdigest() == document.digest:
                return path
    return next((by_name[document.name + e] for e in ENDINGS if document.name + e in by_name), None)
