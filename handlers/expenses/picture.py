"""The buttons under `/expenses`, and the picture behind [Chart]: a month by what it went to, a year by its months."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import long_work
from handlers.desk import Desk
from handlers.expenses import books, chart
from handlers.expenses.expense import Money
from handlers.expenses.load_book import Loaded, Rows, load_days, load_year, put_together
from handlers.expenses.showing import show_money
from handlers.long_work import Made, Maker
from handlers.messages import Choice
from handlers.reading.customs import MONTHS
from storage.database import Transaction

ALREADY = "On its way already."
TOO_LITTLE = "Too little for a picture yet: it takes three kinds."
FAILED = "The picture did not come together. Ask for it once more."


def buttons(span: str, categories: int) -> list[Choice]:
    """A picture, where it shows more than the words do, and of a year its books; `span` is 2026 or 2026-03."""
    found = []
    if categories >= chart.WORTH_IT and span[:4].isdecimal():
        found.append(Choice("Chart", f"expenses:chart:{span}"))
    if span.isdecimal():
        found.append(Choice("Export", f"expenses:export:{span}"))
    return found


async def press(desk: Desk, span: str) -> None:
    """Have it drawn."""
    year, _, month = span.partition("-")
    if not 1900 <= int(year) <= 2999 or (month and not 1 <= int(month) <= 12):
        desk.say("That one is gone.")
    elif not await long_work.ask(desk, "chart", int(year) * 100 + int(month or 0)):
        desk.say(ALREADY)


async def _load(tx: Transaction, actor_id: int, subject: int) -> tuple[Rows, int]:
    year, month = divmod(subject, 100)
    if not month:
        return await load_year(tx, actor_id, year), month
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return await load_days(tx, actor_id, first, last), month


def _make(data: tuple[Rows, int]) -> Made:
    loaded, month = put_together(data[0]), data[1]
    year, rows = loaded.book.year, loaded.book.rows
    head = f"{MONTHS[month - 1]} {year}" if month else str(year)
    drawn = None if month else chart.of_months(head, rows)
    drawn, by = (drawn, "by month") if drawn else (chart.of_categories(head, rows), "by kind")
    if drawn is None:
        return Made("", "", b"", TOO_LITTLE)
    name = f"expenses-{year}-{month:02}.png" if month else f"expenses-{year}.png"
    words = f"{head}, {by}: {show_money(drawn.total, loaded.customs)}.{_left_out(loaded, drawn.total)}"
    return Made(name, "image/png", chart.draw(drawn), words)


def _left_out(loaded: Loaded, total: Money) -> str:
    others = [one for one in books.totals(loaded.book.rows) if one.currency != total.currency]
    return f" Without {' and '.join(show_money(one, loaded.customs) for one in others)}." if others else ""


PICTURE = Maker(_load, _make, FAILED)
