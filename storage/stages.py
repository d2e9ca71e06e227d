"""The way of each project: the stages it was told to have come to, and what casting waits to hear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.changes import Change
from storage.database import Record, Transaction
from storage.tables import appointment, project, stage, stage_days, submission

MOST_FIGURES = 200


async def add(change: Change, **values: Any) -> int:
    """Write a stage down; returns its id."""
    return await change.insert(stage, **values)


def _with_title() -> Any:
    return select(stage, project.c.title, project.c.kind.label("project_kind")).join(project)


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One stage with the `title` and the `project_kind` of its project."""
    found = await tx.execute(_with_title().where(stage.c.actor_id == actor_id, stage.c.id == id_))
    return found.first()


async def history(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """All stages of a project, in the order of the way."""
    found = await tx.execute(
        _with_title()
        .where(stage.c.actor_id == actor_id, stage.c.project_id == project_id)
        .order_by(stage.c.at, stage.c.id)
    )
    return found.all()


async def unanswered(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """The stages on which casting was not answered, the latest first; some may be overtaken by now."""
    found = await tx.execute(
        _with_title()
        .where(stage.c.actor_id == actor_id, stage.c.asks, stage.c.answer == "")
        .order_by(stage.c.at.desc(), stage.c.id.desc())
    )
    return found.all()


async def of_audition(tx: Transaction, actor_id: int, audition_id: int) -> Record | None:
    """The stage that a logged audition is."""
    found = await tx.execute(
        select(stage).where(stage.c.actor_id == actor_id, stage.c.audition_id == audition_id).limit(1)
    )
    return found.first()


async def days_of(tx: Transaction, actor_id: int, stage_id: int) -> Sequence[Record]:
    """The spans of days of a stage: first, last."""
    found = await tx.execute(
        select(stage_days)
        .where(stage_days.c.actor_id == actor_id, stage_days.c.stage_id == stage_id)
        .order_by(stage_days.c.first, stage_days.c.id)
    )
    return found.all()


async def submission_of(tx: Transaction, actor_id: int, stage_id: int) -> Record | None:
    """What was sent in with a submission."""
    found = await tx.execute(
        select(submission).where(submission.c.actor_id == actor_id, submission.c.stage_id == stage_id).limit(1)
    )
    return found.first()


async def appointment_of(tx: Transaction, actor_id: int, stage_id: int) -> int | None:
    """The last appointment of a stage, whatever became of it."""
    found = await tx.execute(
        select(func.max(appointment.c.id)).where(appointment.c.actor_id == actor_id, appointment.c.stage_id == stage_id)
    )
    id_: int | None = found.scalar()
    return id_


async def last_told_by(tx: Transaction, actor_id: int, but: Collection[str]) -> str:
    """Who told of a stage last, other than these; empty where nobody is known."""
    found = await tx.execute(
        select(stage.c.via)
        .where(stage.c.actor_id == actor_id, stage.c.via != "", func.lower(stage.c.via).not_in(but))
        .where(stage.c.kind != "submitted")
        .order_by(stage.c.at.desc(), stage.c.id.desc())
        .limit(1)
    )
    return found.scalar() or ""


async def answer_times(tx: Transaction, actor_id: int) -> list[tuple[datetime, datetime]]:
    """When each was told and when it was answered, the latest first."""
    found = await tx.execute(
        select(stage.c.at, stage.c.answered_at)
        .where(stage.c.actor_id == actor_id, stage.c.asks, stage.c.answered_at.is_not(None))
        .order_by(stage.c.answered_at.desc(), stage.c.id.desc())
        .limit(MOST_FIGURES)
    )
    return [(row.at, row.answered_at) for row in found]
