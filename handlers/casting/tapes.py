"""A tape (or sides) with a moment by which it is due: reminded of until it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers import nudges
from handlers.casting.appointments import day_here, instant, is_over, label, name, times
from handlers.casting.briefing import subject
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.reading.customs import show_day
from storage import appointments
from storage.database import Record
from storage.tables import appointment as table

NOT_BEFORE = timedelta(hours=48)


async def remind(desk: Desk, due: Record) -> bool:
    """Say when it is due, as long as that is to come."""
    row = await appointments.find(desk.tx, desk.actor.id, due.subject)
    if row is None or row.state != "planned" or is_over(desk, row) or instant(row) - desk.now > NOT_BEFORE:
        return False
    if any(out.subject == subject(row.id) for out in desk.out):
        return False  # two that are late come as one
    words = f"{name(row)}: due {_when(desk, row)}."
    lines = [words, f"New: {row.instruction}." if row.instruction else ""]
    button = Choice("Sent", f"appointment:{row.id}:sent")
    desk.say(Message(("\n".join(line for line in lines if line),), choices=((button,),)), subject(row.id))
    until = min(nudges.good_until(desk), instant(row)) if row.at else nudges.good_until(desk)
    desk.out[-1] = replace(desk.out[-1], good_until=until, due=due.id)
    return True


def _when(desk: Desk, row: Record) -> str:
    day = show_day(day_here(desk, row), desk.local_now.date(), desk.customs)
    return ", ".join(x for x in (day, times(desk, row)) if x)


async def sent(desk: Desk, row: Record) -> None:
    """It is out: no more is said of it."""
    change = desk.change()
    await change.update(table, row.id, state="done")
    change_id = await change.keep(f"Sent: {row.project or label(row)}, {label(row)}", subject(row.id), desk.now)
    undo = ((Choice("Undo", f"undo:{change_id}"),),)
    desk.show(Message((f"Sent: {name(row)}.",), choices=undo), subject(row.id))
