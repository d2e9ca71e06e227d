"""Actors with one follow-up each that waits for its morning, written straight into the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from handlers.reading.dates import zoned
from storage.database import Database
from storage.tables import actor, address, audition, due, note, person, presence, project, remark

MET, MORNING = date(2026, 11, 19), date(2026, 11, 20)
TABLES = (actor, address, person, project, audition, presence, remark, note, due)


async def plan_mornings(database: Database, zones: Sequence[str], nudge_time: time) -> None:
    """An actor for each zone, numbered from 1: user, chat and every id are that number."""
    rows = [_rows(number, zone, nudge_time) for number, zone in enumerate(zones, 1)]
    async with database.write() as tx:
        for table in TABLES:
            await tx.execute(insert(table), [row[table.name] for row in rows])


def falls_due(zone: str, nudge_time: time) -> datetime:
    """The instant of that morning."""
    return zoned(datetime.combine(MORNING, nudge_time), ZoneInfo(zone))


def _rows(n: int, zone: str, nudge_time: time) -> dict[str, dict[str, Any]]:
    before = datetime(2026, 11, 19, tzinfo=UTC)
    mine = {"id": n, "actor_id": n}
    signs = {"sign": "Nora Castellane", "told_no_news": True}
    return {
        "actor": {"id": n, "created_at": before, "zone": zone, "zone_confirmed": True, "nudge_time": nudge_time}
        | signs,
        "address": {**mine, "platform": "telegram", "team": "", "user": str(n), "chat": str(n)},
        "person": {**mine, "name": f"Tess{n} Quillan", "greeting": f"Tess{n}"},
        "project": {**mine, "title": f"Copper Falls {n}"},
        "audition": {
            **mine, "project_id": n, "role": "Nurse Ray", "mode": "room", "on": MET, "at": time(11), "day": MET,
            "saved_at": before,
        },
        "presence": {**mine, "audition_id": n, "person_id": n, "position": 0},
        "remark": {**mine, "audition_id": n, "presence_id": n, "words": "just started banjo"},
        "note": {**mine, "person_id": n, "day": MET},
        "due": {
            **mine, "kind": "note", "subject": n, "on": MORNING, "zone": zone, "due_at": falls_due(zone, nudge_time),
        },
    }  # fmt: skip
