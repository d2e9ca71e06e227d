"""The benchmark: `python -m tests.bench` prints what an answer costs, as ratios to python-telegram-bot's bare echo.

The chat server and every bot are processes of their own, so each pays for itself alone. CPU and memory are read from
/proc, so this runs on Linux. Nothing is asserted; a run takes about a minute.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from storage.database import Database, sqlite_url
from tests.bench_nudges import NUDGED, NUDGES, plan, resident
from tests.bench_peers import Messages, Peer, Run, peer, process

ROUNDS, MESSAGES, WARM_UP = 3, 120, 40
ACTORS, TOGETHER = 200, 16
ONE_WAY = 0.025
ANSWER = "Copper Falls, Nurse Ray, co-star"
TALK = (ANSWER, "Tess Quillan", "shes running the turkey trot thurs w her dad")
REPLIES = ("Who was in the room?", "Tess Quillan. What did you talk about?", "Anything else?")


class Crowd:
    """Actors nobody has used before, each where the measured message finds a talk open."""

    def __init__(self, ours: Peer) -> None:
        self._ours = ours
        self._ids = itertools.count(1000)

    async def come(self, count: int, *words: str) -> list[int]:
        """So many actors who have just said these words."""
        users = list(itertools.islice(self._ids, count))
        if words:
            said = [(user, word) for word in words for user in users]
            await self._ours.run(said, len(said))
        return users


def one_each(users: list[int], text: str = ANSWER) -> Messages:
    return [(user, text) for user in users]


async def answers(echo: Peer, ours: Peer, crowd: Crowd, at_once: int) -> tuple[list[Run], list[Run]]:
    """Rounds of one answer an actor, the peers in turn."""
    theirs, mine = [], []
    for _ in range(ROUNDS):
        messages = one_each(await crowd.come(MESSAGES, "/audition"))
        theirs.append(await echo.run(messages, at_once))
        mine.append(await ours.run(messages, at_once))
    return theirs, mine


async def details(ours: Peer, crowd: Crowd) -> list[Run]:
    """Details typed on an open card: a new card each time, and the old one loses its buttons."""
    runs = []
    for number in range(ROUNDS):
        users = await crowd.come(MESSAGES // 10, "/audition", ANSWER, "Tess Quillan", "nothing")
        runs.append(await ours.run([(user, f"hair: {number}{n}") for n in range(5) for user in users], 1))
    return runs


def middle(values: Iterator[float]) -> float:
    return statistics.median(values)


def show(title: str, theirs: list[Run], mine: list[Run]) -> None:
    """One line a peer, and the ratios of the rounds."""
    say(f"\n{title}")
    for name, runs in (("echo", theirs), ("ours", mine)):
        calls = runs[0].calls / len(runs[0].replies)
        p50, p99 = (middle(run.percentile(percent) for run in runs) for percent in (50, 99))
        rate = middle(len(run.replies) / run.wall * 1000 for run in runs)
        cpu = middle(run.cpu for run in runs)
        say(f"  {name}  CPU {cpu:6.0f} µs   p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   {rate:5.0f}/s   {calls:.1f} calls")
    pairs = list(zip(theirs, mine, strict=True))
    cpu, p50, p99 = (
        middle(b / a for a, b in ratios)
        for ratios in (
            [(a.cpu, b.cpu) for a, b in pairs],
            [(a.percentile(50), b.percentile(50)) for a, b in pairs],
            [(a.percentile(99), b.percentile(99)) for a, b in pairs],
        )
    )
    say(f"  ours / echo: CPU {cpu:.2f}x, p50 {p50:.2f}x, p99 {p99:.2f}x")


async def far_away(echo: Peer, ours: Peer, crowd: Crowd) -> None:
    """Everybody writes at once, the chat server a round trip of 50 ms away."""
    trip = 2 * ONE_WAY * 1000
    say(f"\n{ACTORS} actors at once, the chat server {trip:.0f} ms away")
    users = await crowd.come(ACTORS, "/audition")
    for one in (echo, ours):
        run = await one.run(one_each(users), ACTORS, ONE_WAY)
        say(f"  {one.name}  last reply after {run.wall:6.0f} ms = {run.wall / trip:5.1f} round trips")
    users = await crowd.come(ACTORS, "/audition")
    talk = [(user, words) for words in TALK for user in users]
    run = await ours.run(talk, len(talk), ONE_WAY)
    trips = run.wall / trip
    say(f"  ours, {len(TALK)} messages each: last of {len(talk)} after {run.wall:.0f} ms = {trips:.1f} round trips")
    say(f"  ours, order kept for {in_order(run)} of {ACTORS} actors")


def in_order(run: Run) -> int:
    """How many actors got their replies in the order of their messages."""
    got: dict[int, list[str]] = defaultdict(list)
    for user, _, text in run.replies:
        got[user].append(text)
    return sum(
        len(texts) == len(REPLIES) and all(expected in text for expected, text in zip(REPLIES, texts, strict=True))
        for texts in got.values()
    )


async def nudges(folder: Path) -> None:
    """A hundred thousand nudges that wait."""
    empty, full, took = folder / "empty.db", folder / "full.db", 0.0
    for path in (empty, full):
        database = Database(sqlite_url(path))
        await database.upgrade()
        if path == full:
            took = await plan(database)
        await database.close()
    without, figures = await opened(empty), await opened(full)
    size = full.stat().st_size / 1e6
    say(f"\n{NUDGES:,} waiting nudges of {NUDGED:,} actors: planned in {took:.2f} s, file {size:.1f} MB")
    for name, got in (("empty", without), ("full ", figures)):
        times = f"open {got['open']:.1f} ms   next_moment {got['next']:.2f} ms   empty tick {got['tick']:.2f} ms"
        say(f"  {name}  process grew {got['grew']:.1f} MB   {times}")


async def opened(file: Path) -> dict[str, float]:
    async with process("-m", "tests.bench_nudges", str(file)) as child:
        assert child.stdout
        figures: dict[str, float] = json.loads(await child.stdout.read())
        return figures


def say(text: str) -> None:
    print(text, flush=True)


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            peer("echo", "-m", "tests.bench_peers", "{url}") as echo,
            peer("ours", "-m", "bot", "--db", str(folder / "bench.db")) as ours,
        ):
            crowd = Crowd(ours)
            for one in (echo, ours):
                await one.run(one_each(await crowd.come(WARM_UP, "/audition")), 1)
            say("echo: python-telegram-bot's Application.run_polling, one MessageHandler, concurrent_updates off")
            say("ours: the whole bot on SQLite (WAL, FULL); every answer, its de-duplication and its reply on disk")
            alone = await answers(echo, ours, crowd, 1)
            show(f"alone: {ROUNDS} x {MESSAGES} answers, one message under way", *alone)
            show("alone, a detail on an open card (against the same echo)", alone[0], await details(ours, crowd))
            show(f"{TOGETHER} actors at once", *await answers(echo, ours, crowd, TOGETHER))
            await far_away(echo, ours, crowd)
            say(f"\nmemory after all this: echo {resident(echo.pid):.0f} MB, ours {resident(ours.pid):.0f} MB")
        await nudges(folder)


if __name__ == "__main__":
    asyncio.run(main())
