"""What the parts of the look-alike share: refusals, lengths, and reading the parameters of a call."""

from __future__ import annotations

import json
import re
from typing import Any

Json = dict[str, Any]

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NAMES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 429: "Too Many Requests"}


class Refused(Exception):  # one of the answers a server may give
    """The server says no: an HTTP status, Telegram's words, and sometimes parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        self.code, self.parameters = code, parameters or {}
        self.description = f"{_NAMES[code]}: {description}" if code in _NAMES else description
        super().__init__(f"{code} {self.description}")

    def as_json(self) -> Json:
        """The body of the answer."""
        extra = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **extra}


def bad(description: str) -> Refused:
    """A plain 400."""
    return Refused(400, description)


def utf16(text: str) -> int:
    """The length in UTF-16 units, the unit of Telegram's limits and offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def check_unicode(value: Any) -> None:
    """Refuse lone surrogates and NUL anywhere in a call."""
    if isinstance(value, str):
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
            raise bad("strings must be encoded in UTF-8")
    elif isinstance(value, dict):
        check_unicode(list(value.items()))
    elif isinstance(value, list | tuple):
        for item in value:
            check_unicode(item)


def integer(params: Json, name: str, default: int | None = None) -> int:
    """A whole number; without a default it must be there."""
    value = params.get(name)
    if value is None or value == "":
        if default is None:
            raise bad(f"{name} is empty" if name == "chat_id" else f"{name} is not specified")
        return default
    if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)):
        raise bad("chat not found" if name == "chat_id" else f"invalid {name} specified")
    return int(value)


def flag(params: Json, name: str) -> bool:
    """True as forms write it: true, yes, 1."""
    return str(params.get(name, "")).lower() in ("true", "yes", "1")


def string(params: Json, name: str) -> str:
    """Text; absent is empty, and numbers are taken as they are written."""
    value = params.get(name)
    return "" if value is None else str(value)


def structure(value: Any, what: str) -> Any:
    """An object or array, which forms carry as a JSON string; None when absent."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        decoded = json.loads(value)
    except (ValueError, RecursionError):
        raise bad(f"can't parse {what} JSON object") from None
    check_unicode(decoded)
    return decoded


def objects(value: Any, what: str) -> list[Json]:
    """A list of objects."""
    found = structure(value, what)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise bad(f"can't parse {what}: expected an Array of Objects")
    return found
