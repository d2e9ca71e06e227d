"""A booking: what is still to be done for it, ticked off in place; its note; its credit."""

from __future__ import annotations

from handlers.casting.line import CastingLine
from handlers.desk import Desk
from handlers.messages import Message
from storage.changes import Change
from storage.database import Record


def subject(project_id: int) -> str:
    """The name of a booking's card in the outbox."""
    return f"booking:{project_id}"


async def begin(desk: Desk, change: Change, project_id: int, stage_id: int, line: CastingLine) -> Message:
    """The card of a booking that was just told; all it writes is part of `change`, which its teller keeps."""
    raise NotImplementedError


async def wrapped(desk: Desk, change: Change, project_id: int, stage_id: int) -> Message:
    """What is said of a project that has wrapped or aired: its credit, and once whether it shall be news."""
    raise NotImplementedError


async def press(desk: Desk, project_id: int, verb: str) -> None:
    """Do what a button of a booking says."""
    raise NotImplementedError


async def plan(desk: Desk, project_id: int) -> None:
    """Let the next reminder of what is open come; as often as one likes. For the renewal of a project."""
    raise NotImplementedError


async def nudge(desk: Desk, row: Record) -> bool:
    """Say what is still open; False where nothing is. `row`: what is due, its subject the project."""
    raise NotImplementedError
