"""An audition becomes records: what it was, who was there, what was said, and the notes that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.audition import Audition, actors_day
from handlers.desk import Desk
from handlers.reading.people import Someone, fold
from handlers.writing.followup import NEWS
from storage import auditions, due, people, projects
from storage import notes as note_rows
from storage.changes import Change
from storage.database import Record
from storage.notes import about as note_about
from storage.notes import of_day as notes_of_day
from storage.tables import audition as audition_table
from storage.tables import note as note_table
from storage.tables import office as office_table
from storage.tables import person as person_table
from storage.tables import presence as presence_table
from storage.tables import project as project_table
from storage.tables import remark as remark_table


async def write(desk: Desk, change: Change, audition: Audition) -> int:
    """Write the audition down, over the saved one that it mends; returns its id."""
    day = actors_day(audition.when.day, audition.when.at)
    values = {
        "project_id": await _project(desk, change, audition),
        "role": audition.what.role,
        "size": audition.size,
        "kind": audition.what.kind,
        "round": audition.round,
        "mode": audition.mode,
        "on": audition.when.day,
        "at": audition.when.at,
        "day": day,
        "wore": audition.look.wore,
        "hair": audition.look.hair,
        "headshot": audition.look.headshot,
        "adjustment": audition.look.adjustment or audition.more.adjustment,
        "felt": audition.more.felt,
    }
    saved = audition.record and await auditions.find(desk.tx, desk.actor.id, audition.record)
    if saved:
        await change.update(audition_table, saved.id, **values)
        await _clear_room(desk, change, saved.id)
        audition_id = int(saved.id)
    else:
        audition_id = await change.insert(audition_table, **values, saved_at=desk.now)
    await _fill_room(desk, change, audition, audition_id)
    if saved and saved.day != day:
        await _drop_idle_notes(desk, change, saved.day)
    await _drop_idle_notes(desk, change, day)
    return audition_id


async def _project(desk: Desk, change: Change, audition: Audition) -> int | None:
    what = audition.what
    if what.project_id is not None and await projects.exists(desk.tx, desk.actor.id, what.project_id):
        return what.project_id
    if not what.project:
        return None
    known = {fold(row.title): int(row.id) for row in await projects.known(desk.tx, desk.actor.id)}
    return known.get(fold(what.project)) or await change.insert(project_table, title=what.project, kind=what.kind)


async def _clear_room(desk: Desk, change: Change, audition_id: int) -> None:
    for said in await auditions.remarks(desk.tx, desk.actor.id, audition_id):
        await change.delete(remark_table, said.id)
    for present in await auditions.room(desk.tx, desk.actor.id, audition_id):
        await change.delete(presence_table, present.id)


async def _fill_room(desk: Desk, change: Change, audition: Audition, audition_id: int) -> None:
    presences: dict[str, int] = {}
    for position, someone in enumerate(audition.room.people):
        person_id = await _person(desk, change, someone) if someone.name else None
        described = {"description": someone.description, "job": someone.job}
        presences[someone.key] = await change.insert(
            presence_table, audition_id=audition_id, person_id=person_id, position=position, **described
        )
    for key, said in audition.said:
        if key and key not in presences:
            continue  # the person was taken out of the room again, and the words with them
        dates = {"first": said.first, "last": said.last, "private": said.private}
        await change.insert(
            remark_table, audition_id=audition_id, presence_id=presences.get(key), words=said.words, **dates
        )


async def _person(desk: Desk, change: Change, someone: Someone) -> int:
    office_id = await _office(desk, change, someone.office) if someone.office else None
    known = await people.among(desk.tx, desk.actor.id, [someone.id]) if someone.id is not None else {}
    if someone.id is not None and someone.id in known:
        row = known[someone.id]
        told = {"job": someone.job, "office_id": office_id, "email": someone.email}
        learnt = {name: value for name, value in told.items() if value and value != getattr(row, name)}
        if learnt:
            await change.update(person_table, row.id, **learnt)
        return int(row.id)
    named = {"name": someone.name, "greeting": someone.greeting or someone.name.split()[0]}
    return await change.insert(person_table, **named, job=someone.job, office_id=office_id, email=someone.email)


async def _office(desk: Desk, change: Change, name: str) -> int:
    known = await people.office_named(desk.tx, desk.actor.id, fold(name))
    return known or await change.insert(office_table, name=name, folded=fold(name))


ROUNDS_SPAN = timedelta(days=60)
"""What lies further back belongs to another season of the same title."""


@dataclass(frozen=True)
class Planned:
    """Whom a room's notes go to, and of whom not, by greeting."""

    ids: tuple[int, ...] = ()
    never: tuple[str, ...] = ()
    had: tuple[Record, ...] = ()
    """The notes that people had about an earlier round."""
    with_another: tuple[tuple[str, str], ...] = ()
    """Those who share the one note of their office, each with who gets it."""

    def is_silent_about(self, greeting: str) -> bool:
        """Whether nothing comes to this one, and nothing was said of why: the note is out already."""
        told = {*self.never, *(note.greeting for note in self.had), *(whom for whom, _ in self.with_another)}
        return not self.ids and greeting not in told


