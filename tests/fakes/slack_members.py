"""A member of a workspace: who they are, and what stands on their screen."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.fakes.slack_channels import Channel
from tests.fakes.slack_shown import Shown, buttons_of, read_blocks
from tests.fakes.slack_wire import Json
from tests.fakes.slack_world import Team, World

if TYPE_CHECKING:
    from tests.fakes.slack_views import View


class Member:
    """Somebody with a Slack client; `trouble` are the lines in which it complains of the app."""

    def __init__(self, world: World, team: Team, id_: str, name: str, tz: str | None) -> None:
        self.world, self.team, self.id, self.name, self.tz = world, team, id_, name, tz
        twin = world.people.get(id_)
        self.dm = Channel(world, f"D{id_[1:]}{team.id if twin else ''}", "im", team)
        self.dm.members = [id_]
        self.trouble: list[str] = []
        self.stack: list[View] = []
        self.home_view: View | None = None
        world.people[f"{id_}@{team.id}" if twin else id_] = self

    @property
    def handle(self) -> str:
        """The name before there were display names."""
        return self.name.lower().replace(" ", ".")

    def user(self) -> Json:
        """The user object; `tz` and its kin are not there for those without."""
        first, _, last = self.name.partition(" ")
        profile = {
            "real_name": self.name, "real_name_normalized": self.name, "display_name": first,
            "display_name_normalized": first, "first_name": first, "last_name": last, "team": self.team.id,
            "avatar_hash": "g0", "status_text": "", "status_emoji": "",
        }  # fmt: skip
        flags = dict.fromkeys((
            "is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot", "is_app_user",
            "deleted",
        ), False)  # fmt: skip
        return {
            "id": self.id, "team_id": self.team.id, "name": self.handle, "real_name": self.name, "color": "9f69e7",
            "profile": profile, "updated": int(time.time()), **flags, **_zone(self.tz),
        }  # fmt: skip

    def complain(self, what: str, why: str) -> None:
        """The client says that the app did not do something."""
        word = "operation_timeout" if why in ("timeout", "http_timeout") else "dispatch_failed"
        self.trouble.append(f"{what} failed with the error {word}")
        self.world.changed()

    # The direct message with the bot

    @property
    def screen(self) -> list[Shown]:
        """The direct message as it reads now, oldest first, ephemeral messages too."""
        return self.dm.seen_by(self)

    @property
    def transcript(self) -> str:
        """It in plain lines: the person's own begin with `>`, ephemeral ones with `*`."""
        return "\n".join(map(str, self.screen))

    @property
    def said(self) -> list[str]:
        """The bot's texts in the direct message as they came: later changes do not show."""
        return [kept.at_first for kept in self.dm.kept.values() if kept.by_bot and kept.seen_by(self.id)]

    @property
    def files(self) -> dict[str, bytes]:
        """What the bot uploaded to the direct message, by name."""
        sent = [file for kept in self.dm.kept.values() if kept.by_bot for file in kept.wire.get("files", [])]
        return {file["name"]: self.world.files[file["id"]][1] for file in sent}

    def sees(self, channel: Channel) -> list[Shown]:
        """What stands in a channel for this person."""
        return channel.seen_by(self)

    @property
    def home(self) -> str:
        """The Home tab in lines, each button as `[label]`; empty before it is published."""
        if self.home_view is None:
            return ""
        lines = [_lines(block, self.world) for block in self.home_view.blocks]
        return "\n".join(filter(None, lines))


def _lines(block: Json, world: World) -> str:
    labels = " ".join(f"[{label}]" for label, _ in buttons_of([block]))
    return "\n".join(filter(None, (read_blocks([block], world.name_of).text, labels)))


def _zone(tz: str | None) -> Json:
    if tz is None:
        return {}
    try:
        now = datetime.now(UTC).astimezone(ZoneInfo(tz))
    except (ValueError, OSError, KeyError):  # a zone of no known place is passed on as it is
        return {"tz": tz, "tz_label": tz, "tz_offset": 0}
    offset = now.utcoffset()
    return {"tz": tz, "tz_label": now.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}
