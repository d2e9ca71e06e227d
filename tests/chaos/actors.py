"""Actors at their phones, before a bot that runs somewhere else."""

from __future__ import annotations

import asyncio
import random
import time

from tests.fakes.telegram import FakeTelegram, Person

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


class Actor:
    """Types an answer, waits for the reply; in haste, types a whole audition at once."""

    def __init__(self, telegram: FakeTelegram, number: int, *, hasty: bool, breath: float = BREATH) -> None:
        self.telegram, self.hasty, self.breath = telegram, hasty, breath
        self.phone: Person = telegram.person(number)
        self.answered = 0
        self.waited: list[float] = []
        self._chance = random.Random(number)

    async def say(self, *lines: tuple[str, str]) -> None:
        seen, began = len(self.phone.said), time.perf_counter()
        for words, _ in lines:
            self.phone.write(words)
        await self.telegram.until(lambda: all(self._told(seen, answer) for _, answer in lines), 120)
        self.answered += len(lines)
        self.waited.append(time.perf_counter() - began)
        await asyncio.sleep(self._chance.random() * self.breath)

    def _told(self, seen: int, answer: str) -> bool:
        return any(answer in text for text in self.phone.said[seen:])

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
