"""What somebody typed, from the way Slack writes it down: entities, links, mentions and emoji names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

_MARK = re.compile(r"<([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
_EMOJI = re.compile(r":([a-z0-9_+'-]{1,100}(?:::skin-tone-[2-6])?):")


def typed(text: str, blocks: Any = None) -> str:
    """The words as they were typed; the blocks of the message tell which emoji its names stand for."""
    signs = dict(_emoji(blocks))
    text = _MARK.sub(lambda found: _said(found[1], found[2]), text)
    text = _EMOJI.sub(lambda found: signs.get(found[1], found[0]), text)
    return html.unescape(re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", text))


def _said(target: str, label: str | None) -> str:
    if target[0] in "@#!":
        return f"@{label.lstrip('@')}" if label else {"@": "@someone", "#": "#channel"}.get(target[0], f"@{target[1:]}")
    address = target.removeprefix("mailto:")
    if label is None or label == address:
        return address
    # Slack makes a link of what merely looks like one, and then the label is what was typed.
    return label if address.endswith(label) else f"{label} {address}"


def _emoji(blocks: Any) -> Iterator[tuple[str, str]]:
    """The names in a message's blocks, each with the character it stands for."""
    if isinstance(blocks, list):
        for block in blocks:
            yield from _emoji(block)
    elif isinstance(blocks, dict):
        if blocks.get("type") == "emoji" and isinstance(blocks.get("unicode"), str):
            yield from _sign(blocks)
        else:
            yield from _emoji(blocks.get("elements"))


def _sign(element: dict[str, Any]) -> Iterator[tuple[str, str]]:
    points = str(element["unicode"]).split("-")
    if all(re.fullmatch(r"[0-9a-fA-F]{2,6}", point) and int(point, 16) <= 0x10FFFF for point in points):
        tone = f"::skin-tone-{element['skin_tone']}" if element.get("skin_tone") else ""
        yield f"{element.get('name')}{tone}", "".join(chr(int(point, 16)) for point in points)