async def add_notes(desk: Desk, change: Change, audition_id: int) -> Planned:
    """One note to each person named who may get one, in the order of the room."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    planned, first_of = Planned(), dict[int, str]()
    for present in await auditions.room(desk.tx, desk.actor.id, audition_id):
        person = present.person_id and await people.wishes(desk.tx, desk.actor.id, present.person_id)
        if not saved or not person:
            continue
        if person.unwanted:
            planned = replace(planned, never=(*planned.never, person.greeting))
        elif person.one_note and person.office_id in first_of:
            pair = (person.greeting, first_of[person.office_id])
            planned = replace(planned, with_another=(*planned.with_another, pair))
            await _drop_open(desk, change, await note_about(desk.tx, desk.actor.id, person.id, saved.day))
        elif had := await _had(desk, change, person.id, saved):
            planned = replace(planned, had=(*planned.had, had))
        elif (id_ := await _note(desk, change, person.id, saved.day)) is not None:
            planned = replace(planned, ids=(*planned.ids, id_))
            first_of.setdefault(person.office_id, person.greeting)
    return planned


async def _note(desk: Desk, change: Change, person_id: int, day: date) -> int | None:
    """The note about a day, made where there is none; None where it is done with."""
    old = await note_about(desk.tx, desk.actor.id, person_id, day)
    if old is None:
        return await change.insert(note_table, person_id=person_id, day=day)
    return int(old.id) if old.state == "open" else None


async def _had(desk: Desk, change: Change, person_id: int, saved: Record) -> Record | None:
    """The note that went out about an earlier round of this project; one that still waits gives way to the new one."""
    if saved.project_id is None or await note_about(desk.tx, desk.actor.id, person_id, saved.day):
        return None
    rounds = (saved.day - ROUNDS_SPAN, saved.day)
    others = await note_rows.about_project(desk.tx, desk.actor.id, person_id, saved.project_id, rounds)
    for note in others:
        await _drop_open(desk, change, note)
    return next((note for note in others if note.state == "sent"), None)


async def _drop_open(desk: Desk, change: Change, note: Record | None) -> None:
    if note is not None and note.state == "open":
        await change.update(note_table, note.id, state="skipped")
        await due.cancel(desk.tx, desk.actor.id, "note", [note.id])


async def _drop_idle_notes(desk: Desk, change: Change, day: date) -> None:
    """A note that was not sent goes with the last room of that day in which its person was met."""
    for row in await notes_of_day(desk.tx, desk.actor.id, day):
        met = await auditions.met_on(desk.tx, desk.actor.id, row.person_id, row.day)
        if not met and row.state == "open" and row.kind != NEWS:
            await due.cancel(desk.tx, desk.actor.id, "note", [row.id])
            await change.delete(note_table, row.id)
