"""Messages as Telegram's HTML, escaped."""

from __future__ import annotations

import html
import re

from bot.parts import parts
from handlers.messages import Message, Text

LIMIT = 4096  # UTF-16 units; Telegram counts so or by code points, and this is safe under both


def html_parts(message: Message, limit: int = LIMIT) -> list[str]:
    """The message as one or more texts of HTML, none longer than the limit once its tags are read."""
    return [_html(part) for part in parts(message, limit)]


def _html(part: Text) -> str:
    return "".join(
        html.escape(piece, quote=False)
        if isinstance(piece, str)
        else f"<code>{html.escape(piece.text, quote=False)}</code>"
        for piece in part
    )


def plain_text(part: str) -> str:
    """The text of our own HTML."""
    return html.unescape(re.sub(r"</?code>", "", part))
