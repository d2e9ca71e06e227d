"""Codes and joined actors are kept alike by both databases; an older database comes along with all that is in it."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import URL, Connection, Table, func, insert, select

from scheduler.housekeeping import tidy_up
from storage import actors, joining, links, tables
from storage.database import Database, Transaction
from storage.migrations import config
from tests.mornings import plan_mornings
from tests.snippets import rows as rows_of
from tests.stage import LOS_ANGELES, Stage
from tests.storage.conftest import NOW, new_actor, new_address, opened, owner, rows
from tests.storage.test_database import differences, failing_at, run, shape
from tests.two_chats import are_one, code_from, join, logged, on_slack

_MONEY = {"expense", "expense_word", "receipt"}
_CASTING = {"stage", "stage_days", "submission", "appointment", "booking_step", "away"}
RECORDS = {"office", "person", "project", "audition", "presence", "remark", "news", "note", "file"} | _MONEY | _CASTING
NOWHERE_MENTIONED = {"link_code", "link_request", "link_try", "file", "document"} | _MONEY | _CASTING
"""Tables that the first version did not have."""


# What counts as logged


def test_every_table_of_an_actors_was_thought_of() -> None:
    """A new one is either a record, or is added to what is nothing logged and goes with the empty actor."""
    assert {table.name for table in joining.owned()} == RECORDS | joining.NOTHING_LOGGED


def test_every_table_that_names_an_actor_does_so_by_the_same_column() -> None:
    keys = [(table, key) for table in tables.metadata.sorted_tables for c in table.c for key in c.foreign_keys]
    naming = {table.name for table, key in keys if key.column.table is tables.actor}
    assert naming == {table.name for table in joining.owned()}


async def a_row(tx: Transaction, table: Table, actor_id: int) -> int:
    """A row of the actor's with no more in it than the schema asks for."""
    values: dict[str, Any] = {}
    for column in table.c:
        if column.primary_key or column.nullable or column.server_default is not None:
            continue
        parents = [key.column.table for key in column.foreign_keys]
        if column.name == "actor_id":
            values[column.name] = actor_id
        elif parents:
            values[column.name] = await a_row(tx, parents[0], actor_id)
        elif column.type.python_type is str:
            values[column.name] = f"x{next(_NUMBERS)}"
        else:
            values[column.name] = _SOMETHING[column.type.python_type]
    return int((await tx.execute(insert(table).values(values).returning(table.c.id))).scalar_one())


_NUMBERS = itertools.count(1)
_SOMETHING: dict[type, Any] = {int: 1, date: NOW.date(), datetime: NOW, time: time(9), object: [], bytes: b"%PDF"}


@pytest.mark.parametrize("name", sorted(RECORDS))
async def test_one_row_in_any_table_of_records_is_something_logged(either: Database, name: str) -> None:
    async with either.write() as tx:
        mine, others = await new_actor(tx), await new_actor(tx)
        await a_row(tx, tables.metadata.tables[name], others)
        assert not await joining.has_records(tx, mine)
        await a_row(tx, tables.metadata.tables[name], mine)
        assert await joining.has_records(tx, mine)


async def test_an_actor_without_records_goes_with_all_rows(either: Database) -> None:
    async with either.write() as tx:
        stays, goes = await new_actor(tx), await new_actor(tx)
        for table in joining.owned():
            if table.name in joining.NOTHING_LOGGED - {"address"}:
                await a_row(tx, table, goes)
                await a_row(tx, table, stays)
        moved = [await new_address(tx, chat, actor_id=goes) for chat in ("1", "2")]
        kept = await new_address(tx, "3", actor_id=stays)
        assert await joining.absorb(tx, stays, goes, NOW) == moved
        assert set(await rows(tx, tables.actor)) >= {stays}
        assert goes not in await rows(tx, tables.actor)
        for table in joining.owned():
            assert goes not in {row["actor_id"] for row in (await rows(tx, table)).values()}
        homes = await rows(tx, tables.address)
        assert [homes[id_]["joined_at"] for id_ in (*moved, kept)] == [NOW, NOW, None]


async def test_an_actor_with_records_is_never_dropped(either: Database) -> None:
    async def join_wrongly() -> None:
        async with either.write() as tx:
            await joining.absorb(tx, ids[0], ids[1], NOW)

    async with either.write() as tx:
        ids = [await new_actor(tx), await new_actor(tx)]
        await a_row(tx, tables.remark, ids[1])
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await join_wrongly()
    async with either.read() as tx:
        assert set(await rows(tx, tables.actor)) == set(ids)


