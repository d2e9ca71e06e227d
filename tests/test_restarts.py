"""Thrown away at any point and built anew on its file, the bot comes to the same end."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.assembly import Bot
from storage.database import Database, sqlite_url
from tests.dumps import Dump, dump
from tests.scripts import TALKS, Act, Comes, TestTalk, do, play
from tests.stage import Phone, Shown, Stage

Looks = list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Moment:
    """What outlives the process: the file, the phone, the clock, and how much was sent to the bot."""

    file: Path
    screen: list[Shown]
    now: datetime
    sent: int
    done: int
    """How many acts are behind us; half of one where the bot is under way with the next."""


@dataclass(frozen=True)
class End:
    """What is compared."""

    rows: Dump
    screen: Looks


class Halting(Bot):
    """Looks up after it has stored what came, and again after it has worked it."""

    on_halt: Callable[[], None] = staticmethod(lambda: None)

    async def settle(self) -> None:
        self.on_halt()
        while await self.worker.work() or await self.tick():
            self.on_halt()
        await super().settle()


class Told:
    """One talk, told without a break, with every moment of it kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.between: list[Moment] = []
        self.midway: list[Moment] = []
        self.ends: list[End] = []

    async def tell(self, file: Path, talk: TestTalk) -> None:
        database = Database(sqlite_url(file))
        stage = Stage(database)
        bot = Halting(database, {"telegram": stage.phone}, stage.zone, stage.clock)
        stage.bot = bot
        await play(stage.nora, talk.before)
        for done, act in enumerate(talk.acts):
            self.between.append(self._moment(stage, file, done))
            self.ends.append(await look(stage))
            bot.on_halt = lambda done=done: self.midway.append(self._moment(stage, file, done))  # type: ignore[misc]
            await do(stage.nora, act)
            bot.on_halt = lambda: None
        self.ends.append(await look(stage))
        await database.close()

    def _moment(self, stage: Stage, file: Path, done: int) -> Moment:
        copy = self.folder / f"moment-{len(self.between) + len(self.midway)}.db"
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        sent = next(deepcopy(stage.nora.events)) - 1
        return Moment(copy, deepcopy(stage.nora.screen), stage.clock.now, sent, done)


async def look(stage: Stage) -> End:
    return End(await dump(stage.database), [(shown.text, shown.labels) for shown in stage.nora.screen])


async def reborn(moment: Moment, go_on: Callable[[Stage], Awaitable[None]]) -> End:
    """A bot with nothing but the file and the phone of that moment, and what it comes to."""
    database = Database(sqlite_url(moment.file))
    stage = Stage(database)
    stage.clock.now = moment.now
    _fill(stage.phone, stage.nora.sender.chat, moment.screen)
    stage.nora.events = itertools.count(moment.sent + 1)
    await stage.bot.deliverer.take_over()  # all that opening does where the schema is up to date
    await go_on(stage)
    end = await look(stage)
    await database.close()
    return end


def _fill(phone: Phone, chat: str, screen: list[Shown]) -> None:
    phone.chats[chat] = deepcopy(screen)
    phone._ids = itertools.count(len(screen) + 1)


@pytest.mark.parametrize("name", TALKS)
async def test_built_anew_anywhere_it_comes_to_the_same_end(name: str, file: Path, tmp_path: Path) -> None:
    talk, told = TALKS[name], Told(tmp_path)
    await told.tell(file, talk)
    for moment in told.between:

        async def rest(stage: Stage, done: int = moment.done) -> None:
            await play(stage.nora, talk.acts[done:])

        assert await reborn(moment, rest) == told.ends[-1], f"built anew before {talk.acts[moment.done]!r}"

    assert len(told.midway) >= 2 * len(talk.acts)
    for moment in told.midway:
        act = talk.acts[moment.done]

        async def end_of_act(stage: Stage, act: Act = act) -> None:
            await stage.bot.settle()
            if isinstance(act, Comes):
                await do(stage.nora, act)

        assert await reborn(moment, end_of_act) == told.ends[moment.done + 1], f"built anew within {act!r}"
