"""The books as a workbook: what is a number is a number, nothing is a formula, and no text can become one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from handlers.expenses import books, categories
from handlers.expenses.amounts import exact
from handlers.expenses.books import US, Row
from handlers.expenses.currencies import minor_digits
from handlers.expenses.expense import Money
from handlers.expenses.ledger import DRIVE, Book, Cell, Column, clean, columns, destination, purpose, rate

NOT_ADVICE = "Not tax advice."
PROVISIONAL = "Provisional: no rate was published for this day."
UNITS = {"mi": "miles"}


def workbook(book: Book) -> bytes:
    """The workbook: Summary, Expenses, Mileage, Receipts missing; a sheet with nothing in it is left out."""
    out = BytesIO()
    file = _File(out, book)
    _summary(file, book)
    told = columns(book)
    file.sheet("Expenses", told, book.rows)
    _mileage(file, book)
    if missing := books.missing(book.rows, book.country):
        file.sheet("Receipts missing", [column for column in told if column.head != "Receipt"], missing)
    file.close()
    return out.getvalue()


class _File:
    """A workbook in the making, with what the sheets have in common."""

    def __init__(self, out: BytesIO, book: Book) -> None:
        import xlsxwriter  # noqa: PLC0415 - only who exports waits for it

        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._file = xlsxwriter.Workbook(out, {"in_memory": True, **plain})
        logged = max((row.logged_at for row in book.rows), default=datetime(book.year, 1, 1))  # noqa: DTZ001
        self._file.set_properties({"title": f"Expenses {book.year}", "created": logged})
        self._formats: dict[tuple[str, bool], Any] = {}

    def close(self) -> None:
        """All is written."""
        self._file.close()

    def add(self, name: str, columns: Sequence[Column], top: int = 0) -> Any:
        """A sheet whose head, in the row `top`, stays in sight."""
        sheet = self._file.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(top, at, column.head, self._format("@", is_bold=True))
        sheet.freeze_panes(top + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        return sheet

    def sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> Any:
        """A sheet of rows, which can be filtered."""
        sheet = self.add(name, columns)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        for at, row in enumerate(rows, start=1):
            self.line(sheet, at, [column.of(row) for column in columns])
        return sheet

    def line(self, sheet: Any, at: int, cells: Iterable[Cell], *, is_bold: bool = False) -> None:
        """One row of cells."""
        for column, cell in enumerate(cells):
            self._cell(sheet, (at, column), cell, is_bold=is_bold)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell, *, is_bold: bool) -> None:
        if isinstance(cell, str):
            if text := clean(cell):
                sheet.write_string(*at, text, self._format("@", is_bold=is_bold))
        elif isinstance(cell, datetime):
            sheet.write_datetime(*at, cell, self._format("yyyy-mm-dd hh:mm", is_bold=is_bold))
        elif isinstance(cell, date):
            sheet.write_datetime(*at, cell, self._format("yyyy-mm-dd", is_bold=is_bold))
        elif isinstance(cell, Money):
            sheet.write_number(*at, exact(cell), self._format(_money_format(cell.currency), is_bold=is_bold))
        elif cell is not None:
            sheet.write_number(*at, cell, self._format("General", is_bold=is_bold))

    def _format(self, shown: str, *, is_bold: bool) -> Any:
        if (shown, is_bold) not in self._formats:
            self._formats[shown, is_bold] = self._file.add_format({"num_format": shown, "bold": is_bold})
        return self._formats[shown, is_bold]


def _money_format(currency: str) -> str:
    decimals = minor_digits(currency)
    point = f".{'0' * decimals}" if decimals else ""
    return f'"{books.sign(currency)}"#,##0{point}'


def _summary(file: _File, book: Book) -> None:
    line = Column("Schedule C line", 26, lambda one: categories.line(one.key, book.year))
    told = (
        Column("Category", 30, lambda one: categories.label(one.key)),
        *((line,) if book.country == US else ()),
        Column("Expenses", 10, lambda one: one.count),
        Column("Amount", 14, lambda one: one.money),
        Column("Currency", 9, lambda one: one.money.currency),
    )
    sheet = file.add("Summary", told, top=3)
    file.line(sheet, 0, [f"Expenses {book.year}"], is_bold=True)
    of_year = f" Schedule C lines of tax year {book.year}." if book.country == US else ""
    file.line(sheet, 1, [NOT_ADVICE + of_year])
    at = 4
    for one in books.by_category(book.rows):
        file.line(sheet, at, [column.of(one) for column in told])
        at += 1
    at = _totals(file, sheet, at, len(told), book)
    for head, sums in (("By month", books.by_month(book.rows)), ("By project", books.by_project(book.rows))):
        at = _part(file, sheet, at + 1, len(told), (head, sums))


def _totals(file: _File, sheet: Any, at: int, width: int, book: Book) -> int:
    for money in books.totals(book.rows):
        count = sum(row.expense.money.currency == money.currency for row in book.rows)
        file.line(sheet, at, _wide("Total", width, count, money), is_bold=True)
        at += 1
    return at


def _part(file: _File, sheet: Any, at: int, width: int, part: tuple[str, Sequence[books.Sum]]) -> int:
    head, sums = part
    if not sums:
        return at - 1
    file.line(sheet, at, [head], is_bold=True)
    for one in sums:
        at += 1
        file.line(sheet, at, _wide(one.key, width, one.count, one.money))
    return at + 1


def _wide(name: str, width: int, count: int, money: Money) -> list[Cell]:
    """The cells of a sum, below the columns of the categories."""
    return [name, *[None] * (width - 4), count, money, money.currency]


def _mileage(file: _File, book: Book) -> None:
    rows = [row for row in book.rows if row.expense.trip]
    if not rows:
        return
    told = (
        Column("Day", 23, lambda row: row.expense.day),
        Column("Destination", 28, destination),
        Column("Purpose", 34, purpose),
        *DRIVE[:3],
        Column("Amount", 12, lambda row: row.expense.money),
        Column("Currency", 9, lambda row: row.expense.money.currency),
        Column("Logged", 17, lambda row: row.logged_at),
        Column("", 44, lambda row: PROVISIONAL if row.expense.trip.is_provisional else None),
    )
    sheet = file.sheet("Mileage", told, rows)
    for at, one in enumerate(books.drives(rows, book.country)):
        _drives(file, sheet, len(rows) + 2 + 3 * at, (one, book.country))


def _drives(file: _File, sheet: Any, at: int, of: tuple[books.Drives, str]) -> None:
    """The sum of the drives of one rate, and below it what the form asks for."""
    one, country = of
    price = rate(one.rate, one.money.currency)
    driven: list[Cell] = [f"{one.first} to {one.last}", "Total", "", one.distance, one.unit, price]
    file.line(sheet, at, [*driven, one.money, one.money.currency, None, _remark(one)], is_bold=True)
    if one.form:
        times = f"{UNITS.get(one.rated_unit, one.rated_unit)} x rate"
        head = f"For the form: {times}" if country == US else f"In all: {times}"
        asked: list[Cell] = ["", head, "", round(one.rated, 2), one.rated_unit, price]
        file.line(sheet, at + 1, [*asked, one.form, one.form.currency])


def _remark(one: books.Drives) -> str:
    """What is to be known of a total."""
    if one.rate is None:
        return "No rate: the distance alone."
    apart = ""
    if one.apart:
        money = Money(abs(one.apart), one.money.currency)
        apart = f"The line below is {exact(money)} {'more' if one.apart > 0 else 'less'}: each drive is rounded."
    return " ".join(x for x in (PROVISIONAL if one.is_provisional else "", apart) if x)
