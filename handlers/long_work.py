"""Work that takes longer than a turn may: asked for in the talk, made beside it, brought as a message with a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from handlers.desk import Desk
from handlers.messages import Rows
from storage import due
from storage.database import Transaction

FAILED = "The export did not come together. Ask for it once more."


@dataclass(frozen=True)
class Made:
    """What came of it: a file and the words under it; without content only the words are said."""

    name: str
    mime: str
    content: bytes
    words: str
    choices: Rows = ()


@dataclass(frozen=True)
class Maker:
    """One kind of work.

    `load` (tx, actor id, subject) reads all that is needed in one reading transaction; `make` is pure, since it runs
    in a thread beside the bot, and it may take seconds. `failed` is said when that did not work time and again.
    """

    load: Callable[[Transaction, int, int], Awaitable[Any]]
    make: Callable[[Any], Made]
    failed: str = FAILED


async def ask(desk: Desk, kind: str, subject: int) -> bool:
    """Have it made now and brought to where it was asked for; False where that is under way already."""
    if await due.is_asked(desk.tx, desk.actor.id, kind, subject):
        return False
    values = {"actor_id": desk.actor.id, "kind": kind, "subject": subject, "address_id": desk.address_id}
    when = {"on": desk.local_now.date(), "zone": desk.actor.zone, "due_at": desk.now}
    await due.add(desk.tx, values | when)
    return True
