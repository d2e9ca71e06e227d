"""chat.*: what the bot may write where, and the answers to response_urls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack_blocks import check_blocks
from tests.fakes.slack_wire import Json, Refused, flag, required, string

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_channels import Channel, Kept
    from tests.fakes.slack_flood import Flood
    from tests.fakes.slack_world import ResponseUrl, Team, World

LONGEST, LONGEST_UPDATE = 40_000, 4000


def check_content(params: Json, longest: int = LONGEST) -> tuple[str, list[Json] | None]:
    """Text and blocks, of which there must be something; raises Refused."""
    text, blocks = string(params, "text"), check_blocks(params.get("blocks"))
    if len(text) > longest:
        raise Refused("msg_too_long")
    if not text.strip() and not blocks:
        raise Refused("no_text")
    return text, blocks


def find_channel(world: World, team: Team, given: str, *, people_too: bool = False) -> Channel:
    """Where the bot may write; raises Refused. `people_too`: an id of a person stands for their direct message."""
    person = world.people.get(given) if people_too else None
    channel = person.dm if person else world.channels.get(given)
    if channel is None or channel.team is not team:
        raise Refused("channel_not_found")
    if not channel.has_bot:
        raise Refused("not_in_channel" if channel.kind == "channel" else "channel_not_found")
    if channel.archived:
        raise Refused("is_archived")
    return channel


class Chat:
    """The methods; each gets the team whose token called."""

    def __init__(self, world: World, flood: Flood) -> None:
        self.world, self.flood = world, flood
        self.table: dict[str, Callable[[Team, Json], Json]] = {
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
        }

    def _post(self, team: Team, params: Json) -> Json:
        channel = find_channel(self.world, team, required(params, "channel"), people_too=True)
        text, blocks = check_content(params)
        channel.check_thread(string(params, "thread_ts"))
        self.flood.take(channel.id)
        kept = channel.keep(self._message(team, text, blocks, params), by_bot=True)
        self.echo(channel, kept)
        return {"channel": channel.id, "ts": kept.wire["ts"], "message": kept.wire}

    def _message(self, team: Team, text: str, blocks: list[Json] | None, params: Json) -> Json:
        profile = {"id": team.bot_id, "app_id": self.world.app_id, "name": "Buttonhook", "team_id": team.id}
        thread = string(params, "thread_ts")
        return {
            "user": team.bot_user, "bot_id": team.bot_id, "app_id": self.world.app_id, "text": text, "team": team.id,
            "bot_profile": {**profile, "deleted": False}, **({"blocks": blocks} if blocks else {}),
            **({"thread_ts": thread} if thread else {}),
            **({"mrkdwn": False} if "mrkdwn" in params and not flag(params, "mrkdwn") else {}),
        }  # fmt: skip

    def echo(self, channel: Channel, kept: Kept) -> None:
        """The bot's own message comes back to it as an event."""
        if self.world.echoes and not kept.only_for:
            channel.tell(kept.wire)

    def _post_ephemeral(self, team: Team, params: Json) -> Json:
        channel = find_channel(self.world, team, required(params, "channel"))
        user = required(params, "user")
        text, blocks = check_content(params)
        if user not in channel.members:
            raise Refused("user_not_in_channel")
        channel.check_thread(string(params, "thread_ts"))
        kept = channel.keep(self._message(team, text, blocks, params), by_bot=True, only_for=user)
        return {"message_ts": kept.wire["ts"]}

    def _own(self, team: Team, params: Json, refusal: str) -> tuple[Channel, Kept]:
        channel = find_channel(self.world, team, required(params, "channel"))
        kept = channel.find(required(params, "ts"))
        if not kept.by_bot or kept.wire["user"] != team.bot_user:
            raise Refused(refusal)
        return channel, kept

    def _update(self, team: Team, params: Json) -> Json:
        """Blocks that are not given stay, an empty list takes them away."""
        channel, kept = self._own(team, params, "cant_update_message")
        text, blocks = check_content(params, LONGEST_UPDATE)
        before = kept.wire
        kept_blocks = kept.wire.get("blocks") if blocks is None else blocks or None
        edited = {"user": team.bot_user, "ts": self.world.ts()}
        channel.change(kept, text=text, blocks=kept_blocks, edited=edited)
        if self.world.echoes:
            channel.tell_change(kept, before)
        return {"channel": channel.id, "ts": kept.wire["ts"], "text": text, "message": kept.wire}

    def _delete(self, team: Team, params: Json) -> Json:
        channel, kept = self._own(team, params, "cant_delete_message")
        del channel.kept[kept.wire["ts"]]
        self.world.changed()
        if self.world.echoes:
            channel.tell_deletion(kept.wire)
        return {"channel": channel.id, "ts": kept.wire["ts"]}

    # Answers that are no calls

    def answer(self, right: ResponseUrl, body: Json) -> None:
        """What was posted to a response_url, or came with the acknowledgement of a command; raises Refused."""
        shown = right.channel.kept.get(right.ts)
        if flag(body, "delete_original"):
            right.channel.kept.pop(right.ts, None)
        elif flag(body, "replace_original") and shown:
            text, blocks = check_content(body)
            right.channel.change(shown, text=text, blocks=blocks or None, edited=_now(self.world))
        else:
            self._answer_anew(right, body)
        self.world.changed()

    def _answer_anew(self, right: ResponseUrl, body: Json) -> None:
        text, blocks = check_content(body)
        everybody = body.get("response_type") == "in_channel"
        message = self._message(right.person.team, text, blocks, body)
        right.channel.keep(message, by_bot=True, only_for="" if everybody else right.person.id)


def _now(world: World) -> dict[str, Any]:
    return {"user": "", "ts": world.ts()}
