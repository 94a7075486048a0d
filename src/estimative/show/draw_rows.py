"""Drawings in rows and columns: ranges with their medians, bars, histograms, grids of shades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.markup import Html, join, tag
from estimative.show.numerals import number, percent
from estimative.show.svg import LONGEST_LABEL, WIDTH, Scale, canvas, label, line, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.show.figures import Bar, Bars, Grid, Histogram, Interval, Intervals, Row

LABELS, NOTES = 250, 130
"""Room at the left for what a row is about, at the right for its numbers."""

LINE = 16
"""Height of one range or bar."""

SENTENCES, SENTENCE, SENTENCE_LINES = 380, 56, 3
"""Room at the left for what bars are about, which may be sentences; characters in a line of one, and its lines."""


def draw_intervals(figure: Intervals) -> Html:
    """One line a range on a common scale from 0 to 100 %, its numbers at the right."""
    across = Scale(0, 1, LABELS, WIDTH - NOTES)
    names = _names(figure)
    y = 24.0 + (18 if names else 0)
    marks: list[Html] = [_legend(names)] if names else []
    top = y - 6
    body: list[Html] = []
    for row in figure.rows:
        thick = LINE * len(row.intervals) + 8
        height = max(thick, _needed(row.label))
        body.append(_row(row, across, y + (height - thick) / 2))
        y += height
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = across.at(share)
        marks += [line(x, top, x, y - 6, "grid"), words(x, top - 5, f"{share * 100:.0f}%", "tick", "middle")]
    return canvas(figure.title, y, *marks, *body)


def _needed(text: str, width: int = LONGEST_LABEL, most: int = 2) -> float:
    """Height that a row's name needs, in lines of so many characters."""
    lines = len(wrap(text, width, most))
    return 8.0 + 14 * lines if lines > 1 else 0.0


def _names(figure: Intervals) -> tuple[tuple[str, str], ...]:
    """Names and tones of intervals, where rows have several."""
    if all(len(row.intervals) < 2 for row in figure.rows):
        return ()
    return tuple(dict.fromkeys((one.name, one.tone) for row in figure.rows for one in row.intervals))


def _legend(names: tuple[tuple[str, str], ...], first: float = LABELS) -> Html:
    marks: list[Html] = []
    x = float(first)
    for name, tone in names:
        marks += [
            tag("rect", x=x, y=5, width=14, height=5, class_=f"tone-{tone}"),
            words(x + 19, 12, name, "tick"),
        ]
        x += 32 + 6.5 * len(name)
    return join(*marks)


def _row(row: Row, across: Scale, y: float) -> Html:
    marks = [label(LABELS - 12, y + 5 + LINE * (len(row.intervals) - 1) / 2, row.label)]
    for place, one in enumerate(row.intervals):
        marks.append(
            _interval(one, across, y + place * LINE + 5, row.note if len(row.intervals) == 1 else "")
        )
    return tag("g", *marks)


def _interval(one: Interval, across: Scale, y: float, note: str) -> Html:
    low, high = across.at(one.low), across.at(one.high)
    hover = tag("title", f"{one.name}: {one.said}" + (f"; {note}" if note else ""))
    marks = [
        tag(
            "rect",
            hover,
            x=low,
            y=y - 3,
            width=max(high - low, 2),
            height=6,
            rx=3,
            class_=f"range tone-{one.tone}",
        )
    ]
    if one.median is not None:
        marks.append(tag("circle", cx=across.at(one.median), cy=y, r=5, class_=f"dot tone-{one.tone}"))
    marks.append(words(WIDTH - NOTES + 12, y + 4, one.said))
    return tag("g", *marks)


def draw_bars(figure: Bars) -> Html:
    """Bars from zero, to the left where negative, with a whisker where there is a range; shares from 0 to 100 %.

    Where bars differ in tone and each has a note, the notes say above what the tones mean.
    """
    ends = [end for one in figure.bars for end in (one.value, one.low, one.high) if end is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends]) or 1.0
    shares = figure.percent and low == 0
    # Room beside the longest bar for its number.
    across = Scale(low, 1 if shares else high, SENTENCES + (46 if low < 0 else 0), WIDTH - 60)
    tones = tuple(dict.fromkeys((one.note, one.tone) for one in figure.bars))
    legend = len(tones) > 1 and all(note for note, _ in tones)
    top = y = 22.0 if legend else 2.0
    bars: list[Html] = []
    for one in figure.bars:
        height = max(LINE + 8.0, _needed(one.label, SENTENCE, SENTENCE_LINES))
        bars.append(_bar(one, figure, across, y + (height - LINE) / 2))
        y += height
    marks: list[Html] = [_legend(tones, SENTENCES)] if legend else []
    if shares:
        marks += _shares(figure, across, top, y + 4)
    marks += [line(across.at(value), top, across.at(value), y + 4, "mark") for value in figure.marks]
    if figure.axis:
        middle = (across.first + across.last) / 2
        marks.append(words(middle, y + 36, figure.axis, "tick", "middle"))
    zero = across.at(0)
    foot = 8 + (16 if shares else 0) + (18 if figure.axis else 0)
    return canvas(figure.title, y + foot, *marks, *bars, line(zero, top, zero, y + 4, "axis"))


