"""What each kind of nudge says when its moment has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers.casting import answer_now
from handlers.desk import Desk
from storage.database import Record

NUDGED: dict[str, Callable[[Desk, Record], Awaitable[bool]]] = {"answer": answer_now.nudge}
