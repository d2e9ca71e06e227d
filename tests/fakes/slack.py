"""A look-alike of Slack on 127.0.0.1 that enforces the platform's limits.

In a test:

    async with FakeSlack() as slack:
        nora = slack.person("U0NORA", name="Nora Castellane")
        app = AsyncApp(client=AsyncWebClient(slack.home.bot_token, base_url=slack.api_url))
        ...
        await AsyncSocketModeHandler(app, slack.app_token).connect_async()
        nora.write("hello")
        print(nora.transcript)
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.fakes.slack_api import Api, Call
from tests.fakes.slack_channels import Channel
from tests.fakes.slack_delivery import MOST_ATTEMPTS, Delivery
from tests.fakes.slack_flood import Flood
from tests.fakes.slack_http import Posts
from tests.fakes.slack_methods import Methods
from tests.fakes.slack_people import Person
from tests.fakes.slack_shown import Shown
from tests.fakes.slack_socket import Sockets
from tests.fakes.slack_wire import Refused
from tests.fakes.slack_world import Team, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Call", "Channel", "Delivery", "FakeSlack", "Person", "Refused", "Shown", "Team"]

APP_TOKEN = "xapp-1-A0BUTTONHOOK-1000000000001-test"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
LONGEST_BODY = 64 * 1024 * 1024


class FakeSlack:
    """The server. `delay` seconds pass in each call, half before it is worked and half after.

    `clock` (seconds) rules triggers, response_urls and the flood limits; the dates of messages and the `patience`
    (seconds until an acknowledgement is late) are real. `echoes` is whether the bot hears of its own messages.
    """

    def __init__(
        self, *, flood: bool = False, delay: float = 0.0, clock: Callable[[], float] = time.monotonic,
        patience: float = 3.0, echoes: bool = True,
    ) -> None:  # fmt: skip
        self.app_token, self.signing_secret = APP_TOKEN, SIGNING_SECRET
        self.clock, self.port = clock, 0
        self._changed = asyncio.Event()
        self.world = World(clock, echoes=echoes, tell=self._tell, changed=self._changed.set)
        self.sockets = Sockets(self.world.app_id, patience, self._changed.set)
        self.posts = Posts(self.signing_secret, patience, self._changed.set)
        self.methods = Methods(self.world, Flood(clock, enabled=flood), self.app_token, self.sockets)
        self.api = Api(self.methods, clock, delay, self._changed.set)
        self.deliveries: list[Delivery] = []
        self.home = self.team("T0HOME", name="Castellane")
        self._runner: web.AppRunner | None = None

    # The server

    @property
    def api_url(self) -> str:
        """The base_url of a client."""
        return f"{self.world.base_url}/api/"

    async def start(self) -> None:
        """Listen; after a stop, on the same port and with everything as it was."""
        self.api.stopping.clear()
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.world.base_url = f"http://127.0.0.1:{self.port}"
        self.sockets.start()

    def _application(self) -> web.Application:
        app, files = web.Application(client_max_size=LONGEST_BODY), self.methods.files
        app.router.add_route("*", "/api/{method}", self.api.serve)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/response/{key:.+}", self.api.serve_response_url)
        app.router.add_post("/upload/v1/{file_id}", files.receive)
        app.router.add_get("/files-pri/{key}/{rest:.*}", files.download)
        app.router.add_get("/login", files.login)
        return app

    async def stop(self) -> None:
        """Close the sockets, refuse connections and cut those that wait."""
        self.api.stopping.set()
        await self.sockets.stop()
        await self.posts.stop()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # Teams, people, channels

    def team(self, team_id: str, *, name: str = "Studio") -> Team:
        """A workspace that installed the app, the same for the same id."""
        number = 1_000_000_000_000 + len(self.world.teams)
        bot = (f"xoxb-{number}-{number}-{team_id}", f"U0BOT{team_id[1:]}", f"B0BOT{team_id[1:]}")
        return self.world.teams.setdefault(team_id, Team(team_id, name, *bot))

    def person(
        self, user_id: str, *, name: str = "Nora Castellane", tz: str | None = "America/Los_Angeles",
        team: Team | None = None,
    ) -> Person:  # fmt: skip
        """Somebody with a Slack client, the same for the same id."""
        known = self.world.member(user_id, team or self.home)
        if isinstance(known, Person) and known.team is (team or known.team):
            return known
        person = Person(self.world, team or self.home, user_id, name, tz)
        person.chat, person.views = self.methods.chat, self.methods.views
        return person

    def channel(
        self, channel_id: str, *, kind: str = "channel", members: Iterable[Person] = (), shared: bool = False,
        has_bot: bool = True, team: Team | None = None,
    ) -> Channel:  # fmt: skip
        """A channel, a private one ("group") or a group talk ("mpim"), the same for the same id."""
        if channel_id in self.world.channels:
            return self.world.channels[channel_id]
        channel = Channel(self.world, channel_id, kind, team or self.home)
        channel.members = [person.id for person in members]
        channel.shared, channel.has_bot = shared, has_bot
        return channel

    def uninstalls(self, team: Team) -> Delivery:
        """Take the app out of a workspace: its token is dead, and the app hears of it if it asked."""
        team.revoke("account_inactive")
        return self.world.event(team, {"type": "app_uninstalled", "event_ts": self.world.ts()}, "app_uninstalled")

    @property
    def subscriptions(self) -> set[str]:
        """The events the app asked for; change it as you like."""
        return self.world.subscriptions

    @property
    def public(self) -> list[str]:
        """Every text of the bot that anybody but its one person could see, changed ones anew."""
        return self.world.public

    # Deliveries

    def _tell(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        (self.posts if self.posts.url else self.sockets).send(delivery)

    def deliver_to(self, url: str) -> None:
        """Post everything to this address from now on; "" returns to the sockets."""
        self.posts.url = url

    def redeliver(self, delivery: Delivery) -> Delivery:
        """The same envelope once more, as a repeat; the handle of the repeat."""
        repeat = delivery.again()
        self._tell(repeat)
        return repeat

    def retry_failed(self) -> list[Delivery]:
        """Repeat the events that were not acknowledged, three times at most."""
        failed = [one for one in self.deliveries if one is one.original and one.status == "failed" and one.repeatable]
        return [self.redeliver(one) for one in failed if one.attempts < MOST_ATTEMPTS]

    async def verify_url(self) -> bool:
        """The challenge when an address is entered: whether the app repeats it."""
        return await self.posts.challenge(self.world.verification)

    # What ails the connections

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self.sockets.open)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """A polite goodbye on every socket."""
        await self.sockets.disconnect(reason)

    def cut(self) -> None:
        """Break every socket without a word."""
        self.sockets.cut()

    def blackhole(self) -> None:
        """Keep the sockets open but let nothing through until `heal`; calls of the API are answered."""
        self.sockets.blackhole()

    def heal(self) -> None:
        """End the blackhole."""
        self.sockets.heal()

    # Faults, and what was called

    @property
    def delay(self) -> float:
        """Seconds that pass in each call; change it as you like."""
        return self.api.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self.api.delay = seconds

    @property
    def calls(self) -> list[Call]:
        """All calls, in the order they ended."""
        return self.api.calls

    def fail_next(self, method: str, n: int, kind: str, *, after: int = 0) -> None:
        """Let the next `n` calls of `method` fail, once `after` more have passed.

        Kinds: "429:3" (seconds), "500" or any such status, "error:channel_not_found" or any such word; "reset" cuts
        the connection and does nothing, "lost" does it and cuts, "stall" does it and is silent.
        """
        self.api.faults.plan(method, [""] * after + [kind] * n)

    def called(self, method: str, outcome: str = "") -> list[Call]:
        """The calls of one method, perhaps only those whose outcome begins so."""
        return [call for call in self.calls if call.method == method and call.outcome.startswith(outcome)]

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for the bot to bring something about; AssertionError with all the screens when it does not.

        What is no business of this server is looked at every 20 ms.
        """
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    self._changed.clear()
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(0.02):
                            await self._changed.wait()
        except TimeoutError:
            screens = "\n".join(f"{one.name}:\n{one.transcript}" for one in self.world.people.values())
            told = f"calls: {self.calls[-5:]}\ndeliveries: {self.deliveries[-5:]}\n{screens}"
            raise AssertionError(f"not within {seconds} s; {told}") from None
