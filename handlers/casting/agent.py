"""What the actor's agent is called; nobody says it once for all, so it is read off what was told."""

from __future__ import annotations

from handlers.casting.told import rep_of
from handlers.desk import Desk
from storage import stages

NOBODY = "your agent"


async def agent_name(desk: Desk, project_id: int | None = None) -> str:
    """Who told of this project last, else of any; else the agent among the people; else "your agent"."""
    history = await stages.history(desk.tx, desk.actor.id, project_id) if project_id is not None else ()
    via = next((row.via for row in reversed(history) if row.via and row.kind != "submitted"), "")
    return await rep_of(desk, via) or NOBODY
