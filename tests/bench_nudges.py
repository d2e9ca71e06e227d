"""A database full of waiting nudges, and what it costs to open a bot on it: `python -m tests.bench_nudges FILE`."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time as timer
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.assembly import Bot, system_clock
from storage import migrations  # noqa: F401 - loaded beforehand: Alembic's own size is none of the rows'
from storage.database import Database, sqlite_url
from storage.tables import actor, address, due

NUDGES, NUDGED, TIMES = 100_000, 20_000, 30


async def plan(database: Database) -> float:
    """Add rows of nudges from tomorrow on, one every second; returns the seconds it took."""
    now = datetime.now(UTC)
    zone = "America/Los_Angeles"
    people = [{"id": n, "created_at": now, "zone": zone, "nudge_time": time(9)} for n in range(1, NUDGED + 1)]
    places = [{"actor_id": n, "platform": "telegram", "user": str(n), "chat": str(n)} for n in range(1, NUDGED + 1)]
    rows = [_nudge(n, now + timedelta(days=1, seconds=n), zone) for n in range(NUDGES)]
    began = timer.perf_counter()
    async with database.write() as tx:
        await tx.execute(insert(actor), people)
        await tx.execute(insert(address), places)
        await tx.execute(insert(due), rows)
    return timer.perf_counter() - began


def _nudge(number: int, moment: datetime, zone: str) -> dict[str, Any]:
    whose = {"actor_id": number % NUDGED + 1, "kind": "note", "subject": number}
    return whose | {"on": moment.date(), "zone": zone, "due_at": moment}


async def opened(file: str) -> dict[str, float]:
    """What it costs to open a bot on a database and let its clock tick with nothing due; megabytes and milliseconds."""
    before = resident()
    began = timer.perf_counter()
    database = Database(sqlite_url(Path(file)))
    bot = Bot(database, {"telegram": _NoWire()}, "America/Los_Angeles", system_clock)
    await bot.open()
    first = await bot.tick.next_moment()
    shown = (timer.perf_counter() - began) * 1000
    if first is None and "full" in file:
        raise RuntimeError("the nudges are not found")
    await bot.tick()
    figures = {"grew": resident() - before, "open": shown}
    figures |= {"next": await _median(bot.tick.next_moment), "tick": await _median(bot.tick)}
    await database.close()
    return figures


async def _median(work: Callable[[], Awaitable[Any]]) -> float:
    took: list[float] = []
    for _ in range(TIMES):
        began = timer.perf_counter()
        await work()
        took.append((timer.perf_counter() - began) * 1000)
    return statistics.median(took)


def resident(pid: int | str = "self") -> float:
    """The memory a process holds, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _NoWire:
    async def send(self, parcel: Any) -> str:
        raise AssertionError(parcel)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(opened(sys.argv[1]))))
