"""What the parts of the look-alike share: refusals, and reading what travels as JSON in a string."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


class Refused(Exception):  # one of the answers a server may give
    """The server (or the client, before it asks) says no: Slack's word for it, and the details it names."""

    def __init__(self, error: str, *messages: str, status: int = 200, retry_after: int = 0) -> None:
        self.error, self.messages, self.status, self.retry_after = error, messages, status, retry_after
        super().__init__(": ".join(filter(None, (error, "; ".join(messages)))))

    def as_json(self) -> Json:
        """The body of the answer."""
        if not self.messages:
            return {"ok": False, "error": self.error}
        told = {"response_metadata": {"messages": [f"[ERROR] {message}" for message in self.messages]}}
        errors = {"errors": list(self.messages)} if self.error == "invalid_blocks" else {}
        return {"ok": False, "error": self.error, **errors, **told}


def missing(field: str) -> Refused:
    """A call without something it needs."""
    return Refused("invalid_arguments", f"missing required field: {field}")


def string(params: Json, name: str) -> str:
    """Text; absent is empty, and numbers are taken as they are written."""
    value = params.get(name)
    return "" if value is None else str(value)


def required(params: Json, name: str) -> str:
    """Text that must be there."""
    if value := string(params, name):
        return value
    raise missing(name)


def flag(params: Json, name: str) -> bool:
    """True as forms write it: true, yes, 1."""
    return str(params.get(name, "")).lower() in ("true", "yes", "1")


def structure(value: Any, error: str) -> Any:
    """An object or array, which forms carry as a JSON string; None when absent."""
    if not isinstance(value, str) or not value:
        return value or None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise Refused(error) from None


def check_unicode(value: Any) -> None:
    """Refuse lone surrogates anywhere in a call."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused("invalid_json") from None
