"""The whole bot behind a look-alike of Slack, over a socket or HTTP, with a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.assembly import Bot
from bot.slack.wire import Slack
from bot.web import Web
from handlers.outside import Outside
from handlers.worker import SORRY
from storage import pulse
from storage.database import Database
from tests.fakes.slack import Delivery, FakeSlack, Shown, Team
from tests.fakes.slack import Person as Client
from tests.stage import LOS_ANGELES, Clock, at

MOST_BYTES_OF_DATA = 64


@dataclass(repr=False)
class Person:
    """Somebody who types and taps; each act waits until the bot has done all it will do about it."""

    stage: SlackStage
    client: Client
    seen: int = 0

    @property
    def screen(self) -> list[Shown]:
        """What the bot said in the direct message, as it stands now."""
        return [shown for shown in self.client.screen if not shown.mine]

    @property
    def last(self) -> Shown:
        return self.screen[-1]

    async def writes(self, text: str, *, thread: str = "") -> list[str]:
        """Type in the direct message; what begins with a slash is a command, as Slack takes it."""
        if text.startswith("/") and not thread:
            word, _, rest = text.partition(" ")
            return await self.does(self.client.slash("/buttonhook", f"{word[1:]} {rest}"))
        return await self.does(self.client.write(text, thread=thread))

    async def taps(self, label: str, ts: str = "") -> list[str]:
        return await self.does(self.client.tap(label, ts))

    async def does(self, *acts: Delivery | Sequence[Delivery]) -> list[str]:
        """Any acts of the client; returns what the bot said anew."""
        before = len(self.client.said)
        await self.stage.takes(*(one for act in acts for one in ([act] if isinstance(act, Delivery) else act)))
        return self.client.said[before:]

    def news(self) -> list[str]:
        """What came since this was last asked."""
        before, self.seen = self.seen, len(self.client.said)
        return self.client.said[before:]


@dataclass(repr=False)
class SlackStage:
    """Slack, the wire and the bot."""

    slack: FakeSlack
    wire: Slack
    bot: Bot
    clock: Clock
    web: Web | None = None
    may_refuse: bool = False
    listening: asyncio.Task[None] | None = None
    trouble: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nora = self.person("U0NORA")

    def person(
        self, user_id: str, name: str = "Nora Castellane", tz: str | None = LOS_ANGELES, *, team: Team | None = None
    ) -> Person:
        return Person(self, self.slack.person(user_id, name=name, tz=tz, team=team))

    async def start(self) -> None:
        """Reach Slack and listen to it."""
        await self.wire.start()
        self.listening = asyncio.create_task(self.wire.listen(self.bot, self._beat))
        if self.web:
            await self.web.start()
            self.slack.deliver_to(f"http://127.0.0.1:{_port(self.web)}{self.wire.path}")
        else:
            await self.slack.until(lambda: self.slack.connections > 0)

    async def stop(self) -> None:
        if self.listening:
            self.listening.cancel()
            await asyncio.gather(self.listening, return_exceptions=True)
        if self.web:
            await self.web.stop()
        await self.wire.stop()

    async def _beat(self) -> None:
        await pulse.beat(self.bot.database, self.wire.platform, self.clock())

    async def takes(self, *deliveries: Delivery) -> None:
        """Wait until these are acknowledged, and everything is done that they ask for."""
        await self.slack.until(lambda: all(delivery.status == "acked" for delivery in deliveries))
        await self.bot.settle()

    async def comes(self, wall: str, zone: str = LOS_ANGELES) -> None:
        """The clock goes on to a wall time; what falls due on the way comes at its own moment."""
        await self.bot.pass_time(at(wall, zone), self.clock.move_to)

    async def passes(self, seconds: float) -> None:
        """The clock goes on a little, and what was put off leaves."""
        self.clock.now += timedelta(seconds=seconds)
        await self.bot.settle()

    @property
    def refused(self) -> list[str]:
        """How Slack refused what the bot sent."""
        return [f"{call.method}: {call.outcome} {call.params}" for call in self.slack.calls if call.outcome != "ok"]

    def check(self) -> None:
        """What holds at any time: no refusal, no apology, nothing that fires, no button too long, nothing in public."""
        assert self.may_refuse or not self.refused, self.refused
        for person in self.slack.world.people.values():
            for shown in person.screen:
                assert SORRY not in shown.text, person.transcript
                assert shown.mine or all(kind == "link" and to.startswith("mailto:") for kind, to in shown.fired)
                assert all(
                    1 <= len(data.encode()) <= MOST_BYTES_OF_DATA for _, data in (*shown.buttons, *shown.choices)
                )
            assert not person.trouble, person.trouble


@asynccontextmanager
async def slack_stage(
    database: Database,
    now: str = "2026-11-19 16:10",
    *,
    over_http: bool = False,
    allowed: Collection[str] = (),
    flood: bool = False,
    starts: bool = True,
    teams: Collection[str] = (),
) -> AsyncIterator[SlackStage]:
    """Everything running, from Thursday 2026-11-19 at 16:10 in Los Angeles; `starts` is whether the bot is.

    `teams` are workspaces beside the first that installed the app too.
    """
    clock = Clock(at(now))
    async with FakeSlack(flood=flood, clock=lambda: clock().timestamp()) as slack:
        doors = ("", slack.signing_secret) if over_http else (slack.app_token, "")
        tokens = [slack.home.bot_token, *(slack.team(team).bot_token for team in teams)]
        wire = Slack(tokens, slack.api_url, *doors, allowed=allowed, clock=clock)
        bot = Bot(
            database,
            {wire.platform: wire},
            LOS_ANGELES,
            clock,
            Outside(secrets.choice, wire.teams, {wire.platform: wire.profile}),
        )
        web = _web(wire) if over_http else None
        stage = SlackStage(slack, wire, bot, clock, web)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.slack.wire.NUDGES_PER_SECOND", 1000)
            patch.setattr("tests.fakes.slack_world.time", _that_goes_by(clock))
            try:
                if starts:
                    await stage.start()
                yield stage
            finally:
                await stage.stop()
        stage.check()


def _that_goes_by(clock: Clock) -> SimpleNamespace:
    """The messages carry the time of the clock that the test moves."""
    return SimpleNamespace(
        time=lambda: clock().timestamp(), time_ns=lambda: round(clock().timestamp() * 1_000_000) * 1000
    )


def _port(web: Web) -> int:
    """Where no port was wished for, IPv4 and IPv6 have each their own."""
    assert web._runner
    return int(next(address[1] for address in web._runner.addresses if "." in address[0]))


def _web(wire: Slack) -> Web:
    async def healthy() -> bool:
        return True

    web = Web(0, healthy)
    web.take_in(wire.path, wire.http)
    return web
