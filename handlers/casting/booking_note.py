"""The note after a booking, the one kind in which thanks are the custom."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import notes
from handlers.casting.booking import Booking
from handlers.desk import Desk
from handlers.writing.followup import BOOKING
from storage import bookings, due, people
from storage import notes as note_rows
from storage.database import Record
from storage.tables import note as note_table

CUSTOM = "After a booking thanks are the custom."
CASTS = "casting director"


async def bring(desk: Desk, booking: Booking) -> None:
    """The note to who cast it, as a card at once."""
    met = await bookings.met(desk.tx, desk.actor.id, booking.project_id)
    person = await _who_cast_it(desk, met)
    if person is not None:
        await _present(desk, booking, person)
    elif met:
        desk.say(f"No notes to {met[0].name}, you said. /followup {met[0].greeting.lower()} shows the way back.")
    else:
        desk.say(f"No name is known yet for {booking.title}. Tell me who cast it: log the room, and tap again.")


async def _who_cast_it(desk: Desk, met: Sequence[Record]) -> Record | None:
    """The casting director met last for it; else whoever ran the last room; of those who are to have notes."""
    for row in sorted(met, key=lambda row: row.job != CASTS):
        wishes = await people.wishes(desk.tx, desk.actor.id, row.id)
        if wishes is not None and not wishes.unwanted:
            return row
    return None


async def _present(desk: Desk, booking: Booking, person: Record) -> None:
    there = await note_rows.about(desk.tx, desk.actor.id, person.id, desk.day)
    if there is not None and there.state == "sent":
        desk.say(f"{person.greeting} had a note from you today. One a day is the most: tap again tomorrow.")
        return
    note_id = await _open(desk, booking, person)
    if note_id is None:
        note_id = await _write(desk, booking, person, there)
    await due.cancel(desk.tx, desk.actor.id, "note", [note_id])
    await notes.present(desk, [note_id], lead=CUSTOM)


async def _open(desk: Desk, booking: Booking, person: Record) -> int | None:
    """The one that waits already."""
    waiting = await note_rows.open_to(desk.tx, desk.actor.id, [person.id])
    return next((int(row.id) for row in waiting if row.booked_id == booking.project_id), None)


async def _write(desk: Desk, booking: Booking, person: Record, there: Record | None) -> int:
    change = desk.change()
    values = {"kind": BOOKING, "booked_id": booking.project_id}
    if there is None:
        note_id = await change.insert(note_table, person_id=person.id, day=desk.day, **values)
    else:
        note_id = int(there.id)
        await change.update(note_table, note_id, state="open", own_on=None, **values)
    await change.keep(f"Booking note to {person.name}", notes.subject(note_id), desk.now)
    return note_id
