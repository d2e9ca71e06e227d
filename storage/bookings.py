"""What is booked, what is still to be done for it, and what of it has become a credit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from storage.database import Record, Transaction
from storage.tables import audition, booking_step, person, presence, project, stage


async def steps(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The list of one booking, ticked off or not."""
    found = await tx.execute(
        select(booking_step)
        .where(booking_step.c.actor_id == actor_id, booking_step.c.project_id == project_id)
        .order_by(booking_step.c.id)
    )
    return found.all()


async def standing(tx: Transaction, actor_id: int, over: Collection[str]) -> Sequence[Record]:
    """The projects that are booked and not over (project_id, title), the latest first."""
    ends = stage.alias()
    is_over = (
        select(ends.c.id)
        .where(ends.c.project_id == stage.c.project_id, ends.c.kind.in_(over))
        .where((ends.c.at > stage.c.at) | ((ends.c.at == stage.c.at) & (ends.c.id > stage.c.id)))
        .exists()
    )
    found = await tx.execute(
        select(stage.c.project_id, project.c.title, func.max(stage.c.at).label("at"))
        .join(project)
        .where(stage.c.actor_id == actor_id, stage.c.kind == "booked", ~is_over)
        .group_by(stage.c.project_id, project.c.title)
        .order_by(func.max(stage.c.at).desc(), stage.c.project_id.desc())
    )
    return found.all()


async def done(tx: Transaction, actor_id: int, kinds: Collection[str]) -> Sequence[Record]:
    """The projects that came to one of these stages (project_id, first `at`), the latest first."""
    found = await tx.execute(
        select(stage.c.project_id, func.min(stage.c.at).label("at"))
        .where(stage.c.actor_id == actor_id, stage.c.kind.in_(kinds))
        .group_by(stage.c.project_id)
        .order_by(func.min(stage.c.at).desc(), stage.c.project_id.desc())
    )
    return found.all()


async def met(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """Everybody known by name who was in a room of a project: the latest room first, each room in its order."""
    found = await tx.execute(
        select(person, audition.c.id.label("audition_id"), audition.c.day, presence.c.position)
        .join(presence, presence.c.person_id == person.c.id)
        .join(audition, audition.c.id == presence.c.audition_id)
        .where(audition.c.actor_id == actor_id, audition.c.project_id == project_id)
        .order_by(audition.c.on.desc(), audition.c.id.desc(), presence.c.position)
    )
    return found.all()
