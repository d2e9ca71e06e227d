"""The people an actor has met, and their offices."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

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


async def office_named(tx: Transaction, actor_id: int, folded: str) -> int | None:
    """The office of this (folded) name."""
    found = await tx.execute(select(office.c.id).where(office.c.actor_id == actor_id, office.c.folded == folded))
    return found.scalar()
