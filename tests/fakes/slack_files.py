"""Files both ways: what people attached, and what the bot uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack_chat import find_channel
from tests.fakes.slack_faults import Faults, fail_file
from tests.fakes.slack_wire import Json, Refused, missing, required, string, structure

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_world import Team, World

DOWNLOAD = "download"
"""What the fetching of a file goes by among the faults."""
UPLOAD = "upload"
"""What the bringing of a file goes by."""
UPLOAD_LIVES = 600.0
"""Seconds; Slack tells no number."""
LOGIN = "<!DOCTYPE html><html><head><title>Sign in to Slack</title></head><body>Sign in to your workspace</body></html>"


class Files:
    """The methods, and the two addresses that carry bytes; `announced` are uploads that wait for theirs."""

    def __init__(self, world: World) -> None:
        self.world, self.faults = world, Faults()
        self.announced: dict[str, tuple[str, int, float]] = {}
        self.with_token: list[str] = []
        """The uploads with which a token was given away."""
        self.table: dict[str, Callable[[Team, Json], Json]] = {
            "files.getUploadURLExternal": self._announce,
            "files.completeUploadExternal": self._complete,
        }

    def _announce(self, team: Team, params: Json) -> Json:
        name, length = required(params, "filename"), required(params, "length")
        if not length.isascii() or not length.isdigit() or not 0 < int(length[:12]) <= 1 << 30:
            raise Refused("invalid_arguments", "length must be a positive integer")
        file_id = self.world.name("F")
        self.announced[file_id] = (name, int(length), self.world.clock())
        return {"upload_url": f"{self.world.base_url}/upload/v1/{file_id}", "file_id": file_id}

    def _complete(self, team: Team, params: Json) -> Json:
        given = structure(params.get("files"), "invalid_arguments")
        if not given:
            raise missing("files")
        files = [self._finished(one) for one in given]
        if channel_id := string(params, "channel_id"):
            self._share(team, channel_id, files, params)
        return {"files": files}

    def _finished(self, one: Any) -> Json:
        file_id = str(one.get("id")) if isinstance(one, dict) else ""
        if file_id not in self.world.files or file_id in self.announced:
            raise Refused("file_not_found")
        name, body = self.world.files[file_id]
        return {"id": file_id, "title": one.get("title", name), "name": name, "size": len(body)}

    def _share(self, team: Team, channel_id: str, files: list[Json], params: Json) -> None:
        channel = find_channel(self.world, team, channel_id)
        thread = string(params, "thread_ts")
        channel.check_thread(thread)
        wire = {
            "subtype": "file_share", "user": team.bot_user, "bot_id": team.bot_id, "files": files,
            "text": string(params, "initial_comment"), **({"thread_ts": thread} if thread else {}),
        }  # fmt: skip
        kept = channel.keep(wire, by_bot=True)
        if self.world.echoes:
            channel.tell(kept.wire)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """The bytes of an announced upload, as many as were announced."""
        file_id = request.match_info["file_id"]
        if request.headers.get("Authorization"):
            self.with_token.append(file_id)
        if fault := self.faults.next(UPLOAD):
            return await fail_file(request, fault, b"")
        name, length, born = self.announced.get(file_id, ("", -1, self.world.clock()))
        if self.world.clock() - born > UPLOAD_LIVES:
            return web.Response(status=404, text="Not Found")
        body = await _body(request)
        if len(body) != length:
            return web.Response(status=400, text="Bad Request")
        del self.announced[file_id]
        self.world.files[file_id] = (name, body)
        return web.Response(text=f"OK - {length}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file for who has the token of its team; others are sent to the login page."""
        team_id, _, file_id = request.match_info["key"].partition("-")
        team, file = self.world.teams.get(team_id), self.world.files.get(file_id)
        if fault := self.faults.next(DOWNLOAD):
            return await fail_file(request, fault, file[1] if file else b"")
        told = request.headers.get("Authorization", "")
        if team is None or team.trouble or told != f"Bearer {team.bot_token}":
            raise web.HTTPFound(f"{self.world.base_url}/login")
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file[1], content_type="application/octet-stream")

    async def login(self, request: web.Request) -> web.Response:
        """A page for people."""
        return web.Response(text=LOGIN, content_type="text/html")


async def _body(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for field in (await request.post()).values():
        if isinstance(field, web.FileField):
            with field.file:
                return field.file.read()
    return b""
