"""Steps of projects written straight into the records, as the talk writes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handlers.casting import appointments, plan
from handlers.casting.line import CastingLine, When
from handlers.desk import Desk
from handlers.worker import home_rows, open_desks, outbox_row
from storage import actors, outbox
from storage.database import Database, Record, sqlite_url
from storage.tables import appointment, project, stage, stage_days
from tests.stage import Person, Shown, Stage


@asynccontextmanager
async def at_desk(person: Person) -> AsyncIterator[Desk]:
    """A turn of this person's; what is said in it is sent."""
    sender = person.sender
    place = (sender.platform, sender.team, sender.user, sender.chat)
    bot = person.stage.bot
    async with person.stage.database.write() as tx:
        desk = (await open_desks(tx, await actors.at(tx, [place]), person.stage.clock()))[place]
        assert desk is not None
        yield desk
        rows = [outbox_row(out, desk.address_id, desk.now) for out in desk.out]
        if rows := [*rows, *await home_rows(tx, [desk])]:
            await outbox.add(tx, rows)
    await bot.settle()


_KEPT: dict[str, tuple[bytes, dict[str, list[Shown]], datetime]] = {}


@asynccontextmanager
async def prepared(file: Path, name: str, prepare: Callable[[Stage], Awaitable[None]]) -> AsyncIterator[Stage]:
    """A stage on which all of that has happened; it is played once only, and then copied."""
    if name not in _KEPT:
        database = Database(sqlite_url(file))
        stage = Stage(database)
        await prepare(stage)
        await database.close()
        _KEPT[name] = file.read_bytes(), stage.phone.chats, stage.clock()  # noqa: ASYNC240
    content, chats, now = _KEPT[name]
    file.write_bytes(content)  # noqa: ASYNC240
    database = Database(sqlite_url(file))
    stage = Stage(database)
    stage.phone.chats, stage.phone._ids = deepcopy(chats), count(1000)
    stage.clock.now, stage.nora.events = now, count(1000)
    stage.nora.name = "Nora Castellane"
    yield stage
    await database.close()


def when(wall: str, zone: str = "", until: str = "") -> When:
    """From "2026-11-24 11:00", or a day alone."""
    day, _, clock = wall.partition(" ")
    at, end = (time.fromisoformat(x) if x else None for x in (clock, until))
    return When(date.fromisoformat(day), at, end, zone)


async def tell(person: Person, kind: str, title: str = "Copper Falls", **told: Any) -> int | None:
    """A step is told; `days` are pairs of ISO days, `deadline` an ISO wall time. Returns the id of what is planned."""
    days = told.pop("days", ())
    answer = told.pop("answer", "")
    if "deadline" in told:
        told["deadline"] = datetime.fromisoformat(told["deadline"])
    line = CastingLine(kind, project=title, **told)
    async with at_desk(person) as desk:
        change = desk.change()
        project_id = await project_named(desk, title) or await change.insert(project, title=title)
        row = {"kind": kind, "number": line.number, "at": desk.now, "instruction": line.instruction, "answer": answer}
        is_step = kind not in ("moved", "cancelled", "sides", "appointment")
        stage_id = await change.insert(stage, project_id=project_id, **row) if is_step else None
        for first, last in days:
            span = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
            await change.insert(stage_days, stage_id=stage_id, **span)
        if kind in ("cancelled", "passed"):
            await appointments.cancel(desk, change, project_id)
        kept = await appointments.keep(desk, change, line, project_id, stage_id)
        await change.keep(f"{title}: {kind}", "step:1", desk.now)
        await plan.renew(desk, project_id)
    return kept


async def project_named(desk: Desk, title: str) -> int | None:
    found = await desk.tx.execute(
        select(project.c.id).where(project.c.actor_id == desk.actor.id, project.c.title == title)
    )
    return found.scalar()


async def the_appointment(person: Person, id_: int | None = None) -> Record:
    async with person.stage.database.read() as tx:
        query = select(appointment).order_by(appointment.c.id.desc()).limit(1)
        return (await tx.execute(query if id_ is None else query.where(appointment.c.id == id_))).one()


async def comes_and_tells(stage: Stage, wall: str, zone: str = "") -> list[str]:
    """What came on the way to a wall time; without what a morning tells of its day."""
    stage.nora.news()
    await stage.comes(wall, zone)
    return [text for text in stage.nora.news() if not text.startswith("Today\n")]
