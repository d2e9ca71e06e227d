"""Commands and interactions as they travel."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_shown import options_of
from tests.fakes.slack_wire import Json

if TYPE_CHECKING:
    from tests.fakes.slack_channels import Channel, Kept
    from tests.fakes.slack_members import Member

_CONTAINED = ("block_actions", "block_suggestion")
_WITHOUT_TRIGGER = ("block_suggestion", "view_closed")
MANY = ("multi_static_select", "multi_external_select", "checkboxes")


def interaction(person: Member, kind: str, **more: Any) -> Json:
    """What all interactions tell: who, where from, and the trigger unless one is given."""
    team = person.team
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": team.id}
    return {
        "type": kind, "user": user, "api_app_id": person.world.app_id, "token": person.world.verification,
        "team": {"id": team.id, "domain": team.domain}, "enterprise": None, "is_enterprise_install": False,
        "trigger_id": person.world.trigger(person), **more,
    }  # fmt: skip


def command(person: Member, name: str, text: str, channel: Channel) -> Json:
    """The fields of a slash command."""
    world, team = person.world, person.team
    return {
        "token": world.verification, "team_id": team.id, "team_domain": team.domain, "channel_id": channel.id,
        "channel_name": channel.name, "user_id": person.id, "user_name": person.handle, "command": name, "text": text,
        "api_app_id": world.app_id, "is_enterprise_install": "false",
        "response_url": world.response_url(person, channel), "trigger_id": world.trigger(person),
    }  # fmt: skip


def pressed(person: Member, channel: Channel, ts: str, kept: Kept | None, action: Json) -> Json:
    """An action in a message, which may be one that never was."""
    ephemeral = bool(kept and kept.only_for)
    container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    thread = kept.wire.get("thread_ts") if kept else None
    message = kept.wire if kept else {"type": "message", "ts": ts, "text": "", "user": person.team.bot_user}
    chosen = {name: value for name, value in action.items() if name.startswith("selected")}
    values = {action["block_id"]: {action["action_id"]: {"type": action["type"], **chosen}}} if chosen else {}
    return interaction(
        person, "block_actions", container={**container, **({"thread_ts": thread} if thread else {})},
        channel={"id": channel.id, "name": channel.name}, state={"values": values}, actions=[action],
        response_url=person.world.response_url(person, channel, ts), **({} if ephemeral else {"message": message}),
    )  # fmt: skip


def in_view(person: Member, view: Any, kind: str = "block_actions", **more: Any) -> Json:
    """Something done in a modal or on the Home tab."""
    container = {"container": {"type": "view", "view_id": view.id}} if kind in _CONTAINED else {}
    payload = interaction(person, kind, **container, view=view.as_json(), **more)
    payload.pop("trigger_id")
    return payload if kind in _WITHOUT_TRIGGER else {**payload, "trigger_id": person.world.trigger(person, view)}


def action_of(block: Json, element: Json, chosen: Json) -> Json:
    """One entry of `actions`."""
    same = ("action_id", "type", "text", "value", "style", "url", "placeholder")
    told = {name: element[name] for name in same if name in element}
    return {"action_id": "", **told, "block_id": block["block_id"], **chosen, "action_ts": f"{time.time():.6f}"}


def option_by_text(element: Json, text: str) -> Json | None:
    """An option of a menu by what it shows."""
    return next((option for option in options_of(element) if option["text"]["text"] == text), None)


def chosen_in(element: Json, options: list[Json]) -> Json:
    """How a menu tells what was picked."""
    if element["type"] in MANY:
        return {"selected_options": options}
    return {"selected_option": options[0] if options else None}
