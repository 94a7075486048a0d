"""The compiled kernel, kept on disk between runs, and never trusted when it is not what was kept.

A finished kernel lies in a folder of its own, named by everything that it depends on, beside a list
of its files' digests. A folder that does not match its list (cut short, changed, or from elsewhere)
is thrown away, and the kernel is compiled again. A new kernel is made in a temporary folder and
renamed into place, so nobody ever reads a half-written one.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import os
import platform
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
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
    folder = cache_folder() / name_of_kernel()
    if not is_sealed(folder):
        with (folder.parent / "making.lock").open("w") as lock:
            # Whoever comes second waits, and finds the first one's kernel.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_sealed(folder):
                return make(folder)
    return compile_in(folder)


def is_ready() -> bool:
    """Whether the kernel is at hand, so that nobody waits for it to be compiled."""
    return bool(CONFIG.DISABLE_JIT) or is_sealed(cache_folder() / name_of_kernel())


def make(folder: Path) -> Callable[..., None]:
    """The kernel, newly compiled and kept in a folder, instead of what may be there."""
    shutil.rmtree(folder, ignore_errors=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="making-"))
    try:
        ready = compile_in(made)
        seal(made)
        with suppress(OSError):  # What cannot be replaced stays: this kernel is not kept, but it runs.
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return ready


def cache_folder() -> Path:
    """Folder for compiled kernels: ``ESTIMATIVE_CACHE``, or the user's cache; one for this process if there is none."""
    named = os.environ.get("ESTIMATIVE_CACHE")
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    folder = Path(named) if named else base / "estimative"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return private_folder()
    return folder if os.access(folder, os.W_OK) else private_folder()


@cache
def private_folder() -> Path:
    """A folder that goes away with this process."""
    folder = Path(tempfile.mkdtemp(prefix="estimative-"))
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


def compile_in(folder: Path) -> Callable[..., None]:
    """The kernel, read from a folder or compiled and written there."""
    before = CONFIG.CACHE_DIR
    # Only while the kernel looks for its place: other compiled functions of the process keep theirs.
    CONFIG.CACHE_DIR = str(folder)
    try:
        compile_kernel = numba.njit(SIGNATURE, nogil=True, cache=True, error_model="numpy")
        ready: Callable[..., None] = compile_kernel(kernel.simulate)
    finally:
        CONFIG.CACHE_DIR = before
    return ready


def digests(folder: Path) -> dict[str, str]:
    """Digest of every file in a folder but the seal."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SEAL
    }


def seal(folder: Path) -> None:
    """Write down what is in a folder."""
    (folder / SEAL).write_text(json.dumps(digests(folder)), encoding="utf-8")


def is_sealed(folder: Path) -> bool:
    """Whether a folder holds exactly what was written down."""
    try:
        listed = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(listed) and listed == digests(folder)
