"""The bot as a process of its own, to be killed and started anew."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

ROOT = Path(__file__).parents[2]
_WAITING = (
    "SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1",
    "SELECT 1 FROM outbox WHERE state IN ('new', 'sending') LIMIT 1",
    "SELECT 1 FROM due WHERE state = 'waiting' AND repeat = 0 AND due_at < datetime('now', '+1 hour') LIMIT 1",
)


class Running:
    """One bot on one file before one Telegram, and perhaps one Slack, in as many lives as it takes."""

    def __init__(
        self, telegram: FakeTelegram, folder: Path, *, ahead: float = 0, slack: FakeSlack | None = None
    ) -> None:
        self.slack = slack
        self.telegram, self.file, self.log = telegram, folder / "buttonhook.db", folder / "bot.log"
        self.ahead = ahead
        self.kills = 0
        self.back_after: list[float] = []
        """Seconds from each start to the first thing said."""
        self.process: Process | None = None

    async def start(self, crash: str = "") -> None:
        """Begin a life; `crash` is a place of `launch`."""
        module = "tests.chaos.launch" if crash or self.ahead else "bot"
        env = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        env |= {"TELEGRAM_BOT_TOKEN": self.telegram.token, "DEFAULT_ZONE": "America/Los_Angeles"}
        env |= {
            "TELEGRAM_API_URL": self.telegram.base_url.removesuffix("/bot"),
            "CRASH": crash,
            "AHEAD": str(self.ahead),
        }
        if self.slack:
            env |= {"SLACK_BOT_TOKEN": self.slack.home.bot_token, "SLACK_APP_TOKEN": self.slack.app_token}
            env |= {"SLACK_API_URL": self.slack.api_url}
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, "--db", str(self.file), stdin=DEVNULL, stdout=log, stderr=log, cwd=ROOT,
                env=env,
            )  # fmt: skip

    async def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        await self.process.wait()
        self.kills += 1

    async def died(self, seconds: float = 60) -> None:
        """Wait for it to kill itself."""
        assert self.process
        async with asyncio.timeout(seconds):
            assert await self.process.wait() == -signal.SIGKILL
        self.kills += 1

    async def kill_and_start(self) -> None:
        """kill -9 and start anew; notes how long it takes until something is said again."""
        await self.kill()
        began, said = time.perf_counter(), self.said
        await self.start()
        await self.until(lambda: self.said > said, 60)
        self.back_after.append(time.perf_counter() - began)

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait for something that shows on one of the networks."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """SIGTERM, and a good end."""
        assert self.process
        self.process.terminate()
        async with asyncio.timeout(20):
            assert await self.process.wait() == 0

    @property
    def said(self) -> int:
        """How many messages the networks took."""
        on_slack = len(self.slack.called("chat.postMessage", "ok")) if self.slack else 0
        return len(self.telegram.called("sendMessage", "ok")) + on_slack

    @property
    def memory(self) -> float:
        """What the process holds, in MB."""
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+([0-9]+) kB", status)
        assert found
        return int(found[1]) / 1024

    async def until_quiet(self, seconds: float = 240) -> None:
        """Nothing is due, and nothing waits to be worked or to leave."""
        async with asyncio.timeout(seconds):
            while any(self.rows(query) for query in _WAITING):
                await asyncio.sleep(0.2)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the file."""
        with closing(sqlite3.connect(self.file)) as file:
            return file.execute(query).fetchall()

    def assert_sound(self) -> None:
        """The file is whole, all that came was worked, and nothing went wrong on the way."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        assert self.rows("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state") == []
        log = self.log.read_text(encoding="utf-8")
        assert not re.search(r" ERROR |Traceback", log), log[-3000:]
