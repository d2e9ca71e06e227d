"""What a turn did to the records can be taken back and put back, exactly, as long as nothing later stands on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select, update
from sqlalchemy.exc import NoResultFound

from storage import changes
from storage.actors import tell_no_news
from storage.changes import Change, Overtaken
from storage.database import Database, Record, Transaction
from storage.notes import set_shown
from storage.tables import actor, audition, news, note, office, person, project
from tests.storage.conftest import NOW, new_actor, rows

KINDS = (project, audition, news)
Records = dict[str, dict[int, dict[str, Any]]]
Steps = list[tuple[str, int, int, int]]

steps = st.lists(
    st.tuples(st.sampled_from(["insert", "insert", "update", "delete"]), *[st.integers(0, 9)] * 3), max_size=8
)
each_example = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@asynccontextmanager
async def example(database: Database) -> AsyncIterator[Transaction]:
    """One example, of which nothing is kept."""
    async with database.write() as tx, tx.begin_nested() as all_of_it:
        yield tx
        await all_of_it.rollback()


def values(table: Table, salt: int, projects: list[int]) -> dict[str, Any]:
    """A record with something in every kind of column."""
    day = date(2026, 11, 1 + salt)
    if table is project:
        return {"title": f"Copper Falls {salt}"}
    if table is news:
        link = "" if salt % 2 else "castellane.example"
        return {"words": f"news {salt}", "event_on": day if salt % 3 else None, "created_at": NOW, "link": link}
    of = projects[salt % len(projects)] if projects and salt % 4 else None
    at = time(9, salt) if salt % 2 else None
    moments = {"on": day, "at": at, "day": day, "saved_at": datetime(2026, 11, 19, 12, 0, salt, 123, tzinfo=UTC)}
    return moments | {"project_id": of, "role": f"Ray “{salt}”", "felt": salt or None}


async def play(tx: Transaction, actor_id: int, told: Steps) -> Record:
    """A turn that does these steps to the actor's records, as far as they can be done."""
    change = Change(tx, actor_id)
    for verb, which, nth, salt in told:
        table = KINDS[which % len(KINDS)]
        mine = [id_ for id_, row in (await rows(tx, table)).items() if row["actor_id"] == actor_id]
        used = {row["project_id"] for row in (await rows(tx, audition)).values()}
        projects = [id_ for id_, row in (await rows(tx, project)).items() if row["actor_id"] == actor_id]
        if verb == "insert":
            await change.insert(table, **values(table, salt, projects))
        elif mine and verb == "update":
            await change.update(table, mine[nth % len(mine)], **values(table, salt, projects))
        elif free := [id_ for id_ in mine if table is not project or id_ not in used]:
            await change.delete(table, free[nth % len(free)])
    row = await changes.find(tx, actor_id, await change.keep("Copper Falls", "audition:1", NOW))
    assert row is not None
    return row


async def records(tx: Transaction) -> Records:
    return {table.name: await rows(tx, table) for table in (actor, *KINDS, office, person, note)}


def touched(row: Record) -> set[tuple[str, int]]:
    return {(step["table"], step["id"]) for step in row.rows}


@each_example
@given(before=steps, told=steps, others=steps)
async def test_undo_puts_everything_back_and_redo_does_it_again(
    either: Database, before: Steps, told: Steps, others: Steps
) -> None:
    async with example(either) as tx:
        nora, other = await new_actor(tx), await new_actor(tx)
        await play(tx, nora, before)
        await play(tx, other, others)
        first = await records(tx)
        change = await play(tx, nora, told)
        second = await records(tx)
        for _ in range(2):
            await changes.undo(tx, change, NOW)
            assert await records(tx) == first
            await changes.redo(tx, change)
            assert await records(tx) == second


@each_example
@given(before=steps, told=steps, later=steps)
async def test_a_change_on_which_something_later_stands_is_left_whole(
    either: Database, before: Steps, told: Steps, later: Steps
) -> None:
    async with example(either) as tx:
        nora = await new_actor(tx)
        await play(tx, nora, before)
        first = await records(tx)
        change = await play(tx, nora, told)
        second = await records(tx)
        last = await play(tx, nora, later)
        third = await records(tx)
        own = touched(change)
        try:
            await changes.undo(tx, change, NOW)
        except Overtaken:
            assert await records(tx) == third
            assert second != third
            return
        now = await records(tx)
        assert all(second[table].get(id_) == third[table].get(id_) for table, id_ in own), "it was not noticed"
        assert all(now[table].get(id_) == first[table].get(id_) for table, id_ in own)
        assert all(now[table].get(id_) == third[table].get(id_) for table, id_ in touched(last) - own)


