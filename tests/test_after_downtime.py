"""The bot was down when follow-ups fell due: each comes once, worded for the day it comes, never in the night."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.assembly import Bot
from scheduler.wire import Parcel
from storage.database import Database
from tests.mornings import MORNING, falls_due, plan_mornings
from tests.some import some
from tests.stage import LOS_ANGELES, Clock, Phone, words

ZONES = (
    LOS_ANGELES, "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
    "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
PEOPLE = ZONES * 10
EIGHT = time(8)
LATE = {
    "5 s": timedelta(seconds=5),
    "10 min": timedelta(minutes=10),
    "17 h": timedelta(hours=17),
    "3 days": timedelta(days=3),
}


class Postmark(Phone):
    """Remembers when each message came."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.came: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)

    async def send(self, parcel: Parcel) -> str:
        if not parcel.replaces:
            self.came[parcel.to.chat].append((self.clock.now, words(parcel.message)))
        return await super().send(parcel)


def expected(zone: str, back: datetime) -> datetime:
    """When the follow-up must come to somebody there."""
    due = falls_due(zone, EIGHT)
    wall = back.astimezone(ZoneInfo(zone))
    if due >= back:
        return due
    if time(7) <= wall.time() < time(22):
        return back
    day = wall.date() + timedelta(days=wall.time() >= EIGHT)
    return datetime.combine(day, EIGHT, ZoneInfo(zone)).astimezone(UTC)


async def let_time_pass(bot: Bot, clock: Clock, until: datetime) -> None:
    await bot.settle()
    while (moment := await bot.tick.next_moment()) is not None and moment <= until:
        assert moment > clock.now, "what was due by now was left"
        clock.now = moment
        await bot.settle()


@pytest.mark.parametrize("late", some(LATE.values(), LATE["5 s"], LATE["17 h"]), ids=LATE)
async def test_a_hundred_follow_ups_in_ten_zones(database: Database, late: timedelta) -> None:
    await plan_mornings(database, PEOPLE, EIGHT)
    back = falls_due(LOS_ANGELES, EIGHT) + late
    clock = Clock(back)
    phone = Postmark(clock)
    bot = Bot(database, {"telegram": phone}, LOS_ANGELES, clock)
    await bot.deliverer.take_over()
    await bot.settle()
    anew = Bot(database, {"telegram": phone}, LOS_ANGELES, clock)
    at_once = {chat: len(came) for chat, came in phone.came.items()}
    await anew.deliverer.take_over()
    await anew.settle()
    assert {chat: len(came) for chat, came in phone.came.items()} == at_once

    await let_time_pass(anew, clock, back + timedelta(hours=26))
    for number, zone in enumerate(PEOPLE, 1):
        cards = [(came, text) for came, text in phone.came[str(number)] if f"Hi Tess{number}," in text]
        assert [came for came, _ in cards] == [expected(zone, back)], zone
        came, text = cards[0]
        is_next_day = came.astimezone(ZoneInfo(zone)).date() == MORNING
        assert ("yesterday" in text) is is_next_day, zone
        assert ("on Thursday" in text) is not is_next_day, zone
        assert ("I was away; here is" in text) is (came - falls_due(zone, EIGHT) > timedelta(minutes=5)), zone


def test_seventeen_hours_late_some_are_told_at_once_and_some_in_their_morning() -> None:
    back = falls_due(LOS_ANGELES, EIGHT) + LATE["17 h"]
    waits = [expected(zone, back) - back for zone in ZONES]
    assert min(waits) == timedelta(0)
    assert max(waits) > timedelta(hours=6)
