"""The child process that reads a PDF: it sees nothing but the bytes it is sent, and may take little.

Run by its path, with the limits as arguments; imports nothing of the package, so that it starts at once and
has nothing to lose. The PDF comes on standard input; on standard output goes one JSON object a line: first
``{"pages": N}``, then for each page its label and its text, or at any time ``{"fault": WORD, "why": ...}``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pypdfium2 as pdfium

if sys.platform != "win32":  # Windows has no such limits; the parent's clock holds there too
    import resource

FAULTS = {4: "locked", 3: "damaged", 2: "damaged", 5: "locked", 6: "damaged"}
"""What PDFium's error codes mean (FPDF_GetLastError in fpdfview.h)."""
LONGEST_LABEL = 40
"""Characters of a page's label; one label can stand for every page of a file, and be of any length."""


def main(seconds: int, memory: int, pages: int, characters: int) -> None:
    """Read the PDF and say what is in it, within the limits."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        document = pdfium.PdfDocument(content)
        say({"pages": len(document)})
        left = characters
        for number in range(min(len(document), pages)):
            text = page_text(document, number)
            label = document.get_page_label(number)[:LONGEST_LABEL]
            left -= len(text) + len(label)
            if left < 0:
                say({"fault": "expands"})
                return
            say({"label": label, "text": text})
    except pdfium.PdfiumError as error:
        say({"fault": FAULTS.get(error.err_code, "damaged"), "why": str(error)})
    except MemoryError:
        say({"fault": "expands"})


def page_text(document: Any, number: int) -> str:  # noqa: ANN401 - pypdfium2 publishes no types
    """Text of one page; a page that cannot be loaded has none."""
    try:
        page = document[number]
        written = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    text: str = written.get_text_range()
    written.close()
    page.close()
    # U+FFFE is how PDFium writes a hyphen that a line end put there.
    return text.replace("\ufffe", "\u00ad").replace("\r\n", "\n")


def say(what: dict[str, object]) -> None:
    """Write one line for the parent."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
