"""A year of expenses: read in the loop, and put together where there is time for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from handlers.expenses.books import Paper, Row
from handlers.expenses.ledger import Book
from handlers.expenses.rows import purpose_of, told_of
from handlers.reading.customs import Customs, country_of, customs_of
from storage import actors, expenses
from storage import books as book_rows
from storage.database import Record, Transaction
from storage.expenses import Cut


@dataclass(frozen=True)
class Rows:
    """The rows of a book as they are stored."""

    year: int
    actor: Record
    expenses: Sequence[Record]
    papers: Sequence[Record]


@dataclass(frozen=True)
class Loaded:
    """A book, how its actor's country writes, and the currency the actor counts in."""

    book: Book
    customs: Customs
    currency: str


def days_of(year: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


async def load_year(tx: Transaction, actor_id: int, year: int) -> Rows:
    """All of a year."""
    return await load_days(tx, actor_id, *days_of(year))


async def load_days(tx: Transaction, actor_id: int, first: date, last: date) -> Rows:
    """All from one day to another, both within; the book is named for the first."""
    actor = (await actors.load(tx, [actor_id]))[actor_id]
    found = await expenses.every(tx, actor_id, Cut(first, last))
    return Rows(first.year, actor, found, await book_rows.papers(tx, actor_id, first, last))


def put_together(rows: Rows) -> Loaded:
    """The book of these rows."""
    papers: dict[int, list[Paper]] = defaultdict(list)
    for one in rows.papers:
        papers[one.expense_id].append(Paper(one.file_id, one.mime, one.size))
    zone, actor = ZoneInfo(rows.actor.zone), rows.actor
    customs = customs_of(actor.country or country_of(actor.zone))
    told = tuple(_row(row, zone, papers[row.id]) for row in rows.expenses)
    return Loaded(Book(rows.year, customs.country, told), customs, actor.currency or customs.currency)


def _row(row: Record, zone: ZoneInfo, papers: Sequence[Paper]) -> Row:
    # A drive's purpose is stored in full; what is told again leaves out what the project says already.
    told = replace(told_of(row), purpose=row.purpose)
    audition = purpose_of(row.title, row.round, is_of_round=True) if row.audition_id is not None else ""
    return Row(told, row.logged_at.astimezone(zone).replace(tzinfo=None), audition, tuple(papers))
