"""A person with a phone, a clock that is moved by hand, and the whole bot behind it."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.assembly import Bot
from handlers.messages import Incoming, Message, Received, Sender
from handlers.messages import words as piece_words
from handlers.outside import Outside
from scheduler.wire import Document, Parcel
from storage.database import Database

LOS_ANGELES = "America/Los_Angeles"
SEED = 7


def at(wall: str, zone: str = LOS_ANGELES) -> datetime:
    """The instant of a wall time like "2026-11-19 16:10"."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move_to(self, moment: datetime) -> None:
        self.now = moment


@dataclass
class Shown:
    """One message as it stands on the screen."""

    id: str
    message: Message
    sound: bool
    edits: int = 0
    document: Document | None = None

    @property
    def text(self) -> str:
        return words(self.message)

    @property
    def labels(self) -> list[str]:
        return [choice.label for row in self.message.choices for choice in row]


def words(message: Message) -> str:
    """A message as one reads it."""
    body = "".join(map(piece_words, message.body))
    return f"{body}\n\n{message.under}" if message.under else body


class Phone:
    """A chat network that always takes what is sent; what is on each chat's screen can be read."""

    def __init__(self) -> None:
        self.chats: dict[str, list[Shown]] = {}
        self._ids = itertools.count(1)

    async def send(self, parcel: Parcel) -> str:
        screen = self.chats.setdefault(parcel.to.chat, [])
        for shown in screen:
            if parcel.replaces and shown.id == parcel.replaces:
                shown.message = parcel.message
                shown.edits += 1
                return shown.id
        screen.append(Shown(str(next(self._ids)), parcel.message, parcel.sound, document=parcel.document))
        return screen[-1].id


@dataclass
class Person:
    """Somebody who types and taps."""

    stage: Stage
    sender: Sender
    name: str = ""
    seen: int = 0
    events: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def screen(self) -> list[Shown]:
        return self.stage.wires[self.sender.platform].chats.get(self.sender.chat, [])

    @property
    def last(self) -> Shown:
        return self.screen[-1]

    async def act(self, incoming: Incoming, event: str = "") -> list[str]:
        """Do one thing; returns what the bot said anew."""
        before = len(self.screen)
        event = event or f"{self.sender.chat}-{next(self.events)}"
        await self.stage.bot.receive([Received(self.sender, event, incoming)])
        await self.stage.bot.settle()
        return [shown.text for shown in self.screen[before:]]

    async def says(self, text: str) -> list[str]:
        return await self.act(Incoming("text", self.stage.clock(), text=text, name=self.name))

    async def taps(self, label: str) -> list[str]:
        """Tap the newest button with this label."""
        for shown in reversed(self.screen):
            for row in shown.message.choices:
                for choice in row:
                    if choice.label == label:
                        return await self.taps_data(choice.data)
        raise AssertionError(f"no button {label!r} on\n{self.reads()}")

    async def taps_data(self, data: str) -> list[str]:
        return await self.act(Incoming("tap", self.stage.clock(), text=data, name=self.name))

    def reads(self) -> str:
        """The whole screen."""
        return "\n\n".join(f"{s.text}\n{' '.join(f'[{label}]' for label in s.labels)}".strip() for s in self.screen)

    def news(self) -> list[str]:
        """What came since this was last asked."""
        came = [shown.text for shown in self.screen[self.seen :]]
        self.seen = len(self.screen)
        return came


class Stage:
    """The bot with Nora's phone, and room for others."""

    def __init__(self, database: Database, now: str = "2026-11-19 16:10", zone: str = LOS_ANGELES) -> None:
        self.zone = zone
        self.clock = Clock(at(now, zone))
        self.phone, self.slack = Phone(), Phone()
        self.chance = random.Random(SEED)
        self.outside = Outside(self.chance.choice, {("slack", "T1"): "Studio"})
        self.database = database
        self.begin_anew()
        self.nora = self.person("1", "Nora Castellane")

    @property
    def wires(self) -> dict[str, Phone]:
        return {"telegram": self.phone, "slack": self.slack}

    def begin_anew(self) -> None:
        """The process is another one, on the same database."""
        self.bot = Bot(self.database, self.wires, self.zone, self.clock, self.outside)

    def person(self, user: str, name: str = "", platform: str = "telegram", team: str = "") -> Person:
        return Person(self, Sender(platform, user, team + user, team), name)

    async def comes(self, wall: str, zone: str = "") -> None:
        """The clock goes on to a wall time; what falls due on the way comes at its own moment."""
        await self.bot.pass_time(at(wall, zone or self.zone), self.clock.move_to)

    async def jumps(self, wall: str, zone: str = "") -> None:
        """The clock goes on while the bot is down."""
        self.clock.now = at(wall, zone or self.zone)
