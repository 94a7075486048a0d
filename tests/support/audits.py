"""The examples of the audit: what each rule finds in its hits, and nothing in its misses.

A folder of tests/audit has the name of a rule. `hit-*.yaml` is an estimate in which the rule finds
something, and `hit-*.txt` what; in `miss-*.yaml` it finds nothing. `report.txt` is the document cited.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from estimative import pipeline
from estimative.audit.audit import RULES, Rule, audit, page_of
from estimative.audit.material import Documents, Material
from estimative.language.read import read_texts
from estimative.places.excerpt import excerpt
from estimative.places.source import Source
from estimative.sources.coverage import coverage
from estimative.sources.library import open_sources

FOLDER = Path(__file__).parents[1] / "audit"

SIZE = pipeline.Size(readings=64, futures=1024, seed=1984)
"""Small, and always the same, so that what is found can be compared to the letter."""

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
NOTICE = (
    "\n<!-- From here on written by scripts/write_audit.py, from the rules' docstrings and tests/audit. -->\n"
)
RULES_HEAD = "\n## Rules\n"


def rules() -> dict[str, Rule]:
    """The rules by their names."""
    return {page_of(rule).name: rule for rule in RULES}


def found_in(path: Path, rule: Rule) -> str:
    """What a rule finds in an example, as an analyst reads it."""
    source = Source(path.name, path.read_text("utf-8"))
    estimate, problems = read_texts([source])
    assert estimate is not None, problems
    assert not [problem for problem in problems if problem.severity == "error"], problems
    lenses = tuple(pipeline.look(pipeline.prepare(estimate, lens, SIZE)) for lens in pipeline.LENSES)
    opened, _ = open_sources(estimate, path.parent)
    covered = tuple(coverage(estimate, name, paged) for name, paged in opened.items())
    documents = Documents(pipeline.citations(estimate, path.parent), covered)
    material = replace(Material(estimate, lenses), documents=documents)
    (one,) = (found for found in audit(material) if found.page.code == rule.CODE)
    return "\n\n".join(excerpt(problem) for problem in one.problems) + "\n" * bool(one.problems)


def page() -> str:
    """The page of the audit: what is written at its head, and every rule."""
    head = PAGE.read_text("utf-8").partition(RULES_HEAD)[0]
    return head + RULES_HEAD + NOTICE + "".join(_entry(rule) for rule in RULES)


def _entry(rule: Rule) -> str:
    about = page_of(rule)
    parts = "".join(f"\n**{heading}.** {text}\n" for heading, text in about.parts)
    hit = min((FOLDER / about.name).glob("hit-*.yaml"))
    body = hit.read_text("utf-8").partition("standard:")[2].partition("\n")[2]
    printed = hit.with_suffix(".txt").read_text("utf-8")
    shown = f"\n```yaml\n# fragment\n{body}```\n\n```text\n{printed}```\n"
    return f"\n### {about.code}: {about.name.replace('-', ' ')}\n\n{about.title}\n{parts}{shown}"
