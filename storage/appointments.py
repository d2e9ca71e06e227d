"""What stands in the calendar: rounds, tapes, fittings; each with the title of its project and its step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, update

from storage.database import Record, Transaction
from storage.tables import appointment, audition, note, person, presence, project, stage, stage_days, submission


def _whole() -> Any:
    """Appointments, each with `project`, and of the step that told of it `number`, `instruction`, `told_at`."""
    return (
        select(
            appointment,
            func.coalesce(project.c.title, "").label("project"),
            func.coalesce(stage.c.number, 1).label("number"),
            func.coalesce(stage.c.instruction, "").label("instruction"),
            stage.c.at.label("told_at"),
        )
        .join(project, project.c.id == appointment.c.project_id, isouter=True)
        .join(stage, stage.c.id == appointment.c.stage_id, isouter=True)
    )


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One appointment."""
    found = await tx.execute(_whole().where(appointment.c.actor_id == actor_id, appointment.c.id == id_))
    return found.first()


async def of_project(tx: Transaction, actor_id: int, project_id: int | None) -> Sequence[Record]:
    """All of a project, or those of none; in the order of their days."""
    found = await tx.execute(
        _whole()
        .where(appointment.c.actor_id == actor_id, appointment.c.project_id == project_id)
        .order_by(appointment.c.on, appointment.c.at, appointment.c.id)
    )
    return found.all()


async def planned(tx: Transaction, actor_id: int, since: date) -> Sequence[Record]:
    """What is still to take place, from a day on, in the order of the days."""
    found = await tx.execute(
        _whole()
        .where(appointment.c.actor_id == actor_id, appointment.c.state == "planned", appointment.c.on >= since)
        .order_by(appointment.c.on, appointment.c.at, appointment.c.id)
    )
    return found.all()


async def is_any_ahead(tx: Transaction, actor_id: int, since: date, open_steps: Collection[str]) -> bool:
    """Whether anything is in the calendar from a day on, or any step of these kinds was ever told."""
    ahead = select(appointment.c.id).where(appointment.c.actor_id == actor_id, appointment.c.on >= since)
    told = select(stage.c.id).where(stage.c.actor_id == actor_id, stage.c.kind.in_(open_steps))
    return bool((await tx.execute(select(or_(ahead.exists(), told.exists())))).scalar())


async def bump(tx: Transaction, id_: int) -> None:
    """A calendar takes only what has a higher number than before; so it rises by Undo as well."""
    await tx.execute(update(appointment).where(appointment.c.id == id_).values(sequence=appointment.c.sequence + 1))


async def set_zone(tx: Transaction, id_: int, zone: str) -> None:
    """The zone of its place was only assumed; no change of the actor's."""
    await tx.execute(update(appointment).where(appointment.c.id == id_).values(zone=zone))


async def told_of(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The steps of a project in the order they were told, each with the `last` of its days."""
    last = select(func.max(stage_days.c.last)).where(stage_days.c.stage_id == stage.c.id).scalar_subquery()
    found = await tx.execute(
        select(stage, last.label("last"))
        .where(stage.c.actor_id == actor_id, stage.c.project_id == project_id)
        .order_by(stage.c.at, stage.c.id)
    )
    return found.all()


async def rooms_of(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The auditions of a project, the latest first."""
    found = await tx.execute(
        select(audition)
        .where(audition.c.actor_id == actor_id, audition.c.project_id == project_id)
        .order_by(audition.c.on.desc(), audition.c.at.desc(), audition.c.id.desc())
    )
    return found.all()


async def chosen_headshot(tx: Transaction, actor_id: int, project_id: int) -> str:
    """The headshot that was last sent in for a project."""
    found = await tx.execute(
        select(submission.c.headshot)
        .join(stage, stage.c.id == submission.c.stage_id)
        .where(submission.c.actor_id == actor_id, stage.c.project_id == project_id, submission.c.headshot != "")
        .order_by(submission.c.id.desc())
        .limit(1)
    )
    return found.scalar() or ""


async def open_notes(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The notes to people met for a project that are neither sent nor skipped, each with the person's name."""
    met = (
        select(presence.c.id)
        .join(audition, audition.c.id == presence.c.audition_id)
        .where(presence.c.person_id == note.c.person_id, audition.c.day == note.c.day)
        .where(audition.c.project_id == project_id)
    )
    found = await tx.execute(
        select(note, person.c.name, person.c.greeting)
        .join(person, person.c.id == note.c.person_id)
        .where(note.c.actor_id == actor_id, note.c.state == "open", met.exists())
        .order_by(note.c.day, note.c.id)
    )
    return found.all()


async def projects_of_notes(tx: Transaction, actor_id: int, note_ids: Collection[int]) -> dict[int, set[int]]:
    """For each of these notes the projects it is about."""
    found = await tx.execute(
        select(note.c.id, audition.c.project_id)
        .join(presence, presence.c.person_id == note.c.person_id)
        .join(audition, (audition.c.id == presence.c.audition_id) & (audition.c.day == note.c.day))
        .where(note.c.actor_id == actor_id, note.c.id.in_(note_ids), audition.c.project_id.is_not(None))
    )
    about: dict[int, set[int]] = {}
    for note_id, project_id in found:
        about.setdefault(note_id, set()).add(project_id)
    return about


async def project_of(tx: Transaction, actor_id: int, project_id: int) -> Record | None:
    """One project."""
    found = await tx.execute(select(project).where(project.c.actor_id == actor_id, project.c.id == project_id))
    return found.first()


async def note_asked(tx: Transaction, project_id: int, on: date) -> None:
    """It was asked whether to park it; no change of the actor's."""
    await tx.execute(update(project).where(project.c.id == project_id).values(asked_silent_on=on))
