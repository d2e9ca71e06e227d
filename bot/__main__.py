"""The commands of the process: run the chats, talk in the console, play the demo, ask after its health."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import signal
import sys
from collections import ChainMap
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.assembly import Bot, system_clock
from bot.check import add_check, check_file
from bot.console import FILES, Console, MovableClock, Screen, run_piped, run_terminal, utc_of
from bot.listening import Chat, Deaf, Introduces, RefusedToken, TakesHttp
from bot.settings import Settings, WrongSetting, data_folder, read_settings
from handlers.commands import COMMANDS
from handlers.outside import Outside
from handlers.reading.places import is_zone, place_of
from storage import pulse
from storage.database import Database
from storage.refusals import NewerSchema, NotADatabase

if TYPE_CHECKING:  # what the console does not need is not loaded for it
    from bot.web import Web

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
    commands.add_parser("health", parents=[every], help="exit 0 if the running bot heard from its chats lately")
    manifest = commands.add_parser("slack-manifest", help="print the manifest to create the Slack app from")
    manifest.add_argument("--url", default="", help="the public address of this server, for HTTP instead of a socket")
    return top


def main() -> int:
    """Run one command; expected trouble is one line on standard error."""
    options = parser().parse_args()
    try:
        settings = read_settings()
        return asyncio.run(_COMMANDS[options.command or "run"](settings, options))
    except (WrongSetting, NewerSchema, NotADatabase, RefusedToken, Deaf, Stopped) as error:
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
    if not settings.telegram_bot_token and not settings.slack_tokens:
        print("No chat token is set, so this is the console. Nothing leaves this computer.\n")
        options = parser().parse_args(["chat", *(["--db", str(options.db)] if options.db else [])])
        return await _chat(settings, options)
    logs.set_up()
    database = Database(settings.database(options.db))
    lock = _lock(database)
    chats = _chats(settings)
    bot = Bot(database, {chat.platform: chat for chat in chats}, host_zone(settings), system_clock, _outside(chats))
    web = _web(settings, bot, chats)
    try:
        await bot.open()
        if web:
            await web.start()
        await _serve(bot, chats)
    finally:
        if web:
            await web.stop()
        for chat in chats:
            await chat.stop()
        await database.close()
        if lock:
            lock.release()
    return 0


def _chats(settings: Settings) -> list[Chat]:
    """The chat networks that are configured; only those are loaded."""
    chats: list[Chat] = []
    if settings.telegram_bot_token:
        from bot.telegram import Telegram  # noqa: PLC0415

        token = settings.telegram_bot_token.get_secret_value()
        chats.append(Telegram(token, settings.telegram_api_url, settings.allowed))
    if settings.slack_tokens:
        from bot.slack.wire import Slack  # noqa: PLC0415

        app_token, secret = _secret(settings.slack_app_token), _secret(settings.slack_signing_secret)
        slack = Slack(settings.slack_tokens, settings.slack_api_url, app_token, secret, allowed=settings.allowed)
        chats.append(slack)
    return chats


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _outside(chats: Sequence[Chat]) -> Outside:
    introducing = [chat for chat in chats if isinstance(chat, Introduces)]
    teams = ChainMap(*(chat.teams for chat in introducing))
    return Outside(secrets.choice, teams, {chat.platform: chat.profile for chat in introducing})


def _web(settings: Settings, bot: Bot, chats: Sequence[Chat]) -> Web | None:
    if not settings.buttonhook_port:
        return None
    from bot.web import Web  # noqa: PLC0415

    web = Web(settings.buttonhook_port, partial(_is_heard, bot.database, [chat.platform for chat in chats]))
    for chat in chats:
        if isinstance(chat, TakesHttp):
            web.take_in(chat.path, chat.http)
    return web


async def _is_heard(database: Database, platforms: Sequence[str]) -> bool:
    last = await pulse.last(database, platforms)
    return last is not None and system_clock() - last <= HEALTHY


async def _serve(bot: Bot, chats: Sequence[Chat]) -> None:
    """Listen to every chat until told to stop, or until one of them cannot go on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    listening = [asyncio.create_task(_listen(bot, chat)) for chat in chats]
    for task in listening:
        task.add_done_callback(lambda _: stop.set())
    await bot.run(stop)
    for task in listening:
        task.cancel()
    for ending in await asyncio.gather(*listening, return_exceptions=True):
        if isinstance(ending, Exception):
            raise ending


async def _listen(bot: Bot, chat: Chat) -> None:
    """Reach one chat network and take in what comes; another that is out of reach does not hold it up."""
    last = -BEAT_SECONDS

    async def beat() -> None:
        nonlocal last
        now = asyncio.get_running_loop().time()
        if now - last >= BEAT_SECONDS:
            last = now
            await pulse.beat(bot.database, chat.platform, bot.clock())

    await chat.start()
    log.info("Buttonhook is listening to %s", chat.platform.capitalize())
    await chat.listen(bot, beat)


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

    screen = Screen(write, path.parent / FILES)
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
        last = await pulse.last(database, _platforms(settings))
    finally:
        await database.close()
    if last is not None and system_clock() - last <= HEALTHY:
        return 0
    print("A chat was not heard in the last 90 seconds." if last else "Not running yet.", file=sys.stderr)
    return 1


def _platforms(settings: Settings) -> list[str]:
    configured = {"telegram": settings.telegram_bot_token, "slack": settings.slack_bot_token}
    return [platform for platform, token in configured.items() if token]


async def _manifest(_settings: Settings, options: argparse.Namespace) -> int:
    from bot.slack.manifest import manifest_text  # noqa: PLC0415

    print(manifest_text(options.url.rstrip("/")), end="")
    return 0


_COMMANDS = {"run": _run, "chat": _chat, "demo": _demo, "check": _check, "health": _health, "slack-manifest": _manifest}

if __name__ == "__main__":
    sys.exit(main())
