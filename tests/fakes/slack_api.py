"""Working one call: who calls, the faults that befall it, and the answer in Slack's form."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from aiohttp import web

from tests.fakes.slack_faults import Cut, Faults, fail
from tests.fakes.slack_params import read_params, take_token
from tests.fakes.slack_wire import Json, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_methods import Methods

RESPONSE_URL = "response_url"


class Call(NamedTuple):
    """One call of the bot: its parameters, how it ended ("ok", "channel_not_found", "stall"), when, and whose token.

    A post to a response_url is a call of the method "response_url".
    """

    method: str
    params: Json
    outcome: str
    at: float
    team: str


class Api:
    """The calls, in the order they ended. `delay` seconds pass in each, half before it is worked and half after."""

    def __init__(self, methods: Methods, clock: Callable[[], float], delay: float, changed: Callable[[], None]) -> None:
        self.methods, self.clock, self.delay, self.changed = methods, clock, delay, changed
        self.calls: list[Call] = []
        self.faults = methods.files.faults = Faults()
        self.stopping = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A method of the Web API."""
        return await self._respond(request, request.match_info["method"])

    async def serve_response_url(self, request: web.Request) -> web.StreamResponse:
        """A post to a response_url."""
        return await self._respond(request, RESPONSE_URL)

    async def _respond(self, request: web.Request, method: str) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, **await self._answer(request, method)})
        except Cut:
            if request.transport:
                request.transport.abort()
            return web.Response()
        except Refused as no:
            if no.status >= 500:  # what answers then is a proxy, in HTML
                return web.Response(status=no.status, text=f"<html>{no.status}</html>", content_type="text/html")
            headers = {"Retry-After": str(no.retry_after)} if no.retry_after else None
            return web.json_response(no.as_json(), status=no.status, headers=headers)

    async def _answer(self, request: web.Request, method: str) -> Json:
        params: Json = {}
        team = ""
        try:
            params = await read_params(request)
            await self._pass_time()
            token = "" if method == RESPONSE_URL else take_token(request, params)
            team = self._team(token)
            fault = self.faults.next(method)
            if fault not in ("", "lost", "stall"):
                fail(fault)
            result = self._work(request, method, token, params)
        except (Refused, Cut) as no:
            self._note(method, params, str(no), team)
            await self._pass_time()
            raise
        self._note(method, params, fault or "ok", team)
        if fault in ("lost", "stall"):
            await self._keep_silent(fault)
        await self._pass_time()
        return result

    def _team(self, token: str) -> str:
        teams = self.methods.world.teams.values()
        return next((team.id for team in teams if token and team.bot_token == token), "")

    def _work(self, request: web.Request, method: str, token: str, params: Json) -> Json:
        if method != RESPONSE_URL:
            return self.methods.work(method, token, params)
        right = self.methods.world.use_response_url(request.match_info["key"])
        self.methods.chat.answer(right, params)
        return {}

    async def _keep_silent(self, fault: str) -> NoReturn:
        if fault == "stall":
            await self.stopping.wait()
        raise Cut(fault)

    async def _pass_time(self) -> None:
        if self.delay:
            await asyncio.sleep(self.delay / 2)

    def _note(self, method: str, params: Json, outcome: str, team: str) -> None:
        self.calls.append(Call(method, params, outcome, self.clock(), team))
        self.changed()
