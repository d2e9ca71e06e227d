"""A round that was logged is a stage of its project, told in the same change."""

from __future__ import annotations

import re
from datetime import datetime, time

from handlers.audition import Audition
from handlers.casting.appointments import LATER_ROUNDS
from handlers.casting.stages import stage, stage_called
from handlers.desk import Desk
from handlers.reading.dates import zoned
from storage import auditions, stages
from storage.changes import Change
from storage.tables import stage as stage_table

_NTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th) (.+)")
NOON = time(12)


async def write(desk: Desk, change: Change, audition: Audition, audition_id: int) -> None:
    """Write the stage of a round, over the one that it had before; without a project there is none."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    old = await stages.of_audition(desk.tx, desk.actor.id, audition_id)
    if saved is None or saved.project_id is None:
        if old is not None:
            await change.delete(stage_table, old.id)
        return
    kind, number = kind_of(audition.round)
    values = {"project_id": saved.project_id, "kind": kind, "number": number, "role": saved.role, "size": saved.size}
    if old is None:
        await stages.add(change, audition_id=audition_id, at=_moment(desk, audition), **values)
    elif any(getattr(old, name) != value for name, value in values.items()):
        await change.update(stage_table, old.id, **values)


def kind_of(round_: str) -> tuple[str, int]:
    """The stage of a round's name, and which it is: "2nd callback" is ("callback", 2)."""
    found = _NTH.fullmatch(round_)
    named = stage_called(found[2] if found else round_) if round_ else None
    if named is None or named.key not in LATER_ROUNDS:
        return "auditioned", 1
    return named.key, int(found[1]) if found and stage(named.key).numbered else 1


def _moment(desk: Desk, audition: Audition) -> datetime:
    """When it was; told of a day to come, when it was told."""
    when = audition.when
    if when.at is None and when.day == desk.local.date():
        return desk.at
    return min(desk.at, zoned(datetime.combine(when.day, when.at or NOON), desk.zone))
