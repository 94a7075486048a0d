"""PDFs made by hand, byte by byte: plain ones, and those that mean harm."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def whole(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects; object 1 is its catalogue."""
    out = b"%PDF-1.4\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    last = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, last))
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (last, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (last, trailer, start)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), more, content)


def shown(text: str) -> bytes:
    """Content of a page that shows some lines."""
    lines = b" T* ".join(
        b"(%b) Tj" % line.replace("(", r"\(").replace(")", r"\)").encode("latin-1")
        for line in text.split("\n")
    )
    return b"BT /F1 12 Tf 14 TL 72 700 Td %b ET" % lines


def pdf(pages: Sequence[str], catalogue: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF whose pages show some text; a page of "" is blank."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
        2: b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, text in enumerate(pages):
        at = first + 2 * number
        objects[at] = _page(at + 1)
        objects[at + 1] = stream(shown(text) if text else b"")
    return whole(objects, trailer)


def _page(contents: int, resources: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F1 3 0 R >> %b >> >>" % (contents, resources)
    )


def encrypted() -> bytes:
    """A PDF that opens with a password only."""
    secret = b"<%b>" % (b"41" * 32)
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %b /U %b /P -4 >> /ID [<00> <00>]" % (secret, secret)
    return pdf(["Nobody reads this"], trailer=lock)


def bomb(megabytes: int) -> bytes:
    """A small PDF with one page of so many megabytes of text."""
    squeeze = zlib.compressobj(9)
    line = b"(" + b"a" * 1000 + b") Tj T* "
    million = line * (1_000_000 // len(line))
    packed = squeeze.compress(b"BT /F1 12 Tf 14 TL 72 700 Td ")
    for _ in range(megabytes):
        packed += squeeze.compress(million)
    packed += squeeze.compress(b"ET") + squeeze.flush()
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: _page(5),
        5: stream(packed, b"/Filter /FlateDecode"),
    }
    return whole(objects)


def never_finishes(depth: int = 40) -> bytes:
    """A PDF of forms, each of which draws the next one twice: 2 ** depth drawings."""
    first = 5
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: _page(first + depth, b"/XObject << /X %d 0 R >>" % first),
    }
    for number in range(first, first + depth):
        following = b"/XObject << /X %d 0 R >>" % (number + 1) if number < first + depth - 1 else b""
        content = b"/X Do /X Do" if following else shown("the end")
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> %b >>"
        objects[number] = stream(content, form % following)
    objects[first + depth] = stream(b"/X Do /X Do")
    return whole(objects)


def circular() -> bytes:
    """A PDF whose cross-reference table says that it goes on where it stands."""
    content = pdf(["A loop"])
    start = content.rindex(b"xref\n0")
    return content.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def hostile_extras() -> bytes:
    """A PDF with a script, a launch action and an embedded file: none of it is looked at."""
    more = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        b"/AA << /WC << /S /Launch /F (/bin/sh) >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) >>] >> >>"
    )
    return pdf(["It may rain"], catalogue=more)
