"""Faults on order: what a network and a busy server do to a call."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import NoReturn

from aiohttp import web

from tests.fakes.slack_flood import too_many
from tests.fakes.slack_wire import Refused

_KIND = re.compile(r"(?:|429:[0-9]+|(?!429)[45][0-9]{2}|error:[a-z_]+|reset|lost|stall)")


class Cut(Exception):  # an event, as the client sees it
    """The connection is closed without an answer."""


class Faults:
    """The orders, a queue a method; "" lets a call pass."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[str]] = defaultdict(deque)

    def plan(self, method: str, kinds: list[str]) -> None:
        """Add to the queue of a method; ValueError for a kind there is not."""
        if odd := [kind for kind in kinds if not _KIND.fullmatch(kind)]:
            raise ValueError(f"no such fault: {odd}")
        self._planned[method].extend(kinds)

    def next(self, method: str) -> str:
        """What befalls the call that is here now."""
        return self._planned[method].popleft() if self._planned[method] else ""


def fail(kind: str) -> NoReturn:
    """Fail so; the call itself is not worked."""
    code, _, words = kind.partition(":")
    if kind == "reset":
        raise Cut(kind)
    if code == "429":
        raise too_many(int(words))
    if code == "error":
        raise Refused(words)
    raise Refused(kind, status=int(kind))


async def fail_file(request: web.Request, kind: str, body: bytes) -> web.StreamResponse:
    """Fail so in the place of a file's bytes: "lost" breaks off half-way, "reset" before the first."""
    code, _, words = kind.partition(":")
    if code.isdecimal():
        return web.Response(status=int(code), headers={"Retry-After": words} if words.isdecimal() else {})
    answer = web.StreamResponse(headers={"Content-Length": str(len(body))})
    if kind == "lost":
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
    if request.transport:
        request.transport.abort()
    return answer
