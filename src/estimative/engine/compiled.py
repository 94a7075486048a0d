"""The compiled kernel, kept on disk between runs, and never trusted when it is not what was kept.

A finished kernel lies in a folder of its own, named by everything that it depends on, beside a list
of its files' digests. A folder that does not match its list (cut short, changed, or from elsewhere)
is thrown away, and the kernel is compiled again. A new kernel is made in a temporary folder and
renamed into place, so nobody ever reads a half-written one. Where nothing can be kept the kernel runs
all the same: this process then compiles it for itself.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import os
import platform
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Lock
from typing import TYPE_CHECKING, Any

import llvmlite.binding as llvm
import numba
import numpy as np

from estimative.engine import dice, draws, groups, jit, kernel, operations
from estimative.model import mixing

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIG: Any = numba.config  # Numba describes its modules, but not their settings.

SEAL = "digests.json"

INTEGERS = numba.int64[:, ::1]
WORDS = numba.uint64[:, ::1]
SIGNATURE = numba.void(
    INTEGERS,  # code
    INTEGERS,  # sections
    numba.boolean,  # twice
    numba.int64,  # steps
    WORDS,  # keys
    numba.int64[::1],  # numbers
    WORDS,  # thresholds
    numba.uint8[:, ::1],  # options
    numba.int64[::1],  # owners
    INTEGERS,  # counts
    WORDS,  # records
    *(numba.int64,) * 5,  # row_count, leaves, start, stop, widest
)
"""Types of the arguments of `kernel.simulate`: the kernel is compiled for these and no others."""


_MAKING = Lock()


def compiled_kernel() -> Callable[..., None]:
    """The kernel, ready to run: from disk if it is there, else compiled, which takes some seconds.

    With the environment's ``NUMBA_DISABLE_JIT=1`` it is plain Python: the same counts, slowly.
    """
    with _MAKING:  # Threads that come at once wait for one kernel.
        return _compiled_kernel()


@cache
def _compiled_kernel() -> Callable[..., None]:
    if CONFIG.DISABLE_JIT:
        return kernel.simulate
    name = name_of_kernel()
    for place in (cache_folder, private_folder):
        # RuntimeError: the user has no home, or Numba finds that it cannot write there.
        with suppress(OSError, RuntimeError):
            return kept(place() / name)
    return compile_in(None)


def is_ready() -> bool:
    """Whether the kernel is at hand, so that nobody waits for it to be compiled."""
    if CONFIG.DISABLE_JIT:
        return True
    try:
        return is_sealed(cache_folder() / name_of_kernel())
    except RuntimeError:
        return False


def kept(folder: Path) -> Callable[..., None]:
    """The kernel that is kept in a folder, or is from now on.

    Raises
    ------
    OSError
        If a folder for it cannot be made.
    """
    if not is_sealed(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (folder.parent / "making.lock").open("w") as lock:
            # Whoever comes second waits, and finds the first one's kernel.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_sealed(folder):
                return make(folder)
    return compile_in(folder if os.access(folder, os.W_OK) else copied(folder))


def make(folder: Path) -> Callable[..., None]:
    """The kernel, newly compiled; kept in a folder, instead of what may be there, if that can be."""
    shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory(dir=folder.parent, prefix="making-", ignore_cleanup_errors=True) as making:
        made = Path(making) / folder.name  # It is for all whom the user lets read; what is around it is not.
        made.mkdir()
        ready = compile_in(made)
        with suppress(OSError):  # What cannot be replaced stays: this kernel is not kept, but it runs.
            seal(made)
            made.rename(folder)
    return ready


def copied(folder: Path) -> Path:
    """A copy for this process of a kernel that it cannot write to: Numba reads only where it could write."""
    copy = private_folder() / folder.name
    for path in files_of(folder):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return copy


def cache_folder() -> Path:
    """Folder for compiled kernels: ``ESTIMATIVE_CACHE``, or the user's cache.

    Raises
    ------
    RuntimeError
        If the user has no home.
    """
    named = os.environ.get("ESTIMATIVE_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "estimative"


@cache
def private_folder() -> Path:
    """A folder that goes away with this process."""
    folder = Path(mkdtemp(prefix="estimative-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def digest_of_sources() -> str:
    """Digest of the source of all that decides which futures there are, given a program and its numbers."""
    text = hashlib.blake2b(digest_size=16)
    for module in (dice, draws, groups, jit, kernel, mixing, operations):
        text.update(Path(str(module.__file__)).read_bytes())
    return text.hexdigest()


def name_of_kernel() -> str:
    """Digest of all that a compiled kernel depends on: its source, its compiler and the processor."""
    text = hashlib.blake2b(digest_of_sources().encode(), digest_size=16)
    # Numba trusts what it kept only for a source file of this place and time, and for this bytecode.
    source = Path(str(kernel.__file__))
    text.update(repr((str(source), source.stat().st_mtime_ns)).encode())
    text.update(kernel.simulate.__code__.co_code)
    about = (numba.__version__, llvm.llvm_version_info, np.__version__, platform.python_version())
    machine = (llvm.get_process_triple(), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())
    text.update(repr((about, machine)).encode())
    return f"kernel-{text.hexdigest()}"


def compile_in(folder: Path | None) -> Callable[..., None]:
    """The kernel, read from a folder or compiled and written there; without a folder, only compiled.

    What could not be written whole is removed.
    """
    before = CONFIG.CACHE_DIR
    # Only while the kernel looks for its place: other compiled functions of the process keep theirs.
    CONFIG.CACHE_DIR = str(folder or "")
    try:
        ready: Any = numba.njit(nogil=True, cache=folder is not None, error_model="numpy")(kernel.simulate)
    finally:
        CONFIG.CACHE_DIR = before
    try:
        ready.compile(SIGNATURE)
    except OSError:
        if folder is None or not ready.signatures:
            raise
        shutil.rmtree(folder, ignore_errors=True)
    ready.disable_compile()
    compiled: Callable[..., None] = ready
    return compiled


def files_of(folder: Path) -> list[Path]:
    """Every file in a folder, but not the seal."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SEAL]


def digests(folder: Path) -> dict[str, str]:
    """Digest of every file in a folder but the seal."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in files_of(folder)
    }


def seal(folder: Path) -> None:
    """Write down what is in a folder."""
    (folder / SEAL).write_text(json.dumps(digests(folder)), encoding="utf-8")


def is_sealed(folder: Path) -> bool:
    """Whether a folder holds exactly what was written down; one that cannot be read does not."""
    try:
        listed = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        return bool(listed) and listed == digests(folder)
    except (OSError, ValueError, RecursionError):
        return False
