"""Files that the bot sends: what every chat takes, and names that every computer takes."""

from __future__ import annotations

import re
import unicodedata

MOST = 45 * 1024 * 1024
"""In bytes; a bot may send 50 MB on Telegram."""
LONGEST_STEM, LONGEST_ENDING = 180, 10  # in bytes, of which a file system takes 255; in letters
NAMELESS = "file"
_FORBIDDEN = frozenset('<>:"/\\|?*%')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")


class UnfitFile(ValueError):
    """Nothing is in it, or more than a chat takes."""


def fit(content: bytes) -> bytes:
    """The content, where it can be sent; raises `UnfitFile`."""
    if not 0 < len(content) <= MOST:
        raise UnfitFile(f"{len(content)} bytes")
    return content


def safe_name(name: str) -> str:
    """A file name of one line that every platform and file system takes; letters of any script stay.

    What joins or turns the direction of letters goes too: "photo\u202egpj.exe" must not read as a photo.
    """
    seen = "".join(_kept(char) for char in unicodedata.normalize("NFC", name[:1000]))
    words = " ".join(seen.split()).strip(". -")
    stem, dot, ending = words.rpartition(".")
    if not dot or not 0 < len(ending) <= LONGEST_ENDING or " " in ending:
        stem, ending = words, ""
    stem = stem.encode()[:LONGEST_STEM].decode(errors="ignore").rstrip(". ") or NAMELESS
    stem = _DEVICES.sub(r"\1_", stem) if _DEVICES.match(stem) else stem
    return f"{stem}.{ending}" if ending else stem


def _kept(char: str) -> str:
    if char in _FORBIDDEN:
        return "-"
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind.startswith("C") else char
