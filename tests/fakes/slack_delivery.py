"""What Slack tells the app, and what became of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self

from tests.fakes.slack_wire import Json

Answered = Callable[[Json], None]
Failed = Callable[[str], None]
MOST_ATTEMPTS = 4


class Delivery:
    """One envelope: `status` is waiting, acked, failed, or unsent where the app did not ask for such an event.

    A repeat is a Delivery of its own that knows its `original`; the original counts all `attempts` and is acked when a
    repeat is. `seconds` passed from the (last) sending to the answer; `response` is (HTTP status, body), on a socket
    (200, payload).
    """

    def __init__(
        self, kind: str, payload: Json, answered: Answered | None = None, failed: Failed | None = None
    ) -> None:
        self.kind, self.payload = kind, payload
        self.answered, self.failed = answered, failed
        self.status, self.why = "waiting", ""
        self.seconds, self.attempts = 0.0, 1
        self.response: tuple[int, Any] | None = None
        self.retry, self.retry_reason = 0, ""
        self.original: Delivery = self
        self.sent_at = 0.0
        self._settled = asyncio.Event()

    @property
    def repeatable(self) -> bool:
        """Whether Slack sends it again by itself: events only."""
        return self.kind == "events_api"

    @property
    def wants_answer(self) -> bool:
        """Whether the acknowledgement may say something."""
        return self.kind == "slash_commands" or self.payload.get("type") in ("view_submission", "block_suggestion")

    def again(self) -> Delivery:
        """The same once more."""
        first = self.original
        repeat = Delivery(self.kind, self.payload)
        repeat.original, repeat.retry, repeat.retry_reason = first, first.attempts, first.why or "timeout"
        first.attempts += 1
        return repeat

    def left(self) -> None:
        """Note that it is on its way."""
        self.sent_at = time.monotonic()

    def ack(self, status: int, body: Any) -> None:
        """The app took it in time."""
        if self.status == "waiting":
            self._settle("acked", (status, body))
            if self.answered:
                self.answered(body if isinstance(body, dict) else {"text": body} if body else {})

    def fail(self, why: str, response: tuple[int, Any] | None = None) -> None:
        """The app did not: timeout, http_error, connection_failed."""
        if self.status == "waiting":
            self.why = why
            self._settle("failed", response)
            if self.failed:
                self.failed(why)

    def never(self) -> Self:
        """The app did not ask for it."""
        self.status = "unsent"
        self._settled.set()
        return self

    def _settle(self, status: str, response: tuple[int, Any] | None) -> None:
        self.status, self.response, self.seconds = status, response, time.monotonic() - self.sent_at
        self._settled.set()
        if status == "acked" and self.original.status == "failed":
            self.original.status, self.original.response = status, response

    async def settled(self, seconds: float = 10.0) -> Self:
        """Wait until it is acked or failed."""
        async with asyncio.timeout(seconds):
            await self._settled.wait()
        return self

    async def acked(self, seconds: float = 10.0) -> Self:
        """Wait for the acknowledgement; AssertionError when it failed or was never sent."""
        await self.settled(seconds)
        assert self.status == "acked", f"{self.status} {self.why} {self.response}: {self.payload}"
        return self

    def __repr__(self) -> str:
        told = self.payload.get("event", self.payload)
        return f"<{self.kind} {told.get('type', told.get('command'))} {self.status} {self.why}>"
