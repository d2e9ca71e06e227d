"""What the books of a year are made from beside the expenses themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import extract, func, select

from storage.database import Record, Transaction
from storage.tables import expense, file, receipt


async def years(tx: Transaction, actor_id: int) -> list[int]:
    """The years in which an actor spent anything, the latest first."""
    year = extract("year", expense.c.day)
    found = await tx.execute(select(year).where(expense.c.actor_id == actor_id).distinct())
    return sorted((int(one) for one in found.scalars()), reverse=True)


async def count(tx: Transaction, actor_id: int, first: date, last: date) -> int:
    """How many expenses there are from one day to another, both within."""
    mine = (expense.c.actor_id == actor_id, expense.c.day.between(first, last))
    return int((await tx.execute(select(func.count()).select_from(expense).where(*mine))).scalar_one())


async def papers(tx: Transaction, actor_id: int, first: date, last: date) -> Sequence[Record]:
    """The receipts that are kept, in the order of their expenses: expense_id, file_id, mime, size."""
    mine = (expense.c.actor_id == actor_id, expense.c.day.between(first, last), file.c.state == "kept")
    found = await tx.execute(
        select(receipt.c.expense_id, receipt.c.file_id, file.c.mime, file.c.size)
        .join(expense, expense.c.id == receipt.c.expense_id)
        .join(file, file.c.id == receipt.c.file_id)
        .where(*mine)
        .order_by(expense.c.day, expense.c.id, receipt.c.id)
    )
    return found.all()


async def contents(tx: Transaction, actor_id: int, file_ids: Collection[int]) -> dict[int, bytes]:
    """The bytes of those of these files that are kept."""
    kept = (file.c.actor_id == actor_id, file.c.id.in_(file_ids), file.c.state == "kept")
    found = await tx.execute(select(file.c.id, file.c.content).where(*kept))
    return {row.id: row.content for row in found}
