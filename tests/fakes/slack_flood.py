"""Rate limits: a burst, then a steady trickle, for the messages of each channel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.slack_wire import Refused

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
    """20 messages at once and then 1 a second in a channel."""

    def __init__(self, clock: Callable[[], float], *, enabled: bool) -> None:
        self.clock, self.enabled = clock, enabled
        self.channels: dict[str, Bucket] = {}

    def take(self, channel_id: str) -> None:
        """Let one message pass, or raise Refused 429 with the seconds to wait."""
        if not self.enabled:
            return
        channel = self.channels.setdefault(channel_id, Bucket(20, 1, 20, self.clock()))
        if (wait := channel.wait(self.clock())) > 0:
            raise too_many(math.ceil(wait))
        channel.tokens -= 1


def too_many(seconds: int) -> Refused:
    """A 429 that says when to come back."""
    return Refused("ratelimited", status=429, retry_after=seconds)
