"""Which typed words may be repeated, and with what capitals: a word nobody listed may be a name or a slip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from handlers.writing.hook_verbs import forms
from handlers.writing.hook_words import Words, everyday, known, listed

_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ves", "f"),
    ("d", ""),
    ("less", ""),
    ("made", ""),
    ("y", ""),
    ("y", "e"),
)


def are_sure(words: Words) -> Iterator[bool]:
    """Whether each word may be repeated as it was typed: a known name, a known word, or one with its own capital."""
    at = 0
    while at < len(words):
        length = _name_at(words, at)
        yield length > 0 or _is_everyday(words[at])
        at += length or 1


@lru_cache(maxsize=4096)
def _is_everyday(word: str) -> bool:
    low = word.casefold().removesuffix("'s")
    if word[0].isupper() or word[0].isdigit() or low in ("of", "and", "the") or low in forms():
        return True
    plain = [low, *(low.removesuffix(end) + one for end, one in _ENDINGS if low.endswith(end))]
    if any(each in everyday() for each in plain):
        return True
    return "-" in low and all(_is_everyday(part) for part in low.split("-") if part)


def _name_at(words: Words, at: int) -> int:
    """How many words here are a name of the lists."""
    return next(
        (n for n in range(min(5, len(words) - at), 0, -1) if " ".join(words[at : at + n]).casefold() in known()), 0
    )


def cased(words: Words) -> str:
    """Names with their capitals, the rest in small letters unless the actor gave a capital."""
    written: list[str] = []
    at = 0
    while at < len(words):
        length = _name_at(words, at)
        name = (
            known()[" ".join(words[at : at + length]).casefold()].removeprefix("the ") if length else _kept(words[at])
        )
        written.append(name)
        at += length or 1
    return " ".join(written)


def titled(text: str) -> str:
    """A name in capitals, but for its small words; as it stands where it is no name: "the comedy club"."""
    words = text.split()
    bare = words[1:] if words[0] in ("the", "a", "your") else words
    if len(bare) < 2 or {word.casefold() for word in bare[:-1]} & listed("lists", "plain_places"):
        return text
    capital = [w if w in ("of", "and", "the", "in", "at") else w[:1].upper() + w[1:] for w in bare]
    return " ".join([*words[: len(words) - len(bare)], *capital])


def _kept(word: str) -> str:
    """A word as typed; one that shouts is put in small letters, unless it is short enough for a name."""
    return word.casefold() if word.isupper() and len(word) > 4 else word
