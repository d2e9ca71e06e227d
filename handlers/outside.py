"""What the handlers are handed from outside, beside the clock: chance, and the names of workspaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

Pick = Callable[[str], str]
"""Picks one character of a text, so that nobody can foresee which."""


def _no_chance(letters: str) -> NoReturn:
    # Rather nothing than a code that can be foreseen.
    raise RuntimeError(f"no chance was handed in to pick one of {len(letters)} letters")


@dataclass(frozen=True)
class Outside:
    """Chance, and by (platform, team) the name of a workspace where it is known."""

    pick: Pick = _no_chance
    teams: Mapping[tuple[str, str], str] = field(default_factory=dict)
