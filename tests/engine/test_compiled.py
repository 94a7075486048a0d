"""The kept kernel: used again if it is whole, made again if it is not, and no folder has to be writable.

A small function stands in for the kernel, so that compiling it takes no time; Numba's files are real.
"""

from __future__ import annotations

import os
import platform
import pwd
import resource
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import llvmlite.binding as llvm
import numba
import numpy as np
import pytest

from estimative.engine import compiled, kernel
from estimative.engine.run import run
from support.random_models import random_trial

if TYPE_CHECKING:
    from collections.abc import Callable


def stand_in(
    _code: Any,
    _sections: Any,
    _twice: Any,
    steps: Any,
    _keys: Any,
    _numbers: Any,
    _thresholds: Any,
    _options: Any,
    _owners: Any,
    counts: Any,
    _records: Any,
    _rows: Any,
    _leaves: Any,
    _start: Any,
    _stop: Any,
    _widest: Any,
) -> None:
    """Write one count: how many steps there are, and a number of its own."""
    counts[0, 0] = steps + 41


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ESTIMATIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kernel, "simulate", stand_in)
    return tmp_path / "cache"


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process keeps what cannot be kept for others."""
    place = tmp_path / "private"
    monkeypatch.setattr(compiled, "private_folder", lambda: place)
    return place


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Where something is compiled, or read from, in this order; None is nowhere."""
    places: list[Path | None] = []
    usual = compiled.compile_in

    def watched(place: Path | None) -> Callable[..., None]:
        places.append(place)
        return usual(place)

    monkeypatch.setattr(compiled, "compile_in", watched)
    return places


def works() -> bool:
    """Whether the kernel that another process would get now counts as it should."""
    table = np.zeros((1, 1), np.int64)
    words = np.zeros((1, 1), np.uint64)
    options = np.zeros((1, 1), np.uint8)
    given = (table, table, np.False_, 1, words, table[0], words, options, table[0], table, words)
    vars(compiled)["_compiled_kernel"].__wrapped__()(*given, 1, 1, 0, 1, 1)
    return int(table[0, 0]) == 42


def is_new(place: Path | None) -> bool:
    """Whether a kernel is compiled there, to be kept."""
    return place is not None and place.parent.name.startswith("making-")


def kept(folder: Path) -> Path:
    """The one kernel in a cache folder."""
    (only,) = [path for path in folder.iterdir() if path.is_dir()]
    return only


def test_a_kernel_is_made_once(folder: Path, makings: list[Path | None]) -> None:
    assert not compiled.is_ready()
    assert works()
    assert compiled.is_ready()
    before = compiled.digests(kept(folder))
    assert works()
    assert is_new(makings[0])
    assert makings[1] == kept(folder)
    assert compiled.digests(kept(folder)) == before


@pytest.mark.parametrize("kind", ["*.nbc", "*.nbi", compiled.SEAL])
@pytest.mark.parametrize("left", [0, 0.5])
def test_a_file_cut_short_is_made_again(
    kind: str, left: float, folder: Path, makings: list[Path | None]
) -> None:
    assert works()
    (file,) = kept(folder).rglob(kind)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(left * len(whole))])
    assert works()
    assert is_new(makings[1])
    assert compiled.is_sealed(kept(folder))


def test_a_changed_file_is_made_again(folder: Path) -> None:
    """One bit, in the middle of machine code: it must never run."""
    assert works()
    (file,) = kept(folder).rglob("*.nbc")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert not compiled.is_ready(), "whoever waits for a kernel is told so"
    assert not compiled.is_sealed(kept(folder))
    assert works()
    assert compiled.is_sealed(kept(folder))


def test_a_foreign_file_is_thrown_away(folder: Path) -> None:
    assert works()
    (kept(folder) / "foreign.nbc").write_bytes(b"from elsewhere")
    assert works()
    assert not list(kept(folder).rglob("foreign.nbc"))


