"""The command line: one door over the pipeline, with the commands of every file beside this one."""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from estimative.doors.output import print_problems
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DOORS: dict[str, dict[str, tuple[str, ...]]] = {
    "The text": {"estimates": ("new", "check", "explain", "schema")},
    "What follows": {"asking": ("run", "forecast", "claims", "ask"), "choices": ("choices", "trends")},
    "What it hangs on": {
        "auditing": ("audit", "repair", "bounds"),
        "reasons": ("hinges", "flips", "why", "what-if"),
    },
    "What to watch, and what has happened": {
        "outlook": ("paths", "watch", "compare"),
        "updating": ("update",),
    },
    "Sources and words": {"documents": ("read", "coverage", "sources", "tables"), "wordlists": ("words",)},
    "A look inside": {"stages": ("future", "stage")},
}
"""Commands by part of the help and by file; each file has them in `commands`, a tuple. Register a new one here."""

FILES = {name: file for files in DOORS.values() for file, names in files.items() for name in names}
"""The file of every command."""

RECORDS = 200_000
"""New records after which dead ones are looked for."""

WIDEST = 100
"""Columns of a help page."""

SHORT = 62
"""Characters of a command's first sentence."""

FINE, PROBLEMS, USAGE, BUG, STOPPED = 0, 1, 2, 3, 130
"""Exit codes."""

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where it has no room left for an answer."""

REPORT = (
    "This is a mistake of Estimative's, not of yours; please report it with the command that you gave.\n"
    "`estimative --traceback ...` shows where it happened."
)


class _Commands(Mapping[str, click.Command]):
    """Every command by its name; a file is imported when one of its commands is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        commands: tuple[click.Command, ...] = import_module(f"estimative.doors.{FILES[name]}").commands
        return next(command for command in commands if command.name == name)

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)


class _SeenEnough(Exception):  # noqa: N818 -- it says what is the matter
    """Whoever read the output has closed it: nobody's mistake."""


@contextmanager
def _until_enough() -> Iterator[None]:
    """Leave by a way of our own where the output is closed: Click would take that for a failure, and leave with 1."""
    try:
        yield
    except BrokenPipeError:
        raise _SeenEnough from None


class _InParts(click.Group):
    """A group that lists its commands in parts, in the order in which they were added."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - Click's own
    ) -> click.Context:
        """Read the arguments; help is printed on the way."""
        with _until_enough():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _until_enough():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list of commands for each part."""
        del ctx
        widest = max(map(len, self.commands))
        for title, files in DOORS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{name:<{widest}}", self.commands[name].get_short_help_str(SHORT))
                        for names in files.values()
                        for name in names
                    ]
                )


@click.group(
    cls=_InParts,
    commands=_Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
)
@click.version_option(package_name="estimative", message="%(prog)s %(version)s")
@click.option("--traceback", is_flag=True, help="Show where a mistake of Estimative's happened.")
def estimative(traceback: bool) -> None:
    """Say what follows from a strategic estimate.

    An estimate is a text file (or a folder of them): actors, what they want, what may happen, and how
    likely in words. FILE is its path, or the name of one that is shipped: soviet-dprk-1984.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave: 0 fine, 1 problems in what was written, 2 wrong usage, 3 a bug of ours."""
    # A text as read is many small records that all stay: looking for dead ones among them is in vain.
    gc.set_threshold(RECORDS)
    _open_closed_streams()
    leave(run(sys.argv[1:] if arguments is None else arguments))


def _open_closed_streams() -> None:
    """Let what is printed go nowhere where a stream was closed before the start, as by ``>&-``."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end


def leave(code: int) -> NoReturn:
    """End the process at once: taking all records apart one by one would be up to a second of nobody's."""
    atexit._run_exitfuncs()  # noqa: SLF001 -- `os._exit` leaves them out, and there is no other way to ask for them
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # Whoever read the output has seen enough.
    except OSError as wrong:
        code = code or _unwritten(wrong)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; answers the exit code."""
    # A character that the terminal cannot show must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        # A command that leaves with a code of its own hands it back.
        code = estimative.main(list(arguments), "estimative", standalone_mode=False)
    except click.ClickException as wrong:
        return _said(USAGE, wrong.show)
    except EstimateHasErrors as wrong:
        problems = wrong.problems
        return _said(PROBLEMS, lambda: print_problems(problems))
    except (KeyboardInterrupt, click.Abort):
        return _said(STOPPED, lambda: click.echo("Stopped.", err=True))
    except _SeenEnough:
        return FINE  # `leave` lets go of what is still buffered.
    except Exception as bug:  # noqa: BLE001 - the last resort: the analyst gets a sentence, not a traceback
        if isinstance(bug, OSError) and bug.errno in NO_ROOM:
            return _unwritten(bug)
        return _bug(bug, "--traceback" in arguments)
    return code if isinstance(code, int) else FINE


def _said(code: int, say: Callable[[], None]) -> int:
    """An exit code, once it is said why, as far as anybody listens."""
    with suppress(BrokenPipeError):
        say()
    return code


def _unwritten(wrong: OSError) -> int:
    where = f" to {wrong.filename}" if wrong.filename else ""
    lost = f"The answer could not be written{where}: {wrong.strerror}. Make room, or write elsewhere."
    return _said(PROBLEMS, lambda: click.echo(lost, err=True))


def _bug(bug: Exception, whole: bool) -> int:
    def say() -> None:
        if whole:
            traceback.print_exception(bug)
        else:
            click.echo(f"estimative: {type(bug).__name__}: {bug}", err=True)
        click.echo(REPORT, err=True)

    return _said(BUG, say)
