"""The categories of an actor's costs: how each reads, which line of Schedule C it is, which words tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.expenses.tables import any_of, table
from handlers.reading.spelling import fold

_FILE = "categories.toml"
_LONGEST_PHRASE = 5
_WIDEST_GAP = 3
_SHORTEST_TYPO = 6
"""Letters of the shortest word that is known with a slip in it."""
_WORD = re.compile(r"[^\W_]+(?:['&/+.\-][^\W_]+)*\+?")

_BESIDE = re.compile(
    r"\b(?:for|at|before|after|during|to|from|in|on|w|w/|with|near)\s{1,2}(?:(?:my|the|a|an)\s{1,2})?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Category:
    """One row of the table: `happens` is a thing with an hour, such as a class."""

    key: str
    label: str
    button: str
    receipt: str
    """always, 75 (dollars and over), lodging (as 75, lodging at any amount) or never."""
    happens: bool


@dataclass(frozen=True)
class Word:
    """A word of the table: its category, whether a note keeps it, and whether it is an everyday word too."""

    category: str
    """Empty: it may be one of several, and is asked."""
    is_thing: bool = False
    is_shy: bool = False


@dataclass(frozen=True)
class Found:
    """A word of the table where it stands in a text."""

    start: int
    end: int
    word: Word
    said: str


def categories() -> dict[str, Category]:
    """All there are, by key, in the order of the table."""
    return _categories()


@cache
def _categories() -> dict[str, Category]:
    return {key: _category(key, row) for key, row in table(_FILE)["category"].items()}


def _category(key: str, row: dict[str, Any]) -> Category:
    return Category(key, row["label"], row.get("button", row["label"]), row["receipt"], row.get("happens", False))


def label(category: str) -> str:
    """The category as the actor reads it; an unknown key as it is."""
    known = _categories().get(category)
    return known.label if known else category


def line(category: str, year: int) -> str:
    """The line of Schedule C of a tax year: "8", "24b", "27b (other expenses, Part V)".

    The line for other expenses has moved once; a year to come is taken to be as the last one known.
    """
    told: str = table(_FILE)["category"].get(category, {"line": "other"})["line"]
    if told != "other":
        return told
    years: dict[str, str] = table(_FILE)["lines"]["other"]
    number = next((shown for since, shown in reversed(years.items()) if int(since) <= year), "")
    shown: str = table(_FILE)["lines"]["other_shown"]
    return shown.format(line=number or next(iter(years.values())))


def kind(category: str) -> str:
    """What the form calls it, where that is not our label."""
    row = table(_FILE)["category"].get(category, {})
    return str(row.get("kind", label(category)))


def offered(word: str) -> tuple[str, ...]:
    """The categories to choose from beside a word whose kind is asked, the likeliest first."""
    listed: Mapping[str, list[str]] = table(_FILE)["asked"]
    first: list[str] = table(_FILE)["offered"]["first"]
    return tuple(next((keys for said, keys in listed.items() if folded(said) == word), first))


# Words


def folded(text: str) -> str:
    """A word or phrase as it is looked up and remembered: small letters, singular, its words parted by a blank."""
    return " ".join(_stem(m[0]) for m in _WORD.finditer(fold(text[:200])))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Without hyphens' and plurals' differences: classes, coaches, lunches; but bus, dues, press."""
    plain = word.replace("'s", "s").replace("'", "").replace(".", "").replace("-", "")
    for ending in ("sses", "ches", "shes", "xes"):
        if plain.endswith(ending):
            return plain[:-2]
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > 3:
        return plain[:-1]
    return plain


@cache
def _words() -> dict[tuple[str, ...], Word]:
    rows = table(_FILE)
    shy = {folded(word) for word in rows["shy"]["words"]}
    found: dict[tuple[str, ...], Word] = {}
    for key, row in rows["category"].items():
        for said in (*row["words"], *row["things"]):
            phrase = folded(said)
            found.setdefault(tuple(phrase.split()), Word(key, said in row["things"], phrase in shy))
    for said in rows["asked"]:
        found.setdefault(tuple(folded(said).split()), Word("", is_thing=False, is_shy=folded(said) in shy))
    return found


