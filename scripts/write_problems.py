"""Writes the page of all problems, for docs/ and for `estimative explain`, from the catalogue in tests/problems.

Run it as ``python scripts/write_problems.py``; a test fails where the page is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import indent

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the catalogue lies with its test

from support.catalogue import FOLDER, Code, codes  # noqa: E402 - after the path
from support.made_problems import MADE  # noqa: E402 - likewise

PAGE = ROOT / "docs" / "problems.md"
PACKAGED = ROOT / "src" / "estimative" / "doors" / "problems.md"

HEAD = """<!-- Written by scripts/write_problems.py from tests/problems; do not edit it here. -->

# Problems

Whatever is wrong in an estimate is a *problem*: it has a code, a place in your text, a sentence and, where
there is something to do, a hint. All problems are listed at once, in the order of the text. An error (`E`)
stops the run; a warning (`W`) and a note (`N`) do not. `estimative explain E0201` prints one of these
entries, and `estimative check --format json` gives problems to an editor.

Each entry shows what `estimative check` prints for a file that is wrong in this way only. The files
themselves are in `tests/problems`, one folder for each code; a test compares every one with its text.
"""

AREAS = (
    ("00", "Reading the text", "Files, characters, YAML, keys."),
    ("01", "Names", "Ids, and what refers to them."),
    ("02", "Values", "Likelihoods, dates, windows, citations, expressions, lotteries."),
    ("03", "Choices", "Options, effects, rankings."),
    ("04", "Data", "The series of trends."),
    ("05", "Documents", "The documents of sources, citations of them, and printed tables."),
    ("06", "Questions", "Queries, tests of claims, dates of questions."),
    ("07", "Records", "What was seen and what was so, and the grades of its sources."),
)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for area, title, says in AREAS:
        parts.append(f"## {title}\n\n{says}\n")
        parts += [_entry(code) for code in codes() if code.code[1:3] == area]
    return "\n".join(parts)


def _entry(code: Code) -> str:
    """One code: why it matters, what is printed, and where the bad file is."""
    text = (code.folder / "expected.txt").read_text(encoding="utf-8").rstrip()
    made = MADE.get(code.function)
    said = f"{(made.__doc__ or '').strip()}\n\n" if made is not None else ""
    title = code.function.replace("_", " ")
    return f"### {code.code}: {title}\n\n{code.why}\n\n{said}{indent(text, '    ')}\n"


def main() -> None:
    """Write the page to both places."""
    for path in (PAGE, PACKAGED):
        path.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(codes())} problems from {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
