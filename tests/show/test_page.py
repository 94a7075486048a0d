"""The HTML page: well formed, without script or request, and every text escaped wherever it may stand."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from estimative.show.blocks import Block, Heading, Part, text
from estimative.show.page import anchor, page
from support.blocks import every_block
from support.html import Reader, asks_for_nothing, read

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title></svg><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "]]><![CDATA[<b>",
    "&lt;b&gt; {{7*7}} ${HOME} %s",
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("number", range(len(every_block(""))))
def test_every_text_is_escaped_wherever_it_stands(attack: str, number: int) -> None:
    block = every_block(attack)[number]
    calm = read(page("Calm", (every_block("c" * len(attack))[number],), "Foot"))
    found = read(page(attack, (block,), attack))
    # An attack may change texts only: the elements and their attributes' names are those of a calm page.
    assert [(name, sorted(with_)) for name, with_ in found.elements] == [
        (name, sorted(with_)) for name, with_ in calm.elements
    ]
    assert attack in "".join(found.texts)


def test_the_twin_an_unescaped_text_would_add_an_element() -> None:
    reader = Reader()
    reader.feed(f"<p>{ATTACKS[0]}</p>")
    assert ("script", {}) in reader.elements


def test_nothing_is_fetched_and_nothing_runs() -> None:
    assert asks_for_nothing(page("A page", every_block("words"), "Foot"))


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>",
        '<img src="x.png">',
        '<a href="https://example.org">x</a>',
        "<p onclick='x()'>x</p>",
        '<p style="background: url(x)">x</p>',
    ],
)
def test_the_twin_what_would_be_fetched_or_would_run_is_seen(planted: str) -> None:
    made = page("A page", (), "Foot").replace("Foot", planted)
    assert planted in made
    assert not asks_for_nothing(made)


def test_the_policy_allows_the_page_its_own_style_and_nothing_else() -> None:
    reader = read(page("A page", (), "Foot"))
    policy = next(
        with_["content"] for name, with_ in reader.elements if name == "meta" and "http-equiv" in with_
    )
    style = re.search(r"<style>(.*?)</style>", page("A page", (), "Foot"), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_parts_make_the_contents_and_links_lead_to_them() -> None:
    blocks: tuple[Block, ...] = (
        Heading("Title", 1),
        *(
            Part(name, (text("x"),), folded=name == "Rules")
            for name in ("Claims", "What it hangs on", "Rules")
        ),
    )
    reader = read(page("Title", blocks, "Foot"))
    links = [with_["href"] for name, with_ in reader.elements if name == "a"]
    places = [with_["id"] for _, with_ in reader.elements if "id" in with_]
    assert links == ["#claims", "#what-it-hangs-on", "#rules"]
    assert [f"#{place}" for place in places] == links
    assert ("summary", {}) in reader.elements


def test_an_anchor_is_plain() -> None:
    assert anchor("P(ever x) <1%!") == "p-ever-x-1"
