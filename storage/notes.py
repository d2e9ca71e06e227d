"""Follow-ups: one note to one person about one of the actor's days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from storage.database import Record, Transaction
from storage.tables import due, note, person


def _with_person() -> Any:
    return select(note, person.c.name, person.c.greeting, person.c.job, person.c.email).join(person)


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One note with the person it goes to."""
    found = await tx.execute(_with_person().where(note.c.actor_id == actor_id, note.c.id == id_))
    return found.first()


async def about(tx: Transaction, actor_id: int, person_id: int, day: date) -> Record | None:
    """The note to a person about a day."""
    found = await tx.execute(
        select(note).where(note.c.actor_id == actor_id, note.c.person_id == person_id, note.c.day == day)
    )
    return found.first()


async def among(tx: Transaction, actor_id: int, ids: Collection[int]) -> Sequence[Record]:
    """These notes, each with its person."""
    found = await tx.execute(_with_person().where(note.c.actor_id == actor_id, note.c.id.in_(ids)))
    return found.all()


async def unfinished(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """What is neither sent nor skipped, the oldest day first, each with when it comes (`due_at`)."""
    waiting = (
        select(due.c.subject, func.min(due.c.due_at).label("due_at"))
        .where(due.c.actor_id == actor_id, due.c.kind == "note", due.c.state == "waiting", due.c.repeat.is_(False))
        .group_by(due.c.subject)
        .subquery()
    )
    found = await tx.execute(
        _with_person()
        .add_columns(waiting.c.due_at)
        .join(waiting, waiting.c.subject == note.c.id, isouter=True)
        .where(note.c.actor_id == actor_id, note.c.state == "open")
        .order_by(note.c.day, note.c.id)
    )
    return found.all()


async def sent(tx: Transaction, actor_id: int, limit: int) -> Sequence[Record]:
    """The notes that were sent, the latest first."""
    found = await tx.execute(
        _with_person()
        .where(note.c.actor_id == actor_id, note.c.state == "sent")
        .order_by(note.c.sent_at.desc(), note.c.id.desc())
        .limit(limit)
    )
    return found.all()


async def count_sent(tx: Transaction, actor_id: int, since: date) -> int:
    """How many notes about the days since one were sent."""
    found = await tx.execute(
        select(func.count()).where(note.c.actor_id == actor_id, note.c.state == "sent", note.c.day >= since)
    )
    return int(found.scalar_one())


async def set_shown(tx: Transaction, id_: int, shown: dict[str, Any]) -> None:
    """What its card shows, and since which day; not a change of the actor's, so there is no Undo to it."""
    await tx.execute(update(note).where(note.c.id == id_).values(shown))


async def of_day(tx: Transaction, actor_id: int, day: date) -> Sequence[Record]:
    """All notes about one of the actor's days."""
    found = await tx.execute(select(note).where(note.c.actor_id == actor_id, note.c.day == day).order_by(note.c.id))
    return found.all()
