"""Long work: asked for in the talk, made beside it, brought once; the talk and the others go on meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.assembly import Bot
from handlers import nudges
from handlers.desk import Desk
from handlers.documents import MOST
from handlers.long_work import FAILED, Made, Maker, ask
from handlers.worker import outbox_row
from scheduler.making import MOST_TRIES
from scheduler.wire import Parcel, Unsure
from storage import actors, due, outbox
from storage.database import Transaction
from storage.tables import due as due_rows
from tests.stage import Person, Stage
from tests.two_chats import join, on_slack

YEAR = 2026
Make = Callable[[Any], Made]


async def load(tx: Transaction, actor_id: int, subject: int) -> tuple[str, int]:
    return (await actors.load(tx, [actor_id]))[actor_id].profile_name, subject


def make(data: tuple[str, int]) -> Made:
    name, year = data
    return Made(f"{year}.csv", "text/csv", f"{name},{year}".encode(), f"Your {year}, in one file.")


def begin_anew(stage: Stage, make: Make = make) -> None:
    """The process is another one, and makes like this."""
    makers = {"export": Maker(load, make)}
    stage.bot = Bot(stage.database, stage.wires, stage.zone, stage.clock, stage.outside, makers=makers)


async def desk_of(tx: Transaction, person: Person) -> Desk:
    desk = await person.stage.bot.worker.desk_of(tx, person.sender)
    assert desk is not None
    return desk


async def says(tx: Transaction, desk: Desk) -> None:
    await outbox.add(tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])


async def asks(person: Person, year: int = YEAR) -> bool:
    async with person.stage.database.write() as tx:
        return await ask(await desk_of(tx, person), "export", year)


async def states(stage: Stage) -> list[tuple[str, int]]:
    async with stage.database.read() as tx:
        found = await tx.execute(select(due_rows.c.state, due_rows.c.attempts).where(due_rows.c.kind == "export"))
        return [(row.state, row.attempts) for row in found]


def files(person: Person) -> list[tuple[str, bytes]]:
    return [(shown.document.name, shown.document.content) for shown in person.screen if shown.document]


@pytest.fixture
async def nora(stage: Stage) -> Person:
    begin_anew(stage)
    await stage.nora.says("/start")
    await stage.nora.says("/cancel")
    return stage.nora


async def test_it_comes_with_its_words_and_is_done(nora: Person) -> None:
    assert await asks(nora)
    await nora.stage.bot.settle()
    assert nora.last.text == "Your 2026, in one file."
    assert files(nora) == [("2026.csv", b"Nora Castellane,2026")]
    assert await states(nora.stage) == [("handed", 0)]


async def test_it_is_asked_for_once_while_it_is_under_way_and_again_later(nora: Person) -> None:
    assert [await asks(nora), await asks(nora), await asks(nora, 2025)] == [True, False, True]
    await nora.stage.bot.settle()
    assert await asks(nora)
    await nora.stage.bot.settle()
    assert [name for name, _ in files(nora)] == ["2026.csv", "2025.csv", "2026.csv"]


async def test_words_alone_where_there_is_nothing_to_put_in_a_file(nora: Person) -> None:
    begin_anew(nora.stage, lambda _: Made("", "", b"", "Nothing was spent in 2026."))
    await asks(nora)
    await nora.stage.bot.settle()
    assert nora.last.text == "Nothing was spent in 2026."
    assert files(nora) == []


async def test_the_open_question_stands_last_again(nora: Person) -> None:
    (question,) = await nora.says("/news")
    await asks(nora)
    await nora.stage.bot.settle()
    assert [shown.text for shown in nora.screen[-2:]] == ["Your 2026, in one file.", question]
    assert "Harbor Lights" in (await nora.says("wrapped a guest star on Harbor Lights"))[0]


async def test_it_is_no_nudge(nora: Person) -> None:
    """Neither told as what comes next, nor moved when the actor moves, nor given to the tick."""
    await asks(nora)
    async with nora.stage.database.write() as tx:
        desk = await desk_of(tx, nora)
        assert await nudges.first(desk) is None
        await nudges.replan(desk)
    assert not await nora.stage.bot.tick()
    await nora.stage.bot.settle()
    assert len(files(nora)) == 1


# What goes wrong


class Failing:
    """Fails so often, and then makes."""

    def __init__(self, times: int) -> None:
        self.times, self.tries = times, 0

    def __call__(self, data: tuple[str, int]) -> Made:
        self.tries += 1
        if self.tries <= self.times:
            raise ZeroDivisionError
        return make(data)


async def passes_ticks(stage: Stage, ticks: int) -> None:
    for _ in range(ticks):
        stage.clock.now += timedelta(seconds=20)
        await stage.bot.settle()


async def test_what_fails_is_tried_again_at_the_next_ticks(nora: Person) -> None:
    begin_anew(nora.stage, failing := Failing(2))
    await asks(nora)
    await nora.stage.bot.settle()
    assert (failing.tries, await states(nora.stage)) == (1, [("waiting", 1)])
    await passes_ticks(nora.stage, 5)
    assert (failing.tries, len(files(nora))) == (3, 1)
    assert await states(nora.stage) == [("handed", 0)]


async def test_what_fails_four_times_is_said_once_and_logged_by_id(
    nora: Person, caplog: pytest.LogCaptureFixture
) -> None:
    begin_anew(nora.stage, failing := Failing(99))
    await asks(nora)
    await passes_ticks(nora.stage, 9)
    assert failing.tries == MOST_TRIES
    assert [shown.text for shown in nora.screen].count(FAILED) == 1
    assert "due row 1 (export): try 4 failed" in caplog.text
    assert await asks(nora)


async def test_what_no_chat_takes_does_not_come(nora: Person, caplog: pytest.LogCaptureFixture) -> None:
    begin_anew(nora.stage, lambda _: Made("2026.csv", "text/csv", bytes(MOST + 1), "Your 2026."))
    await asks(nora)
    await passes_ticks(nora.stage, 9)
    assert nora.last.text == FAILED
    assert "UnfitFile" in caplog.text


async def test_what_kills_the_process_each_time_is_given_up(nora: Person) -> None:
    begin_anew(nora.stage, failing := Failing(0))
    await asks(nora)
    async with nora.stage.database.write() as tx:
        for _ in range(MOST_TRIES):
            assert await due.take_up(tx, 1)
    await nora.stage.bot.settle()
    assert (nora.last.text, failing.tries) == (FAILED, 0)


async def test_a_restart_half_way_makes_it_once_more_and_brings_it_once(
    nora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise asyncio.CancelledError

    await asks(nora)
    dying = nora.stage.bot.making
    monkeypatch.setattr(dying, "_write_down", dies)
    assert await dying._begin()
    await asyncio.wait(dying._in_hand)
    assert files(nora) == []
    for _ in range(2):
        begin_anew(nora.stage)
        await nora.stage.bot.deliverer.take_over()
        await nora.stage.bot.settle()
    assert files(nora) == [("2026.csv", b"Nora Castellane,2026")]


async def test_what_was_taken_back_meanwhile_does_not_come(nora: Person) -> None:
    reached, go = threading.Event(), threading.Event()

    def slow(data: tuple[str, int]) -> Made:
        reached.set()
        go.wait(5)
        return make(data)

    begin_anew(nora.stage, slow)
    await asks(nora)
    settling = asyncio.create_task(nora.stage.bot.settle())
    await asyncio.to_thread(reached.wait, 5)
    async with nora.stage.database.write() as tx:
        await due.cancel(tx, 1, "export", [YEAR])
    go.set()
    await settling
    assert files(nora) == []
    assert [state for state, _ in await states(nora.stage)] == ["cancelled"]


async def test_its_fate_unknown_it_is_brought_once_more_at_most(nora: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = nora.stage.phone
    send = phone.send

    async def unsure(parcel: Parcel) -> str:
        await send(parcel)
        raise Unsure

    monkeypatch.setattr(phone, "send", unsure)
    await asks(nora)
    await passes_ticks(nora.stage, 5)
    assert len(files(nora)) == 2


# Beside the talk


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - set by a thread, and by a screen
            await asyncio.sleep(0.002)


async def test_the_talk_and_the_others_go_on_two_at_once_and_one_for_each(stage: Stage) -> None:
    go, lock, under_way, seen = threading.Event(), threading.Lock(), list[str](), list[list[str]]()

    def slow(data: tuple[str, int]) -> Made:
        with lock:
            under_way.append(data[0])
            seen.append(list(under_way))
        go.wait(5)
        with lock:
            under_way.remove(data[0])
        return make(data)

    begin_anew(stage, slow)
    people = [stage.nora, stage.person("2", "Tess Quillan"), stage.person("3", "Jo Fenwick")]
    for person in people:
        await person.says("/start")
    for person in people:
        assert await asks(person)
        assert await asks(person, 2025)
    stop = asyncio.Event()
    running = asyncio.create_task(stage.bot.run(stop))
    await until(lambda: len(under_way) == 2)
    async with stage.database.write() as tx:
        desk = await desk_of(tx, stage.nora)
        desk.say("Still here.")
        await says(tx, desk)
    stage.bot.deliverer.wake()
    await until(lambda: stage.nora.last.text == "Still here.")
    go.set()
    await until(lambda: [len(files(person)) for person in people] == [2, 2, 2])
    stop.set()
    await running
    assert max(len(names) for names in seen) == 2
    assert all(len(set(names)) == len(names) for names in seen)


async def test_it_is_brought_to_where_it_was_asked_for(stage: Stage) -> None:
    begin_anew(stage)
    await stage.nora.says("/start")
    other = on_slack(stage)
    await join(stage.nora, other)
    for person in (stage.nora, other):
        await asks(person)
        await stage.bot.settle()
    assert (len(files(stage.nora)), len(files(other))) == (1, 1)


async def test_files_leave_two_at_once_and_nobodys_words_wait_for_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [stage.person(str(number)) for number in range(10, 15)]
    for person in people:
        await person.says("/start")
    send, go, leaving = stage.phone.send, asyncio.Event(), list[Parcel]()

    async def slow(parcel: Parcel) -> str:
        if parcel.document:
            leaving.append(parcel)
            await go.wait()
        return await send(parcel)

    monkeypatch.setattr(stage.phone, "send", slow)
    async with stage.database.write() as tx:
        for person in people:
            desk = await desk_of(tx, person)
            if person is people[-1]:
                desk.say("Words.")
            else:
                await desk.attach("A file.", "a.csv", "text/csv", b"a")
            await says(tx, desk)
    delivering = asyncio.create_task(stage.bot.deliverer.settle())
    await until(lambda: people[-1].last.text == "Words." and len(leaving) > 1)
    assert len(leaving) == 2
    go.set()
    await delivering
    assert [len(files(person)) for person in people] == [1, 1, 1, 1, 0]


async def test_a_flood_overtakes_replies_and_no_file(stage: Stage) -> None:
    await stage.nora.says("/start")
    async with stage.database.write() as tx:
        desk = await desk_of(tx, stage.nora)
        await desk.attach("A file.", "a.csv", "text/csv", b"a")
        for number in range(30):
            desk.say(f"Reply {number}.")
        await says(tx, desk)
    await stage.bot.tick.thin_out()
    await stage.bot.settle()
    assert [shown.text[:9] for shown in stage.nora.screen[-3:]] == ["A file.", "Reply 29.", "Slow down"]
