"""Auditions, who was in their rooms and what was said there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from storage.database import Record, Transaction
from storage.tables import audition, office, person, presence, project, remark


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One audition with the title of its project."""
    found = await tx.execute(
        select(audition, func.coalesce(project.c.title, "").label("title"))
        .join(project, isouter=True)
        .where(audition.c.actor_id == actor_id, audition.c.id == id_)
    )
    return found.first()


async def page(tx: Transaction, actor_id: int, offset: int, limit: int) -> Sequence[Record]:
    """Auditions from the newest on, each with the title of its project."""
    found = await tx.execute(
        select(audition, func.coalesce(project.c.title, "").label("title"))
        .join(project, isouter=True)
        .where(audition.c.actor_id == actor_id)
        .order_by(audition.c.on.desc(), audition.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return found.all()


async def room(tx: Transaction, actor_id: int, audition_id: int) -> Sequence[Record]:
    """Who was there, in order: the presence with name, greeting and office of the person where known."""
    found = await tx.execute(
        select(
            presence,
            func.coalesce(person.c.name, "").label("name"),
            func.coalesce(person.c.greeting, "").label("greeting"),
            func.coalesce(person.c.job, "").label("known_job"),
            func.coalesce(office.c.name, "").label("office"),
        )
        .select_from(presence)
        .join(person, person.c.id == presence.c.person_id, isouter=True)
        .join(office, office.c.id == person.c.office_id, isouter=True)
        .where(presence.c.actor_id == actor_id, presence.c.audition_id == audition_id)
        .order_by(presence.c.position)
    )
    return found.all()


async def remarks(tx: Transaction, actor_id: int, audition_id: int) -> Sequence[Record]:
    """What was said in that room, in the order it was told."""
    found = await tx.execute(
        select(remark).where(remark.c.actor_id == actor_id, remark.c.audition_id == audition_id).order_by(remark.c.id)
    )
    return found.all()


async def kept_private(tx: Transaction, actor_id: int, person_id: int) -> Sequence[str]:
    """What a person said, or the whole room with this person in it, that is for the actor alone."""
    found = await tx.execute(
        select(remark.c.words)
        .join(presence, presence.c.audition_id == remark.c.audition_id)
        .where(remark.c.actor_id == actor_id, remark.c.private, presence.c.person_id == person_id)
        .where(or_(remark.c.presence_id.is_(None), remark.c.presence_id == presence.c.id))
        .order_by(remark.c.id)
    )
    return found.scalars().all()


async def met_on(tx: Transaction, actor_id: int, person_id: int, day: date) -> Sequence[Record]:
    """The auditions of one of the actor's days in which a person was met."""
    found = await tx.execute(
        select(audition, func.coalesce(project.c.title, "").label("title"), presence.c.id.label("presence_id"))
        .select_from(audition)
        .join(presence, presence.c.audition_id == audition.c.id)
        .join(project, project.c.id == audition.c.project_id, isouter=True)
        .where(audition.c.actor_id == actor_id, audition.c.day == day, presence.c.person_id == person_id)
        .order_by(audition.c.id)
    )
    return found.all()


async def of_note(tx: Transaction, actor_id: int, note: Record) -> Sequence[Record]:
    """The auditions that a note is about: those of its day; of a booking note, the last one for what was booked."""
    if note.booked_id is None:
        return await met_on(tx, actor_id, note.person_id, note.day)
    found = await tx.execute(
        select(audition, func.coalesce(project.c.title, "").label("title"), presence.c.id.label("presence_id"))
        .select_from(audition)
        .join(presence, presence.c.audition_id == audition.c.id)
        .join(project, project.c.id == audition.c.project_id)
        .where(audition.c.actor_id == actor_id, presence.c.person_id == note.person_id)
        .where(project.c.id == note.booked_id)
        .order_by(audition.c.on.desc(), audition.c.id.desc())
        .limit(1)
    )
    return found.all()


async def last_day_with(tx: Transaction, actor_id: int, person_id: int) -> date | None:
    """The last of the actor's days on which a person was met."""
    found = await tx.execute(
        select(func.max(audition.c.day))
        .join(presence, presence.c.audition_id == audition.c.id)
        .where(audition.c.actor_id == actor_id, presence.c.person_id == person_id)
    )
    last: date | None = found.scalar()
    return last


async def of_office(tx: Transaction, actor_id: int, person_id: int) -> Sequence[Record]:
    """What was read for a person and for all of that person's office: kind, size and the kind of the project."""
    office_id = select(person.c.office_id).where(person.c.id == person_id).scalar_subquery()
    found = await tx.execute(
        select(audition.c.kind, audition.c.size, func.coalesce(project.c.kind, "").label("project_kind"))
        .select_from(audition)
        .join(presence, presence.c.audition_id == audition.c.id)
        .join(person, person.c.id == presence.c.person_id)
        .join(project, project.c.id == audition.c.project_id, isouter=True)
        .where(audition.c.actor_id == actor_id, or_(person.c.id == person_id, person.c.office_id == office_id))
        .distinct()
    )
    return found.all()


async def count(tx: Transaction, actor_id: int, since: date) -> tuple[int, int]:
    """How many auditions there were since a day, and how many of them were no first round."""
    found = await tx.execute(
        select(func.count(), func.count().filter(audition.c.round != "")).where(
            audition.c.actor_id == actor_id, audition.c.day >= since
        )
    )
    told, later_rounds = found.one()
    return int(told), int(later_rounds)


async def nameless(tx: Transaction, actor_id: int, since: date) -> Sequence[Record]:
    """The auditions since a day in which nobody's name is known, each with the title of its project."""
    named = select(presence.c.audition_id).where(presence.c.actor_id == actor_id, presence.c.person_id.is_not(None))
    found = await tx.execute(
        select(audition, func.coalesce(project.c.title, "").label("title"))
        .join(project, isouter=True)
        .where(audition.c.actor_id == actor_id, audition.c.day >= since, audition.c.mode != "self-tape")
        .where(audition.c.id.not_in(named))
        .order_by(audition.c.id)
    )
    return found.all()
