"""The HTML page: well formed, without script or request, and every text escaped wherever it may stand."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from estimative.places import Problem, Source
from estimative.show.answer_page import answer_page
from estimative.show.blocks import (
    STRIPS,
    Block,
    Column,
    Heading,
    Listing,
    Mark,
    Part,
    Picture,
    Problems,
    Shown,
    Spark,
    Strip,
    Table,
    text,
)
from estimative.show.draw import style
from estimative.show.figures import Areas, Bar, Bars, Diagram, Layer, Line, Lines, Node
from estimative.show.page import anchor, markup, page
from support.blocks import every_block
from support.html import Reader, asks_for_nothing, read
from support.small import estimate_of

if TYPE_CHECKING:
    from estimative.show.figures import Figure

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
    assert anchor("P(ever x) <1%!") == "p-ever-x-below-1"
    assert anchor("P(ever x > 2)") != anchor("P(ever x < 2)")
    assert anchor("日本 und Ärger") == "日本-und-ärger"


def test_blocks_stand_in_their_order_and_the_contents_before_the_first_part() -> None:
    parts = tuple(Part(name, (text("x"),)) for name in ("One", "Two", "Three"))
    made = page("Title", (text("ahead"), *parts, text("below")), "Foot")
    places = [made.index(words) for words in ("ahead", "<nav ", 'id="one"', 'id="three"', "below", "Foot")]
    assert places == sorted(places)


def test_over_strips_stand_the_ends_of_their_line() -> None:
    table = Table((STRIPS, Column("a · b")), ((Strip(0, 0, 1), "x"),))
    made = page("Title", (table,), "Foot")
    assert '<div class="ends"><span>0%</span><span>100%</span></div>' in made
    assert ">a · b<" in made
    # The dot of a median of nothing is inside the drawing.
    (circle,) = (with_ for name, with_ in read(made).elements if name == "circle")
    assert float(circle["cx"] or 0) >= float(circle["r"] or 0)


def test_a_course_in_a_cell_stands_between_its_bounds_and_says_whence_and_whither() -> None:
    drawn = page("x", (Table((Column(""),), ((Spark((0.0, 0.3, 0.58)),),)),), "")
    assert "<title>from 0% to 58%</title>" in drawn
    heights = re.findall(r'<line x1="5" y1="(\d+)" x2="125" y2="\1" class="grid">', drawn)
    assert heights == ["2", "16"]
    assert 'd="M5.0,16.0L' in drawn, "where it is 0 it runs along the lower line"


def cells_of(table: Table) -> list[dict[str, str | None]]:
    """Attributes of a table's cells, row by row, without those of its head."""
    reader = read(page("Title", (table,), "Foot"))
    return [with_ for name, with_ in reader.elements if name == "td" or with_.get("scope") == "row"]


def test_a_row_is_named_by_its_first_cell() -> None:
    first, second = cells_of(Table((Column("sign"), Column("tells", "right")), (("a fire", "5%"),)))
    assert first == {"scope": "row"}
    assert second == {"class": "right"}


def test_a_table_that_is_too_wide_for_a_telephone_is_a_list_there_whose_cells_say_what_they_are() -> None:
    sentence = "A sentence that is longer than a telephone is wide"
    columns = (Column("sign"), Column("tells", "right"), Column(""))
    first, second, third = cells_of(Table(columns, ((sentence, "5%", "at most"),)))
    assert first == {"scope": "row", "role": "rowheader"}
    assert second == {"class": "right", "role": "cell", "data-name": "tells"}
    assert third == {"role": "cell"}
    # A number as a row's name does not speak for itself.
    page_, _ = cells_of(Table((Column("page", "right"), columns[0]), (("3", sentence),)))
    assert page_ == {"scope": "row", "class": "right", "role": "rowheader", "data-name": "page"}
    # An empty cell has no element in it, so that a browser can leave it out with its name.
    assert 'data-name="tells"></td>' in markup(Table(columns[:2], ((sentence, Mark("", "strong")),)))
    # Beside its drawing a number needs no name.
    drawn = cells_of(Table((*columns[:2], STRIPS), ((sentence, "5%", Strip(0, 0.05, 1)),)))
    assert not any("data-name" in with_ for with_ in drawn)


def test_a_problem_is_a_paragraph_with_its_place_and_its_line_below() -> None:
    source = Source("a.yaml", "range: 90-20%")
    note = (source.span(0, 5), "this one")
    problem = Problem("E0206", source.span(7, 13), "this range runs backwards", "write `20-90%`", (note,))
    assert markup(Problems((problem,))) == (
        '<div class="problem"><p><span class="bad">error[E0206]</span> this range runs backwards</p>'
        '<p class="quiet"><code>a.yaml:1:8</code></p><pre>1 | range: 90-20%\n  |        ^^^^^^</pre>'
        "<p>Try: write `20-90%`</p>"
        '<p class="quiet"><code>a.yaml:1:1</code>: this one</p><pre>1 | range: 90-20%\n  | -----</pre></div>'
    )
    nowhere = Source("a.yaml", "").span(0, 0)
    assert "<pre>" not in markup(Problems((Problem("E0001", nowhere, "there is no such file"),)))


