"""Text that cannot do harm where it is printed: control characters are shown, never sent."""

from __future__ import annotations

from estimative.places import excerpt

LONGEST = 2_000
"""Characters of one piece of an analyst's text that a face shows."""


def visible(text: str, longest: int = LONGEST) -> str:
    r"""Text with what would steer a terminal or turn its direction written out, and cut where endless.

    >>> visible("a\x1b[31mb"), visible("\u202eabc"), visible("abcdef", longest=4)
    ('a\\x1b[31mb', '\\u202eabc', 'abc…')
    """
    short = text if len(text) <= longest else text[: longest - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return "\n".join(excerpt.visible(line) for line in short.split("\n"))


def one_line(text: str) -> str:
    r"""Text on one line, spaces as they come.

    >>> one_line("a\n  b\tc ")
    'a b c'
    """
    return " ".join(text.split())


def defused(cell: str) -> str:
    """Text of a CSV cell that no spreadsheet takes for a formula.

    >>> defused("=1+1"), defused("-- note"), defused("-4"), defused("likely")
    ("'=1+1", "'-- note", '-4', 'likely')
    """
    if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
