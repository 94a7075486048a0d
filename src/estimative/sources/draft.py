"""A first estimate from a document: a skeleton that carries the citations and leaves the thinking open.

Every estimative passage becomes a condition with one rule: its word of likelihood where the language has
it, else `unknown`, its place in the document, and nothing that the passage says. What it is that may happen,
how it hangs together and what is claimed is the analyst's to write. The skeleton passes `check` as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.words.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from estimative.sources.passages import Hit, Passage, Read

STANDARD = "ordinary"
PHRASE_WORDS = 8
"""A citation holds at most so many words."""
CONTEXT = 6
"""Words that a cited phrase is filled up to."""
LIKELY_CLASSES = ("likelihood", "modal", "hedge")


def draft(read: Read, source: str, title: str, as_of: date) -> str:
    """Text of the skeleton.

    Parameters
    ----------
    read
        The document, read.
    source
        Id of the document among the estimate's sources.
    title
        Title of the document.
    as_of
        Date of the estimate.
    """
    name = read.paged.source.name
    lines = [
        f"# A first skeleton of an estimate, drawn from {_plain(name)}; everything in it waits for an analyst.",
        f"estimate: {source}-draft",
        f"title: {_quoted(title)}",
        f"as-of: {as_of.isoformat()}",
        "horizon: 10 years          # how far the document looks",
        "step: quarter",
        f"standard: {STANDARD}",
        "",
        "sources:",
        f"  {source}:",
        f"    title: {_quoted(title)}",
        f"    file: {_quoted(name)}",
        f"    digest: {read.paged.digest}",
    ]
    if read.paged.table:
        pages = ", ".join(f"{_quoted(page)}: {number}" for page, number in read.paged.table)
        lines.append(f"    pages: {{{pages}}}")
    lines += ["", "conditions:"]
    named: set[str] = set()
    for passage in (one for one in read.judging if one.page or not read.paged.has_pages):
        cited = _cited(passage)
        if cited is not None:
            lines += _condition(passage, source, cited, named)
    if not named:
        lines[-1:] = [
            "# No estimative passage was found.",
            "conditions: {nothing-yet: {says: to be written}}",
        ]
    return "\n".join(lines) + "\n"


def _condition(passage: Passage, source: str, cited: str, named: set[str]) -> list[str]:
    name = _id(passage, named)
    word, hit = _word(passage)
    page = passage.page or "1"
    lines = [
        f"  {name}:",
        "    says: to be written - what may happen",
        "    becomes:",
        "      as-written:",
        f"        likelihood: {word}",
        "        cites: '" + f'{source} p.{page} "{cited}"'.replace("'", "''") + "'",
    ]
    remarks = [] if word != "unknown" or hit is None else [f"the words are {_plain(hit.meant)}"]
    if hit is not None and hit.negated:
        remarks.append("negated there")
    if hit is not None and (hit.about or hit.speaker != "authors"):
        remarks.append(f"of what {hit.about} believe" if hit.about else f"the view of {hit.speaker}")
    if remarks:
        lines.append(f"        note: {_quoted('; '.join(_plain(remark) for remark in remarks))}")
    return lines


def _word(passage: Passage) -> tuple[str, Hit | None]:
    """The passage's word of likelihood in the language, with its phrase; `unknown` where it has none."""
    known = lexicon(STANDARD)
    for word_class in LIKELY_CLASSES:
        for hit in passage.hits:
            if hit.word_class == word_class and not hit.negated:
                wording = " ".join(hit.meant.lower().split())
                if known.find(wording) is not None:
                    return wording, hit
    return "unknown", next((hit for hit in passage.hits if hit.word_class in LIKELY_CLASSES), None)


def _cited(passage: Passage) -> str | None:
    """A few words around the passage's phrase, as they stand in the document; None where they cannot be cited."""
    hit = next(hit for hit in passage.hits if hit.word_class in (*LIKELY_CLASSES, "rank"))
    sentence = passage.sentence
    at = next(i for i in range(len(sentence.text)) if sentence.origins[i] >= hit.start)
    words = list(re.finditer(r"\S+", sentence.text))
    first = next(n for n, word in enumerate(words) if word.end() > at)
    chosen = words[first : first + max(CONTEXT, min(PHRASE_WORDS, len(hit.phrase.split())))]
    if len(chosen) < CONTEXT:
        chosen = words[-CONTEXT:]
    phrase = sentence.text[chosen[0].start() : chosen[-1].end()]
    phrase = re.sub(r"[\"\u201c\u201d\x00-\x1f]+", " ", phrase)
    phrase = " ".join(phrase.split())
    return phrase or None


def _id(passage: Passage, named: set[str]) -> str:
    page = re.sub(r"[^a-z0-9]", "", passage.page.lower()) or "x"
    count = 1
    while f"p{page}-{count}" in named:
        count += 1
    named.add(f"p{page}-{count}")
    return f"p{page}-{count}"


def _plain(text: str) -> str:
    """Text without what YAML or a terminal could take for more than text."""
    return re.sub(r"[^\w .,;:'()/\-]", " ", text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", " ").replace('"', "'")
    return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", escaped) + '"'


def source_id(name: str) -> str:
    """An id made of a file's name: small letters, digits and hyphens.

    >>> source_id("R-3159 final.pdf")
    'r-3159-final'
    """
    stem = re.sub(r"\.[a-z0-9]+$", "", name.lower())
    made = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    return made if made[:1].isalpha() else f"source-{made}".rstrip("-")
