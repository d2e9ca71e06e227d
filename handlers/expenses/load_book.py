"""A year of expenses, read as the books need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from handlers.expenses.books import Paper, Row
from handlers.expenses.keep import purpose_of, told_of
from handlers.expenses.ledger import Book
from handlers.reading.customs import Customs, country_of, customs_of
from storage import actors, expenses
from storage.database import Record, Transaction
from storage.expenses import Cut


@dataclass(frozen=True)
class Loaded:
    """A book, how its actor's country writes, and the currency the actor counts in."""

    book: Book
    customs: Customs
    currency: str


async def load_year(tx: Transaction, actor_id: int, year: int) -> Loaded:
    """All of a year."""
    return await load_days(tx, actor_id, date(year, 1, 1), date(year, 12, 31))


async def load_days(tx: Transaction, actor_id: int, first: date, last: date) -> Loaded:
    """All from one day to another, both within; the book is named for the first."""
    actor = (await actors.load(tx, [actor_id]))[actor_id]
    found = await expenses.every(tx, actor_id, Cut(first, last))
    papers = await _papers(tx, actor_id, [row.id for row in found])
    zone = ZoneInfo(actor.zone)
    customs = customs_of(actor.country or country_of(actor.zone))
    rows = tuple(_row(row, zone, papers[row.id]) for row in found)
    return Loaded(Book(first.year, customs.country, rows), customs, actor.currency or customs.currency)


async def _papers(tx: Transaction, actor_id: int, ids: Sequence[int]) -> dict[int, list[Paper]]:
    papers: dict[int, list[Paper]] = defaultdict(list)
    for row in await expenses.receipts(tx, actor_id, ids) if ids else ():
        if row.state == "kept":
            papers[row.expense_id].append(Paper(row.file_id, row.mime, row.size))
    return papers


def _row(row: Record, zone: ZoneInfo, papers: Sequence[Paper]) -> Row:
    # A drive's purpose is stored in full; what is told again leaves out what the project says already.
    told = replace(told_of(row), purpose=row.purpose)
    audition = purpose_of(row.title, row.round, has_round=True) if row.audition_id is not None else ""
    return Row(told, row.logged_at.astimezone(zone).replace(tzinfo=None), audition, tuple(papers))
