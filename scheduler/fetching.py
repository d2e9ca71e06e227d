"""Files are fetched beside the talk: outside of any transaction, a few at once, and again where that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from handlers import files as file_talk
from handlers.messages import Sender
from handlers.worker import UNAVAILABLE, open_desks, outbox_row
from scheduler.wire import Elsewhere, Fetches, HoldBack, NoAccess, Refused, TooBig, Trouble, Wire
from storage import actors, files, outbox
from storage.database import Database, Record, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 2
PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3600))
"""After each of these there is one more try, and then a file is given up."""
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Fetched:
    """How it went: the bytes; or why it is refused; or when it is tried again."""

    content: bytes | None = None
    why: str = ""
    again: datetime | None = None


class Fetcher:
    """Fetches what waits, and writes down what came of it together with its answer."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        wires: Mapping[str, Wire],
        answered: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wires = {name: wire for name, wire in wires.items() if isinstance(wire, Fetches)}
        self._answered = answered
        self._in_hand: dict[asyncio.Task[None], int] = {}
        self._getting: set[asyncio.Task[bytes]] = set()
        self._wake = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        """Something may have come, or its pause be over."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch until stopped."""
        while not self._stopped:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._begin()
            except SQLAlchemyError:
                log.exception("the files could not be read; the next tick tries again")
        await self.settle()

    def stop(self) -> None:
        """Take nothing new in hand; what is half fetched is fetched anew by who comes after."""
        self._stopped = True
        for getting in self._getting:
            getting.cancel()
        self._wake.set()

    async def settle(self) -> bool:
        """Fetch all that may be fetched now; False where nothing may."""
        did = False
        while await self._begin() or self._in_hand:
            did = True
            await asyncio.wait(self._in_hand, return_when=asyncio.FIRST_COMPLETED)
        return did

    async def _begin(self) -> bool:
        """Take in hand what may be; False where that is nothing."""
        free = 0 if self._stopped or not self._wires else AT_ONCE - len(self._in_hand)
        if not free:
            return False
        async with self._database.read() as tx:
            busy = list(self._in_hand.values())
            rows = await files.waiting(tx, self._wires.keys(), self._clock(), free, busy)
        if self._stopped:
            return False
        for row in rows:
            task = asyncio.create_task(self._work(row))
            self._in_hand[task] = row.address_id
            task.add_done_callback(self._in_hand.pop)
        return bool(rows)

    async def _work(self, row: Record) -> None:
        try:
            fetched = await self._fetch(row)
            if fetched is not None:
                await self._write_down(row, fetched)
        except UNAVAILABLE:
            log.exception("file %d could not be written down; the next tick tries again", row.id)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be met at each tick for ever
            await self._write_down(row, self._troubled(row, error))
        else:
            self._answered()
            self.wake()

    async def _fetch(self, row: Record) -> Fetched | None:
        """Fetch it, or say why not; None where we are stopped meanwhile."""
        if self._stopped:
            return None
        to = Sender(row.platform, row.user, row.chat, row.team)
        getting = asyncio.ensure_future(self._wires[row.platform].fetch(to, row.reference, file_talk.MOST))
        self._getting.add(getting)
        try:
            await asyncio.wait({getting})
        finally:
            self._getting.discard(getting)
        if getting.cancelled():
            return None
        error = getting.exception()
        return self._troubled(row, error) if error else Fetched(getting.result())

    def _troubled(self, row: Record, error: BaseException) -> Fetched:
        """What becomes of a file that did not simply come."""
        known = isinstance(error, Trouble)
        log.log(
            logging.ERROR if isinstance(error, NoAccess) or not known else logging.INFO,
            "file %d: %s %s", row.id, type(error).__name__, error if known else "", exc_info=None if known else error,
        )  # fmt: skip
        for kind, why in _FINAL.items():
            if isinstance(error, kind):
                return Fetched(why=why)
        if row.attempts >= len(PAUSES):
            return Fetched(why="tries")
        told = timedelta(seconds=error.seconds) if isinstance(error, HoldBack) else timedelta()
        return Fetched(again=self._clock() + min(max(PAUSES[row.attempts], told), LONGEST_PAUSE))

    async def _write_down(self, row: Record, fetched: Fetched) -> None:
        async with self._database.write() as tx:
            if fetched.again:
                await files.put_off(tx, row.id, fetched.again)
            else:
                await self._answer(tx, row, fetched)

    async def _answer(self, tx: Transaction, row: Record, fetched: Fetched) -> None:
        """The result and its answer, in one transaction."""
        addresses = await actors.these(tx, [row.address_id])
        for desk in (await open_desks(tx, list(addresses.values()), self._clock())).values():
            if desk and fetched.content is not None:
                await file_talk.keep(desk, row, fetched.content)
            elif desk:
                await file_talk.refuse(desk, row, fetched.why)
            if desk and desk.out:
                await outbox.add(tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])


_FINAL: dict[type[Trouble], str] = {TooBig: "big", NoAccess: "access", Elsewhere: "elsewhere", Refused: "gone"}
"""Trouble that no other try would mend, the narrower first."""
