"""The days of a booking in the calendar: put there, given a call time, over, sent as files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from handlers.casting import calendar_file
from handlers.casting.booking import is_call
from handlers.casting.day_spans import each_day
from handlers.casting.days import MOST_SHOOT_DAYS
from handlers.casting.line import CastingLine, Days
from handlers.desk import Desk
from storage import appointments as calendar
from storage.changes import Change
from storage.tables import appointment


async def put(desk: Desk, change: Change, ids: tuple[int, int], days: Sequence[Days]) -> None:
    """The days as they are to stand in the calendar; those that were told before give way."""
    project_id, stage_id = ids
    wanted = [day for day in each_day(days) if day >= desk.local_now.date()][:MOST_SHOOT_DAYS]
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    planned = {row.on: row for row in rows if row.kind == "shoot" and row.state == "planned"}
    for day in wanted:
        if day not in planned:
            uid = uuid5(NAMESPACE_URL, f"{desk.actor.id}/{stage_id}/shoot/{day}")
            values = {"kind": "shoot", "title": "shoot", "on": day, "zone": desk.actor.zone}
            ids_of = {"project_id": project_id, "stage_id": stage_id}
            await change.insert(appointment, **values, **ids_of, uid=f"{uid}@buttonhook")
    for day, row in planned.items():
        if wanted and day not in wanted and day >= desk.local_now.date():
            await change.update(appointment, row.id, state="cancelled")
            await calendar.bump(desk.tx, row.id)


async def call_time(desk: Desk, change: Change, line: CastingLine, project_id: int | None) -> int | None:
    """A call time is the time of the shoot on its day; None where the line tells of another thing."""
    if line.when is None or line.when.at is None or not is_call(line.what) or project_id is None:
        return None
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    day = next((r for r in rows if r.kind == "shoot" and r.state == "planned" and r.on == line.when.day), None)
    if day is None:
        return None
    place = line.place or day.place
    await change.update(appointment, day.id, at=line.when.at, until=line.when.until, place=place)
    await calendar.bump(desk.tx, day.id)
    return int(day.id)


async def wrap(desk: Desk, change: Change, project_id: int) -> None:
    """The days up to today took place; what was planned after them is called off by who tells of the wrap."""
    for row in await calendar.of_project(desk.tx, desk.actor.id, project_id):
        if row.kind == "shoot" and row.state == "planned" and row.on <= desk.local_now.date():
            await change.update(appointment, row.id, state="done")


async def send_calendar(desk: Desk, project_id: int) -> None:
    """The shoot days in one file for the calendar; said under the card."""
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    ahead = [row for row in rows if row.kind == "shoot" and row.state == "planned" and row.on >= desk.local_now.date()]
    told = max((row.stage_id for row in ahead if row.stage_id), default=None)
    if told is not None:
        await calendar_file.send_days(desk, ahead, told)
