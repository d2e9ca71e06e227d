"""Actors at their phones, before a bot that runs somewhere else."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from typing import Protocol

from tests.fakes.slack import FakeSlack
from tests.fakes.slack import Person as Client
from tests.fakes.telegram import FakeTelegram

TITLES = (
    "Copper Falls", "Harbor Lights", "Night Ferry", "Salt Year", "Brightside", "The Orchard Trial", "Quiet Voltage",
    "Paper Moons", "Juniper Street", "Eleven Below", "Kestrel", "Windfall County", "Mother Tongue", "Glasshouse",
    "Driftwood", "Zero Hour Diner", "Upstate", "Velvet Alibi", "Larkspur", "Iron Meridian",
)  # fmt: skip
SETTLING = (("/start", "How do you sign"), ("Nora Castellane", "Where are you?"), ("la", "should follow-ups come?"))
SETTLED = (*SETTLING, ("9", "Had an audition today?"))
BREATH = 0.2  # seconds at most between a reply and the next answer


def audition(title: str) -> tuple[tuple[str, str], ...]:
    """Five answers and what the bot says to each."""
    return (
        ("/audition", "What was it?"),
        (f"{title}, Nurse Ray, co-star", "Who was in the room?"),
        ("Tess Quillan", "What did you talk about?"),
        (f"banjo lessons, {title}", "Anything else?"),
        ("save", "Saved."),
    )


class Chat(Protocol):
    """Where somebody types and reads."""

    @property
    def user(self) -> str:
        """The platform's id of theirs."""

    @property
    def said(self) -> list[str]:
        """What the bot said, as it came."""

    @property
    def sent(self) -> int:
        """How many messages of the bot the network took for them."""

    def write(self, words: str) -> None: ...

    async def until(self, read: Callable[[], bool]) -> None: ...


class OnTelegram:
    """Somebody with a phone."""

    def __init__(self, telegram: FakeTelegram, number: int) -> None:
        self.telegram, self.phone, self.user = telegram, telegram.person(number), str(number)

    @property
    def said(self) -> list[str]:
        return self.phone.said

    @property
    def sent(self) -> int:
        return sum(str(call.params["chat_id"]) == self.user for call in self.telegram.called("sendMessage", "ok"))

    def write(self, words: str) -> None:
        self.phone.write(words)

    async def until(self, read: Callable[[], bool]) -> None:
        await self.telegram.until(read, 120)


class OnSlack:
    """Somebody whose profile is empty; commands are typed bare, since Slack repeats events and nothing else."""

    def __init__(self, slack: FakeSlack, number: int) -> None:
        self.slack, self.user = slack, f"U0ACTOR{number}"
        self.client: Client = slack.person(self.user, name="", tz=None)

    @property
    def said(self) -> list[str]:
        return self.client.said

    @property
    def sent(self) -> int:
        return sum(call.params["channel"] == self.client.dm.id for call in self.slack.called("chat.postMessage", "ok"))

    def write(self, words: str) -> None:
        self.client.write(words.removeprefix("/"))

    async def until(self, read: Callable[[], bool]) -> None:
        await self.slack.until(read, 120)


class Actor:
    """Types an answer, waits for the reply; in haste, types a whole audition at once."""

    def __init__(self, network: FakeTelegram | FakeSlack, number: int, *, hasty: bool, breath: float = BREATH) -> None:
        self.chat: Chat = OnTelegram(network, number) if isinstance(network, FakeTelegram) else OnSlack(network, number)
        self.hasty, self.breath = hasty, breath
        self.answered = 0
        self.waited: list[float] = []
        self._chance = random.Random(number)

    async def say(self, *lines: tuple[str, str]) -> None:
        seen, began = len(self.chat.said), time.perf_counter()
        for words, _ in lines:
            self.chat.write(words)
        await self.chat.until(lambda: all(self._told(seen, answer) for _, answer in lines))
        self.answered += len(lines)
        self.waited.append(time.perf_counter() - began)
        await asyncio.sleep(self._chance.random() * self.breath)

    def _told(self, seen: int, answer: str) -> bool:
        return any(answer in text for text in self.chat.said[seen:])

    async def log(self, title: str) -> None:
        if self.hasty:
            await self.say(*audition(title))
        else:
            for line in audition(title):
                await self.say(line)


async def settle_in(actors: list[Actor]) -> None:
    """The first contact of each, all at once."""
    await asyncio.gather(*(_settle_in(actor) for actor in actors))


async def _settle_in(actor: Actor) -> None:
    for line in SETTLED:
        await actor.say(line)
