"""The people's side: who writes, commands, edits and moves. The acts give the Delivery they cause."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tests.fakes.slack_fields import Fields
from tests.fakes.slack_mrkdwn import escaped
from tests.fakes.slack_payloads import command, interaction
from tests.fakes.slack_typed import mentioning, typed
from tests.fakes.slack_wire import Json, Refused
from tests.fakes.slack_world import ResponseUrl

if TYPE_CHECKING:
    from tests.fakes.slack_channels import Channel, Kept
    from tests.fakes.slack_chat import Chat
    from tests.fakes.slack_delivery import Delivery

NOT_IN_THREADS = "{} is not supported in threads. Sorry!"


class Person(Fields):
    """Somebody with a Slack client, the bot's direct message open in it."""

    chat: Chat

    # Writing

    def write(self, text: str, *, thread: str = "", channel: Channel | None = None) -> Delivery:
        """Type a text."""
        return self._send(channel or self.dm, typed(text), thread)

    def mention(self, channel: Channel, text: str, *, thread: str = "") -> Delivery:
        """Type `@Buttonhook text`; a channel the bot is not in tells it nothing."""
        kept = self._keep(channel, mentioning(channel.team.bot_user, typed(text)), thread)
        if channel.has_bot:
            channel.tell(kept.wire)
        event = {**kept.wire, "type": "app_mention", "channel": channel.id, "event_ts": kept.wire["ts"]}
        asked = "app_mention" if channel.has_bot and channel.kind != "im" else "none"
        return self.world.event(channel.team, event, asked, shared=channel.shared)

    def sends_file(
        self, name: str, body: bytes, *, mimetype: str = "application/octet-stream", text: str = "", thread: str = "",
        channel: Channel | None = None,
    ) -> Delivery:  # fmt: skip
        """A message with a file."""
        file = self._file(name, body, mimetype)
        said = typed(text) if text else {"text": ""}
        return self._send(
            channel or self.dm, {**said, "subtype": "file_share", "files": [file], "upload": False}, thread
        )

    def _file(self, name: str, body: bytes, mimetype: str) -> Json:
        file_id = self.world.name("F")
        self.world.files[file_id] = (name, body)
        root = f"{self.world.base_url}/files-pri/{self.team.id}-{file_id}"
        return {
            "id": file_id, "name": name, "title": name, "mimetype": mimetype, "size": len(body), "mode": "hosted",
            "filetype": name.rpartition(".")[2].lower(), "user": self.id, "user_team": self.team.id,
            "url_private": f"{root}/file", "url_private_download": f"{root}/download/file", "is_external": False,
            "file_access": "visible",
        }  # fmt: skip

    def _keep(self, channel: Channel, body: Json, thread: str) -> Kept:
        assert self.id in channel.members, f"{self.name} is not in {channel}"
        parent = {"thread_ts": thread, "parent_user_id": channel.find(thread).wire["user"]} if thread else {}
        whose = {"user": self.id, "team": self.team.id, "client_msg_id": str(uuid.uuid4())}
        if channel.team is not self.team:
            whose |= {"user_team": self.team.id, "source_team": self.team.id}
        return channel.keep({**whose, **body, **parent}, by_bot=False)

    def _send(self, channel: Channel, body: Json, thread: str) -> Delivery:
        return channel.tell(self._keep(channel, body, thread).wire)

    def edits(self, ts: str, text: str, *, channel: Channel | None = None) -> Delivery:
        """Correct an own message."""
        place = channel or self.dm
        kept = self._own(place, ts)
        before = kept.wire
        place.change(kept, **typed(text), edited={"user": self.id, "ts": self.world.ts()})
        return place.tell_change(kept, before)

    def deletes(self, ts: str, *, channel: Channel | None = None) -> Delivery:
        """Take an own message back."""
        place = channel or self.dm
        before = self._own(place, ts).wire
        del place.kept[ts]
        return place.tell_deletion(before)

    def _own(self, channel: Channel, ts: str) -> Kept:
        kept = channel.find(ts)
        assert kept.wire["user"] == self.id, "a person edits only their own messages"
        return kept

    # Commands and shortcuts

    def slash(self, name: str, text: str = "", *, channel: Channel | None = None, thread: str = "") -> Delivery:
        """A command; Refused in a thread, as the client shows it."""
        if thread:
            raise Refused(NOT_IN_THREADS.format(name))
        place = channel or self.dm
        payload = command(self, name, escaped(text.strip()), place)
        return self.world.deliver(
            "slash_commands",
            payload,
            lambda body: self._answered(place, name, body),
            lambda why: self.complain(name, why),
        )

    def _answered(self, channel: Channel, name: str, body: Json) -> None:
        if not body:
            return
        try:
            self.chat.answer(ResponseUrl(self, channel, "", 0), body)
        except Refused as no:
            self.trouble.append(f"{name} failed with the error {no}")
            self.world.changed()

    def shortcut(self, callback_id: str) -> Delivery:
        """A global shortcut."""
        return self._short(
            callback_id, interaction(self, "shortcut", callback_id=callback_id, action_ts=self.world.ts())
        )

    def message_shortcut(self, callback_id: str, message: str, *, channel: Channel | None = None) -> Delivery:
        """A shortcut on a message, named by its ts or the text that shows."""
        place = channel or self.dm
        ts = next((one.ts for one in reversed(place.seen_by(self)) if message in (one.ts, one.text)), "")
        assert ts, f"no message {message!r} on the screen:\n" + "\n".join(map(str, place.seen_by(self)))
        wire = place.find(ts).wire
        return self._short(callback_id, interaction(
            self, "message_action", callback_id=callback_id, message_ts=ts, message=wire, action_ts=self.world.ts(),
            channel={"id": place.id, "name": place.name}, response_url=self.world.response_url(self, place),
        ))  # fmt: skip

    def _short(self, callback_id: str, payload: Json) -> Delivery:
        return self.world.deliver("interactive", payload, failed=lambda why: self.complain(callback_id, why))

    # The rest of the client

    def opens_home(self, tab: str = "home") -> Delivery:
        """Open the app: its Home tab, or "messages"."""
        view = {"view": self.home_view.as_json()} if self.home_view and tab == "home" else {}
        event = {"type": "app_home_opened", "user": self.id, "channel": self.dm.id, "tab": tab, **view}
        return self.world.event(self.team, {**event, "event_ts": self.world.ts()}, "app_home_opened")

    def moves_to(self, tz: str | None) -> Delivery:
        """Another time zone in the profile."""
        self.tz = tz
        return self._changed()

    def is_called(self, name: str) -> Delivery:
        """Another name in the profile."""
        self.name = name
        return self._changed()

    def _changed(self) -> Delivery:
        stamp = self.world.ts()
        event = {"type": "user_change", "user": self.user(), "cache_ts": int(stamp.partition(".")[0])}
        return self.world.event(self.team, {**event, "event_ts": stamp}, "user_change")
