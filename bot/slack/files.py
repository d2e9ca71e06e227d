"""Files in Slack: what a message says of them, and where the token may go to fetch one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yarl import URL

from handlers.messages import Attached
from scheduler.wire import Elsewhere

_SLACKS_OWN = frozenset({("https", "slack.com", 443), ("https", "files.slack.com", 443)})
_NOT_KEPT = ("audio/", "video/")


def attached(event: Mapping[str, Any]) -> tuple[Attached, ...]:
    """The files of a message, but voice and video."""
    files = [file for file in event.get("files") or () if isinstance(file, dict)]
    return tuple(_attached(file) for file in files if not _text(file, "mimetype").startswith(_NOT_KEPT))


def _attached(file: Mapping[str, Any]) -> Attached:
    size = file.get("size")
    reference = "" if file.get("is_external") else _text(file, "url_private_download") or _text(file, "url_private")
    name = _text(file, "name") or _text(file, "title")
    return Attached(name, size if isinstance(size, int) else 0, _text(file, "mimetype"), reference)


def _text(file: Mapping[str, Any], name: str) -> str:
    value = file.get(name)
    return value if isinstance(value, str) else ""


def own_address(reference: str, api_url: str) -> URL:
    """The address of a file, where it is at Slack or at the configured API; raises `Elsewhere`.

    Read by the very library that will call it, so that both mean the same host.
    """
    try:
        url, api = URL(reference), URL(api_url)
        origin = (url.scheme, url.host, url.port)
    except ValueError:
        raise Elsewhere("no address") from None
    configured = {(api.scheme, host, api.port) for host in (api.host, f"files.{api.host}")}
    if origin not in _SLACKS_OWN | configured or url.user is not None or url.password is not None:
        raise Elsewhere("another host")
    return url
