"""Files that the bot made are there until they have left, for their own actor, and a day more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from scheduler.housekeeping import tidy_up
from storage import documents, outbox, tables
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, new_actor, new_address, owner, rows

LONG_AGO, LATELY = NOW - timedelta(hours=25), NOW - timedelta(hours=23)
MONTH_AGO = NOW - timedelta(days=31)
CONTENT = bytes(range(256))


async def made(tx: Transaction, actor_id: int, at: datetime = LONG_AGO) -> int:
    row = {"actor_id": actor_id, "name": "year.csv", "mime": "text/csv", "content": CONTENT, "created_at": at}
    return await documents.add(tx, row)


async def goes_out(tx: Transaction, address_id: int, document_id: int, **values: Any) -> None:
    row = {"address_id": address_id, "message": {}, "document_id": document_id, "created_at": LONG_AGO}
    await outbox.add(tx, [row | values])


async def test_it_is_there_byte_for_byte_and_for_its_actors_chats_alone(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        id_ = await made(tx, await owner(tx, nora))
        assert await documents.content(tx, id_, nora) == ("year.csv", "text/csv", CONTENT)
        assert await documents.content(tx, id_, jo) is None
        assert await documents.content(tx, id_ + 1, nora) is None


ENDS = [
    ("sent long ago", {"state": "sent", "sent_at": LONG_AGO}, False),
    ("sent lately", {"state": "sent", "sent_at": LATELY}, True),
    ("refused long ago", {"state": "failed"}, False),
    ("unknown lately", {"state": "unknown", "created_at": LATELY}, True),
    ("waits since long", {"state": "new"}, True),
    ("was half sent", {"state": "sending"}, True),
    ("waits no longer", {"state": "expired"}, False),
]


@pytest.mark.parametrize(("row", "stays"), [(row, stays) for _, row, stays in ENDS], ids=[name for name, *_ in ENDS])
async def test_it_stays_until_it_has_left_and_a_day_more(either: Database, row: dict[str, Any], stays: bool) -> None:
    async with either.write() as tx:
        nora = await new_address(tx, "1")
        id_ = await made(tx, await owner(tx, nora))
        await goes_out(tx, nora, id_, **row)
    await tidy_up(either, NOW)
    async with either.read() as tx:
        assert list(await rows(tx, tables.document)) == ([id_] if stays else [])


async def test_what_nobody_can_be_brought_goes(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        mine, hers = await owner(tx, nora), await owner(tx, jo)
        new = await made(tx, mine, LATELY)
        await made(tx, mine)
        await goes_out(tx, nora, await made(tx, mine, MONTH_AGO), state="new", created_at=MONTH_AGO)
        await made(tx, await new_actor(tx), NOW)
        await goes_out(tx, jo, await made(tx, hers, NOW), state="new")
        await tx.execute(delete(tables.outbox).where(tables.outbox.c.address_id == jo))
        await tx.execute(delete(tables.address).where(tables.address.c.id == jo))
    await tidy_up(either, NOW)
    async with either.read() as tx:
        assert list(await rows(tx, tables.document)) == [new]
