"""The queries about the way of a project, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from storage import projects, stages
from storage.changes import Change, last_about
from storage.database import Database, Transaction
from storage.tables import appointment, audition, project, stage_days, submission
from tests.storage.conftest import NOW, new_actor


async def new_project(tx: Transaction, actor_id: int, title: str = "Copper Falls") -> int:
    values = {"actor_id": actor_id, "title": title}
    return int((await tx.execute(insert(project).values(values).returning(project.c.id))).scalar_one())


async def told(tx: Transaction, actor_id: int, project_id: int, kind: str, **values: Any) -> int:
    return await stages.add(Change(tx, actor_id), **({"project_id": project_id, "kind": kind, "at": NOW} | values))


async def test_a_history_is_in_the_order_of_the_way_and_nobody_elses(either: Database) -> None:
    async with either.write() as tx:
        nora, ada = await new_actor(tx), await new_actor(tx)
        falls = await new_project(tx, nora)
        late = await told(tx, nora, falls, "callback", at=NOW + timedelta(hours=1))
        early = await told(tx, nora, falls, "auditioned")
        assert [(row.id, row.title) for row in await stages.history(tx, nora, falls)] == [
            (early, "Copper Falls"),
            (late, "Copper Falls"),
        ]
        assert await stages.history(tx, ada, falls) == []
        assert await stages.find(tx, ada, late) is None


async def test_what_waits_for_an_answer(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        falls = await new_project(tx, nora)
        first = await told(tx, nora, falls, "callback", asks=True)
        second = await told(tx, nora, falls, "avail", asks=True)
        await told(tx, nora, falls, "offer", asks=True, answer="answered", answered_at=NOW + timedelta(minutes=9))
        await told(tx, nora, falls, "pinned")
        assert [row.id for row in await stages.unanswered(tx, nora)] == [second, first]
        assert await stages.answer_times(tx, nora) == [(NOW, NOW + timedelta(minutes=9))]


async def test_who_told_something_last(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        falls = await new_project(tx, nora)
        for minute, (kind, via) in enumerate(
            [("avail", "Priya"), ("submitted", "Ada"), ("offer", "Casting Networks"), ("pinned", "")]
        ):
            await told(tx, nora, falls, kind, via=via, at=NOW + timedelta(minutes=minute))
        assert await stages.last_told_by(tx, nora, ["casting networks"]) == "Priya"
        assert await stages.last_told_by(tx, await new_actor(tx), []) == ""


async def test_what_hangs_on_a_stage(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        falls = await new_project(tx, nora)
        id_ = await told(tx, nora, falls, "submitted")
        mine = {"actor_id": nora, "stage_id": id_}
        for day in (7, 1):
            await tx.execute(
                insert(stage_days).values(mine | {"first": date(2026, 12, day), "last": date(2026, 12, day)})
            )
        await tx.execute(insert(submission).values(mine | {"headshot": "warm smile", "sent_at": NOW}))
        when = {"kind": "callback", "on": date(2026, 12, 1), "zone": "America/Los_Angeles"}
        for uid in ("a", "b"):
            await tx.execute(insert(appointment).values(mine | when | {"project_id": falls, "uid": uid}))
        assert [span.first.day for span in await stages.days_of(tx, nora, id_)] == [1, 7]
        sent = await stages.submission_of(tx, nora, id_)
        assert sent is not None
        assert sent.headshot == "warm smile"
        assert await stages.appointment_of(tx, nora, id_) == 2
        assert await stages.appointment_of(tx, nora, id_ + 1) is None


async def test_role_and_size_are_those_of_the_last_round_or_else_of_what_was_told_ahead(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        falls, ferry, lark = [await new_project(tx, nora, title) for title in ("Copper Falls", "Night Ferry", "Lark")]
        await told(tx, nora, falls, "requested", role="Nurse", size="lead")
        await told(tx, nora, ferry, "requested", role="Captain", size="co-star")
        moment = {"on": date(2026, 11, 19), "day": date(2026, 11, 19), "saved_at": NOW, "actor_id": nora}
        for role in ("Nurse Ray", ""):
            await tx.execute(insert(audition).values(moment | {"project_id": falls, "role": role, "size": ""}))
        assert [tuple(row)[1:] for row in await projects.known(tx, nora)] == [
            ("Copper Falls", "Nurse Ray", ""),
            ("Night Ferry", "Captain", "co-star"),
            ("Lark", "", ""),
        ]
        last = await projects.last_round(tx, nora, falls)
        assert last is not None
        assert (last.id, await projects.last_read(tx, nora)) == (2, falls)
        assert await projects.last_round(tx, nora, lark) is None


async def test_the_last_change_about_a_record_that_stands(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        ids = [await Change(tx, nora).keep(words, "stage:1", NOW) for words in ("told", "Confirmed")]
        await Change(tx, nora).keep("told", "stage:2", NOW)
        found = await last_about(tx, nora, "stage:1")
        assert found is not None
        assert found.id == ids[1]
        assert await last_about(tx, await new_actor(tx), "stage:1") is None
