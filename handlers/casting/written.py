"""A line written down: the row of its stage, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from handlers.casting import appointments, booked, booking_days, days
from handlers.casting.line import CastingLine
from handlers.casting.stages import is_stage, stage
from handlers.casting.standing import GOOD_READ, next_number
from handlers.desk import Desk
from handlers.messages import Message
from handlers.reading.dates import zoned
from storage import projects, stages
from storage.changes import Change
from storage.database import Record
from storage.tables import submission as submission_table


async def write_stage(desk: Desk, change: Change, line: CastingLine, project_id: int, before: Sequence[Record]) -> int:
    """The stage of a line; `before` is the history of its project so far. Returns its id."""
    kind = stage(line.stage) if is_stage(line.stage) else None
    is_tape = line.mode == "self-tape"
    by = zoned(line.deadline, desk.zone) if line.deadline and not is_tape else None
    values = {"words": line.what, "role": line.role, "size": line.size, "via": line.via}
    return await stages.add(
        change,
        project_id=project_id,
        kind=line.stage,
        number=next_number(line.stage, line.number, before),
        at=desk.at,
        asks=bool(kind and kind.asks),
        answer_by=by,
        instruction=line.instruction,
        audition_id=await _good_read_of(desk, project_id) if line.stage == GOOD_READ else None,
        **values,
    )


async def _good_read_of(desk: Desk, project_id: int) -> int | None:
    last = await projects.last_round(desk.tx, desk.actor.id, project_id)
    return int(last.id) if last is not None else None


async def write_rest(desk: Desk, change: Change, line: CastingLine, ids: tuple[int, int]) -> Message | None:
    """The days, the appointment, what was sent in; of a booking, its own card."""
    project_id, stage_id = ids
    kind = stage(line.stage) if is_stage(line.stage) else None
    if kind and kind.key == "submitted":
        await _submission(desk, change, line, stage_id)
    if kind and kind.key in ("wrapped", "aired"):
        await booking_days.wrap(desk, change, project_id)
    if kind and kind.over:
        await appointments.cancel(desk, change, project_id)
    if line.days:
        await days.keep_days(desk, change, stage_id, line.days)
    if kind and kind.booking:
        return await booked.begin(desk, change, project_id, stage_id, line)
    await appointments.keep(desk, change, line, project_id, stage_id)
    return None


async def _submission(desk: Desk, change: Change, line: CastingLine, stage_id: int) -> None:
    posted = zoned(datetime.combine(line.posted, line.posted_at or time()), desk.zone) if line.posted else None
    shown = {"headshot": line.headshot, "reel": line.reel, "posted_at": posted}
    await change.insert(submission_table, stage_id=stage_id, sent_at=desk.at, **shown)
