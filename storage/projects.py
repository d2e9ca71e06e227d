"""What is being cast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from storage.database import Record, Transaction
from storage.tables import audition, project, stage


def _last(table: Any, actor_id: int) -> Any:
    """The last row of each project in which the role is told."""
    return (
        select(table.c.project_id, func.max(table.c.id).label("id"))
        .where(table.c.actor_id == actor_id, table.c.role != "")
        .group_by(table.c.project_id)
        .subquery()
    )


async def known(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """The actor's projects: id, title, and role and size of the last round, or of what was told ahead of it."""
    read, told = _last(audition, actor_id), _last(stage, actor_id)
    found = await tx.execute(
        select(
            project.c.id,
            project.c.title,
            func.coalesce(audition.c.role, stage.c.role, "").label("role"),
            func.coalesce(audition.c.size, stage.c.size, "").label("size"),
        )
        .join(read, read.c.project_id == project.c.id, isouter=True)
        .join(audition, audition.c.id == read.c.id, isouter=True)
        .join(told, told.c.project_id == project.c.id, isouter=True)
        .join(stage, stage.c.id == told.c.id, isouter=True)
        .where(project.c.actor_id == actor_id)
        .order_by(project.c.id)
    )
    return found.all()


async def exists(tx: Transaction, actor_id: int, id_: int) -> bool:
    """Whether this project is the actor's."""
    found = await tx.execute(select(project.c.id).where(project.c.actor_id == actor_id, project.c.id == id_))
    return found.first() is not None


async def last_round(tx: Transaction, actor_id: int, project_id: int) -> Record | None:
    """The last audition of a project."""
    found = await tx.execute(
        select(audition)
        .where(audition.c.actor_id == actor_id, audition.c.project_id == project_id)
        .order_by(audition.c.on.desc(), audition.c.id.desc())
        .limit(1)
    )
    return found.first()


async def last_read(tx: Transaction, actor_id: int) -> int | None:
    """The project of the audition that was logged last; None where that one had none."""
    found = await tx.execute(
        select(audition.c.project_id).where(audition.c.actor_id == actor_id).order_by(audition.c.id.desc()).limit(1)
    )
    id_: int | None = found.scalar()
    return id_
