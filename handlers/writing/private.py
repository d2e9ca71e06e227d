"""What never goes into a note: health, death, family trouble, pregnancy, faith, money, looks and the like."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_LONGEST = 5
"""Words in a harmless phrase."""


def straight(words: str) -> str:
    """Plain apostrophes and spaces, wide letters made plain."""
    words = unicodedata.normalize("NFKC", words.replace("’", "'").replace("‘", "'"))
    return " ".join(words.split())


def private(words: str) -> bool:
    """Whether the words touch what never goes into a note."""
    terms = _terms()
    text = straight(words).casefold().replace("xmas", "christmas")
    tokens = [token.strip("'").removesuffix("'s") for token in re.findall(r"[\w']+", text)]
    spoken = f" {' '.join(_harmful(tokens, terms.harmless))} "
    return (
        any(token in terms.words or token.startswith(terms.stems) for token in spoken.split())
        or any(f" {phrase} " in spoken for phrase in terms.phrases)
        or any(sign in text for sign in terms.signs)
    )


def _harmful(tokens: list[str], harmless: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """The words that stand in no harmless phrase."""
    at = 0
    while at < len(tokens):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(tokens[at : at + n]) in harmless), 0)
        if not length:
            yield tokens[at]
        at += length or 1


def hushed(words: str, private_words: Iterable[str]) -> bool:
    """Whether something private was told of the same matter: of the same person or pet, or in the same words."""
    about = _matters(words)
    return any(about & _matters(told) for told in private_words)


def _matters(words: str) -> set[str]:
    """What a remark is about, in one form a matter: "beagle" and "dogs" are both the dog."""
    table = _table()["matter"]
    same = {word: name for name, listed in table["same"].items() for word in listed}
    tokens = re.findall(r"[^\W\d_]{3,40}", straight(words).casefold())
    plain = (same.get(token) or same.get(token.removesuffix("s")) or token.removesuffix("s") for token in tokens)
    return {token for token in plain if token not in table["small"]}


@dataclass(frozen=True)
class _Terms:
    words: frozenset[str]
    stems: tuple[str, ...]
    phrases: tuple[str, ...]
    signs: tuple[str, ...]
    harmless: frozenset[tuple[str, ...]]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("private.toml").read_text("utf-8"))


@cache
def _harmless() -> frozenset[tuple[str, ...]]:
    """The phrases word by word, as they are read; a thing that broke is one."""
    table = _table()["harmless"]
    broke = [f"{what} {how}" for what in table["things"] for how in table["broken"]]
    return frozenset(
        tuple(phrase.replace("'s", "").replace("/", " ").split()) for phrase in (*table["phrases"], *broke)
    )


@cache
def _terms() -> _Terms:
    terms = {term for listed in _table()["private"].values() for term in listed}
    stems = {term.removesuffix("*") for term in terms if term.endswith("*")}
    spoken = {term for term in terms - {f"{stem}*" for stem in stems} if term[0].isalpha()}
    phrases = {term.replace("-", " ") for term in spoken if " " in term or "-" in term}
    return _Terms(
        frozenset(spoken),
        tuple(sorted(stem for stem in stems if stem[0].isalpha())),
        tuple(sorted(phrases)),
        tuple(sorted(sign for sign in stems | terms if not sign[0].isalpha() and sign[-1] != "*")),
        _harmless(),
    )
