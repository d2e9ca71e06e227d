"""What the actor's agent is called; nobody says it once for all, so it is read off what was told."""

from __future__ import annotations

from handlers.desk import Desk
from storage import people, stages

NOBODY = "your agent"
_REPS = ("agent", "manager")
_NO_NAMES = (
    *_REPS, "actors access", "casting networks", "casting frontier", "backstage", "breakdown", "spotlight", "mandy",
    "casting", "own", "e-mail", "email", "text", "phone",
)  # fmt: skip


async def agent_name(desk: Desk, project_id: int | None) -> str:
    """Who told of this project last, else of any; else the agent among the people; else "your agent"."""
    history = await stages.history(desk.tx, desk.actor.id, project_id) if project_id is not None else ()
    told = [r.via for r in reversed(history) if r.via and r.kind != "submitted" and r.via.casefold() not in _NO_NAMES]
    via = told[0] if told else await stages.last_told_by(desk.tx, desk.actor.id, _NO_NAMES)
    known = await people.known(desk.tx, desk.actor.id)
    named = via or next((row.greeting for row in reversed(known) if row.job in _REPS), "")
    said = named.casefold()
    return (
        next((row.greeting for row in known if said in (row.name.casefold(), row.greeting.casefold())), named) or NOBODY
    )
