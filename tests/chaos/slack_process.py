"""The bot as a process of its own before a look-alike of Slack, and somebody who locks its database."""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import sqlite3
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[2]
WAITING = (
    "SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1",
    "SELECT 1 FROM outbox WHERE state IN ('new', 'sending') LIMIT 1",
)


class SlackProcess:
    """One bot on one file before one Slack, in as many lives as it takes."""

    def __init__(self, slack: FakeSlack, folder: Path, *, over_http: bool, slow: float = 0) -> None:
        self.slack, self.file, self.log = slack, folder / "buttonhook.db", folder / "bot.log"
        self.over_http, self.slow, self.port = over_http, slow, _free_port()
        self.kills = 0
        self.process: Process | None = None

    async def start(self) -> None:
        """Begin a life, and wait until it hears."""
        env = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        env |= {"SLACK_BOT_TOKEN": self.slack.home.bot_token, "SLACK_API_URL": self.slack.api_url.rstrip("/")}
        env |= {"DEFAULT_ZONE": "America/Los_Angeles", "BUTTONHOOK_PORT": str(self.port), "SLOW": str(self.slow)}
        secret = ("SLACK_SIGNING_SECRET", self.slack.signing_secret)
        env |= dict([secret if self.over_http else ("SLACK_APP_TOKEN", self.slack.app_token)])
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chaos.slack_launch", "--db", str(self.file), stdin=DEVNULL, stdout=log,
                stderr=log, cwd=ROOT, env=env,
            )  # fmt: skip
        if self.over_http:
            self.slack.deliver_to(f"http://127.0.0.1:{self.port}/slack/events")
        await self._until_it_hears()

    async def _until_it_hears(self) -> None:
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while not await self._is_healthy(session) or (not self.over_http and not self.slack.connections):
                await asyncio.sleep(0.05)

    async def _is_healthy(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        await self.process.wait()
        self.kills += 1

    async def stop(self) -> None:
        """SIGTERM, and a good end."""
        assert self.process
        self.process.terminate()
        async with asyncio.timeout(20):
            assert await self.process.wait() == 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the file."""
        with closing(sqlite3.connect(self.file)) as file:
            return file.execute(query).fetchall()

    async def until_quiet(self, seconds: float = 60) -> None:
        """Nothing waits to be worked or to leave."""
        waiting = (
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + (SELECT count(*) FROM outbox WHERE state"
        )
        async with asyncio.timeout(seconds):
            while self.rows(f"{waiting} IN ('new', 'sending'))") != [(0,)]:
                await asyncio.sleep(0.2)

    def assert_sound(self) -> None:
        """The file is whole, all that came was worked, and nothing went wrong on the way."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state") == []
        log = self.log.read_text(encoding="utf-8")
        assert not re.search(r" ERROR |Traceback", log), log[-3000:]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Locks:
    """Another program that now and then holds the right to write for a second."""

    file: Path
    chance: random.Random
    held: list[tuple[float, float]] = field(default_factory=list)

    async def keep_on(self) -> None:
        """Until cancelled; a lock that somebody else has at that moment is waited for."""
        while True:
            await asyncio.sleep(self.chance.uniform(0.3, 2))
            with closing(sqlite3.connect(self.file, isolation_level=None, timeout=0)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError:
                    continue
                began = time.monotonic()
                await asyncio.sleep(1)
                other.execute("ROLLBACK")
                self.held.append((began, time.monotonic()))

    def touched(self, began: float, ended: float) -> bool:
        """Whether a lock was held at any moment of a time."""
        return any(start <= ended and began <= end for start, end in self.held)
