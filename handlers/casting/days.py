"""Days that are marked, and what stands in their way."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.casting.line import Days, When
from handlers.desk import Desk
from storage.changes import Change
from storage.tables import stage_days


async def keep_days(desk: Desk, change: Change, stage_id: int, days: Sequence[Days]) -> None:  # noqa: ARG001
    """Mark the days of a stage."""
    for first, last in days:
        await change.insert(stage_days, stage_id=stage_id, first=first, last=last)


async def clashes(
    desk: Desk,  # noqa: ARG001
    project_id: int | None,  # noqa: ARG001
    days: Sequence[Days],  # noqa: ARG001
    when: When | None,  # noqa: ARG001
) -> tuple[str, ...]:
    """What stands in the way of these days or this time, a line each."""
    return ()
