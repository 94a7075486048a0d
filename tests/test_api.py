"""The package's own names: all there, all cheap until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import estimative


@pytest.mark.parametrize("name", [name for name in dir(estimative) if name in estimative._PLACES])
def test_every_name_leads_to_something_documented(name: str) -> None:
    assert getattr(estimative, name).__doc__


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys, estimative; print([m for m in ('numpy', 'numba', 'lark', 'rich') if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_a_wrong_name_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="forcast"):
        getattr(estimative, "forcast")  # noqa: B009 - a wrong name on purpose