async def test_the_last_change_is_the_last_that_was_not_taken_back(either: Database) -> None:
    async with either.write() as tx:
        nora, other = await new_actor(tx), await new_actor(tx)
        told = [await play(tx, nora, [("insert", 0, 0, n)]) for n in range(3)]
        await play(tx, other, [("insert", 0, 0, 9)])
        for expected in reversed(told):
            last = await changes.last(tx, nora)
            assert last is not None
            assert last.id == expected.id
            await changes.undo(tx, last, NOW)
        assert await changes.last(tx, nora) is None
        await changes.redo(tx, told[0])
        again = await changes.last(tx, nora)
        assert again is not None
        assert again.id == told[0].id


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([("update", 0, 0, 7)], id="it was changed again"),
        pytest.param([("delete", 0, 0, 0)], id="it was deleted"),
        pytest.param([("insert", 1, 0, 1)], id="an audition hangs on it"),
    ],
)
async def test_something_later_stands_on_it(either: Database, later: Steps) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        change = await play(tx, nora, [("insert", 2, 0, 1), ("insert", 0, 0, 1), ("insert", 2, 0, 2)])
        await play(tx, nora, later)
        before = await records(tx)
        with pytest.raises(Overtaken):
            await changes.undo(tx, change, NOW)
        assert await records(tx) == before
        kept = await changes.find(tx, nora, change.id)
        assert kept is not None
        assert kept.undone_at is None


async def test_redo_finds_its_place_taken(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        change = Change(tx, nora)
        await change.insert(office, name="Quillan Casting", folded="quillan casting")
        row = await changes.find(tx, nora, await change.keep("Quillan", "", NOW))
        assert row is not None
        await changes.undo(tx, row, NOW)
        await Change(tx, nora).insert(office, name="Quillan casting", folded="quillan casting")
        before = await records(tx)
        with pytest.raises(Overtaken):
            await changes.redo(tx, row)
        assert await records(tx) == before


async def test_nobody_changes_the_records_of_another(either: Database) -> None:
    async with either.write() as tx:
        nora, other = await new_actor(tx), await new_actor(tx)
        theirs = await Change(tx, other).insert(project, title="Copper Falls")
        before = await records(tx)
        mine = Change(tx, nora)
        with pytest.raises(NoResultFound):
            await mine.update(project, theirs, title="mine now")
        with pytest.raises(NoResultFound):
            await mine.delete(project, theirs)
        with pytest.raises(NoResultFound):
            await mine.update(actor, other, sign="mine now")
        assert await records(tx) == before


async def test_a_record_is_the_actors_whatever_is_asked(either: Database) -> None:
    async with either.write() as tx:
        nora, other = await new_actor(tx), await new_actor(tx)
        id_ = await Change(tx, nora).insert(project, title="Copper Falls", actor_id=other)
        assert (await rows(tx, project))[id_]["actor_id"] == nora


async def test_the_change_of_another_is_not_found(either: Database) -> None:
    async with either.write() as tx:
        nora, other = await new_actor(tx), await new_actor(tx)
        theirs = await play(tx, other, [("insert", 0, 0, 1)])
        assert await changes.find(tx, nora, theirs.id) is None
        assert await changes.last(tx, nora) is None


async def test_what_the_clock_did_meanwhile_is_no_reason_to_refuse_and_stays(either: Database) -> None:
    """That a card was shown, or that there is no news was said once, is not taken back with the words of a note."""
    async with either.write() as tx:
        nora = await new_actor(tx)
        first = Change(tx, nora)
        tess = await first.insert(person, name="Tess Quillan")
        id_ = await first.insert(note, person_id=tess, day=NOW.date())
        told = Change(tx, nora)
        await told.update(note, id_, body="Hi Tess,")
        await told.update(actor, nora, sign="Nora")
        row = await changes.find(tx, nora, await told.keep("Edited", f"note:{id_}", NOW))
        assert row is not None
        await set_shown(tx, id_, {"shown_on": NOW.date()})
        await tell_no_news(tx, nora)
        await changes.undo(tx, row, NOW)
        kept = (await tx.execute(select(note.c.body, note.c.shown_on).where(note.c.id == id_))).one()
        assert tuple(kept) == ("", NOW.date())
        whose = (await tx.execute(select(actor.c.sign, actor.c.told_no_news).where(actor.c.id == nora))).one()
        assert tuple(whose) == ("", True)


async def test_a_change_by_hand_is_noticed(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        change = await play(tx, nora, [("insert", 0, 0, 1)])
        await tx.execute(update(project).values(title="Copper Rises"))
        with pytest.raises(Overtaken):
            await changes.undo(tx, change, NOW)
