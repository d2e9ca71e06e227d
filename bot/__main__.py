"""The commands of the process: run the chats, talk in the console, play the demo, ask after its health."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.assembly import Bot, system_clock
from bot.check import add_check, check_file
from bot.console import Console, MovableClock, Screen, run_piped, run_terminal, utc_of
from bot.settings import Settings, WrongSetting, data_folder, read_settings
from handlers.commands import COMMANDS
from handlers.reading.places import is_zone, place_of
from storage import pulse
from storage.database import Database
from storage.refusals import NewerSchema, NotADatabase

log = logging.getLogger(__name__)

HEALTHY, BEAT_SECONDS = timedelta(seconds=90), 15.0
FALLBACK_ZONE = "America/New_York"


def parser() -> argparse.ArgumentParser:
    """What can be typed behind `python -m bot`."""
    words = "the SQLite file to keep everything in"
    every = argparse.ArgumentParser(add_help=False)
    # Without a default of its own: what stood before the command must not be overwritten behind it.
    every.add_argument("--db", type=Path, metavar="FILE", help=words, default=argparse.SUPPRESS)
    top = argparse.ArgumentParser(prog="python -m bot", description="Buttonhook, for actors.")
    top.add_argument("--db", type=Path, metavar="FILE", help=words)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("run", parents=[every], help="start every chat that is configured (the default)")
    chat = commands.add_parser("chat", parents=[every], help="talk in this terminal, or through a pipe")
    chat.add_argument("--at", metavar="'YYYY-MM-DD HH:MM'", help="the clock stands still at this local time")
    chat.add_argument("--zone", metavar="ZONE", help="where the clock hangs, like America/Los_Angeles")
    chat.add_argument("--fresh", action="store_true", help="begin with an empty database")
    commands.add_parser("demo", parents=[every], help="play an actor's day and the morning after")
    add_check(commands)
    commands.add_parser("health", parents=[every], help="exit 0 if the running bot heard from Telegram lately")
    return top


def main() -> int:
    """Run one command; expected trouble is one line on standard error."""
    options = parser().parse_args()
    try:
        settings = read_settings()
        return asyncio.run(_COMMANDS[options.command or "run"](settings, options))
    except (WrongSetting, NewerSchema, NotADatabase, Stopped) as error:
        print(logs.redact(str(error)), file=sys.stderr)
        return 2
    except (DBAPIError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # Whoever read our output has left (`| head`); Python would complain once more when it closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        why = error.orig if isinstance(error, DBAPIError) else error
        print(logs.redact(f"The database cannot be opened: {str(why).splitlines()[0]}"), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


class Stopped(Exception):
    """The process cannot go on; its words say why."""


def host_zone(settings: Settings) -> str:
    """The zone that is assumed: DEFAULT_ZONE, else the host's, else New York."""
    if settings.default_zone:
        return settings.default_zone
    link = Path("/etc/localtime")
    named = os.environ.get("TZ") or (str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else "")
    return named if named and is_zone(named) else FALLBACK_ZONE


