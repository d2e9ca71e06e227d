"""`/expenses export` and the chart: asked for in a word or a tap, made beside the talk, brought as files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import insert

from handlers.expenses import export
from handlers.expenses.receipts_zip import OVERHEAD
from scheduler.wire import Document
from storage import expenses, files
from storage.expenses import Cut
from storage.tables import expense, receipt
from tests.snippets import log, settle_in
from tests.stage import Person, Shown, Stage

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@pytest.fixture
async def nora(stage: Stage) -> Person:
    await settle_in(stage)
    return stage.nora


async def ids(nora: Person) -> tuple[int, int]:
    """Her actor's id and her address's."""
    async with nora.stage.database.read() as tx:
        desk = await nora.stage.bot.worker.desk_of(tx, nora.sender)
        assert desk
        return desk.actor.id, desk.address_id


async def spends(nora: Person, minor: int, day: str = "2026-11-19", category: str = "supplies", **more: Any) -> int:
    """One row more."""
    actor_id, _ = await ids(nora)
    row = {"actor_id": actor_id, "day": date.fromisoformat(day), "logged_at": nora.stage.clock(), "minor": minor}
    async with nora.stage.database.write() as tx:
        told = insert(expense).values(row | {"category": category, "currency": "USD"} | more)
        return int((await tx.execute(told.returning(expense.c.id))).scalar_one())


async def has_receipt(nora: Person, expense_id: int, content: bytes = PNG) -> None:
    actor_id, address_id = await ids(nora)
    now = nora.stage.clock()
    row = {"actor_id": actor_id, "address_id": address_id, "name": "IMG_1.png", "size": 1, "reference": "F1"}
    async with nora.stage.database.write() as tx:
        file_id = await files.add(tx, row | {"created_at": now})
        await files.keep(tx, file_id, content, "image/png", now)
        await tx.execute(insert(receipt).values(actor_id=actor_id, expense_id=expense_id, file_id=file_id))


def brought(nora: Person) -> list[Shown]:
    return [shown for shown in nora.screen if shown.document]


def last_file(nora: Person) -> Document:
    document = brought(nora)[-1].document
    assert document
    return document


async def test_a_year_is_exported_as_a_workbook_and_as_rows(nora: Person) -> None:
    await nora.says("45 headshot reprints")
    await nora.says("31.5mi burbank thu")
    told = await nora.says("/expenses export 2026")
    assert told == ["2 expenses, $68.94 · 31.5 mi. Not tax advice.", "The same as plain rows."]
    first, second = brought(nora)
    assert first.document
    assert second.document
    assert (first.document.name, second.document.name) == (
        "buttonhook-expenses-2026.xlsx",
        "buttonhook-expenses-2026.csv",
    )
    sheet = openpyxl.load_workbook(BytesIO(first.document.content))["Expenses"]
    assert sorted((row[1], row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)) == [
        ("Headshots", 45),
        ("Mileage", 23.94),
    ]
    assert "Headshots,45.00,USD" in second.document.content.decode()


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("/expenses export", 2026),
        ("/expenses Export last year", 2025),
        ("expenses export 2025", 2025),
    ],
)
async def test_the_year_in_words(nora: Person, words: str, year: int) -> None:
    await spends(nora, 100, "2025-03-04")
    await spends(nora, 200, "2026-03-04")
    await nora.says(words)
    assert brought(nora)[0].document
    assert f"-{year}." in last_file(nora).name
    assert brought(nora)[0].text == f"1 expense, ${year - 2024}.00. Not tax advice."


async def test_a_year_on_the_screen_is_a_tap_away(nora: Person) -> None:
    await nora.says("12 parking")
    await nora.says("/expenses")
    assert "Export" not in nora.last.labels
    await nora.says("/expenses 2026")
    assert await nora.taps("Export") == ["1 expense, $12.00. Not tax advice.", "The same as plain rows."]


async def test_what_is_no_year_is_told_how(nora: Person) -> None:
    assert await nora.says("/expenses export parking") == [export.HOW]
    assert brought(nora) == []


async def test_a_year_without_expenses_offers_those_with_some(nora: Person) -> None:
    assert await nora.says("/expenses export 2024") == ["Nothing spent in 2024. Like: /expense 12 parking."]
    await spends(nora, 100, "2023-03-04")
    await spends(nora, 100, "2025-03-04")
    assert await nora.says("/expenses export") == ["Nothing spent in 2026. There is:"]
    assert nora.last.labels == ["2025", "2023"]
    await nora.taps("2023")
    assert "-2023." in last_file(nora).name


async def test_receipts_come_in_one_file_with_the_expenses(nora: Person) -> None:
    parking = await spends(nora, 1200, category="parking_tolls")
    await has_receipt(nora, parking)
    await has_receipt(nora, parking, PNG + b"2")
    told = await nora.says("/expenses export")
    assert told == [
        export.UNDER_WAY,
        "1 expense, $12.00. Not tax advice.",
        "2 receipts. The expenses are in it too.",
    ]
    assert last_file(nora).name == "buttonhook-receipts-2026.zip"
    with ZipFile(BytesIO(last_file(nora).content)) as file:
        assert file.namelist() == [
            "2026-11-19 parking 12.00 receipt.png",
            "2026-11-19 parking 12.00 receipt 2.png",
            "buttonhook-expenses-2026.xlsx",
            "buttonhook-expenses-2026.csv",
        ]
        assert file.read("2026-11-19 parking 12.00 receipt.png") == PNG


async def test_many_receipts_come_in_parts(nora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST", 2 * (len(PNG) + OVERHEAD))
    for day in (1, 2, 3, 4, 5):
        await has_receipt(nora, await spends(nora, 100 * day, f"2026-03-0{day}"))
    told = await nora.says("/expenses export")
    assert told[2:] == [
        "2 receipts, part 1 of 3. The expenses are in it too.",
        "2 receipts, part 2 of 3.",
        "1 receipt, part 3 of 3.",
    ]
    assert last_file(nora).name == "buttonhook-receipts-2026 3 of 3.zip"
    names = [ZipFile(BytesIO(shown.document.content)).namelist() for shown in brought(nora)[1:] if shown.document]
    assert [len([name for name in part if name.endswith(".png")]) for part in names] == [2, 2, 1]


async def test_what_is_undone_meanwhile_is_not_exported(nora: Person) -> None:
    await nora.says("45 headshot reprints")
    async with nora.stage.database.write() as tx:
        desk = await nora.stage.bot.worker.desk_of(tx, nora.sender)
        assert desk
        await export.ask(desk, 2026)
        await export.ask(desk, 2026)
        assert [words(out.message) for out in desk.out] == [export.ALREADY]
    told = await nora.says("/undo")
    assert told[1:] == [export.GONE, export.GONE]
    assert brought(nora) == []


def words(message: Any) -> str:
    return "".join(message.body)


async def test_a_drive_to_an_audition_says_which(nora: Person) -> None:
    await log(nora.stage)
    await nora.says("31.5mi copper falls")
    await nora.says("12 parking copper falls")
    await nora.says("/expenses export")
    book = openpyxl.load_workbook(BytesIO(brought(nora)[-2].document.content))  # type: ignore[union-attr]
    (drive,) = book["Mileage"].iter_rows(min_row=2, max_row=2, values_only=True)
    assert drive[1:7] == ("Copper Falls", "audition, Copper Falls", 31.5, "mi", 0.76, 23.94)
    purposes = {row[1]: row[7] for row in book["Expenses"].iter_rows(min_row=2, values_only=True)}
    assert purposes == dict.fromkeys(("Mileage", "Parking"), "audition, Copper Falls")


async def test_each_has_only_her_own(nora: Person) -> None:
    await has_receipt(nora, await spends(nora, 1200))
    dana = nora.stage.person("2", "Dana Vale")
    await dana.says("/start")
    await dana.says("/cancel")
    await dana.says("12 parking")
    await dana.says("/expenses export")
    assert [shown.text for shown in brought(dana)] == [
        "1 expense, $12.00. Not tax advice.",
        "The same as plain rows.",
    ]


async def test_the_list_and_the_export_agree(nora: Person) -> None:
    """The database adds up as the books do."""
    for at in range(60):
        category = ("supplies", "meals", "gear")[at % 3]
        await spends(nora, 1 + at * 37, category=category, currency=("USD", "JPY")[at % 2])
    await nora.says("/expenses export")
    sheet = openpyxl.load_workbook(BytesIO(brought(nora)[0].document.content))["Summary"]  # type: ignore[union-attr]
    rows = list(sheet.iter_rows(min_row=5, max_row=10, values_only=True))
    actor_id, _ = await ids(nora)
    async with nora.stage.database.read() as tx:
        sums = await expenses.sums(tx, actor_id, Cut(date(2026, 1, 1), date(2026, 12, 31)))
    scale = {"USD": 100, "JPY": 1}
    listed: list[Any] = [(one.currency, Decimal(one.minor) / scale[one.currency]) for one in sums]
    assert sorted((str(row[4]), Decimal(str(row[3]))) for row in rows) == sorted(listed)


# The chart


async def test_a_month_of_three_kinds_can_be_seen(nora: Person) -> None:
    for line in ("45 headshot reprints", "12 parking", "46.20 lunch w priya"):
        await nora.says(line)
    await nora.says("/expenses")
    assert "Chart" in nora.last.labels
    assert await nora.taps("Chart") == ["November 2026, by kind: $103.20."]
    assert (last_file(nora).name, last_file(nora).mime) == ("expenses-2026-11.png", "image/png")
    assert last_file(nora).content.startswith(b"\x89PNG")


async def test_two_kinds_are_read_in_the_list(nora: Person) -> None:
    for line in ("45 headshot reprints", "12 parking"):
        await nora.says(line)
    await nora.says("/expenses")
    assert "Chart" not in nora.last.labels
    assert await nora.taps_data("expenses:chart:2026-11") == ["Too little for a picture yet: it takes three kinds."]


async def test_a_year_is_shown_by_its_months_in_its_main_currency(nora: Person) -> None:
    for month in (1, 2, 4):
        await spends(nora, 1000 * month, f"2026-0{month}-10")
    for category in ("meals", "gear"):
        await spends(nora, 500, category=category, currency="JPY")
    await nora.says("/expenses 2026")
    assert await nora.taps("Chart") == ["2026, by month: $70.00. Without ¥1,000."]
    assert last_file(nora).name == "expenses-2026.png"


@pytest.mark.parametrize("data", ["expenses:chart:2026-13", "expenses:chart:0000", "expenses:export:0000"])
async def test_times_that_never_were(nora: Person, data: str) -> None:
    assert await nora.taps_data(data) == ["That one is gone."]
