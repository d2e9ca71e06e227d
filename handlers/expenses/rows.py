"""An expense as its row, tied to what it names, and a row as it would be told again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from handlers.desk import Desk
from handlers.expenses.expense import Expense, Money, Trip
from handlers.reading.spelling import fold
from storage import expenses, people, projects
from storage.database import Record

FIRST = "first"
"""The round of a project's first audition, which has no other name."""
HUNDREDTHS = 100


async def values_of(desk: Desk, told: Expense) -> dict[str, Any]:
    """An expense as its row, tied to the project, the round and the person it names."""
    trip, project_id = told.trip, told.project_id
    title = await _title(desk, project_id)
    round_ = await _round_of(desk, told) if title else None
    person = await people.among(desk.tx, desk.actor.id, [told.person_id]) if told.person_id is not None else {}
    row: dict[str, Any] = {
        "day": told.day,
        "minor": told.money.minor,
        "currency": told.money.currency,
        "category": told.category,
        "project_id": project_id if title else None,
        "audition_id": round_.id if round_ else None,
        "person_id": told.person_id if person else None,
        "round": told.round,
        "payee": told.payee,
        "note": told.note,
        "purpose": told.purpose,
        "basis": told.basis,
    }
    if trip:
        row |= {"distance": int(trip.distance * HUNDREDTHS), "unit": trip.unit, "destination": trip.destination}
        row |= {"rate": trip.rate, "is_provisional": trip.is_provisional}
        row["purpose"] = told.purpose or purpose_of(
            title, round_.round if round_ else told.round, is_of_round=bool(round_)
        )
    return row


async def _title(desk: Desk, project_id: int | None) -> str:
    known = await projects.known(desk.tx, desk.actor.id) if project_id is not None else ()
    return next((row.title for row in known if row.id == project_id), "")


async def _round_of(desk: Desk, told: Expense) -> Record | None:
    """The round it was for: the one that was named, else that day's, else the last."""
    rounds = await expenses.rounds_of(desk.tx, desk.actor.id, told.project_id or 0)
    if told.round:
        said = _plain(told.round)
        return next((r for r in rounds if _plain(r.round) == said), None) or next(
            (r for r in rounds if said and said in _plain(r.round)), None
        )
    of_day = [r for r in rounds if told.day in (r.on, r.day)]
    return next(iter((*of_day, *rounds)), None)


async def of_project(desk: Desk, row: Record, project_id: int | None) -> dict[str, Any]:
    """What changes in a row when it belongs to another project, or to none."""
    told = replace(told_of(row), project_id=project_id, round="")
    values = await values_of(desk, told)
    return {name: values[name] for name in ("project_id", "audition_id", "round", "purpose")}


def _plain(round_: str) -> str:
    """A round to be compared: the first callback is the callback, and the first audition has no name."""
    return "" if round_ == FIRST else fold(round_).removeprefix("1st ")


def purpose_of(title: str, round_: str, *, is_of_round: bool) -> str:
    """What a drive was for, as its project tells: "audition, Copper Falls, 1st callback"."""
    is_audition = is_of_round or bool(round_)
    named = "" if round_ == FIRST else round_
    return ", ".join(x for x in ("audition" if is_audition else "", title, named) if x) if title else ""


def told_of(row: Record) -> Expense:
    """A kept expense as it would be told again."""
    trip = None
    if row.distance is not None:
        distance = Decimal(row.distance) / HUNDREDTHS
        trip = Trip(distance, row.unit, row.destination, row.rate, row.is_provisional)
    is_of_day = row.audition_id is not None and row.day in (row.round_on, row.round_day)
    round_ = row.round or ((row.round_name or FIRST) if is_of_day and row.title else "")
    return Expense(
        Money(row.minor, row.currency), row.category, row.day, row.title, row.project_id, round_,
        row.payee or row.person_name, row.person_id, row.note, _own_purpose(row), trip, basis=row.basis, record=row.id,
    )  # fmt: skip


def _own_purpose(row: Record) -> str:
    """What it was for, where that is not what its project says already."""
    is_of_round = row.audition_id is not None
    made = purpose_of(row.title, row.round_name if is_of_round else row.round, is_of_round=is_of_round)
    return "" if row.distance is not None and row.purpose == made else str(row.purpose)
