"""The button hook: the one sentence that says back, to a person, what was said in that room.

Everything it can say stands in hooks.toml. What fits no pattern there gives no line.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

LONGEST_REMARK = 160
"""Characters; small talk longer than this is a story, and fits no pattern."""
PASSED = 14
"""Days after which what has happened is no longer mentioned."""
PLACES = ("place", "anyplace")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Fact:
    """Small talk of one person in the actor's words, its date already cut out."""

    words: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class _Pattern:
    said: tuple[re.Pattern[str], ...]
    lines: Mapping[str, tuple[str, ...]]
    keep: int
    span: bool


def hook_lines(fact: Fact, send_on: date, said_on: date) -> tuple[str, ...]:
    """The sentences a fact can become, the best first, in the tense of the day of sending.

    Empty when the words fit no pattern for certain, are private, or their day is over for more than 14 days.
    """
    words = _plain(fact.words)
    if not words or private(fact.words):
        return ()
    for pattern in _patterns():
        if (slots := _slots(pattern, words)) is not None:
            when = _when(fact, send_on)
            slots |= {"when": when, "tonight": "tonight" if when == "today" else ""}
            lines = (fill(line, slots) for line in _lines(pattern, fact, send_on, said_on))
            return tuple(dict.fromkeys(line for line in lines if line))
    return ()


def private(words: str) -> bool:
    """Whether the words touch what never goes into a note: health, death, money, faith and the like."""
    terms = _private()
    text = _straight(words).casefold()
    tokens = [token.strip("'").removesuffix("'s") for token in re.findall(r"[\w']+", text)]
    spoken = f" {' '.join(tokens)} "
    return (
        any(token in terms.words or token.startswith(terms.stems) for token in tokens)
        or any(f" {phrase} " in spoken for phrase in terms.phrases)
        or any(sign in text for sign in terms.signs)
    )


def fill(line: str, slots: Mapping[str, str]) -> str:
    """A line with its {words} put in; a [part] that lacks one is left out; a line that lacks one is empty."""

    def part(found: re.Match[str]) -> str:
        return "" if _lacks(found[1], slots) else found[1]

    line = re.sub(r"\[([^\[\]]*)\]", part, line)
    if _lacks(line, slots):
        return ""
    return re.sub(r"\{(\w+)\}", lambda name: slots[name[1]], line)


def _lacks(line: str, slots: Mapping[str, str]) -> bool:
    return any(not slots.get(name) for name in re.findall(r"\{(\w+)\}", line))


# The day of the fact, seen from the day of sending.


def _days(fact: Fact) -> tuple[date, date] | None:
    first = fact.first or fact.last
    return (first, max(first, fact.last or first)) if first else None


def _lines(pattern: _Pattern, fact: Fact, send_on: date, said_on: date) -> tuple[str, ...]:
    days = _days(fact)
    if days and (send_on - days[1]).days > PASSED:
        return ()
    fresh = (send_on - said_on).days <= pattern.keep
    if "always" in pattern.lines:
        return pattern.lines["always"] if fresh or days else ()
    if days is None:
        return pattern.lines.get("undated", ()) if fresh else ()
    first, last = days
    if send_on > last:
        return () if pattern.span and first == last else pattern.lines.get("after", ())
    if send_on < first:
        return pattern.lines.get("before", ())
    return pattern.lines.get("during" if send_on > first else "day") or pattern.lines.get("day", ())


def _when(fact: Fact, send_on: date) -> str:
    """The words for the day, "" where none is sure: a stretch of days, or a week and more away."""
    days = _days(fact)
    if days is None:
        return ""
    first, last = days
    if (last - first).days == 1 and first.weekday() == 5:
        return "this weekend" if first.isocalendar()[:2] == send_on.isocalendar()[:2] else ""
    away = (first - send_on).days
    if first != last or not 0 <= away < 7:
        return ""
    return {0: "today", 1: "tomorrow"}.get(away, f"on {WEEKDAYS[first.weekday()]}")


# The words of the fact, read by the patterns of the table.


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("hooks.toml").read_text("utf-8"))


