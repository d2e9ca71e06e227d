"""A year of appointments over six zones: each reminder comes once, at its moment, whatever restarts in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.reading.dates import zoned
from scheduler.wire import Parcel
from storage.database import Database
from tests.casting import tell, when
from tests.scripts import play
from tests.stage import Clock, Phone, Stage, words

ZONES = {
    "los angeles": "America/Los_Angeles",
    "new york": "America/New_York",
    "london": "Europe/London",
    "sydney": "Australia/Sydney",
    "mumbai": "Asia/Kolkata",
    "chicago": "America/Chicago",
}
BEGIN, SEED = datetime.fromisoformat("2026-10-01 12:00"), 11


class TimedPhone(Phone):
    """What was said, with its moment."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.said: list[tuple[datetime, str]] = []

    async def send(self, parcel: Parcel) -> str:
        self.said.append((self.clock(), words(parcel.message)))
        return await super().send(parcel)


@dataclass(frozen=True)
class Meeting:
    """One of the year; `moved` is the wall time at which it really took place, where it was moved."""

    title: str
    told: datetime
    wall: datetime
    zone: str
    moved: datetime | None

    @property
    def begins(self) -> datetime:
        return zoned(self.moved or self.wall, ZoneInfo(self.zone))


def year(count: int, home: str) -> Iterator[Meeting]:
    """Meetings by the seed, evenly over the year; told three to ten days ahead, one in three moved."""
    chance = random.Random(f"{SEED}{home}")
    for number in range(count):
        day = BEGIN + timedelta(days=11 + number * 352 // count)
        wall = datetime.combine(day.date(), time(chance.randrange(8, 20), chance.choice((0, 15, 30))))
        told = datetime.combine(day.date() - timedelta(days=chance.randrange(3, 10)), time(12))
        moved = wall + timedelta(days=1, hours=chance.choice((-1, 0, 1))) if chance.random() < 1 / 3 else None
        yield Meeting(f"Number {number} Falls", told, wall, chance.choice([*ZONES.values()]), moved)


def expected(meeting: Meeting, home: ZoneInfo) -> dict[str, datetime]:
    """When the actor hears of it, at home: written down here once more, in the plainest way."""
    start = meeting.begins.astimezone(home)
    at = {"briefing": datetime.combine(start.date() - timedelta(days=1), time(19), home)}
    soon = (meeting.begins - timedelta(hours=2)).astimezone(home)
    if soon.hour in (22, 23) or soon.hour < 7:
        night = soon.date() + timedelta(days=soon.hour >= 22)
        soon = datetime.combine(night, time(7), home)
    if soon < start:
        at["soon"] = soon
    went = (meeting.begins + timedelta(minutes=75)).astimezone(home)
    if went.hour in (22, 23) or went.hour < 7:
        went = datetime.combine(went.date() + timedelta(days=went.hour >= 22), time(9), home)
    return at | {"went": went}


def kind_of(text: str, title: str) -> str:
    head = text.splitlines()[0]
    if title not in head or "quiet" in head:
        return ""
    if head.startswith("How did"):
        return "went"
    return "briefing" if head.startswith(("Tomorrow: ", "Today: ")) else "soon"


async def live_a_year(database: Database, home: str, count: int) -> None:
    zone = ZoneInfo(ZONES[home])
    stage = Stage(database, f"{BEGIN:%Y-%m-%d %H:%M}", ZONES[home])
    stage.phone = TimedPhone(stage.clock)
    stage.begin_anew()
    await play(stage.nora, ("/start", "Nora Castellane", home, "9"))
    meetings = list(year(count, home))
    acts = sorted(
        [(m.told, m, False) for m in meetings] + [(m.told + timedelta(days=1), m, True) for m in meetings if m.moved],
        key=lambda act: (act[0], act[2]),
    )
    chance = random.Random(SEED)
    for moment, meeting, is_move in acts:
        await stage.comes(f"{moment:%Y-%m-%d %H:%M}")
        if chance.random() < 0.5:
            stage.begin_anew()
        wall = meeting.moved if is_move and meeting.moved else meeting.wall
        told = when(f"{wall:%Y-%m-%d %H:%M}", meeting.zone)
        await tell(stage.nora, "moved" if is_move else "callback", meeting.title, when=told)
    await stage.comes("2027-10-10 12:00")
    for meeting in meetings:
        heard = [(kind_of(text, f"{meeting.title}"), at) for at, text in stage.phone.said]
        came = sorted((kind, at) for kind, at in heard if kind)
        assert came == sorted(expected(meeting, zone).items()), meeting


async def test_some_of_the_year_each_reminded_of_once(database: Database) -> None:
    await live_a_year(database, "new york", 5)


@pytest.mark.chaos
@pytest.mark.parametrize("home", ZONES)
async def test_a_year_of_appointments_each_reminded_of_once(database: Database, home: str) -> None:
    await live_a_year(database, home, 120)
