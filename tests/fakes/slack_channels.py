"""Direct messages and channels: what was sent, and how it stands now for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.slack_blocks import with_ids
from tests.fakes.slack_delivery import Delivery
from tests.fakes.slack_shown import Shown, buttons_of, choices_of, read_message
from tests.fakes.slack_wire import Json, Refused
from tests.fakes.slack_world import Team, World

if TYPE_CHECKING:
    from tests.fakes.slack_members import Member

_EVENTS = {"im": "message.im", "channel": "message.channels", "group": "message.groups", "mpim": "message.mpim"}


@dataclass
class Kept:
    """A message as the server keeps it; an ephemeral one is `only_for` one person."""

    wire: Json
    by_bot: bool
    only_for: str = ""
    at_first: str = ""

    def seen_by(self, person_id: str) -> bool:
        """Whether it stands on that person's screen."""
        return self.only_for in ("", person_id)


class Channel:
    """A direct message with the bot (kind im), a public channel, a private one (group) or a group talk (mpim)."""

    def __init__(self, world: World, id_: str, kind: str, team: Team) -> None:
        self.world, self.id, self.kind, self.team = world, id_, kind, team
        self.name = "directmessage" if kind == "im" else id_.lower()
        self.members: list[str] = []
        self.has_bot, self.shared, self.archived = True, False, False
        self.kept: dict[str, Kept] = {}
        world.channels[id_] = self

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"

    # What stands in it

    def keep(self, wire: Json, *, by_bot: bool, only_for: str = "") -> Kept:
        """File a new message of either side, with a ts of its own; blocks get ids as Slack gives them."""
        wire = {"type": "message", **wire, "ts": self.world.ts()}
        kept = Kept(self._with_ids(wire), by_bot, only_for)
        files = " ".join(f"[{file['name']}]" for file in wire.get("files", []))
        kept.at_first = read_message(wire, self.world.name_of).text or files
        self.kept[wire["ts"]] = kept
        self.publish(kept)
        self.world.changed()
        return kept

    def change(self, kept: Kept, **new: object) -> None:
        """Let a message stand otherwise from now on; what is None goes."""
        wire = {name: value for name, value in {**kept.wire, **new}.items() if value is not None}
        kept.wire = self._with_ids(wire)
        self.publish(kept)
        self.world.changed()

    def publish(self, kept: Kept) -> None:
        """Remember what of the bot's others than its one person could read."""
        if kept.by_bot and self.kind != "im" and not kept.only_for:
            said = [read_message(kept.wire, self.world.name_of).text, str(kept.wire.get("text", ""))]
            self.world.public.append("\n".join(dict.fromkeys(filter(None, said))))

    def _with_ids(self, wire: Json) -> Json:
        blocks = wire.get("blocks")
        return {**wire, "blocks": with_ids(blocks, self.world.count)} if blocks else wire

    def seen_by(self, person: Member) -> list[Shown]:
        """How it reads for one person, oldest first."""
        return [self.shown(kept, person) for kept in self.kept.values() if kept.seen_by(person.id)]

    def shown(self, kept: Kept, person: Member) -> Shown:
        """How one message reads."""
        wire, blocks = kept.wire, kept.wire.get("blocks") or []
        read = read_message(wire, self.world.name_of)
        files = [(file["name"], file["size"]) for file in wire.get("files", [])]
        return Shown(
            wire["ts"], read.text, wire.get("user") == person.id, buttons_of(blocks), blocks, wire.get("text", ""),
            bool(kept.only_for), wire.get("thread_ts", ""), read.fired, choices_of(blocks), files,
            "edited" in wire, wire.get("user", ""),
        )  # fmt: skip

    def find(self, ts: str) -> Kept:
        """A message by its ts; raises Refused. Ephemeral ones are out of reach."""
        kept = self.kept.get(ts)
        if kept is None or kept.only_for:
            raise Refused("message_not_found")
        return kept

    def check_thread(self, ts: str) -> None:
        """A reply goes under a parent that is there; raises Refused."""
        if not ts:
            return
        parent = self.kept.get(ts)
        if parent is None or parent.only_for:
            raise Refused("thread_not_found")
        if parent.wire.get("thread_ts", ts) != ts:
            raise Refused("cannot_reply_to_message")

    # What the app is told of it

    def tell(self, event: Json) -> Delivery:
        """A message event of this channel; the app hears of channels it is in."""
        whole = {**event, "channel": self.id, "event_ts": event["ts"], "channel_type": self.kind}
        return self.world.event(
            self.team, whole, _EVENTS[self.kind] if self.has_bot else "none", shared=self.shared
        )  # fmt: skip

    def tell_change(self, kept: Kept, before: Json) -> Delivery:
        """The event of an edited message, the person's or the bot's."""
        changed = {"subtype": "message_changed", "message": kept.wire, "previous_message": before, "hidden": True}
        return self.tell({"type": "message", **changed, "ts": self.world.ts()})

    def tell_deletion(self, before: Json) -> Delivery:
        """The event of a deleted one."""
        gone = {"subtype": "message_deleted", "previous_message": before, "deleted_ts": before["ts"], "hidden": True}
        return self.tell({"type": "message", **gone, "ts": self.world.ts()})
