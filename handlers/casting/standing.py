"""How a project stands, read off its history; `history` is always in the order of the way."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.casting.stages import Stage, is_stage, stage
from storage.database import Record

GOOD_READ = "good_read"
"""Noted beside the way: it moves nothing."""
_SILENT = ("submitted", GOOD_READ)


def kind_of(row: Record) -> Stage | None:
    """What the table says of its stage; None of what is noted beside the way."""
    return stage(row.kind) if is_stage(row.kind) else None


def current(history: Sequence[Record]) -> Record | None:
    """Where the project stands now."""
    return next((row for row in reversed(history) if kind_of(row)), None)


def is_over(history: Sequence[Record]) -> bool:
    """Whether nothing more is expected of it."""
    row = current(history)
    kind = kind_of(row) if row else None
    return bool(kind and kind.over)


def waits(row: Record, history: Sequence[Record]) -> bool:
    """Whether casting still waits for the answer to this one."""
    return bool(row.asks) and not row.answer and not is_overtaken(row, history)


def is_overtaken(row: Record, history: Sequence[Record]) -> bool:
    """Whether something later makes it history: an end, a booking, or the next of its sort (a room, or dates)."""
    return any(_overtakes(later, row) for later in history if (later.at, later.id) > (row.at, row.id))


def _overtakes(later: Record, row: Record) -> bool:
    kind, asked = kind_of(later), kind_of(row)
    if kind is None or asked is None or later.kind in _SILENT:
        return False
    return kind.over or kind.booking or kind.days == asked.days


def next_number(kind: str, told: int, history: Sequence[Record]) -> int:
    """Which callback it is: after one that was read at, the next, unless the words say which."""
    read = [row.number for row in history if row.kind == kind and row.audition_id is not None]
    return max(read) + 1 if told == 1 and read and stage(kind).numbered else told
