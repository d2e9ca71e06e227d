"""A look-alike of Telegram's Bot API on 127.0.0.1 that enforces the platform's limits.

In a test:

    async with FakeTelegram() as telegram:
        nora = telegram.person(7)
        nora.write("/start")
        bot = Bot(telegram.token, base_url=telegram.base_url)
        ...
        print(nora.transcript)
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self

from aiohttp import web

from tests.fakes.telegram_chats import Shown
from tests.fakes.telegram_faults import Cut, Faults, fail, fail_file
from tests.fakes.telegram_files import Files
from tests.fakes.telegram_flood import Flood
from tests.fakes.telegram_methods import Methods
from tests.fakes.telegram_params import read_params
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_polling import Gone, Polling
from tests.fakes.telegram_updates import World
from tests.fakes.telegram_wire import Json, Refused, check_unicode

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Call", "FakeTelegram", "Group", "Person", "Shown"]


TOKEN = "123456:TEST"
DOWNLOAD = "download"
"""What the fetching of a file goes by among the calls."""


class Call(NamedTuple):
    """One call of the bot: its parameters, how it ended ("ok", "400 Bad Request: …", "stall"), and when."""

    method: str
    params: Json
    outcome: str
    at: float


class FakeTelegram:
    """The server. `delay` seconds pass in each call, half before it is worked and half after.

    `clock` (seconds) rules the flood limits and the age of taps; the dates of messages are real.
    """

    def __init__(
        self, token: str = TOKEN, *, flood: bool = True, delay: float = 0.0,
        clock: Callable[[], float] = time.monotonic, query_lifetime: float = 900.0,
    ) -> None:  # fmt: skip
        self.token, self.delay, self.clock, self.port = token, delay, clock, 0
        self.world = World(_bot(int(token.partition(":")[0])), clock)
        self.updates = self.world.updates
        self.polling = Polling(self.updates)
        self.methods = Methods(self.world, Flood(clock, enabled=flood), query_lifetime)
        self.calls: list[Call] = []
        self.faults = Faults()
        self._names = {name.lower(): name for name in [*self.methods.table, *self.polling.table, DOWNLOAD]}
        self._changed, self._stopping = asyncio.Event(), asyncio.Event()
        self.updates.on_confirm = self._changed.set
        self._runner: web.AppRunner | None = None

    # The server

    @property
    def base_url(self) -> str:
        """What the bot calls, without the token."""
        return f"http://127.0.0.1:{self.port}/bot"

    async def start(self) -> None:
        """Listen; after a stop, on the same port and with everything as it was."""
        self._stopping.clear()
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Refuse connections and cut those that wait."""
        self._stopping.set()
        self.polling.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # The people's side

    def person(self, user_id: int, first_name: str = "Nora", last_name: str = "Castellane") -> Person:
        """Somebody with a phone, the same for the same id; the bot may not write before they do."""
        known = self.world.chats.get(user_id)
        return known if isinstance(known, Person) else Person(self.world, user_id, first_name, last_name)

    def group(self, chat_id: int, title: str = "Scene study") -> Group:
        """A group (negative id) the bot is in."""
        known = self.world.chats.get(chat_id)
        return known if isinstance(known, Group) else Group(self.world, chat_id, title)

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of the updates the bot has not confirmed."""
        return [waiting.key for waiting in self.updates.waiting]

    def push_raw(self, update: Json) -> int:
        """Queue any update; without an update_id it gets the next."""
        return self.updates.add_raw(update)

    def push_garbage(self) -> int:
        """Queue an update with a proper id and a body of the wrong types."""
        return self.push_raw({"message": {"message_id": "seven", "date": None, "chat": [], "text": {"no": 1}}})

    def deliver_again(self, update_id: int) -> int:
        """Queue an update once more with the same id, though it may be confirmed."""
        self.updates.repeat(update_id)
        return update_id

    def jump_ids_backwards(self, by: int = 1_000_000) -> None:
        """Let the next update have a lower id than those before."""
        self.updates.jump_back(by)

    # Faults, and what was called

    def fail_next(self, method: str, n: int, kind: str, *, after: int = 0) -> None:
        """Let the next `n` calls of `method` fail, once `after` more have passed.

        Kinds: "429:3" (seconds), "502", "400" and "403" or any such status, with Telegram's words after a colon if
        wanted; "reset" cuts the connection and does nothing, "lost" does it and cuts, "stall" does it and is silent.
        """
        self.faults.plan(self._names[method.lower()], [""] * after + [kind] * n)

    def called(self, method: str, outcome: str = "") -> list[Call]:
        """The calls of one method, perhaps only those whose outcome begins so."""
        return [call for call in self.calls if call.method == method and call.outcome.startswith(outcome)]

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for the bot to bring something about; AssertionError with all the chats when it does not."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            chats = "\n".join(f"{chat.id}:\n{chat.transcript}" for chat in self.world.chats.values())
            raise AssertionError(f"not within {seconds} s; calls: {self.calls[-5:]}\n{chats}") from None

    # Working a call

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, "result": await self._answer(request)})
        except Cut:
            if request.transport:
                request.transport.abort()
            return web.Response()
        except Refused as no:
            if no.code >= 500:  # what answers then is a proxy, in HTML
                return web.Response(status=no.code, text=f"<html><h1>{no.code}</h1></html>", content_type="text/html")
            seconds = no.parameters.get("retry_after")
            headers = {"Retry-After": str(seconds)} if seconds else None
            return web.json_response(no.as_json(), status=no.code, headers=headers)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        """The bytes that getFile told the path of."""
        file_id = request.match_info["path"].rpartition("/")[2]
        known = request.match_info["token"] == self.token and file_id in self.world.files
        fault = self.faults.next(DOWNLOAD)
        self._note(DOWNLOAD, {"file_id": file_id}, fault or ("ok" if known else "404 Not Found"))
        if fault:
            return await fail_file(request, fault, self.world.files[file_id][1])
        return web.Response(body=self.world.files[file_id][1]) if known else web.Response(status=404)

    async def _answer(self, request: web.Request) -> Any:
        method = self._names.get(request.match_info["method"].lower(), request.match_info["method"])
        params: Json = {}
        try:
            self._check_token(request)
            params, files = await read_params(request)
            await self._pass_time()
            fault = self.faults.next(method)
            if fault not in ("", "lost", "stall"):
                fail(fault)
            result = await self._work(method, params, files, lambda: request.transport is None)
        except (Refused, Cut) as no:
            self._note(method, params, str(no))
            await self._pass_time()
            raise
        self._note(method, params, fault or "ok")
        if fault in ("lost", "stall"):
            await self._keep_silent(fault)
        await self._pass_time()
        return result

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise Refused(401, "Unauthorized")

    async def _work(self, method: str, params: Json, files: Files, gone: Gone) -> Any:
        check_unicode(params)
        if method in self.polling.table:
            return await self.polling.table[method](params, gone)
        if method not in self.methods.table:
            raise Refused(404, "Not Found")
        return self.methods.table[method](params, files)

    async def _keep_silent(self, fault: str) -> NoReturn:
        if fault == "stall":
            await self._stopping.wait()
        raise Cut(fault)

    async def _pass_time(self) -> None:
        if self.delay:
            await asyncio.sleep(self.delay / 2)

    def _note(self, method: str, params: Json, outcome: str) -> None:
        self.calls.append(Call(method, params, outcome, self.clock()))
        self._changed.set()


def _bot(bot_id: int) -> Json:
    return {
        "id": bot_id, "is_bot": True, "first_name": "Buttonhook", "username": "buttonhook_test_bot",
        "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
    }  # fmt: skip
