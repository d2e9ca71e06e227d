"""The Web API: all methods, and who may call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_chat import Chat
from tests.fakes.slack_directory import Directory
from tests.fakes.slack_files import Files
from tests.fakes.slack_view_methods import Views
from tests.fakes.slack_wire import Json, Refused

if TYPE_CHECKING:
    from tests.fakes.slack_flood import Flood
    from tests.fakes.slack_socket import Sockets
    from tests.fakes.slack_world import Team, World


class Methods:
    """One table of methods by name."""

    def __init__(self, world: World, flood: Flood, app_token: str, sockets: Sockets) -> None:
        self.world, self.app_token, self.sockets = world, app_token, sockets
        self.chat, self.views, self.files = Chat(world, flood), Views(world), Files(world)
        self.table = {**Directory(world).table, **self.chat.table, **self.views.table, **self.files.table}

    def work(self, method: str, token: str, params: Json) -> Json:
        """What the method answers; raises Refused."""
        if method == "apps.connections.open":
            return self._connection(token)
        team = self.team_of(token)
        if method not in self.table:
            raise Refused("unknown_method")
        return self.table[method](team, params)

    def team_of(self, token: str) -> Team:
        """Whose token it is; raises Refused."""
        team = next((one for one in self.world.teams.values() if one.bot_token == token), None)
        if team is None:
            raise Refused("not_allowed_token_type" if token == self.app_token else "invalid_auth")
        if team.trouble:
            raise Refused(team.trouble)
        return team

    def _connection(self, token: str) -> Json:
        if token != self.app_token:
            known = any(one.bot_token == token for one in self.world.teams.values())
            raise Refused("not_allowed_token_type" if known else "invalid_auth")
        return {"url": self.sockets.ticket(self.world.base_url.removeprefix("http://"))}
