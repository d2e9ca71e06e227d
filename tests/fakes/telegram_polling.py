"""getUpdates with long polling, and the webhook that excludes it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_faults import Cut
from tests.fakes.telegram_wire import Json, Refused, bad, flag, integer, string, structure

if TYPE_CHECKING:
    from tests.fakes.telegram_updates import Updates

_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_OTHER_HOOK = "terminated by setWebhook request"
_HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_LONGEST = 50

Gone = Callable[[], bool]


class _Poll:
    """One call that waits; `end` is what ends it without an update."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.end: Exception | None = None

    def stop(self, end: Exception) -> None:
        self.end = end
        self.wake.set()


class Polling:
    """One poller at a time: a newer call ends the older with 409, and a webhook keeps all out."""

    def __init__(self, updates: Updates) -> None:
        self.updates, self.webhook = updates, ""
        self.poll, self.polls = _Poll(), 0
        updates.on_arrival = self._wake
        self.table: dict[str, Callable[[Json, Gone], Awaitable[Any]]] = {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }

    def _wake(self) -> None:
        self.poll.wake.set()

    def close(self) -> None:
        """Cut the poll that waits."""
        self.poll.stop(Cut("stopped"))

    async def _get_updates(self, params: Json, gone: Gone) -> list[Json]:
        if self.webhook:
            raise Refused(409, _HOOKED)
        self._remember_allowed(params)
        self.poll.stop(Refused(409, _OTHER_POLL))
        poll = self.poll = _Poll()
        self.polls += 1
        offset, limit = integer(params, "offset", 0), min(max(integer(params, "limit", 100), 1), 100)
        seconds = min(max(integer(params, "timeout", 0), 0), _LONGEST)
        if not self.updates.pending(offset) and seconds:
            await self._wait(poll, seconds)
        if gone():  # a poller that was killed reads nothing
            raise Cut("gone")
        return self.updates.read(limit)

    async def _wait(self, poll: _Poll, seconds: int) -> None:
        """Until an update arrives or the time is over; raises what ends the poll."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await poll.wake.wait()
        if poll.end:
            raise poll.end

    def _remember_allowed(self, params: Json) -> None:
        allowed = structure(params.get("allowed_updates"), "allowed_updates")
        if allowed is None:
            return
        if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
            raise bad("can't parse allowed_updates: expected an Array of String")
        self.updates.allowed = frozenset(allowed)

    async def _set_webhook(self, params: Json, gone: Gone) -> bool:
        url = string(params, "url")
        if url and not url.startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = url
        self._drop(params)
        self.poll.stop(Refused(409, _OTHER_HOOK))
        return True

    async def _delete_webhook(self, params: Json, gone: Gone) -> bool:
        self.webhook = ""
        self._drop(params)
        return True

    def _drop(self, params: Json) -> None:
        if flag(params, "drop_pending_updates"):
            self.updates.waiting.clear()

    async def _webhook_info(self, params: Json, gone: Gone) -> Json:
        pending = len(self.updates.waiting)
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": pending}
