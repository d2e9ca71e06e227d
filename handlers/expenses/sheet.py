"""A line while it is read: what is understood is blotted out, and what is left at the end is the note."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from handlers.expenses.categories import is_known
from handlers.expenses.tables import words_in
from handlers.reading.spelling import fold

LONGEST = 500
LONGEST_NOTE = 200
SUM, LINK = "\x00", "\x01"
"""What stands in place of a sum, and of all else that was understood; letter for letter, so places hold."""
_SIGNS = str.maketrans("‘’ʼ＇´`“”„–—‐‑‒―−\xa0", "''''''\"\"\"------- ")
_WORD = re.compile(r"[^\W_]+(?:['&/+.\-][^\W_]+)*")
_GLUED = re.compile(r"(?<![\w.,])(\$?[0-9]+(?:[.,][0-9]+)?)([^\W\d_]{4,30})(?!\w)")
_PARTS = {"1/2": "5", "1/4": "25", "3/4": "75", "½": "5", "¼": "25", "¾": "75"}
_HALF = re.compile(r"(?<![\w.,/])([0-9]{1,4})\s?(1/2|1/4|3/4|½|¼|¾)(?=\s?(?:mi|km|mls|kilom))", re.IGNORECASE)
_EDGES = " \t\n.,;:!?-–/|=*_~<>"


def clean(text: str) -> str:
    """The line with digits of all scripts as ours, plain marks, and no invisible signs or emoji.

    A number typed as one with a known word is parted from it ("12parking"), and "31 1/2 miles" has decimals.
    """
    straight = text[:LONGEST].translate(_SIGNS)
    plain = _HALF.sub(lambda m: f"{m[1]}.{_PARTS[m[2]]}", "".join(map(_plain, straight)))
    return _GLUED.sub(lambda m: f"{m[1]} {m[2]}" if is_known(m[2]) else m[0], plain).strip()


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() or char == "\n" else " " if char.isspace() else ""
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Sc", "Sm") or char == "円":
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    if kind.startswith("Z"):
        return " "
    if kind.startswith("C"):
        return ""
    return " " if kind.startswith("S") else char


@dataclass
class Sheet:
    """A line; `left` is what is not yet understood, letter under letter."""

    text: str
    left: str = ""

    def __post_init__(self) -> None:
        self.left = self.left or self.text

    def take(self, start: int, end: int, sign: str = LINK) -> str:
        """Blot out what was understood, and give it as it was typed."""
        self.left = self.left[:start] + sign * (end - start) + self.left[end:]
        return self.text[start:end]

    def part(self, start: int, end: int) -> Sheet:
        """A part of the line as a sheet of its own."""
        return Sheet(self.text[start:end], self.left[start:end])

    def note(self) -> str:
        """What is left over, without what only held it together."""
        kept: list[str] = []
        for found in re.finditer(rf"[^{SUM}{LINK}]+", self.left):
            after_sum = bool(kept) and self.left[found.start() - 1] == SUM
            if piece := _trimmed(found[0], at_front=not after_sum):
                kept.append(piece)
        note = " ".join(_trimmed(" ".join(kept), at_front=True).split())
        note = re.sub(r"\s+([,;.!?)])", r"\1", note)
        if len(note) > LONGEST_NOTE:
            note = note[:LONGEST_NOTE].rpartition(" ")[0] or note[:LONGEST_NOTE]
        return _paired(note) if any(char.isalpha() for char in note) else ""


def _trimmed(text: str, *, at_front: bool) -> str:
    """Without fillers and marks at its ends."""
    idle = words_in("fillers") | words_in("pleasantries")
    words = text.split()
    while words and (fold(words[-1]).strip(_EDGES) in idle or not _WORD.search(words[-1])):
        words.pop()
    while at_front and words and (fold(words[0]).strip(_EDGES) in idle or not _WORD.search(words[0])):
        words.pop(0)
    if all(fold(word).strip(_EDGES) in idle for word in words):
        return ""
    return " ".join(words).strip(_EDGES)


def _paired(note: str) -> str:
    """Without a bracket or a quote whose partner is gone."""
    for left, right in ("()", "[]"):
        if note.count(left) != note.count(right):
            note = note.replace(left, "").replace(right, "")
    if note[:1] == "(" and note[-1:] == ")" and note.count("(") == 1:
        note = note[1:-1]
    if note.count('"') == 1:
        note = note.replace('"', "")
    return " ".join(note.split()).strip(_EDGES)


def words_of(text: str) -> list[re.Match[str]]:
    """The words of a text that are still left."""
    return list(_WORD.finditer(text))