def _shares(figure: Bars, across: Scale, top: float, foot: float) -> Iterator[Html]:
    """Yield lines and numbers of an axis from 0 to 100 %, its marks among them."""
    for share in sorted({0, 0.5, 1, *(figure.marks or (0.25, 0.75))}):
        x = across.at(share)
        yield line(x, top, x, foot, "grid")
        yield words(x, foot + 13, percent(share), "tick", "middle")


def _bar(one: Bar, figure: Bars, across: Scale, y: float) -> Html:
    zero, end = across.at(0), across.at(one.value)
    said = figure.said(one)
    hover = tag("title", f"{one.label}: {said}" + (f"; {one.note}" if one.note else ""))
    marks = [
        label(SENTENCES - 12, y + LINE / 2, one.label, SENTENCE, SENTENCE_LINES),
        tag(
            "rect",
            hover,
            x=min(zero, end),
            y=y,
            width=max(abs(end - zero), 1),
            height=LINE,
            rx=2,
            class_=f"tone-{one.tone}",
        ),
    ]
    beyond = end
    if one.low is not None and one.high is not None:
        marks.append(line(across.at(one.low), y + LINE / 2, across.at(one.high), y + LINE / 2, "whisker"))
        beyond = across.at(one.high if one.value >= 0 else one.low)
    if one.value >= 0:
        marks.append(words(beyond + 6, y + 12, said, "tick over"))
    else:
        marks.append(words(beyond - 6, y + 12, said, "tick over", "end"))
    return tag("g", *marks)


def draw_histogram(figure: Histogram) -> Html:
    """Columns over an axis, the tallest as high as the picture."""
    foot, top = 150.0, 14.0
    across = Scale(0, len(figure.shares), 44, WIDTH - 44)
    tallest = max(figure.shares, default=0) or 1
    step = (figure.high - figure.low) / max(1, len(figure.shares))
    marks: list[Html] = []
    for place, share in enumerate(figure.shares):
        height = (foot - top) * share / tallest
        x = across.at(place)
        marks.append(
            tag(
                "rect",
                tag("title", f"from {_end(figure, figure.low + place * step)}: {percent(share)}"),
                x=x + 1,
                y=foot - height,
                width=across.at(place + 1) - x - 2,
                height=height,
                class_="tone-plain",
            )
        )
        if place == figure.shares.index(max(figure.shares)):
            middle = (x + across.at(place + 1)) / 2
            marks.append(words(middle, foot - height - 4, percent(share), "tick", "middle"))
    for quarter in range(5):
        x = across.at(len(figure.shares) * quarter / 4)
        end = _end(figure, figure.low + (figure.high - figure.low) * quarter / 4)
        marks += [line(x, foot, x, foot + 4, "axis"), words(x, foot + 17, end, "tick", "middle")]
    marks.append(line(44, foot, WIDTH - 44, foot, "axis"))
    return canvas(figure.title, foot + 24, *marks)


def _end(figure: Histogram, value: float) -> str:
    return f"{number(value * 100)}%" if figure.percent else number(value)


def draw_grid(figure: Grid) -> Html:
    """A table of shades with the rows' names at the left and as many columns' names as there is room for."""
    room = WIDTH - LABELS - 10
    width = min(60.0, room / max(1, len(figure.columns)))
    every = max(1, -(-44 // int(width or 1)))
    pitch = max([20.0, *(_needed(name) for name in figure.rows)])
    marks = [
        words(LABELS + (place + 0.5) * width, 14, name, "tick", "middle", longest=9)
        for place, name in enumerate(figure.columns)
        if place % every == 0
    ]
    for row, (name, values) in enumerate(zip(figure.rows, figure.values, strict=True)):
        y = 22 + row * pitch
        marks.append(label(LABELS - 12, y + 9, name))
        for place, value in enumerate(values):
            if value is None:
                continue
            said = percent(value) if figure.percent else f"{value:.2g}"
            marks.append(
                tag(
                    "rect",
                    tag("title", f"{name}, {figure.columns[place]}: {said}"),
                    x=LABELS + place * width,
                    y=y,
                    width=max(width - 1, 1),
                    height=19,
                    fill_opacity=0.06 + 0.94 * min(max(value, 0), 1),
                    class_="tone-plain",
                )
            )
    return canvas(figure.title, 26 + pitch * len(figure.rows), *marks)
