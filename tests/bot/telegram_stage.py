"""The whole bot behind a look-alike of Telegram, over HTTP, with a clock that is moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from bot.assembly import Bot
from bot.telegram import Telegram
from handlers.messages import Received
from handlers.worker import SORRY
from storage import pulse
from storage.database import Database
from tests.fakes.telegram import FakeTelegram, Shown
from tests.fakes.telegram import Person as Phone
from tests.stage import LOS_ANGELES, Clock, at

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
MOST_BYTES_OF_DATA = 64
SENDING = (
    "sendMessage",
    "sendDocument",
    "sendPhoto",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
)
SETTLE_IN = ("/start", "Nora Castellane", "la", "9")
COPPER_FALLS = (
    "/audition",
    "Copper Falls, Nurse Ray, co-star",
    "Tess Quillan and her associate Jo Fenwick",
    "shes running the turkey trot thurs w her dad",
    "just started banjo, neighbors hate it",
    "blue scrubs top hair up",
)


@dataclass(repr=False)
class Person:
    """Somebody who types and taps; each act waits until the bot has done all it will do about it."""

    stage: TelegramStage
    phone: Phone
    seen: int = 0

    @property
    def screen(self) -> list[Shown]:
        """What the bot said, as it stands now."""
        return [shown for shown in self.phone.screen if not shown.mine]

    @property
    def last(self) -> Shown:
        return self.screen[-1]

    async def writes(self, text: str, *, reply_to: int | None = None) -> list[str]:
        return await self.does(self.phone.write(text, reply_to=reply_to))

    async def writes_all(self, *lines: str) -> list[str]:
        """Type several messages before the bot has read the first."""
        return await self.does(*(self.phone.write(line) for line in lines))

    async def taps(self, label: str, on: str = "") -> list[str]:
        """Tap the newest button with this label, perhaps only of a message with these words."""
        shown = next((s for s in reversed(self.screen) if on in s.text and label in labels(s)), None)
        assert shown, f"no button {label!r} on\n{self.phone.transcript}"
        return await self.does(self.phone.tap(label, shown.message_id))

    def got(self, words: str) -> int:
        """How many messages with these words arrived, whatever became of them since."""
        sent = [call for call in self.stage.telegram.called("sendMessage") if call.outcome in ("ok", "lost", "stall")]
        mine = [call for call in sent if str(call.params["chat_id"]) == str(self.phone.id)]
        return sum(words in call.params["text"] for call in mine)

    async def taps_data(self, data: str, message_id: int = 0) -> list[str]:
        """Tap what may never have been a button."""
        return await self.does(self.phone.tap_data(data, message_id))

    async def does(self, *update_ids: int) -> list[str]:
        """Any acts of the phone; returns what the bot said anew."""
        before = len(self.phone.said)
        await self.stage.takes(*update_ids)
        return self.phone.said[before:]

    def news(self) -> list[str]:
        """What came since this was last asked."""
        before, self.seen = self.seen, len(self.phone.said)
        return self.phone.said[before:]


def labels(shown: Shown) -> list[str]:
    """The buttons under a message."""
    return [label for row in shown.buttons for label, _ in row]


@dataclass(repr=False)
class TelegramStage:
    """Telegram, the wire and the bot."""

    telegram: FakeTelegram
    wire: Telegram
    bot: Bot
    clock: Clock
    pauses: Pauses
    trouble: list[Exception] = field(default_factory=list)
    """What `receive` is to raise next."""
    unconfirmed_then: list[list[int]] = field(default_factory=list)
    """What Telegram still held each time when something had been stored."""
    may_refuse: bool = False
    listening: asyncio.Task[None] | None = None

    @property
    def nora(self) -> Person:
        return self._nora

    def __post_init__(self) -> None:
        self._nora = self.person(7)

    def person(self, user_id: int, first_name: str = "Nora", last_name: str = "Castellane") -> Person:
        return Person(self, self.telegram.person(user_id, first_name, last_name))

    async def start(self) -> None:
        """Reach Telegram and listen to it."""
        await self.wire.start()
        self.listen()

    def listen(self) -> None:
        self.listening = asyncio.create_task(self.wire.listen(self, self._beat))

    async def stop_listening(self) -> None:
        if self.listening:
            self.listening.cancel()
            await asyncio.gather(self.listening, return_exceptions=True)

    async def receive(self, acts: Sequence[Received]) -> None:
        """The bot's own, but for the trouble a test has ordered."""
        if self.trouble:
            raise self.trouble.pop(0)
        await self.bot.receive(acts)
        self.unconfirmed_then += [self.telegram.unconfirmed] if acts else []

    async def _beat(self) -> None:
        await pulse.beat(self.bot.database, self.wire.platform, self.clock())

    async def takes(self, *update_ids: int) -> None:
        """Wait until these are acknowledged, and everything is done that they ask for."""
        await self.telegram.until(lambda: not set(update_ids) & set(self.telegram.unconfirmed), seconds=2)
        await self.bot.settle()
        await self.telegram.until(lambda: not self.wire._answering)

    async def comes(self, wall: str, zone: str = LOS_ANGELES) -> None:
        """The clock goes on to a wall time; what falls due on the way comes at its own moment."""
        await self.bot.pass_time(at(wall, zone), self.clock.move_to)

    async def passes(self, seconds: float) -> None:
        """The clock goes on a little, and what was put off leaves."""
        self.clock.now += timedelta(seconds=seconds)
        await self.bot.settle()

    def hurry(self, read_seconds: float) -> None:
        """Let the wire lose its patience sooner than Telegram would have it."""
        self.wire._api.request._read_timeout = read_seconds  # type: ignore[attr-defined]

    @property
    def refused(self) -> list[str]:
        """How Telegram refused what the bot sent; to show again what is shown is no fault."""
        sent = [call for method in SENDING for call in self.telegram.called(method, "400")]
        return [call.outcome for call in sent if "not modified" not in call.outcome]

    def check(self) -> None:
        """What holds in every chat at any time: no refusal, no apology, no button too long, no reply keyboard."""
        assert self.may_refuse or not self.refused
        for chat in self.telegram.world.chats.values():
            for shown in chat.screen:
                assert SORRY not in shown.text, chat.transcript
                assert shown.mine or not shown.reply_keyboard
                for _, data in (button for row in shown.buttons for button in row):
                    assert 1 <= len(data.encode()) <= MOST_BYTES_OF_DATA