# Where an actor is reached


async def homes(tx: Transaction, actor_id: int, *platforms: str) -> str:
    found = await actors.home(tx, [actor_id], platforms or ("telegram", "slack"))
    return str(found[actor_id].user) if found else ""


async def test_home_is_where_it_was_chosen_else_the_last_that_is_reached(either: Database) -> None:
    async with either.write() as tx:
        nora, dana = await new_actor(tx), await new_actor(tx)
        first = await new_address(tx, "first", actor_id=nora)
        await new_address(tx, "second", actor_id=nora, platform="slack")
        await new_address(tx, "third", actor_id=nora)
        hers = await new_address(tx, "hers", actor_id=dana)
        assert await homes(tx, nora) == "third"
        await actors.settle_home(tx, nora)
        await new_address(tx, "fourth", actor_id=nora)
        assert await homes(tx, nora) == "third", "what comes later draws nothing over"
        await tx.execute(tables.actor.update().where(tables.actor.c.id == nora).values(home_address_id=first))
        await actors.settle_home(tx, nora)
        assert await homes(tx, nora) == "first"
        assert await homes(tx, nora, "slack") == "second"
        await actors.park(tx, first, "blocked", NOW)
        assert await homes(tx, nora) == "fourth"
        await actors.park(tx, first, "", None)
        await tx.execute(tables.actor.update().where(tables.actor.c.id == nora).values(home_address_id=hers))
        assert await homes(tx, nora) == "fourth", "another's address is none"
        assert await homes(tx, dana) == "hers"


# Codes


async def test_a_code_is_found_while_it_is_open_and_young(either: Database) -> None:
    async with either.write() as tx:
        to = await new_address(tx, "1")
        code = await links.give(tx, to, "hash", NOW)
        found = await links.open_code(tx, "hash", NOW)
        assert found is not None
        assert (found.id, found.actor_id) == (code, await owner(tx, to))
        assert await links.open_code(tx, "hash", NOW + timedelta(seconds=1)) is None
        assert await links.open_code(tx, "other", NOW) is None
        assert [row.id for row in await links.replace_codes(tx, await owner(tx, to))] == [code]
        assert await links.open_code(tx, "hash", NOW) is None
        assert await links.replace_codes(tx, await owner(tx, to)) == []


async def test_only_those_who_have_a_say_find_a_request(either: Database) -> None:
    async with either.write() as tx:
        giver, taker, other = [await new_address(tx, chat) for chat in ("1", "2", "3")]
        code = await links.give(tx, giver, "hash", NOW)
        request = await links.request(tx, code, taker, "open", NOW)
        for address_id, is_theirs in ((giver, True), (taker, True), (other, False)):
            found = await links.find(tx, await owner(tx, address_id), request)
            assert (found is not None) == is_theirs
        assert [row.id for row in await links.pending(tx, code)] == [request]
        await links.settle(tx, [request], "declined")
        assert await links.pending(tx, code) == []


async def test_tries_are_counted_for_each_account(either: Database) -> None:
    account = ("slack", "T1", "U1")
    async with either.write() as tx:
        assert await links.tries(tx, account) is None
        for wrong in (1, 2):
            await links.write_tries(tx, account, wrong, NOW)
        found = await links.tries(tx, account)
        assert found is not None
        assert (found.wrong, found.at) == (2, NOW)
        assert await links.tries(tx, ("slack", "T2", "U1")) is None


async def test_codes_and_tries_are_forgotten_after_a_day(either: Database) -> None:
    old, recent = NOW - timedelta(hours=25), NOW - timedelta(hours=23)
    async with either.write() as tx:
        to, who = await new_address(tx, "1"), await new_address(tx, "2")
        for moment in (old, recent):
            code = await links.give(tx, to, "hash", moment)
            request = await links.request(tx, code, who, "open", moment)
            await links.write_tries(tx, ("slack", "T1", f"{moment:%H}"), 5, moment)
    await tidy_up(either, NOW)
    async with either.read() as tx:
        assert set(await rows(tx, tables.link_code)) == {code}
        assert set(await rows(tx, tables.link_request)) == {request}
        tried = (await tx.execute(select(tables.link_try.c.at))).scalars().all()
    assert list(tried) == [recent]


# The whole way, on both


