"""How notes go to a person, and to whom none shall: chosen on a card, remembered for the person or the office."""

from __future__ import annotations

from dataclasses import replace

from handlers import notes
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.writing.followup import AGENT, E_MAIL, POSTCARD
from storage import due, people
from storage.database import Record
from storage.notes import find, open_to
from storage.tables import note as note_table
from storage.tables import office as office_table
from storage.tables import person as person_table

WAYS = {"email": E_MAIL, "postcard": POSTCARD, "agent": AGENT}
LABELS = {"email": "E-mail", "postcard": "Postcard", "agent": "Agent"}
_NEVER = ("nonotes", "nooffice")
_HOW_MANY = ("onenote", "eachnote")


async def press(desk: Desk, note: Record, verb: str) -> None:
    """Do what a button about the way of notes says; where it no longer makes sense, show how things stand."""
    if note.state == "sent" or (note.state == "skipped" and verb not in _NEVER):
        await notes.press(desk, note, "edit")
    elif note.state == "open" and verb in _NEVER:
        await notes.redraw(desk, note)
    elif verb in _NEVER:
        await _never(desk, note, of_office=verb == "nooffice" and note.office_id is not None)
    elif verb == "channel":
        await due.cancel(desk.tx, desk.actor.id, "note", [note.id], only_repeat=True)
        others = tuple((LABELS[key], key) for key, way in WAYS.items() if way != note.way)
        how_many = await _how_many(desk, note)
        await _show(desk, note, [Choice(label, f"note:{note.id}:{key}") for label, key in (*others, *how_many)])
    elif verb in _HOW_MANY:
        await _one_or_each(desk, note, one=verb == "onenote")
    elif verb in WAYS:
        await _choose(desk, note, WAYS[verb])
    else:
        await _same_for_office(desk, note)


async def _choose(desk: Desk, note: Record, way: str) -> None:
    """Notes go to this person that way from now on."""
    if way == note.way:
        await notes.redraw(desk, note)
        return
    change = desk.change()
    await change.update(person_table, note.person_id, channel=way)
    if note.channel:
        await change.update(note_table, note.id, channel="")
    change_id = await change.keep(f"{note.name}: {way}", notes.subject(note.id), desk.now)
    same = [Choice(f"Same for {note.office}"[: notes.LONGEST_LABEL], f"note:{note.id}:office")] if note.office else []
    await _show(desk, note, [Choice("Undo", f"undo:{change_id}"), *same])


async def _how_many(desk: Desk, note: Record) -> tuple[tuple[str, str], ...]:
    """The other way to write to several of one office whom one met in one room."""
    if note.one_note:
        return (("A note to each", "eachnote"),)
    return (("One for the office", "onenote"),) if await _beside(desk, note) else ()


async def _beside(desk: Desk, note: Record) -> list[Record]:
    """The open notes about the same day to others of the office."""
    if note.office_id is None:
        return []
    colleagues = await people.of_office(desk.tx, desk.actor.id, note.office_id)
    return [n for n in await open_to(desk.tx, desk.actor.id, colleagues) if n.day == note.day and n.id != note.id]


async def _one_or_each(desk: Desk, note: Record, *, one: bool) -> None:
    """Of those met in one room of an office one gets a note from now on, or each; this note stands for the others."""
    if note.office_id is None or note.one_note == one:
        await notes.redraw(desk, note)
        return
    change = desk.change()
    await change.update(office_table, note.office_id, one_note=one)
    for row in await _beside(desk, note) if one else ():
        await change.update(note_table, row.id, state="skipped")
        await due.cancel(desk.tx, desk.actor.id, "note", [row.id])
        desk.tidy(notes.subject(row.id), instead=f"{row.name}: in {note.greeting}'s.")
    words = f"One note for {note.office}" if one else f"A note to each of {note.office}"
    change_id = await change.keep(words, notes.subject(note.id), desk.now)
    await _show(desk, note, [Choice("Undo", f"undo:{change_id}")], lead=f"{words} from now on.")


async def _same_for_office(desk: Desk, note: Record) -> None:
    """Notes go that way to everybody of the office of whom nothing else was said."""
    if note.office_id is None:
        await notes.redraw(desk, note)
        return
    change = desk.change()
    await change.update(office_table, note.office_id, channel=note.way)
    change_id = await change.keep(f"{note.office}: {note.way}", notes.subject(note.id), desk.now)
    await _show(desk, note, [Choice("Undo", f"undo:{change_id}")])


async def _show(desk: Desk, note: Record, row: list[Choice], *, lead: str = "") -> None:
    """The card as it is now, with one row of buttons more."""
    now = await find(desk.tx, desk.actor.id, note.id)
    message = await notes.display(desk, now or note, lead=lead)
    message = replace(message, choices=(*message.choices, tuple(row)))
    desk.show(message, notes.subject(note.id), folded=f"{note.name}: newer below.")


async def _never(desk: Desk, note: Record, *, of_office: bool) -> None:
    """No note from now on; those that wait are skipped with it."""
    change = desk.change()
    if of_office:
        await change.update(office_table, note.office_id, no_notes=True)
        whom, ids = note.office, await people.of_office(desk.tx, desk.actor.id, note.office_id)
    else:
        await change.update(person_table, note.person_id, no_notes=True)
        whom, ids = note.name, [note.person_id]
    for row in await open_to(desk.tx, desk.actor.id, ids):
        await change.update(note_table, row.id, state="skipped")
        await due.cancel(desk.tx, desk.actor.id, "note", [row.id])
        desk.tidy(notes.subject(row.id), instead=f"No note to {row.greeting}.")
    change_id = await change.keep(f"No notes to {whom}", notes.subject(note.id), desk.now)
    office = [] if of_office or not note.office else [("None to " + note.office, "nooffice")]
    more = [Choice(label[: notes.LONGEST_LABEL], f"note:{note.id}:{verb}") for label, verb in office]
    words = f"No notes to {whom} from now on."
    desk.show(Message((words,), choices=((Choice("Undo", f"undo:{change_id}"), *more),)), notes.subject(note.id))
