"""After thirty days what has served its time is gone, and nothing that is still wanted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from scheduler.housekeeping import tidy_up
from storage import tables
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, new_address, owner, rows

OLD, RECENT = NOW - timedelta(days=31), NOW - timedelta(days=29)


async def keep(tx: Transaction, table: Table, **values: Any) -> int:
    return int((await tx.execute(insert(table).values(values).returning(table.c.id))).scalar_one())


async def left(database: Database, table: Table) -> set[int]:
    await tidy_up(database, NOW)
    async with database.read() as tx:
        return set(await rows(tx, table))


async def test_events_are_forgotten_a_month_after_they_were_worked(either: Database) -> None:
    async def event(name: str, state: str, done_at: datetime | None) -> int:
        act = {"platform": "telegram", "event": name, "user": "1", "chat": "1", "incoming": {}}
        moments = {"written_at": OLD, "received_at": OLD, "done_at": done_at}
        return await keep(tx, tables.inbox, **act, **moments, state=state)

    async with either.write() as tx:
        await event("done long ago", "done", OLD)
        await event("failed long ago", "failed", OLD)
        kept = {await event("done", "done", RECENT), await event("waiting since long", "waiting", None)}
    assert await left(either, tables.inbox) == kept


@pytest.mark.parametrize("state", ["sent", "unknown", "failed", "expired"])
async def test_what_was_said_loses_its_words_and_keeps_its_place(either: Database, state: str) -> None:
    """The place is what a tap on an old button, or a reply, is found by."""
    async with either.write() as tx:
        to = await new_address(tx, "1")
        row = {"address_id": to, "subject": "note:1", "message": {"body": ["Hi"]}, "platform_id": "7"}
        old = await keep(tx, tables.outbox, **row, created_at=OLD, state=state)
        recent = await keep(tx, tables.outbox, **row, created_at=RECENT, state=state)
    assert await left(either, tables.outbox) == {old, recent}
    async with either.read() as tx:
        kept = await rows(tx, tables.outbox)
    assert kept[old]["message"] is None
    assert kept[old]["platform_id"] == "7"
    assert kept[recent]["message"] == {"body": ["Hi"]}


async def test_words_that_are_gone_are_gone_from_the_row_itself(either: Database) -> None:
    """Empty as SQL sees it, not the word null: else the row would be written anew every six hours for ever."""
    async with either.write() as tx:
        to = await new_address(tx, "1")
        await keep(tx, tables.outbox, address_id=to, message={"body": ["Hi"]}, created_at=OLD, state="sent")
    await tidy_up(either, NOW)
    async with either.read() as tx:
        found = await tx.execute(select(tables.outbox.c.id).where(tables.outbox.c.message.is_(None)))
        assert len(found.all()) == 1


@pytest.mark.parametrize("state", ["new", "sending"])
async def test_what_has_not_left_yet_keeps_its_words_however_old(either: Database, state: str) -> None:
    async with either.write() as tx:
        to = await new_address(tx, "1")
        row = await keep(tx, tables.outbox, address_id=to, message={"body": ["Hi"]}, created_at=OLD, state=state)
    await tidy_up(either, NOW)
    async with either.read() as tx:
        assert (await rows(tx, tables.outbox))[row]["message"] == {"body": ["Hi"]}


async def test_talks_are_forgotten_a_month_after_they_ended(either: Database) -> None:
    async with either.write() as tx:
        talk = {"address_id": await new_address(tx, "1"), "flow": "audition", "log": [], "acted_at": OLD}
        await keep(tx, tables.talk, **talk, ended_at=OLD)
        kept = {await keep(tx, tables.talk, **talk), await keep(tx, tables.talk, **talk, ended_at=RECENT)}
    assert await left(either, tables.talk) == kept


async def test_nudges_are_forgotten_when_they_are_settled_never_while_they_wait(either: Database) -> None:
    async def nudge(subject: int, state: str, due_at: datetime) -> int:
        row = {"actor_id": one, "kind": "note", "subject": subject, "on": due_at.date(), "zone": "UTC"}
        return await keep(tx, tables.due, **row, due_at=due_at, state=state)

    async with either.write() as tx:
        one = await owner(tx, await new_address(tx, "1"))
        await nudge(1, "handed", OLD)
        await nudge(2, "cancelled", OLD)
        kept = {
            await nudge(3, "waiting", OLD),
            await nudge(4, "held", OLD),
            await nudge(5, "handed", RECENT),
        }
    assert await left(either, tables.due) == kept


async def test_records_are_never_tidied_away(either: Database) -> None:
    async with either.write() as tx:
        await new_address(tx, "1", parked_at=OLD)
        (one,) = await rows(tx, tables.actor)
        await keep(tx, tables.news, actor_id=one, words="a play", created_at=OLD, event_on=OLD.date())
        await keep(tx, tables.change, actor_id=one, at=OLD, words="News", rows=[])
    for table in (tables.actor, tables.address, tables.news, tables.change):
        assert len(await left(either, table)) == 1
