"""Blocks: an answer as it is shown, freed from where: headings, prose, tables, verdicts, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from estimative.places.problem import Problem, Severity
    from estimative.show.figures import Figure

Role = Literal["plain", "strong", "quiet", "good", "mixed", "bad", "code"]
"""What a piece of text is, not how it looks: a face chooses the colour."""

SEVERITIES: Mapping[Severity, Role] = {"error": "bad", "warning": "mixed", "note": "quiet"}
"""The role of a problem, by how bad it is."""

Value = str | int | float | bool | None
"""What a machine reads in one cell of an answer."""

Facts = Mapping[str, Value]
"""Values by name."""


@dataclass(frozen=True)
class Mark:
    """A few words with a role."""

    text: str
    role: Role


@dataclass(frozen=True)
class Strip:
    """A range drawn in one cell, on a line from 0 to 1, with its median where it has one."""

    low: float
    median: float | None
    high: float


@dataclass(frozen=True)
class Spark:
    """A short course drawn in one cell, values in [0, 1]."""

    values: tuple[float, ...]


Words = str | Mark
"""A piece of running text."""

Cell = Words | Strip | Spark
"""What stands in one cell of a table."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a page, level 2 a part, level 3 a section."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    words: tuple[Words, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of short paragraphs."""

    items: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Listing:
    """Lines of a text file: they are never broken, so that they can be copied."""

    lines: tuple[Words, ...]


@dataclass(frozen=True)
class Column:
    """Head of a column.

    Numbers stand right, and like what is `whole` they are never broken over lines. Where room is short,
    columns that may be dropped go first. `widest` is how many characters of running text make a line.
    """

    title: str
    align: Literal["left", "right"] = "left"
    drop: bool = False
    whole: bool = False
    widest: int = 60


STRIPS = Column("0% · · · · · · · 100%", drop=True, whole=True)
"""Head of a column of strips: the line on which they are drawn."""


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns, every row as long as the columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True)
class Verdict:
    """A judgement on one thing: a word for it, what it is about, and the lines that support it.

    `share` in [0, 1] is drawn as a bar; None where there is none.
    """

    word: str
    role: Role
    says: str
    share: float | None = None
    lines: tuple[tuple[Words, ...], ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure with a sentence that says what it shows."""

    figure: Figure
    caption: str = ""


@dataclass(frozen=True)
class Beside:
    """Pictures that stand side by side where there is room."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Problems:
    """What is wrong in a text, each with its excerpt."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Part:
    """Blocks under a heading; `folded` parts open on a click where the face can do so."""

    title: str
    blocks: tuple[Block, ...]
    folded: bool = False


Block = Heading | Paragraph | Bullets | Listing | Table | Verdict | Picture | Beside | Problems | Part
"""Everything that a face must know how to show."""


@dataclass(frozen=True)
class Shown:
    """One answer, ready for every face.

    Parameters
    ----------
    kind
        Name of the question: ``forecast``.
    title
        One line.
    blocks
        For people.
    facts
        For machines: what holds for the whole answer, such as lens, readings, futures.
    rows
        For machines: one mapping per thing answered. JSON carries facts and rows, CSV the rows.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    facts: Facts = field(default_factory=dict)
    rows: tuple[Facts, ...] = ()


def text(*words: Words) -> Paragraph:
    """Paragraph of pieces of text.

    >>> text("It is ", Mark("likely", "strong"), ".").words[1]
    Mark(text='likely', role='strong')
    """
    return Paragraph(words)


def plain(words: tuple[Words, ...]) -> str:
    """Pieces of text without their roles.

    >>> plain(("It is ", Mark("likely", "strong"), "."))
    'It is likely.'
    """
    return "".join(piece.text if isinstance(piece, Mark) else piece for piece in words)
