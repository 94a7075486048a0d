"""PDFs, read by a child process with limits of time and memory, so that none can take the analyst's machine."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from estimative.places.source import Source
from estimative.sources import problems
from estimative.sources.paging import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.places.problem import Problem
    from estimative.sources.paged import FileText, PagedText

CHILD = Path(__file__).with_name("pdf_child.py")


@dataclass(frozen=True)
class Limits:
    """What reading one PDF may take."""

    seconds: int = 60
    memory: int = 1_000_000_000
    pages: int = 10_000
    characters: int = 20_000_000


USUAL = Limits()
"""Enough for a book of thousands of pages."""


@dataclass(frozen=True)
class _Heard:
    """What the child said: how many pages there are, label and text of those it read, and what went wrong."""

    pages: int
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    fault: str
    why: str


def pdf_text(
    file: FileText, content: bytes, limits: Limits | None = None
) -> tuple[PagedText | None, tuple[Problem, ...]]:
    """The text of a PDF with its pages, and what is wrong with it; None where there is no text.

    Parameters
    ----------
    file
        Name, digest and page table; its text is still empty.
    content
        The bytes of the PDF.
    limits
        What reading it may take; the usual limits unless given.
    """
    limits = limits or USUAL
    name, place = file.source.name, file.place
    heard = _ask(content, limits)
    if isinstance(heard, str):
        if heard == "slow":
            return None, (problems.takes_too_long(place, name, limits.seconds),)
        return None, (problems.expands_too_far(place, name),)
    match heard.fault:
        case "locked":
            return None, (problems.encrypted(place, name),)
        case "expands":
            return None, (problems.expands_too_far(place, name),)
        case "damaged":
            return None, (problems.damaged(place, name, heard.why),)
        case _:
            pass
    if not any(text.strip() for text in heard.texts):
        return None, (problems.only_images(place, name, heard.pages),)
    found: list[Problem] = []
    if heard.pages > len(heard.texts):
        found.append(problems.too_many_pages(place, name, len(heard.texts), heard.pages))
    starts, at = [], 0
    for text in heard.texts:
        starts.append(at)
        at += len(text) + 1
    whole = replace(file, source=Source(name, "\f".join(heard.texts)))
    paged, more = counted(whole, starts, heard.labels)
    blank = [page.name for page, text in zip(paged.pages, heard.texts, strict=True) if not text.strip()]
    if blank:
        found.append(problems.pages_without_text(place, name, blank))
    return paged, (*found, *more)


def _ask(content: bytes, limits: Limits) -> _Heard | str:
    """Let the child read; "slow" where its time ran out, "large" where it died of its limits."""
    numbers = (limits.seconds, limits.memory, limits.pages, limits.characters)
    try:
        # The interpreter and the script are ours; -P keeps the script's folder off the import path.
        done = subprocess.run(  # noqa: S603 - nothing of the document's is part of the command
            [sys.executable, "-P", str(CHILD), *map(str, numbers)],
            input=content,
            capture_output=True,
            timeout=limits.seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "slow"
    heard = _heard(done.stdout.decode("utf-8", errors="replace").splitlines())
    if done.returncode == 0 or heard.fault:
        return heard
    # SIGXCPU, or SIGKILL at the hard limit of the processor's time.
    return "slow" if -done.returncode in {24, 9} else "large"


def _heard(lines: Iterable[str]) -> _Heard:
    pages, labels, texts, fault, why = 0, [], [], "", ""
    for line in lines:
        said = json.loads(line)
        if "pages" in said:
            pages = said["pages"]
        elif "fault" in said:
            fault, why = said["fault"], said.get("why", "")
        else:
            labels.append(said["label"])
            texts.append(said["text"])
    return _Heard(pages, tuple(labels), tuple(texts), fault, why)
