"""Starts the bot as `python -m bot` does, under a clock that goes ahead and with a place at which it kills itself.

AHEAD: seconds. CRASH: `place:n`, at the n-th time this place is reached; the places are

    before_send   a message is about to be handed to Telegram
    after_send    Telegram has it, and nothing is written down yet
    after_mark    it is written down
    after_inbox   what came in is committed, and not yet acknowledged
    before_turn   a turn is worked, and not yet committed
    after_turn    it is committed
"""

from __future__ import annotations

import os
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import bot.__main__ as process
import bot.telegram
from bot.telegram import Telegram
from scheduler.wire import Parcel
from storage import inbox, outbox
from storage.database import Database, Transaction

PLACES = ("before_send", "after_send", "after_mark", "after_inbox", "before_turn", "after_turn")
AHEAD = timedelta(seconds=float(os.environ.get("AHEAD", "0")))
_place, _, _number = os.environ.get("CRASH", "").partition(":")
_still = {_place: int(_number or 0)}


def reached(place: str) -> None:
    """Die here, if this is the place and the time."""
    if place in _still:
        _still[place] -= 1
        if _still[place] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def clock() -> datetime:
    """Later than it is, in UTC."""
    return datetime.now(UTC) + AHEAD


class MortalTelegram(Telegram):
    """The wire with its places."""

    async def send(self, parcel: Parcel) -> str:
        reached("before_send")
        sent = await super().send(parcel)
        reached("after_send")
        return sent


class MortalDatabase(Database):
    """The database with its places."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        async with super().write() as tx:
            yield tx
            did = _did.pop(id(tx), set())
            if inbox.end.__name__ in did:
                reached("before_turn")
        for place, what in (("after_inbox", "store"), ("after_turn", "end"), ("after_mark", "mark")):
            if what in did:
                reached(place)


_did: defaultdict[int, set[str]] = defaultdict(set)


def _noted(query: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def note(tx: Transaction, *args: Any, **more: Any) -> Any:
        _did[id(tx)].add(query.__name__)
        return await query(tx, *args, **more)

    note.__name__ = query.__name__
    return note


def main() -> int:
    for module, name in ((inbox, "store"), (inbox, "end"), (outbox, "mark")):
        setattr(module, name, _noted(getattr(module, name)))
    mortal = ((bot.telegram, "Telegram", MortalTelegram), (process, "Database", MortalDatabase))
    for module, name, ours in (*mortal, (process, "system_clock", clock)):
        setattr(module, name, ours)
    return process.main()


if __name__ == "__main__":
    sys.exit(main())
