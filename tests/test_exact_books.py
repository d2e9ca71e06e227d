"""To the cent: what is typed is what is kept, shown, listed and exported, and the sum of it is the sum of the rows."""

from __future__ import annotations

import csv
import random
import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from handlers.expenses.amounts import exact
from handlers.expenses.expense import Money
from handlers.worker import SORRY
from storage.database import Database
from storage.tables import expense
from tests import pictures
from tests.bot.telegram_stage import telegram_stage
from tests.corpus import CORPUS
from tests.scripts import SETTLED
from tests.stage import Person, Stage

SATURDAY = "2026-11-21 11:20"
KINDS = ("parking", "headshots", "sag dues", "lunch", "toll", "uber", "class", "stamps", "backstage")
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
async def nora(database: Database) -> Person:
    stage = Stage(database, SATURDAY)
    for line in SETTLED:
        await stage.nora.says(str(line))
    return stage.nora


def files_of(person: Person) -> dict[str, bytes]:
    shown = [shown.document for shown in person.screen if shown.document]
    return {document.name.rpartition(".")[2]: document.content for document in shown}


def cells(book: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(BytesIO(book))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def cents(value: Any) -> Decimal:
    """A cell as it is shown: spreadsheets hold binary fractions, the nearest to two decimals."""
    shown = Decimal(repr(value))
    assert shown == shown.quantize(Decimal("0.01"))
    return shown


@pytest.mark.parametrize("seed", [7, *(pytest.param(seed, marks=pytest.mark.chaos) for seed in range(20))])
async def test_amounts_are_the_same_everywhere(nora: Person, seed: int) -> None:
    any_ = random.Random(seed)
    typed: list[Decimal] = []
    for at in range(12):
        amount = Decimal(any_.randint(1, 10 ** any_.randint(1, 8))).scaleb(-2)
        said = await nora.says(f"/expense {amount:f} {any_.choice(KINDS)} {'abcdefghijklmnopqrstuvwxyz'[at]}{at}x")
        assert said[0].startswith(f"${amount:,.2f} · "), said
        typed.append(amount)
    async with nora.stage.database.read() as tx:
        rows = (await tx.execute(select(expense.c.minor, expense.c.currency).order_by(expense.c.id))).all()
    assert [exact(Money(row.minor, row.currency)) for row in rows] == typed
    listed = (await nora.says("/expenses 2026"))[0]
    total, *kinds = [Decimal(found.replace(",", "")) for found in re.findall(r"\$([0-9,]+\.[0-9]{2})", listed)]
    assert total == sum(typed) == sum(kinds)
    await nora.says("/expenses export")
    made = files_of(nora)
    in_book = [cents(row["Amount"]) for row in cells(made["xlsx"], "Expenses")]
    plain = [Decimal(row["Amount"]) for row in csv.DictReader(StringIO(made["csv"].decode("utf-8-sig")))]
    assert sorted(in_book) == sorted(plain) == sorted(typed)
    summary = list(openpyxl.load_workbook(BytesIO(made["xlsx"]))["Summary"].iter_rows(values_only=True))
    assert next(cents(row[-2]) for row in summary if row[0] == "Total") == total


DRIVES = [
    ("23.4", "6/30/2026", "16.97"), ("23.4", "7/1/2026", "17.78"), ("14", "12/31/2025", "9.80"),
    ("14", "1/1/2026", "10.15"), ("31.5", "11/13/2026", "23.94"), ("10", "6/30/2022", "5.85"),
    ("10", "7/1/2022", "6.25"), ("10", "12/31/2022", "6.25"), ("10", "1/1/2023", "6.55"), ("10", "12/31/2023", "6.55"),
    ("10", "1/1/2024", "6.70"), ("10", "12/31/2024", "6.70"), ("10", "1/1/2025", "7.00"), ("10", "12/31/2021", "5.60"),
    ("10", "1/1/2022", "5.85"), ("10", "1/1/2021", "5.60"), ("10", "12/31/2020", "5.75"), ("10", "1/1/2020", "5.75"),
]  # fmt: skip


async def test_a_drive_is_worth_the_rate_of_its_day_to_the_cent(nora: Person) -> None:
    for miles, day, dollars in DRIVES:
        said = await nora.says(f"/expense {miles} miles to burbank {day}")
        assert said[0].startswith(f"${dollars} · {miles} mi at "), (miles, day, said)


FORMULAS = ("=1+1", "+1-800 call", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x.example")', "\t=1", "=cmd|' /C calc'!A0")


async def test_no_note_becomes_a_formula(nora: Person) -> None:
    for note in FORMULAS:
        nora.stage.clock.now += timedelta(minutes=2)
        for act in ("12 parking", "fix", "note", note):
            await nora.says(act)
    await nora.says("/expenses export")
    made = files_of(nora)
    book = openpyxl.load_workbook(BytesIO(made["xlsx"]))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert {row["Note"] for row in cells(made["xlsx"], "Expenses")} == {note.strip() for note in FORMULAS}
    with ZipFile(BytesIO(made["xlsx"])) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in parts.namelist())
    notes = [row["Note"] for row in csv.DictReader(StringIO(made["csv"].decode("utf-8-sig")))]
    assert all(note.startswith("'") for note in notes)


# Whatever is typed


@pytest.mark.parametrize(
    "corpus",
    [pytest.param(CORPUS[::40], id="some lines"), pytest.param(CORPUS, id="every line", marks=pytest.mark.chaos)],
)
@pytest.mark.parametrize("line", ["/expense {}", "12 parking {}", "/expense 12 {}", "/expenses {}"])
async def test_any_text_gets_a_polite_reply(
    nora: Person, line: str, corpus: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in corpus:
        said = await nora.says(line.format(text))
        assert said, name
        assert SORRY not in said, name
        assert not any(word in text.casefold() for text in said for word in ("invalid", "traceback", "none ·")), name
        await nora.says("/cancel")
    assert [record.message for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


# Receipts, to the end


async def test_a_photo_and_a_pdf_over_telegram_are_kept_listed_and_exported(database: Database) -> None:
    async with telegram_stage(database) as stage:
        nora, world = stage.nora, stage.nora.phone.world
        for line in SETTLED:
            await nora.writes(str(line))
        photo = world.file("lot.jpg", pictures.jpeg(), file_name="lot.jpg", mime_type="image/jpeg")
        await nora.does(nora.phone.send({"document": photo, "caption": "12 parking"}))
        await nora.writes("45 headshot reprints")
        bill = world.file("bill.pdf", PDF, file_name="bill.pdf", mime_type="application/pdf")
        assert await nora.does(nora.phone.send({"document": bill})) == ["Kept bill.pdf with $45.00 · Headshots."]
        await nora.taps("Fix", on="$45.00")
        assert any("Receipt: bill.pdf" in shown.text for shown in nora.screen)
        said = await nora.writes("/expenses export")
        assert said[-1] == "2 receipts. The expenses are in it too."
        zipped = next(body for name, body in stage.telegram.world.files.values() if name.endswith(".zip"))
        with ZipFile(BytesIO(zipped)) as parts:
            names = sorted(parts.namelist())
            assert sorted(parts.read(name) for name in names if name.endswith((".jpg", ".pdf"))) == sorted(
                (pictures.jpeg(), PDF)
            )
