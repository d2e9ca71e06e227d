"""One actor's day and the morning after, played unattended on a clock of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assembly import Bot, system_clock
from bot.console import FILES, Console, MovableClock, Screen, utc_of
from storage.database import Database, sqlite_url

ZONE = ZoneInfo("America/Los_Angeles")
BEGINS = "2026-11-19 16:10"
LINES = (
    "/start",
    "Nora Castellane",
    "la",
    "9",
    "/news",
    "Just wrapped a guest star on Harbor Lights\nSalt Year, a short I lead, at the Cedar Point Film Festival sat dec 5",
    "/audition copper falls, nurse ray, co-star",
    "tess quillan and her associate jo fenwick",
    "shes running the turkey trot thurs w her dad",
    "just started banjo, neighbors hate it",
    "blue scrubs top hair up",
    "save",
    "!tomorrow 9:05",
    "3",
    "1",
    "!tomorrow 9:05",
    "monday",
    "!mon 9:05",
    "sent",
    "/followups",
)


async def play(file: Path | None, write: Callable[[str], None] = print) -> None:
    """Play the day to its end; without a file, everything is forgotten afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(file or Path(folder) / "demo.db"))
        clock = MovableClock(utc_of(BEGINS, ZONE), system_clock)
        screen = Screen(write, (file.parent if file else Path(folder)) / FILES)
        bot = Bot(database, {"console": screen}, ZONE.key, clock)
        await bot.open()
        console = Console(bot, screen, clock, ZONE, write)
        write(f"-- {console.now_shown()} --\n")
        for line in LINES:
            write("\n".join(f"> {part}" for part in line.split("\n")) + "\n")
            await console.take(line)
        await database.close()
