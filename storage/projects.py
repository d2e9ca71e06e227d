"""What is being cast."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from storage.database import Record, Transaction
from storage.tables import audition, project


async def known(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """The actor's projects: id, title, and role and size of the last round."""
    last = (
        select(audition.c.project_id, func.max(audition.c.id).label("id"))
        .where(audition.c.actor_id == actor_id)
        .group_by(audition.c.project_id)
        .subquery()
    )
    found = await tx.execute(
        select(
            project.c.id,
            project.c.title,
            func.coalesce(audition.c.role, "").label("role"),
            func.coalesce(audition.c.size, "").label("size"),
        )
        .join(last, last.c.project_id == project.c.id, isouter=True)
        .join(audition, audition.c.id == last.c.id, isouter=True)
        .where(project.c.actor_id == actor_id)
        .order_by(project.c.id)
    )
    return found.all()


async def exists(tx: Transaction, actor_id: int, id_: int) -> bool:
    """Whether this project is the actor's."""
    found = await tx.execute(select(project.c.id).where(project.c.actor_id == actor_id, project.c.id == id_))
    return found.first() is not None
