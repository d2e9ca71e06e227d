"""What is to be done for a booking, from its table; and typed words that tick it off."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.reading.people import fold

LONGEST = 120
MOST_WORDS = 12


@dataclass(frozen=True)
class Step:
    """One thing to do; the table tells what each field is."""

    key: str
    label: str
    open: str
    words: tuple[str, ...]
    ahead: bool = False


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("booking_steps.toml").read_text(encoding="utf-8"))


@cache
def steps() -> tuple[Step, ...]:
    """All of them, in the order of the buttons."""
    return tuple(Step(**{**row, "words": tuple(row["words"])}) for row in _table()["step"])


@cache
def _names() -> dict[tuple[str, ...], str]:
    return {tuple(fold(word).split()): step.key for step in steps() for word in step.words}


@cache
def _said(what: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _table()["said"][what])


def ticked(text: str, bookings: Mapping[int, str]) -> tuple[int, tuple[str, ...]] | None:
    """The booking (id to title) and the steps of it that a text says are done; None where it says anything else."""
    said = [word.strip(".,;:!?()") for word in fold(text).split()] if len(text) <= LONGEST else []
    words = [word for word in said if word]
    if not 0 < len(words) <= MOST_WORDS:
        return None
    keys, rest = _steps_in(words)
    is_done = any(word in _said("done") for word in rest) or "answered" in keys
    named = [word for word in rest if word not in _said("done") and word not in _said("filler")]
    fits = [id_ for id_, title in bookings.items() if _names_it(named, fold(title).split())]
    return (fits[0], tuple(keys)) if keys and is_done and len(fits) == 1 else None


def _steps_in(words: list[str]) -> tuple[list[str], list[str]]:
    """The steps that are named, and the words that are left."""
    keys: list[str] = []
    rest: list[str] = []
    while words:
        run = next((words[:many] for many in (3, 2, 1) if tuple(words[:many]) in _names()), None)
        if run is None:
            rest.append(words[0])
        else:
            keys.append(_names()[tuple(run)])
        words = words[len(run or words[:1]) :]
    return list(dict.fromkeys(keys)), rest


def _names_it(named: Collection[str], title: Collection[str]) -> bool:
    return set(named) <= set(title)
