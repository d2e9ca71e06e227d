"""What people type, as it travels in events."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.slack_mrkdwn import escaped
from tests.fakes.slack_wire import Json

LONGEST = 40_000  # beyond it the client offers a snippet

_LINK = re.compile(
    r"(?P<url>https?://[^\s<>|]{1,2000}[^\s<>|.,;:!?'\")\]])"
    r"|(?P<mail>(?<![\w.@/-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4})"
    r"|(?P<bare>(?<![\w.@/-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|tv)\b(?:/[^\s<>|]{0,500})?)",
    re.IGNORECASE,
)


def typed(text: str) -> Json:
    """The text as mrkdwn, escaped and with its links made, and as a rich_text block."""
    assert text, "a client sends no empty message"
    assert len(text) <= LONGEST, "a client sends at most 40,000 characters at a time"
    parts: list[str] = []
    elements: list[Json] = []
    end = 0
    for link in _LINK.finditer(text):
        _add_text(text[end : link.start()], parts, elements)
        url, shown = _target(link), link[0]
        parts.append(f"<{escaped(url)}>" if url == shown else f"<{escaped(url)}|{escaped(shown)}>")
        elements.append({"type": "link", "url": url, **({} if url == shown else {"text": shown})})
        end = link.end()
    _add_text(text[end:], parts, elements)
    section = {"type": "rich_text_section", "elements": elements}
    return {"text": "".join(parts), "blocks": [{"type": "rich_text", "block_id": "typed", "elements": [section]}]}


def mentioning(user_id: str, body: Json) -> Json:
    """A typed text behind a mention."""
    section: dict[str, Any] = body["blocks"][0]["elements"][0]
    mention = {"type": "user", "user_id": user_id}
    elements = [mention, {"type": "text", "text": " "}, *section["elements"]]
    block = {**body["blocks"][0], "elements": [{**section, "elements": elements}]}
    return {"text": f"<@{user_id}> {body['text']}", "blocks": [block]}


def _add_text(text: str, parts: list[str], elements: list[Json]) -> None:
    if text:
        parts.append(escaped(text))
        elements.append({"type": "text", "text": text})


def _target(link: re.Match[str]) -> str:
    if link["mail"]:
        return f"mailto:{link[0]}"
    return link[0] if link["url"] else f"http://{link[0]}"
