"""A tick is a turn of the clock: what is due is composed for the day it now is, and handed to the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from handlers import notes, nudges, one_morning
from handlers.casting import nudged, waiting
from handlers.desk import Desk
from handlers.messages import Outgoing, plain
from handlers.nudges import QUIET_FROM, QUIET_UNTIL
from handlers.stage import STAGE
from handlers.talks import get_names
from handlers.worker import flush_talks, home_rows, open_desks, outbox_row
from storage import actors, due, news, outbox, talks
from storage import notes as note_rows
from storage.database import Database, Record, Transaction

log = logging.getLogger(__name__)

BATCH = 100
MOST_REPLIES, SLOW_DOWN_EVERY = 20, timedelta(minutes=1)
SLOW_DOWN = "Slow down a moment. All you wrote is kept; above is where we are."
ON_TIME = timedelta(seconds=60)
AWAY = timedelta(minutes=5)


class Tick:
    """Looks at what the clock has brought, for the actors that these platforms reach; `works` is made elsewhere."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        platforms: Collection[str],
        works: Collection[str] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._platforms = platforms
        self._works = works

    async def __call__(self) -> bool:
        """Hand over all that is due by now; False where nothing was."""
        did = False
        while await self._wake_talks() or await self._hand_over():
            did = True
        return did

    async def thin_out(self) -> None:
        """Where a flood of replies waits for one chat, only the newest leaves, with one line before it."""
        now = self._clock()
        async with self._database.read() as tx:
            if not await outbox.piled_up(tx, self._platforms, MOST_REPLIES):
                return
        async with self._database.write() as tx:
            for row in await outbox.piled_up(tx, self._platforms, MOST_REPLIES):
                await outbox.overtake(tx, row.address_id, row.newest)
                log.info("address %d: replies were overtaken by newer ones", row.address_id)
                if not await outbox.is_said_since(tx, row.address_id, "slow", now - SLOW_DOWN_EVERY):
                    await outbox.add(tx, [outbox_row(Outgoing("slow", plain(SLOW_DOWN)), row.address_id, now)])

    async def next_moment(self) -> datetime | None:
        """When something will fall due, as things stand."""
        async with self._database.read() as tx:
            moments = [await due.next_at(tx, self._platforms), await talks.next_wake(tx, self._platforms)]
        return min((m for m in moments if m is not None), default=None)

    async def _wake_talks(self) -> bool:
        now = self._clock()
        async with self._database.read() as tx:
            if not await talks.to_wake(tx, self._platforms, now, 1):
                return False
        async with self._database.write() as tx:
            ripe = await talks.to_wake(tx, self._platforms, now, BATCH)
            # A talk is woken where it is told, wherever follow-ups come; of an actor's several chats one at a time.
            place = {row.actor_id: row.address_id for row in reversed(ripe)}
            desks = await self._desks(tx, await actors.these(tx, place.values()), now)
            for row in ripe:
                desk = desks[row.actor_id]
                for talk in [t for t in desk.talks if t.id == row.id]:
                    await STAGE.wake(desk, talk)
            await self._flush(tx, list(desks.values()))
        return True

    async def _hand_over(self) -> bool:
        now = self._clock()
        async with self._database.read() as tx:
            if not await due.ripe(tx, self._platforms, now, 1, self._works):
                return False
        async with self._database.write() as tx:
            found = await due.ripe(tx, self._platforms, now, BATCH, self._works)
            ripe = sorted(found, key=lambda row: (row.actor_id, row.id))
            homes = await actors.home(tx, {row.actor_id for row in ripe}, self._platforms)
            desks = await self._desks(tx, homes, now)
            for actor_id, rows in groupby(ripe, key=lambda row: row.actor_id):
                await _nudge(desks[actor_id], list(rows))
            await self._flush(tx, list(desks.values()))
        return True

    async def _desks(self, tx: Transaction, addresses: Mapping[int, Record], now: datetime) -> dict[int, Desk]:
        opened = await open_desks(tx, list(addresses.values()), now)
        desks = {desk.actor.id: desk for desk in opened.values() if desk}
        for desk in desks.values():
            desk.by_clock = True
        return desks

    async def _flush(self, tx: Transaction, desks: list[Desk]) -> None:
        await flush_talks(tx, desks)
        out = [outbox_row(o, desk.address_id, desk.now) for desk in desks for o in desk.out]
        if out := [*out, *await home_rows(tx, desks)]:
            await outbox.add(tx, out)


