"""All that is known on the far side of the wire, and the counters that its parts share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.slack_delivery import Answered, Delivery, Failed
from tests.fakes.slack_wire import Json, Refused

if TYPE_CHECKING:
    from tests.fakes.slack_channels import Channel
    from tests.fakes.slack_members import Member
    from tests.fakes.slack_views import View

USUAL = frozenset({"message.im", "app_mention", "app_home_opened", "user_change"})
TRIGGER_LIVES = 3.0
RESPONSE_URL_LIVES, RESPONSE_URL_USES = 1800.0, 5


@dataclass
class Team:
    """A workspace with the app in it; `trouble` is what every call with its token is refused with."""

    id: str
    name: str
    bot_token: str
    bot_user: str
    bot_id: str
    trouble: str = ""

    @property
    def domain(self) -> str:
        """The first part of its address."""
        return self.name.lower().replace(" ", "-")

    def revoke(self, error: str = "token_revoked") -> None:
        """Take the token away: token_revoked, account_inactive, token_expired, invalid_auth."""
        self.trouble = error


@dataclass
class Trigger:
    """The right to open a modal, for three seconds and once."""

    person: Member
    born: float
    view: View | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer one interaction, five times in half an hour."""

    person: Member
    channel: Channel
    ts: str
    born: float
    uses: int = 0


@dataclass
class World:
    """Teams, people, channels, views and files, by their ids; `tell` sends a delivery on its way."""

    clock: Callable[[], float] = time.monotonic
    app_id: str = "A0BUTTONHOOK"
    verification: str = "verification-token-of-old"
    base_url: str = ""
    subscriptions: set[str] = field(default_factory=lambda: set(USUAL))
    echoes: bool = True
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    public: list[str] = field(default_factory=list)
    tell: Callable[[Delivery], None] = lambda delivery: None
    changed: Callable[[], None] = lambda: None
    counted: int = 0
    last_ts: int = 0

    def count(self) -> int:
        """The next number."""
        self.counted += 1
        return self.counted

    def name(self, prefix: str) -> str:
        """A fresh id."""
        return f"{prefix}0{self.count():09d}"

    def ts(self) -> str:
        """The id of a message: the moment, later than any before."""
        self.last_ts = max(self.last_ts + 1, time.time_ns() // 1000)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def member(self, id_: str, team: Team) -> Member | None:
        """Somebody by their id: two workspaces may have given the same one to two people."""
        return self.people.get(f"{id_}@{team.id}") or self.people.get(id_)

    def name_of(self, id_: str) -> str:
        """What stands for an id on the screen."""
        if id_ in self.people:
            return self.people[id_].name
        bots = {team.bot_user: "Buttonhook" for team in self.teams.values()}
        return bots.get(id_) or (self.channels[id_].name if id_ in self.channels else id_)

    # What the app is told

    def deliver(
        self, kind: str, payload: Json, answered: Answered | None = None, failed: Failed | None = None
    ) -> Delivery:
        """Send something on its way."""
        delivery = Delivery(kind, payload, answered, failed)
        self.tell(delivery)
        return delivery

    def event(self, team: Team, event: Json, subscription: str, *, shared: bool = False) -> Delivery:
        """An event in its envelope, if the app asked for such."""
        ours = {"enterprise_id": None, "team_id": team.id, "user_id": team.bot_user, "is_bot": True}
        payload = {
            "token": self.verification, "team_id": team.id, "context_team_id": team.id, "context_enterprise_id": None,
            "api_app_id": self.app_id, "event": event, "type": "event_callback", "event_id": self.name("Ev"),
            "event_time": int(time.time()), "authorizations": [{**ours, "is_enterprise_install": False}],
            "is_ext_shared_channel": shared, "event_context": f"4-{self.count():012d}",
        }  # fmt: skip
        if subscription not in self.subscriptions:
            return Delivery("events_api", payload).never()
        return self.deliver("events_api", payload)

    # Rights that wear out

    def trigger(self, person: Member, view: View | None = None) -> str:
        """A trigger_id for what the person did, perhaps inside a modal."""
        key = f"{self.count()}.{self.count():010d}.{self.count():032x}"
        self.triggers[key] = Trigger(person, self.clock(), view)
        return key

    def exchange(self, key: str, team: Team) -> Trigger:
        """Use up a trigger_id; raises Refused."""
        trigger = self.triggers.get(key)
        if trigger is None or trigger.person.team is not team:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.clock() - trigger.born > TRIGGER_LIVES:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, person: Member, channel: Channel, ts: str = "") -> str:
        """An address to answer the person at."""
        key = f"{person.team.id}/{self.count():013d}/{self.count():024x}"
        self.response_urls[key] = ResponseUrl(person, channel, ts, self.clock())
        return f"{self.base_url}/response/{key}"

    def use_response_url(self, key: str) -> ResponseUrl:
        """Use it once; raises Refused."""
        right = self.response_urls.get(key)
        if right is None:
            raise Refused("invalid_url", status=404)
        if self.clock() - right.born > RESPONSE_URL_LIVES:
            raise Refused("expired_url", status=404)
        right.uses += 1
        if right.uses > RESPONSE_URL_USES:
            raise Refused("used_url", status=404)
        return right
