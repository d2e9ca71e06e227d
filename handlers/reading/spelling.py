"""Letters as people type them: folded for matching, freed of emoji for keeping, titled where no capital was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

LONGEST = 4000
"""What one message holds; more is not read."""

_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u20e3")
"""Letters and marks that show nothing."""
_STRAIGHT = str.maketrans("‘’ʼ＇´`“”„–—‐‑‒―−", "''''''\"\"\"-------")
_SMALL_NAME = re.compile(r"([^\W\d_])(['’])(?=[^\W\d_]{2})")


def fold(text: str) -> str:
    """The text for matching only: NFKC without invisibles, Latin accents, case and typographic marks; blanks squeezed.

    Accents go because a tired thumb leaves them out ("zoe"); the marks that make other scripts' letters stay.
    """
    return _folded(text) if len(text) <= _OFTEN_FOLDED else _fold(text[:LONGEST])


def _fold(text: str) -> str:
    straight = text.translate(_STRAIGHT)
    if straight.isascii() and straight.isprintable():
        return " ".join(straight.casefold().split())
    whole = "".join(map(_plain, straight)).translate(_STRAIGHT)
    return " ".join("".join(c for c in whole.casefold() if c.isprintable() or c.isspace()).split())


_OFTEN_FOLDED = 60
_folded = lru_cache(maxsize=8192)(_fold)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character at a time: composing a whole text can be made slow by a stack of marks."""
    if _unseen(char):
        return ""
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in parts if not "\u0300" <= c <= "\u036f" and not _unseen(c))
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=4096)
def _unseen(char: str) -> bool:
    if char.isspace():
        return False
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return selector or char in _BLANKS or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def worded(text: str) -> str:
    """The text without invisibles, and a blank where an emoji or another sign beyond ASCII stood; lines are kept."""
    return "".join(map(_worded, text[:LONGEST]))


@lru_cache(maxsize=4096)
def _worded(char: str) -> str:
    if _unseen(char):
        return ""
    if char.isspace():
        return "\n" if char in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
    sign = not char.isascii() and unicodedata.category(char).startswith("S")
    return " " if sign else char


def clipped(text: str, most: int) -> str:
    """At most so many characters, cut between words where there are any."""
    squeezed = " ".join(text.split())
    if len(squeezed) <= most:
        return squeezed
    return squeezed[: most + 1].rpartition(" ")[0] or squeezed[:most]


def has_letter(text: str) -> bool:
    """Whether there is a letter of any script."""
    return any(unicodedata.category(char).startswith("L") for char in text)


def titled(text: str, small: Collection[str] = ()) -> str:
    """Capitals for what was typed without any; words in `small` stay small unless they come first."""
    if any(char.isupper() or char.istitle() for char in text):
        return text
    words = text.split()
    return " ".join(w if place and w in small else _capital(w) for place, w in enumerate(words))


def _capital(word: str) -> str:
    """Give a word its capitals: "o'neill-wu" is O'Neill-Wu, "2nd" stays, "#mom" is #Mom."""
    return "-".join(_first_up(part) for part in word.split("-"))


def _first_up(part: str) -> str:
    if head := _SMALL_NAME.match(part):
        return head[1].title() + head[2] + _first_up(part[head.end() :])
    for place, char in enumerate(part):
        if char.isalnum():
            return part[:place] + char.title() + part[place + 1 :]
    return part
