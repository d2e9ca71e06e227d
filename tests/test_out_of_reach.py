"""Who blocked the bot is left in peace, holds up nobody, and gets what was missed when they write again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import time, timedelta

import pytest
from sqlalchemy import select

import bot.telegram
from bot.assembly import Bot
from bot.telegram import Telegram
from handlers.messages import Incoming, Received, Sender
from storage.database import Database
from storage.tables import address
from tests.fakes.telegram import FakeTelegram, Person
from tests.mornings import falls_due, plan_mornings
from tests.stage import LOS_ANGELES, Clock

PEOPLE, NINE = 100, time(9)
GONE = (3, 5, 7)


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(flood=False) as server:
        for number in range(1, PEOPLE + 1):
            server.person(number).trouble = None
        server.person(3).block()
        server.person(5).deactivate()
        server.person(7).vanish()
        yield server


@pytest.fixture
async def wire(server: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    monkeypatch.setattr(bot.telegram, "NUDGES_PER_SECOND", 1000)
    wire = Telegram(server.token, f"http://127.0.0.1:{server.port}")
    await wire.start()
    yield wire
    await wire.stop()


def cards(person: Person) -> list[str]:
    return [text for text in person.said if f"Hi Tess{person.id}," in text]


def sent_to(server: FakeTelegram, *chats: int) -> int:
    return sum(str(call.params["chat_id"]) in map(str, chats) for call in server.called("sendMessage"))


async def test_three_of_a_hundred_cannot_be_reached(database: Database, server: FakeTelegram, wire: Telegram) -> None:
    await plan_mornings(database, [LOS_ANGELES] * PEOPLE, NINE)
    clock = Clock(falls_due(LOS_ANGELES, NINE))
    app = Bot(database, {"telegram": wire}, LOS_ANGELES, clock)
    await app.settle()
    everybody = [server.person(number) for number in range(1, PEOPLE + 1)]
    assert [len(cards(person)) for person in everybody] == [n not in GONE for n in range(1, PEOPLE + 1)]
    async with database.read() as tx:
        parked = await tx.execute(select(address).where(address.c.parked_at.is_not(None)).order_by(address.c.id))
        assert [(row.user, row.parked_why.split(": ")[-1].lower()) for row in parked] == [
            ("3", "bot was blocked by the user"), ("5", "user is deactivated"), ("7", "chat not found"),
        ]  # fmt: skip

    for days in (1, 2):
        clock.now = falls_due(LOS_ANGELES, NINE) + timedelta(days=days)
        await app.settle()
    assert sent_to(server, *GONE) == len(GONE)

    class Takes:
        async def receive(self, acts: Sequence[Received]) -> None:
            await app.receive(acts)
            await app.settle()
            await app.settle()  # the next tick, which finds what could not leave in its time

    listening = asyncio.create_task(wire.listen(Takes(), _no_beat))
    for words, answer in (("/followups", "To send"), ("/help", "Just tell me")):
        for number in GONE:
            server.person(number).write(words)
        await server.until(lambda answer=answer: all(has(server, number, answer) for number in GONE), 15)  # type: ignore[misc]
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    for number in GONE:
        person = server.person(number)
        assert len(cards(person)) == 1, person.transcript


async def test_a_card_that_never_came_is_not_called_still_here(
    database: Database, server: FakeTelegram, wire: Telegram
) -> None:
    await plan_mornings(database, [LOS_ANGELES] * 3, NINE)
    clock = Clock(falls_due(LOS_ANGELES, NINE))
    app = Bot(database, {"telegram": wire}, LOS_ANGELES, clock)
    await app.settle()
    clock.now += timedelta(days=2)
    await app.settle()
    nora = server.person(3)
    nora.unblock()
    await app.receive([Received(Sender("telegram", "3", "3"), "1", Incoming("text", clock.now, "/help"))])
    for _ in range(3):
        await app.settle()
    assert len(cards(nora)) == 1
    assert not has(server, 3, "Still here"), nora.transcript
    assert not has(server, 3, "newer below"), nora.transcript


def has(server: FakeTelegram, number: int, words: str) -> bool:
    return any(words in text for text in server.person(number).said)


async def _no_beat() -> None:
    pass
