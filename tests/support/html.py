"""A page as a browser takes it apart: its elements and texts, and whether it asks for anything or runs anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from estimative.show.markup import ALONE


class Reader(HTMLParser):
    """Reads a page: its elements, their attributes, its text; fails where an element is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        self.elements.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element closes: the last that opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """A text."""
        self.texts.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader


REACHES_OUT = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video"}


def asks_for_nothing(made: str) -> bool:
    """Whether a page is whole by itself: nothing is fetched, and nothing runs."""
    for name, attributes in read(made).elements:
        if name in REACHES_OUT or {"src", "srcset", "style", "xlink:href", "action"} & set(attributes):
            return False
        if any(attribute.startswith("on") for attribute in attributes):
            return False
        if not (attributes.get("href") or "#").startswith("#"):
            return False
    return not re.search(r"url\(|@import", made)
