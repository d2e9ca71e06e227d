"""Follow-ups: one note to one person about one of the actor's days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import false, func, or_, select, update

from storage.database import Record, Transaction
from storage.tables import audition, due, note, office, person, presence

MOST_NEAR = 20
E_MAIL = "e-mail"


def _with_person() -> Any:
    """Notes, each with its person and that person's office.

    With how it goes (`way`), whether any do (`unwanted`), and whether one a room (`one_note`).
    """
    chosen = (func.nullif(table.c.channel, "") for table in (note, person, office))
    return (
        select(
            note,
            person.c.name,
            person.c.greeting,
            person.c.job,
            person.c.email,
            person.c.office_id,
            func.coalesce(office.c.name, "").label("office"),
            func.coalesce(*chosen, E_MAIL).label("way"),
            or_(person.c.no_notes, func.coalesce(office.c.no_notes, false())).label("unwanted"),
            func.coalesce(office.c.one_note, false()).label("one_note"),
        )
        .join(person, person.c.id == note.c.person_id)
        .join(office, office.c.id == person.c.office_id, isouter=True)
    )


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
    """What is neither sent nor skipped, the oldest day first; when each comes (`due_at`), if it is `held` till then."""
    waiting = (
        select(due.c.subject, func.min(due.c.due_at).label("due_at"), func.min(due.c.kind).label("comes_as"))
        .where(due.c.actor_id == actor_id, due.c.kind.in_(("note", "held")), due.c.state == "waiting")
        .where(due.c.repeat.is_(False))
        .group_by(due.c.subject)
        .subquery()
    )
    found = await tx.execute(
        _with_person()
        .add_columns(waiting.c.due_at, (func.coalesce(waiting.c.comes_as, "") == "held").label("held"))
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


async def sent_to(tx: Transaction, actor_id: int, person_id: int) -> Sequence[Record]:
    """The notes that were sent to a person, the latest first."""
    found = await tx.execute(
        select(note)
        .where(note.c.actor_id == actor_id, note.c.person_id == person_id, note.c.state == "sent")
        .order_by(note.c.sent_at.desc(), note.c.id.desc())
    )
    return found.all()


async def sent_since(tx: Transaction, actor_id: int, since: datetime) -> Sequence[Record]:
    """To whom notes were sent since an instant: the person and the person's office."""
    found = await tx.execute(
        select(note.c.person_id, person.c.office_id)
        .join(person)
        .where(note.c.actor_id == actor_id, note.c.state == "sent", note.c.sent_at >= since)
    )
    return found.all()


async def sent_near(tx: Transaction, actor_id: int, id_: int) -> Sequence[Record]:
    """The other notes that went to the person of this one, or to that person's office; the latest first."""
    mine = select(note.c.person_id, person.c.office_id).join(person).where(note.c.id == id_).subquery()
    same_office = person.c.office_id == select(mine.c.office_id).scalar_subquery()
    found = await tx.execute(
        _with_person()
        .where(note.c.actor_id == actor_id, note.c.state == "sent", note.c.id != id_)
        .where(or_(note.c.person_id == select(mine.c.person_id).scalar_subquery(), same_office))
        .order_by(note.c.sent_at.desc(), note.c.id.desc())
        .limit(MOST_NEAR)
    )
    return found.all()


async def count_sent(tx: Transaction, actor_id: int, since: date) -> int:
    """How many notes about the days since one were sent."""
    found = await tx.execute(
        select(func.count()).where(note.c.actor_id == actor_id, note.c.state == "sent", note.c.day >= since)
    )
    return int(found.scalar_one())


async def about_project(
    tx: Transaction, actor_id: int, person_id: int, project_id: int, between: tuple[date, date]
) -> Sequence[Record]:
    """The notes to a person about days on which that person was met for a project, the latest first.

    The days lie from the first of `between` on, and before the last.
    """
    rounds = (
        select(audition.c.day)
        .join(presence, presence.c.audition_id == audition.c.id)
        .where(audition.c.actor_id == actor_id, audition.c.project_id == project_id)
        .where(presence.c.person_id == person_id, audition.c.day >= between[0], audition.c.day < between[1])
    )
    found = await tx.execute(
        _with_person()
        .where(note.c.actor_id == actor_id, note.c.person_id == person_id, note.c.day.in_(rounds))
        .order_by(note.c.day.desc())
    )
    return found.all()


async def set_shown(tx: Transaction, id_: int, shown: dict[str, Any]) -> None:
    """What its card shows, and since which day; not a change of the actor's, so there is no Undo to it."""
    await tx.execute(update(note).where(note.c.id == id_).values(shown))


async def open_to(tx: Transaction, actor_id: int, person_ids: Collection[int]) -> Sequence[Record]:
    """The notes to these people that are neither sent nor skipped, the oldest day first."""
    found = await tx.execute(
        _with_person()
        .where(note.c.actor_id == actor_id, note.c.person_id.in_(person_ids), note.c.state == "open")
        .order_by(note.c.day, note.c.id)
    )
    return found.all()


async def of_day(tx: Transaction, actor_id: int, day: date) -> Sequence[Record]:
    """All notes about one of the actor's days."""
    found = await tx.execute(select(note).where(note.c.actor_id == actor_id, note.c.day == day).order_by(note.c.id))
    return found.all()
