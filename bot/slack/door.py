"""How acts come in from Slack: over its socket or signed HTTP, stored in order, acknowledged after that."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Workspace, quiet
from bot.slack.in_order import InOrder

log = logging.getLogger(__name__)
bolts = logging.getLogger("slack_bolt")
bolts.setLevel(logging.CRITICAL)  # it writes out what people typed, and its failures are told by the answer's status

Answer = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]
"""Stores what a payload tells; returns what must stand in the acknowledgement."""

PING_SECONDS = 2.0  # a cut connection is noticed after four of them
BODY_SECONDS, SIGNED_SECONDS = 5.0, 600.0
_TIMESTAMP, _SIGNATURE = re.compile(r"[0-9]{1,11}"), re.compile(r"v0=[0-9a-f]{64}")


class Door:
    """Bolt with one middleware behind its own: there are no listeners, so nothing is acknowledged before it is kept."""

    def __init__(self, answer: Answer, order: InOrder, workspaces: Mapping[str, Workspace], secret: str = "") -> None:
        self._answer = answer
        self._order = order
        self._workspaces = workspaces

        # Bolt looks at the names of the arguments, so methods will not do.
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            return self._authorize(enterprise_id, team_id)

        async def take_in(body: dict[str, Any]) -> BoltResponse:
            return await self._take_in(body)

        # Its own client never calls; without one, Bolt would take the token from the environment.
        self._app = AsyncApp(
            logger=bolts,
            name="buttonhook",
            signing_secret=secret,
            client=AsyncWebClient(logger=quiet),
            authorize=authorize,
            request_verification_enabled=False,  # done before Bolt, which answers 500 to hostile headers
        )
        self._app.middleware(take_in)
        self._verifier = SignatureVerifier(secret) if secret else None
        self._acknowledged: dict[tuple[str, str], float] = {}
        self._sockets: _Sockets | None = None

    def _authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """From memory: before it acknowledges, Bolt must not ask Slack anything."""
        at = self._workspaces.get(team_id or "")
        bot = {"bot_user_id": at.bot_user, "bot_id": at.bot_id} if at else {}
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="-", **bot)  # noqa: S106 - none

    async def _take_in(self, body: dict[str, Any]) -> BoltResponse:
        try:
            in_answer = await self._answer(body)
        except Exception:
            log.exception("what Slack sent could not be stored, so it is not acknowledged")
            return BoltResponse(status=503)
        return BoltResponse(status=200, body=dict(in_answer) if in_answer else "")

    # Socket Mode

    async def connect(self, app_token: str, web_client: AsyncWebClient) -> None:
        """Open the socket; it opens itself anew whenever it is lost."""
        self._sockets = _Sockets(self._app, app_token, web_client, self._order)
        await self._sockets.connect_async()  # type: ignore[no-untyped-call]

    async def is_open(self) -> bool:
        """Whether the socket stands."""
        return self._sockets is not None and await self._sockets.client.is_connected()

    async def close(self) -> None:
        """Let go of the socket."""
        if self._sockets:
            await self._sockets.close_async()  # type: ignore[no-untyped-call]

    # HTTP

    async def http(self, request: web.Request) -> web.StreamResponse:
        """A signed request: 400, 401, 403, 408 and 413 for what is none, 503 where it could not be stored."""
        signed = _signature(request)
        if signed is None or self._verifier is None:
            return web.Response(status=401)
        try:
            body = (await asyncio.wait_for(request.read(), BODY_SECONDS)).decode()
        except TimeoutError:
            return web.Response(status=408)
        except UnicodeDecodeError:
            return web.Response(status=400)
        if not self._verifier.is_valid(body, *signed) or self._is_replayed(signed):
            return web.Response(status=403)
        answer = await self._dispatch(body)
        if answer.status == 200:
            self._acknowledged[signed] = time.monotonic()
        return await to_aiohttp_response(answer)

    async def _dispatch(self, body: str) -> BoltResponse:
        """What is signed and yet not what Slack sends is a 400, wherever Bolt stumbles over it; ours are 503."""
        with self._order.place():
            try:
                answer = await self._app.async_dispatch(AsyncBoltRequest(body=_json(body)))
            except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
                return BoltResponse(status=400)
        return BoltResponse(status=400) if answer.status == 500 else answer

    def _is_replayed(self, signed: tuple[str, str]) -> bool:
        """Whether this very request was acknowledged; what Slack itself repeats is signed anew."""
        old = [known for known, at in self._acknowledged.items() if at < time.monotonic() - SIGNED_SECONDS]
        for known in old:
            del self._acknowledged[known]
        return signed in self._acknowledged


def _json(body: str) -> str:
    """The payload of a form as JSON: Bolt would lose a command whose words hold "payload"."""
    if body.startswith("{"):
        return body
    form = dict(parse_qsl(body, keep_blank_values=True))
    return form.get("payload") or json.dumps(form)


def _signature(request: web.Request) -> tuple[str, str] | None:
    """Timestamp and signature, where they have the shape of such."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return (stamp, signature) if _TIMESTAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature) else None


class _Sockets(AsyncSocketModeHandler):
    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, order: InOrder) -> None:
        super().__init__(app, app_token, logger=quiet, web_client=web_client, ping_interval=PING_SECONDS)
        self._order = order

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        # Envelopes are worked side by side; their order is that in which this is entered.
        with self._order.place():
            await super().handle(client, req)
