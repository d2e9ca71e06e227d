"""What a chat network is to the process: a wire that also listens, and the two ways it gives up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.assembly import Bot
from handlers.messages import Received, Sender
from handlers.outside import Profile
from scheduler.wire import Parcel

if TYPE_CHECKING:
    from aiohttp import web

Beat = Callable[[], Awaitable[None]]
DEAF_SECONDS = 90


class RefusedToken(Exception):
    """The network does not know a token; the words name the setting and where the right one is found."""


class Deaf(Exception):
    """A network was not heard for too long; a supervisor starts the process anew."""

    def __init__(self, network: str) -> None:
        super().__init__(f"{network} was not heard for {DEAF_SECONDS} seconds; ending, so that I am started anew.")


class Receives(Protocol):
    """Whoever keeps what comes in."""

    async def receive(self, acts: Sequence[Received]) -> None:
        """Keep it; once this returns it may be acknowledged."""


class Chat(Protocol):
    """A chat network."""

    @property
    def platform(self) -> str:
        """Its name in the database."""

    async def start(self) -> None:
        """Wait for the network and check the tokens; raises `RefusedToken`."""

    async def listen(self, bot: Bot, beat: Beat) -> None:
        """Take in for ever what comes, and beat while the network is heard; raises `RefusedToken`, `Deaf`."""

    async def send(self, parcel: Parcel) -> str:
        """As `scheduler.wire.Wire`."""

    async def stop(self) -> None:
        """Let go of the connections."""


@runtime_checkable
class Introduces(Protocol):
    """A network of several workspaces, that tells name and zone of a person when it is asked."""

    @property
    def teams(self) -> MutableMapping[tuple[str, str], str]:
        """By (platform, team) the names of the workspaces, as they come to be known."""

    async def profile(self, sender: Sender) -> Profile | None:
        """What it knows; None where it does not say in time."""


@runtime_checkable
class TakesHttp(Protocol):
    """A network that sends to a web server of ours."""

    @property
    def path(self) -> str:
        """Where it sends to."""

    async def http(self, request: web.Request) -> web.StreamResponse:
        """A request of its."""
