"""auth.*, users.*, conversations.*: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_channels import Channel
from tests.fakes.slack_chat import find_channel
from tests.fakes.slack_wire import Json, Refused, flag, required, string

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_members import Member
    from tests.fakes.slack_world import Team, World


class Directory:
    """The methods; each gets the team whose token called."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table: dict[str, Callable[[Team, Json], Json]] = {
            "auth.test": self._auth_test,
            "bots.info": self._bots_info,
            "users.info": self._users_info,
            "conversations.open": self._open,
            "conversations.info": self._info,
            "team.info": self._team_info,
        }

    def _auth_test(self, team: Team, params: Json) -> Json:
        return {
            "url": f"https://{team.domain}.slack.com/", "team": team.name, "user": "buttonhook", "team_id": team.id,
            "user_id": team.bot_user, "bot_id": team.bot_id, "is_enterprise_install": False,
        }  # fmt: skip

    def _bots_info(self, team: Team, params: Json) -> Json:
        bot = {"id": team.bot_id, "deleted": False, "name": "Buttonhook", "user_id": team.bot_user}
        return {"bot": {**bot, "app_id": self.world.app_id}}

    def _team_info(self, team: Team, params: Json) -> Json:
        return {"team": {"id": team.id, "name": team.name, "domain": team.domain}}

    def _users_info(self, team: Team, params: Json) -> Json:
        user_id = required(params, "user")
        if user_id == team.bot_user:
            return {"user": {"id": user_id, "team_id": team.id, "name": "buttonhook", "is_bot": True, "profile": {}}}
        person = self.world.member(user_id, team)
        if person is None or not (person.team is team or self._meets(person, team)):
            raise Refused("user_not_found")
        locale = {"locale": "en-US"} if flag(params, "include_locale") else {}
        return {"user": {**person.user(), **locale}}

    def _meets(self, person: Member, team: Team) -> bool:
        """Whether a stranger shares a channel with the team."""
        channels = self.world.channels.values()
        return any(one.shared and one.team is team and person.id in one.members for one in channels)

    def _open(self, team: Team, params: Json) -> Json:
        if given := string(params, "channel"):
            return {"channel": {"id": find_channel(self.world, team, given).id}}
        users = [one.strip() for one in string(params, "users").split(",") if one.strip()]
        if not users:
            raise Refused("users_list_not_supplied")
        found = [self._colleague(team, one) for one in users]
        if len(found) == 1:
            return self._opened(found[0].dm, params)
        return self._opened(self._group(team, found), params)

    def _opened(self, channel: Channel, params: Json) -> Json:
        more = {"is_im": channel.kind == "im", "is_open": True} if flag(params, "return_im") else {}
        return {"channel": {"id": channel.id, **more}}

    def _colleague(self, team: Team, user_id: str) -> Member:
        person = self.world.member(user_id, team)
        if person is None or person.team is not team:
            raise Refused("user_not_found")
        return person

    def _group(self, team: Team, people: list[Member]) -> Channel:
        ids = sorted(person.id for person in people)
        for channel in self.world.channels.values():
            if channel.kind == "mpim" and channel.team is team and sorted(channel.members) == ids:
                return channel
        channel = Channel(self.world, self.world.name("G"), "mpim", team)
        channel.members = ids
        return channel

    def _info(self, team: Team, params: Json) -> Json:
        given = required(params, "channel")
        channel = self.world.channels.get(given)
        if channel is None or channel.team is not team or (channel.kind != "channel" and not channel.has_bot):
            raise Refused("channel_not_found")
        kind = {f"is_{name}": channel.kind == name for name in ("im", "channel", "group", "mpim")}
        more = {"user": channel.members[0]} if channel.kind == "im" else {"name": channel.name}
        return {"channel": {
            "id": given, "is_member": channel.has_bot, "is_ext_shared": channel.shared,
            "is_archived": channel.archived, **kind, **more,
        }}  # fmt: skip
