"""kill -9 while a whole morning's follow-ups leave: none is lost, and nobody gets a heap of them."""

from __future__ import annotations

import asyncio
import random
import secrets
import shutil
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from storage.database import Database, sqlite_url
from tests.chaos.running import Running
from tests.fakes.telegram import FakeTelegram
from tests.mornings import falls_due, plan_mornings
from tests.stage import LOS_ANGELES

PEOPLE, KILLS, NINE = 300, 15, time(9)
PLACES = ("before_send", "after_send", "after_mark", "anywhere")


@pytest.fixture
async def nine(telegram: FakeTelegram, running: Running, empty_file: Path) -> Running:
    """It is five seconds before nine, and 300 people will be told of somebody they met."""
    shutil.copy(empty_file, running.file)
    database = Database(sqlite_url(running.file))
    await plan_mornings(database, [LOS_ANGELES] * PEOPLE, NINE)
    await database.close()
    for number in range(1, PEOPLE + 1):
        telegram.person(number).trouble = None
    running.ahead = (falls_due(LOS_ANGELES, NINE) - timedelta(seconds=5) - datetime.now(UTC)).total_seconds()
    return running


def copies(telegram: FakeTelegram) -> Counter[str]:
    """How often each one's follow-up arrived."""
    arrived: Counter[str] = Counter()
    for call in telegram.called("sendMessage", "ok"):
        chat = str(call.params["chat_id"])
        arrived[chat] += f"Hi Tess{chat}," in call.params["text"]
    return arrived


async def test_fifteen_kills_in_three_hundred_follow_ups(telegram: FakeTelegram, nine: Running) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    await nine.start()
    await telegram.until(lambda: nine.said > 0, 60)
    await nine.kill()
    for number in range(1, KILLS):
        place = PLACES[number % len(PLACES)]
        if place == "anywhere":
            said = nine.said
            await nine.start()
            await telegram.until(lambda said=said: nine.said > said, 60)  # type: ignore[misc]
            await asyncio.sleep(chance.random() * 0.5)
            await nine.kill()
        else:
            await nine.start(f"{place}:{chance.randint(1, 15)}")
            await nine.died()
    print(f"{sum(copies(telegram).values())} had left by the last of {nine.kills} kills")
    await nine.start()
    await nine.until_quiet()
    await nine.stop()
    nine.assert_sound()

    arrived = copies(telegram)
    extra = sum(arrived.values()) - PEOPLE
    print(
        f"{len(+arrived)} of {PEOPLE} people, {nine.kills} kills: {extra} extra, {max(arrived.values())} at most to one"
    )
    assert len(+arrived) == PEOPLE
    assert extra <= KILLS
    assert max(arrived.values()) <= 2


async def test_killed_each_time_something_has_just_left_nobody_gets_three(
    telegram: FakeTelegram, nine: Running
) -> None:
    for _ in range(6):
        await nine.start("after_send:1")
        await nine.died()
    arrived = copies(telegram)
    print(f"6 kills after the first send: {max(arrived.values())} at most to one")
    assert max(arrived.values()) <= 2
