"""The report in a real browser: it opens, breaks no policy, asks the network for nothing, runs no script."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from estimative.show.blocks import Column, Heading, Part, Table, text
from estimative.show.page import page
from support.blocks import every_block

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium")
ATTACK = (
    "</style></title></svg><script>document.title='broken'</script><img src=http://127.0.0.1:9/x onerror=x>"
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium, which .ci/run installs")


def browse(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the browser without a window."""
    return subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            f"--user-data-dir={folder / 'profile'}",
            *options,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def opened(path: Path, folder: Path) -> tuple[str, str, list[str]]:
    """What the browser makes of a page: its elements, its complaints, the addresses that it asked for."""
    log = folder / "net.json"
    run = browse(
        folder,
        f"--log-net-log={log}",
        "--enable-logging=stderr",
        "--virtual-time-budget=2000",
        "--dump-dom",
        path.as_uri(),
    )
    text = log.read_text("utf-8").rstrip().rstrip(",")
    events = json.loads(text if text.endswith("}") else text + "]}")["events"]
    asked = [event["params"]["url"] for event in events if "url" in event.get("params", {})]
    complaints = "\n".join(line for line in run.stderr.splitlines() if "CONSOLE" in line)
    return run.stdout, complaints, [url for url in asked if "127.0.0.1" in url]


def test_a_page_full_of_attacks_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page("calm", (Heading(ATTACK), *every_block(ATTACK)), ATTACK), "utf-8")
    shown, complaints, asked = opened(path, tmp_path)
    assert complaints == ""
    assert asked == []
    assert "<title>calm</title>" in shown
    assert "<script" not in shown
    assert "<img" not in shown


def test_the_twin_a_page_that_lets_it_in_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page("calm", (), "Foot").replace("Foot", ATTACK), "utf-8")
    shown, complaints, _ = opened(path, tmp_path)
    # The policy holds even where the escaping would not: nothing ran, and the browser says what it refused.
    assert "<title>calm</title>" in shown
    assert "<script" in shown
    assert "Content Security Policy" in complaints


def test_what_is_folded_is_printed_and_a_long_table_begins_where_it_stands(tmp_path: Path) -> None:
    rows = tuple((f"line{number}", "words " * 30) for number in range(100))
    table = Table((Column("name"), Column("says")), rows)
    path, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(
        page("Title", (text("before"), table, Part("Rules", (text("inside"),), folded=True)), "F")
    )
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}", path.as_uri())
    with pypdfium2.PdfDocument(printed) as document:
        pages = [one.get_textpage().get_text_bounded() for one in document]
    assert "before" in pages[0]
    assert "line0" in pages[0]
    assert "line99" in "".join(pages[1:])
    assert "inside" in pages[-1]


def test_a_link_to_what_is_folded_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    parts = tuple(Part(name, (text("inside"),), folded=True) for name in ("One", "Two", "Three"))
    path.write_text(page("Title", parts, "Foot"), "utf-8")
    shown = browse(tmp_path, "--virtual-time-budget=2000", "--dump-dom", f"{path.as_uri()}#two").stdout
    assert '<details open=""><summary>Two' in shown
    assert shown.count("<details open") == 1