def test_two_that_come_at_once_make_one_kernel(folder: Path, makings: list[Path | None]) -> None:
    """The second has waited, and finds that there is nothing left to make."""
    both = [threading.Thread(target=works) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(map(is_new, makings)) == 1
    assert compiled.is_sealed(kept(folder))


def test_what_cannot_be_replaced_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be removed: the kernel runs all the same, and nothing half-made is left."""
    stuck = folder / compiled.name_of_kernel()
    stuck.mkdir(parents=True)
    (stuck / "theirs").write_text("theirs", encoding="ascii")
    remove = shutil.rmtree

    def removed(path: Path, **how: Any) -> None:
        if path != stuck:
            remove(path, **how)

    monkeypatch.setattr(shutil, "rmtree", removed)
    assert works()
    assert [path.name for path in kept(folder).iterdir()] == ["theirs"]


def test_without_a_folder_to_write_to_it_is_private(folder: Path, makings: list[Path | None]) -> None:
    """It goes away with this process, and nobody else looks into it."""
    folder.write_text("not a folder", encoding="ascii")
    compiled.private_folder.cache_clear()
    assert works()
    assert compiled.is_sealed(compiled.private_folder() / compiled.name_of_kernel())
    assert compiled.private_folder().stat().st_mode & 0o077 == 0
    assert not compiled.is_ready()
    assert sum(map(is_new, makings)) == 1


@pytest.mark.usefixtures("private")
def test_another_users_lock_does_not_stop_a_run(folder: Path) -> None:
    """A cache that two users share: the second may not open the first one's lock."""
    (folder / "making.lock").mkdir(parents=True)  # Nobody can open it to write, root included.
    assert works()


def test_a_kept_kernel_can_be_read_by_others(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        assert works()
    finally:
        os.umask(before)
    assert kept(folder).stat().st_mode & 0o777 == 0o755
    assert compiled.is_sealed(kept(folder))
    assert [path.name for path in folder.iterdir() if path.name.startswith("making-")] == []


def test_a_kernel_that_may_only_be_read_is_used(
    folder: Path, private: Path, makings: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of it, because Numba does not read where it may not write; nothing is compiled."""
    assert works()
    before = compiled.digests(kept(folder))
    monkeypatch.setattr(os, "access", lambda *_: False)
    (folder / "making.lock").unlink()
    assert compiled.is_ready()
    assert works()
    assert makings[1] == private / kept(folder).name
    assert compiled.digests(private / kept(folder).name) == before
    assert not (folder / "making.lock").exists(), "whoever reads asks for nothing to write to"


@pytest.mark.usefixtures("private")
def test_a_kernel_that_cannot_be_read_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that another process removes in this moment."""
    assert works()
    usual = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.suffix == ".nbc" and path.is_relative_to(folder):
            raise PermissionError(path)
        return usual(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    assert not compiled.is_ready()
    assert works()


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "\udcff", "1"])
def test_a_seal_that_is_none_is_made_again(text: str, folder: Path) -> None:
    assert works()
    (kept(folder) / compiled.SEAL).write_text(text, encoding="utf-8", errors="surrogateescape")
    assert not compiled.is_ready()
    assert works()
    assert compiled.is_ready()


@pytest.mark.usefixtures("private")
def test_a_full_disk_does_not_stop_a_run(folder: Path, makings: list[Path | None]) -> None:
    """It is compiled once, runs, and is not kept."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, usual[1]))
    try:
        assert works()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert len(makings) == 1
    assert [path.name for path in folder.iterdir()] == ["making.lock"]
    assert works()
    assert compiled.is_ready()


@pytest.mark.usefixtures("private")
def test_a_user_without_a_home_needs_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ESTIMATIVE_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(_: int) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert not compiled.is_ready()
    assert works()
    assert not folder.exists()


def test_nowhere_to_write_to_at_all(
    folder: Path, makings: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> Path:
        raise FileNotFoundError("No usable temporary directory found")

    folder.write_text("not a folder", encoding="ascii")
    monkeypatch.setattr(compiled, "private_folder", nowhere)
    assert works()
    assert makings == [None]


@pytest.mark.parametrize(
    ("owner", "what", "other"),
    [
        (llvm, "get_host_cpu_name", lambda: "another"),
        (llvm, "get_host_cpu_features", lambda: llvm.FeatureMap({"another": True})),
        (llvm, "get_process_triple", lambda: "another"),
        (llvm, "llvm_version_info", (1, 2, 3)),
        (platform, "python_version", lambda: "another"),
        (numba, "__version__", "another"),
        (np, "__version__", "another"),
    ],
)
def test_a_kernel_is_of_its_processor_and_its_compiler(
    owner: Any, what: str, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Machine code of another processor must never run: a home is often on many machines."""
    before = compiled.name_of_kernel()
    monkeypatch.setattr(owner, what, other)
    assert compiled.name_of_kernel() != before


def test_other_functions_keep_numbas_settings(folder: Path) -> None:
    before = compiled.CONFIG.CACHE_DIR
    assert works()
    assert before == compiled.CONFIG.CACHE_DIR
    assert folder.exists()


def test_estimates_need_no_compiling_of_their_own() -> None:
    ready = vars(compiled)["_compiled_kernel"]()
    for number in range(3):
        trial = random_trial(number)
        run(trial.model, trial.tables, trial.request, trial.world, seed=1, futures=65)
    assert len(ready.signatures) == 1
