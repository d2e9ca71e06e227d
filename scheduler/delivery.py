"""The outbox leaves: each chat in order, one message at a time, no chat held up by another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from handlers.chats import PLATFORMS
from handlers.documents import without_file
from handlers.messages import Message
from handlers.scripts import FORM
from scheduler.parcels import parcel_of, with_file
from scheduler.wire import (
    Blocked,
    BrokenOff,
    FileRefused,
    HoldBack,
    Moved,
    Parcel,
    Refused,
    Trouble,
    Unreachable,
    Unsure,
    Wire,
)
from storage import actors, due, outbox, talks
from storage.database import Database, Record, Transaction

log = logging.getLogger(__name__)

AT_ONCE, NUDGES_AT_ONCE = 100, 10  # a morning's nudges must not stand in the way of replies
FILES_AT_ONCE = 2  # up to 45 MB each, in memory while they leave
MOST_COPIES = 2
MOST_BROKEN_OFF = 8
LONGEST_PAUSE = timedelta(minutes=1)
Outcome = dict[str, Any]
Follow = Callable[[Transaction], Awaitable[None]]


class Deliverer:
    """Claims what may leave, sends it, and writes down how that went."""

    def __init__(self, database: Database, clock: Callable[[], datetime], wires: Mapping[str, Wire]) -> None:
        self._database = database
        self._clock = clock
        self._wires = wires
        self._outcomes: list[Outcome] = []
        self._followed: list[Follow] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._nudges_under_way = 0
        self._files_under_way = 0
        self._stopped = False
        self._may_wait = True
        self._wake = asyncio.Event()

    async def take_over(self) -> None:
        """At the start: what a predecessor had under its hands is sent again."""
        async with self._database.write() as tx:
            await outbox.reopen(tx, self._wires.keys())

    def wake(self) -> None:
        """Something new stands in the outbox."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until stopped; what is under way is waited for."""
        while not self._stopped:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._step()
                await self._sleep_until_next()
            except SQLAlchemyError:
                log.exception("the outbox could not be read; tried again in a second")
                asyncio.get_running_loop().call_later(1, self._wake.set)
        await self.settle()

    def stop(self) -> None:
        """Take nothing new in hand."""
        self._stopped = True
        self._wake.set()

    async def settle(self) -> None:
        """Deliver until nothing more can leave now; after a stop, only what is under way is finished."""
        while await self._step() or self._under_way or self._outcomes:
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _step(self) -> bool:
        """Write down what was sent, and send what may leave next; False where nothing may."""
        free = 0 if self._stopped else AT_ONCE - len(self._under_way)
        settled = self._outcomes, self._followed
        self._outcomes, self._followed = [], []
        try:
            async with self._database.write() as tx:
                await self._write_down(tx, *settled)
                rows = await self._claim(tx, free) if free else []
                parcels = [(row, await parcel_of(tx, row)) for row in rows]
        except BaseException:
            # What was sent must be written down some time, or its chat would wait for ever.
            self._outcomes, self._followed = [*settled[0], *self._outcomes], [*settled[1], *self._followed]
            raise
        for row, parcel in parcels:
            task = asyncio.create_task(self._send(row, parcel))
            self._under_way.add(task)
            self._nudges_under_way += row.due_id is not None
            self._files_under_way += row.document_id is not None
            task.add_done_callback(self._under_way.discard)
        return bool(rows)

    async def _write_down(self, tx: Transaction, outcomes: list[Outcome], followed: list[Follow]) -> None:
        if outcomes:
            await outbox.mark(tx, outcomes)
        for follow in followed:
            await follow(tx)

    async def _claim(self, tx: Transaction, free: int) -> Sequence[Record]:
        nudges = max(NUDGES_AT_ONCE - self._nudges_under_way, 0)
        files = FILES_AT_ONCE - self._files_under_way
        return await outbox.claim(tx, self._wires.keys(), self._clock(), (free, nudges, files))

    async def _send(self, row: Record, parcel: Parcel | None) -> None:
        try:
            outcome = await self._try(row, parcel)
        except Exception:
            log.exception("outbox row %d could not be sent", row.id)
            outcome = self._outcome(row, "failed", reason="unexpected")
        self._outcomes.append(outcome)
        self._may_wait = self._may_wait or outcome["wait"] is not None
        self._nudges_under_way -= row.due_id is not None
        self._files_under_way -= row.document_id is not None
        self._wake.set()

    async def _try(self, row: Record, parcel: Parcel | None) -> Outcome:
        now = self._clock()
        if parcel is None:
            return self._outcome(row, "sent")
        if row.good_until is not None and row.good_until < now:
            if row.surface is not None:
                return self._say_instead(row)
            self._followed.append(partial(due.wait_again, id_=row.due_id, instant=now))
            return self._outcome(row, "expired")
        try:
            whole = await with_file(self._database, row, parcel)
            return self._outcome(row, "sent", message_id=await self._wires[row.platform].send(whole))
        except Trouble as trouble:
            if row.surface is not None and row.good_until is not None:
                log.info("outbox row %d: no form, %s %s", row.id, type(trouble).__name__, trouble)
                return self._say_instead(row)
            return self._troubled(row, trouble, now)

    def _say_instead(self, row: Record) -> Outcome:
        """A form that cannot be opened, or not any more, is asked in the chat."""
        self._followed.append(partial(outbox.say_instead, id_=row.id))
        if talk_id := _talk_of(row):
            self._followed.append(partial(talks.forget_entry, id_=talk_id, key=FORM))
        return self._outcome(row, "new", reason="no form")

    def _say_without_file(self, row: Record, why: str) -> Outcome:
        """The words and their buttons stand without it, and say so."""
        message = without_file(Message.from_json(row.message), why, PLATFORMS[row.platform])
        self._followed.append(partial(outbox.without_file, id_=row.id, message=message.to_json()))
        return self._outcome(row, "new", reason=f"file {why}")

    def _troubled(self, row: Record, trouble: Trouble, now: datetime) -> Outcome:
        """What becomes of a message that did not simply arrive."""
        level = logging.WARNING if isinstance(trouble, Refused) else logging.INFO
        log.log(level, "outbox row %d: %s %s", row.id, type(trouble).__name__, trouble)
        match trouble:
            case Blocked():
                self._followed.append(partial(self._park, address_id=row.address_id, why=str(trouble), now=now))
                outcome = self._outcome(row, "new", reason="blocked")
            case Moved(chat=chat):
                self._followed.append(partial(actors.move, address_id=row.address_id, chat=chat, now=now))
                outcome = self._outcome(row, "new", reason="moved")
            case FileRefused(why=why):
                outcome = self._say_without_file(row, why)
            case BrokenOff() if row.attempts >= MOST_BROKEN_OFF:
                outcome = self._say_without_file(row, "broken")
            case Refused() if row.document_id is not None:
                outcome = self._say_without_file(row, "refused")
            case HoldBack(seconds=seconds):
                outcome = self._outcome(row, "new", wait=now + timedelta(seconds=seconds))
            case Unreachable():
                pause = min(timedelta(seconds=2 ** min(row.attempts, 6)), LONGEST_PAUSE)
                outcome = self._outcome(row, "new", reason="unreachable", wait=now + pause)
            case Unsure():
                outcome = self._unsure(row, now)
            case _:
                if row.surface is not None:
                    self._followed.append(partial(actors.forget_page, address_id=row.address_id))
                outcome = self._outcome(row, "failed", reason=str(trouble))
        return outcome

    async def _park(self, tx: Transaction, address_id: int, why: str, now: datetime) -> None:
        """Nothing more goes there; where the actor is reached elsewhere, the nudges that wait come there."""
        await actors.park(tx, address_id, why, now)
        parked = (await actors.these(tx, [address_id]))[address_id]
        if await actors.home(tx, [parked.actor_id], self._wires.keys()):
            for due_id in await outbox.take_back(tx, address_id):
                await due.wait_again(tx, due_id, now)

    def _unsure(self, row: Record, now: datetime) -> Outcome:
        """A reply is not repeated, since the next message meets the open question; a nudge is, once."""
        if row.due_id is not None and row.attempts + 1 < MOST_COPIES:
            return self._outcome(row, "new", reason="unsure", wait=now + timedelta(seconds=5))
        if talk_id := _talk_of(row):
            self._followed.append(partial(talks.unseen, id_=talk_id))
        return self._outcome(row, "unknown", reason="unsure")

    def _outcome(
        self, row: Record, ending: str, *, message_id: str = "", reason: str = "", wait: datetime | None = None
    ) -> Outcome:
        outcome = {"row": row.id, "ending": ending, "message_id": message_id, "reason": reason, "wait": wait}
        return outcome | {"now": self._clock() if ending == "sent" else None}

    async def _sleep_until_next(self) -> None:
        """Let the loop wake for what was put off."""
        if self._wake.is_set() or not self._may_wait:
            return
        self._may_wait = False  # before the read: what is put off meanwhile sets it again
        async with self._database.read() as tx:
            moment = await outbox.next_wait(tx, self._wires.keys())
        self._may_wait = self._may_wait or moment is not None
        if moment is not None:
            pause = max((moment - self._clock()).total_seconds(), 0.05)
            asyncio.get_running_loop().call_later(pause, self._wake.set)


def _talk_of(row: Record) -> int | None:
    """The talk whose question a message shows."""
    kind, _, id_ = row.subject.partition(":")
    return int(id_) if kind == "talk" else None
