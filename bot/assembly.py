"""The one place where the parts meet: database, worker, clock, deliverer, wires."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError

from handlers import forms
from handlers.long_work import Maker
from handlers.makers import MAKERS
from handlers.messages import Incoming, Received, Sender
from handlers.outside import Outside
from handlers.warming import warm
from handlers.worker import Worker
from scheduler.delivery import Deliverer
from scheduler.fetching import Fetcher
from scheduler.housekeeping import tidy_up
from scheduler.making import Making
from scheduler.tick import Tick
from scheduler.wire import Wire
from storage import outbox
from storage.database import Database

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
TICK_SECONDS = 20
REALLY_OUTSIDE = Outside(secrets.choice)


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Bot:
    """A running Buttonhook: give it acts with `receive`, and it answers through its wires."""

    def __init__(
        self,
        database: Database,
        wires: Mapping[str, Wire],
        default_zone: str,
        clock: Clock,
        outside: Outside = REALLY_OUTSIDE,
        *,
        makers: Mapping[str, Maker] = MAKERS,
    ) -> None:
        self.database = database
        self.clock = clock
        self.worker = Worker(database, clock, default_zone, outside)
        self.tick = Tick(database, clock, wires.keys(), makers.keys())
        self.deliverer = Deliverer(database, clock, wires)
        self.fetcher = Fetcher(database, clock, wires, self.deliverer.wake)
        self.making = Making(database, clock, wires.keys(), makers, self.deliverer.wake)
        self._came_in = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Bring the schema up to date and take over from a predecessor."""
        await self.database.upgrade()
        await self.deliverer.take_over()

    async def receive(self, acts: Sequence[Received]) -> None:
        """Keep what came in; once this returns it may be acknowledged."""
        await self._whole(self.worker.store(acts))
        self._came_in.set()

    async def knows(self, sender: Sender) -> bool:
        """Whether somebody has an actor here."""
        async with self.database.read() as tx:
            return await self.worker.desk_of(tx, sender) is not None

    async def last_sent(self, sender: Sender) -> str:
        """The platform's id of the last message that somebody was sent; empty where there is none."""
        async with self.database.read() as tx:
            desk = await self.worker.desk_of(tx, sender)
            return await outbox.last_sent(tx, desk.address_id) if desk else ""

    async def suggest(self, sender: Sender, typed: str) -> Sequence[tuple[str, str]]:
        """People to choose from in a form, as pairs of label and value."""
        async with self.database.read() as tx:
            return await forms.suggest(await self.worker.desk_of(tx, sender), typed)

    async def form_errors(self, sender: Sender, form: Incoming) -> Mapping[str, str]:
        """What cannot be taken as it stands in a form, by its fields."""
        async with self.database.read() as tx:
            return await forms.errors(await self.worker.desk_of(tx, sender), form)

    async def settle(self) -> None:
        """Work and deliver until nothing is left to do at this moment of the clock."""
        while await self.worker.work() or await self.tick() or await self._beside():
            pass
        await self.deliverer.settle()

    async def _beside(self) -> bool:
        """What is done beside the talk; False where there is nothing."""
        return await self.fetcher.settle() or await self.making.settle()

    async def pass_time(self, target: datetime, move_to: Callable[[datetime], None]) -> None:
        """Move a clock that can be moved to an instant: what falls due on the way comes at its own moment."""
        while (moment := await self.tick.next_moment()) is not None and moment <= target:
            move_to(max(moment, self.clock()))
            await self.settle()
            if await self.tick.next_moment() == moment:
                break
        move_to(target)
        await self.settle()

    async def run(self, stop: asyncio.Event) -> None:
        """Work, deliver and tick until told to stop; what is under way is finished."""
        ticker = AsyncIOScheduler(timezone=UTC)
        every = {"seconds": TICK_SECONDS, "coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        ticker.add_job(self._on_tick, "interval", next_run_time=system_clock(), **every)
        ticker.add_job(self._tidy_up, "interval", hours=6, coalesce=True, misfire_grace_time=None)
        working = asyncio.create_task(self._work_on(stop))
        delivering = asyncio.create_task(self.deliverer.run())
        besides = (self.fetcher.run(), self.making.run(), asyncio.to_thread(warm))
        beside = [asyncio.create_task(work) for work in besides]
        ticker.start()
        self._came_in.set()
        self.deliverer.wake()
        await stop.wait()
        ticker.shutdown(wait=False)
        self._came_in.set()
        self.fetcher.stop()
        self.making.stop()
        await asyncio.gather(working, *beside, *self._under_way)
        self.deliverer.stop()
        await delivering

    async def _work_on(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._came_in.wait()
            self._came_in.clear()
            try:
                while await self.worker.work() and not stop.is_set():
                    self.deliverer.wake()
                    self.fetcher.wake()
                    self.making.wake()
            except SQLAlchemyError:
                log.exception("the inbox could not be worked; tried again in a second")
                asyncio.get_running_loop().call_later(1, self._came_in.set)

    async def _whole(self, work: Coroutine[Any, Any, None]) -> None:
        """Run to the end even if the caller is cancelled: a cancelled transaction costs the connection."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)

    async def _on_tick(self) -> None:
        await self._as_job(self._tick())

    async def _tick(self) -> None:
        try:
            await self.tick()
            await self.tick.thin_out()
        except SQLAlchemyError:
            log.exception("the tick failed; the next one finds what it left")
        self._came_in.set()
        self.deliverer.wake()
        self.fetcher.wake()
        self.making.wake()

    async def _tidy_up(self) -> None:
        await self._as_job(tidy_up(self.database, self.clock()))

    async def _as_job(self, work: Coroutine[Any, Any, None]) -> None:
        """Work of the ticker, which cancels it at the stop: no failure, since what was begun is finished."""
        with suppress(asyncio.CancelledError):
            await self._whole(work)
