"""The examples of the documentation: fenced blocks, how each is run, and what it printed.

```yaml      an estimate that must read without problems. `# file: NAME` as its first line keeps it under that
             name for the commands of the page. `# fragment: of PATH` must stand in that example, line by line;
             any other `# fragment` must be YAML.
```console   commands after `$ `, run in a folder with the page's files and `docs/`. What stands below a
             command is what it prints: a line of `...` stands for any lines; nothing means any output.
```python    a doctest session, which goes on from one block of a page to the next.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from estimative.doors.cli import estimative, run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = 100
"""Columns of the terminal on which examples are printed."""

COMMANDS = """<!-- Written by scripts/write_docs.py from the commands' help; do not edit it here. -->

# Commands

Every command prints text for people; where it gives an answer, `--format` prints it as [JSON or CSV](machine.md) and `--html`
also writes it as a page. Exit codes: 0 fine, 1 problems in what was written, 2 wrong usage, 3 a mistake of Estimative's. Colour goes away with `NO_COLOR=1`, and where
the output is not a terminal.
"""


@dataclass(frozen=True)
class Example:
    """One fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """Page and line, for messages."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def first(self) -> str:
        """First line of the block."""
        return self.text.partition("\n")[0]

    @property
    def file(self) -> str:
        """Name under which the page keeps the block; empty where it does not."""
        return self.first.removeprefix("# file: ") if self.first.startswith("# file: ") else ""


def examples(page: Path) -> tuple[Example, ...]:
    """Fenced blocks of a page that name their language."""
    text = page.read_text("utf-8")
    return tuple(
        Example(page, text.count("\n", 0, match.start()) + 1, match[1], match[2])
        for match in FENCE.finditer(text)
    )


@dataclass(frozen=True)
class Call:
    """A command with the output that stands below it."""

    command: str
    output: str


def calls(text: str) -> tuple[Call, ...]:
    r"""Commands of a console block.

    >>> calls("$ estimative words\nstandard\n$ estimative --version\n")
    (Call(command='estimative words', output='standard\n'), Call(command='estimative --version', output=''))
    """
    found = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        # A command goes on in the next line after a backslash.
        command, _, output = part.replace("\\\n", " ").partition("\n")
        found.append(Call(" ".join(command.split()), output))
    return tuple(found)


def agrees(expected: str, printed: str) -> bool:
    r"""Whether what is printed is what stands on the page; a line of dots stands for any lines.

    >>> agrees("a\n...\nd\n", "a  \nb\nc\nd\n"), agrees("a\n", "b\n"), agrees("", "anything")
    (True, False, True)
    """
    if not expected.strip():
        return True
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line) + r"\n"
        for line in tidy(expected).split("\n")
    )
    return re.fullmatch(pattern, tidy(printed) + "\n") is not None


def tidy(text: str) -> str:
    """Text without blanks at the ends of lines and without empty lines at its own ends."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


@contextlib.contextmanager
def folder(page: Path, place: Path) -> Iterator[None]:
    """Inside: in a folder with the page's own files, `docs`, and a terminal of fixed width without colour."""
    for example in examples(page):
        if example.file:
            (place / example.file).write_text(example.text, "utf-8")
    (place / "docs").symlink_to(ROOT / "docs")
    before, environment = Path.cwd(), dict(os.environ)
    os.chdir(place)
    os.environ.update(COLUMNS=str(WIDTH), NO_COLOR="1", TERM="dumb")
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)


def printed(command: str) -> tuple[int, str]:
    """Exit code and output, errors among it, of a command: `estimative ..`, or `cat FILE`."""
    program, *arguments = shlex.split(command)
    if program == "cat":
        return 0, Path(arguments[0]).read_text("utf-8")
    if program != "estimative":
        raise ValueError(f"an example may not run {program!r}")
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        code = run(arguments)
    return code, stream.getvalue()


def commands_page() -> str:
    """The page of all commands, from their own help."""
    parts = [COMMANDS]
    for name in ("", *estimative.commands):
        title = f"estimative {name}".strip()
        parts.append(f"\n## {title}\n\n```text\n{_help(name)}\n```\n")
    return "".join(parts)


def _help(name: str) -> str:
    with click.Context(estimative, info_name="estimative", **estimative.context_settings) as whole:
        if not name:
            return tidy(estimative.get_help(whole))
        command = estimative.commands[name]
        with click.Context(command, whole, info_name=name) as inside:
            return tidy(command.get_help(inside))


def written(page: Path, place: Path) -> str:
    """A page with what its commands print now; outputs with lines of dots are left as they are."""
    text = page.read_text("utf-8")
    with folder(page, place):
        for example in examples(page):
            if example.language == "console":
                text = text.replace(example.text, _run_again(example.text))
    return text


def _run_again(text: str) -> str:
    starts = re.split(r"^(?=\$ )", text, flags=re.MULTILINE)
    again = [starts[0]]
    for part, call in zip(starts[1:], calls(text), strict=True):
        if not call.output.strip():
            printed(call.command)  # It may write what a later command reads.
            again.append(part)
        elif any(line.strip() == "..." for line in call.output.split("\n")):
            again.append(part)
        else:
            command = part[: len(part) - len(call.output)]
            again.append(f"{command}{tidy(printed(call.command)[1])}\n")
    return "".join(again)
