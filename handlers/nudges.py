"""When a nudge comes: its wish is local, its instant is UTC, and it follows the actor's zone and nudge time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.desk import Desk
from handlers.reading.customs import show_when
from handlers.reading.dates import zoned
from storage import due
from storage.database import Record

QUIET_FROM, QUIET_UNTIL = time(22), time(7)
EVENING, TOO_LATE_FOR_EVENING = time(19), time(18)
WORTH_A_NOTE = timedelta(days=14)
SATURDAY = 5
LATER = ("tonight", "tomorrow", "monday")
FOLLOW_UPS = ("note", "held", "names")
"""Held is a note that waits for the last round."""
DERIVED = ("briefing", "soon", "went", "tape", "quiet")
"""What is planned from the records of a project, and so planned anew from them."""


def instant(desk: Desk, on: date, at: time | None = None) -> datetime:
    """The instant (UTC) of a local day and time; without a time, the actor's nudge time."""
    return zoned(datetime.combine(on, at or desk.actor.nudge_time), desk.zone)


def next_nudge_day(desk: Desk) -> date:
    """The day of the next nudge time still to come."""
    today = desk.local_now.date()
    return today if instant(desk, today) > desk.now else today + timedelta(days=1)


def next_monday(today: date) -> date:
    """The Monday after a day."""
    return today + timedelta(days=7 - today.weekday())


def is_weekend(day: date) -> bool:
    """Whether casting offices are closed."""
    return day.weekday() >= SATURDAY


async def plan(desk: Desk, kind: str, subject: int, on: date, *, at: time | None = None, repeat: bool = False) -> None:
    """Let something come at a local time; before the zone is confirmed it is held."""
    values = {"actor_id": desk.actor.id, "kind": kind, "subject": subject, "on": on, "at": at}
    row = values | {"zone": desk.actor.zone, "due_at": instant(desk, on, at), "repeat": repeat}
    row["state"] = "waiting" if desk.actor.zone_confirmed else "held"
    await due.add(desk.tx, row)


async def ensure(desk: Desk, kind: str, subject: int, on: date) -> None:
    """Let it come at the nudge time of a day, unless it waits already."""
    if await next_of(desk, kind, subject) is None:
        await plan(desk, kind, subject, on)


async def replan(desk: Desk) -> None:
    """The zone or the nudge time changed: move all that waits."""
    for row in await due.waiting_of(desk.tx, desk.actor.id):
        if row.kind in DERIVED and not row.repeat:
            continue
        on, at = row.on, row.at
        if instant(desk, on, at) <= desk.now:
            on, at = _soonest(desk)
        await due.replan(desk.tx, row.id, {"on": on, "at": at, "zone": desk.actor.zone}, instant(desk, on, at))


def _soonest(desk: Desk) -> tuple[date, time | None]:
    """What should be here already comes now; in the night, at the next nudge time."""
    wall = desk.local_now
    if QUIET_UNTIL <= wall.time() < QUIET_FROM:
        return wall.date(), wall.time()
    return next_nudge_day(desk), None


def awake(desk: Desk) -> tuple[date, time]:
    """The next moment at which nobody sleeps: now, or in the night its end."""
    wall = desk.local_now
    if QUIET_UNTIL <= wall.time() < QUIET_FROM:
        return wall.date(), wall.time()
    return wall.date() + timedelta(days=wall.time() >= QUIET_FROM), QUIET_UNTIL


def good_until(desk: Desk) -> datetime:
    """How long what the clock brings may take to leave: 22:00 of this local day; an hour in the night."""
    wall = desk.local_now
    if QUIET_UNTIL <= wall.time() < QUIET_FROM:
        return instant(desk, wall.date(), QUIET_FROM)
    return desk.now + timedelta(hours=1)


async def first(desk: Desk) -> datetime | None:
    """The instant of the follow-up that comes next."""
    rows = [row for row in await due.waiting_of(desk.tx, desk.actor.id) if row.kind in FOLLOW_UPS]
    return rows[0].due_at if rows else None


async def next_of(desk: Desk, kind: str, subject: int) -> Record | None:
    """What waits for a subject next."""
    rows: Sequence[Record] = await due.waiting_of(desk.tx, desk.actor.id)
    kinds = ("note", "held") if kind == "note" else (kind,)
    return next((r for r in rows if r.kind in kinds and r.subject == subject), None)


def show_instant(desk: Desk, moment: datetime) -> str:
    """An instant as the actor reads it: "tomorrow at 9:00 am", "Mon, Nov 23, 9:00 am"."""
    wall = moment.astimezone(desk.zone)
    return show_when(wall.date(), wall.time(), desk.local_now.date(), desk.customs)


def later(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The ways to put off a card now, as (label, verb): Monday at a weekend, and tonight or tomorrow."""
    evening = ("Tonight", "tonight") if desk.local_now.time() < TOO_LATE_FOR_EVENING else ("Tomorrow", "tomorrow")
    return (("Monday", "monday"), evening) if is_weekend(desk.local_now.date()) else (evening,)


async def put_off(desk: Desk, kind: str, subject: int, verb: str) -> str:
    """Let it come later instead; returns when, as the actor reads it."""
    today = desk.local_now.date()
    on = {"tonight": today, "monday": next_monday(today)}.get(verb, next_nudge_day(desk))
    at = EVENING if verb == "tonight" else None
    if instant(desk, on, at) <= desk.now:
        on, at = next_nudge_day(desk), None
    await due.cancel(desk.tx, desk.actor.id, kind, [subject])
    await plan(desk, kind, subject, on, at=at)
    return show_instant(desk, instant(desk, on, at))
