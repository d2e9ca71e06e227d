"""Follow-ups that wait: one note, after the last round, and none while dates are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handlers import notes, nudges
from handlers.audition import actors_day
from handlers.casting.appointments import LATER_ROUNDS, day_here, instant
from handlers.casting.stages import is_stage, stage
from handlers.desk import Desk
from handlers.messages import Choice, Message, Outgoing
from handlers.writing.openers import listed
from storage import appointments, auditions, due
from storage import notes as note_rows
from storage.changes import Change
from storage.database import Record
from storage.tables import note as note_table

NEAR = timedelta(hours=72)
DATES_OPEN = ("avail", "pinned", "first_refusal", "pencil", "hold", "offer")
UNDATED = timedelta(days=7)
"""How long dates count as open of which no day was said."""


@dataclass(frozen=True)
class Hold:
    """Why follow-ups wait, and the morning on which they come."""

    until: date
    for_dates: bool = False


async def hold(desk: Desk, project_id: int) -> Hold | None:
    """What the follow-ups of a project wait for, as things stand."""
    steps = await appointments.told_of(desk.tx, desk.actor.id, project_id)
    if steps and is_stage(steps[-1].kind) and stage(steps[-1].kind).booking:
        return None
    rounds = [
        day_here(desk, row)
        for row in await appointments.of_project(desk.tx, desk.actor.id, project_id)
        if row.kind in LATER_ROUNDS and row.state in ("planned", "done") and _is_near(desk, row)
    ]
    if rounds:
        return Hold(max(rounds) + timedelta(days=1))
    last = _dates_until(desk, steps)
    return Hold(last + timedelta(days=1), for_dates=True) if last and last >= desk.day else None


def _is_near(desk: Desk, row: Record) -> bool:
    """Within three days, or today and past: its own day counts to the end."""
    here = instant(row).astimezone(desk.zone)
    day = row.on if row.at is None else actors_day(here.date(), here.time())
    return day >= desk.day and instant(row) - desk.now <= NEAR


def _dates_until(desk: Desk, steps: Sequence[Record]) -> date | None:
    """The last of the days that casting asked for and has not settled."""
    last: date | None = None
    for step in steps:
        if step.kind in DATES_OPEN:
            told_on = step.at.astimezone(desk.zone).date()
            last = None if step.answer == "declined" else step.last or told_on + UNDATED
        elif is_stage(step.kind) and (stage(step.kind).over or stage(step.kind).booking):
            last = None
    return last


async def renew(desk: Desk, project_id: int) -> None:
    """Hold what waits, move what is held, let go what need not wait any more."""
    held = await hold(desk, project_id)
    rows = [r for r in await due.waiting_of(desk.tx, desk.actor.id) if r.kind in ("note", "held")]
    for note in await appointments.open_notes(desk.tx, desk.actor.id, project_id):
        mine = [row for row in rows if row.subject == note.id]
        if held is not None:
            if any(row.on < held.until or row.kind == "held" for row in mine):
                await _hold(desk, note, mine, held)
        elif any(row.kind == "held" for row in mine) and not await _held_elsewhere(desk, note.id, project_id):
            await notes.resume(desk, note)


async def _held_elsewhere(desk: Desk, note_id: int, project_id: int) -> bool:
    about = (await appointments.projects_of_notes(desk.tx, desk.actor.id, [note_id])).get(note_id, set())
    return any([await hold(desk, other) for other in about - {project_id}])


async def _hold(desk: Desk, note: Record, rows: Sequence[Record], held: Hold) -> None:
    """Let it come after the last round; a card that was shown folds."""
    if [(row.kind, row.on) for row in rows] == [("held", held.until)]:
        return
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
    await nudges.plan(desk, "held", note.id, held.until)
    if note.shown_on is not None and any(row.kind == "note" for row in rows):
        _fold(desk, note, f"{note.name}: {'once the dates are settled' if held.for_dates else 'after the last round'}.")


def _fold(desk: Desk, note: Record, words: str, *, anyway: bool = True) -> None:
    choices = ((Choice("Write anyway", f"note:{note.id}:anyway"),),) if anyway else ()
    subject = notes.subject(note.id)
    desk.out.append(Outgoing(subject, Message((words,), choices=choices), replaces=subject, quiet=True))


async def keep_back(desk: Desk, rows: Sequence[Record]) -> list[Record]:
    """Of what is due now, those that may come; the others wait for a round that is near by now."""
    asked = [row for row in rows if row.kind in ("note", "held") and row.at is None]
    if not asked or not await appointments.is_any_ahead(desk.tx, desk.actor.id, desk.day, DATES_OPEN):
        return list(rows)
    about = await appointments.projects_of_notes(desk.tx, desk.actor.id, [row.subject for row in asked])
    holds = {id_: await hold(desk, id_) for id_ in {id_ for ids in about.values() for id_ in ids}}
    today, back = desk.local_now.date(), set()
    found = {n.id: n for n in await note_rows.among(desk.tx, desk.actor.id, [row.subject for row in asked])}
    for row in asked:
        near = [h for id_ in about.get(row.subject, ()) if (h := holds[id_]) and h.until > today]
        note = found.get(row.subject)
        if near and note is not None and note.state == "open":
            await _hold(desk, note, [row], max(near, key=lambda h: h.until))
            back.add(row.id)
    return [row for row in rows if row.id not in back]


async def put_off(desk: Desk, project_id: int, note_ids: Sequence[int]) -> bool:
    """Let notes that would come at once wait like the others; False where nothing is to be waited for."""
    held = await hold(desk, project_id)
    for note_id in note_ids if held is not None else ():
        await nudges.plan(desk, "held", note_id, held.until)  # type: ignore[union-attr]
    return held is not None


async def words(desk: Desk, project_id: int, among: Sequence[int] | None = None) -> str:
    """What is held of a project (or of these notes of it), in a sentence; empty where nothing is."""
    held, names = await hold(desk, project_id), await _names(desk, project_id, among)
    if held is None or not names:
        return ""
    if held.for_dates:
        return "Follow-ups wait until the dates are settled."
    whose = listed([f"{name}'s" for name in dict.fromkeys(names)])
    one = len(set(names)) == 1
    return f"{whose} follow-up{'' if one else 's'} wait{'s' if one else ''}: one note, after the last round."


async def _names(desk: Desk, project_id: int, among: Sequence[int] | None = None) -> list[str]:
    ids = {r.subject for r in await due.waiting_of(desk.tx, desk.actor.id) if r.kind == "held"}
    ids = ids if among is None else ids & set(among)
    return [n.greeting for n in await appointments.open_notes(desk.tx, desk.actor.id, project_id) if n.id in ids]


async def come_along(desk: Desk, project_id: int) -> str:
    """Whose follow-ups have waited for the round that was logged, in a sentence: "Jo's comes with it."."""
    whose = [f"{name}'s" for name in dict.fromkeys(await _names(desk, project_id))]
    return f"{listed(whose)} {'come' if len(whose) > 1 else 'comes'} with it." if whose else ""


async def drop(desk: Desk, change: Change, project_id: int) -> list[str]:
    """A booking ends the follow-ups of a project that are not out yet; returns whose."""
    open_notes = await appointments.open_notes(desk.tx, desk.actor.id, project_id)
    about = await appointments.projects_of_notes(desk.tx, desk.actor.id, [note.id for note in open_notes])
    gone = []
    for note in open_notes:
        if about[note.id] == {project_id}:
            await _skip(desk, change, note, f"{note.name}: no follow-up, it is booked.")
            gone.append(str(note.greeting))
    return gone


async def supersede(desk: Desk, change: Change, saved: Record) -> None:
    """Who is met again in a later round gets one note, about that one."""
    met = await _met_in(desk, saved)
    for note in await appointments.open_notes(desk.tx, desk.actor.id, saved.project_id):
        if note.person_id in met and note.day < saved.day and await _is_held(desk, note.id):
            await _skip(desk, change, note, f"{note.name}: one note, about {_short(desk, saved.on)}.")


async def _is_held(desk: Desk, note_id: int) -> bool:
    found = await nudges.next_of(desk, "note", note_id)
    return found is not None and found.kind == "held"


def _short(desk: Desk, day: date) -> str:
    return f"{notes.day_name(desk, day)}'s round"


async def _met_in(desk: Desk, saved: Record) -> set[int]:
    room = await auditions.room(desk.tx, desk.actor.id, saved.id)
    return {present.person_id for present in room if present.person_id is not None}


async def _skip(desk: Desk, change: Change, note: Record, folded: str) -> None:
    await change.update(note_table, note.id, state="skipped")
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
    if note.shown_on is not None:
        _fold(desk, note, folded, anyway=False)


async def listed_waiting(desk: Desk, waiting: Sequence[Any]) -> dict[str, list[Any]]:
    """The notes that are held, by the head they stand under in a list."""
    about = await appointments.projects_of_notes(desk.tx, desk.actor.id, [note.id for note in waiting])
    heads: dict[str, list[Any]] = {}
    for note in waiting:
        holds = [h for id_ in about.get(note.id, ()) if (h := await hold(desk, id_))]
        for_dates = bool(holds) and all(h.for_dates for h in holds)
        heads.setdefault("Waits for the dates" if for_dates else "Waits for the last round", []).append(note)
    return heads
