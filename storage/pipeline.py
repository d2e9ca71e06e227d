"""Where each project stands, and what is known of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_, func, select

from storage.database import Record, Transaction
from storage.tables import audition, expense, note, person, presence, project, stage


async def standings(tx: Transaction, actor_id: int, kinds: Collection[str]) -> Sequence[Record]:
    """The last stage of each project that is of one of these kinds (project_id, title, kind, at), the latest first."""
    ranked = (
        select(
            stage.c.project_id,
            stage.c.kind,
            stage.c.at,
            func.row_number()
            .over(partition_by=stage.c.project_id, order_by=(stage.c.at.desc(), stage.c.id.desc()))
            .label("place"),
        )
        .where(stage.c.actor_id == actor_id, stage.c.kind.in_(kinds))
        .subquery()
    )
    found = await tx.execute(
        select(ranked.c.project_id, ranked.c.kind, ranked.c.at, project.c.title)
        .join(project, project.c.id == ranked.c.project_id)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.at.desc(), ranked.c.project_id.desc())
    )
    return found.all()


async def read_only(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """The projects of which nothing but auditions is kept (project_id, title, `later` rounds), the latest first."""
    told = select(stage.c.id).where(stage.c.project_id == project.c.id).exists()
    is_later = func.max(audition.c.round).label("later")
    found = await tx.execute(
        select(project.c.id.label("project_id"), project.c.title, is_later)
        .join(audition, audition.c.project_id == project.c.id)
        .where(project.c.actor_id == actor_id, ~told)
        .group_by(project.c.id, project.c.title)
        .order_by(func.max(audition.c.on).desc(), project.c.id.desc())
    )
    return found.all()


async def notes_of(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The notes to people met for a project, about those days or its booking; the oldest first."""
    met = (
        select(presence.c.id)
        .join(audition, audition.c.id == presence.c.audition_id)
        .where(presence.c.person_id == note.c.person_id, audition.c.day == note.c.day)
        .where(audition.c.project_id == project_id)
        .exists()
    )
    is_about = (note.c.booked_id == project_id) | (note.c.booked_id.is_(None) & met)
    found = await tx.execute(
        select(note, person.c.name, person.c.greeting)
        .join(person, person.c.id == note.c.person_id)
        .where(and_(note.c.actor_id == actor_id, is_about))
        .order_by(note.c.day, note.c.id)
    )
    return found.all()


async def spent_on(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """What a project has cost, by currency: currency, minor."""
    found = await tx.execute(
        select(expense.c.currency, func.sum(expense.c.minor).label("minor"))
        .where(expense.c.actor_id == actor_id, expense.c.project_id == project_id)
        .group_by(expense.c.currency)
        .order_by(expense.c.currency)
    )
    return found.all()
