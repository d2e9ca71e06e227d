"""Reminders of what is open of a booking: the next morning, every third day, and the day before the shoot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from handlers import nudges
from handlers.casting.booking import STOPS, Booking, find, shown
from handlers.casting.booking_card import KIND, subject, tick
from handlers.casting.line import Days
from handlers.desk import Desk
from handlers.messages import Message
from storage import due
from storage.database import Record

EVERY = 3
"""Days from one reminder to the next."""


async def plan(desk: Desk, project_id: int) -> None:
    """Let the next reminder of what is open come; as often as one likes. For the renewal of a project."""
    booking = await find(desk, project_id)
    stands = booking is not None and booking.over is None and bool(booking.open)
    on = next_day(booking.booked_on, booking.days, nudges.next_nudge_day(desk)) if booking and stands else None
    waits = await nudges.next_of(desk, KIND, project_id)
    if waits is not None and (waits.on, waits.zone) == (on, desk.actor.zone):
        return
    await due.cancel(desk.tx, desk.actor.id, KIND, [project_id])
    if on is not None:
        await nudges.plan(desk, KIND, project_id, on)


def next_day(booked_on: date, days: Sequence[Days], soonest: date) -> date | None:
    """The day of the next reminder from `soonest` on; None once nobody need ask any more."""
    first = booked_on + timedelta(days=1)
    missed = max(0, (soonest - first).days)
    regular = first + timedelta(days=-(-missed // EVERY) * EVERY)
    eves = [day - timedelta(days=1) for day, _ in days if day - timedelta(days=1) >= soonest]
    on = min([regular, *eves])
    return on if on <= max([booked_on, *(last for _, last in days)]) + STOPS else None


async def nudge(desk: Desk, row: Record) -> bool:
    """Say what is still open; False where nothing is. `row`: what is due, its subject the project."""
    booking = await find(desk, row.subject)
    if booking is None or booking.over is not None or not booking.open:
        return False
    still = [step.open for step in booking.open]
    head = f"{booking.title}{_near(desk, booking)}. Open: {', '.join(still)}."
    choices = tuple(tick(booking, step) for step in booking.open)
    rows = tuple(choices[at : at + 3] for at in range(0, len(choices), 3))
    desk.show(Message((head,), choices=rows), subject(booking.project_id))
    await plan(desk, booking.project_id)
    return True


def _near(desk: Desk, booking: Booking) -> str:
    ahead = [day for day, _ in booking.days if day >= booking.today]
    if not ahead:
        return ", booked" if not booking.days else ""
    return f" shoots {shown(desk, [(ahead[0], ahead[0])])}"
