"""The tables of words around a step."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(file: str) -> dict[str, Any]:
    """A table beside this module."""
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))


TABLE: dict[str, Any] = table("line_words.toml")
