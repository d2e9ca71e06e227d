"""Many people who talk at once, each with a word of their own in all they say."""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field

from bot.assembly import Bot
from handlers.messages import Incoming, Received, Sender
from scheduler.wire import Parcel
from storage.database import Database
from tests.stage import LOS_ANGELES, Clock, Phone, at

PLATFORMS = ("telegram", "slack")
_SYLLABLES = ("ba", "ke", "mo", "ru", "ti", "vo", "za", "lu")
_OWN_WORD = re.compile(r"zu[a-z]{4}x")
_TITLES = ("Falls", "Lights", "Ferry", "Motel", "Harvest", "Detour")


def own_word(number: int) -> str:
    """A word that nobody else says, like "Zubakex"."""
    return f"Zu{_SYLLABLES[number // 8 % 8]}{_SYLLABLES[number % 8]}x"


def own_words_in(text: str) -> set[str]:
    """Whose words stand in a text."""
    return set(_OWN_WORD.findall(text.casefold()))


def lines(word: str, auditions: int) -> list[tuple[str, str]]:
    """What one says, 4 answers and 8 more an audition, each with what the reply to it says."""
    said = [("/start", "How do you sign"), (f"{word} Castellane", "Where are you?"), ("la", "should follow-ups come?")]
    said.append(("9", "Had an audition today?"))
    for title in _TITLES[:auditions]:
        said += [
            ("/audition", "What was it?"),
            (f"{word} {title}, Nurse {word}, co-star", "Who was in the room?"),
            (f"Tess {word} and her associate Jo {word}ley", "talk about?"),
            (f"the banjo {word} {title}", "And with Jo?"),
            (f"turkey trot {word} {title}", "Anything else?"),
            (f"{word} scrubs top hair up", "hair up"),
        ]
        said += [("save", "Saved."), ("/auditions", "Your auditions.")]
    return said


class Ringing(Phone):
    """A chat network on which one can wait for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.rings: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def send(self, parcel: Parcel) -> str:
        sent = await super().send(parcel)
        self.rings[parcel.to.chat].set()
        return sent


@dataclass
class Talker:
    """Somebody who says the next thing as soon as the last was answered."""

    platform: str
    user: str
    word: str
    phone: Ringing
    waited: list[float] = field(default_factory=list)

    async def talk(self, bot: Bot, auditions: int) -> None:
        sender = Sender(self.platform, self.user, self.user)
        for number, (words, answer) in enumerate(lines(self.word, auditions)):
            seen, began = len(self.phone.chats.get(self.user, [])), time.perf_counter()
            incoming = Incoming("text", bot.clock(), words, name="Nora Castellane")
            await bot.receive([Received(sender, f"{self.user}-{number}", incoming)])
            await self._until(seen, answer)
            self.waited.append(time.perf_counter() - began)

    async def _until(self, seen: int, answer: str) -> None:
        ring = self.phone.rings[self.user]
        while not any(answer in shown.text for shown in self.phone.chats.get(self.user, [])[seen:]):
            ring.clear()
            async with asyncio.timeout(20):
                await ring.wait()


async def talk_at_once(database: Database, people: int, auditions: int) -> list[Talker]:
    """So many people on two platforms, under the same numbers and the same name."""
    phones = {platform: Ringing() for platform in PLATFORMS}
    bot = Bot(database, phones, LOS_ANGELES, Clock(at("2026-11-19 16:10")))
    talkers = [Talker(PLATFORMS[n % 2], str(n // 2 + 1), own_word(n), phones[PLATFORMS[n % 2]]) for n in range(people)]
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    await asyncio.gather(*(talker.talk(bot, auditions) for talker in talkers))
    stop.set()
    await running
    return talkers


def p95(seconds: list[float]) -> float:
    """What 95 of 100 waited at most, in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000
