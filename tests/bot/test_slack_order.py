"""What comes from Slack is kept once, in the order it came, and only then acknowledged."""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.slack import door
from bot.slack.in_order import InOrder
from handlers.messages import Incoming, Received, Sender
from handlers.worker import Worker
from storage.database import Database, Transaction
from storage.tables import inbox
from tests.bot.slack_stage import SlackStage, slack_stage
from tests.fakes.slack import Delivery
from tests.stage import at

HELP = "Just tell me about an audition"


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Slack posts again is signed in another second, as nobody waits for it here."""
    seconds = itertools.count(time.time() - 100)
    clock = ModuleType("time")
    clock.time = lambda: next(seconds)  # type: ignore[attr-defined]
    monkeypatch.setattr("tests.fakes.slack_http.time", clock)


@pytest.fixture(params=[False, True], ids=["socket", "http"])
async def stage(database: Database, request: pytest.FixtureRequest) -> AsyncIterator[SlackStage]:
    async with slack_stage(database, over_http=request.param) as stage:
        yield stage


class Full:
    """A database that cannot be written to until it is `passing`."""

    def __init__(self, database: Database) -> None:
        self.database, self.passing = database, False

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        return self.database.read()

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        if not self.passing:
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database or disk is full"))
        return self.database.write()


async def kept(database: Database) -> list[tuple[str, str]]:
    """Who said what, in the order of the table."""
    async with database.read() as tx:
        rows = (await tx.execute(select(inbox.c.user, inbox.c.incoming).order_by(inbox.c.id))).all()
    return [(user, incoming.get("text", "")) for user, incoming in rows]


# Kept, then acknowledged


async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Full(stage.bot.database)
    monkeypatch.setattr(stage.bot.worker, "_database", full)
    monkeypatch.setattr(stage.slack.sockets, "patience", 0.1)
    event = await stage.nora.client.write("/help").settled()
    command = await stage.nora.client.slash("/buttonhook", "help").settled()
    assert [(one.status, one.why) for one in (event, command)] == [
        ("failed", "http_error" if stage.web else "timeout")
    ] * 2
    assert not stage.web or [one.response for one in (event, command)] == [(503, "")] * 2
    assert await kept(stage.bot.database) == []

    full.passing = True
    (repeat,) = stage.slack.retry_failed()
    assert repeat.retry == 1
    await stage.nora.does(repeat)
    assert sum(HELP in text for text in stage.nora.client.said) == 1
    stage.nora.client.trouble.clear()  # Slack repeats no command, and its client has said so


async def test_a_repeat_is_acknowledged_and_worked_no_more(stage: SlackStage) -> None:
    said = stage.nora.client.write("/help")
    await said.acked()
    before = [await stage.slack.redeliver(said).acked() for _ in range(2)]
    await stage.bot.settle()
    after = [await stage.slack.redeliver(said).acked() for _ in range(2)]
    await stage.bot.settle()
    assert [repeat.retry for repeat in (*before, *after)] == [1, 2, 3, 4]
    assert sum(HELP in text for text in stage.nora.client.said) == 1
    assert len(await kept(stage.bot.database)) == 1


# In order


def uneven(stage: SlackStage, patch: pytest.MonkeyPatch, chance: random.Random) -> None:
    """The ways to the store, and the store itself, take now longer and now shorter."""
    may_come_in, receive = stage.wire._may_come_in, stage.bot.receive

    async def slowly(act: Received) -> bool:
        await asyncio.sleep(chance.choice((0, 0, 0.01, 0.03)))
        return await may_come_in(act)

    async def store(acts: Sequence[Received]) -> None:
        await asyncio.sleep(chance.choice((0, 0.01, 0.02)))
        await receive(acts)

    patch.setattr(stage.wire, "_may_come_in", slowly)
    patch.setattr(stage.bot, "receive", store)


async def test_fifty_at_once_are_kept_in_the_order_they_came(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    uneven(stage, monkeypatch, chance)
    came: list[str] = []
    read = door._json

    def seen(body: str) -> str:
        payload = read(body)
        came.append(payload)
        return payload

    monkeypatch.setattr(door, "_json", seen)  # posts run side by side, so only the door knows which came first
    people = [stage.person(f"U0P{number}").client for number in range(5)]
    told: list[tuple[str, str, Delivery]] = []
    for number in range(50):
        person, words = chance.choice(people), f"line {number:02}"
        told.append((person.id, words, person.write(words)))
        if number % 7 == 3:
            _of_ours(stage, person.dm.id)
    await stage.slack.until(lambda: all(one.status == "acked" for one in stage.slack.deliveries))
    expected = [(user, words) for user, words, _ in told]
    if stage.web:
        place = {words: next(n for n, body in enumerate(came) if words in body) for _, words, _ in told}
        expected.sort(key=lambda line: place[line[1]])
    assert await kept(stage.bot.database) == expected


def _of_ours(stage: SlackStage, channel: str) -> Delivery:
    """The bot hears its own message; Bolt passes over it."""
    team = stage.slack.home
    event = {"type": "message", "channel": channel, "channel_type": "im", "user": team.bot_user, "bot_id": team.bot_id}
    return stage.slack.world.event(team, event | {"text": "said by us", "ts": stage.slack.world.ts()}, "message.im")


async def test_what_is_none_of_ours_holds_up_nobody(database: Database) -> None:
    async with slack_stage(database, over_http=True) as stage:
        await asyncio.gather(stage.slack.verify_url(), _of_ours(stage, "D0NORA").acked())
        assert await stage.slack.verify_url()
        assert len(await stage.nora.writes("/help")) == 1


# The queue by itself


def act(words: str) -> Received:
    now = at("2026-11-19 16:10")
    return Received(Sender("slack", "U0NORA", "U0NORA", "T0HOME"), words, Incoming("text", now, text=words))


class Shelf:
    """A store that fails where it is told to."""

    def __init__(self) -> None:
        self.order = InOrder(self.store)
        self.batches: list[list[str]] = []
        self.gate = asyncio.Event()
        self.fails = 0

    async def store(self, acts: Sequence[Received]) -> None:
        await self.gate.wait()
        self.fails -= 1
        if self.fails >= 0:
            raise OSError("the disk is full")
        self.batches.append([act.event for act in acts])

    async def put(self, words: str, *before: asyncio.Event) -> None:
        with self.order.place():
            for event in before:
                await event.wait()
            await self.order.keep([act(words)])

    async def pass_by(self, until: asyncio.Event) -> None:
        with self.order.place():
            await until.wait()


async def _started(*work: Any) -> list[asyncio.Task[Any]]:
    """All of them under way, each having come as far as it can."""
    tasks = [asyncio.ensure_future(one) for one in work]
    for _ in range(10):
        await asyncio.sleep(0)
    return tasks


async def test_who_came_later_waits_for_who_came_first() -> None:
    shelf, read = Shelf(), asyncio.Event()
    shelf.gate.set()
    tasks = await _started(shelf.put("a", read), shelf.put("b"), shelf.put("c"))
    assert shelf.batches == []
    read.set()
    await asyncio.gather(*tasks)
    assert [words for batch in shelf.batches for words in batch] == ["a", "b", "c"]


async def test_who_gives_up_the_place_or_is_cancelled_holds_up_nobody() -> None:
    shelf, read = Shelf(), asyncio.Event()
    passing, cancelled, last = await _started(shelf.pass_by(read), shelf.put("gone", asyncio.Event()), shelf.put("b"))
    cancelled.cancel()
    read.set()
    shelf.gate.set()
    await last
    await passing
    assert shelf.batches == [["b"]]


async def test_who_is_cancelled_while_it_is_stored_holds_up_nobody() -> None:
    shelf = Shelf()
    first, second = await _started(shelf.put("a"), shelf.put("b"))
    first.cancel()
    shelf.gate.set()
    await second
    assert [words for batch in shelf.batches for words in batch] == ["a", "b"], "it may come twice, but never be lost"


async def test_a_store_that_failed_is_told_to_those_in_it_and_to_nobody_else() -> None:
    shelf = Shelf()
    shelf.fails = 1
    tasks = await _started(shelf.put("a"))
    tasks += await _started(shelf.put("b"), shelf.put("c"))
    shelf.gate.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(end) for end in ends] == [OSError, type(None), type(None)]
    assert shelf.batches == [["b", "c"]]


# To acknowledge waits for the store, and for nothing else


async def test_the_acknowledgement_does_not_wait_for_the_work(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, working, work = asyncio.Event(), asyncio.Event(), stage.bot.worker.work

    async def slowly(worker: Worker) -> bool:
        working.set()
        await gate.wait()
        return await work()

    monkeypatch.setattr(Worker, "work", slowly)
    stop = asyncio.Event()
    running = asyncio.create_task(stage.bot.run(stop))
    await working.wait()
    told = [stage.nora.client.write("/help") for _ in range(20)]
    await stage.slack.until(lambda: all(one.status == "acked" for one in told))
    assert len(await kept(stage.bot.database)) == 20
    assert stage.nora.client.said == []
    gate.set()
    await stage.slack.until(lambda: len(stage.nora.client.said) == 20)
    stop.set()
    await running


async def test_while_the_database_is_locked_nothing_is_acknowledged(stage: SlackStage, file: Path) -> None:
    await stage.nora.writes("/start")
    began, store = asyncio.Event(), stage.bot.worker.store

    async def noted(acts: Sequence[Received]) -> None:
        began.set()
        await store(acts)

    stage.bot.worker.store = noted  # type: ignore[method-assign]
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = [stage.nora.client.write("/help") for _ in range(5)]
        await began.wait()
        await asyncio.sleep(0.05)  # more than it takes to store where nothing is locked
        assert {one.status for one in told} == {"waiting"}
        other.execute("ROLLBACK")
    await stage.takes(*told)
    assert sum(HELP in text for text in stage.nora.client.said) == 5
