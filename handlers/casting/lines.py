"""A line as it is worked through: what is understood is replaced by one private letter that stands for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from handlers.casting.vocabulary import TABLE
from handlers.reading.spelling import fold, worded

LONGEST = 600
MOST_WORDS = 150
_FIRST = 0xE000
_MOST = 4000
_STRAIGHT = str.maketrans("‘’ʼ＇´`“”„«»–—‐‑‒―−\xa0\t", "''''''\"\"\"\"\"-------  ")
_TOKEN = re.compile(r"[\ue000-\uefff]|[^\W_]+(?:'[^\W_]+)*|[&+#]")
_BREAK = re.compile(r"[,;!?\n|•·()\[\]{}]|:(?!\d)|\.(?!\w)|(?<=\s)[-~>]+(?=\s|$)|[-~>]{2,}|/|\.\.")
_SHORTENED = frozenset(
    [
        "st",
        "ave",
        "blvd",
        "dr",
        "rd",
        "mr",
        "mrs",
        "ms",
        "jr",
        "sr",
        "vs",
        "n",
        "s",
        "e",
        "w",
        "no",
        "a",
        "p",
        "m",
        "am",
        "pm",
        "apt",
        "ste",
    ]
)


def is_mark(word: str) -> bool:
    """Whether it is one private letter."""
    return len(word) == 1 and "\ue000" <= word <= "\uefff"


@dataclass(frozen=True)
class Token:
    """A word in the line, folded; `breaks` where a clause begins with it, `stops` where a sentence does."""

    start: int
    end: int
    word: str
    breaks: bool = False
    stops: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it stands for something understood."""
        return is_mark(self.word)


@dataclass
class Line:
    """The text, and what its private letters stand for."""

    text: str
    marks: list[Any] = field(default_factory=list)

    def put(self, start: int, end: int, thing: Any) -> None:
        """Let a letter stand for a part of the text."""
        if len(self.marks) < _MOST:
            self.marks.append(thing)
            self.text = f"{self.text[:start]} {chr(_FIRST + len(self.marks) - 1)} {self.text[end:]}"

    def of(self, letter: str) -> Any:
        """What a letter stands for."""
        return self.marks[ord(letter) - _FIRST] if is_mark(letter) else None

    def tokens(self) -> list[Token]:
        """The words as they stand now."""
        found, last = list[Token](), 0
        for match in _TOKEN.finditer(self.text):
            between = self.text[last : match.start()]
            ends = bool(re.search(r"[.!?;\n]", between)) and not (
                between.startswith(".") and "\n" not in between and found and found[-1].word in _SHORTENED
            )
            breaks = not found or ends or bool(_BREAK.search(between.replace(".", "") if not ends else between))
            word = match[0] if is_mark(match[0]) else _spelled(match[0])
            found.append(Token(match.start(), match.end(), word, breaks, not found or ends))
            last = match.end()
        return found


_RUN = re.compile(r"([^\W\d_])\1{2,}")


def _spelled(word: str) -> str:
    """A word without its accents and apostrophes, no letter three times: "BOOOKED" and "bookd" are booked."""
    plain = _RUN.sub(lambda run: run[1] * (2 if run[1] in "olnste" else 1), fold(word).replace("'", ""))
    return str(TABLE["spelled"].get(plain, plain))


def line_of(text: str) -> Line:
    """The text ready for working through; empty where it is too long to be a line about a step."""
    if len(text) > 2 * LONGEST:
        return Line("")
    plain = worded(text).translate(_STRAIGHT)
    lines = [" ".join(part.split()) for part in plain.split("\n")]
    joined = "\n".join(part for part in lines if part)
    return Line(joined if len(joined) <= LONGEST else "")
