"""The database keeps what it was given, refuses what it cannot keep, and finds its way from nothing to this schema."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Connection, Engine, Inspector, event, insert, inspect, select, text, update
from sqlalchemy.exc import OperationalError, StatementError

from bot.assembly import Bot
from handlers.messages import Incoming, Received, Sender
from storage.database import Database, Transaction
from storage.refusals import NewerSchema
from storage.tables import actor, inbox, metadata, pulse
from tests.some import first
from tests.stage import Clock, Phone
from tests.storage.conftest import NOW, new_actor, opened

UPGRADE = """
import asyncio, sys
from storage import migrations
from storage.database import Database, Transaction
sys.stdin.readline()
asyncio.run(Database(sys.argv[1]).upgrade())
"""


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def shape(connection: Connection) -> dict[str, Any]:
    """All that can be read of a schema, the conditions of its indexes among it."""
    seen = inspect(connection)
    return {table: _shape_of(seen, table) for table in seen.get_table_names() if table != "alembic_version"}


def _shape_of(seen: Inspector, table: str) -> dict[str, Any]:
    dialect = seen.bind.dialect.name
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)},
        "unique": {u["name"]: u["column_names"] for u in seen.get_unique_constraints(table)},
        "keys": {k["name"]: (k["constrained_columns"], k["referred_table"]) for k in seen.get_foreign_keys(table)},
        "primary": seen.get_pk_constraint(table),
        "indexes": {
            i["name"]: (i["column_names"], str(i.get("dialect_options", {}).get(f"{dialect}_where", "")))
            for i in seen.get_indexes(table)
        },
    }


async def run(database: Database, look: Any) -> Any:
    async with database.write() as tx:
        return await tx.run_sync(look)


@contextmanager
def failing_at(words: str) -> Iterator[None]:
    """The database ends the statement that begins like this, as a kill or a full disk would."""

    def stop(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.strip().startswith(words):
            raise OSError("no space left on device")

    event.listen(Engine, "before_cursor_execute", stop)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", stop)


async def test_the_migrations_lead_from_nothing_to_this_schema(nowhere: URL) -> None:
    async with opened(nowhere) as database:
        await database.upgrade()
        assert await run(database, differences) == []
        migrated = await run(database, shape)
        await run(database, metadata.drop_all)
        await run(database, metadata.create_all)
        assert migrated == await run(database, shape)


async def test_ids_of_deleted_records_are_never_given_again(either: Database) -> None:
    async with either.write() as tx:
        first = await new_actor(tx)
        await tx.execute(actor.delete())
        assert await new_actor(tx) > first


async def test_upgrading_again_changes_nothing(nowhere: URL) -> None:
    async with opened(nowhere) as database:
        await database.upgrade()
        async with database.write() as tx:
            id_ = await new_actor(tx)
        before = await run(database, shape)
        await database.upgrade()
        assert await run(database, shape) == before
        assert await names(database) == {id_: ""}


async def test_two_processes_may_upgrade_at_once(nowhere: URL) -> None:
    url = nowhere.render_as_string(hide_password=False)
    pipe = asyncio.subprocess.PIPE
    programs = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADE, url, stdin=pipe, stderr=pipe)
        for _ in range(2)
    ]
    told = await asyncio.gather(*(program.communicate(b"now\n") for program in programs))
    assert [program.returncode for program in programs] == [0, 0], told
    async with opened(nowhere) as database:
        assert await run(database, differences) == []


async def test_a_database_of_a_newer_version_is_left_alone(nowhere: URL) -> None:
    async with opened(nowhere) as database:
        await database.upgrade()
        async with database.write() as tx:
            await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        before = await run(database, shape)
        with pytest.raises(NewerSchema, match="newer Buttonhook"):
            await database.upgrade()
        assert await run(database, shape) == before


HALF_WAY = ("CREATE INDEX ix_due_waiting", "INSERT INTO alembic_version", "CREATE TABLE outbox")


@pytest.mark.parametrize("words", first(HALF_WAY, 2))
async def test_an_upgrade_that_is_killed_half_way_leaves_nothing(nowhere: URL, words: str) -> None:
    async with opened(nowhere) as database:
        with failing_at(words), pytest.raises(OSError, match="no space left"):
            await database.upgrade()
        assert set(await run(database, tables)) <= {"alembic_version"}
        await database.upgrade()
        assert await run(database, differences) == []


async def test_sqlite_is_opened_as_designed(database: Database) -> None:
    async with database.write() as tx:
        assert await pragmas(tx) == {
            "journal_mode": "wal",
            "synchronous": 2,  # FULL
            "foreign_keys": 1,
            "busy_timeout": 5000,
            "secure_delete": 1,
            "query_only": 0,
        }
    async with database.read() as tx:
        seen = await pragmas(tx)
        assert (seen["journal_mode"], seen["query_only"], seen["busy_timeout"]) == ("wal", 1, 5000)


async def pragmas(tx: Transaction) -> dict[str, Any]:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete", "query_only")
    return {name: (await tx.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in asked}


async def test_an_instant_comes_back_in_utc(either: Database) -> None:
    there = datetime(2026, 11, 19, 16, 10, 5, 123456, tzinfo=timezone(timedelta(hours=-8)))
    async with either.write() as tx:
        await tx.execute(insert(pulse).values(platform="telegram", at=there))
    async with either.read() as tx:
        back = (await tx.execute(select(pulse.c.at))).scalar_one()
    assert back == there
    assert back.tzinfo is UTC


async def test_an_instant_without_a_zone_is_refused(either: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"):
        async with either.write() as tx:
            await tx.execute(insert(pulse).values(platform="telegram", at=naive))
    with pytest.raises(StatementError, match="without a zone"):
        async with either.read() as tx:
            await tx.execute(select(pulse).where(pulse.c.at > naive))


async def test_no_record_points_at_nothing(either: Database) -> None:
    with pytest.raises(StatementError):
        async with either.write() as tx:
            await tx.execute(text("INSERT INTO project (actor_id, title) VALUES (99, 'Copper Falls')"))


async def test_what_somebody_typed_is_in_no_error(either: Database) -> None:
    twice = [{"platform": "a secret word", "at": NOW}] * 2
    with pytest.raises(StatementError) as caught:
        async with either.write() as tx:
            await tx.execute(insert(pulse), twice)
    assert "a secret word" not in str(caught.value.statement)
    assert "parameters hidden" in str(caught.value)


async def test_a_turn_that_raises_leaves_nothing(either: Database) -> None:
    async def turn() -> None:
        async with either.write() as tx:
            await new_actor(tx)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        await turn()
    assert await names(either) == {}


async def test_of_200_turns_that_read_and_then_write_none_is_lost(database: Database) -> None:
    async with database.write() as tx:
        id_ = await new_actor(tx, sign="0")
    sixteen = asyncio.Semaphore(16)

    async def count() -> None:
        async with sixteen, database.write() as tx:
            so_far = (await tx.execute(select(actor.c.sign).where(actor.c.id == id_))).scalar_one()
            await asyncio.sleep(0)
            await tx.execute(update(actor).values(sign=str(int(so_far) + 1)))

    await asyncio.gather(*(count() for _ in range(200)))
    assert await names(database) == {id_: "200"}


async def test_the_write_lock_is_taken_with_the_first_word(database: Database, file: Path) -> None:
    async with database.write():
        with (
            closing(sqlite3.connect(file, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


async def test_a_reader_sees_the_old_value_beside_an_open_turn(either: Database) -> None:
    async with either.write() as tx:
        id_ = await new_actor(tx, sign="Nora")
    async with either.write() as tx:
        await tx.execute(update(actor).values(sign="N. Castellane"))
        assert await names(either) == {id_: "Nora"}
    assert await names(either) == {id_: "N. Castellane"}


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as tx:
            await new_actor(tx)


async def test_a_cancelled_receiver_loses_nothing_that_was_taken_in(database: Database) -> None:
    """Whatever had begun is finished: what was cancelled may come once more, and is then no second row."""
    bot = Bot(database, {"telegram": Phone()}, "America/Los_Angeles", Clock(NOW))
    chance = random.Random(1)
    acts = [Received(Sender("telegram", "1", "1"), f"m:{n}", Incoming("text", NOW, text=str(n))) for n in range(60)]
    begun = []
    for act in acts:
        before = set(bot._under_way)
        receiving = asyncio.create_task(bot.receive([act]))
        for _ in range(chance.randrange(8)):
            await asyncio.sleep(0)
        if bot._under_way - before:
            begun.append(act.event)
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
    if bot._under_way:
        await asyncio.wait(bot._under_way)
    async with database.read() as tx:
        kept = (await tx.execute(select(inbox.c.event))).scalars().all()
    assert len(begun) > 20
    assert sorted(kept) == sorted(set(kept))
    assert set(begun) <= set(kept)
    await bot.receive(acts)
    async with database.read() as tx:
        assert len((await tx.execute(select(inbox))).all()) == len(acts)


async def names(database: Database) -> dict[int, str]:
    async with database.read() as tx:
        return {row.id: row.sign for row in await tx.execute(select(actor))}
