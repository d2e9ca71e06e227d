"""What a payload of Slack's means: an event, a command, a tap, a shortcut, a form; read from its JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.slack.files import attached
from bot.slack.typed import typed
from handlers.commands import command_named
from handlers.messages import Incoming, Kind, Received, Sender, Values

PLATFORM = "slack"
OWN_COMMAND = "buttonhook"
LOG_AUDITION, LOG_MESSAGE = "log_audition", "log_message"
"""The callback ids of the shortcuts."""
WRITTEN = "written"
Body = Mapping[str, Any]
UNREADABLE = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, OSError, RecursionError)
"""What reading odd JSON may raise."""
_TEXTS = (None, "file_share", "thread_broadcast", "me_message")


def read_body(body: Body, now: datetime) -> list[Received]:
    """The acts in a payload, none where there is nothing for us; raises KeyError, TypeError, ValueError on odd JSON."""
    if body.get("type") == "event_callback":
        return _EVENTS.get(body["event"]["type"], _nothing)(body, now)
    if "command" in body:
        return [_command(body, now)]
    return _INTERACTIONS.get(str(body.get("type")), _nothing)(body, now)


def person(team: str, user: str) -> Sender:
    """Somebody in the direct message with us, which goes by their own id."""
    return _sender(user, user, team)


def _sender(user: Any, chat: Any, team: Any) -> Sender:
    """Ids that are none would fail in the store, with all that is stored beside them."""
    if not all(isinstance(part, str) and part for part in (user, chat, team)):
        raise TypeError("no ids")
    return Sender(PLATFORM, user, chat, team)


def in_direct_message(channel: str) -> bool:
    """Whether a channel is the talk of two."""
    return channel.startswith("D")


def _nothing(body: Body, now: datetime) -> list[Received]:  # noqa: ARG001
    return []


def _at(seconds: Any) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


# Events


def _message(body: Body, now: datetime) -> list[Received]:  # noqa: ARG001
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("bot_id"):
        return []
    if event.get("subtype") == "message_changed":
        return _edited(body)
    if event.get("subtype") not in _TEXTS or not event.get("user"):
        return []
    files = attached(event)
    incoming = Incoming(
        "text" if str(event.get("text", "")).strip() else "file" if files else "other",
        _at(event["ts"]),
        text=typed(str(event.get("text", "")), event.get("blocks")) or ("file" if event.get("files") else "service"),
        reply_to=_thread(event["channel"], event),
        files=files,
    )
    return [Received(person(body["team_id"], event["user"]), _id(body), incoming)]


def _id(body: Body) -> str:
    return f"e:{body['event_id']}"


def _thread(channel: str, event: Mapping[str, Any]) -> str:
    """The message of ours whose thread this was written in."""
    thread = event.get("thread_ts")
    return f"{channel}:{thread}" if thread and thread != event.get("ts") else ""


def _edited(body: Body) -> list[Received]:
    event, message, before = body["event"], body["event"]["message"], body["event"].get("previous_message", {})
    if message.get("bot_id") or not message.get("user") or message.get("text") == before.get("text"):
        return []
    incoming = Incoming("edited", _at(event["event_ts"] if "event_ts" in event else event["ts"]), text=message["text"])
    return [Received(person(body["team_id"], message["user"]), _id(body), incoming)]


def _mention(body: Body, now: datetime) -> list[Received]:  # noqa: ARG001
    """In a channel we answer in the direct message, and there say so to the one who asked."""
    event, team = body["event"], body["team_id"]
    if event.get("bot_id") or not event.get("user"):
        return []
    at = _at(event["ts"])
    place = _sender(event["user"], event["channel"], team)
    if event.get("user_team", event.get("source_team", team)) != team:  # of another workspace: no door of ours there
        return [Received(place, _id(body), Incoming("group", at))]
    words = typed(str(event.get("text", ""))).replace("@someone", "").strip()
    word, _, rest = words.lstrip("/").partition(" ")
    text = f"/{word} {rest}".strip() if command_named(word) else "/start"
    return [
        Received(person(team, event["user"]), f"{_id(body)}:dm", Incoming("text", at, text=text, is_unseen=True)),
        Received(place, _id(body), Incoming("group", at, text=WRITTEN)),
    ]


def _home_opened(body: Body, now: datetime) -> list[Received]:
    kind: Kind = "home" if body["event"].get("tab", "home") == "home" else "opened"
    return [Received(person(body["team_id"], body["event"]["user"]), _id(body), Incoming(kind, now))]


def _user_change(body: Body, now: datetime) -> list[Received]:
    user = body["event"]["user"]
    name, zone = read_profile(user)
    return [Received(person(body["team_id"], user["id"]), _id(body), Incoming("profile", now, name=name, zone=zone))]


def read_profile(user: Mapping[str, Any]) -> tuple[str, str]:
    """Name and time zone, as far as a user's profile tells them."""
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or ""
    return str(name), str(user.get("tz") or "")


