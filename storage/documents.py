"""Files that the bot made: a row with the bytes, until the message that brings them has left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from storage.database import Transaction
from storage.tables import document


async def add(tx: Transaction, values: dict[str, Any]) -> int:
    """One that goes out with a message; returns its id."""
    return int((await tx.execute(insert(document).values(values).returning(document.c.id))).scalar_one())
