"""One writes without end: the others hardly notice, all of it is kept, and memory stays where it was."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from scheduler.tick import SLOW_DOWN
from tests.chaos.actors import TITLES, Actor, settle_in
from tests.chaos.running import Running
from tests.fakes.telegram import FakeTelegram
from tests.many import p95

OTHERS, MESSAGES, SECONDS = 20, 2000, 60
FLOODER = 99


async def flood(telegram: FakeTelegram) -> None:
    """News after news, as fast as a thumb could paste."""
    began = time.perf_counter()
    for number in range(MESSAGES // 2):
        telegram.person(FLOODER).write("/news")
        telegram.person(FLOODER).write(f"flood line {number}")
        late = began + number * SECONDS * 2 / MESSAGES - time.perf_counter()
        await asyncio.sleep(max(late, 0))


async def chat(actor: Actor, flooding: asyncio.Task[None]) -> None:
    for title in TITLES:
        if not flooding.done():
            await actor.log(title)


async def watch(running: Running, memory: list[float]) -> None:
    while True:
        memory.append(running.memory)
        await asyncio.sleep(0.5)


@pytest.mark.parametrize("limited", [False, True], ids=["no limits at Telegram's", "Telegram's limits"])
async def test_two_thousand_messages_in_a_minute(tmp_path: Path, *, limited: bool) -> None:
    async with FakeTelegram(flood=False) as telegram:
        running = Running(telegram, tmp_path)
        others = [Actor(telegram, number, hasty=False) for number in range(1, OTHERS + 1)]
        await running.start()
        await settle_in([*others, Actor(telegram, FLOODER, hasty=False)])
        telegram.methods.flood.enabled = limited
        for actor in others:
            actor.waited.clear()
            actor.breath = 6 if limited else 1
        memory = [running.memory]

        flooding = asyncio.create_task(flood(telegram))
        watching = asyncio.create_task(watch(running, memory))
        talking = asyncio.gather(*(chat(actor, flooding) for actor in others))
        await flooding
        ended = time.perf_counter()
        await telegram.until(lambda: not telegram.unconfirmed, 120)
        await running.until_quiet()
        drained = time.perf_counter() - ended
        await talking
        watching.cancel()
        await running.stop()
        running.assert_sound()

        waited = [seconds for actor in others for seconds in actor.waited]
        replies = [c for c in telegram.called("sendMessage", "ok") if c.params["chat_id"] in (FLOODER, str(FLOODER))]
        slowed = [call.at for call in replies if call.params["text"] == SLOW_DOWN]
        print(f"{len(waited)} answers of {OTHERS} others: p95 {p95(waited):.0f} ms, longest {max(waited):.2f} s")
        print(f"all done {drained:.1f} s after the flood; {len(replies)} replies to it, {len(slowed)} to slow down")
        print(f"memory {memory[0]:.0f} MB before, {max(memory):.0f} at most, {memory[-1]:.0f} after")
        kept = [words for (words,) in running.rows("SELECT words FROM news ORDER BY id")]
        assert kept == [f"flood line {number}" for number in range(MESSAGES // 2)]
        assert all(sum(at <= other < at + 60 for other in slowed) <= 2 for at in slowed), "slow down, twice a minute"
