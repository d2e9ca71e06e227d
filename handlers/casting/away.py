"""Days on which the actor is away."""

from __future__ import annotations

from handlers.casting.line import CastingLine
from handlers.desk import Desk


async def take(desk: Desk, line: CastingLine) -> None:
    """Mark the days, with a text for the agent."""
