"""Makes typed small talk plain: abbreviations written out, laughter and loose times taken out, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from handlers.writing.hook_verbs import forms
from handlers.writing.hook_words import Words, listed, table
from handlers.writing.private import straight

LONGEST = 280
"""Characters; small talk longer than this is a story."""
_TOKEN = re.compile(r"(?i:\b(?:st|mt|ft)\.(?=\s\w))|[^\W_]+(?:[&'./-][^\W_]+)*'?|[,.;:!()–—]|\s[-/]\s")
_ENDINGS = {"'s": "is", "'re": "are", "'ll": "will", "'ve": "have", "'d": "had", "'m": "am"}
_TIMES = ("later", "tomorrow", "long", "often", "once")
_LONGEST_PHRASE = 6


@dataclass(frozen=True)
class Talk:
    """A remark made plain, and which kinds of loose time stood in it ("later", "often", "once" ...)."""

    words: Words
    times: frozenset[str]


def plainly(remark: str, name: str = "") -> Talk:
    """The remark as plain words; none for a question or a story. The person's own name becomes "she"."""
    text = straight(remark[: 4 * LONGEST])
    if len(text) > LONGEST or "?" in text or re.search(r"[\[\]{}<>@#*=_|\\]|\d[.,]?\d{4}|://", text):
        return Talk((), frozenset())
    text = re.sub(r"(?i)\bw/(?!o\b)\s?", "with ", re.sub(r" [&+] ", " and ", text))
    text = "".join(", " if unicodedata.category(sign) == "So" else sign for sign in text)
    words = _spelled([w.strip() for w in _TOKEN.findall(_unshouted(text))])
    words = _of_person(words, name)
    words = _replaced(_one_by_one(words), _phrases())
    words, times = _without_times(words)
    return Talk(tuple(words), times)


def _unshouted(text: str) -> str:
    """Small letters, where capitals say nothing: all of them are, or every word has one."""
    words = re.findall(r"[^\W\d_]+", text)
    title = len(words) > 2 and all(word[0].isupper() for word in words)
    return text.casefold() if title or text.upper() == text else text


def _spelled(tokens: list[str]) -> list[str]:
    typed, passed = table()["typed"], listed("passed_over", "words")
    words: list[str] = []
    for token in tokens:
        small = token.casefold()
        if small in typed:
            words += [word for word in typed[small].split() if word not in passed]
        elif small in "().;:!–—-/":
            words.append("," if small in "()-–—/" else ".")
        elif small not in passed:
            words += _apart(f"{token}g" if small.endswith("in") and f"{small}g" in forms() else token)
    return words


def _apart(token: str) -> list[str]:
    """The words of a contraction: "she's" is two, "daughter's" stays."""
    small = token.casefold()
    if small.endswith("n't"):
        return {"can't": ["can", "not"], "won't": ["will", "not"]}.get(small, [small[:-3], "not"])
    for ending, word in _ENDINGS.items():
        if small.endswith(ending) and (ending != "'s" or small[:-2] in _PRONOUNS):
            return [token[: -len(ending)], word]
    return [token]


def _one_by_one(words: list[str]) -> list[str]:
    """As "we are both running" is "we are running"."""
    pairs = zip(["", *words], words, strict=False)
    return [word for before, word in pairs if word.casefold() not in _BOTH or before.casefold() not in _WE]


_BOTH, _WE = frozenset(["both", "all"]), frozenset(["we", "us", "are", "they"])
_PRONOUNS = frozenset(["she", "he", "it", "that", "there", "who", "what", "here", "they"])


def _of_person(words: list[str], name: str) -> list[str]:
    """The person's own name is "she": "bea's from duluth", "w tess's dad"."""
    parts = [part for part in straight(name).casefold().split() if part.isalpha()][:3]
    if not parts:
        return words
    told: list[str] = []
    for number, word in enumerate(words):
        small = word.casefold()
        if small in parts:
            told += [] if told[-1:] == ["she"] else ["she"]
        elif small in {f"{part}{ending}" for part in parts for ending in ("'s", "s", "'")}:
            told = told[:-1] if told[-1:] == ["she"] else told
            told += _whose(words[number + 1 :])
        else:
            told.append(word)
    return told


def _whose(after: list[str]) -> list[str]:
    """Whether "bea's" is "bea is" or "her", seen from the next word."""
    following = after[0].casefold() if after else ""
    verb = following.endswith("ing") or following in _AFTER_IS
    return ["she", "is"] if verb else ["her"]


_AFTER_IS = frozenset(
    [
        "from",
        "a",
        "an",
        "the",
        "not",
        "going",
        "off",
        "in",
        "on",
        "at",
        "back",
        "into",
        "obsessed",
        "out",
        "about",
        "also",
        "just",
        "so",
        "been",
        "got",
    ]
)


@cache
def _phrases() -> dict[Words, Words]:
    return {tuple(said.split()): tuple(plain.split()) for said, plain in table()["phrases"].items()}


def _replaced(words: list[str], phrases: dict[Words, Words]) -> list[str]:
    """The longest phrase at each place put in plainer words."""
    plain: list[str] = []
    at = 0
    while at < len(words):
        found = _longest(words, at, phrases)
        plain += phrases[found] if found else words[at : at + 1]
        at += len(found) or 1
    return plain


def _longest(words: list[str], at: int, phrases: Iterable[Words]) -> Words:
    for length in range(_LONGEST_PHRASE, 0, -1):
        said = tuple(word.casefold() for word in words[at : at + length])
        if len(said) == length and said in phrases:
            return said
    return ()


@cache
def _times() -> dict[Words, str]:
    return {tuple(said.split()): kind for kind in _TIMES for said in table()["time"][kind]}


def _without_times(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Take out what is a time and no date: a day of the month, an hour, "next month", "every summer"."""
    text = re.sub(r"(?i) (?:at|around|by) (?:\d{1,2}|noon)(?: [ap]m)?(?= |$)", "", f" {' '.join(words)} ")
    text = re.sub(r"(?i) (?:at )?\d{1,2}(?::\d\d)?[ap]m(?= |$)", "", text)
    text, days = re.subn(r"(?i) (?:on |from )?the \d{1,2}(?:st|nd|rd|th)(?= |$)", "", text)
    text = re.sub(r"(?i) (?:on|this|next|for|until|till) (?:,|\.|$)", " ", text)
    words = text.split()
    rest: list[str] = []
    kinds = {"later"} if days else set()
    at = 0
    while at < len(words):
        found = _longest(words, at, _times())
        kinds |= {_times()[found]} if found else set()
        rest += [] if found else words[at : at + 1]
        at += len(found) or 1
    return _trimmed(rest), frozenset(kinds)


def _trimmed(words: list[str]) -> list[str]:
    """No pause at either end, no small word left hanging by a date that was cut out."""
    hanging = frozenset(["on", "is", "this", "next", "for", "from", "at", "until", "till", ",", ".", "are", "and"])
    while words and words[-1].casefold() in hanging:
        words.pop()
    while words and words[0] in ",.":
        words.pop(0)
    return words
