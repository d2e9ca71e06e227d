"""`/expenses export 2026`: the workbook of a year, and beside it the plain rows, or all receipts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers import long_work
from handlers.desk import Desk
from handlers.expenses import books
from handlers.expenses.expense import Trip
from handlers.expenses.ledger import rows_as_csv
from handlers.expenses.load_book import Loaded, Rows, days_of, load_year, put_together
from handlers.expenses.receipts_zip import MOST, cuts, named, packed
from handlers.expenses.sheets import NOT_ADVICE, workbook
from handlers.expenses.showing import show_distance, show_money
from handlers.long_work import Made, Maker
from handlers.messages import Choice, Message
from handlers.reading.spelling import fold
from storage import books as book_rows
from storage.database import Record, Transaction

MANY = 500
"""So many expenses take long enough to say so."""
MOST_PARTS, MOST_YEARS = 99, 6
UNDER_WAY = "Under way. A minute at most."
ALREADY = "That one is under way already."
HOW = "A year at a time, like: /expenses export 2026."
GONE = "Nothing is left to export there."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ASKED = re.compile(r"export(?: (?:(?P<year>(?:19|20)[0-9]{2})|(?P<near>this|last)(?: year)?|(?P<else>.+)))?")


async def command(desk: Desk, rest: str) -> bool:
    """`/expenses export`, `... export last year`; False where the words ask for no export."""
    found = _ASKED.fullmatch(fold(rest[:200]))
    if found is None:
        return False
    if found["else"]:
        desk.say(HOW)
    else:
        this = desk.local.year
        await ask(desk, int(found["year"] or this - (found["near"] == "last")))
    return True


async def press(desk: Desk, year: str) -> None:
    """The button of another year."""
    if date.min.year <= int(year):
        await ask(desk, int(year))
    else:
        desk.say("That one is gone.")


async def ask(desk: Desk, year: int) -> None:
    """Have the books of a year made, or say that there are none."""
    count = await book_rows.count(desk.tx, desk.actor.id, *days_of(year))
    if not count:
        await _nothing(desk, year)
        return
    if not await long_work.ask(desk, "export", year):
        desk.say(ALREADY)
        return
    papers = await book_rows.papers(desk.tx, desk.actor.id, *days_of(year))
    _, parts = _cuts(papers)
    for part in range(1, len(parts) + 1):
        await long_work.ask(desk, "receipts", year * 100 + part)
    if not parts:
        await long_work.ask(desk, "rows", year)
    if parts or count >= MANY:
        desk.say(UNDER_WAY)


async def _nothing(desk: Desk, year: int) -> None:
    found = (await book_rows.years(desk.tx, desk.actor.id))[:MOST_YEARS]
    buttons = tuple(Choice(str(one), f"expenses:export:{one}") for one in found)
    hint = "There is:" if found else "Like: /expense 12 parking."
    desk.say(Message((f"Nothing spent in {year}. {hint}",), choices=(buttons,) if buttons else ()))


# Made beside the talk


@dataclass(frozen=True)
class Part:
    """One part of the receipts, of `count`: which of them, and their bytes by the ids of the files."""

    rows: Rows
    number: int
    count: int
    which: slice
    contents: dict[int, bytes]


def _cuts(papers: Sequence[Record]) -> tuple[list[int], tuple[slice, ...]]:
    """The files in their order, each once, and how they are parted."""
    sizes = {one.file_id: one.size for one in papers}
    return list(sizes), cuts(list(sizes.values()), MOST)[:MOST_PARTS]


async def _load_part(tx: Transaction, actor_id: int, subject: int) -> Part:
    year, number = divmod(subject, 100)
    rows = await load_year(tx, actor_id, year)
    file_ids, parts = _cuts(rows.papers)
    which = parts[number - 1] if number <= len(parts) else slice(0)
    return Part(rows, number, len(parts), which, await book_rows.contents(tx, actor_id, file_ids[which]))


def _name(what: str, year: int, ending: str) -> str:
    return f"buttonhook-{what}-{year}.{ending}"


def _make_workbook(rows: Rows) -> Made:
    loaded = put_together(rows)
    if not loaded.book.rows:
        return Made("", "", b"", GONE)
    name = _name("expenses", rows.year, "xlsx")
    return Made(name, XLSX, workbook(loaded.book), f"{told(loaded)}. {NOT_ADVICE}")


def _make_rows(rows: Rows) -> Made:
    loaded = put_together(rows)
    if not loaded.book.rows:
        return Made("", "", b"", GONE)
    name = _name("expenses", rows.year, "csv")
    return Made(name, "text/csv", rows_as_csv(loaded.book), "The same as plain rows.")


def _make_part(part: Part) -> Made:
    if not part.contents:
        return Made("", "", b"", GONE)
    loaded = put_together(part.rows)
    receipts = named(loaded.book.rows, loaded.currency)[part.which]
    year, beside = part.rows.year, {}
    if part.number == 1:
        beside[_name("expenses", year, "xlsx")] = workbook(loaded.book)
        beside[_name("expenses", year, "csv")] = rows_as_csv(loaded.book)
    of = f"{part.number} of {part.count}" if part.count > 1 else ""
    words = _receipts(len(part.contents)) + (f", part {of}." if of else ".")
    words += " The expenses are in it too." if beside else ""
    name = f"buttonhook-receipts-{year} {of}".rstrip() + ".zip"
    return Made(name, "application/zip", packed(receipts, part.contents, beside), words)


def _receipts(count: int) -> str:
    return f"{count} receipt{'s' if count > 1 else ''}"


def told(loaded: Loaded) -> str:
    """What is in a book: "41 expenses, $1,234.50 · 212.4 mi"."""
    rows = loaded.book.rows
    count = f"{len(rows):,} expense{'s' if len(rows) > 1 else ''}"
    money = " and ".join(show_money(total, loaded.customs) for total in books.totals(rows))
    driven = (show_distance(Trip(distance, unit), loaded.customs) for unit, distance in books.distances(rows).items())
    return " · ".join((f"{count}, {money}", *driven))


WORKBOOK = Maker(load_year, _make_workbook)
ROWS = Maker(load_year, _make_rows)
RECEIPTS = Maker(_load_part, _make_part)
