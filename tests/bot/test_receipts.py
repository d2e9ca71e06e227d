"""Receipts over HTTP: with the line they come with, soon after it, in reply to it; or first, and then what it cost."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from handlers.expenses.taking import WHAT_COST
from storage.database import Database, Record
from storage.tables import expense, file, receipt
from tests import pictures
from tests.bot.slack_stage import slack_stage
from tests.bot.telegram_stage import SETTLE_IN, Person, TelegramStage, telegram_stage

MEGA = 1024 * 1024
KEPT = "Kept receipt.jpg with $12.00 · Parking."


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(database) as stage:
        stage.may_refuse = True
        for line in SETTLE_IN:
            await stage.nora.writes(line)
        yield stage


async def sends(
    nora: Person, words: str = "", body: bytes = b"", *, name: str = "receipt.jpg", to: int | None = None
) -> list[str]:
    document = nora.phone.world.file(name, body or pictures.jpeg(), file_name=name, mime_type="image/jpeg")
    caption = {"caption": words} if words else {}
    return await nora.does(nora.phone.send({"document": document, **caption}, reply_to=to))


async def tied(stage: TelegramStage) -> list[tuple[int, str, str]]:
    """The cents of each expense with the name and state of its receipts."""
    both = select(expense.c.minor, file.c.name, file.c.state).join(receipt, receipt.c.expense_id == expense.c.id)
    async with stage.bot.database.read() as tx:
        found = await tx.execute(both.join(file, file.c.id == receipt.c.file_id).order_by(receipt.c.id))
        return [(row.minor, row.name, row.state) for row in found]


async def rows(stage: TelegramStage) -> list[Record]:
    async with stage.bot.database.read() as tx:
        return list((await tx.execute(select(expense))).all())


async def test_a_photo_with_the_line_under_it(stage: TelegramStage) -> None:
    assert await sends(stage.nora, "12 parking") == ["$12.00 · Parking · today", KEPT]
    assert await tied(stage) == [(1200, "receipt.jpg", "kept")]


async def test_a_photo_soon_after_the_line(stage: TelegramStage) -> None:
    await stage.nora.writes("12 parking")
    await stage.passes(500)
    assert await sends(stage.nora) == [KEPT]
    assert await tied(stage) == [(1200, "receipt.jpg", "kept")]


async def test_a_photo_long_after_it_is_asked_about_and_the_answer_gets_it(stage: TelegramStage) -> None:
    await stage.nora.writes("12 parking")
    await stage.passes(700)
    assert await sends(stage.nora) == [f"Kept receipt.jpg, 240 KB. {WHAT_COST}"]
    assert await tied(stage) == []
    assert await stage.nora.writes("38 headshots") == ["$38.00 · Headshots · today\nReceipt: receipt.jpg"]
    assert await tied(stage) == [(3800, "receipt.jpg", "kept")]


async def test_a_bare_number_is_an_answer_too(stage: TelegramStage) -> None:
    await sends(stage.nora)
    assert await stage.nora.writes("38") == ["$38.00: which kind?"]
    await stage.nora.writes("headshots")
    assert await tied(stage) == [(3800, "receipt.jpg", "kept")]


async def test_other_words_after_a_photo_are_other_words(stage: TelegramStage) -> None:
    await sends(stage.nora)
    said = await stage.nora.writes("we talked about sourdough")
    assert "shall I log this" in said[0]
    assert await rows(stage) == []


async def test_a_photo_in_reply_goes_with_what_it_answers(stage: TelegramStage) -> None:
    await stage.nora.writes("12 parking")
    first = stage.nora.last.message_id
    await stage.nora.writes("38 headshots")
    await stage.passes(3600)
    assert await sends(stage.nora, to=first) == [KEPT]


async def test_a_photo_goes_with_what_is_open_to_be_fixed(stage: TelegramStage) -> None:
    await stage.nora.writes("12 parking")
    await stage.passes(3600)
    await stage.nora.writes("/expenses")
    await stage.nora.taps("Today · $12.00 · Parking")
    assert await sends(stage.nora) == [KEPT]
    await stage.nora.writes("/expenses")
    await stage.nora.taps("Today · $12.00 · Parking")
    assert "Receipt: receipt.jpg" in stage.nora.last.text


async def test_a_photo_while_a_field_is_asked_for(stage: TelegramStage) -> None:
    for line in ("12 parking", "38 headshots"):
        await stage.nora.writes(line)
    await stage.nora.taps("Fix", on="$12.00")
    await stage.nora.taps("Note")
    said = await sends(stage.nora)
    assert said[0] == KEPT
    assert said[-1] == "What shall the note say?"


async def test_a_line_that_lacks_something_keeps_its_photo_until_it_is_told(stage: TelegramStage) -> None:
    said = await sends(stage.nora, "lunch")
    assert said[0] == "Lunch: how much?"
    await stage.nora.writes("14.50")
    assert await tied(stage) == [(1450, "receipt.jpg", "kept")]


async def test_a_photo_in_the_middle_of_a_talk_is_kept_and_nothing_is_asked(stage: TelegramStage) -> None:
    await stage.nora.writes("/audition Copper Falls, Nurse Ray")
    said = await sends(stage.nora)
    assert said == ["Kept receipt.jpg, 240 KB.", "Who was in the room?"]


async def test_undo_of_the_photo_leaves_the_expense_and_undo_of_the_expense_takes_the_photo_along(
    stage: TelegramStage,
) -> None:
    await sends(stage.nora, "12 parking")
    await stage.nora.taps("Undo", on="Kept receipt.jpg")
    assert stage.nora.last.text == "Dropped receipt.jpg. Nothing of it is left."
    assert len(await rows(stage)) == 1
    await stage.nora.taps("Undo", on="$12.00")
    assert await rows(stage) == []


async def test_an_expense_comes_back_with_its_photo(stage: TelegramStage) -> None:
    await sends(stage.nora, "12 parking")
    await stage.nora.taps("Undo", on="$12.00 · Parking · today")
    assert await tied(stage) == []
    await stage.nora.taps("Redo")
    assert await tied(stage) == [(1200, "receipt.jpg", "kept")]
    await stage.nora.taps("Fix")
    await stage.nora.taps("Delete")
    assert await tied(stage) == []
    await stage.nora.taps("Undo", on="Deleted")
    assert await tied(stage) == [(1200, "receipt.jpg", "kept")]


async def test_what_is_refused_is_no_receipt(stage: TelegramStage) -> None:
    said = await sends(stage.nora, "12 parking", pictures.EXE)
    assert said[0] == "$12.00 · Parking · today"
    assert "isn't a kind I keep" in said[1]
    await stage.nora.taps("Fix", on="$12.00")
    assert "Receipt" not in stage.nora.last.text


async def test_on_slack_too(database: Database) -> None:
    async with slack_stage(database) as slack:
        client = slack.nora.client
        await slack.nora.writes("/start")
        said = await slack.nora.does(
            client.sends_file("receipt.jpg", pictures.jpeg(), mimetype="image/jpeg", text="12 parking")
        )
        assert said == ["$12.00 · Parking · today", KEPT]


HOSTILE = [
    ("bomb.png", pictures.png(13_000, 13_000), "has more pixels than I take"),
    ("reel.jpg", bytes(30 * MEGA), "is 30 MB, and 20 MB is the most I take"),
    ("receipt.jpg", pictures.EXE, "isn't a kind I keep"),
]


async def test_what_is_hostile_is_refused_in_words_and_costs_no_memory(stage: TelegramStage) -> None:
    assert len(HOSTILE[0][1]) <= 64 * 1024
    tracemalloc.start()
    for name, body, words in HOSTILE:
        assert words in (await sends(stage.nora, body=body, name=name))[-1]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * MEGA
    assert await tied(stage) == []
