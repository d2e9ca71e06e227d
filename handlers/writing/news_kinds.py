"""The kinds of news, read from the actor's words: what has happened, what is still to come, what it is of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

OTHER = "other"
_LEAD = r"(?:i(?:'ve|’ve| have)? |we |just |recently |also |finally )*"


@dataclass(frozen=True)
class NewsKind:
    """A kind of news: `done` when what is told has happened, `past` when no day of it can be one to come."""

    name: str
    done: bool = False
    past: bool = False


@cache
def table() -> dict[str, Any]:
    """Give the table of kinds."""
    return tomllib.loads(resources.files(__package__).joinpath("news_kinds.toml").read_text("utf-8"))


def kind_of(words: str) -> NewsKind:
    """What kind of news a line is."""
    said = " ".join(words.casefold().split())
    return next((kind for kind, shape in _shapes() if shape.search(said)), NewsKind(OTHER))


@cache
def _shapes() -> tuple[tuple[NewsKind, re.Pattern[str]], ...]:
    shapes = []
    for row in table()["kind"]:
        parts = [rf"^{_LEAD}(?:{either(row['first'])})\b"] if "first" in row else []
        parts += [rf"\b(?:{either(row['any'])})\b"] if "any" in row else []
        kind = NewsKind(row["name"], row.get("done", False), row.get("past", False))
        shapes.append((kind, re.compile("|".join(parts))))
    return tuple(shapes)


def either(words: Iterable[str]) -> str:
    """Any of these words, as a pattern; the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:^|[\s,;–-]+)(?:{either(table()['ahead']['words'])})(?: on)?$")


def is_ahead(words: str) -> bool:
    """Whether the line ends with what is still to come: "booked a co-star, shooting"."""
    return bool(_ahead().search(words.rstrip(" .,")))


def without_ahead(words: str) -> str:
    """The line without what it said of its day."""
    return _ahead().sub("", words.rstrip(" .,")).rstrip(" ,;–-")


def begun(words: str) -> str:
    """A line about a beginning, as it reads while the thing runs; "" where that is not sure."""
    after: str
    for before, after in table()["after"].items():
        found = re.search(rf"(?i)\b{re.escape(before)}\b", words)
        if found:
            text = words[: found.start()] + after + words[found.end() :]
            return text[:1].upper() + text[1:]
    return ""


def mediums(texts: Iterable[str]) -> frozenset[str]:
    """What these words are of: film, tv, theatre, commercial, voice."""
    said = " ".join(texts).casefold()
    return frozenset(name for name, shape in _mediums() if shape.search(said))


@cache
def _mediums() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"\b(?:{either(words)})\b")) for name, words in table()["medium"].items())


# Comps

_COMPS = re.compile(
    r"(?i)[\s,;–(-]*\b(?:(?:i|we)(?:'ve| have| can get|'ll have)? )?(?:(?:have|has|got|with|w/|plus|free) ?)*"
    r"comps?(?: tickets?| tix)?"
    r"(?: (?:are )?(?:available|avail|yours|for you|if you(?:'d)? (?:want|like)(?: (?:one|them|some))?))*\)?$"
)


def comps(words: str) -> tuple[str, bool]:
    """The line without its comps, and whether it had any: they are offered in words that ask for no answer."""
    if "(comps are yours" in words or "(there are comps" in words:
        return words, False
    found = _COMPS.search(words)
    return (words[: found.start()].rstrip(" ,;–-"), True) if found and found.start() else (words, False)
