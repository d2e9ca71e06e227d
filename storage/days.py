"""The days that are spoken for: marked by the stage a project has come to, or the actor is away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from storage.database import Record, Transaction
from storage.tables import appointment, away, project, stage, stage_days


def _later(frees: Collection[str]) -> Any:
    """A later stage of the same project that marks other days, or frees them."""
    later, days = stage.alias(), stage_days.alias()
    is_later = or_(later.c.at > stage.c.at, and_(later.c.at == stage.c.at, later.c.id > stage.c.id))
    marks = select(days.c.id).where(days.c.stage_id == later.c.id).exists()
    return (
        select(later.c.id)
        .where(later.c.actor_id == stage.c.actor_id, later.c.project_id == stage.c.project_id, is_later)
        .where(or_(later.c.kind.in_(frees), marks))
        .exists()
    )


async def held(
    tx: Transaction, actor_id: int, span: tuple[date, date], *, frees: Collection[str], unless: Collection[str]
) -> Sequence[Record]:
    """The marked days that still count and touch a span: those of the last stage of each project that has any.

    Each with `project_id`, `title`, `kind`, `number` and `answer` of its stage. A stage of a kind in `frees` after
    it, or an answer in `unless` to it, sets them free.
    """
    first, last = span
    found = await tx.execute(
        select(stage_days, stage.c.project_id, stage.c.kind, stage.c.number, stage.c.answer, project.c.title)
        .join(stage, stage.c.id == stage_days.c.stage_id)
        .join(project, project.c.id == stage.c.project_id)
        .where(stage_days.c.actor_id == actor_id, stage_days.c.first <= last, stage_days.c.last >= first)
        .where(stage.c.answer.not_in(unless), ~_later(frees))
        .order_by(stage_days.c.first, stage_days.c.id)
    )
    return found.all()


async def away_days(tx: Transaction, actor_id: int, span: tuple[date, date]) -> Sequence[Record]:
    """The times away that touch a span."""
    first, last = span
    found = await tx.execute(
        select(away)
        .where(away.c.actor_id == actor_id, away.c.first <= last, away.c.last >= first)
        .order_by(away.c.first, away.c.id)
    )
    return found.all()


async def shoots(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """Every shoot day of a project that is or was in the calendar (project_id, title, on, state), in their order."""
    found = await tx.execute(
        select(appointment.c.project_id, appointment.c.on, appointment.c.state, project.c.title)
        .join(project, project.c.id == appointment.c.project_id)
        .where(appointment.c.actor_id == actor_id, appointment.c.kind == "shoot")
        .order_by(appointment.c.on, appointment.c.id)
    )
    return found.all()
