"""A chat server that only answers: canned replies, no limits, a delay on the way; it times what it is told.

`python -m tests.bench_server` prints its port. `POST /run` takes {messages: [[user, text]], at_once, delay} and answers
once each message has had its reply: {replies: [[user, milliseconds, text]], calls, wall}. A message counts from the
moment the server has it until the reply has reached the server; `delay` is one way, in seconds.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

from aiohttp import web

MOST_UPDATES = 100  # Telegram hands out no more at once
GIVEN_UP = 60.0
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class ChatServer:
    def __init__(self) -> None:
        self.delay = 0.0
        self.ready = asyncio.Event()
        self._ids = itertools.count(1)
        self._updates: deque[dict[str, Any]] = deque()
        self._came = asyncio.Event()
        self._begin([])

    def _begin(self, messages: list[tuple[int, str]]) -> None:
        self._to_come = deque(messages)
        self._left = len(messages)
        self._since: dict[int, deque[float]] = defaultdict(deque)
        self._replies: list[tuple[int, float, str]] = []
        self._calls = 0
        self._all_answered = asyncio.Event()

    async def run(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.delay = asked["delay"]
        self._begin(asked["messages"])
        began = perf_counter()
        for _ in range(asked["at_once"]):
            self._next()
        try:
            await asyncio.wait_for(self._all_answered.wait(), GIVEN_UP)
        except TimeoutError:
            return web.json_response({"missing": self._left}, status=504)
        wall = (perf_counter() - began) * 1000
        await asyncio.sleep(0.1 + 2 * self.delay)  # what follows the last reply belongs to the run, its wall time not
        return web.json_response({"replies": self._replies, "calls": self._calls, "wall": wall})

    def _next(self) -> None:
        """One more message stands ready to be fetched."""
        if not self._to_come:
            return
        user, text = self._to_come.popleft()
        number = next(self._ids)
        message = _message(number, user, text) | {"from": {"id": user, "is_bot": False, "first_name": "Nora"}}
        self._updates.append({"update_id": number, "message": message})
        self._since[user].append(perf_counter())
        self._came.set()

    async def call(self, request: web.Request) -> web.Response:
        """One call of the Bot API."""
        said = await request.post()
        await self._travel()
        answer = _ANSWERS[request.match_info["method"]]
        result = await answer(self, said)
        await self._travel()
        return web.json_response({"ok": True, "result": result})

    async def _travel(self) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)

    async def updates(self, said: Any) -> list[dict[str, Any]]:
        self.ready.set()
        while self._updates and self._updates[0]["update_id"] < int(said.get("offset", 0)):
            self._updates.popleft()
        if not self._updates:
            self._came.clear()
            await self._wait_for_more(float(said.get("timeout", 0)))
        return list(itertools.islice(self._updates, MOST_UPDATES))

    async def _wait_for_more(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._came.wait(), seconds)
        except TimeoutError:
            return

    async def reply(self, said: Any) -> dict[str, Any]:
        self._calls += 1
        user, text = int(said["chat_id"]), str(said["text"])
        if self._since[user]:
            self._replies.append((user, (perf_counter() - self._since[user].popleft()) * 1000, text))
            self._left -= 1
            self._next()
        if self._left == 0:
            self._all_answered.set()
        return _message(next(self._ids), user, text)

    async def edit(self, said: Any) -> dict[str, Any]:
        self._calls += 1
        return _message(int(said["message_id"]), int(said["chat_id"]), str(said["text"]))

    async def me(self, _said: Any) -> dict[str, Any]:
        return ME

    async def yes(self, _said: Any) -> bool:
        return True

    async def until_polled(self, _request: web.Request) -> web.Response:
        await self.ready.wait()
        return web.json_response({})


_ANSWERS: dict[str, Callable[[ChatServer, Any], Awaitable[Any]]] = {
    "getMe": ChatServer.me,
    "getUpdates": ChatServer.updates,
    "sendMessage": ChatServer.reply,
    "editMessageText": ChatServer.edit,
    "answerCallbackQuery": ChatServer.yes,
    "setMyCommands": ChatServer.yes,
    "deleteWebhook": ChatServer.yes,
}


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    return {"message_id": number, "date": 1_763_596_800, "chat": {"id": chat, "type": "private"}, "text": text}


async def serve() -> None:
    server = ChatServer()
    app = web.Application()
    app.router.add_post("/run", server.run)
    app.router.add_get("/ready", server.until_polled)
    app.router.add_post("/bot{token}/{method}", server.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
