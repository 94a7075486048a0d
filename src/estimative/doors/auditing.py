"""Commands about what an estimate claims: audit it, repair a claim that does not follow, bound an answer."""

from __future__ import annotations

from pathlib import Path

import click

from estimative import pipeline
from estimative.doors.options import DIFF, Form, form_option
from estimative.doors.output import print_shown, write_whole
from estimative.doors.simulation import Simulation, claims_of, queries_of, simulated

# What draws and counts is imported where it is used, so that help and checks start at once.


@click.command()
@simulated
@click.option(
    "--sources",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also look up citations, and passages that nothing encodes, in the documents there.",
)
@form_option
def audit(*, simulation: Simulation, folder: Path | None, form: Form) -> None:
    """Audit an estimate against itself.

    Every claim through both lenses, verdict by verdict, with what it mostly turns on, and with what can be
    proved of it whatever the reading; then what each rule of the audit finds: claims that exclude each other,
    rules that never act, one judgement in two wordings, and more. `estimative explain A0401` says what a
    finding means.
    """
    from estimative.show.audit import audit_shown

    estimate = simulation.estimate()
    seen = [one for _, one in simulation.through(estimate, pipeline.look)]
    print_shown(audit_shown(pipeline.audit(seen, folder)), form, estimate)


@click.command()
@simulated
@click.argument("claim")
@click.option(
    "--diff",
    "out",
    metavar="OUT",
    type=DIFF,
    help="Also write the rewordings there, for `patch`.",
)
@form_option
def repair(*, simulation: Simulation, claim: str, out: Path | None, form: Form) -> None:
    """Find what would make a claim follow.

    CLAIM is its id. Prints the smallest set of rewordings (fewest words, then fewest rungs of the standard's
    ladder) with which it holds in nine readings of ten, as a diff of the estimate's own text; or says that
    none was found, and what comes nearest. By 1,024 futures in a reading unless told otherwise. `--lens
    both` means readers.
    """
    from estimative.questions.repair import Repair
    from estimative.show.repair import repair_shown

    estimate = simulation.estimate()
    (wanted,) = claims_of(estimate, [claim])
    setting, (answer, model) = simulation.trying.leading(
        estimate, lambda futures: (pipeline.repair(futures, wanted), futures.model)
    )
    print_shown(repair_shown(answer, model, setting), form, estimate)
    if out is None:
        return
    if isinstance(answer, Repair):
        write_whole(out, answer.diff)
    else:
        click.echo(f"{out} was not written: there is no diff.", err=True)


@click.command()
@simulated
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@form_option
def bounds(*, simulation: Simulation, query: tuple[str, ...], form: Form) -> None:
    """Find the least and the most an answer can be.

    However the words are read: not over the readings that were drawn, but over all. Only where few things
    bear on it, by the exact engine; else it says why not. QUERY is P(EVENT) or a share of time, see
    `estimative ask --help`.
    """
    from estimative.show.bounds import Bounded, bounds_shown

    estimate = simulation.estimate()
    asked = queries_of(estimate, query)
    found = simulation.through(
        estimate, lambda futures: tuple(pipeline.bounds(futures, one) for one in asked), asked
    )
    print_shown(bounds_shown([Bounded(*one) for one in found]), form, estimate)


commands: tuple[click.Command, ...] = (audit, repair, bounds)
