"""Who comes along in small talk, people and animals, as a line names them."""

from __future__ import annotations

from functools import cache

from handlers.writing.hook_slots import WHOSE
from handlers.writing.hook_things import ARTICLES, Thing, headed, is_open, small, with_lead
from handlers.writing.hook_words import Words, heads, listed, table


def people(words: Words) -> str:
    """Who comes along: "your dad", "your husband and kids", "friends"; "" for one the note cannot name."""
    low = small(words)
    bare: dict[str, str] = {name.casefold(): name for name in table()["slots"]["kin"]["bare"]}
    if low in bare:
        return bare[low].replace("her ", "your ")
    for at in range(1, len(words) - 1):
        if words[at].casefold() in ("and", "&") and (first := people(words[:at])):
            rest = words[at + 1 :] if words[at + 1].casefold() in WHOSE else (words[0], *words[at + 1 :])
            second = people(rest)
            return f"{first} and {second.removeprefix('your ')}" if second else ""
    return _kin(words)


def _kin(words: Words) -> str:
    """One of theirs, without what is said of them but "two", "twin", "younger"."""
    if len(words) < 2 or len(words) > 5 or words[0].casefold() not in WHOSE:
        return ""
    length = next((n for n in (3, 2, 1) if len(words) > n and small(words[-n:]) in heads("kin")), 0)
    between = words[1 : len(words) - length]
    if not length or not all(is_open(word) for word in between):
        return ""
    kept = [word.casefold() for word in between if _tells(word)]
    return " ".join(["your", *kept, small(words[-length:])])


def _tells(word: str) -> bool:
    low = word.casefold()
    return low in listed("lists", "small_modifiers") or low.removesuffix("'s") in heads("kin")


def a_pet(words: Words) -> Thing | None:
    """An animal, without what is said of it but its breed."""
    found = headed("pet", words)
    if not found or small(words) in ("birds", "fish"):
        return None
    lead = words[0].casefold() if words[0].casefold() in ARTICLES | WHOSE | {"the", "my", "our"} else ""
    keep = tuple(w for w in words[1 if lead else 0 :] if w.casefold() in _of_pets())
    return with_lead("" if lead == "some" else lead, small(keep)) if keep and lead != "my" else None


@cache
def _of_pets() -> frozenset[str]:
    words = {word for head in heads("pet") for word in head.split()}
    return frozenset(words | {"rescue", "two", "three", "four", "baby"})
