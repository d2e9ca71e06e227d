"""The tables of this room, and the patterns made of their words."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(file: str) -> dict[str, Any]:
    """All of a TOML file of this room."""
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))


@cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """All rows of a CSV file of this room."""
    return tuple(csv.DictReader(files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()))


@cache
def words_in(key: str) -> frozenset[str]:
    """One list of line_words.toml, for looking up folded words."""
    return frozenset(table("line_words.toml")[key])


@cache
def like(pattern: str) -> re.Pattern[str]:
    """A pattern, of any case, in which <key> stands for each phrase of that list of line_words.toml."""
    return re.compile(re.sub(r"(?<!P)<(\w+)>", lambda key: any_of(words_in(key[1])), pattern), re.IGNORECASE)


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest tried first."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,2}") for phrase in longest_first) + ")"
