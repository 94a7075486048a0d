"""Commands about the text of an estimate: check it, begin one, describe the format."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from estimative import pipeline
from estimative.doors.options import OUT, SCHEMA, file_argument
from estimative.doors.output import print_problems, print_text, write_whole
from estimative.places.excerpt import to_json
from estimative.places.plain_files import kind_at
from estimative.show.contents import contents


@click.command()
@file_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option(
    "--sources",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Look up its citations in the documents of this folder.",
)
@click.pass_context
def check(ctx: click.Context, file: Path, form: Literal["text", "json"], sources: Path | None) -> None:
    """Say what is wrong with an estimate.

    It is read and not run. Exit code 1 if there are errors. JSON is a list of problems, for editors.
    """
    checked = pipeline.check(file)
    cited = None
    if sources is not None and checked.estimate is not None:
        cited = pipeline.citations(checked.estimate, sources)
        checked = replace(checked, problems=(*checked.problems, *cited.problems))
    wrong = any(problem.severity == "error" for problem in checked.problems)
    if form == "json":
        click.echo(to_json(checked.problems))
    else:
        print_problems(checked.problems, error=False)
        if checked.estimate is not None:
            fine = "" if wrong else "fine. "
            click.echo(f"{checked.estimate.name}: {fine}{contents(checked.estimate)}.")
        if cited is not None:
            from estimative.show.documents import citations_shown

            print_text(citations_shown(cited).blocks)
    if wrong:
        ctx.exit(1)


@click.command()
@click.argument("file", type=OUT)
@click.option("--title", help="What the estimate is about.  [default: from the name of the file]")
def new(file: Path, title: str | None) -> None:
    """Begin an estimate.

    Writes a small whole one to FILE, to be written over. It can be run at once. Its first line tells editors where the JSON Schema lies: `estimative schema`
    writes that.
    """
    from estimative.language.new import new_estimate

    if kind_at(file, follow=True):
        raise click.UsageError(f"{file} is there already; nothing was written")
    name = title or file.stem.replace("-", " ").replace("_", " ")
    today = datetime.now(tz=UTC).date()
    write_whole(file, new_estimate(name, today))
    click.echo(f"{file}: `estimative check {file}` reads it, `estimative run {file}` runs it.")


@click.command()
@click.argument("file", required=False, type=SCHEMA)
def schema(file: Path | None) -> None:
    """Write the JSON Schema for editors.

    It goes to FILE, or to the screen.
    """
    from estimative.language.schema import schema as made

    text = json.dumps(made(), indent=2) + "\n"
    if file is None:
        click.echo(text, nl=False)
    else:
        write_whole(file, text)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a problem by its code.

    CODE is what stands in brackets, such as E0201: why it matters, an example, what to do. Codes that begin
    with A are findings of `estimative audit`.
    """
    from difflib import get_close_matches

    if code.upper().startswith("A"):
        click.echo(_rule(code.upper()))
        return
    page = Path(__file__).with_name("problems.md").read_text("utf-8")
    entries = {entry.split(":", 1)[0]: entry.rstrip() for entry in page.split("\n### ")[1:]}
    # An entry ends where the next part of the page begins.
    found = entries.get(code.upper(), "").split("\n## ")[0]
    if not found:
        known = ", ".join(get_close_matches(code.upper(), entries, n=3, cutoff=0.0))
        raise click.UsageError(f"there is no problem {code!r}; near it: {known}")
    click.echo(found)


def _rule(code: str) -> str:
    """What a rule of the audit says of itself."""
    pages = {page.code: page for page in pipeline.audit_pages()}
    if code not in pages:
        raise click.UsageError(f"there is no finding {code!r}; there are {', '.join(pages)}")
    page = pages[code]
    parts = [f"{heading}: {said}" for heading, said in page.parts]
    return "\n\n".join([f"{code}: {page.name.replace('-', ' ')}", page.title, *parts])


commands: tuple[click.Command, ...] = (new, check, explain, schema)
