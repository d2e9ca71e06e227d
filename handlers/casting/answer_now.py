"""Casting waits: after 20 minutes, after an hour and at the next 8:00 it is asked whether it was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from statistics import median

from handlers import nudges
from handlers.casting import appointments
from handlers.casting.stage_card import asked_again, subject
from handlers.casting.stage_words import lasted
from handlers.casting.standing import waits
from handlers.casting.told import DATES, OFFER, Told, gather
from handlers.desk import Desk
from handlers.nudges import QUIET_FROM, QUIET_UNTIL
from storage import due, stages
from storage.database import Record

KIND = "answer"
SOON = (timedelta(minutes=20), timedelta(minutes=60))
MORNING = time(8)
BEFORE_DEADLINE = timedelta(hours=1)


async def plan(desk: Desk, row: Record) -> None:
    """Let the next question about this stage come; none where nothing is to be answered any more. `row`: a stage."""
    await due.cancel(desk.tx, desk.actor.id, KIND, [row.id])
    told = await gather(desk, row)
    if not waits(row, told.history):
        return
    comes = next((moment for moment in moments(desk, told) if moment > desk.now), None)
    if comes is not None:
        wall = comes.astimezone(desk.zone)
        await nudges.plan(desk, KIND, row.id, wall.date(), at=wall.time())


def moments(desk: Desk, told: Told) -> list[datetime]:
    """When it is asked about (UTC): in the night only where it would be too late in the morning, and not after it."""
    ends, by = _begins(told), told.row.answer_by
    wished = [told.row.at + wait for wait in SOON]
    last = _next_morning(desk, wished[-1])
    if by is not None and wished[-1] < by - BEFORE_DEADLINE < last:
        last = by - BEFORE_DEADLINE
    deadline = min((moment for moment in (ends, by) if moment is not None), default=None)
    asked = {_by_day(desk, moment, deadline) for moment in (*wished, last)}
    return sorted(moment for moment in asked if ends is None or moment < ends)


def _begins(told: Told) -> datetime | None:
    """When it begins; after that nobody need confirm it."""
    meeting = told.appointment
    if meeting is None or meeting.at is None or told.sort in (DATES, OFFER):
        return None
    return appointments.instant(meeting)


def has_begun(desk: Desk, told: Told) -> bool:
    """Whether it is too late for an answer."""
    begins = _begins(told)
    return begins is not None and begins <= desk.now


def _next_morning(desk: Desk, moment: datetime) -> datetime:
    wall = moment.astimezone(desk.zone)
    on = wall.date() if wall.time() < MORNING else wall.date() + timedelta(days=1)
    return nudges.instant(desk, on, MORNING)


def _by_day(desk: Desk, moment: datetime, deadline: datetime | None) -> datetime:
    """The moment, or the morning where it falls into the night and the morning is early enough."""
    if QUIET_UNTIL <= moment.astimezone(desk.zone).time() < QUIET_FROM:
        return moment
    morning = _next_morning(desk, moment)
    return morning if deadline is None or morning < deadline else moment


async def nudge(desk: Desk, row: Record) -> bool:
    """Ask whether it was answered, and plan the next time; False where nobody waits any more. `row`: what is due."""
    found = await stages.find(desk.tx, desk.actor.id, row.subject)
    told = await gather(desk, found) if found is not None else None
    if told is None or not waits(told.row, told.history) or has_begun(desk, told):
        return False
    desk.show(asked_again(desk, told), subject(told.row.id))
    desk.out[-1] = replace(desk.out[-1], good_until=nudges.good_until(desk), due=row.id)
    await plan(desk, told.row)
    return True


async def figures(desk: Desk) -> str:
    """How fast the actor answers: "You answer in 14 min, median of 9."; empty where nothing was answered yet."""
    took = [answered - told for told, answered in await stages.answer_times(desk.tx, desk.actor.id)]
    if not took:
        return ""
    if len(took) == 1:
        return f"You answered in {lasted(took[0])}."
    return f"You answer in {lasted(timedelta(seconds=median(t.total_seconds() for t in took)))}, median of {len(took)}."
