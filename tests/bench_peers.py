"""Bots in processes of their own, each before a chat server of its own; python-telegram-bot's echo is one."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

Messages = list[tuple[int, str]]


@dataclass(frozen=True)
class Run:
    """How a run of messages went; times in milliseconds, CPU in microseconds a message."""

    replies: list[tuple[int, float, str]]
    calls: int
    wall: float
    cpu: float

    @property
    def delays(self) -> list[float]:
        return [delay for _, delay, _ in self.replies]

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.delays, n=100)[percent - 1]


class Peer:
    """A bot in a process of its own, before a chat server of its own."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, http: aiohttp.ClientSession) -> None:
        self.name = name
        self.pid = process.pid
        self._http = http

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def run(self, messages: Messages, at_once: int, delay: float = 0.0) -> Run:
        before = self.cpu()
        asked = {"messages": messages, "at_once": at_once, "delay": delay}
        async with self._http.post("/run", json=asked) as answer:
            told: dict[str, Any] = await answer.json()
        if "missing" in told:
            raise RuntimeError(f"{self.name}: {told['missing']} of {len(messages)} messages got no reply")
        cpu = (self.cpu() - before) / len(messages) * 1e6
        return Run([tuple(reply) for reply in told["replies"]], told["calls"], told["wall"], cpu)


@asynccontextmanager
async def process(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
        await child.communicate()


@asynccontextmanager
async def peer(name: str, *arguments: str) -> AsyncIterator[Peer]:
    """A peer that polls its chat server; {url} in its arguments is that server's."""
    async with process("-m", "tests.bench_server") as server:
        assert server.stdout
        url = f"http://127.0.0.1:{int(await server.stdout.readline())}"
        settings = {"TELEGRAM_BOT_TOKEN": "1:bench", "TELEGRAM_API_URL": url, "DEFAULT_ZONE": "America/Los_Angeles"}
        filled = [argument.format(url=url) for argument in arguments]
        async with process(*filled, **settings) as bot, aiohttp.ClientSession(url) as http:
            await _until_it_polls(bot, http)
            yield Peer(name, bot, http)


async def _until_it_polls(bot: asyncio.subprocess.Process, http: aiohttp.ClientSession) -> None:
    async def polls() -> None:
        async with http.get("/ready") as answer:
            answer.raise_for_status()

    polling, ended = asyncio.create_task(polls()), asyncio.create_task(bot.wait())
    await asyncio.wait((polling, ended), return_when=asyncio.FIRST_COMPLETED)
    if ended.done():
        raise RuntimeError(f"the peer ended with {ended.result()} before it polled")
    ended.cancel()


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


if __name__ == "__main__":
    echo(sys.argv[1])
