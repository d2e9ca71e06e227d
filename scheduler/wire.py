"""What a chat network offers, and the ways it may refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from handlers.messages import Message, Sender, Surface


class Trouble(Exception):
    """A message did not simply arrive."""


class Blocked(Trouble):
    """The person cannot be reached until they write again."""


class HoldBack(Trouble):
    """Too many messages to this chat; try again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unsure(Trouble):
    """It was handed over, but no answer came: it may have arrived or not."""


class Unreachable(Trouble):
    """It surely did not arrive; the network or the server is down."""


class Refused(Trouble):
    """The network will never take this message."""


class FileRefused(Refused):
    """The network takes messages, but not this file; `why` as in `handlers.documents.WORDS`."""

    def __init__(self, why: str, told: str) -> None:
        super().__init__(told)
        self.why = why


class BrokenOff(Unreachable):
    """A file began to leave, and the connection broke before all of it had."""


class TooBig(Refused):
    """There are more bytes than were asked for."""


class Elsewhere(Refused):
    """It does not lie with the network, so no token goes there."""


class NoAccess(Trouble):
    """The network does not let us have it; whoever installed us can mend that."""


class Moved(Trouble):
    """The chat goes by another id now."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


@dataclass(frozen=True)
class Document:
    """A file that goes with a message; its name is safe for every platform."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Parcel:
    """One message with where it goes; `replaces` is the platform's id of the message it takes the place of."""

    to: Sender
    message: Message
    sound: bool = True
    quiet: bool = False
    replaces: str = ""
    by_clock: bool = False
    surface: Surface | None = None
    """What is to be shown instead of the message, beside the messages."""
    thread: str = ""
    """The platform's id of the message in whose thread it is to be said."""
    document: Document | None = None
    on_file: bool = False
    """The message whose place it takes came with a file, which stays."""


class Wire(Protocol):
    """One chat network. Raises the exceptions of this module, and no others that mean something."""

    async def send(self, parcel: Parcel) -> str:
        """Say the message or put it in the other's place; returns the platform's id of it."""


@runtime_checkable
class Fetches(Protocol):
    """A network from which files can be had that people sent. Raises the exceptions of this module."""

    async def fetch(self, to: Sender, reference: str, most: int) -> bytes:
        """The bytes of a file that `to` sent; `TooBig` where there are more than `most`, before they are read."""
