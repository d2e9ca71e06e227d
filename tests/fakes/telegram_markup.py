"""Keyboards as Telegram's server checks them."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram_wire import Json, bad, structure

_ACTIONS = frozenset({
    "callback_data", "url", "web_app", "login_url", "copy_text", "switch_inline_query", "pay", "callback_game",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
})  # fmt: skip
_REQUESTS = frozenset({
    "request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app",
})  # fmt: skip
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_URL = re.compile(r"(?:https?://)?[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#:]\S*)?|(?:tg|ton)://\S+", re.IGNORECASE)


def check_markup(value: Any, *, private: bool) -> Json:
    """The reply markup of a call, {} when there is none; raises Refused 400."""
    markup = structure(value, "reply keyboard markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"], private)
    if "keyboard" in markup:
        _check_reply_keyboard(markup, private)
    elif markup and not (markup.get("remove_keyboard") is True or markup.get("force_reply") is True):
        raise bad("can't parse reply markup: no keyboard in it")
    return markup


def _rows(rows: Any, field: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'can\'t parse reply markup: Field "{field}" must be an Array of Arrays')
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return rows


def _inline(rows: Any, private: bool) -> Json:
    kept = [row for row in _rows(rows, "inline_keyboard") if row]
    for row in kept:
        for button in row:
            _check_inline_button(button, private)
    return {"inline_keyboard": kept} if kept else {}


def _check_inline_button(button: Any, private: bool) -> None:
    problem = "can't parse inline keyboard button: "
    _check_looks(button, problem, _ACTIONS)
    actions = _ACTIONS & button.keys()
    if not actions:
        raise bad(problem + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(problem + f"exactly one action expected, found {sorted(actions)}")
    action = actions.pop()
    check = {"callback_data": _check_data, "copy_text": _check_copy, "url": _check_url}.get(action)
    if check:
        check(button[action])
    if action == "web_app":
        _check_web_app(button[action], private)


def _check_looks(button: Any, problem: str, allowed: frozenset[str]) -> None:
    if not isinstance(button, dict):
        raise bad(problem + "the button must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad(problem + 'Field "text" must be of type String')
    if not button["text"].strip():
        raise bad(problem + "Text is empty")
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise bad(problem + "unknown style")
    if unknown := button.keys() - allowed - _LOOKS:
        raise bad(problem + f"unknown fields {sorted(unknown)}")


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: Any) -> None:
    if not isinstance(url, str) or not _URL.fullmatch(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(app: Any, private: bool) -> None:
    url = app.get("url") if isinstance(app, dict) else None
    if not private or not isinstance(url, str) or not url.startswith("https://"):
        raise bad("BUTTON_TYPE_INVALID")


def _check_reply_keyboard(markup: Json, private: bool) -> None:
    problem = "can't parse keyboard button: "
    given = [one for row in _rows(markup["keyboard"], "keyboard") for one in row]
    for button in ({"text": one} if isinstance(one, str) else one for one in given):
        _check_looks(button, problem, _REQUESTS)
        if not private and (button.get("request_location") or button.get("request_contact")):
            wanted = "location" if button.get("request_location") else "phone number"
            raise bad(f"{wanted} can be requested in private chats only")
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not (isinstance(placeholder, str) and 1 <= len(placeholder) <= 64):
        raise bad("input field placeholder must be 1-64 characters")


def labels(markup: Json) -> list[list[str]]:
    """What a reply keyboard shows."""
    return [[b if isinstance(b, str) else b["text"] for b in row] for row in markup.get("keyboard", [])]


def buttons(markup: Json) -> list[list[tuple[str, str]]]:
    """What an inline keyboard shows: label and callback data (`copy:…` and `url:…` tell the bot nothing)."""
    return [[(button["text"], _told(button)) for button in row] for row in markup.get("inline_keyboard", [])]


def _told(button: Json) -> str:
    if "callback_data" in button:
        return str(button["callback_data"])
    return f"copy:{button['copy_text']['text']}" if "copy_text" in button else f"url:{button.get('url', '')}"
