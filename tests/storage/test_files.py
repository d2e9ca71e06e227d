"""Files as rows: what waits to be fetched, whose turn it is, and the bytes, which nobody reads by the way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from scheduler.housekeeping import tidy_up
from storage import files, tables
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, new_address, owner, plans, rows

BYTES = bytes(range(256)) * 100
SOON = NOW + timedelta(seconds=5)


async def came(tx: Transaction, address_id: int, name: str = "headshot.jpg", **values: object) -> int:
    whose = {"actor_id": await owner(tx, address_id), "address_id": address_id}
    return await files.add(
        tx, {**whose, "name": name, "size": 1000, "reference": "F1", "created_at": NOW} | dict(values)
    )


async def waiting(tx: Transaction, limit: int = 10, **more: list[int]) -> list[int]:
    return [row.id for row in await files.waiting(tx, ["telegram"], NOW, limit, **more)]


async def test_the_bytes_come_back_as_they_were(either: Database) -> None:
    async with either.write() as tx:
        to = await new_address(tx, "1")
        id_ = await came(tx, to)
        assert await files.keep(tx, id_, BYTES, "image/jpeg", NOW)
        mine = await owner(tx, to)
        assert await files.content(tx, mine, id_) == BYTES
        found = await files.find(tx, mine, id_)
        assert found
        assert (found.state, found.size, found.mime, found.fetched_at) == ("kept", len(BYTES), "image/jpeg", NOW)
        assert not hasattr(found, "content")


async def test_of_each_chat_the_oldest_waits_and_what_was_tried_comes_last(either: Database) -> None:
    async with either.write() as tx:
        one, other = await new_address(tx, "1"), await new_address(tx, "2")
        elsewhere = await new_address(tx, "3", platform="slack")
        first, _, third = await came(tx, one), await came(tx, one), await came(tx, other)
        await came(tx, elsewhere)
        assert await waiting(tx) == [first, third]
        assert await waiting(tx, 1) == [first]
        assert await waiting(tx, busy=[one]) == [third]
        await files.put_off(tx, first, NOW)
        assert await waiting(tx) == [third, first]


async def test_what_is_put_off_holds_up_nothing_behind_it(either: Database) -> None:
    async with either.write() as tx:
        one = await new_address(tx, "1")
        first, second = await came(tx, one), await came(tx, one)
        await files.put_off(tx, first, SOON)
        assert await waiting(tx) == [second]
        found = await files.waiting(tx, ["telegram"], SOON, 10)
        assert [(row.id, row.attempts) for row in found] == [(first, 1)]


async def test_what_is_settled_stays_as_it_is(either: Database) -> None:
    async with either.write() as tx:
        to = await new_address(tx, "1")
        kept, refused = await came(tx, to), await came(tx, to)
        assert await files.is_more_coming(tx, to)
        await files.keep(tx, kept, BYTES, "image/jpeg", NOW)
        await files.refuse(tx, refused, "kind")
        assert not await files.is_more_coming(tx, to)
        assert not await files.refuse(tx, kept, "kind")
        assert not await files.keep(tx, refused, BYTES, "image/jpeg", NOW)
        await files.put_off(tx, kept, SOON)
        states = [(row["state"], row["why"]) for row in (await rows(tx, tables.file)).values()]
    assert states == [("kept", ""), ("refused", "kind")]


async def test_what_is_dropped_has_no_bytes_left(either: Database) -> None:
    async with either.write() as tx:
        to = await new_address(tx, "1")
        mine, id_ = await owner(tx, to), await came(tx, to)
        assert not await files.drop(tx, mine, id_), "it is not kept yet"
        await files.keep(tx, id_, BYTES, "image/jpeg", NOW)
        assert await files.drop(tx, mine, id_)
        assert not await files.drop(tx, mine, id_)
        assert (await tx.execute(select(tables.file.c.content))).scalar_one() is None


async def test_after_a_month_what_was_not_kept_is_forgotten(either: Database) -> None:
    long_ago = NOW - timedelta(days=31)
    async with either.write() as tx:
        to = await new_address(tx, "1")
        left = {
            await came(tx, to, created_at=long_ago, state="kept", content=BYTES),
            await came(tx, to, created_at=long_ago),
            await came(tx, to, state="refused"),
        }
        for state in ("refused", "dropped"):
            await came(tx, to, created_at=long_ago, state=state)
    await tidy_up(either, NOW)
    async with either.read() as tx:
        assert set(await rows(tx, tables.file)) == left


async def test_to_see_what_waits_the_files_that_are_kept_are_not_walked_through(database: Database) -> None:
    steps = await plans(database, lambda tx: files.waiting(tx, ["telegram"], NOW, 2))
    assert "SCAN file" not in steps.replace("SCAN file USING INDEX ix_file_fetching", "seen")
    assert "ix_file_fetching" in steps