def test_a_title_stands_over_its_table_however_narrow_that_is() -> None:
    made = page("Title", (Table((Column("a"),), (("b",),), "A title longer than its table"),), "Foot")
    assert "<figcaption><strong>A title longer than its table</strong></figcaption>" in made
    assert '<table aria-label="A title longer than its table">' in made


DATES = (date(2020, 1, 1), date(2021, 1, 1))
AREAS = Areas("areas", DATES, (Layer("low", (1, 0.25)), Layer("high", (0, 0.75))))
LINES = Lines(
    "lines", DATES, (Line("up", (0.1, 0.3)), Line("short", (0.5, math.nan)), Line("no", (math.nan,) * 2))
)


@pytest.mark.parametrize(
    ("figure", "said"), [(AREAS, ["high 75%", "low 25%"]), (LINES, ["up 30%", "short 50%", "no"])]
)
def test_courses_have_a_key_for_screens_too_narrow_for_their_labels(figure: Figure, said: list[str]) -> None:
    made = markup(Picture(figure))
    assert [re.sub("<.*?>", "", item) for item in re.findall("<li>(.*?)</li>", made)] == said
    inside, beside = made.split('<ul class="key">')
    swatches = re.findall('<rect[^>]* class="(.*?)"', beside)
    assert len(swatches) == len(said)
    assert all(f'{colour.split()[-1]}"' in inside for colour in swatches)
    # There the drawing is so much wider than the screen that its plot just fills it.
    shown = re.search(r"\.courses svg\.figure { width: (\d+)%", style())
    width = re.search(r'viewBox="0 0 (\d+) ', made)
    leads = re.findall(r'<path d="M([\d.]+),[^"]*" class="lead"', made)
    assert shown
    assert width
    room = 100 * float(width[1]) / float(shown[1])
    assert all(room - 40 < float(lead) <= room for lead in leads)


def test_a_date_is_never_broken_over_lines() -> None:
    made = markup(
        text("from 1984-10-01 by icd-203, ", Mark("ever x by 1985-06", "code"), " a well-known 3-4")
    )
    assert re.findall('<span class="unbroken">(.*?)</span>', made) == ["1984-10-01", "icd-203", "1985-06"]
    assert re.sub("<.*?>", "", made) == "from 1984-10-01 by icd-203, ever x by 1985-06 a well-known 3-4"


def test_what_is_wider_than_most_screens_is_reached_by_keys() -> None:
    short, long = (
        Table((Column("a", whole=True),), (("b",),)),
        Table((Column("a", whole=True),), (("b" * 140,),)),
    )
    assert "tabindex" not in markup(short) + markup(Picture(AREAS)) + markup(Listing(("a line",)))
    diagram = Picture(Diagram("What leads to it", (Node("a", "condition"),), ()))
    assert '<div class="wide" tabindex="0" role="group" aria-label="What leads to it">' in markup(diagram)
    assert 'tabindex="0"' in markup(long)
    assert 'tabindex="0"' in markup(Listing(("a line" * 40,)))
    # Running text is broken over lines.
    assert "tabindex" not in markup(Table((Column("a"),), (("words " * 40,),)))


def test_other_pictures_have_no_key() -> None:
    assert "key" not in markup(Picture(Bars("bars", (Bar("up", 0.4),))))


def test_an_answer_is_headed_by_its_estimate_and_leaves_no_level_of_headings_out() -> None:
    shown = Shown("why", "Why <x>", (Heading("Again", 1), Heading("P(ever x)", 3), text("words")))
    estimate = estimate_of("conditions: {x: {becomes: {r: likely}}}\n")
    made = answer_page(shown, "estimative why", estimate)
    reader = read(made)
    assert [name for name, _ in reader.elements if name.startswith("h") and name[1:].isdigit()] == [
        "h1",
        "h2",
    ]
    assert "Again" not in reader.texts
    assert reader.texts.count("Why <x>: A small estimate") == 2, "as the window's title, and as the page's"
    assert "estimative why." in made
    alone = read(answer_page(shown, "estimative why"))
    assert not any("A small estimate" in words for words in alone.texts)
    # Where there are parts, headings are inside them and stay as they are.
    whole = Shown("why", "Why", (Part("One", (Heading("Inside", 3),)), Heading("Outside", 3)))
    names = [name for name, _ in read(answer_page(whole, "estimative why")).elements]
    assert [name for name in names if name in {"h1", "h2", "h3"}] == ["h1", "h2", "h3", "h3"]
