"""Markup that is safe by construction: every text is escaped where it enters an element."""

from __future__ import annotations

from html import escape

from estimative.show.plain import visible


class Html(str):
    """Markup made by `tag`; any other string is an analyst's text and gets escaped."""

    __slots__ = ()


Child = Html | str | None
"""What may stand in an element; None is nothing."""

ALONE = {"br", "hr", "meta", "link", "img", "input"}
"""HTML elements that have no end."""


def tag(name: str, /, *children: Child, **attributes: str | float | None) -> Html:
    """An element; ``class_`` gives ``class``, ``stroke_width`` gives ``stroke-width``, None is left out.

    >>> tag("p", "1 < 2 ", tag("b", "yes"), class_="note")
    '<p class="note">1 &lt; 2 <b>yes</b></p>'
    >>> tag("circle", cx=1.5, r=2.0, aria_label='a "dot"')
    '<circle cx="1.5" r="2" aria-label="a &quot;dot&quot;"></circle>'
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in ALONE:
        return Html(f"<{name}{shown}>")
    return Html(f"<{name}{shown}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Children one after the other, texts escaped."""
    return Html("".join(c if isinstance(c, Html) else escape(visible(c)) for c in children if c is not None))


def _attribute(value: str | float) -> str:
    if isinstance(value, str):
        return escape(visible(value), quote=True)
    return f"{value:.2f}".rstrip("0").rstrip(".")
