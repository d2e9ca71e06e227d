"""kill -9 while a whole morning's follow-ups leave: none is lost, and nobody gets a heap of them."""

from __future__ import annotations

import asyncio
import contextlib
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


async def just_before_nine(running: Running, empty_file: Path, people: int) -> None:
    """It is five seconds before nine, and so many people will be told of somebody they met."""
    shutil.copy(empty_file, running.file)
    database = Database(sqlite_url(running.file))
    await plan_mornings(database, [LOS_ANGELES] * people, NINE)
    await database.close()
    for number in range(1, people + 1):
        running.telegram.person(number).trouble = None
    running.ahead = (falls_due(LOS_ANGELES, NINE) - timedelta(seconds=5) - datetime.now(UTC)).total_seconds()


def copies(telegram: FakeTelegram) -> Counter[str]:
    """How often each one's follow-up arrived."""
    arrived: Counter[str] = Counter()
    for call in telegram.called("sendMessage", "ok"):
        chat = str(call.params["chat_id"])
        arrived[chat] += f"Hi Tess{chat}," in call.params["text"]
    return arrived


async def test_fifteen_kills_in_three_hundred_follow_ups(
    telegram: FakeTelegram, running: Running, empty_file: Path
) -> None:
    await just_before_nine(running, empty_file, PEOPLE)
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    await running.start()
    await telegram.until(lambda: running.said > 0, 60)
    await running.kill()
    for number in range(1, KILLS):
        place = PLACES[number % len(PLACES)]
        if place == "anywhere":
            said = running.said
            await running.start()
            await telegram.until(lambda said=said: running.said > said, 60)  # type: ignore[misc]
            await asyncio.sleep(chance.random() * 0.5)
            await running.kill()
        else:
            await running.start(f"{place}:{chance.randint(1, 15)}")
            await running.died()
    print(f"{sum(copies(telegram).values())} had left by the last of {running.kills} kills")
    await running.start()
    await running.until_quiet()
    await running.stop()
    running.assert_sound()

    arrived = copies(telegram)
    extra = sum(arrived.values()) - PEOPLE
    most = max(arrived.values())
    print(f"{len(+arrived)} of {PEOPLE} people, {running.kills} kills: {extra} extra, {most} at most to one")
    assert len(+arrived) == PEOPLE
    assert extra <= KILLS
    assert max(arrived.values()) <= 2


@pytest.mark.parametrize("people", [PEOPLE])
async def test_killed_each_time_something_has_just_left_nobody_gets_three(
    telegram: FakeTelegram, running: Running, empty_file: Path, people: int
) -> None:
    await just_before_nine(running, empty_file, people)
    for _ in range(6):
        await running.start("after_send:1")
        with contextlib.suppress(TimeoutError):  # perhaps it has nothing left to send
            await running.died(15)
        if running.process and running.process.returncode is None:
            await running.kill()
    arrived = copies(telegram)
    print(f"6 kills after the first send to {people}: {max(arrived.values())} at most to one")
    assert max(arrived.values()) <= 2