async def test_joined_and_parted_on_either_database(either: Database) -> None:
    stage = Stage(either)
    slack = on_slack(stage)
    await logged(stage)
    for _ in range(4):
        await slack.says("/link K7QM-2XRA")
    await join(stage.nora, slack)
    assert await are_one(stage, stage.nora, slack)
    await slack.taps("Slack, Studio")
    await stage.comes("2026-11-20 09:00")
    assert any("Hi Tess," in text for text in slack.news())
    await stage.nora.says("/unlink")
    await stage.nora.taps("Yes, unlink")
    assert not await are_one(stage, stage.nora, slack)
    assert "No auditions yet." in (await slack.says("/auditions"))[0]


# From the version before


FIRST = "0001"
NEW: dict[tuple[str, str], Any] = {
    ("actor", "home_address_id"): None,
    ("actor", "has_home"): False,
    ("address", "joined_at"): None,
    ("address", "profile_zone"): "",
    ("address", "has_home"): False,
    ("address", "page"): "",
    ("person", "email"): "",
    ("outbox", "surface"): None,
    ("outbox", "thread"): "",
    ("note", "kept"): [],
    ("note", "kind"): "",
    ("note", "booked_id"): None,
    ("person", "channel"): "",
    ("person", "no_notes"): False,
    ("office", "channel"): "",
    ("office", "no_notes"): False,
    ("actor", "playful"): False,
    ("actor", "currency"): "",
    ("actor", "distance_rate"): None,
    ("due", "address_id"): None,
    ("due", "attempts"): 0,
    ("office", "one_note"): False,
    ("outbox", "document_id"): None,
    ("project", "asked_silent_on"): None,
}


def bring_to_the_first(connection: Connection) -> None:
    command.upgrade(config(connection), FIRST)
    connection.commit()


async def at_first_version(database: Database) -> None:
    """A database as the first version made it."""
    engine = database._writer
    async with engine.connect() as connection:
        await connection.run_sync(bring_to_the_first)


async def test_a_database_of_the_first_version_comes_along_with_all_that_is_in_it(nowhere: URL) -> None:
    async with opened(nowhere) as database:
        await at_first_version(database)
        await plan_mornings(database, [LOS_ANGELES] * 3, time(9))
        async with database.write() as tx:
            before = {name: await _first_rows(tx, name) for name in await _first_tables(tx)}
        assert before["note"]
        await database.upgrade()
        async with database.read() as tx:
            assert {name: await _first_rows(tx, name) for name in before} == before
            for name in NOWHERE_MENTIONED:
                assert (await tx.execute(select(func.count()).select_from(tables.metadata.tables[name]))).scalar() == 0
            for (name, column), value in NEW.items():
                found = (await tx.execute(select(tables.metadata.tables[name].c[column]))).scalars().all()
                assert all(held == value for held in found)


async def test_an_upgrade_that_is_killed_half_way_leaves_the_first_version_whole(nowhere: URL) -> None:
    async with opened(nowhere) as database:
        await at_first_version(database)
        await plan_mornings(database, [LOS_ANGELES], time(9))
        before = await run(database, shape)
        with failing_at("CREATE TABLE link_try"), pytest.raises(OSError, match="no space left"):
            await database.upgrade()
        assert await run(database, shape) == before
        await database.upgrade()
        assert await run(database, differences) == []


async def _first_tables(tx: Transaction) -> list[str]:
    return [t.name for t in tables.metadata.sorted_tables if t.name not in NOWHERE_MENTIONED]


async def _first_rows(tx: Transaction, name: str) -> list[Any]:
    """The rows as far as the first version knew them."""
    table = tables.metadata.tables[name]
    known = [column for column in table.c if (name, column.name) not in NEW]
    found = await tx.execute(select(*known).order_by(known[0]))
    return [tuple(row) for row in found]


async def test_what_was_set_in_the_first_version_can_still_be_undone_and_chats_joined(either: Database) -> None:
    """What Undo remembers of then knows nothing of the columns since."""
    stage = Stage(either)
    await logged(stage)
    await stage.nora.says("/settings")
    await stage.nora.taps("Morning")
    await stage.nora.says("10")
    async with either.write() as tx:
        for row in (await tx.execute(select(tables.change))).all():
            steps = [step | {when: _as_then(step[when]) for when in ("before", "after")} for step in row.rows]
            await tx.execute(tables.change.update().where(tables.change.c.id == row.id).values(rows=steps))
    assert "follow-ups at 10:00 am" in (await stage.nora.says("/undo"))[0]
    assert [row.nudge_time for row in await rows_of(stage, tables.actor)] == [time(9)]
    slack = on_slack(stage)
    assert (await slack.says(f"/link {await code_from(stage.nora)}"))[0].startswith("Asked")


def _as_then(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row and {name: value for name, value in row.items() if name != "home_address_id"}
