"""The documentation cannot lie: every example runs, every command is described, every link leads somewhere."""

from __future__ import annotations

import doctest
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from estimative.doors.cli import SHORT, estimative
from estimative.language.guard import read_tree
from estimative.language.read import read_texts
from estimative.places import Source
from support.docs import PAGES, ROOT, Example, agrees, calls, commands_page, examples, folder, printed

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = [example for page in PAGES for example in examples(page)]
YAML = [example for example in EXAMPLES if example.language == "yaml"]
FRAGMENT = "# fragment"
OF = "# fragment: of "


def _name(value: object) -> str:
    return value.name if isinstance(value, Example) else str(value)


def _page(page: Path) -> str:
    return page.name


def _whole(example: Example) -> bool:
    # A file that the commands of a page use may be a fragment too.
    return not any(line.startswith(FRAGMENT) for line in example.text.splitlines()[:2])


@pytest.mark.parametrize("example", [e for e in YAML if _whole(e)], ids=_name)
def test_an_estimate_on_a_page_reads_without_problems(example: Example) -> None:
    estimate, problems = read_texts([Source(example.name, example.text)])
    assert problems == ()
    assert estimate is not None


@pytest.mark.parametrize("example", [e for e in YAML if e.first.startswith(OF)], ids=_name)
def test_a_fragment_stands_in_the_example_that_it_names(example: Example) -> None:
    place = ROOT / example.first.removeprefix(OF).strip()
    text = "\n".join(file.read_text("utf-8") for file in sorted(place.glob("*.yaml")))
    assert text, f"{place} holds no estimate"
    whole = {_said(line) for line in text.splitlines()}
    for line in example.text.splitlines():
        assert _said(line) in whole, f"{example.name}: {line!r} is not in {place.name}"


def _said(line: str) -> str:
    """A line without its comment and its indentation."""
    return re.sub(r"(^|\s)#.*", "", line).strip()


@pytest.mark.parametrize("example", [e for e in YAML if not _whole(e)], ids=_name)
def test_a_fragment_is_yaml_that_the_language_would_open(example: Example) -> None:
    _, problems = read_tree(Source(example.name, example.text))
    assert problems == ()


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```console" in p.read_text("utf-8")], ids=lambda p: p.name
)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    with folder(page, tmp_path):
        for example in examples(page):
            if example.language != "console":
                continue
            for call in calls(example.text):
                code, output = printed(call.command)
                # Exit code 1 means problems in the estimate, which some pages show.
                assert code in {0, 1}, f"{example.name}: {call.command}\n{output}"
                assert call.output.strip() or code == 0, f"{example.name}: {call.command}\n{output}"
                assert agrees(call.output, output), (
                    f"{example.name}: $ {call.command}\n{output}\n`make docs` writes it anew"
                )


@pytest.mark.parametrize("page", sorted({e.page for e in EXAMPLES if e.language == "python"}), ids=_page)
def test_the_sessions_in_python_of_a_page_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    known: dict[str, object] = {}
    with folder(page, tmp_path):
        for example in EXAMPLES:
            if example.language != "python" or example.page != page:
                continue
            test = doctest.DocTestParser().get_doctest(
                example.text, known, example.name, str(page), example.line
            )
            assert test.examples, "a session shows what it prints"
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            assert runner.run(test, clear_globs=False).failed == 0
            known = test.globs


def test_an_example_of_each_kind_is_there() -> None:
    assert {"yaml", "console"} <= {example.language for example in EXAMPLES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("name", sorted(estimative.commands))
def test_a_command_has_help_and_stands_in_the_reference(name: str) -> None:
    command = estimative.commands[name]
    assert command.help
    assert re.search(r"[^.]\.$", command.get_short_help_str(SHORT)), (
        "its first sentence is too long for the list"
    )
    assert f"\n## estimative {name}\n" in (ROOT / "docs" / "commands.md").read_text("utf-8")
    for parameter in command.params:
        record = parameter.to_info_dict()
        assert record["param_type_name"] == "argument" or record.get("help"), (
            f"--{parameter.name} has no help"
        )


@pytest.mark.parametrize(("picture", "column"), [("claims", "readers"), ("watch", "tells")])
def test_a_picture_of_the_case_study_says_what_is_printed_there(picture: str, column: str) -> None:
    drawn = (ROOT / "docs" / "pictures" / f"{picture}.svg").read_text("utf-8")
    bars = re.findall(r"<title>([^<]*): ([^<;]*); [^<]*</title>", drawn.replace("\N{NO-BREAK SPACE}", " "))
    printed = [e.text for e in EXAMPLES if e.page.name == "case-study.md" and e.language == "console"]
    rows = {row: value for text in printed for row, value in _column(text, column).items()}
    assert len(bars) >= 5
    for label, value in bars:
        assert rows[unescape(label)] == value, "`python scripts/write_pictures.py` draws it anew"


def _column(text: str, column: str) -> dict[str, str]:
    """A column of printed tables, by what stands in the first, which may go on in the next lines."""
    rows: dict[str, str] = {}
    first, place = "", slice(0)
    for line in text.split("\n"):
        head = re.match(rf"(?:claim|sign) +.*?{column}\b", line)
        if head is not None:
            first, place = "", slice(head.end() - len(column), head.end())
        elif line.strip() in {"", "..."}:
            first, place = "", slice(0)
        elif line[place].strip():
            first = line[: place.start].strip()
            rows[first] = line[place].strip()
        elif first:
            longer = f"{first} {line[: place.start].strip()}".strip()
            rows[longer] = rows.pop(first)
            first = longer
    return rows


def test_the_reference_of_commands_is_what_they_say() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == commands_page(), "`make docs` writes it anew"


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.parent.name == "docs" and p.name != "README.md"], ids=_page
)
def test_every_page_stands_in_the_contents(page: Path) -> None:
    assert f"({page.name})" in (ROOT / "docs" / "README.md").read_text("utf-8")
