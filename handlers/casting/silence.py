"""A project of which nothing is heard: asked about once, three weeks on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from handlers import nudges
from handlers.casting.appointments import day_here
from handlers.desk import Desk
from handlers.messages import Choice, Message, plain
from storage import appointments, due
from storage.database import Record
from storage.tables import stage as stage_table

SILENT = timedelta(days=21)
ASKED_OF = ("confirmed", "auditioned", "callback")
"""The steps that silence may follow for good; after those nearer to the job nobody asks."""
_FIRST_ROUNDS = ("", "first", "pre-read")
_BEFORE_A_ROOM = ("submitted", "requested", "confirmed")


async def renew(desk: Desk, project_id: int, steps: Sequence[Record]) -> None:
    """Ask three weeks after the last that was heard, where it may be asked at all."""
    on = await _asks_on(desk, project_id, steps)
    rows = [r for r in await due.waiting_of(desk.tx, desk.actor.id) if (r.kind, r.subject) == ("quiet", project_id)]
    stays = [r for r in rows if on is not None and r.zone == desk.actor.zone and r.on == on]
    await due.drop(desk.tx, [r.id for r in rows if r not in stays])
    if on is None or stays:
        return
    if rows:  # the zone moved: what should be here already comes the next morning
        on = max(on, nudges.next_nudge_day(desk))
    if nudges.instant(desk, on) > desk.now:
        await nudges.plan(desk, "quiet", project_id, on)


async def _asks_on(desk: Desk, project_id: int, steps: Sequence[Record]) -> date | None:
    """The day to ask on; None where it is never asked, or was since."""
    project = await appointments.project_of(desk.tx, desk.actor.id, project_id)
    kind, last = await _last_heard(desk, project_id, steps)
    if project is None or last is None or kind not in ASKED_OF:
        return None
    planned = await appointments.of_project(desk.tx, desk.actor.id, project_id)
    quiet_since = max([last, *(day_here(desk, row) for row in planned if row.state == "planned")])
    is_asked = project.asked_silent_on is not None and project.asked_silent_on > quiet_since
    return None if is_asked else quiet_since + SILENT


async def _last_heard(desk: Desk, project_id: int, steps: Sequence[Record]) -> tuple[str, date | None]:
    """The last step or round, and its day; of one day what was told of the way after the room counts."""
    heard = []
    for step in steps:
        kind = "confirmed" if step.kind == "requested" and step.answer == "confirmed" else str(step.kind)
        heard.append((step.at.astimezone(desk.zone).date(), -1 if kind in _BEFORE_A_ROOM else 1, step.id, kind))
    rooms = await appointments.rooms_of(desk.tx, desk.actor.id, project_id)
    heard += [(room.day, 0, 0, _kind_of(room)) for room in rooms[:1]]
    day, _, _, kind = max(heard, default=(None, 0, 0, ""))
    return kind, day


def _kind_of(room: Record) -> str:
    if room.kind == "general":
        return ""
    if room.round in _FIRST_ROUNDS:
        return "auditioned"
    return "callback" if room.round.endswith("callback") else str(room.round)


async def ask(desk: Desk, row: Record) -> bool:
    """Ask once whether to park it; not where anything was heard since."""
    steps = await appointments.told_of(desk.tx, desk.actor.id, row.subject)
    on = await _asks_on(desk, row.subject, steps)
    project = await appointments.project_of(desk.tx, desk.actor.id, row.subject)
    if project is None or on is None or on > desk.local_now.date():
        return False
    await appointments.note_asked(desk.tx, project.id, desk.local_now.date())
    verbs = (("Park it", "park"), ("Still on", "on"))
    buttons = tuple(Choice(label, f"quiet:{project.id}:{verb}") for label, verb in verbs)
    desk.say(plain(f"{project.title} has been quiet for three weeks. Park it?", buttons), subject(project.id))
    return True


def subject(project_id: int) -> str:
    """The name of the question in the outbox."""
    return f"quiet:{project_id}"


async def press(desk: Desk, project_id: int, verb: str) -> None:
    """Park it, or leave it as it is."""
    project = await appointments.project_of(desk.tx, desk.actor.id, project_id)
    if project is None:
        desk.say("That one is gone.")
        return
    desk.tapped = subject(project_id)
    steps = await appointments.told_of(desk.tx, desk.actor.id, project_id)
    if verb == "on":
        desk.show(plain(f"{project.title} stays where it is."), subject(project_id))
    elif steps and steps[-1].kind == "parked":
        desk.say(f"Parked already: {project.title}.")
    else:
        change = desk.change()
        await change.insert(stage_table, project_id=project_id, kind="parked", at=desk.at)
        change_id = await change.keep(f"Parked: {project.title}", subject(project_id), desk.now)
        words = f"Parked: {project.title}. If they come back, just tell me."
        undo = ((Choice("Undo", f"undo:{change_id}"),),)
        desk.show(Message((words,), choices=undo), subject(project_id))
