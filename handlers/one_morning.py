"""How many notes one morning brings: one to a person, two to an office; the others come the morning after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from handlers import nudges
from handlers.desk import Desk
from storage import notes
from storage.database import Record

MOST_TO_AN_OFFICE = 2


async def surplus(desk: Desk, note_ids: Sequence[int]) -> list[Record]:
    """Those of these notes that are too many for one day, counting what was sent today already."""
    midnight = desk.local_now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=desk.zone)
    gone = await notes.sent_since(desk.tx, desk.actor.id, midnight)
    people = Counter(row.person_id for row in gone)
    offices = Counter(row.office_id for row in gone)
    rows = {row.id: row for row in await notes.among(desk.tx, desk.actor.id, note_ids) if row.state == "open"}
    left = []
    for row in (rows[id_] for id_ in note_ids if id_ in rows):
        if people[row.person_id] or (row.office_id and offices[row.office_id] >= MOST_TO_AN_OFFICE):
            left.append(row)
        else:
            people[row.person_id] += 1
            offices[row.office_id] += 1
    return left


async def put_off(desk: Desk, rows: Sequence[Record]) -> str:
    """Let them come the next morning; returns the line that says so."""
    tomorrow = max(nudges.next_nudge_day(desk), desk.local_now.date() + timedelta(days=1))
    for row in rows:
        await nudges.plan(desk, "note", row.id, tomorrow)
    comes = nudges.show_instant(desk, nudges.instant(desk, tomorrow))
    names = " and ".join(part for part in (", ".join(r.name for r in rows[:-1]), rows[-1].name) if part)
    return f"Enough for one morning: {names} {'comes' if len(rows) == 1 else 'come'} {comes}."
