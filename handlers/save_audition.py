"""An audition becomes records: what it was, who was there, what was said, and the notes that follow."""

from __future__ import annotations

from datetime import date

from handlers.audition import Audition, actors_day
from handlers.desk import Desk
from handlers.reading.people import Someone, fold
from handlers.writing.followup import NEWS
from storage import auditions, due, people, projects
from storage.changes import Change
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


async def add_notes(desk: Desk, change: Change, audition_id: int) -> list[int]:
    """One note to each person named who may get one, in the order of the room; returns those still to be sent."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    room = await auditions.room(desk.tx, desk.actor.id, audition_id)
    ids: list[int] = []
    for present in room:
        if saved is None or present.person_id is None:
            continue
        person = await people.wishes(desk.tx, desk.actor.id, present.person_id)
        if person is None or person.unwanted:
            continue
        old = await note_about(desk.tx, desk.actor.id, present.person_id, saved.day)
        if old is None:
            ids.append(await change.insert(note_table, person_id=present.person_id, day=saved.day))
        elif old.state == "open":
            ids.append(int(old.id))
    return ids


async def _drop_idle_notes(desk: Desk, change: Change, day: date) -> None:
    """A note that was not sent goes with the last room of that day in which its person was met."""
    for row in await notes_of_day(desk.tx, desk.actor.id, day):
        met = await auditions.met_on(desk.tx, desk.actor.id, row.person_id, row.day)
        if not met and row.state == "open" and row.kind != NEWS:
            await due.cancel(desk.tx, desk.actor.id, "note", [row.id])
            await change.delete(note_table, row.id)
