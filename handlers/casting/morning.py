"""The morning of a day that holds something; one row waits for the next such day, none for empty days."""

from __future__ import annotations

from datetime import timedelta

from handlers import nudges
from handlers.casting.things import AHEAD, AWAY, Thing, things
from handlers.desk import Desk
from storage import due
from storage.database import Record

KIND, ALL = "morning", 0
COVERED = timedelta(hours=3)
"""What begins so soon is said by a message of its own."""


async def plan(desk: Desk) -> None:
    """Let the next morning come that has something to say; to be called whenever the calendar has changed."""
    soonest = nudges.next_nudge_day(desk)
    days = [max(thing.days[0], soonest) for thing in await things(desk, (soonest, soonest + AHEAD)) if _counts(thing)]
    waits = await nudges.next_of(desk, KIND, ALL)
    if waits is not None and days and (waits.on, waits.zone) == (min(days), desk.actor.zone):
        return
    await due.cancel(desk.tx, desk.actor.id, KIND, [ALL])
    if days:
        await nudges.plan(desk, KIND, ALL, min(days))


def _counts(thing: Thing) -> bool:
    """Whether a morning is worth it: to be away is known, and a tape has reminders of its own."""
    return thing.what != AWAY and not thing.is_tape


async def nudge(desk: Desk, row: Record) -> bool:  # noqa: ARG001
    """Say what today holds; False where it holds nothing any more, or only what is said by itself."""
    today = desk.local_now.date()
    found = [thing for thing in await things(desk, (today, today)) if _counts(thing)]
    await plan(desk)
    if all(_is_covered(desk, thing) for thing in found):
        return False
    desk.say("\n".join(("Today", *(f"– {thing.on_its_day()}" for thing in found))), f"{KIND}:{today.isoformat()}")
    return True


def _is_covered(desk: Desk, thing: Thing) -> bool:
    """Whether it is said by itself: two hours before, about now; without a time, on the evening before."""
    if not thing.clock or thing.days[0] != desk.local_now.date():
        return thing.is_kept and not thing.clock
    wall = desk.local_now
    return wall.combine(thing.days[0], thing.at) - wall <= COVERED
