"""What is in the calendar: kept as it was told, moved, called off, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from handlers.casting.line import CastingLine, When
from handlers.casting.stages import is_stage, stage
from handlers.desk import Desk
from handlers.reading.customs import Customs, show_day, show_time
from handlers.reading.dates import zoned
from handlers.reading.places import is_zone, place_of
from storage import appointments
from storage.changes import Change
from storage.database import Record
from storage.tables import appointment as table

ROUNDS = (
    "requested",
    "confirmed",
    "callback",
    "work_session",
    "director_session",
    "producer_session",
    "chemistry",
    "test",
)
LATER_ROUNDS = ROUNDS[2:]
DEADLINES = ("tape", "sides")
"""Kinds that are no place to be at, but a moment by which something is sent."""
NO_END, SHOOT = timedelta(minutes=30), timedelta(hours=10)
"""How long one lasts of which no end was said; a day of a shoot from its call."""
JUST_NOW = timedelta(hours=12)
"""So long after its time one may be told that it was moved."""
FARTHEST = timedelta(days=3660)
_OTHER = {"fitting": "fitting", "wardrobe": "fitting", "costume": "fitting", "shoot": "shoot", "filming": "shoot"}


@dataclass(frozen=True)
class _Wish:
    """What is to stand in the calendar, before it is known whether it stands there already."""

    kind: str
    title: str
    when: When
    place: str
    number: int


# Keeping


async def keep(
    desk: Desk, change: Change, line: CastingLine, project_id: int | None, stage_id: int | None
) -> int | None:
    """Put what a line tells into the calendar; None where it tells of no time to be there.

    "Moved", and the same round told once more, give the one that is planned its new time.
    """
    rows = [r for r in await appointments.of_project(desk.tx, desk.actor.id, project_id) if r.state == "planned"]
    if line.stage == "moved":
        return await _move(desk, change, line, rows)
    wish = _wished(line)
    if wish is None or not timedelta(0) <= wish.when.day - desk.local.date() <= FARTHEST:
        return None
    if (row := next((r for r in rows if _is_same(r, wish) and ends(r) > desk.now), None)) is not None:
        await _settle(desk, change, row, wish.when, wish.place, stage_id)
        return int(row.id)
    return await change.insert(table, **_values(desk, wish), project_id=project_id, stage_id=stage_id)


async def cancel(desk: Desk, change: Change, project_id: int | None) -> list[int]:
    """Call off all that is planned for a project from now on; returns what was."""
    gone = []
    for row in await appointments.of_project(desk.tx, desk.actor.id, project_id):
        if row.state == "planned" and ends(row) > desk.now:
            await change.update(table, row.id, state="cancelled")
            await appointments.bump(desk.tx, row.id)
            gone.append(int(row.id))
    return gone


async def _move(desk: Desk, change: Change, line: CastingLine, rows: list[Record]) -> int | None:
    meant = [row for row in rows if ends(row) > desk.now] or [r for r in rows if desk.now - ends(r) < JUST_NOW][-1:]
    if line.when is None or not meant or abs(line.when.day - desk.local.date()) > FARTHEST:
        return None
    row = next((r for r in meant if _is_named(r, line)), meant[0])
    await _settle(desk, change, row, line.when, line.place, None)
    return int(row.id)


def _is_named(row: Record, line: CastingLine) -> bool:
    """Whether it is the one the words name: the second callback, the fitting."""
    if line.what:
        return line.what in (row.title, row.kind) or bool(row.kind == _other_kind(line.what))
    return line.number > 1 and bool(row.number == line.number)


def _other_kind(what: str) -> str:
    return next((_OTHER[word] for word in what.casefold().split() if word in _OTHER), "other")


async def _settle(desk: Desk, change: Change, row: Record, when: When, place: str, stage_id: int | None) -> None:
    """Give one that is planned another time; a time or place that was not said again stays."""
    at = when.at or (row.at if row.kind not in DEADLINES else None)
    values: dict[str, Any] = {"on": when.day, "at": at, "until": when.until or _as_long(row, at)}
    values |= {"zone": _zone(desk, when) if when.zone or when.at else row.zone, "place": place or row.place}
    values |= {"stage_id": stage_id or row.stage_id}
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    if changed:
        await change.update(table, row.id, **changed)
        await appointments.bump(desk.tx, row.id)


def _as_long(row: Record, at: time | None) -> time | None:
    """Its end, where it lasts as long as before."""
    if row.until is None or row.at is None or at is None:
        return None
    day = date(2000, 1, 1)
    lasts = datetime.combine(day, row.until) - datetime.combine(day, row.at)
    return (datetime.combine(day, at) + lasts).time()


def _wished(line: CastingLine) -> _Wish | None:
    deadline = When(line.deadline.date(), line.deadline.time()) if line.deadline else line.when
    if line.stage == "sides" or (line.mode == "self-tape" and line.stage in ROUNDS):
        kind = "sides" if line.stage == "sides" else "tape"
        return _Wish(kind, kind, deadline, "", line.number) if deadline else None
    if line.when is None:
        return None
    if line.stage == "appointment":
        return _Wish(_other_kind(line.what), line.what or "appointment", line.when, line.place, 1)
    return _Wish(line.stage, "", line.when, line.place, line.number) if line.stage in ROUNDS else None


def _is_same(row: Record, wish: _Wish) -> bool:
    """A round, and a tape, there is but once; of fittings and the like there may be several on several days."""
    if wish.kind in ROUNDS or wish.kind in DEADLINES:
        return bool(row.kind == wish.kind and row.number == wish.number)
    return bool(row.kind == wish.kind and row.title == wish.title and row.on == wish.when.day)


def _zone(desk: Desk, when: When) -> str:
    return when.zone if is_zone(when.zone) else str(desk.actor.zone)


def _values(desk: Desk, wish: _Wish) -> dict[str, Any]:
    when = wish.when
    told = f"{desk.actor.id}/{desk.now.isoformat()}/{wish.kind}/{wish.title}/{when.day}/{when.at}"
    values = {"kind": wish.kind, "title": wish.title, "on": when.day, "at": when.at, "until": when.until}
    return values | {"zone": _zone(desk, when), "place": wish.place, "uid": f"{uuid5(NAMESPACE_URL, told)}@buttonhook"}


# When it is


def is_round(row: Record) -> bool:
    """Whether somebody is met there for a role."""
    return row.kind in ROUNDS


def instant(row: Record) -> datetime:
    """When it begins (UTC), by the wall of its place; one of all day with its midnight."""
    return zoned(datetime.combine(row.on, row.at or time()), ZoneInfo(row.zone))


def ends(row: Record) -> datetime:
    """When it is over (UTC): a deadline with its moment, one of all day with its day."""
    if row.at is None:
        return zoned(datetime.combine(row.on + timedelta(days=1), time()), ZoneInfo(row.zone))
    if row.kind in DEADLINES:
        return instant(row)
    if row.until is None:
        return instant(row) + (SHOOT if row.kind == "shoot" else NO_END)
    day = row.on + timedelta(days=row.until <= row.at)
    return zoned(datetime.combine(day, row.until), ZoneInfo(row.zone))


def day_here(desk: Desk, row: Record) -> date:
    """The day of it at the actor."""
    return row.on if row.at is None else instant(row).astimezone(desk.zone).date()


# How it reads


def name(row: Record) -> str:
    """What it is called: "Copper Falls, callback", "Harbor Lights ADR"."""
    if row.kind in ROUNDS:
        return ", ".join(x for x in (row.project, label(row)) if x)
    return " ".join(x for x in (row.project, label(row)) if x)


def label(row: Record) -> str:
    """The round or the kind alone: "2nd callback", "ADR"."""
    if row.kind == "confirmed":
        return stage("requested").label
    return stage(row.kind).named(row.number) if is_stage(row.kind) else row.title or row.kind


def show(desk: Desk, row: Record, *, near: bool = False) -> str:
    """When and where: "Tue, Nov 24, 11:00 am, 200 Main St"; near: "tomorrow, 11:00 am, 200 Main St"."""
    today = desk.local_now.date()
    day = show_day(row.on, today if near or row.on == today else _afar(row.on, today), desk.customs)
    return ", ".join(x for x in (day, times(desk, row), row.place) if x)


def _afar(day: date, today: date) -> date:
    """A day of this year from which no day is called by a word."""
    middle = date(today.year, 6, 15)
    return middle if abs((day - middle).days) > 1 else date(today.year, 9, 15)


def times(desk: Desk, row: Record) -> str:
    """The time on the wall there, and here where the clocks differ: "4:15 pm in Los Angeles, 7:15 pm here"."""
    if row.at is None:
        return ""
    there = _span(row.at, row.until, desk.customs)
    if not is_elsewhere(desk, row):
        return there
    here = instant(row).astimezone(desk.zone)
    day = "" if here.date() == row.on else f"{show_day(here.date(), _afar(here.date(), row.on), desk.customs)}, "
    return f"{there} in {place_of(row.zone).name}, {day}{show_time(here.time(), desk.customs)} here"


def _span(at: time, until: time | None, customs: Customs) -> str:
    return show_time(at, customs) + (f" – {show_time(until, customs)}" if until else "")


def is_elsewhere(desk: Desk, row: Record) -> bool:
    """Whether the clocks at its place show another time than the actor's."""
    moment = instant(row)
    there, here = moment.astimezone(ZoneInfo(row.zone)), moment.astimezone(desk.zone)
    return row.at is not None and there.replace(tzinfo=None) != here.replace(tzinfo=None)


def is_over(desk: Desk, row: Record) -> bool:
    """Whether it has begun; one of all day with the evening of its day."""
    if row.at is None:
        return zoned(datetime.combine(row.on, time(19)), ZoneInfo(row.zone)) <= desk.now
    return instant(row) <= desk.now