# Commands and what is pressed


def _command(body: Body, now: datetime) -> Received:
    word, text = str(body["command"]).lstrip("/"), typed(str(body.get("text", ""))).strip()
    if word == OWN_COMMAND:
        word, _, rest = (text or "help").partition(" ")
        text = rest.strip() if command_named(word) else text
        word = word if command_named(word) else ""
    said = f"/{word} {text}".strip() if word else text
    incoming = Incoming("text", now, text=said, is_unseen=True, opener=str(body.get("trigger_id", "")))
    return Received(person(body["team_id"], body["user_id"]), f"c:{body['trigger_id']}", incoming)


def asker(body: Body) -> Sender:
    """Who pressed, chose or searched."""
    team = (body.get("team") or {}).get("id") or body["user"]["team_id"]
    return person(team, body["user"]["id"])


def _pressed(body: Body, now: datetime) -> list[Received]:
    action = body["actions"][0]
    event = f"a:{action['action_ts']}:{body['user']['id']}:{action['action_id']}"
    if (body.get("view") or {}).get("type") == "modal":
        return [Received(asker(body), f"{event}:{action['block_id']}", _form(body, now, "changed"))]
    data = action.get("value") or (action.get("selected_option") or {}).get("value")
    if not isinstance(data, str):  # a link in a button; the client has opened it
        return []
    channel = (body.get("channel") or {}).get("id", "")
    if channel and not in_direct_message(channel):
        return [Received(_sender(body["user"]["id"], channel, asker(body).team), event, Incoming("group", now))]
    reply_to = _thread(channel, body.get("message") or {}) if channel else ""
    incoming = Incoming("tap", now, text=data, reply_to=reply_to, opener=str(body.get("trigger_id", "")))
    return [Received(asker(body), event, incoming)]


def _shortcut(body: Body, now: datetime) -> list[Received]:
    message = body.get("message") or {}
    message = {} if message.get("bot_id") else message  # what we said ourselves tells nothing of an audition
    words = typed(str(message.get("text", "")), message.get("blocks"))
    if body.get("callback_id") not in (LOG_AUDITION, LOG_MESSAGE):
        return []
    incoming = Incoming("shortcut", now, text=words, is_unseen=True, opener=str(body["trigger_id"]))
    return [Received(asker(body), f"s:{body['trigger_id']}", incoming)]


def _sent(body: Body, now: datetime) -> list[Received]:
    event = f"v:{body['view']['id']}:{body['view'].get('hash', '')}"
    return [Received(asker(body), event, _form(body, now, "sent"))]


def _closed(body: Body, now: datetime) -> list[Received]:
    return [Received(asker(body), f"x:{body['view']['id']}", _form(body, now, "closed"))]


def _form(body: Body, now: datetime, what: str) -> Incoming:
    view = body["view"]
    talk = int(view["private_metadata"][:9])
    return Incoming("form", now, text=what, talk=talk, view=view["id"], values=form_values(body))


def form_values(body: Body) -> Values:
    """What stands in the fields of a form, by their keys."""
    state = (body["view"].get("state") or {}).get("values") or {}
    return {key: _value(next(iter(actions.values()))) for key, actions in state.items() if actions}


def _value(state: Mapping[str, Any]) -> Any:
    if "selected_options" in state:
        return [[option["text"]["text"], option["value"]] for option in state["selected_options"] or ()]
    return next((state[name] for name in ("value", "selected_date", "selected_time") if state.get(name)), "")


_Reader = Callable[[Body, datetime], list[Received]]
_EVENTS: dict[str, _Reader] = {
    "message": _message,
    "app_mention": _mention,
    "app_home_opened": _home_opened,
    "user_change": _user_change,
}
_INTERACTIONS: dict[str, _Reader] = {
    "block_actions": _pressed,
    "shortcut": _shortcut,
    "message_action": _shortcut,
    "view_submission": _sent,
    "view_closed": _closed,
}
