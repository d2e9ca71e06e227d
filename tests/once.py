"""A beginning that many tests share is played once; the others find everything where it was left.

That a bot built anew on its file goes on as if nothing had happened is what test_restarts shows.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.stage import Person, Shown, Stage

Play = Callable[..., Awaitable[object]]
_left: dict[Play, Left] = {}


@dataclass(frozen=True)
class Left:
    """What a beginning leaves: the file, the screens, the clock, chance, and how much each has seen and sent."""

    file: bytes
    chats: dict[str, dict[str, list[Shown]]]
    ids: dict[str, int]
    now: datetime
    chance: Any
    people: list[tuple[int, int]]

    @classmethod
    def by(cls, stage: Stage, people: tuple[Person, ...]) -> Left:
        with closing(sqlite3.connect(stage.database.url.database or "")) as file:
            kept = file.serialize()
        ids = {platform: _next(wire, "_ids") for platform, wire in stage.wires.items()}
        marks = [(person.seen, _next(person, "events")) for person in people]
        return cls(kept, _screens(stage), ids, stage.clock.now, stage.chance.getstate(), marks)

    def before(self, stage: Stage, people: tuple[Person, ...]) -> None:
        """Let this stage, on which nothing happened yet, stand as that one stood."""
        assert not any(_screens(stage).values()), "something happened already"
        Path(stage.database.url.database or "").write_bytes(self.file)
        for platform, wire in stage.wires.items():
            wire.chats = _copy(self.chats[platform])
            wire._ids = itertools.count(self.ids[platform])
        stage.clock.now = self.now
        stage.chance.setstate(self.chance)
        for person, (seen, sent) in zip(people, self.people, strict=True):
            person.seen, person.events = seen, itertools.count(sent)


async def once(play: Play, stage: Stage, *others: Person) -> None:
    """Begin with `play(stage, *others)`: in earnest for the first who asks, as it was left for all others."""
    people = (stage.nora, *others)
    if play in _left:
        _left[play].before(stage, people)
        return
    await play(stage, *others)
    _left[play] = Left.by(stage, people)


def _next(counted: object, name: str) -> int:
    """The number that a counter would give next, which it still gives."""
    number = next(getattr(counted, name))
    setattr(counted, name, itertools.count(number))
    return int(number)


def _copy(chats: dict[str, list[Shown]]) -> dict[str, list[Shown]]:
    return {chat: [replace(shown) for shown in screen] for chat, screen in chats.items()}


def _screens(stage: Stage) -> dict[str, dict[str, list[Shown]]]:
    return {platform: _copy(wire.chats) for platform, wire in stage.wires.items()}
