"""Slack's acknowledgements while turns are slow, the database is locked, the process dies and connections break."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.slack_stage import SlackStage, slack_stage
from tests.chaos.slack_process import Locks, SlackProcess
from tests.fakes.slack import Delivery, FakeSlack, Person

EVENTS, KILLS, TURN_SECONDS, LOCK_SECONDS = 200, 5, 4.0, 1.0
HELP = "Just tell me about an audition"


def told(name: str, seconds: Sequence[float]) -> str:
    """A line with the usual three."""
    times = sorted(seconds)
    p50, p99 = (1000 * times[int((len(times) - 1) * part)] for part in (0.5, 0.99))
    return f"{name}: {len(times)} acknowledged, p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {1000 * times[-1]:.0f} ms"


class Day:
    """Ten people who write their news, and a process that lives through it."""

    def __init__(self, slack: FakeSlack, running: SlackProcess, chance: random.Random) -> None:
        self.slack, self.running, self.chance = slack, running, chance
        self.people: list[Person] = [slack.person(f"U0P{number}") for number in range(10)]
        self.told: list[Delivery] = []
        self.unkept = 0

    async def write(self, breath: float) -> None:
        """One line after the other, whether or not anybody listens."""
        for number in range(EVENTS):
            self.told.append(self.chance.choice(self.people).write(f"/news line {number:03}"))
            await asyncio.sleep(self.chance.uniform(0, 2 * breath))

    async def kill(self, at: Sequence[int]) -> None:
        """Some milliseconds after the acknowledgement of each of these: kill, look what is kept, and start anew."""
        for number in at:
            await self.slack.until(lambda number=number: len(self.told) > number, 120)  # type: ignore[misc]
            await self.told[number].settled()
            await asyncio.sleep(0.01)
            await self.running.kill()
            self._look()
            await self.running.start()

    def _look(self) -> None:
        kept = {event for (event,) in self.running.rows("SELECT event FROM inbox")}
        acked = [one for one in self.slack.deliveries if one.status == "acked"]
        self.unkept += sum(f"e:{one.payload['event_id']}" not in kept for one in acked)

    async def until_all_is_taken(self) -> None:
        """Slack repeats what was not acknowledged."""
        for _ in range(4):
            await self.slack.until(lambda: all(one.status != "waiting" for one in self.slack.deliveries), 60)
            if not self.slack.retry_failed():
                return
        raise AssertionError("not taken four times")


@pytest.mark.parametrize("kills", [0, KILLS])
@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_two_hundred_events_slow_turns_a_locked_database_and_kills(
    tmp_path: Path, *, over_http: bool, kills: int
) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    async with FakeSlack(echoes=False) as slack:
        running = SlackProcess(slack, tmp_path, over_http=over_http, slow=TURN_SECONDS)
        day, locks = Day(slack, running, chance), Locks(running.file, chance)
        await running.start()
        locking = asyncio.create_task(locks.keep_on())
        try:
            await asyncio.gather(day.write(0.06), day.kill(sorted(chance.sample(range(10, EVENTS - 10), kills))))
            await day.until_all_is_taken()
        finally:
            locking.cancel()
            await asyncio.gather(locking, return_exceptions=True)
        await running.until_quiet()
        await running.stop()
        if not kills:
            running.assert_sound()
        acked = [one for one in slack.deliveries if one.status == "acked" and not one.why]
        during = [one.seconds for one in acked if locks.touched(one.sent_at, one.sent_at + one.seconds)]
        apart = [one.seconds for one in acked if not locks.touched(one.sent_at, one.sent_at + one.seconds)]
        failed = Counter(one.why for one in slack.deliveries if one.why)
        print(told("apart from locks", apart), told(f"during {len(locks.held)} locks", during), sep="\n")
        print(f"{running.kills} kills; not acknowledged at first: {dict(failed)}")
        assert day.unkept == 0, "acknowledged, and not kept"
        kept = [words for (words,) in running.rows("SELECT words FROM news")]
        assert sorted(kept) == [f"line {number:03}" for number in range(EVENTS)]
        assert running.rows("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]


# Connections that break


async def trouble(stage: SlackStage, what: str) -> float:
    """Let it happen; the seconds until there is a new connection."""
    sockets, began = {*stage.slack.sockets.open}, time.monotonic()
    if what == "cut":
        stage.slack.cut()
    elif what == "blackhole":
        asked = len(stage.slack.called("apps.connections.open"))
        stage.slack.blackhole()
        await stage.slack.until(lambda: len(stage.slack.called("apps.connections.open")) > asked, 60)
        stage.slack.heal()
    else:
        await stage.slack.disconnect(what)
    await stage.slack.until(lambda: bool({*stage.slack.sockets.open} - sockets), 60)
    return time.monotonic() - began


async def keep_writing(stage: SlackStage, lines: list[Delivery]) -> None:
    while True:
        lines.append(stage.nora.client.write("/help"))
        await asyncio.sleep(0.2)


@pytest.mark.parametrize("what", ["cut", "refresh_requested", "warning", "too_many_websockets", "blackhole"])
async def test_a_broken_connection_is_followed_by_another_and_nothing_is_lost(database: Database, what: str) -> None:
    async with slack_stage(database) as stage:
        lines: list[Delivery] = []
        writing = asyncio.create_task(keep_writing(stage, lines))
        seconds = []
        for _ in range(3):
            await asyncio.sleep(1)
            seconds.append(await trouble(stage, what))
        writing.cancel()
        await stage.slack.until(lambda: all(one.status != "waiting" for one in lines))
        failed = sum(one.status == "failed" for one in lines)
        await stage.takes(*stage.slack.retry_failed())
        assert all(one.status == "acked" for one in lines)
        print(f"{what}: a new connection after {', '.join(f'{one:.1f}' for one in seconds)} s;"
              f" {failed} of {len(lines)} events had to be repeated")  # fmt: skip
        assert sum(HELP in text for text in stage.nora.client.said) == len(lines)


async def test_after_a_long_silence_of_the_network_it_is_heard_again(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.slack.blackhole()
        await asyncio.sleep(20)
        began = time.monotonic()
        stage.slack.heal()
        line = stage.nora.client.write("/help")
        while line.status != "acked":
            await line.settled()
            line = stage.slack.retry_failed()[0] if line.status == "failed" else line
        print(f"heard again {time.monotonic() - began:.1f} s after 20 s of silence")
        await stage.bot.settle()
        assert sum(HELP in text for text in stage.nora.client.said) == 1


async def test_while_slack_gives_no_address_it_is_asked_again(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        for fault in ("500", "reset", "error:internal_error", "429:1"):
            stage.slack.fail_next("apps.connections.open", 3, fault)
            print(f"{fault} three times: a new connection after {await trouble(stage, 'cut'):.1f} s")
            assert len(await stage.nora.writes("/help")) == 1
