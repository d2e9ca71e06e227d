"""What the clock is to bring of a project, derived anew from its records as often as one likes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers import nudges
from handlers.casting import answer_now, booking_reminders, calendar_file, morning, silence, waiting
from handlers.casting.appointments import DEADLINES, day_here, instant, is_over, is_round
from handlers.casting.wishes import Wish, moment, wishes
from handlers.desk import Desk
from handlers.notes import resume
from storage import appointments, auditions, due, stages
from storage import notes as note_rows
from storage.changes import Change
from storage.database import Record
from storage.tables import appointment as table

KINDS = ("briefing", "soon", "went", "tape")
SENT = ("auditioned", "submitted")
"""Steps after which a tape is asked for no more."""
_TOUCHING = ("appointment", "stage", "stage_days", "audition", "presence", "note", "project")


async def renew(desk: Desk, project_id: int | None) -> None:
    """Plan all that waits for a project (or for appointments of none) as its records now stand.

    To be called after whatever changed a step, an appointment, or a round of it; twice is as good as once.
    """
    steps = [] if project_id is None else await appointments.told_of(desk.tx, desk.actor.id, project_id)
    for row in await appointments.of_project(desk.tx, desk.actor.id, project_id):
        await _renew_one(desk, row, steps)
        if row.sequence and row.state in ("planned", "cancelled") and not is_over(desk, row):
            await calendar_file.catch_up(desk, row)
    if project_id is not None:
        for step in await stages.history(desk.tx, desk.actor.id, project_id):
            await answer_now.plan(desk, step)
        await waiting.renew(desk, project_id)
        await silence.renew(desk, project_id, steps)
        await booking_reminders.plan(desk, project_id)
    await morning.plan(desk)


async def renew_all(desk: Desk) -> None:
    """The zone or the nudge time changed: what hangs on appointments follows the wall of their place."""
    ahead = await appointments.planned(desk.tx, desk.actor.id, desk.local_now.date() - timedelta(days=2))
    rows = [row for row in await due.waiting_of(desk.tx, desk.actor.id) if row.kind == "quiet"]
    for project_id in dict.fromkeys([*(row.project_id for row in ahead), *(row.subject for row in rows)]):
        await renew(desk, project_id)


async def assumed_zone(desk: Desk, assumed: str) -> None:
    """The zone was only assumed, and is another: what was told in it stands in the actor's own."""
    for row in await appointments.planned(desk.tx, desk.actor.id, desk.local_now.date() - timedelta(days=2)):
        if row.zone == assumed:
            await appointments.set_zone(desk.tx, row.id, desk.actor.zone)


async def _renew_one(desk: Desk, row: Record, steps: Iterable[Record]) -> None:
    is_done = row.kind in DEADLINES and any(s.kind in SENT and s.id != row.stage_id for s in _since(row, steps))
    wished = wishes(row, desk.zone) if row.state == "planned" and not is_done else []
    all_waiting = await due.waiting_of(desk.tx, desk.actor.id)
    waits = [r for r in all_waiting if r.kind in KINDS and r.subject == row.id]
    handed = await due.handed_of(desk.tx, desk.actor.id, KINDS, row.id)
    if not wished:
        await due.drop(desk.tx, [r.id for r in waits])
        return
    told = {r.kind for r in handed if Wish(r.kind, r.on, r.at) in wishes(row, ZoneInfo(r.zone)) or r.repeat}
    stays = [r for r in waits if r.repeat or r.due_at <= desk.now or _wish(desk, r) in wished]
    await due.drop(desk.tx, [r.id for r in waits if r not in stays])
    there = {_wish(desk, r) for r in stays} | {Wish(r.kind, r.on, r.at) for r in handed if r.zone == desk.actor.zone}
    moved = {r.kind for r in waits if r not in stays and r.zone != desk.actor.zone}
    for wish in wished:
        if wish not in there and (wish.kind == "tape" or wish.kind not in told):
            await _plan(desk, row, wish, is_late=wish.kind in moved)


def _since(row: Record, steps: Iterable[Record]) -> Iterable[Record]:
    return (step for step in steps if row.told_at is None or step.at >= row.told_at)


def _wish(desk: Desk, row: Record) -> Wish | None:
    """What a waiting row fulfils; nothing any more where it was planned in another zone."""
    return Wish(row.kind, row.on, row.at) if row.zone == desk.actor.zone else None


async def _plan(desk: Desk, row: Record, wish: Wish, *, is_late: bool) -> None:
    """Let it come; what should be here already because the actor moved comes now, while it is of use."""
    on, at = wish.on, wish.at
    if moment(wish, desk.zone, desk.actor.nudge_time) <= desk.now:
        if not is_late or instant(row) <= desk.now:
            return
        on, at = nudges.awake(desk)
    await nudges.plan(desk, wish.kind, row.id, on, at=at)


async def follow(desk: Desk, row: Record) -> None:
    """A change was taken back or put back: plan anew for every project that it touched."""
    touched = [r for r in row.rows if r["table"] in _TOUCHING]
    projects: dict[int | None, None] = {}
    for each in touched:
        for state in (each["before"], each["after"]):
            if state and ("project_id" in state or each["table"] == "project"):
                projects[state.get("project_id", each["id"])] = None
    notes = [r["id"] for r in touched if r["table"] == "note"]
    for about in (await appointments.projects_of_notes(desk.tx, desk.actor.id, notes)).values():
        projects |= dict.fromkeys(about)
    await _resume(desk, notes)
    changed = [r["id"] for r in touched if r["table"] == "appointment"]
    await _drop_lost(desk, changed)
    titles = {r["id"]: (r["before"] or r["after"])["title"] for r in touched if r["table"] == "project"}
    of_calendar = [(r["id"], r["before"] or r["after"]) for r in touched if r["table"] == "appointment"]
    named = [(id_, was | {"project": titles.get(was["project_id"], "")}) for id_, was in of_calendar]
    gone = [await calendar_file.turn_back(desk, id_, was) for id_, was in named]
    await calendar_file.take_out(desk, [row for row in gone if row])
    for project_id in projects:
        await renew(desk, project_id)


async def _resume(desk: Desk, note_ids: Collection[int]) -> None:
    """The notes that are open again, and that nobody has planned yet, come."""
    for note in await note_rows.among(desk.tx, desk.actor.id, note_ids):
        if note.state == "open" and await nudges.next_of(desk, "note", note.id) is None:
            await resume(desk, note)


async def _drop_lost(desk: Desk, appointment_ids: Collection[int]) -> None:
    """What waits for appointments that are no more."""
    for id_ in appointment_ids:
        if await appointments.find(desk.tx, desk.actor.id, id_) is None:
            for kind in KINDS:
                await due.cancel(desk.tx, desk.actor.id, kind, [id_])


async def told(desk: Desk, change: Change, audition_id: int) -> None:
    """A round was logged: the appointment of that project and day has taken place."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    if saved is None or saved.project_id is None:
        return
    for row in await appointments.of_project(desk.tx, desk.actor.id, saved.project_id):
        is_tape = row.kind == "tape" and saved.mode == "self-tape"
        if row.state == "planned" and (is_tape or (is_round(row) and _is_day_of(desk, row, saved))):
            await change.update(table, row.id, state="done", audition_id=audition_id)
            desk.tidy(f"appointment:{row.id}")
    await waiting.supersede(desk, change, saved)


def _is_day_of(desk: Desk, row: Record, saved: Record) -> bool:
    return saved.on in (row.on, day_here(desk, row)) or saved.day in (row.on, day_here(desk, row))
