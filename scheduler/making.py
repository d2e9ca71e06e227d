"""Long work beside the talk: read in one go, made in a thread, and brought together with its end in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from handlers.desk import Desk
from handlers.documents import fit
from handlers.long_work import Made, Maker
from handlers.messages import Message
from handlers.scripts import on_form
from handlers.stage import STAGE
from handlers.worker import UNAVAILABLE, open_desks, outbox_row
from storage import actors, due, outbox
from storage.database import Database, Record, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 2
AGAIN = timedelta(seconds=20)
"""So long until the next tick."""
MOST_TRIES = 4


class Making:
    """Makes what was asked for, for the actors that these platforms reach: two at once, one for each actor."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        platforms: Collection[str],
        makers: Mapping[str, Maker],
        made: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._platforms = platforms
        self._makers = makers
        self._made = made
        self._in_hand: dict[asyncio.Task[None], int] = {}
        self._wake = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        """Something may have been asked for, or its pause be over."""
        self._wake.set()

    async def run(self) -> None:
        """Make until stopped; what is under way is finished."""
        while not self._stopped:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._begin()
            except SQLAlchemyError:
                log.exception("the work could not be read; the next tick tries again")
        await self.settle()

    def stop(self) -> None:
        """Take nothing new in hand; a thread cannot be broken off."""
        self._stopped = True
        self._wake.set()

    async def settle(self) -> bool:
        """Make all that may be made now; False where that is nothing."""
        did = False
        while await self._begin() or self._in_hand:
            did = True
            await asyncio.wait(self._in_hand, return_when=asyncio.FIRST_COMPLETED)
        return did

    async def _begin(self) -> bool:
        """Take in hand what may be; False where that is nothing."""
        free = 0 if self._stopped or not self._makers else AT_ONCE - len(self._in_hand)
        if not free:
            return False
        async with self._database.read() as tx:
            busy = list(self._in_hand.values())
            rows = await due.ripe_work(tx, self._platforms, self._clock(), self._makers.keys(), busy)
        rows = [] if self._stopped else rows[:free]
        for row in rows:
            task = asyncio.create_task(self._work(row))
            self._in_hand[task] = row.actor_id
            task.add_done_callback(self._in_hand.pop)
        return bool(rows)

    async def _work(self, row: Record) -> None:
        try:
            async with self._database.write() as tx:
                attempt = await due.take_up(tx, row.id)  # kept before it begins: what kills us must not go on for ever
            if attempt:
                await self._write_down(row, await self._try(row, attempt), attempt)
        except UNAVAILABLE:
            log.exception("due row %d could not be written down; the next tick tries again", row.id)
        except Exception:
            log.exception("due row %d could not be brought", row.id)
        else:
            self._made()
            self.wake()

    async def _try(self, row: Record, attempt: int) -> Made | None:
        """What came of it; None where nothing did."""
        if attempt > MOST_TRIES:  # the last one ended with us
            return None
        maker = self._makers[row.kind]
        try:
            async with self._database.read() as tx:
                data = await maker.load(tx, row.actor_id, row.subject)
            made = await asyncio.to_thread(maker.make, data)
            return replace(made, content=fit(made.content)) if made.content else made
        except Exception:
            log.exception("due row %d (%s): try %d failed", row.id, row.kind, attempt)
            return None

    async def _write_down(self, row: Record, made: Made | None, attempt: int) -> None:
        async with self._database.write() as tx:
            if made is None and attempt < MOST_TRIES:
                await due.put_off(tx, row.id, self._clock() + AGAIN)
            elif desk := await self._desk(tx, row):
                await self._bring(desk, row, made or Made("", "", b"", self._makers[row.kind].failed))

    async def _desk(self, tx: Transaction, row: Record) -> Desk | None:
        """Where it was asked for, as long as that is the actor's; else where nudges go."""
        asked = (await actors.these(tx, [row.address_id])).get(row.address_id) if row.address_id else None
        is_there = asked and asked.actor_id == row.actor_id and asked.parked_at is None
        home = asked if is_there else (await actors.home(tx, [row.actor_id], self._platforms)).get(row.actor_id)
        desks = await open_desks(tx, [home] if home else [], self._clock())
        return next(iter(desks.values()), None)

    async def _bring(self, desk: Desk, row: Record, made: Made) -> None:
        """The end of the work, its file and its message are one."""
        if not await due.finish(desk.tx, row.id):
            return
        message = Message((made.words,), choices=made.choices)
        if made.content:
            await desk.attach(message, made.name, made.mime, made.content)
        else:
            desk.say(message)
        desk.out[0] = replace(desk.out[0], due=row.id)  # as a nudge: it goes elsewhere where it cannot come here
        # The talk itself is not written: its turn may be worked beside this one.
        if desk.top and not desk.is_stale(desk.top) and not on_form(desk.top):
            await STAGE.show_again(desk)
        await outbox.add(desk.tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])
