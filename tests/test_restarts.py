"""Thrown away at any point and built anew on its file, the bot comes to the same end."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
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


class Killed(Exception):
    """The process is gone."""


class Halting(Bot):
    """Looks up when it has stored what came, and whenever it has worked it."""

    on_stored: Callable[[], None] = staticmethod(lambda: None)
    on_worked: Callable[[], None] = staticmethod(lambda: None)

    async def settle(self) -> None:
        self.on_stored()
        while await self.worker.work() or await self.tick():
            self.on_worked()
        await super().settle()


def kill() -> None:
    raise Killed


class Told:
    """One talk, told without a break, with every moment of it kept."""

    def __init__(self, folder: Path, talk: TestTalk) -> None:
        self.folder, self.talk = folder, talk
        self.between: list[Moment] = []
        self.midway: list[Moment] = []
        self.ends: list[End] = []

    async def tell(self, file: Path) -> None:
        stage, bot = opened(file)
        await play(stage.nora, self.talk.before)
        for done, act in enumerate(self.talk.acts):
            self.between.append(self._moment(stage, file, done))
            self.ends.append(await look(stage))
            bot.on_worked = lambda done=done: self.midway.append(self._moment(stage, file, done))  # type: ignore[misc]
            await do(stage.nora, act)
            bot.on_worked = lambda: None
        self.ends.append(await look(stage))
        await stage.database.close()

    def _moment(self, stage: Stage, file: Path, done: int) -> Moment:
        copy = self.folder / f"moment-{len(self.between) + len(self.midway)}.db"
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        sent = next(deepcopy(stage.nora.events)) - 1
        return Moment(copy, deepcopy(stage.nora.screen), stage.clock.now, sent, done)


async def look(stage: Stage) -> End:
    return End(await dump(stage.database), [(shown.text, shown.labels) for shown in stage.nora.screen])


def opened(file: Path) -> tuple[Stage, Halting]:
    stage = Stage(Database(sqlite_url(file)))
    bot = Halting(stage.database, {"telegram": stage.phone}, stage.zone, stage.clock)
    stage.bot = bot
    return stage, bot


async def reborn(moment: Moment, *acts: Act, under_way: Act = "", begins: Act = "") -> tuple[End, Moment]:
    """A bot with nothing but the file and the phone of that moment; what it comes to, and what outlives it.

    It finds one act `under_way`, and is killed when it has stored another.
    """
    stage, bot = opened(moment.file)
    stage.clock.now = moment.now
    _fill(stage.phone, stage.nora.sender.chat, moment.screen)
    stage.nora.events = itertools.count(moment.sent + 1)
    await bot.deliverer.take_over()  # all that opening does where the schema is up to date
    await bot.settle()
    if isinstance(under_way, Comes):
        await do(stage.nora, under_way)
    await play(stage.nora, acts)
    end = await look(stage)
    if begins:
        bot.on_stored = kill
        with pytest.raises(Killed):
            await do(stage.nora, begins)
    await stage.database.close()
    return end, Moment(moment.file, stage.nora.screen, stage.clock.now, next(stage.nora.events) - 1, moment.done)


def _fill(phone: Phone, chat: str, screen: list[Shown]) -> None:
    phone.chats[chat] = deepcopy(screen)
    phone._ids = itertools.count(len(screen) + 1)


@pytest.fixture
async def told(request: pytest.FixtureRequest, file: Path, tmp_path: Path) -> Told:
    told = Told(tmp_path, TALKS[request.param])
    await told.tell(file)
    return told


every_talk = pytest.mark.parametrize("told", TALKS, indirect=True)
SHOWN = ("an audition with two people, to the morning and Sent", "an open question with others laid over it")
some_talks = pytest.mark.parametrize(
    "told", [name if name in SHOWN else pytest.param(name, marks=pytest.mark.chaos) for name in TALKS], indirect=True
)


@some_talks
async def test_built_anew_in_every_act_it_comes_to_the_same_end(told: Told) -> None:
    acts = told.talk.acts
    _, moment = await reborn(told.between[0], begins=acts[0])
    for act, following, expected in zip(acts, (*acts[1:], ""), told.ends[1:], strict=True):
        end, moment = await reborn(moment, under_way=act, begins=following)
        assert end == expected, f"only stored: {act!r}"

    typed = {at for at, act in enumerate(acts) if not isinstance(act, Comes)}
    assert typed <= {moment.done for moment in told.midway}
    for moment in told.midway:
        act = acts[moment.done]
        end, _ = await reborn(moment, under_way=act)
        assert end == told.ends[moment.done + 1], f"worked, but not answered: {act!r}"


@pytest.mark.chaos
@every_talk
async def test_built_anew_once_before_any_act_it_comes_to_the_same_end(told: Told) -> None:
    for moment in told.between:
        end, _ = await reborn(moment, *told.talk.acts[moment.done :])
        assert end == told.ends[-1], f"before {told.talk.acts[moment.done]!r}"
