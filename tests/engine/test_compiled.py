"""The kept kernel: used again if it is whole, made again if it is not, and no folder has to be writable.

A small function stands in for the kernel, so that compiling it takes no time; Numba's files are real.
"""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from estimative.engine import compiled, kernel
from estimative.engine.run import run
from support.random_models import random_trial

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
def makings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where something is compiled, or read from, in this order."""
    places: list[Path] = []
    usual = compiled.compile_in

    def watched(place: Path) -> Callable[..., None]:
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


def kept(folder: Path) -> Path:
    """The one kernel in a cache folder."""
    (only,) = [path for path in folder.iterdir() if path.is_dir()]
    return only


def test_a_kernel_is_made_once(folder: Path, makings: list[Path]) -> None:
    assert not compiled.is_ready()
    assert works()
    assert compiled.is_ready()
    before = compiled.digests(kept(folder))
    assert works()
    assert makings[0].name.startswith("making-")
    assert makings[1] == kept(folder)
    assert compiled.digests(kept(folder)) == before


@pytest.mark.parametrize("kind", ["*.nbc", "*.nbi", compiled.SEAL])
@pytest.mark.parametrize("left", [0, 0.5])
def test_a_file_cut_short_is_made_again(kind: str, left: float, folder: Path, makings: list[Path]) -> None:
    assert works()
    (file,) = kept(folder).rglob(kind)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(left * len(whole))])
    assert works()
    assert makings[1].name.startswith("making-")
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


def test_two_that_come_at_once_make_one_kernel(folder: Path, makings: list[Path]) -> None:
    """The second has waited, and finds that there is nothing left to make."""
    both = [threading.Thread(target=works) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len([place for place in makings if place.name.startswith("making-")]) == 1
    assert compiled.is_sealed(kept(folder))


def test_what_cannot_be_replaced_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be removed: the kernel runs all the same, and nothing half-made is left."""
    stuck = folder / compiled.name_of_kernel()
    stuck.mkdir(parents=True)
    (stuck / "theirs").write_text("theirs", encoding="ascii")
    remove = shutil.rmtree

    def removed(path: Path, *, ignore_errors: bool) -> None:
        if path != stuck:
            remove(path, ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", removed)
    assert works()
    assert [path.name for path in kept(folder).iterdir()] == ["theirs"]


def test_without_a_folder_to_write_to_it_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="ascii")
    monkeypatch.setenv("ESTIMATIVE_CACHE", str(blocked / "cache"))
    assert compiled.cache_folder() == compiled.private_folder()
    assert compiled.private_folder().stat().st_mode & 0o077 == 0


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