def _straight(words: str) -> str:
    """Plain apostrophes and spaces, wide letters made plain."""
    words = unicodedata.normalize("NFKC", words.replace("’", "'").replace("‘", "'"))
    return " ".join(words.split())


def _plain(words: str) -> str:
    """What is left to read: no emoji, no shouting, abbreviations written out; "" for a question or a story."""
    words = _straight(words)
    if len(words) > LONGEST_REMARK or "?" in words:
        return ""
    table = _table()["plain"]
    tokens = re.sub(r"[^\w\s',/.-]|[.!,]+$", " ", words.rstrip(" .!,")).split()
    tokens = [table["long"].get(t.casefold(), t) for t in tokens if t.casefold().rstrip(",") not in table["filler"]]
    words = _lead().sub("", " ".join(tokens).strip(" ,.-"))
    return _trail().sub("", words).strip(" ,.-")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?i)^(?:(?:{_one_of(_table()['plain']['lead'])}),? )+")


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?: (?:{_one_of(_table()['plain']['trail'])}))+$")


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            tuple(_read(said) for said in row["said"]),
            {time: tuple(lines) for time, lines in row.items() if isinstance(lines, list) and time != "said"},
            row["keep"],
            row.get("span", False),
        )
        for row in _table()["pattern"]
    )


def _read(said: str) -> re.Pattern[str]:
    marks = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
    pieces = re.split(r"(\{\w+\}|[\[\]()|])", said)
    return re.compile("(?i:" + "".join(marks.get(p) or _slot(p) for p in pieces) + ")")


def _slot(piece: str) -> str:
    if not piece.startswith("{"):
        return re.escape(piece)
    name = piece[1:-1]
    return f"(?P<{name}>{_words(name)})"


@cache
def _words(name: str) -> str:
    # Hundreds of places in each pattern would be slow to read; _is_place looks them up.
    return r"[\w.' ]{2,30}?" if name in PLACES else _one_of(_table()["words"][name])


def _slots(pattern: _Pattern, words: str) -> dict[str, str] | None:
    """What the first fitting form of a pattern caught, as it is written in a note."""
    for said in pattern.said:
        if found := said.fullmatch(words):
            caught = {name: text for name, text in found.groupdict().items() if text}
            if any(not _is_place(name, caught[name], words) for name in PLACES if name in caught):
                continue
            written = {name: _written().get((name, text.casefold()), text) for name, text in caught.items()}
            nouns = _table()["noun"]
            return written | {f"{name}_noun": nouns.get(text, text) for name, text in written.items()}
    return None


@cache
def _written() -> dict[tuple[str, str], str]:
    words: dict[str, list[str]] = _table()["words"]
    every = {**words, "anyplace": words["place"] + words["near"]}
    return {(name, word.casefold()): word for name, listed in every.items() for word in listed}


def _is_place(name: str, caught: str, words: str) -> bool:
    """A listed place; for "anyplace" also one with capitals, in a text that does not put a capital on every word."""
    if (name, caught.casefold()) in _written():
        return True
    proper = re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}", caught)
    title = all(not token[0].islower() for token in words.split())
    never = _table()["words"]["not_places"]
    return bool(proper) and name == "anyplace" and not title and not {w.casefold() for w in caught.split()} & set(never)


@dataclass(frozen=True)
class _Private:
    words: frozenset[str]
    stems: tuple[str, ...]
    phrases: tuple[str, ...]
    signs: tuple[str, ...]


@cache
def _private() -> _Private:
    terms = {term for listed in _table()["private"].values() for term in listed}
    stems = {term.removesuffix("*") for term in terms if term.endswith("*")}
    spoken = {term for term in terms - {f"{stem}*" for stem in stems} if term[0].isalpha()}
    phrases = {term.replace("-", " ") for term in spoken if " " in term or "-" in term}
    return _Private(
        frozenset(spoken),
        tuple(sorted(stem for stem in stems if stem[0].isalpha())),
        tuple(sorted(phrases)),
        tuple(sorted(sign for sign in stems | terms if not sign[0].isalpha() and sign[-1] != "*")),
    )
