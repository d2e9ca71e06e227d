"""A booking, and what is still to be done for it."""

from __future__ import annotations

from handlers.casting.line import CastingLine
from handlers.desk import Desk
from handlers.messages import Message, plain
from storage import stages
from storage.changes import Change


async def begin(desk: Desk, change: Change, project_id: int, stage_id: int, line: CastingLine) -> Message:  # noqa: ARG001
    """The card of a booking that was just told."""
    row = await stages.find(desk.tx, desk.actor.id, stage_id)
    return plain(f"Booked: {row.title if row else line.project}. Congratulations.")
