"""The same day, told in the terminal, over Telegram and over Slack, leaves the same records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

from bot.assembly import Bot, system_clock
from bot.console import Console, MovableClock, Screen
from storage.database import Database
from tests.bot.sheets import SHEETS, Sheet, on_sheets, tells
from tests.bot.slack_stage import SlackStage, slack_stage
from tests.bot.telegram_stage import TelegramStage, telegram_stage
from tests.copies import empty
from tests.dumps import THE_WAY_IN_AND_OUT, dump
from tests.scripts import COPPER_FALLS, NEXT_MORNING, SETTLED, TALKS, Act, Comes, Script, Tap
from tests.stage import LOS_ANGELES, at

THURSDAY = "2026-11-19 16:10"


class Chat(Protocol):
    """What a script needs of a chat."""

    async def writes(self, text: str) -> object: ...

    async def taps(self, label: str) -> object: ...

    async def comes(self, wall: str) -> object: ...


Day = Callable[[Chat], Awaitable[None]]


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


class Workspace:
    """Slack, by somebody whose profile tells neither name nor zone.

    What would open the modal is typed bare; or it is left open on the desk, and the talk goes on on the phone.
    """

    def __init__(self, stage: SlackStage, *, modal_left_open: bool) -> None:
        self.person = stage.person("U0NOBODY", "", None)
        self.modal_left_open = modal_left_open
        self.comes = stage.comes
        self.taps = self.person.taps

    async def writes(self, text: str) -> None:
        await self.person.writes("audition" if text == "/audition" and not self.modal_left_open else text)


@asynccontextmanager
async def terminal(database: Database) -> AsyncIterator[Chat]:
    yield Terminal(database)


@asynccontextmanager
async def telegram(database: Database) -> AsyncIterator[Chat]:
    async with telegram_stage(database) as stage:
        yield Phone(stage)


@asynccontextmanager
async def slack(database: Database, *, over_http: bool) -> AsyncIterator[Chat]:
    async with slack_stage(database, over_http=over_http) as stage:
        yield Workspace(stage, modal_left_open=over_http)


Network = Callable[[Database], AbstractAsyncContextManager[Chat]]
NETWORKS: dict[str, Network] = {
    "telegram": telegram,
    "slack over the socket": partial(slack, over_http=False),
    "slack over http": partial(slack, over_http=True),
}


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


DAYS: tuple[Day, ...] = (the_whole_day, nobody_named_and_left_alone)


async def told(chat: Chat, acts: Sequence[Act | Sheet]) -> None:
    """A day that is written down as data."""
    for act in acts:
        if isinstance(act, Sheet):
            assert isinstance(chat, Workspace)
            await tells(chat.person, act)
        elif isinstance(act, Tap):
            await chat.taps(act.label)
        elif isinstance(act, Comes):
            await chat.comes(act.wall)
        elif isinstance(act, str):
            await chat.writes(act)


async def assert_equal_data(
    day: Day, network: Network, database: Database, other: Database, *, but: frozenset[str] = THE_WAY_IN_AND_OUT
) -> None:
    """Lived in the terminal, and on this network."""
    await empty(other)  # its ids begin elsewhere, and the dump must not care
    await day(Terminal(database))
    async with network(other) as chat:
        await day(chat)
    in_terminal, elsewhere = await dump(database, but), await dump(other, but)
    assert in_terminal == elsewhere
    assert len(in_terminal["actor"]) == 1


LIVED = [
    (the_whole_day, "telegram"),
    pytest.param(nobody_named_and_left_alone, "telegram", marks=pytest.mark.chaos),
    *(pytest.param(day, name, marks=pytest.mark.chaos) for day in DAYS for name in NETWORKS if "slack" in name),
]


@pytest.mark.parametrize(("day", "network"), LIVED)
async def test_a_day_leaves_equal_data(database: Database, other_database: Database, day: Day, network: str) -> None:
    await assert_equal_data(day, NETWORKS[network], database, other_database)


@pytest.mark.chaos
@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", TALKS)
async def test_every_talk_leaves_equal_data(
    database: Database, other_database: Database, name: str, network: str
) -> None:
    acts = (*TALKS[name].before, *TALKS[name].acts)
    await assert_equal_data(partial(told, acts=acts), NETWORKS[network], database, other_database)


MODAL_DAYS: dict[str, Script] = {name: (*talk.before, *talk.acts) for name, talk in TALKS.items()}
MODAL_DAYS = {name: acts for name, acts in MODAL_DAYS.items() if on_sheets(acts) != acts}
A_DAY_OF_THEM: Script = (*SETTLED, *(act for script in list(SHEETS)[:5] for act in script), NEXT_MORNING)
"""People known and new, a near name, nobody; the morning brings the same drafts."""


@pytest.mark.parametrize(
    "acts",
    [A_DAY_OF_THEM, *(pytest.param(acts, marks=pytest.mark.chaos) for acts in MODAL_DAYS.values())],
    ids=["all of them", *MODAL_DAYS],
)
async def test_the_modal_leaves_the_records_of_the_chat(
    database: Database, other_database: Database, acts: Script
) -> None:
    async def day(chat: Chat) -> None:
        await told(chat, on_sheets(acts) if isinstance(chat, Workspace) else acts)

    # How a talk came to its answers differs: all at once, in the order of the fields.
    but = THE_WAY_IN_AND_OUT | {"talk"}
    await assert_equal_data(day, NETWORKS["slack over the socket"], database, other_database, but=but)


def test_every_talk_that_logs_an_audition_is_told_on_the_modal_too() -> None:
    left = {name for name in TALKS if name not in MODAL_DAYS}
    assert left == {
        "first contact, in a place nobody knows",
        "an audition told before anything was asked",  # it begins in the chat
        "an open question with others laid over it",  # so does this
    }
    assert COPPER_FALLS in SHEETS


async def test_a_difference_in_one_word_is_found(database: Database, other_database: Database) -> None:
    for kept, name in ((database, "Nora Castellane"), (other_database, "Nora B. Castellane")):
        terminal = Terminal(kept)
        await terminal.writes("/start")
        await terminal.writes(name)
        await terminal.writes("la")
        await terminal.writes("9")
    assert await dump(database) != await dump(other_database)
