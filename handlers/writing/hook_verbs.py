"""Verb forms: what is going to be done, what was done and what is so, each in one form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.writing.hook_words import Words, table

_BE = frozenset(["is", "are", "am"])
_HAVE = frozenset(["has", "have"])
_WILL = (("going", "to"), ("will",), ("off", "to"), ("out", "to"), ("here", "to"), ("heading", "out", "to"))
_VOWELS = "aeiou"


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Every form of a known verb: its plain form, and which form it is (base, s, ing, past)."""
    found: dict[str, tuple[str, str]] = {}
    irregular: dict[str, str] = table()["verbs"]["irregular"]
    for base in dict.fromkeys([*table()["verbs"]["regular"], *irregular]):
        past, ing = irregular[base].split() if base in irregular else (_regular(base, "ed"), _regular(base, "ing"))
        for form, kind in ((_s(base), "s"), (ing, "ing"), (past, "past"), (base, "base")):
            found.setdefault(form, (base, kind))
    return found


@cache
def bases() -> frozenset[str]:
    """The plain forms; "put" and "read" are past forms too."""
    return frozenset([*table()["verbs"]["regular"], *table()["verbs"]["irregular"]])


@cache
def ing_form(base: str) -> str:
    """As "run" as "running"."""
    irregular: dict[str, str] = table()["verbs"]["irregular"]
    return irregular[base].split()[1] if base in irregular else _regular(base, "ing")


def _s(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}{'es' if base.endswith(('s', 'x', 'ch', 'sh', 'o')) else 's'}"


def _regular(base: str, ending: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return base[:-1] + ending
    if ending == "ed" and base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return base + ending


def told(words: Words, *, planned: bool) -> Iterator[Words]:
    """A predicate in the forms it may be looked for, the plainest first; `planned` reads "runs" as a plan too."""
    words = _lead(words)
    if not words:
        return
    yield words
    base, kind = forms().get(words[0].casefold(), ("", ""))
    plain = words[0].casefold() in bases()
    if planned and (plain or kind == "s"):
        yield (ing_form(base), *words[1:])
    if plain:
        yield (_s(base), *words[1:])


def _lead(words: Words) -> Words:
    """Without what only carries the verb: "is going to run" is "running", "has been running" too."""
    low = tuple(word.casefold() for word in words[:4])
    if low[:1] and low[0] in _BE | _HAVE and low[1:2] in (("been",), ("got",)):
        return _lead(words[2:]) if low[1] == "been" else ("has", *words[2:])
    if low[:1] and low[0] in _BE:
        return _lead(words[1:])
    if len(low) > 1 and low[0] in _HAVE and forms().get(low[1], ("", ""))[1] == "past":
        return words[1:]
    for will in _WILL:
        if low[: len(will)] == will and len(low) > len(will) and low[len(will)] in bases():
            return (ing_form(low[len(will)]), *words[len(will) + 1 :])
    return words


def is_verb(word: str) -> bool:
    """Whether a predicate may begin here."""
    return (
        word.casefold() in _BE | _HAVE | {"will", "was", "from", "into", "obsessed", "just"}
        or word.casefold() in forms()
    )
