"""The same day, told in the terminal and over Telegram, leaves the same records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

from bot.assembly import Bot, system_clock
from bot.console import Console, MovableClock, Screen
from storage.database import Database
from tests.bot.telegram_stage import TelegramStage, telegram_stage
from tests.copies import empty
from tests.dumps import dump
from tests.stage import LOS_ANGELES, at

THURSDAY = "2026-11-19 16:10"


class Chat(Protocol):
    """What a script needs of a chat."""

    async def writes(self, text: str) -> object: ...

    async def taps(self, label: str) -> object: ...

    async def comes(self, wall: str) -> object: ...


Script = Callable[[Chat], Awaitable[None]]


class Terminal:
    """The console with somebody at it, who looks for the number of the button."""

    def __init__(self, database: Database) -> None:
        zone = ZoneInfo(LOS_ANGELES)
        self.printed: list[str] = []
        self.screen = Screen(self.printed.append)
        clock = MovableClock(at(THURSDAY), system_clock)
        self.bot = Bot(database, {"console": self.screen}, LOS_ANGELES, clock)
        self.console = Console(self.bot, self.screen, clock, zone, self.printed.append)

    async def writes(self, text: str) -> None:
        await self.console.take(text)

    async def taps(self, label: str) -> None:
        """Type the number of the newest button with this label."""
        live = [item for numbers in self.screen._live.values() for item in numbers.items()]
        number = next((number for number, choice in reversed(live) if choice.label == label), 0)
        shown = "\n".join(self.printed)
        assert f"{number} {label}" in shown, f"no button {label!r} in\n{shown}"
        await self.console.take(str(number))

    async def comes(self, wall: str) -> None:
        await self.console.take(f"!{wall}")
        assert self.bot.clock() == at(wall)


class Phone:
    """Telegram, by somebody without a name in their profile: the terminal has none either."""

    def __init__(self, stage: TelegramStage) -> None:
        self.person = stage.person(8, "", "")
        self.comes = stage.comes
        self.writes = self.person.writes
        self.taps = self.person.taps


async def first_contact(chat: Chat) -> None:
    for words in ("/start", "Nora Castellane", "la", "9"):
        await chat.writes(words)


async def the_whole_day(chat: Chat) -> None:
    """First contact, news, an audition with a fix, Undo and Redo, the morning, and what follows."""
    await first_contact(chat)
    await chat.writes("/news Just wrapped a guest star on Harbor Lights")
    await chat.writes("/audition")
    for words in (
        "Copper Falls, Nurse Ray, co-star",
        "Tess Quillan and her associate Jo Fenwick",
        "shes running the turkey trot thurs w her dad",
        "just started banjo, neighbors hate it",
        "blue scrubs top hair up",
    ):
        await chat.writes(words)
    for label in ("Save", "Undo", "Redo", "Fix", "More"):
        await chat.taps(label)
    await chat.writes("callback, felt 4")
    await chat.taps("Save")
    await chat.comes("2026-11-20 09:05")
    for label in ("Another line", "Sent", "Undo", "Sent", "Tonight"):
        await chat.taps(label)
    await chat.comes("2026-11-20 19:30")
    await chat.taps("Skip")
    await chat.comes("2026-11-21 12:00")


async def nobody_named_and_left_alone(chat: Chat) -> None:
    """No names in the room, a talk that is dropped and picked up, one that is left open, and a card nobody touches."""
    await first_contact(chat)
    await chat.writes("/audition")
    await chat.writes("Salt Year, a short")
    await chat.writes("two people, one with red glasses")
    await chat.writes("she has two greyhounds")
    await chat.writes("/cancel")
    await chat.taps("Undo")
    await chat.taps("Save")
    await chat.writes("/audition Harbor Lights, Dana")
    await chat.comes("2026-11-20 09:05")
    await chat.taps("I have the names")
    await chat.writes("Sol Marrick, casting director")
    await chat.writes("/audition Copper Falls, Nurse Ray")
    await chat.writes("sol marick")
    await chat.taps("Sol Marrick, CD")
    await chat.writes("nothing")
    await chat.taps("Save")
    await chat.comes("2026-11-24 12:00")
    await chat.writes("/followups")
    await chat.writes("/undo")


SCRIPTS: tuple[Script, ...] = (the_whole_day, nobody_named_and_left_alone)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
async def test_terminal_and_telegram_leave_equal_data(
    database: Database, other_database: Database, script: Script
) -> None:
    await empty(other_database)  # its ids begin elsewhere, and the dump must not care
    await script(Terminal(database))
    async with telegram_stage(other_database) as stage:
        await script(Phone(stage))
    in_terminal, on_telegram = await dump(database), await dump(other_database)
    assert in_terminal == on_telegram
    assert len(in_terminal["audition"]) >= 1
    assert len(in_terminal["change"]) >= 3


async def test_a_difference_in_one_word_is_found(database: Database, other_database: Database) -> None:
    for kept, name in ((database, "Nora Castellane"), (other_database, "Nora B. Castellane")):
        terminal = Terminal(kept)
        await terminal.writes("/start")
        await terminal.writes(name)
        await terminal.writes("la")
        await terminal.writes("9")
    assert await dump(database) != await dump(other_database)
