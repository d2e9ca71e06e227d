"""The table of what no note may say, in a language that needs no programmer.

Words stand as they are, in small letters; ( | ) is one of several, [ ] may be missing, [ ]* may come several times,
* is any ending, ... is up to six words, {name} is one of a list, ^ is the beginning of a sentence. An apostrophe may
be missing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_PIECE = re.compile(r"\{\w+\}| \.\.\. |\]\*|[\[\]()|*^' ]|[^\[\]()|*^' {}.]+|\.")
_MEANS = {
    "[": "(?:",
    "]": ")?",
    "]*": "){0,4}",
    "(": "(?:",
    ")": ")",
    "|": "|",
    "*": r"\w*",
    "^": "",
    "'": "'?",
    " ": r"(?:,?[ \n]|-)",
    " ... ": r"(?:(?:,?[ \n]|-)[^\s.!?]{1,40}){0,6}?(?:,?[ \n]|-)",
}


@cache
def table() -> dict[str, Any]:
    """The whole table."""
    return tomllib.loads(files(__package__).joinpath("checker_words.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """One of its lists, for looking up folded words."""
    return frozenset(_entries(name))


def _entries(name: str) -> list[str]:
    entries: str | list[str] = table()["lists"][name]
    return entries.split() if isinstance(entries, str) else entries


class Phrases:
    """Phrases that are looked for together; only those are tried whose first letters stand there."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_opening: dict[str, list[tuple[re.Pattern[str], bool]]] = {}
        for phrase in phrases:
            rule = (re.compile(_pattern(phrase)), phrase.startswith("^"))
            for opening in _openings(phrase.lstrip("^")):
                self._by_opening.setdefault(opening, []).append(rule)

    def find(self, text: str, starts: Collection[int] = ()) -> Iterator[tuple[int, int]]:
        """Where they stand in a folded text, the longest at each place; `starts` are the sentences' first letters."""
        for start, opening in _words(text):
            if rules := self._by_opening.get(opening):
                ends = [
                    found.end()
                    for pattern, opens in rules
                    if (not opens or start in starts) and (found := pattern.match(text, start))
                ]
                if ends:
                    yield start, max(ends)


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[tuple[int, str], ...]:
    """Where each word begins, and its first letters."""
    return tuple((word.start(), word[0][:3]) for word in re.finditer(r"[^\W_]+", text))


@cache
def phrases(rule: str, key: str = "say") -> Phrases:
    """The phrases of one rule of the table."""
    return Phrases(table()[rule].get(key, ()))


def _pattern(phrase: str) -> str:
    pieces = (_MEANS.get(p) or (_any_of(p) if p.startswith("{") else re.escape(p)) for p in _PIECE.findall(phrase))
    return "".join("" if p == r"\^" else p for p in pieces) + r"(?!\w)"


def _any_of(piece: str) -> str:
    entries = sorted(_entries(piece[1:-1]), key=len, reverse=True)
    return "(?:" + "|".join(_pattern(entry).removesuffix(r"(?!\w)") for entry in entries) + ")"


def _openings(phrase: str) -> set[str]:
    """The first letters (three at most) with which a text can begin that fits."""
    if phrase.startswith("{"):
        name, _, rest = phrase[1:].partition("}")
        return {opening for entry in _entries(name) for opening in _openings(entry)}
    if phrase.startswith(("(", "[")):
        end = _closing(phrase)
        inner = {o for part in _parts(phrase[1:end]) for o in _openings(part)}
        return inner | _openings(phrase[end + 1 :].lstrip()) if phrase[0] == "[" else inner
    word = re.match(r"[^\s\[\](){}|*]+", phrase)
    if word is None:
        raise ValueError(f"a phrase begins with a word: {phrase!r}")
    first, _, rest = word[0].partition("'")
    return {re.split(r"\W", first)[0][:3], (first + rest)[:3]}


def _closing(phrase: str) -> int:
    depth = 0
    for place, sign in enumerate(phrase):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return place
    raise ValueError(f"a bracket stays open: {phrase!r}")


def _parts(inner: str) -> list[str]:
    """The alternatives of a bracket."""
    parts, depth = [""], 0
    for sign in inner:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
