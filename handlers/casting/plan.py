"""What the clock is to bring of a project, derived anew from its records as often as one likes."""

from __future__ import annotations

from handlers.casting import answer_now
from handlers.desk import Desk
from storage import stages
from storage.changes import Change
from storage.database import Record


async def renew(desk: Desk, project_id: int | None) -> None:
    """Plan all that waits for a project (or for appointments of none) as its records now stand.

    To be called after whatever changed a step, an appointment, or a round of it; twice is as good as once.
    """
    if project_id is not None:
        for row in await stages.history(desk.tx, desk.actor.id, project_id):
            await answer_now.plan(desk, row)


async def renew_all(desk: Desk) -> None:
    """The zone or the nudge time changed: what hangs on appointments follows the wall of their place."""


async def follow(desk: Desk, row: Record) -> None:
    """A change was taken back or put back: plan anew for every project that it touched."""


async def told(desk: Desk, change: Change, audition_id: int) -> None:
    """A round was logged: the appointment of that project and day has taken place."""
