"""What the books of a year are made from beside the expenses themselves."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import extract, select

from storage.database import Transaction
from storage.tables import expense, file


async def years(tx: Transaction, actor_id: int) -> list[int]:
    """The years in which an actor spent anything, the latest first."""
    year = extract("year", expense.c.day)
    found = await tx.execute(select(year).where(expense.c.actor_id == actor_id).distinct())
    return sorted((int(one) for one in found.scalars()), reverse=True)


async def contents(tx: Transaction, actor_id: int, file_ids: Collection[int]) -> dict[int, bytes]:
    """The bytes of those of these files that are kept."""
    kept = (file.c.actor_id == actor_id, file.c.id.in_(file_ids), file.c.state == "kept")
    found = await tx.execute(select(file.c.id, file.c.content).where(*kept))
    return {row.id: row.content for row in found}
