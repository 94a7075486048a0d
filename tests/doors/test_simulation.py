"""How much to simulate, and where: what does not work is wrong usage, told in words, and never a crash."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from estimative import sizes
from estimative.engine import budget, cluster
from estimative.engine import run as engine
from estimative.engine.dice import ensure_numbered
from support.docs import printed

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.engine.request import Counts

ASK = "estimative ask {} 'P(ever rain)' --readings 8 --futures 64"


@pytest.fixture(name="rain")
def rain_file(tmp_path: Path) -> Path:
    path = tmp_path / "rain.yaml"
    path.write_text(
        "estimate: rain\ntitle: Rain\nas-of: 2027\nhorizon: 2 years\nstep: quarter\nstandard: icd-203\n"
        "conditions: {rain: {becomes: {some-day: {likelihood: 30%, within: 1 year}}}}\n",
        "utf-8",
    )
    return path


def test_more_futures_than_make_a_difference_are_wrong_usage(rain: Path) -> None:
    code, output = printed(f"{ASK.format(rain)} --futures 1000000000000000")
    assert code == 2
    assert "1<=x<=274877906944" in output
    ensure_numbered(np.array([sizes.MOST_READINGS]), sizes.MOST_FUTURES)


def test_a_cluster_gives_the_same_answer(rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def there(address: str, *given: Any, **more: Any) -> Counts:
        asked.append(address)
        return engine.run(*given, **more)

    monkeypatch.setattr(cluster, "run_on", there)
    command = ASK.format(rain)
    assert printed(f"{command} --on tcp://10.0.0.1:8786") == printed(command)
    assert asked == ["tcp://10.0.0.1:8786"] * 2


def test_a_cluster_that_does_not_answer_is_wrong_usage(rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    code, output = printed(f"{ASK.format(rain)} --on tcp://127.0.0.1:9")
    assert code == 2
    assert "no cluster answers at tcp://127.0.0.1:9" in output


def test_a_cluster_without_dask_is_wrong_usage(rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, output = printed(f"{ASK.format(rain)} --on tcp://127.0.0.1:9")
    assert code == 2
    assert "estimative[cluster]" in output


@pytest.mark.parametrize("address", ["garbage", "tcp://127.0.0.1"])
def test_what_is_no_address_is_wrong_usage(address: str, rain: Path) -> None:
    pytest.importorskip("distributed", reason="the extra estimative[cluster] is not installed")
    code, output = printed(f"{ASK.format(rain)} --on {address}")
    assert code == 2
    assert f"no cluster answers at {address}: missing port number" in output


def test_a_cluster_with_another_engine_is_wrong_usage(rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(*_: Any, **__: Any) -> None:
        raise cluster.OtherEngineError("a worker of the cluster has another version of Estimative")

    monkeypatch.setattr(cluster, "run_on", other)
    code, output = printed(f"{ASK.format(rain)} --on tcp://127.0.0.1:9")
    assert code == 2
    assert "another version of Estimative; all of them need the same." in " ".join(output.split())


@pytest.mark.parametrize(
    ("free", "said"),
    [(2**20, "readings would fit. Use fewer --readings."), (1000, "would fit. Use fewer --threads.")],
)
def test_too_little_memory_is_wrong_usage(
    free: int, said: str, rain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "free_memory", lambda: free)
    code, output = printed(f"{ASK.format(rain)} --readings 100000 --threads 1")
    assert code == 2
    assert said in " ".join(output.split())
