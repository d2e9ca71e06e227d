"""Files that the bot sends: what every chat takes, and names that every computer takes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from handlers.messages import Message

MOST = 45 * 1024 * 1024
"""In bytes; a bot may send 50 MB on Telegram."""
LONGEST_STEM, LONGEST_ENDING = 180, 10  # in bytes, of which a file system takes 255; in letters
NAMELESS = "file"
_FORBIDDEN = frozenset('<>:"/\\|?*%')
_DEVICES = re.compile(r"(?i)\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")


WORDS = {
    "gone": "The file that belongs here is gone. Ask for it once more.",
    "refused": "{platform} did not take the file. Ask for it once more.",
    "broken": "I tried for a while, and the file did not get through to {platform}. Ask for it once more.",
    "off": "{platform} takes no files from me here, or none of this size. Whoever runs the workspace can change that.",
    "access": "{platform} doesn't let me send files. Whoever installed me can give the app files:write and install it "
    "again; then ask once more.",
}
"""Why a message came without its file, as the actor reads it below the words."""


class UnfitFile(ValueError):
    """Nothing is in it, or more than a chat takes."""


def fit(content: bytes) -> bytes:
    """The content, where it can be sent; raises `UnfitFile`."""
    if not 0 < len(content) <= MOST:
        raise UnfitFile(f"{len(content)} bytes")
    return content


def without_file(message: Message, why: str, platform: str) -> Message:
    """The words and their buttons where the file could not come, and a line that says so."""
    line = WORDS[why].format(platform=platform)
    return replace(message, under="\n".join(filter(None, (message.under, line))))


def safe_name(name: str) -> str:
    """A file name of one line that every platform and file system takes; letters of any script stay.

    What joins or turns the direction of letters goes too: "photo\u202egpj.exe" must not read as a photo.
    """
    seen = "".join(_kept(char) for char in unicodedata.normalize("NFC", name[:1000]))
    words = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". -")
    words = _DEVICES.sub(r"\1_", words)
    stem, dot, ending = words.rpartition(".")
    if not dot or not 0 < len(ending) <= LONGEST_ENDING or " " in ending:
        stem, ending = words, ""
    stem = stem.encode()[:LONGEST_STEM].decode(errors="ignore").rstrip(". ") or NAMELESS
    return f"{stem}.{ending}" if ending else stem


def _kept(char: str) -> str:
    if char in _FORBIDDEN:
        return "-"
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind.startswith("C") else char
