"""The survey's figures that are shipped follow from the survey's rows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from estimative.words.files import FOLDER

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
ROWS = ROOT.parent / "shared" / "words" / "capphrase_absolute.csv"

pytestmark = pytest.mark.skipif(not ROWS.is_file(), reason="the rows of the survey are not at hand")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The deriving script as a module."""
    found = importlib.util.spec_from_file_location("derive_words", ROOT / "scripts" / "derive_words.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, "derive_words", module)
        found.loader.exec_module(module)
    return module


def numbers(text: str) -> tuple[list[str], np.ndarray]:
    """Labels and cells of a table, without its comments."""
    lines = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    return [line[0] for line in lines], np.array([[float(cell) for cell in line[1:]] for line in lines[1:]])


def differences(script: ModuleType) -> dict[str, float]:
    """Largest difference between what the rows give and what is shipped, by table."""
    found = {}
    for name, text in cast("dict[str, str]", script.derive(ROWS)).items():
        labels, derived = numbers(text)
        shipped_labels, shipped = numbers((FOLDER / "survey" / name).read_text("utf-8"))
        assert labels == shipped_labels
        found[name] = float(np.abs(derived - shipped).max())
    return found


def test_the_shipped_figures_follow_from_the_rows(script: ModuleType) -> None:
    found = differences(script)
    assert found["percentiles.csv"] == 0
    assert found["correlations.csv"] == 0
    assert found["loadings.csv"] <= 0.002  # printed to three places, found by an iteration


def test_everybody_instead_of_the_ordered_would_be_noticed(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twin: a ladder of one phrase lets everybody in."""
    monkeypatch.setattr(script, "LADDER", ("Likely",))
    found = differences(script)
    assert found["percentiles.csv"] > 0
    assert found["correlations.csv"] > 0.05


def test_hermite_terms_give_the_rank_correlation_of_a_binormal(script: ModuleType) -> None:
    """Without heaps, Spearman's correlation of two normal scores correlated r is 6/pi asin(r/2)."""
    answers = np.arange(2001.0)
    terms = script.hermite_coefficients(answers)
    for r in (-0.7, 0.2, 0.5):
        assert script.rank_correlation(terms, terms, r) == pytest.approx(
            6 / np.pi * np.arcsin(r / 2), abs=0.002
        )


def test_factors_are_found_again(script: ModuleType) -> None:
    """Correlations made from one factor give its loadings back."""
    made = np.array([[0.8], [0.7], [-0.6], [0.5]])
    latent = made @ made.T
    np.fill_diagonal(latent, 1)
    found = script.fit_factors(latent, 1)
    assert found * np.sign(found[0]) == pytest.approx(made, abs=1e-4)
