"""Expenses told with one thumb: quick lines on every chat, and what is asked stands in nobody's way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from storage.database import Database, Record
from storage.tables import expense, receipt
from tests.bot.telegram_stage import TelegramStage, telegram_stage
from tests.scripts import COPPER_FALLS, SETTLED, Tap
from tests.stage import Person, Stage

SATURDAY = "2026-11-21 11:20"
Says = Callable[[str], Awaitable[list[str]]]


@pytest.fixture
async def nora(database: Database) -> Person:
    stage = Stage(database, SATURDAY)
    for line in SETTLED:
        await stage.nora.says(str(line))
    return stage.nora


async def kept(database: Database) -> list[Record]:
    async with database.read() as tx:
        return list((await tx.execute(select(expense).order_by(expense.c.id))).all())


# Word for word


QUICK = [
    ("/expense 45 headshot reprints", "$45.00 · Headshots · today · reprints"),
    ("/expense 12 parking copper falls", "$12.00 · Parking · today · Copper Falls"),
    ("/expense 31.5mi copper falls callback", "$23.94 · 31.5 mi at 76¢ · today · Copper Falls callback"),
    ("/expense 23.4 miles 6/30", "$16.97 · 23.4 mi at 72.5¢ · Tue, Jun 30. Where to?"),
    ("/expense 23.4 miles 7/1", "$17.78 · 23.4 mi at 76¢ · Wed, Jul 1. Where to?"),
    ("/expense 120 sag dues yesterday", "$120.00 · Union dues · yesterday"),
    ("/expense lunch", "Lunch: how much?"),
    ("/expense 0 parking", "0 isn't an amount. What did it cost?"),
    ("/expense -12 parking", "Amounts start above 0. To take back the last one: /undo"),
    ("/undo", "Taken back: $120.00, Union dues, Fri, Nov 20."),
]
"""What was typed last and what came, in this order."""
ROWS = [
    (4500, "headshots_photos", "2026-11-21"),
    (1200, "parking_tolls", "2026-11-21"),
    (2394, "mileage", "2026-11-21"),
    (1697, "mileage", "2026-06-30"),
    (1778, "mileage", "2026-07-01"),
]


async def all_quick_lines_come_out(says: Says, database: Database) -> None:
    for line, echo in QUICK:
        assert await says(line) == [echo], line
    rows = await kept(database)
    assert [(row.minor, row.category, row.day.isoformat()) for row in rows] == ROWS
    assert [bool(row.project_id) for row in rows] == [False, True, True, False, False]


async def play(acts: tuple[Any, ...], says: Says, taps: Says) -> None:
    for act in acts:
        await (taps(act.label) if isinstance(act, Tap) else says(act))


async def test_every_quick_line_typed(database: Database) -> None:
    stage = Stage(database)
    await play((*SETTLED, *COPPER_FALLS), stage.nora.says, stage.nora.taps)
    await stage.comes(SATURDAY)
    await all_quick_lines_come_out(stage.nora.says, database)
    await stage.nora.taps("Redo")
    assert len(await kept(database)) == len(ROWS) + 1


@pytest.fixture
async def telegram(database: Database) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(database) as stage:
        yield stage


async def test_every_quick_line_over_telegram(telegram: TelegramStage) -> None:
    await play((*SETTLED, *COPPER_FALLS), telegram.nora.writes, telegram.nora.taps)
    await telegram.comes(SATURDAY)
    telegram.nora.news()
    await all_quick_lines_come_out(telegram.nora.writes, telegram.bot.database)
    await telegram.nora.taps("Redo")
    assert len(await kept(telegram.bot.database)) == len(ROWS) + 1


EVERYDAY = [
    ("26 actors access", "$26.00 · Casting sites · today · actors access"),
    ("95 scene study class", "$95.00 · Classes, coaching · today · scene study class"),
    ("31 miles to burbank and back", "$23.56 · 31 mi at 76¢ · today · burbank"),
    ("8 parking at the lot on vine", "$8.00 · Parking · today · lot on vine"),
    ("22.40 uber to the studio", "$22.40 · Local transit · today · uber to the studio"),
    ("14.99 imdbpro", "$14.99 · Casting sites · today · imdbpro"),
]


async def test_everyday_lines_are_known_on_sight(nora: Person) -> None:
    for line, echo in EVERYDAY:
        assert await nora.says(line) == [echo]


# What is asked stands in nobody's way


@pytest.mark.parametrize("asked", ["0 parking", "lunch", "/expense", "12.345 parking", "0 miles to burbank"])
@pytest.mark.parametrize("slash", ["", "/expense "])
async def test_a_whole_line_is_itself_and_the_open_question_is_dropped(nora: Person, asked: str, slash: str) -> None:
    await nora.says(asked)
    assert await nora.says(f"{slash}parking 12, 31 miles burbank") == [
        "$12.00 · Parking · today\n$23.56 · 31 mi at 76¢ · today · burbank"
    ]
    assert await nora.says("/undo") == ["Taken back: $12.00, Parking, Sat, Nov 21 and $23.56, 31 mi, Sat, Nov 21."]


@pytest.mark.parametrize(
    ("asked", "answer", "echo"),
    [
        ("lunch", "14.50", "$14.50 · Meals"),
        ("lunch", "14.50 with tip", "$14.50 · Meals"),
        ("0 parking", "it was 12", "$12.00 · Parking"),
        ("12.345 parking", "12.35", "$12.35 · Parking"),
        ("0 miles to burbank", "12", "$9.12 · 12 mi at 76¢ · today · burbank"),
        ("0 miles to burbank", "12 miles", "$9.12 · 12 mi at 76¢ · today · burbank"),
        ("12.345 mi to burbank", "12.35", "$9.39 · 12.35 mi at 76¢ · today · burbank"),
    ],
)
async def test_an_amount_alone_is_the_answer(nora: Person, asked: str, answer: str, echo: str) -> None:
    await nora.says(asked)
    assert (await nora.says(answer))[0].startswith(echo)


@pytest.mark.parametrize("asked", ["0 parking", "lunch", "hgfdsa"])
@pytest.mark.parametrize("word", ["/undo", "undo", "/expenses", "expenses"])
async def test_a_question_about_an_amount_does_not_come_back(nora: Person, asked: str, word: str) -> None:
    await nora.says("45 headshots")
    await nora.says(asked)
    said = await nora.says(word)
    assert len(said) == 1
    assert said[0].startswith("Taken back: $45.00" if "undo" in word else "November: $45.00")


async def test_the_photo_of_a_line_without_an_amount_goes_with_the_line_that_has_one(telegram: TelegramStage) -> None:
    nora = telegram.nora
    for line in SETTLED:
        await nora.writes(str(line))
    document = nora.phone.world.file("receipt.pdf", b"%PDF-1.4\n%%EOF\n", file_name="receipt.pdf")
    await nora.does(nora.phone.send({"document": document, "caption": "0 parking"}))
    assert (await nora.writes("12 parking burbank"))[0].startswith("$12.00 · Parking · today")
    async with telegram.bot.database.read() as tx:
        tied = (await tx.execute(select(receipt.c.expense_id))).scalars().all()
    assert tied == [row.id for row in await kept(telegram.bot.database)]


async def test_a_line_goes_past_the_question_for_a_rate(nora: Person) -> None:
    await nora.says("/settings")
    await nora.taps("Country")
    await nora.says("Germany")
    await nora.says("20 km to potsdam")
    said = await nora.says("parking 3")
    assert said == ["3,00\xa0€ · Parking · today", "What do you get a kilometre? Like 0.30."]


@pytest.mark.parametrize("words", ["thanks", "Thank you!", "how do I export?", "what?"])
async def test_what_is_no_place_is_none(nora: Person, words: str) -> None:
    await nora.says("23.4 miles")
    await nora.says(words)
    assert [row.destination for row in await kept(nora.stage.database)] == [""]


async def test_a_label_may_be_typed_with_a_slash(nora: Person) -> None:
    await nora.says("12 parking")
    await nora.says("/undo")
    await nora.says("/redo")
    assert len(await kept(nora.stage.database)) == 1


async def test_asking_for_a_receipt_has_a_way_out(nora: Person) -> None:
    await play(("12 parking", Tap("Fix"), Tap("More"), Tap("Receipt")), nora.says, nora.taps)
    assert nora.last.text == "$12.00 · Parking · today\nSend the photo or the PDF within ten minutes."
    await nora.taps("Done")
    assert nora.last.labels == ["Undo", "Fix"]


async def test_money_that_came_back_is_no_cost(nora: Person) -> None:
    for line in ("refund 20 headshots", "/expense 20 refunded by the studio", "$20 parking reimbursed"):
        assert await nora.says(line) == ["Money back isn't a cost. To mend the cost it was for: /expenses"], line
    assert await kept(nora.stage.database) == []


# Elsewhere


async def in_country(nora: Person, country: str) -> list[str]:
    await nora.says("/settings")
    await nora.taps("Country")
    return await nora.says(country)


async def test_the_country_says_which_money_it_brings(nora: Person) -> None:
    assert await in_country(nora, "UK") == ["Dates as in United Kingdom. Money in British Pound."]
    assert await nora.says("12.50 parking 7/11") == ["£12.50 · Parking · Sat 7 Nov"]
    await play(("/settings", Tap("Currency"), "euro"), nora.says, nora.taps)
    assert await in_country(nora, "US") == ["Dates as in United States."]


async def test_a_rate_is_of_the_countrys_unit_and_counts_in_the_other_one(nora: Person) -> None:
    await in_country(nora, "Germany")
    assert await nora.says("20 miles to potsdam") == ["What do you get a kilometre? Like 0.30."]
    assert await nora.says("0,30") == ["9,66\xa0€ · 20 mi at 0,30\xa0€ a kilometre · today · potsdam"]
    assert await nora.says("30 km to potsdam") == ["9,00\xa0€ · 30 km at 0,30\xa0€ · today · potsdam"]


async def test_the_rate_of_one_country_is_not_that_of_the_next(nora: Person) -> None:
    await in_country(nora, "Germany")
    await nora.says("20 km to potsdam")
    await nora.says("0,30")
    await in_country(nora, "UK")
    assert await nora.says("20 miles to elstree") == ["What do you get a mile? Like 0.45."]
    await nora.says("/cancel")
    await nora.says("/undo")
    assert await nora.says("10 km to potsdam") == ["3,00\xa0€ · 10 km at 0,30\xa0€ · today · potsdam"]
