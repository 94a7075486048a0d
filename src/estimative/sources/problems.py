"""Problems with documents (E050x to E052x, and their warnings): every sentence about them is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span


# -- opening a document


def cannot_be_opened(span: Span, name: str, why: str) -> Problem:
    """A document that cannot be opened cannot be checked against."""
    return Problem("E0500", span, f"the document `{name}` cannot be opened: {why}")


def too_large(span: Span, name: str, most: int) -> Problem:
    """A limit keeps one file from taking the machine with it."""
    return Problem(
        "E0501",
        span,
        f"the document `{name}` is larger than {most // 1_000_000} MB",
        "give the part that is cited",
    )


def empty(span: Span, name: str) -> Problem:
    """Nothing can be found in nothing."""
    return Problem("E0502", span, f"the document `{name}` is empty")


def not_text(span: Span, name: str, what: str) -> Problem:
    """Only text and PDF are read; anything else would be read as rubbish."""
    return Problem(
        "E0503", span, f"the document `{name}` is {what}, not text or PDF", "save it as text or as a PDF"
    )


def encrypted(span: Span, name: str) -> Problem:
    """A locked PDF gives no text."""
    return Problem(
        "E0504", span, f"the PDF `{name}` is locked with a password", "save a copy of it without the password"
    )


def damaged(span: Span, name: str, why: str) -> Problem:
    """A PDF that breaks its own rules may show anything."""
    return Problem(
        "E0505",
        span,
        f"the PDF `{name}` is damaged: {why}",
        "open and save it again with a PDF program, or give its text",
    )


def takes_too_long(span: Span, name: str, seconds: int) -> Problem:
    """Some PDFs never finish; reading stops where an honest one would long be done."""
    return Problem(
        "E0506",
        span,
        f"reading the PDF `{name}` was stopped after {seconds} seconds",
        "give its text instead",
    )


def expands_too_far(span: Span, name: str) -> Problem:
    """A small file can hold text without end; reading stops before the memory does."""
    return Problem(
        "E0507",
        span,
        f"the PDF `{name}` expands without end when it is read; reading was stopped",
        "give its text instead",
    )


def only_images(span: Span, name: str, pages: int) -> Problem:
    """A scan is a picture of text; nothing can be searched in it."""
    every = "its only page is an image" if pages == 1 else f"all its {pages} pages are images"
    return Problem(
        "E0508",
        span,
        f"the PDF `{name}` has no text: {every}",
        "run character recognition (OCR) over it first",
    )


def pages_without_text(span: Span, name: str, pages: Sequence[str]) -> Problem:
    """A page that is an image is never passed over in silence: what stands on it cannot be found."""
    where = f"page {pages[0]} has" if len(pages) == 1 else f"pages {_some(pages)} have"
    return Problem("W0509", span, f"`{name}`: {where} no text", "citations to it cannot be checked")


def not_utf8(span: Span, name: str) -> Problem:
    """Old text files are often not UTF-8; the usual Western encoding is then assumed, and said."""
    return Problem(
        "W0510",
        span,
        f"`{name}` is not UTF-8; it is read as Windows-1252",
        "save it as UTF-8 if letters are wrong",
    )


def no_page_marks(span: Span, name: str) -> Problem:
    """Without page marks a phrase is looked for in the whole text, and its page cannot be checked."""
    return Problem(
        "W0511",
        span,
        f"no page numbers were found in `{name}`; its pages cannot be told apart",
        "name the lines at which pages begin: `pages: {1: 12, 2: 58}` in the estimate's `sources`",
    )


def too_many_pages(span: Span, name: str, read: int, pages: int) -> Problem:
    """Reading stops somewhere; what was not read is named."""
    return Problem("W0512", span, f"`{name}` has {pages} pages; only the first {read} were read")


def no_such_place(span: Span, name: str, page: str, at: int, last: str) -> Problem:
    """A page table that points past the end of the document belongs to another one."""
    return Problem(
        "E0513",
        span,
        f"page {page} of `{name}` is said to begin at {at}, and {last}",
        "correct `pages` in the estimate's `sources`",
    )


def pages_out_of_order(span: Span, name: str, first: str, second: str) -> Problem:
    """Pages follow one another."""
    return Problem(
        "E0514",
        span,
        f"`pages` of `{name}` puts page {second} before page {first}",
        "correct `pages` in the estimate's `sources`",
    )


# -- citations


def document_not_there(span: Span, source: str, folder: str, looked_for: str) -> Problem:
    """Citations to a document that is not at hand stay as they are, unchecked."""
    return Problem(
        "N0520",
        span,
        f"the document of the source `{source}` is not in `{folder}`; citations to it are not checked",
        f"put it there as {looked_for}",
    )


def document_changed(span: Span, source: str, name: str) -> Problem:
    """Another edition may say something else on the same page."""
    return Problem(
        "W0521",
        span,
        f"`{name}` is not the document that `{source}` was cited from: its digest differs",
        "check the citations, then write the new digest",
    )


def no_such_page(span: Span, source: str, page: str, near: str) -> Problem:
    """A citation leads a reader to a page; a page that does not exist leads nowhere."""
    return Problem("E0522", span, f"`{source}` has no page {page}", near)


def not_found(span: Span, phrase: str, pages: str, nearest: str) -> Problem:
    """A reader who follows the citation will not find what it says."""
    return Problem("W0523", span, f'"{phrase}" was not found on {pages}', nearest)


def to_confirm(span: Span, phrase: str, page: str, nearest: str) -> Problem:
    """Between found and not found a person decides."""
    return Problem(
        "W0524", span, f'"{phrase}" may stand on p. {page}; please look', f"there it reads: {nearest}"
    )


def found_twice(span: Span, phrase: str, page: str, often: str) -> Problem:
    """A phrase that stands twice does not say which passage is meant."""
    return Problem(
        "W0525",
        span,
        f'"{phrase}" stands {often} on p. {page}',
        "cite a few more words of the passage meant",
    )


def on_next_page(span: Span, phrase: str, cited: str, found: str) -> Problem:
    """One page away is near enough to count as found, and still worth correcting."""
    return Problem("N0526", span, f'"{phrase}" stands on p. {found}, not on {cited}')


def no_phrase(span: Span, source: str) -> Problem:
    """A page alone cannot be checked, and a passage without words cannot be found again."""
    return Problem(
        "N0527", span, f"this citation of `{source}` names no phrase", 'add a few words: p.12 "a few words"'
    )


def _some(pages: Sequence[str]) -> str:
    shown = ", ".join(pages[:10])
    return shown if len(pages) <= 10 else f"{shown} and {len(pages) - 10} more"
