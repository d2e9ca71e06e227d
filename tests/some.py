"""Of many values that show the same, a few by default; the others with the long runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some(values: Iterable[Any], *shown: Any) -> list[Any]:
    """All of them as parameters: those that are shown by default, and the rest, marked; a tuple is several values."""
    every = list(values)
    missing = [value for value in shown if value not in every]
    assert not missing, f"not among them: {missing}"
    return [value if value in shown else _marked(value) for value in every]


def first(values: Iterable[Any], count: int) -> list[Any]:
    """The first few by default, and the rest, marked."""
    every = list(values)
    return [*every[:count], *map(_marked, every[count:])]


def _marked(value: Any) -> Any:
    values = value if isinstance(value, tuple) else (value,)
    return pytest.param(*values, marks=pytest.mark.chaos)
