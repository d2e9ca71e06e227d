"""The queue of updates with the offset rules of getUpdates, and the counters that chats share."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.telegram_chats import Chat
    from tests.fakes.telegram_people import Person
    from tests.fakes.telegram_wire import Json

_ONLY_IF_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Waiting:
    """An update that is not confirmed; `again` shields a repeat from being confirmed unseen."""

    key: int
    update: Json
    again: bool = False


@dataclass
class Updates:
    """What the bot has still to hear of."""

    next_id: int = 700_000_001
    waiting: list[Waiting] = field(default_factory=list)
    past: dict[int, Json] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    on_arrival: Callable[[], None] = lambda: None
    on_confirm: Callable[[], None] = lambda: None

    def add(self, kind: str, body: Json) -> int:
        """Queue an update and tell its id; 0 for a kind the bot did not ask for."""
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_IF_ASKED
        return self.add_raw({kind: body}) if wanted else 0

    def add_raw(self, update: Json) -> int:
        """Queue whatever it is; an own update_id is kept, even an odd one."""
        own = update.get("update_id", self.next_id)
        key = own if isinstance(own, int) else self.next_id
        self.next_id = max(self.next_id, key + 1)
        self._queue(Waiting(key, {"update_id": own, **update}))
        return key

    def repeat(self, update_id: int) -> None:
        """Deliver an update once more, confirmed or not."""
        self._queue(Waiting(update_id, self.past[update_id], again=True))

    def jump_back(self, by: int) -> None:
        """Go on with lower ids, as Telegram may after a quiet week."""
        self.next_id -= by

    def _queue(self, waiting: Waiting) -> None:
        self.past[waiting.key] = waiting.update
        self.waiting.append(waiting)
        self.on_arrival()

    def pending(self, offset: int) -> bool:
        """Apply an offset: a positive one confirms all below it, a negative keeps that many. Is there more?"""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset <= self.next_id + 10:  # one from the far future is ignored, as by the real server
            self.waiting = [one for one in self.waiting if one.key >= offset or one.again]
        self.on_confirm()
        return bool(self.waiting)

    def read(self, limit: int) -> list[Json]:
        """What is not confirmed, oldest first."""
        batch = self.waiting[:limit]
        for one in batch:
            one.again = False
        return [one.update for one in batch]


@dataclass(frozen=True)
class Query:
    """A tapped button whose clock is still spinning."""

    made: float
    person: Person


@dataclass
class World:
    """All that is known on the far side of the wire."""

    bot: Json
    clock: Callable[[], float] = time.monotonic
    updates: Updates = field(default_factory=Updates)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    counted: int = 0

    def count(self) -> int:
        """The next number: message ids of all private chats and groups come from one counter."""
        self.counted += 1
        return self.counted

    def name(self, prefix: str) -> str:
        """A fresh id that is not a number."""
        return f"{prefix}{self.count():08d}"

    def file(self, name: str, body: bytes = b"", **more: Any) -> Json:
        """Keep a file and describe it as messages do."""
        file_id = self.name("file-")
        self.files[file_id] = (name, body)
        return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(body), **more}