def _lock(database: Database) -> FileLock | None:
    """One process a database file; a kill frees it at once."""
    if not database.is_sqlite or database.url.database in (None, ":memory:"):
        return None
    path = Path(str(database.url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Stopped(f"Another Buttonhook is using {path}. Stop it, or give another --db.") from None
    return lock


async def _run(settings: Settings, options: argparse.Namespace) -> int:
    if settings.telegram_bot_token is None:
        print("No chat token is set, so this is the console. Nothing leaves this computer.\n")
        options = parser().parse_args(["chat", *(["--db", str(options.db)] if options.db else [])])
        return await _chat(settings, options)
    from bot.telegram import Deaf, RefusedToken, Telegram  # noqa: PLC0415 - only what is configured is loaded

    logs.set_up()
    database = Database(settings.database(options.db))
    lock = _lock(database)
    token = settings.telegram_bot_token.get_secret_value()
    telegram = Telegram(token, settings.telegram_api_url, settings.allowed)
    bot = Bot(database, {telegram.platform: telegram}, host_zone(settings), system_clock)
    try:
        await bot.open()
        await _serve(bot, telegram)
    except RefusedToken:
        raise Stopped("TELEGRAM_BOT_TOKEN: Telegram does not know this token. BotFather has the right one.") from None
    except Deaf:
        raise Stopped("Telegram was not heard for 90 seconds; ending, so that I am started anew.") from None
    finally:
        await telegram.stop()
        await database.close()
        if lock:
            lock.release()
    return 0


async def _serve(bot: Bot, telegram: object) -> None:
    from bot.telegram import Telegram  # noqa: PLC0415

    assert isinstance(telegram, Telegram)  # noqa: S101
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)

    starting = asyncio.create_task(telegram.start())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        starting.cancel()
        return
    stopping.cancel()
    await starting

    last = -BEAT_SECONDS

    async def beat() -> None:
        nonlocal last
        if loop.time() - last < BEAT_SECONDS:
            return
        last = loop.time()
        await pulse.beat(bot.database, telegram.platform, bot.clock())

    listening = asyncio.create_task(telegram.listen(bot.receive, beat))
    listening.add_done_callback(lambda _: stop.set())
    log.info("Buttonhook is listening to Telegram")
    await bot.run(stop)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    if not listening.cancelled() and (error := listening.exception()):
        raise error


async def _chat(settings: Settings, options: argparse.Namespace) -> int:
    logs.set_up(logging.WARNING)
    zone = _zone(settings, options)
    clock = _clock(options, zone)
    path = options.db or data_folder() / "console.db"
    database = Database(settings.database(path))
    lock = _lock(database)
    if options.fresh:
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            file.unlink(missing_ok=True)

    def write(text: str) -> None:
        print(text, flush=True)

    screen = Screen(write)
    bot = Bot(database, {"console": screen}, zone.key, clock)
    console = Console(bot, screen, clock, zone, write)
    try:
        await bot.open()
        if sys.stdin.isatty():
            _greet(console, zone, path)
            await console.settle()
            await run_terminal(console, f"{path}.history", [f"/{c.word}" for c in COMMANDS])
        else:
            await run_piped(console)
    finally:
        await database.close()
        if lock:
            lock.release()
    return 0


def _zone(settings: Settings, options: argparse.Namespace) -> ZoneInfo:
    if options.zone and not is_zone(options.zone):
        raise Stopped(f"--zone: {options.zone} is no zone; like America/Los_Angeles.")
    return ZoneInfo(options.zone or host_zone(settings))


def _clock(options: argparse.Namespace, zone: ZoneInfo) -> MovableClock:
    try:
        return MovableClock(utc_of(options.at, zone) if options.at else None, system_clock)
    except ValueError:
        raise Stopped("--at: give it like '2026-11-19 16:12'.") from None


def _greet(console: Console, zone: ZoneInfo, path: Path) -> None:
    print(f"Kept in {path}\n")
    print(f"{console.now_shown()}, {place_of(zone.key).name}.")
    print("!tomorrow 9:05 moves the clock. /help. Ctrl-D leaves.\n")
    print("Had an audition? /audition, or /start to begin at the beginning.\n")


async def _demo(_settings: Settings, options: argparse.Namespace) -> int:
    from bot.demo import play  # noqa: PLC0415

    await play(options.db)
    return 0


async def _check(_settings: Settings, options: argparse.Namespace) -> int:
    return check_file(options.file, print)


async def _health(settings: Settings, options: argparse.Namespace) -> int:
    database = Database(settings.database(options.db))
    try:
        last = await pulse.last(database)
    finally:
        await database.close()
    if last is not None and system_clock() - last <= HEALTHY:
        return 0
    print("No word from Telegram in the last 90 seconds." if last else "Not running yet.", file=sys.stderr)
    return 1


_COMMANDS = {"run": _run, "chat": _chat, "demo": _demo, "check": _check, "health": _health}

if __name__ == "__main__":
    sys.exit(main())
