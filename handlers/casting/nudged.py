"""What the clock brings of the casting pipeline, by the kind of the due row; and what its buttons do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from handlers import nudges
from handlers.casting import after_room, answer_now, booking_reminders, briefing, morning, plan, silence, tapes
from handlers.casting.appointments import is_over, name, show
from handlers.desk import Desk
from handlers.messages import plain
from handlers.scripts import Begin
from storage import appointments, due
from storage.database import Record

NUDGED: dict[str, Callable[[Desk, Record], Awaitable[bool]]] = {
    "morning": morning.nudge,
    "booking": booking_reminders.nudge,
    "answer": answer_now.nudge,
    "briefing": briefing.brief,
    "soon": briefing.remind,
    "tape": tapes.remind,
    "went": after_room.ask,
    "quiet": silence.ask,
}
"""In the order in which they are said where several are due at once; True: something was said."""
WITH_FOLLOW_UPS = ("morning", "booking")
VERBS = ("late", "same", "tonight", "tomorrow", "missed", "sent")


async def bring(desk: Desk, rows: list[Record]) -> None:
    """Say all that is due of the pipeline."""
    order = list(NUDGED)
    for row in sorted((row for row in rows if row.kind in NUDGED), key=lambda row: (order.index(row.kind), row.id)):
        if await NUDGED[row.kind](desk, row) and desk.out[-1].due is None:
            desk.out[-1] = replace(desk.out[-1], good_until=nudges.good_until(desk), due=row.id)


def after_the_night(desk: Desk, row: Record) -> datetime:
    """When what is late comes: with the follow-ups, or for an appointment as soon as nobody sleeps."""
    if row.kind in NUDGED and row.kind not in WITH_FOLLOW_UPS:
        return nudges.instant(desk, *nudges.awake(desk))
    return nudges.instant(desk, nudges.next_nudge_day(desk))


async def press(desk: Desk, appointment_id: int, verb: str) -> Begin | None:
    """A button under what was said about an appointment; where it makes no sense any more, how things stand."""
    row = await appointments.find(desk.tx, desk.actor.id, appointment_id)
    if row is None:
        desk.say("That one is gone.")
        return None
    if verb == "late":
        await briefing.late(desk, row)
        return None
    desk.tapped = briefing.subject(row.id)
    if row.state != "planned" or (verb not in ("sent", "missed") and not is_over(desk, row)):
        desk.show(plain(f"{_as_it_stands(row)}{show(desk, row)}."), briefing.subject(row.id))
        return None
    begin = await _do(desk, row, verb)
    await plan.renew(desk, row.project_id)
    return begin


async def _do(desk: Desk, row: Record, verb: str) -> Begin | None:
    if verb == "same":
        await due.cancel(desk.tx, desk.actor.id, "went", [row.id])
        desk.tidy(briefing.subject(row.id))
        return await after_room.same_people(desk, row)
    if verb == "missed":
        await after_room.missed(desk, row)
    elif verb == "sent":
        await tapes.sent(desk, row)
    else:
        await after_room.put_off(desk, row, verb)
    return None


def _as_it_stands(row: Record) -> str:
    state = {"done": "Logged", "missed": "Didn't go", "cancelled": "Called off"}.get(row.state, "")
    return f"{state}: {name(row)}, " if state else f"{name(row)}: "
