"""The people an actor has met, and their offices."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import false, func, or_, select

from storage.database import Record, Transaction
from storage.tables import office, person


async def known(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """Everybody the actor has met: id, name, greeting, job, office, email."""
    found = await tx.execute(
        select(
            person.c.id,
            person.c.name,
            person.c.greeting,
            person.c.job,
            func.coalesce(office.c.name, "").label("office"),
            person.c.email,
        )
        .join(office, isouter=True)
        .where(person.c.actor_id == actor_id)
        .order_by(person.c.id)
    )
    return found.all()


async def among(tx: Transaction, actor_id: int, ids: Collection[int]) -> dict[int, Record]:
    """Those of these people who are the actor's, by id."""
    found = await tx.execute(select(person).where(person.c.actor_id == actor_id, person.c.id.in_(ids)))
    return {row.id: row for row in found}


async def wishes(tx: Transaction, actor_id: int, person_id: int) -> Record | None:
    """A person with the office's name, whether no notes are wanted (`unwanted`), and one a room (`one_note`)."""
    found = await tx.execute(
        select(
            person,
            func.coalesce(office.c.name, "").label("office"),
            or_(person.c.no_notes, func.coalesce(office.c.no_notes, false())).label("unwanted"),
            func.coalesce(office.c.one_note, false()).label("one_note"),
        )
        .join(office, office.c.id == person.c.office_id, isouter=True)
        .where(person.c.actor_id == actor_id, person.c.id == person_id)
    )
    return found.first()


async def of_office(tx: Transaction, actor_id: int, office_id: int) -> Sequence[int]:
    """The ids of those who are of an office."""
    found = await tx.execute(
        select(person.c.id).where(person.c.actor_id == actor_id, person.c.office_id == office_id).order_by(person.c.id)
    )
    return found.scalars().all()


async def office_named(tx: Transaction, actor_id: int, folded: str) -> int | None:
    """The office of this (folded) name."""
    found = await tx.execute(select(office.c.id).where(office.c.actor_id == actor_id, office.c.folded == folded))
    return found.scalar()
