"""The methods of the Bot API, each with the refusals of the real one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_files import Files, sent_document, sent_photo
from tests.fakes.telegram_html import check_entities, parse_html, trimmed
from tests.fakes.telegram_markup import check_markup
from tests.fakes.telegram_wire import Json, bad, flag, integer, objects, string, structure, utf16

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Chat, Kept
    from tests.fakes.telegram_flood import Flood
    from tests.fakes.telegram_updates import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_QUERY_GONE = "query is too old and response timeout expired or query ID is invalid"
_TWO_DAYS = 48 * 3600
MOST_TO_DOWNLOAD = 20 * 1024 * 1024


class Methods:
    """What a bot may call, but getUpdates and the webhook, which the server does itself."""

    def __init__(self, world: World, flood: Flood, query_lifetime: float) -> None:
        self.world, self.flood, self.query_lifetime = world, flood, query_lifetime
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.table: dict[str, Callable[[Json, Files], Any]] = {
            "getMe": lambda params, files: self.world.bot,
            "getFile": self._get_file,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_text,
            "editMessageCaption": lambda params, files: self._edit(params, _caption(params) or {"caption": ""}),
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
            "answerCallbackQuery": self._answer_query,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda params, files: self.commands.get(self._audience(params), []),
            "deleteMyCommands": self._delete_commands,
            "setMyDescription": lambda params, files: self._set_profile(params, "description", 512),
            "getMyDescription": lambda params, files: self._get_profile(params, "description"),
            "setMyShortDescription": lambda params, files: self._set_profile(params, "short_description", 120),
            "getMyShortDescription": lambda params, files: self._get_profile(params, "short_description"),
        }

    # Sending

    def _send_message(self, params: Json, files: Files) -> Json:
        body = _formatted(params, "text", "entities", 4096)
        return self._send(params, body)

    def _send_document(self, params: Json, files: Files) -> Json:
        caption = _caption(params)
        return self._send(params, {**sent_document(self.world, params, files), **caption})

    def _send_photo(self, params: Json, files: Files) -> Json:
        caption = _caption(params)
        return self._send(params, {**sent_photo(self.world, params, files), **caption})

    def _send(self, params: Json, body: Json) -> Json:
        chat_id = integer(params, "chat_id")
        markup = check_markup(params.get("reply_markup"), private=chat_id > 0)
        chat = self._chat(params)
        body = {**body, **_replied(chat, params)}
        self.flood.take(chat.id)
        inline = "inline_keyboard" in markup
        kept = chat.keep({**body, **({"reply_markup": markup} if inline else {})}, self._sender(),
                         keyboard={} if inline else markup)  # fmt: skip
        kept.silent = flag(params, "disable_notification")
        return kept.wire

    def _send_chat_action(self, params: Json, files: Files) -> bool:
        self._chat(params)
        if string(params, "action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        return True

    def _get_file(self, params: Json, files: Files) -> Json:
        file_id = string(params, "file_id")
        if file_id not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.world.files[file_id][1])
        if size > MOST_TO_DOWNLOAD:
            raise bad("file is too big")
        told = {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": size}
        return {**told, "file_path": f"documents/{file_id}"}

    # Changing what was sent

    def _edit_text(self, params: Json, files: Files) -> Json:
        body = _formatted(params, "text", "entities", 4096)
        return self._edit(params, body)

    def _edit_markup(self, params: Json, files: Files) -> Json:
        return self._edit(params, {})

    def _edit(self, params: Json, body: Json) -> Json:
        chat_id = integer(params, "chat_id")
        markup = check_markup(params.get("reply_markup"), private=chat_id > 0)
        if markup and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")
        chat = self._chat(params)
        kept = self._own(chat, integer(params, "message_id"))
        if "text" in body and "text" not in kept.wire:
            raise bad("there is no text in the message to edit")
        if "caption" in body and not {"document", "photo"} & kept.wire.keys():
            raise bad("there is no caption in the message to edit")
        rest = {key: value for key, value in kept.wire.items() if key not in _replaced_by(body)}
        wire = {**rest, **body, **({"reply_markup": markup} if markup else {})}
        if wire == {key: value for key, value in kept.wire.items() if key != "edit_date"}:
            raise bad(_NOT_MODIFIED)
        self.flood.take(chat.id)
        kept.wire = {**wire, "edit_date": int(time.time())}
        return kept.wire

    def _own(self, chat: Chat, message_id: int) -> Kept:
        kept = chat.kept.get(message_id)
        if not kept:
            raise bad("message to edit not found")
        if not kept.by_bot or kept.keyboard:  # a message sent with a reply keyboard stays as it is
            raise bad("message can't be edited")
        return kept

    def _delete_message(self, params: Json, files: Files) -> bool:
        chat = self._chat(params)
        kept = chat.kept.get(integer(params, "message_id"))
        if not kept:
            raise bad("message to delete not found")
        if not (kept.by_bot or chat.private) or time.time() - kept.wire["date"] > _TWO_DAYS:
            raise bad("message can't be deleted")
        del chat.kept[kept.wire["message_id"]]
        return True

    def _answer_query(self, params: Json, files: Files) -> bool:
        if utf16(string(params, "text")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        query = self.world.queries.pop(string(params, "callback_query_id"), None)
        if not query or self.world.clock() - query.made > self.query_lifetime:
            raise bad(_QUERY_GONE)
        if params.get("text"):
            query.person.toasts.append(string(params, "text"))
        return True

    # The bot's face

    def _set_commands(self, params: Json, files: Files) -> bool:
        commands = objects(params.get("commands"), "list of bot commands")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[self._audience(params)] = commands
        return True

    def _delete_commands(self, params: Json, files: Files) -> bool:
        self.commands.pop(self._audience(params), None)
        return True

    def _audience(self, params: Json) -> tuple[str, str]:
        scope = structure(params.get("scope"), "BotCommandScope") or {"type": "default"}
        if not isinstance(scope, dict) or not isinstance(scope.get("type"), str):
            raise bad("can't parse BotCommandScope")
        where = ":".join([scope["type"], *(str(scope[key]) for key in ("chat_id", "user_id") if key in scope)])
        return where, _language(params)

    def _set_profile(self, params: Json, field: str, limit: int) -> bool:
        text = string(params, field)
        if len(text) > limit:
            raise bad(f"{field.replace('_', ' ')} is too long")
        self.profile[field, _language(params)] = text
        return True

    def _get_profile(self, params: Json, field: str) -> Json:
        return {field: self.profile.get((field, _language(params)), "")}

    # What they share

    def _chat(self, params: Json) -> Chat:
        chat = self.world.chats.get(integer(params, "chat_id"))
        if not chat:
            raise bad("chat not found")
        if chat.trouble:
            raise chat.trouble
        return chat

    def _sender(self) -> Json:
        return {key: self.world.bot[key] for key in ("id", "is_bot", "first_name", "username")}


def _replaced_by(body: Json) -> set[str]:
    """An edit sets the date and drops the keyboard it does not repeat; one of the text drops its entities too."""
    return {"reply_markup", "edit_date", *(("text", "entities", "caption", "caption_entities") if body else ())}


def _caption(params: Json) -> Json:
    return _formatted(params, "caption", "caption_entities", 1024) if params.get("caption") else {}


def _formatted(params: Json, field: str, entities_field: str, limit: int) -> Json:
    """The text of a call after entity parsing, trimmed, with its entities."""
    raw, what = string(params, field), "message" if field == "text" else "message caption"
    if not raw:
        raise bad("message text is empty")
    if len(raw.encode()) > 32768:
        raise bad(f"{field} is too long")
    text, entities = trimmed(*_parsed(raw, params, entities_field))
    if not text and field == "text":
        raise bad("text must be non-empty")
    if utf16(text) > limit:
        raise bad(f"{what} is too long")
    return {field: text, **({entities_field: entities[:100]} if entities else {})}


def _parsed(raw: str, params: Json, entities_field: str) -> tuple[str, list[Json]]:
    mode = string(params, "parse_mode").lower()
    if mode == "html":
        return parse_html(raw)
    if mode:
        raise bad("unsupported parse_mode")  # this twin reads HTML alone
    given = params.get(entities_field)
    return raw, check_entities(raw, objects(given, "entities")) if given else []


def _replied(chat: Chat, params: Json) -> Json:
    reply = structure(params.get("reply_parameters"), "reply parameters")
    if reply is None:
        return {}
    if not isinstance(reply, dict):
        raise bad("can't parse reply parameters")
    answered = chat.kept.get(integer(reply, "message_id"))
    if answered:
        return {"reply_to_message": {k: v for k, v in answered.wire.items() if k != "reply_to_message"}}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def _language(params: Json) -> str:
    code = string(params, "language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code
