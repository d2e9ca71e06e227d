"""Tables of words beside the code: looked up by the folded word, or as part of a pattern."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(file: str) -> dict[str, Any]:
    """All tables of a TOML file of this package."""
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))


@cache
def words_in(file: str, key: str) -> frozenset[str]:
    """One of its tables, for looking up folded words."""
    return frozenset(table(file)[key])


@cache
def like(file: str, pattern: str) -> re.Pattern[str]:
    """A pattern, of any case, in which <key> stands for each phrase of that table."""
    return re.compile(re.sub(r"<(\w+)>", lambda key: _any(file, key[1]), pattern), re.IGNORECASE)


def _any(file: str, key: str) -> str:
    phrases = sorted(table(file)[key], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases) + ")"
