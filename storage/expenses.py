"""What actors spent: the rows, their sums, the words taught for a category, and the receipts that go with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, extract, func, insert, select

from storage.database import Record, Transaction
from storage.tables import audition, change, expense, expense_word, file, person, project, receipt

HERE = ("kept", "fetching")
"""The states of a file that is there, or will be in a moment."""


@dataclass(frozen=True)
class Cut:
    """A part of what was spent, both days within; what is left empty leaves nothing out."""

    first: date | None = None
    last: date | None = None
    category: str = ""
    project_id: int | None = None


def _within(actor_id: int, cut: Cut) -> list[ColumnElement[bool]]:
    wanted = [expense.c.actor_id == actor_id]
    if cut.first:
        wanted.append(expense.c.day >= cut.first)
    if cut.last:
        wanted.append(expense.c.day <= cut.last)
    if cut.category:
        wanted.append(expense.c.category == cut.category)
    if cut.project_id is not None:
        wanted.append(expense.c.project_id == cut.project_id)
    return wanted


def _told() -> Any:
    """Expenses, each with the `title` of its project, the `person_name`, and of its round day and name."""
    return (
        select(
            expense,
            func.coalesce(project.c.title, "").label("title"),
            func.coalesce(person.c.name, "").label("person_name"),
            audition.c.on.label("round_on"),
            audition.c.day.label("round_day"),
            func.coalesce(audition.c.round, "").label("round_name"),
        )
        .select_from(expense)
        .join(project, project.c.id == expense.c.project_id, isouter=True)
        .join(person, person.c.id == expense.c.person_id, isouter=True)
        .join(audition, audition.c.id == expense.c.audition_id, isouter=True)
    )


async def among(tx: Transaction, actor_id: int, ids: Collection[int]) -> Sequence[Record]:
    """Those of these expenses that are the actor's, in the order they were told."""
    mine = (expense.c.actor_id == actor_id, expense.c.id.in_(ids))
    return (await tx.execute(_told().where(*mine).order_by(expense.c.id))).all()


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One expense with its `title` and `person_name`."""
    return next(iter(await among(tx, actor_id, [id_])), None)


async def every(tx: Transaction, actor_id: int, cut: Cut) -> Sequence[Record]:
    """All of a part, the oldest day first."""
    found = await tx.execute(_told().where(*_within(actor_id, cut)).order_by(expense.c.day, expense.c.id))
    return found.all()


async def page(tx: Transaction, actor_id: int, cut: Cut, offset: int, limit: int) -> Sequence[Record]:
    """A part from the newest day on."""
    newest = _told().where(*_within(actor_id, cut)).order_by(expense.c.day.desc(), expense.c.id.desc())
    return (await tx.execute(newest.offset(offset).limit(limit))).all()


_SUMS = (
    func.sum(expense.c.minor).label("minor"),
    func.sum(func.coalesce(expense.c.distance, 0)).label("distance"),
    func.count().label("many"),
)


async def sums(tx: Transaction, actor_id: int, cut: Cut) -> Sequence[Record]:
    """Of a part, by category, currency and unit of distance: minor units, hundredths of the unit, how many."""
    by = (expense.c.category, expense.c.currency, expense.c.unit)
    found = await tx.execute(select(*by, *_SUMS).where(*_within(actor_id, cut)).group_by(*by).order_by(*by))
    return found.all()


async def sums_by_month(tx: Transaction, actor_id: int, cut: Cut) -> Sequence[Record]:
    """The same for each month (`year`, `month`), the oldest first; for a chart or a sheet of the year."""
    month = (extract("year", expense.c.day).label("year"), extract("month", expense.c.day).label("month"))
    by = (expense.c.category, expense.c.currency, expense.c.unit)
    found = await tx.execute(
        select(*month, *by, *_SUMS).where(*_within(actor_id, cut)).group_by(*month, *by).order_by(*month, *by)
    )
    return found.all()


async def last_logged(tx: Transaction, actor_id: int, since: datetime) -> Record | None:
    """What was logged last since an instant; of several in one message, money before a drive."""
    newest = (expense.c.logged_at.desc(), expense.c.distance.is_not(None), expense.c.id)
    found = await tx.execute(
        _told().where(expense.c.actor_id == actor_id, expense.c.logged_at >= since).order_by(*newest).limit(1)
    )
    row: Record | None = found.first()
    return row


async def same(tx: Transaction, actor_id: int, values: dict[str, Any], since: datetime) -> int | None:
    """The newest expense with these very values that was logged since an instant."""
    alike = [expense.c[name].is_not_distinct_from(value) for name, value in values.items()]
    mine = (expense.c.actor_id == actor_id, expense.c.logged_at >= since)
    found: int | None = (await tx.execute(select(func.max(expense.c.id)).where(*mine, *alike))).scalar()
    return found


async def told_together(tx: Transaction, actor_id: int, subject: str) -> list[int]:
    """The expenses that came in one message, by the subject of the change that wrote them."""
    mine = (change.c.actor_id == actor_id, change.c.subject == subject)
    found = await tx.execute(select(change.c.rows).where(*mine).order_by(change.c.id).limit(1))
    rows = found.scalar() or []
    return [int(row["id"]) for row in rows if row["table"] == expense.name and row["before"] is None]


# The actor's own words for a category


async def words(tx: Transaction, actor_id: int) -> dict[str, str]:
    """The category of each (folded) word that the actor taught."""
    mine = expense_word.c.actor_id == actor_id
    found = await tx.execute(select(expense_word.c.folded, expense_word.c.category).where(mine))
    return {row.folded: row.category for row in found}


async def word(tx: Transaction, actor_id: int, folded: str) -> Record | None:
    """One word that the actor taught."""
    found = await tx.execute(
        select(expense_word).where(expense_word.c.actor_id == actor_id, expense_word.c.folded == folded)
    )
    return found.first()


# Where a drive led


async def rounds_of(tx: Transaction, actor_id: int, project_id: int) -> Sequence[Record]:
    """The auditions of a project, the last first: id, on, day, round, kind."""
    what = (audition.c.id, audition.c.on, audition.c.day, audition.c.round, audition.c.kind)
    found = await tx.execute(
        select(*what)
        .where(audition.c.actor_id == actor_id, audition.c.project_id == project_id)
        .order_by(audition.c.on.desc(), audition.c.id.desc())
    )
    return found.all()


# Receipts


async def attach(tx: Transaction, actor_id: int, expense_id: int, file_ids: Collection[int]) -> None:
    """Let files of the actor's go with an expense."""
    theirs = select(receipt.c.file_id).where(receipt.c.expense_id == expense_id)
    mine = (file.c.actor_id == actor_id, file.c.id.in_(file_ids), file.c.id.not_in(theirs))
    found = (await tx.execute(select(file.c.id).where(*mine).order_by(file.c.id))).scalars().all()
    if found:
        ids = {"actor_id": actor_id, "expense_id": expense_id}
        await tx.execute(insert(receipt), [ids | {"file_id": file_id} for file_id in found])


