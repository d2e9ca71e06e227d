"""The words of the trade in what an actor types: role size, round, mode, kind."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from handlers.reading import word_tables
from handlers.reading.spelling import fold

_FILE = "card_words.toml"
card_words = partial(word_tables.table, _FILE)
words_in = partial(word_tables.words_in, _FILE)
like = partial(word_tables.like, _FILE)

_TOKEN = re.compile(r"[^\s\-‐‑–—]+")
_MARKS = '.,:;!?"()*_~'
_MOST_TOKENS = 5
_OFFERED_AFTER = ("for", "with", "w/", "w", "on", "at")
"""After these a title comes: "general with Delphine", but "General Hospital"."""
_BEFORE_TITLE = (*_OFFERED_AFTER, "role", "as", "of", "part", "audition")
_ARTICLES = ("a", "an", "the", "my")


@dataclass(frozen=True)
class Token:
    """A word as it stands in the text, and folded for comparing."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class _Meaning:
    field: str
    value: str
    alone: bool
    """Too plain a word to be taken for the trade's beside others: "lead", "test"."""


def tokens(text: str) -> list[Token]:
    """The words of a text; a hyphen parts two."""
    found = _TOKEN.finditer(text)
    return [Token(m.start(), m.end(), fold(m[0]).strip(_MARKS) or m[0].strip(_MARKS)) for m in found]


@cache
def _table() -> dict[tuple[str, ...], _Meaning]:
    text = files(__package__).joinpath("casting_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {_words(row["word"]): _Meaning(row["field"], row["value"], bool(row["alone"])) for row in rows}


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def all_words(text: str) -> dict[str, str] | None:
    """Field and value of each word of the trade where the text holds nothing else; None where it does."""
    folded, at, found = [token.folded for token in tokens(text)], 0, dict[str, str]()
    while at < len(folded):
        length = _phrase_at(folded[at:])
        if length:
            meaning = _table()[tuple(folded[at : at + length])]
            found.setdefault(meaning.field, meaning.value)
        elif folded[at] not in words_in("joints") | {""}:
            return None
        at += length or 1
    return found or None


def cut_words(text: str) -> tuple[str, dict[str, str]]:
    """What stands between the words of the trade at both ends, and those words' fields and values."""
    if (every := all_words(text)) is not None:
        return "", every
    found: dict[str, str] = {}
    rest = tokens(text)
    while length := _phrase_before([token.folded for token in rest]):
        _note(found, rest[-length:])
        rest = _without_joints(rest[:-length])
    while length := _phrase_leading([token.folded for token in rest]):
        skipped = 1 if rest[0].folded in _ARTICLES else 0
        _note(found, rest[skipped : skipped + length])
        rest = rest[skipped + length :]
        while rest and rest[0].folded in _BEFORE_TITLE:
            rest = rest[1:]
    return (text[rest[0].start : rest[-1].end] if rest else ""), found


def is_words(folded: Sequence[str]) -> bool:
    """Whether these folded words are one phrase of the trade."""
    return tuple(folded) in _table()


def _note(found: dict[str, str], phrase: Sequence[Token]) -> None:
    meaning = _table()[tuple(token.folded for token in phrase)]
    found.setdefault(meaning.field, meaning.value)


def _phrase_at(folded: Sequence[str]) -> int:
    lengths = range(min(_MOST_TOKENS, len(folded)), 0, -1)
    return next((n for n in lengths if tuple(folded[:n]) in _table()), 0)


def _phrase_leading(folded: Sequence[str]) -> int:
    """How many words the phrase at the front takes, an article before it not counted."""
    article = folded[:1] and folded[0] in _ARTICLES
    bare = folded[1:] if article else folded
    length = _phrase_at(bare)
    if not length or not (article or _table()[tuple(bare[:length])].alone):
        return length
    return length if length < len(bare) and bare[length] in _OFFERED_AFTER else 0


def _phrase_before(folded: Sequence[str]) -> int:
    lengths = range(min(_MOST_TOKENS, len(folded)), 0, -1)
    length = next((n for n in lengths if tuple(folded[-n:]) in _table()), 0)
    return 0 if length and _table()[tuple(folded[-length:])].alone else length


def _without_joints(rest: list[Token]) -> list[Token]:
    """Drop what joined the words cut off: "copper falls on a" is Copper Falls."""
    while rest and rest[-1].folded in words_in("joints"):
        rest = rest[:-1]
    return rest
