"""What is told of every expense in the books, column by column; and all of it as plain rows for another program."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from handlers.expenses import books, categories
from handlers.expenses.amounts import exact
from handlers.expenses.books import US, Row
from handlers.expenses.currencies import minor_digits
from handlers.expenses.expense import Money

LONGEST_CELL = 4000
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BASES = {"1099": "1099", "w2": "W-2"}

Cell = str | int | Decimal | date | datetime | Money | None


@dataclass(frozen=True)
class Book:
    """All that was spent in a year, the oldest day first; `country` is the actor's."""

    year: int
    country: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Column:
    """One column: its head, how wide it is in letters, and what stands in it."""

    head: str
    width: int
    of: Callable[[Any], Cell]


def columns(book: Book) -> tuple[Column, ...]:
    """What is told of every expense; words of the tax form in the United States only."""
    basis = Column("1099 / W-2", 11, lambda row: BASES.get(row.expense.basis, ""))
    return (
        Column("Day", 11, lambda row: row.expense.day),
        Column("Category", 20, lambda row: categories.label(row.expense.category)),
        Column("Amount", 12, lambda row: row.expense.money),
        Column("Currency", 9, lambda row: row.expense.money.currency),
        Column("Project", 22, lambda row: row.expense.project),
        Column("Payee", 20, lambda row: row.expense.payee),
        Column("Note", 34, lambda row: row.expense.note),
        Column("Purpose", 34, purpose),
        Column("Receipt", 9, lambda row: books.receipt(row, book.country)),
        *((basis,) if book.country == US else ()),
        Column("Logged", 17, lambda row: row.logged_at),
    )


DRIVE = (
    Column("Distance", 10, lambda row: row.expense.trip.distance),
    Column("Unit", 6, lambda row: row.expense.trip.unit),
    Column("Rate", 10, lambda row: rate(row.expense.trip.rate, row.expense.money.currency)),
    Column("Destination", 24, lambda row: row.expense.trip.destination),
)


def rate(tenths: int | None, currency: str) -> Decimal | None:
    """A rate in whole units of its currency: 725 of USD is 0.725."""
    return None if tenths is None else Decimal(tenths).scaleb(-1 - minor_digits(currency))


def destination(row: Row) -> str:
    """Where a drive led: the place, or whose it was."""
    trip = row.expense.trip
    return trip.destination if trip and trip.destination else row.expense.project


def purpose(row: Row) -> str:
    """What it was for: as it was told, or the audition it belongs to."""
    return row.expense.purpose or row.audition


# Rows for another program


def rows_as_csv(book: Book) -> bytes:
    """Every expense in UTF-8 with the mark that spreadsheets look for."""
    told = columns(book)
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.head for column in (*told, *DRIVE)])
    for row in book.rows:
        drive = [column.of(row) if row.expense.trip else None for column in DRIVE]
        writer.writerow([_plain(cell) for cell in (*(column.of(row) for column in told), *drive)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, Money):
        return str(exact(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        text = clean(cell)
        return f"'{text}" if text.startswith(_FORMULAS) else text
    return "" if cell is None else str(cell)


def clean(text: str) -> str:
    """A text for a cell: lines stay, signs that no file can hold go."""
    kept = "".join(char if _is_kept(char) else " " for char in text[:LONGEST_CELL])
    return kept.strip()


def _is_kept(char: str) -> bool:
    return char == "\n" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff")
