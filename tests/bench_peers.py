"""Processes of the benchmark: python-telegram-bot's echo as it comes, and the bot on a full table of nudges."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

TIMES = 30


def echo(url: str) -> None:
    """Application.run_polling with one handler, one update at a time: the tutorial's bot."""
    os.environ["PTB_TIMEDELTA"] = "1"
    from telegram import Update  # noqa: PLC0415 - each process loads what it measures
    from telegram.ext import Application, ContextTypes, MessageHandler, filters  # noqa: PLC0415

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    app = Application.builder().token("1:bench").base_url(f"{url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, answer))
    app.run_polling()


async def opened(file: str) -> dict[str, float]:
    """What it costs to open a bot on a database and let its clock tick with nothing due; megabytes and milliseconds."""
    from bot.assembly import Bot, system_clock  # noqa: PLC0415
    from storage import migrations  # noqa: F401, PLC0415 - Alembic's own size is none of the rows'
    from storage.database import Database, sqlite_url  # noqa: PLC0415

    before = resident()
    began = time.perf_counter()
    database = Database(sqlite_url(Path(file)))
    bot = Bot(database, {"telegram": _NoWire()}, "America/Los_Angeles", system_clock)
    await bot.open()
    first = await bot.tick.next_moment()
    shown = (time.perf_counter() - began) * 1000
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
        began = time.perf_counter()
        await work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def resident(pid: int | str = "self") -> float:
    """The memory a process holds, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _NoWire:
    async def send(self, parcel: Any) -> str:
        raise AssertionError(parcel)


if __name__ == "__main__":
    if sys.argv[1] == "echo":
        echo(sys.argv[2])
    else:
        print(json.dumps(asyncio.run(opened(sys.argv[2]))))
