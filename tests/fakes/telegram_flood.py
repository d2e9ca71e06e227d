"""Flood control: a burst, then a steady trickle, for each chat and for all of them together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.telegram_wire import Refused

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Bucket:
    """Tokens that come back at `rate` a second, `size` at most."""

    size: float
    rate: float
    tokens: float
    since: float

    def wait(self, now: float) -> float:
        """Fill up to `now`; the seconds until there is a token, 0 when there is one."""
        self.tokens = min(self.size, self.tokens + max(0.0, now - self.since) * self.rate)
        self.since = now
        return max(0.0, (1 - self.tokens) / self.rate - 1e-6)


class Flood:
    """20 messages at once and then 1 a second in a chat, 30 a second in all; an edit counts as a message."""

    def __init__(self, clock: Callable[[], float], *, enabled: bool) -> None:
        self.clock, self.enabled = clock, enabled
        self.all = Bucket(30, 30, 30, clock())
        self.chats: dict[int, Bucket] = {}

    def take(self, chat_id: int) -> None:
        """Let one message pass, or raise Refused 429 with the seconds to wait."""
        if not self.enabled:
            return
        now = self.clock()
        chat = self.chats.setdefault(chat_id, Bucket(20, 1, 20, now))
        wait = max(chat.wait(now), self.all.wait(now))
        if wait > 0:
            raise too_many(math.ceil(wait))
        chat.tokens -= 1
        self.all.tokens -= 1


def too_many(seconds: int) -> Refused:
    """A 429 that says when to come back."""
    return Refused(429, f"retry after {seconds}", {"retry_after": seconds})
