"""The report that the flagship encodes, where it lies beside the project; tests that need it skip elsewhere."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rapidfuzz import fuzz

from estimative.language.read import read_estimate
from estimative.sources.keyed import key, keyed
from estimative.sources.library import open_source
from estimative.sources.passages import read_passages

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.sources.paged import PagedText
    from estimative.sources.passages import Passage, Read

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FLAGSHIP = ROOT / "src" / "estimative" / "estimates" / "soviet-dprk-1984"
READING = SHARED / "report" / "reading.md"
LABELS = ROOT / "tests" / "sources" / "labels.csv"
ALIKE = 80.0
"""Likeness from which an anchor of the reading counts as found in a passage."""


@cache
def report_path() -> Path | None:
    """The scan that the flagship cites, by its digest; None where it is not at hand."""
    digest = next(source.digest for source in flagship().sources)
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    return next((path for path in seeds if sha256(path.read_bytes()).hexdigest() == digest), None)


@cache
def flagship() -> Estimate:
    """The flagship estimate."""
    estimate, problems = read_estimate(FLAGSHIP)
    assert estimate is not None, [problem.says for problem in problems if problem.severity == "error"][:3]
    return estimate


@cache
def report() -> PagedText:
    """The report, with the page table of the flagship."""
    path = report_path()
    assert path is not None
    paged, _ = open_source(flagship().sources[0], path)
    assert paged is not None
    return paged


@cache
def report_read() -> Read:
    """The report, read for its estimative language."""
    return read_passages(report())


needs_report = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the report is not beside the project (../shared/seeds)"
)
needs_reading = pytest.mark.skipif(
    not READING.is_file(), reason="the reading of the report is not beside the project (../shared/report)"
)


@dataclass(frozen=True)
class Judgement:
    """One of the judgements that the reading lists: its number, its words, its pages, and whose it is."""

    number: str
    anchors: tuple[str, ...]
    pages: tuple[str, ...]
    whose: str


def judgements() -> tuple[Judgement, ...]:
    """The 265 judgements of section 6 of the reading."""
    found = []
    for line in READING.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| E\d{3} \|", line):
            number, anchor, _, pages, whose, _ = (cell.strip() for cell in line.strip("| \n").split("|"))
            words = re.sub(r"\(.*?\)", "", anchor)
            pieces = tuple(piece.strip() for piece in re.split(r" / |…", words) if len(key(piece)) > 2)
            found.append(Judgement(number, pieces, _pages(pages), whose))
    return tuple(found)


def _pages(text: str) -> tuple[str, ...]:
    """Names of pages: notes left out, runs written out."""
    names: list[str] = []
    for name in re.findall(r"[ivxl]+|\d+(?:-\d+)?", re.sub(r"\(.*?\)|nn?\.\s*\d+", "", text)):
        first, _, last = name.partition("-")
        names += [str(page) for page in range(int(first), int(last) + 1)] if last else [first]
    return tuple(names)


@dataclass(frozen=True)
class Recalled:
    """What became of a judgement: a passage holds its words, and one of its phrases stands in them."""

    judgement: Judgement
    passage: Passage | None
    phrase: bool
    speaker: str = ""
    about: str = ""


def recall(read: Read, listed: tuple[Judgement, ...]) -> tuple[Recalled, ...]:
    """For each judgement whether `read` lists it, on its page or the next."""
    keys = [(passage, keyed(passage.text)) for passage in read.judging]
    names = [page.name for page in read.paged.pages]
    found = []
    for judgement in listed:
        pages = [names.index(name) for name in judgement.pages if name in names]
        best = Recalled(judgement, None, phrase=False)
        for passage, text in keys:
            if not any(abs(passage.sentence.page - page) <= 1 for page in pages):
                continue
            for anchor in judgement.anchors:
                one = _recalled(judgement, passage, anchor, text.key)
                if one is not None and (best.passage is None or (one.phrase and not best.phrase)):
                    best = one
        found.append(best)
    return tuple(found)


def _recalled(judgement: Judgement, passage: Passage, anchor: str, text: str) -> Recalled | None:
    wanted = key(anchor)
    if len(text) < len(wanted):
        return None
    at = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=ALIKE)
    if at is None:
        return None
    start, end = passage.sentence.origin(*keyed(passage.text).origin(at.dest_start, at.dest_end))
    for hit in passage.hits:
        if hit.start < end and start < hit.end:
            return Recalled(judgement, passage, phrase=True, speaker=hit.speaker, about=hit.about)
    return Recalled(judgement, passage, phrase=False)


@dataclass(frozen=True)
class Label:
    """One phrase that a person has looked at: where it stands, and whether it does what its class says."""

    page: str
    start: int
    word_class: str
    phrase: str
    right: bool


def labels() -> tuple[Label, ...]:
    """The labelled sample."""
    lines = [line for line in LABELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(
        Label(row["page"], int(row["start"]), row["class"], row["phrase"], row["right"] == "yes")
        for row in csv.DictReader(lines)
    )
