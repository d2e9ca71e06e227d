"""What an update of Telegram's means; read from its JSON, one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handlers.messages import Attached, Incoming, Received, Sender

PLATFORM = "telegram"
_OTHER = (
    "sticker",
    "voice",
    "video_note",
    "photo",
    "video",
    "audio",
    "document",
    "animation",
    "contact",
    "poll",
    "dice",
    "venue",
)
_GROUPS = ("group", "supergroup")


def read_update(update: dict[str, Any], now: datetime) -> Received | None:
    """The act in an update; None where there is none for us. Raises KeyError, TypeError, ValueError on odd JSON."""
    if "message" in update:
        return _message(update["message"])
    if "edited_message" in update:
        return _edited(update["edited_message"])
    if "callback_query" in update:
        return _tap(update["callback_query"], now)
    if "my_chat_member" in update and update["my_chat_member"]["chat"]["type"] in _GROUPS:
        chat = update["my_chat_member"]["chat"]["id"]
        is_in = update["my_chat_member"]["new_chat_member"]["status"] not in ("left", "kicked")
        return _group(chat, f"u:{int(update['update_id'])}", now) if is_in else None
    return None


def _group(chat: int, event: str, at: datetime) -> Received:
    return Received(Sender(PLATFORM, "", str(int(chat))), event, Incoming("group", at))


def _message(message: dict[str, Any]) -> Received | None:
    chat, at = message["chat"], datetime.fromtimestamp(int(message["date"]), UTC)
    event = f"m:{int(chat['id'])}:{int(message['message_id'])}"
    if chat["type"] in _GROUPS:
        return _group(chat["id"], event, at)
    if chat["type"] != "private":
        return None
    return Received(_sender(message["from"], chat), event, _incoming(message, at))


def _sender(user: dict[str, Any], chat: dict[str, Any]) -> Sender:
    return Sender(PLATFORM, str(int(user["id"])), str(int(chat["id"])))


def _incoming(message: dict[str, Any], at: datetime) -> Incoming:
    common: dict[str, Any] = {"at": at, "name": _name(message["from"]), "reply_to": _replied(message)}
    text = message.get("text") or message.get("caption")
    files = _files(message)
    if isinstance(text, str):
        return Incoming("text", text=text, files=files, **common)
    if files:
        return Incoming("file", files=files, **common)
    if "location" in message and "venue" not in message:
        place = message["location"]
        return Incoming("place", latitude=float(place["latitude"]), longitude=float(place["longitude"]), **common)
    return Incoming("other", text=next((kind for kind in _OTHER if kind in message), "service"), **common)


def _files(message: dict[str, Any]) -> tuple[Attached, ...]:
    """A photo in its largest size, or a document; an animation is told as a document too, and is none."""
    if sizes := message.get("photo"):
        largest = max(sizes, key=lambda size: int(size["width"]) * int(size["height"]))
        return (Attached("photo.jpg", _size(largest), "image/jpeg", str(largest["file_id"])),)
    if "document" not in message or "animation" in message:
        return ()
    document = message["document"]
    name, mime = str(document.get("file_name") or ""), str(document.get("mime_type") or "")
    return (Attached(name, _size(document), mime, str(document["file_id"])),)


def _size(file: dict[str, Any]) -> int:
    return int(file.get("file_size") or 0)


def _name(user: dict[str, Any]) -> str:
    return " ".join(str(user[part]) for part in ("first_name", "last_name") if user.get(part))


def _replied(message: dict[str, Any]) -> str:
    replied = message.get("reply_to_message")
    return str(int(replied["message_id"])) if replied and (replied.get("from") or {}).get("is_bot") else ""


def _edited(message: dict[str, Any]) -> Received | None:
    chat = message["chat"]
    if chat["type"] != "private":
        return None
    edited = int(message.get("edit_date", message["date"]))
    event = f"e:{int(chat['id'])}:{int(message['message_id'])}:{edited}"
    incoming = Incoming("edited", datetime.fromtimestamp(edited, UTC), text=str(message.get("text", "")))
    return Received(_sender(message["from"], chat), event, incoming)


def _tap(query: dict[str, Any], now: datetime) -> Received | None:
    chat = (query.get("message") or {}).get("chat")
    if chat is None or not isinstance(query.get("data"), str):
        return None
    event = f"q:{query['id']}"
    if chat["type"] != "private":
        return _group(chat["id"], event, now)
    return Received(
        _sender(query["from"], chat), event, Incoming("tap", now, text=query["data"], name=_name(query["from"]))
    )