class Pauses(ModuleType):
    """asyncio, but nobody sleeps: the seconds are written down instead."""

    def __init__(self) -> None:
        super().__init__("asyncio")
        self.seconds: list[float] = []
        self._slept = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._slept.set()
        await asyncio.sleep(min(seconds, 0.01))

    async def until(self, times: int) -> None:
        """Wait until there were so many."""
        async with asyncio.timeout(5):
            while len(self.seconds) < times:
                self._slept.clear()
                await self._slept.wait()


def _go_by(clock: Clock, patch: pytest.MonkeyPatch) -> None:
    """The phones read the clock that the test moves."""

    class Time(ModuleType):
        def time(self) -> float:
            return clock().timestamp()

    for module in ("telegram_chats", "telegram_people"):
        patch.setattr(f"tests.fakes.{module}.time", Time("time"))


@asynccontextmanager
async def telegram_stage(
    database: Database,
    now: str = "2026-11-19 16:10",
    *,
    allowed: Collection[str] = (),
    flood: bool = False,
    starts: bool = True,
    known: bool = False,
) -> AsyncIterator[TelegramStage]:
    """Everything running, from Thursday 2026-11-19 at 16:10 in Los Angeles; `starts` is whether the bot is.

    `known` is whether Nora wrote before, in the time that the database remembers: her phone begins empty.
    """
    clock, pauses = Clock(at(now)), Pauses()
    with pytest.MonkeyPatch.context() as patch:
        _go_by(clock, patch)
        patch.setattr("bot.telegram.asyncio", pauses)
        async with FakeTelegram(TOKEN, flood=flood, clock=lambda: clock().timestamp()) as telegram:
            wire = Telegram(TOKEN, telegram.base_url.removesuffix("/bot"), allowed, clock=clock)
            bot = Bot(database, {wire.platform: wire}, LOS_ANGELES, clock)
            stage = TelegramStage(telegram, wire, bot, clock, pauses)
            if known:
                stage.nora.phone.trouble, telegram.world.counted = None, 1000
            try:
                if starts:
                    await stage.start()
                yield stage
            finally:
                await stage.stop_listening()
                await wire.stop()
            stage.check()
