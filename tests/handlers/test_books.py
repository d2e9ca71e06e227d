"""The books: sums that agree wherever they stand, cells that stay texts, receipts under safe names, a small picture."""

from __future__ import annotations

import csv
import re
import subprocess
from collections import defaultdict
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from shutil import which
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.expenses import books, chart, sheets
from handlers.expenses.amounts import exact
from handlers.expenses.books import Paper, Row
from handlers.expenses.expense import Money
from handlers.expenses.ledger import Book, clean, rows_as_csv
from handlers.expenses.receipts_zip import OVERHEAD, cuts, named, packed
from handlers.expenses.sheets import workbook
from tests.ledgers import YEAR, by_hand, drive, rows, spent

SHEETS = ["Summary", "Expenses", "Mileage", "Receipts missing"]


def opened(book: Book) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook(book)))


def csv_of(book: Book) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(rows_as_csv(book).decode("utf-8-sig"), newline="")))


def summed(pairs: list[tuple[str, Any]]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for currency, value in pairs:
        totals[currency] += Decimal(str(value))
    return dict(totals)


def table_of(sheet: Any, top: int = 1) -> list[dict[str, Any]]:
    """The rows below a head, down to the first empty one."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]
    below = found[1:]
    end = next((at for at, row in enumerate(below) if not any(cell is not None for cell in row)), len(below))
    return [dict(zip(map(str, found[0]), row, strict=True)) for row in below[:end]]


# Sums


@given(rows())
@settings(max_examples=8, deadline=None)
def test_the_sums_the_workbook_and_the_rows_agree_to_the_last_digit(some: tuple[Row, ...]) -> None:
    book = Book(YEAR, "US", some)
    expected = by_hand(some)
    assert {money.currency: exact(money) for money in books.totals(some)} == expected
    for sums in (books.by_category(some), books.by_month(some)):
        assert summed([(one.money.currency, exact(one.money)) for one in sums]) == expected
        assert sum(one.count for one in sums) == len(some)
    assert summed([(row["Currency"], row["Amount"]) for row in csv_of(book)]) == expected
    file = opened(book)
    assert summed([(row["Currency"], row["Amount"]) for row in table_of(file["Expenses"])]) == expected
    summary = table_of(file["Summary"], top=4)
    totals = [row for row in summary if row["Category"] == "Total" and row["Schedule C line"] is None]
    assert summed([(row["Currency"], row["Amount"]) for row in totals]) == expected


@given(rows())
@settings(max_examples=8, deadline=None)
def test_no_text_becomes_a_formula(some: tuple[Row, ...]) -> None:
    book = Book(YEAR, "US", some)
    for sheet in opened(book):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert not [cell for row in csv_of(book) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "https://a.example", "12"])
def test_a_note_stands_in_the_workbook_as_it_was_told(note: str) -> None:
    (row,) = table_of(opened(Book(YEAR, "US", (spent(100, note=note),)))["Expenses"])
    assert row["Note"] == note


@given(st.text(max_size=80))
@settings(max_examples=8, deadline=None)
def test_any_text_fits_in_a_cell(text: str) -> None:
    book = Book(YEAR, "US", (spent(100, note=text, project=text, payee=text),))
    (row,) = table_of(opened(book)["Expenses"])
    assert (row["Note"] or "").split() == clean(text).split()
    assert len(csv_of(book)) == 1


def test_currencies_are_never_mixed_and_keep_their_digits() -> None:
    some = (spent(1250), spent(500, currency="JPY"), spent(1234, currency="KWD"), spent(50))
    assert books.totals(some) == (Money(1300, "USD"), Money(500, "JPY"), Money(1234, "KWD"))
    book = Book(YEAR, "JP", some)
    assert [row["Amount"] for row in csv_of(book)] == ["12.50", "500", "1.234", "0.50"]
    cells = [row[2] for row in opened(book)["Expenses"].iter_rows(min_row=2)]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (12.5, '"$"#,##0.00'),
        (500, '"¥"#,##0'),
        (1.234, '"KWD"#,##0.000'),
        (0.5, '"$"#,##0.00'),
    ]


def test_categories_projects_and_months_are_summed() -> None:
    some = (
        spent(4500, "headshots_photos", "2026-10-02"),
        spent(1200, "parking_tolls", "2026-11-19", project="Copper Falls"),
        spent(3800, "parking_tolls", "2026-11-21", project="Copper Falls"),
    )
    assert [(one.key, one.money.minor, one.count) for one in books.by_category(some)] == [
        ("parking_tolls", 5000, 2),
        ("headshots_photos", 4500, 1),
    ]
    assert [(one.key, one.money.minor) for one in books.by_month(some)] == [("2026-10", 4500), ("2026-11", 5000)]
    assert [(one.key, one.money.minor) for one in books.by_project(some)] == [("Copper Falls", 5000)]


# Drives


def test_the_form_stands_beside_the_sum_of_the_drives_of_each_rate() -> None:
    some = (drive("23.4", "2026-06-30"), drive("23.4", "2026-07-01"), drive("31.5", "2026-11-13"))
    first, second = books.drives(some, "US")
    assert (first.rate, first.distance, first.money.minor) == (725, Decimal("23.4"), 1697)
    assert first.form == Money(1697, "USD")
    assert (second.rate, second.distance, second.money.minor) == (760, Decimal("54.9"), 1778 + 2394)
    assert second.form == Money(4172, "USD")


def test_a_cent_between_the_form_and_the_drives_is_said() -> None:
    some = (drive("0.1", "2026-08-01"), drive("0.1", "2026-08-02"), drive("0.2", "2026-08-03"))
    (one,) = books.drives(some, "US")
    assert (one.money.minor, one.form, one.apart) == (31, Money(30, "USD"), -1)
    text = sheet_text(opened(Book(YEAR, "US", some))["Mileage"])
    assert "The line below is 0.01 less: each drive is rounded." in text
    assert "For the form: miles x rate" in text


def test_kilometres_count_as_the_miles_of_the_rate() -> None:
    (one,) = books.drives((drive("100", "2026-08-01", "km"),), "US")
    assert (one.distance, one.unit) == (Decimal(100), "km")
    assert (round(one.rated, 2), one.rated_unit) == (Decimal("62.14"), "mi")
    assert one.form == Money(4722, "USD")
    assert one.apart == 0


def test_a_year_without_a_rate_is_marked() -> None:
    (one,) = books.drives((drive("10", "2031-01-02"),), "US")
    assert one.is_provisional
    assert sheets.PROVISIONAL in sheet_text(opened(Book(2031, "US", (drive("10", "2031-01-02"),)))["Mileage"])


def sheet_text(sheet: Any) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


# Receipts


@pytest.mark.parametrize(
    ("row", "country", "expected"),
    [
        (spent(100, papers=(Paper(1, "image/png", 9),)), "US", "yes"),
        (spent(100), "US", "needed"),
        (spent(7499, "parking_tolls"), "US", "no"),
        (spent(7500, "parking_tolls"), "US", "needed"),
        (spent(7499, "meals"), "US", "no"),
        (spent(2500, "gifts"), "US", "no"),
        (spent(2000, "travel", note="train"), "US", "no"),
        (spent(2000, "travel", note="Hotel in Reno"), "US", "needed"),
        (spent(2000, "travel", payee="Oak B&B"), "US", "needed"),
        (spent(2000, "travel", note="dinner"), "US", "no"),
        (spent(2000, "meals", currency="EUR"), "US", "needed"),
        (spent(2000, "meals"), "GB", "needed"),
        (drive("100", "2026-08-01"), "US", "no"),
        (drive("100", "2026-08-01"), "GB", "no"),
    ],
)
def test_which_receipts_are_wanted(row: Row, country: str, expected: str) -> None:
    assert books.receipt(row, country) == expected
    assert books.missing([row], country) == ((row,) if expected == "needed" else ())


def test_names_in_the_zip_tell_what_was_paid_and_are_all_different() -> None:
    jpeg, pdf = "image/jpeg", "application/pdf"
    some = (
        spent(1200, "parking_tolls", papers=(Paper(1, jpeg, 3), Paper(2, jpeg, 3))),
        spent(4500, "classes_coaching", "2026-11-20", "EUR", papers=(Paper(3, pdf, 3), Paper(1, jpeg, 3))),
    )
    assert [one.name for one in named(some, "USD")] == [
        "2026-11-19 parking 12.00 receipt.jpg",
        "2026-11-19 parking 12.00 receipt 2.jpg",
        "2026-11-20 classes, coaching 45.00 EUR receipt.pdf",
    ]


@given(rows(), st.text(max_size=20))
@settings(max_examples=10, deadline=None)
def test_names_in_the_zip_are_safe_whatever_is_in_the_records(some: tuple[Row, ...], mime: str) -> None:
    many = tuple(
        Row(row.expense, row.logged_at, papers=(Paper(at, mime, 1), Paper(-at - 1, "image/jpeg", 1)))
        for at, row in enumerate(some)
    )
    names = [one.name for one in named(many, "USD")]
    assert len({name.casefold() for name in names}) == len(names) == 2 * len(some)
    assert all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [a-z0-9 ,.A-Z]+\.(jpg|bin)", name) for name in names)


def test_more_receipts_than_fit_go_in_parts() -> None:
    each = 400 + OVERHEAD
    assert cuts([400] * 5, 2 * each) == (slice(0, 2), slice(2, 4), slice(4, 5))
    assert cuts([400] * 2, 2 * each) == (slice(0, 2),)
    assert cuts([400, 9000, 400], each) == (slice(0, 1), slice(1, 2), slice(2, 3))
    assert cuts([], each) == ()


def test_the_zip_holds_the_receipts_and_what_goes_beside_them_within_its_bounds() -> None:
    receipts = named((spent(1200, papers=(Paper(1, "image/png", 5), Paper(2, "image/png", 5))),), "USD")
    content = packed(receipts, {1: b"\x89PNG!"}, {"a.csv": b"Day"})
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == {
            "2026-11-19 supplies 12.00 receipt.png": b"\x89PNG!",
            "a.csv": b"Day",
        }
    assert len(packed(receipts, {1: b"12345"}, {})) <= 5 + OVERHEAD


# The sheets


def test_the_four_sheets_with_their_heads_in_sight() -> None:
    file = opened(Book(YEAR, "US", (spent(100), drive("10", "2026-11-19"))))
    assert file.sheetnames == SHEETS
    assert [sheet.freeze_panes for sheet in file] == ["A5", "A2", "A2", "A2"]
    assert file["Summary"]["A2"].value == "Not tax advice. Schedule C lines of tax year 2026."
    line = {row["Category"]: row["Schedule C line"] for row in table_of(file["Summary"], top=4)}
    assert line == {"Mileage": "9", "Supplies": "22", "Total": None}


def test_other_countries_read_no_words_of_the_form() -> None:
    file = opened(Book(YEAR, "GB", (spent(100, currency="GBP"),)))
    text = "\n".join(map(sheet_text, file))
    assert "Schedule" not in text
    assert "1099" not in text
    assert text.count(sheets.NOT_ADVICE) == 1


def test_what_is_not_there_has_no_sheet() -> None:
    assert opened(Book(YEAR, "US", (spent(100, "meals"),))).sheetnames == ["Summary", "Expenses"]


@pytest.mark.chaos
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not here")
def test_another_program_reads_the_same_sums(tmp_path: Path) -> None:
    some = tuple(
        spent(at * 37 + 1, "supplies", f"2026-{1 + at % 12:02}-{1 + at % 28:02}", ("USD", "JPY")[at % 2], note=f"={at}")
        for at in range(300)
    )
    (tmp_path / "book.xlsx").write_bytes(workbook(Book(YEAR, "US", some)))
    all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", all_sheets, "--outdir", str(tmp_path), "book.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)  # noqa: S603
    with (tmp_path / "book-Expenses.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert summed([(row["Currency"], row["Amount"]) for row in read]) == by_hand(some)
    assert [row["Note"] for row in read] == [row.expense.note for row in some]


# The picture


def test_the_longest_bars_come_first_and_small_ones_together() -> None:
    keys = ["supplies", "gear", "meals", "gifts", "travel", "research", "wardrobe", "insurance", "marketing", "other"]
    some = tuple(spent(100 * at, key) for at, key in enumerate(keys, start=1))
    drawn = chart.of_categories("November", (*some, spent(5, currency="EUR")))
    assert drawn
    assert [bar.money.minor for bar in drawn.bars] == [1000, 900, 800, 700, 600, 500, 400, 600]
    assert drawn.bars[-1].label == "3 others"
    assert drawn.total == Money(5500, "USD")


def test_a_year_shows_the_months_between_too() -> None:
    some = tuple(spent(100, day=f"2026-{month:02}-03") for month in (2, 3, 5))
    drawn = chart.of_months("2026", some)
    assert drawn
    assert [(bar.label, bar.money.minor) for bar in drawn.bars] == [
        ("Feb", 100),
        ("Mar", 100),
        ("Apr", 0),
        ("May", 100),
    ]


def test_two_bars_are_read_faster_as_words() -> None:
    some = (spent(100), spent(100, "meals"))
    assert chart.of_categories("November", some) is None
    assert chart.of_months("2026", some) is None
    assert chart.of_categories("November", ()) is None


@pytest.mark.parametrize("currency", ["USD", "JPY", "EUR", "KWD"])
def test_the_picture_is_a_png_for_a_phone(currency: str) -> None:
    from PIL import Image  # noqa: PLC0415 - as late as the bot does

    some = tuple(spent(10**at, key, currency=currency) for at, key in enumerate(("meals", "gear", "rent_equipment"), 2))
    drawn = chart.of_categories("November 2026", some)
    assert drawn
    with Image.open(BytesIO(chart.draw(drawn))) as image:
        assert (image.format, image.mode, image.width) == ("PNG", "RGB", 1600)
        assert 400 <= image.height <= 1300
        assert image.getpixel((0, 0)) == image.getpixel((1599, image.height - 1)), "nothing touches the edge"


def test_the_dates_are_dates() -> None:
    (row,) = table_of(opened(Book(YEAR, "US", (spent(100),)))["Expenses"])
    assert row["Day"].date() == date(2026, 11, 19)
    assert f"{row['Logged']:%H:%M}" == "16:10"