async def _nudge(desk: Desk, rows: list[Record]) -> None:
    """All that is due for one actor, late or not; in the night what is late waits for the morning."""
    late = desk.now - min(nudges.instant(desk, row.on, row.at) for row in rows)
    clock = desk.local_now.time()
    if late > ON_TIME and not QUIET_UNTIL <= clock < QUIET_FROM:
        for row in rows:
            await due.wait_again(desk.tx, row.id, nudged.after_the_night(desk, row))
        return
    await due.hand_over(desk.tx, [row.id for row in rows])
    await nudged.bring(desk, rows)
    rows = await waiting.keep_back(desk, rows)
    await _notes(desk, [row for row in rows if row.kind in ("note", "held") and not row.repeat], is_late=late > AWAY)
    for row in rows:
        if row.kind == "note" and row.repeat:
            await _repeat(desk, row)
        elif row.kind == "names":
            await _names(desk, row)
    if desk.out and desk.top and not desk.is_stale(desk.top):
        await STAGE.show_again(desk)
    first = next((at for at, out in enumerate(desk.out) if not out.replaces), 0)
    desk.out[first + 1 :] = [replace(out, sound=False) for out in desk.out[first + 1 :]]


async def _notes(desk: Desk, rows: list[Record], *, is_late: bool) -> None:
    """The cards of one morning, in the order they were planned."""
    wanted = [row.subject for row in rows if row.at is None]  # a time of its own was asked for
    left = await one_morning.surplus(desk, wanted)
    due_of = {row.subject: row.id for row in rows if row.subject not in {note.id for note in left}}
    found = await note_rows.among(desk.tx, desk.actor.id, list(due_of))
    lead = ""
    if is_late and found:
        lead = f"I was away; here is {notes.day_name(desk, min(n.day for n in found))}'s.\n"
    already = len(desk.out)
    shown = await notes.present(desk, list(due_of), lead=lead)
    said = [at for at in range(already, len(desk.out)) if not desk.out[at].quiet]
    for at, note_id in zip(said, shown, strict=True):
        desk.out[at] = replace(desk.out[at], good_until=nudges.good_until(desk), due=due_of[note_id])
    if shown:
        await _mention_news(desk, said[0])
    if left:
        _add_line(desk, said[-1] if said else None, await one_morning.put_off(desk, left))


def _add_line(desk: Desk, at: int | None, line: str) -> None:
    """One more line under a card; where none was shown, nobody need know."""
    if at is not None:
        message = desk.out[at].message
        under = "\n".join(x for x in (message.under, line) if x)
        desk.out[at] = replace(desk.out[at], message=replace(message, under=under))


async def _mention_news(desk: Desk, at: int) -> None:
    """Said once, ever, and under the first card: there is little news of the actor's to put in."""
    few = len(await news.current(desk.tx, desk.actor.id, desk.day))
    if desk.actor.told_no_news or few not in notes.FEW_NEWS:
        return
    await actors.tell_no_news(desk.tx, desk.actor.id)
    _add_line(desk, at, notes.FEW_NEWS[few])


async def _repeat(desk: Desk, row: Record) -> None:
    note = await note_rows.find(desk.tx, desk.actor.id, row.subject)
    is_there = await outbox.is_shown(desk.tx, desk.actor.id, notes.subject(row.subject))
    if note is not None and note.state == "open" and is_there:  # else the card itself is still to come
        await notes.remind(desk, note)
        desk.out[-1] = replace(desk.out[-1], good_until=nudges.good_until(desk), due=row.id)


async def _names(desk: Desk, row: Record) -> None:
    message = await get_names.task(desk, row.subject)
    if message is None:
        return
    desk.say(message, f"audition:{row.subject}")
    desk.out[-1] = replace(desk.out[-1], good_until=nudges.good_until(desk), due=row.id)
    today = desk.local_now.date()
    if nudges.is_weekend(today):
        await nudges.plan(desk, "names", row.subject, nudges.next_monday(today), repeat=True)
    elif not row.repeat:
        await nudges.plan(desk, "names", row.subject, today + timedelta(days=1), repeat=True)
