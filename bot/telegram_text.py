"""Messages as Telegram's HTML: escaped, and cut where one message cannot hold them."""

from __future__ import annotations

import html
import re

from handlers.messages import Code, Message

LIMIT = 4096  # UTF-16 units; Telegram counts so or by code points, and this is safe under both
_EMPTY = "·"


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def html_parts(message: Message, limit: int = LIMIT) -> list[str]:
    """The message as one or more texts of HTML, none longer than the limit once its tags are read."""
    pieces: list[str | Code] = [*message.body]
    if message.under:
        pieces.append(f"\n\n{message.under}" if any(message.body) else message.under)
    parts: list[str] = [""]
    room = limit
    for piece in pieces:
        text = piece.text if isinstance(piece, Code) else piece
        while text:
            head, text = _cut(text, room)
            if head:
                parts[-1] += (
                    f"<code>{html.escape(head, quote=False)}</code>"
                    if isinstance(piece, Code)
                    else html.escape(head, quote=False)
                )
                room -= units(head)
            if text:
                parts.append("")
                room = limit
    shown = [part for part in parts if plain_text(part).strip()]
    return shown or [_EMPTY]


def _cut(text: str, room: int) -> tuple[str, str]:
    """As much as fits, at the last line or word where there is one in the second half; never inside a pair."""
    if units(text) <= room:
        return text, ""
    fits = text[:room]
    while units(fits) > room:
        fits = fits[: -max(1, (units(fits) - room) // 2)]
    for mark in ("\n", " "):
        at = fits.rfind(mark)
        if at > len(fits) // 2:
            return text[: at + 1], text[at + 1 :]
    return fits, text[len(fits) :]


def plain_text(part: str) -> str:
    """The text of our own HTML."""
    return html.unescape(re.sub(r"</?code>", "", part))
