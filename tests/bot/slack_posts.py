"""Requests to the bot's web server as anybody might write them, byte by byte, with Slack's signature or a false one."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from bot.slack.acts import LOG_AUDITION, LOG_MESSAGE
from storage.database import Database
from storage.tables import actor, address, inbox, outbox, talk
from tests.bot.slack_stage import SlackStage
from tests.fakes.slack import Delivery
from tests.fakes.slack_http import JSON, signature
from tests.fakes.slack_shown import buttons_of

PATH = "/slack/events"
Headers = Iterable[tuple[str, str | bytes]]
TABLES = (inbox, outbox, actor, address, talk)
PING: dict[str, Any] = {"type": "event_callback", "team_id": "T0HOME", "event_id": "Ev0PING", "event": {"type": "ping"}}
MESSAGE = PING | {
    "event": {
        "type": "message", "channel_type": "im", "channel": "D0NORA", "user": "U0NORA", "ts": "1795118400.1",
        "text": "/start",
    },
}  # fmt: skip


@dataclass(repr=False)
class Slacks:
    """One who knows the secret, or does as if; `seconds` passed from each last byte to the answer."""

    stage: SlackStage
    seconds: list[float] = field(default_factory=list)

    def signed(self, body: bytes, seconds: float = 0, secret: str = "", now: float | None = None) -> dict[str, str]:
        """The two headers, so many seconds away from now."""
        moment = (time.time() if now is None else now) + seconds
        return signature(secret or self.stage.slack.signing_secret, body, moment)

    async def gives(self, payload: Any, kind: str = JSON) -> int:
        """Post a payload as Slack would."""
        body = json.dumps(payload).encode()
        return await self.posts(body, self.signed(body).items(), kind=kind)

    async def posts(
        self, body: bytes, headers: Headers = (), *, kind: str = JSON, method: str = "POST", path: str = PATH
    ) -> int:
        """One request in one piece; the status of its answer, 0 where none came."""
        length = ("Content-Length", str(len(body)))
        return await self.sends(head((length, ("Content-Type", kind), *headers), method, path), body)

    async def sends(self, *pieces: bytes, breath: float = 0) -> int:
        """Any bytes, with a pause after each piece; the status of the first answer, 0 where none came."""
        async with self._connection() as (reader, writer):
            answer = asyncio.ensure_future(_status(reader))
            for piece in pieces:
                if answer.done():
                    break
                writer.write(piece)
                await asyncio.sleep(breath)
            began = time.perf_counter()
            async with asyncio.timeout(10):
                status = await answer
            self.seconds.append(time.perf_counter() - began)
        return status

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(self.stage.slack.posts.url).port)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    def told(self) -> str:
        """The times, as a line to print."""
        times = sorted(self.seconds)
        p50, p99 = (1000 * times[int((len(times) - 1) * part)] for part in (0.5, 0.99))
        return f"{len(times)} answers: p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {1000 * times[-1]:.1f} ms"


async def _status(reader: asyncio.StreamReader) -> int:
    try:
        line = await reader.readline()
    except ConnectionError:
        return 0
    return int(line.split()[1]) if line else 0


def head(headers: Headers, method: str = "POST", path: str = PATH) -> bytes:
    """The request up to its body."""
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: localhost", b"Connection: close"]
    for name, value in headers:
        lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join([*lines, b"", b""])


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.read() as tx:
        return {t.name: (await tx.execute(select(func.count()).select_from(t))).scalar_one() for t in TABLES}


async def every_kind(stage: SlackStage) -> dict[str, Delivery]:
    """All that Slack sends, each kind once, as Nora's acts cause it."""
    nora, client = stage.nora, stage.nora.client
    room = stage.slack.channel("C0ROOM", members=[client])
    for line in ("/start", "/audition copper falls, nurse ray, co-star", "tess quillan", "turkey trot w her dad"):
        await nora.writes(line)
    await nora.does(said := client.write("banjo"))
    await nora.does(client.edits(said.payload["event"]["ts"], "banjo lessons"))
    await nora.does(client.write("more banjo", thread=nora.last.ts))
    await nora.taps("Save")
    await nora.does(client.deletes(said.payload["event"]["ts"]), client.sends_file("sides.pdf", b"%PDF"))
    await nora.does(client.mention(room, "audition"), client.slash("/buttonhook", "help", channel=room))
    await nora.does(client.moves_to("Europe/Paris"), client.opens_home("messages"))
    await nora.does(client.opens_home())
    assert client.home_view
    await nora.does(client.home_tap(buttons_of(client.home_view.blocks)[0][0]))
    await nora.does(client.message_shortcut(LOG_MESSAGE, nora.last.ts))
    await nora.does(client.shortcut(LOG_AUDITION))
    assert client.modal
    searching = next(field for field in client.modal.fields if "external" in field.element["type"])
    await client.searches(searching.label, "tess")
    await nora.does(client.fills("Project", "Salt Year"))
    await nora.does(client.submits())
    await nora.does(client.shortcut(LOG_AUDITION))
    if closed := client.closes():
        await nora.does(closed)
    return {_kind(delivery.payload): delivery for delivery in stage.slack.deliveries}


def _kind(payload: Mapping[str, Any]) -> str:
    event, view = payload.get("event", {}), payload.get("view") or {}
    names = (
        payload.get("type", "command"),
        event.get("type"),
        event.get("subtype"),
        event.get("tab"),
        view.get("type"),
    )
    return " ".join(name for name in names if name)
