"""Every example in a docstring is true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import estimative

MODULES = sorted(module.name for module in pkgutil.walk_packages(estimative.__path__, "estimative."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    failed, _ = doctest.testmod(import_module(name))
    assert failed == 0, capsys.readouterr().out


def test_there_are_many() -> None:
    examples = sum(
        len(test.examples) for name in MODULES for test in doctest.DocTestFinder().find(import_module(name))
    )
    assert examples >= 150
