"""HTTP deliveries: signed posts to the app's own address."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_delivery import Delivery

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Posts:
    """The sender; all posts run side by side, as Slack's do."""

    def __init__(self, secret: str, patience: float, changed: Callable[[], None]) -> None:
        self.secret, self.patience, self.changed, self.url = secret, patience, changed, ""
        self._under_way: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        if self._session:
            await self._session.close()
            self._session = None

    def send(self, delivery: Delivery) -> None:
        """Post it now."""
        task = asyncio.create_task(self._send(delivery))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _send(self, delivery: Delivery) -> None:
        body, kind = _encoded(delivery)
        delivery.left()
        try:
            async with asyncio.timeout(self.patience):
                status, answer = await self.post(body, kind, _retry_headers(delivery))
        except TimeoutError:
            delivery.fail("http_timeout")
        except (aiohttp.ClientError, OSError):
            delivery.fail("connection_failed")
        else:
            if 200 <= status < 300:
                delivery.ack(status, _read(answer))
            else:
                delivery.fail("http_error", (status, answer))
        self.changed()

    async def post(self, body: bytes, kind: str, more: dict[str, str] | None = None) -> tuple[int, str]:
        """One signed post: the answer's status and body."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
            )
        headers = {"Content-Type": kind, **signature(self.secret, body), **(more or {})}
        async with self._session.post(self.url, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def challenge(self, token: str) -> bool:
        """Whether the address repeats a challenge."""
        asked = {
            "token": token,
            "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
            "type": "url_verification",
        }
        status, answer = await self.post(json.dumps(asked).encode(), JSON)
        read = _read(answer)
        return status == 200 and asked["challenge"] in (read, isinstance(read, dict) and read.get("challenge"))


def signature(secret: str, body: bytes, moment: float | None = None) -> dict[str, str]:
    """The two headers that prove a post is Slack's."""
    stamp = str(int(time.time() if moment is None else moment))
    digest = hmac.new(secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), JSON
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM


def _retry_headers(delivery: Delivery) -> dict[str, str]:
    if not delivery.retry:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.retry), "X-Slack-Retry-Reason": delivery.retry_reason}


def _read(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, dict) else text
