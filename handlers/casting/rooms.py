"""What is known of a project from its rooms so far: the role, the look of the last round, and who was met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers import notes
from handlers.audition import Said, someone_of
from handlers.desk import Desk
from handlers.reading.people import Room, Someone, fold
from handlers.writing.hooks import Fact, hook_lines
from storage import appointments, auditions
from storage import notes as note_rows
from storage.database import Record

SHORTEST_WORD, STEM = 4, 5


@dataclass(frozen=True)
class Met:
    """One person met for a project, what was said there, and the note about that day."""

    someone: Someone
    said: tuple[Said, ...]
    day: date
    note: Record | None


async def role_and_size(desk: Desk, project_id: int | None) -> tuple[str, str]:
    """Role and size, as the last round had them."""
    rows = await _rooms(desk, project_id)
    return next((row.role for row in rows if row.role), ""), next((row.size for row in rows if row.size), "")


async def role_of(desk: Desk, project_id: int | None) -> str:
    """Both in a line: "Nurse Ray · co-star"."""
    return " · ".join(x for x in await role_and_size(desk, project_id) if x)


async def last_look(desk: Desk, project_id: int | None) -> Record | None:
    """The last round of which anything of the look is known."""
    return next((r for r in await _rooms(desk, project_id) if r.wore or r.hair or r.headshot or r.adjustment), None)


async def last_room(desk: Desk, project_id: int | None) -> Room | None:
    """Who was there the last time anybody was."""
    for row in await _rooms(desk, project_id):
        if people := [someone_of(p) for p in await auditions.room(desk.tx, desk.actor.id, row.id)]:
            return Room(tuple(people))
    return None


async def people_of(desk: Desk, project_id: int) -> list[Met]:
    """Everybody met for a project, once each and as last met; the latest room first."""
    met: dict[str, Met] = {}
    for row in await _rooms(desk, project_id):
        remarks = await auditions.remarks(desk.tx, desk.actor.id, row.id)
        for present in await auditions.room(desk.tx, desk.actor.id, row.id):
            someone = someone_of(present)
            said = tuple(Said(r.words, r.first, r.last, r.private) for r in remarks if r.presence_id == present.id)
            earlier = met.get(someone.key)
            note = await _note_about(desk, present.person_id, row.day)
            if earlier is None:
                met[someone.key] = Met(someone, said, row.day, note)
            elif not earlier.said:
                met[someone.key] = Met(someone, said, row.day, note or earlier.note)
    return list(met.values())


async def _rooms(desk: Desk, project_id: int | None) -> list[Record]:
    if project_id is None:
        return []
    return list(await appointments.rooms_of(desk.tx, desk.actor.id, project_id))


async def _note_about(desk: Desk, person_id: int | None, day: date) -> Record | None:
    return None if person_id is None else await note_rows.about(desk.tx, desk.actor.id, person_id, day)


def written(desk: Desk, met: Met, said: Said | None) -> str:
    """What became of it in a note: "In your note of Friday.", "Not written yet."; empty where nothing is to say."""
    note = met.note
    if note is None or not met.someone.name:
        return ""
    if note.state == "open":
        return "Not written yet."
    if note.state == "skipped" or note.sent_at is None:
        return "No note."
    sent_on = note.sent_at.astimezone(desk.zone).date()
    day = notes.day_name(desk, sent_on)
    if said is None:
        return f"Your note went {day}."
    return f"In your note of {day}." if is_in(note, said, sent_on, met.someone.greeting) else ""


def is_in(note: Record, said: Said, sent_on: date, greeting: str) -> bool:
    """Whether a note that was sent plays on what was said."""
    hooks = hook_lines(Fact(said.words, said.first, said.last), sent_on, note.day, greeting)
    if any(hook in note.body for hook in hooks):
        return True
    own = " ".join(line for line in note.body.splitlines()[1:] if not line.startswith("•"))
    return note.own_on is not None and bool(_stems(said.words) & _stems(own))


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in fold(text).split() if len(word) >= SHORTEST_WORD}