@cache
def _typo_words() -> tuple[str, ...]:
    return tuple(phrase[0] for phrase in _words() if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST_TYPO)


@lru_cache(maxsize=2048)
def _meant(word: str) -> str:
    """The word of the table that this one is with a single slip: a letter too many, too few, other or swapped."""
    if len(word) < _SHORTEST_TYPO or not word.isalpha():
        return ""
    near = process.extractOne(word, _typo_words(), scorer=OSA.distance, score_cutoff=1)
    return near[0] if near and near[0][0] == word[0] else ""


def is_known(word: str) -> bool:
    """Whether one word alone is in the table."""
    return tuple(folded(word).split()) in _words()


def is_plain(text: str) -> bool:
    """Whether the whole text is one word that says a category and nothing more: "lunch"."""
    word = _words().get(tuple(folded(text).split()))
    return word is not None and bool(word.category) and not word.is_thing and not word.is_shy


def find_words(text: str, taught: Mapping[str, str]) -> list[Found]:
    """The table's words in a text, none within another; what the actor taught comes before the table."""
    tokens = [(m.start(), m.end(), _stem(m[0])) for m in _WORD.finditer(_same_length_fold(text))]
    found = _percentages(text)
    at = 0
    while at < len(tokens):
        length, word = _phrase_at(_run(text, tokens[at : at + _LONGEST_PHRASE]), taught)
        if word:
            start, end = tokens[at][0], tokens[at + length - 1][1]
            found.append(Found(start, end, word, text[start:end]))
        at += length
    return found or _with_typos(text, tokens)


def _run(text: str, tokens: Sequence[tuple[int, int, str]]) -> list[str]:
    """The words that stand together, with nothing between them but a blank or a hyphen."""
    stems = [tokens[0][2]]
    for before, after in pairwise(tokens):
        if text[before[1] : after[0]].strip(" -&+'/.") or after[0] - before[1] > _WIDEST_GAP:
            break
        stems.append(after[2])
    return stems


def _percentages(text: str) -> list[Found]:
    """A commission told by its share: "agent 10%"."""
    keys: dict[str, list[str]] = table(_FILE)["by_percent"]
    return [
        Found(m.start(), m.end(), Word(key, is_thing=True), m[0])
        for key, words in keys.items()
        for m in re.finditer(rf"(?<!\w){any_of(words)}\s[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?\s?%", text, re.IGNORECASE)
    ]


def _phrase_at(stems: Sequence[str], taught: Mapping[str, str]) -> tuple[int, Word | None]:
    for length in range(len(stems), 0, -1):
        if category := taught.get(" ".join(stems[:length])):
            return length, Word(category, is_thing=_is_told(stems[:length]))
    for length in range(len(stems), 0, -1):
        if word := _words().get(tuple(stems[:length])):
            return length, word
    return 1, None


def _is_told(stems: Sequence[str]) -> bool:
    """A taught word is kept in the note, but for one whose kind was asked."""
    known = _words().get(tuple(stems))
    return known is None or known.is_thing


def _with_typos(text: str, tokens: Sequence[tuple[int, int, str]]) -> list[Found]:
    return [
        Found(start, end, _words()[(meant,)], text[start:end]) for start, end, stem in tokens if (meant := _meant(stem))
    ]


def _same_length_fold(text: str) -> str:
    """Folded letter by letter, so that places stay what they are."""
    return "".join(_letter(char) for char in text)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    plain = fold(char)
    return plain if len(plain) == 1 else char


def best(text: str, found: Sequence[Found]) -> Found | None:
    """The word that settles the line: not what it was for or at, and then what stands first in the table."""
    order = list(_categories())

    def rank(one: Found) -> tuple[bool, bool, bool, int, int]:
        place = order.index(one.word.category) if one.word.category in order else len(order)
        beside = one is not found[0] and _BESIDE.search(text[max(0, one.start - 20) : one.start]) is not None
        return not one.word.category, beside, one.word.is_shy, place, one.start

    return min(found, key=rank, default=None)
