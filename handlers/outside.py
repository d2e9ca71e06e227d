"""What the handlers are handed from outside, beside the clock: chance, names of workspaces, profiles of people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from handlers.messages import Sender

Pick = Callable[[str], str]
"""Picks one character of a text, so that nobody can foresee which."""


def _no_chance(letters: str) -> NoReturn:
    # Rather nothing than a code that can be foreseen.
    raise RuntimeError(f"no chance was handed in to pick one of {len(letters)} letters")


@dataclass(frozen=True)
class Profile:
    """What a platform tells of a person: the name, and the time zone where it says one."""

    name: str = ""
    zone: str = ""


ProfileOf = Callable[[Sender], Awaitable[Profile | None]]


@dataclass(frozen=True)
class Outside:
    """Chance; by (platform, team) the name of a workspace; and by platform who tells a profile when it is asked."""

    pick: Pick = _no_chance
    teams: Mapping[tuple[str, str], str] = field(default_factory=dict)
    profiles: Mapping[str, ProfileOf] = field(default_factory=dict)