async def receipts(tx: Transaction, actor_id: int, expense_ids: Collection[int]) -> Sequence[Record]:
    """The files that go with these expenses: receipt id, expense_id, file_id, name, mime, size, state."""
    what = (receipt.c.id, receipt.c.expense_id, receipt.c.file_id, file.c.name, file.c.mime, file.c.size, file.c.state)
    mine = (receipt.c.actor_id == actor_id, receipt.c.expense_id.in_(expense_ids), file.c.state.in_(HERE))
    kept = select(*what).join(file, file.c.id == receipt.c.file_id).where(*mine)
    return (await tx.execute(kept.order_by(receipt.c.id))).all()


async def rows_of_receipts(tx: Transaction, actor_id: int, expense_ids: Collection[int]) -> Sequence[Record]:
    """What ties files to these expenses, whatever became of the files."""
    mine = (receipt.c.actor_id == actor_id, receipt.c.expense_id.in_(expense_ids))
    return (await tx.execute(select(receipt).where(*mine).order_by(receipt.c.id))).all()


async def of_file(tx: Transaction, actor_id: int, file_id: int) -> Record | None:
    """The expense that a file goes with."""
    told = _told().join(receipt, receipt.c.expense_id == expense.c.id)
    found = await tx.execute(told.where(receipt.c.actor_id == actor_id, receipt.c.file_id == file_id).limit(1))
    row: Record | None = found.first()
    return row
