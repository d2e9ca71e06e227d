"""Reads a remark by the kinds of hooks.toml: what is told, of whom, and how sure that is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from handlers.writing import hook_names, hook_what, hook_who, hook_work
from handlers.writing.hook_slots import LONGEST, Reader, Slots
from handlers.writing.hook_things import headed, small
from handlers.writing.hook_words import Words, listed, table

__all__ = ["Kind", "Match", "kinds_table", "matches"]


@dataclass(frozen=True)
class _Slot:
    name: str


@dataclass(frozen=True)
class _OneOf:
    choices: tuple[_Form, ...]


_Form = tuple[str | _Slot | _OneOf, ...]
_OPENS, _CLOSES = {"(": ")", "[": "]"}, ")]"


@dataclass(frozen=True)
class Kind:
    """A kind of fact: its forms, its lines by time, and how long it is fresh."""

    name: str
    forms: tuple[_Form, ...]
    lines: Mapping[str, tuple[str, ...]]
    keep: int
    dated: bool
    once: bool
    whole: bool


@dataclass(frozen=True)
class Match:
    """A kind that fits from the first word on: the words for its lines, and how many words it took."""

    kind: Kind
    slots: Mapping[str, str]
    end: int


@cache
def kinds_table() -> dict[str, Any]:
    """All of hooks.toml."""
    return tomllib.loads(resources.files(__package__).joinpath("hooks.toml").read_text("utf-8"))


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            row["name"],
            tuple(_form(said) for said in row["said"]),
            {time: tuple(lines) for time, lines in row.items() if isinstance(lines, list) and time != "said"},
            row["keep"],
            row.get("dated", False),
            row.get("once", False),
            row.get("whole", False),
        )
        for row in kinds_table()["kind"]
    )


def _form(said: str) -> _Form:
    pieces = re.findall(r"\{\w+\}|[()\[\]|]|[^\s()\[\]|{}]+", said)
    choices, rest = _choices(pieces)
    if rest or len(choices) != 1:
        raise ValueError(said)
    return choices[0]


def _choices(pieces: list[str]) -> tuple[tuple[_Form, ...], list[str]]:
    """The forms up to the bracket that closes, and what stands behind it."""
    forms: list[list[str | _Slot | _OneOf]] = [[]]
    while pieces:
        piece, pieces = pieces[0], pieces[1:]
        if piece in _CLOSES:
            break
        if piece in _OPENS:
            inner, pieces = _choices(pieces)
            forms[-1].append(_OneOf((*inner, ()) if piece == "[" else inner))
        elif piece == "|":
            forms.append([])
        else:
            forms[-1].append(_Slot(piece[1:-1]) if piece.startswith("{") else piece.casefold())
    return tuple(tuple(form) for form in forms), pieces


# Which forms are worth trying: those that may begin with the first word.


@cache
def _by_first() -> dict[str, tuple[tuple[int, _Form], ...]]:
    found: dict[str, list[tuple[int, _Form]]] = {}
    for number, kind in enumerate(_kinds()):
        for form in kind.forms:
            for first in _firsts(form):
                found.setdefault(first, []).append((number, form))
    return {first: tuple(forms) for first, forms in found.items()}


def _firsts(form: _Form) -> set[str]:
    """The words a form may begin with; "*" for a slot."""
    if not form:
        return set()
    head = form[0]
    if isinstance(head, str):
        return {head}
    if isinstance(head, _Slot):
        return {"*"}
    behind = _firsts(form[1:]) if () in head.choices else set()
    return behind.union(*(_firsts((*choice, *form[1:])) for choice in head.choices if choice))


def matches(words: Words) -> Iterator[Match]:
    """The kinds that fit the beginning of these words, in the order of the table, the longest reading first."""
    if not words:
        return
    first = _by_first()
    worth = sorted((*first.get(words[0].casefold(), ()), *first.get("*", ())), key=lambda tried: tried[0])
    for number, form in worth:
        for end, slots in _fit(form, words, 0):
            more, tail_end = _tails(words, end)
            yield Match(_kinds()[number], more | slots, tail_end)


def _fit(form: _Form, words: Words, at: int) -> Iterator[tuple[int, Slots]]:
    if not form:
        yield at, {}
        return
    head, behind = form[0], form[1:]
    if isinstance(head, _OneOf):
        for choice in head.choices:
            yield from _fit((*choice, *behind), words, at)
    elif isinstance(head, str):
        if at < len(words) and words[at].casefold() == head:
            yield from _fit(behind, words, at + 1)
    else:
        for end in range(min(at + LONGEST, len(words)), at, -1):
            if slots := _read(head.name, words[at:end]):
                yield from ((last, slots | more) for last, more in _fit(behind, words, end))


@lru_cache(maxsize=4096)
def _read(name: str, words: Words) -> Slots:
    return readers()[name](words)


@cache
def readers() -> dict[str, Reader]:
    """The reader of every slot; a list of hook_words.toml is read by its own words."""
    kinds: dict[str, Reader] = {slot: _of_kind(slot) for slot in table()["slots"]}
    lists: dict[str, Reader] = {name: _of_list(name) for name in table()["lists"]}
    return kinds | lists | hook_names.READERS | hook_what.READERS | hook_who.READERS | hook_work.READERS


def _of_kind(slot: str) -> Reader:
    def read(words: Words) -> Slots:
        found = headed(slot, words)
        return found.as_slot(slot) if found and not found.text.startswith(("my ", "our ")) else {}

    return read


def _of_list(name: str) -> Reader:
    def read(words: Words) -> Slots:
        return {name: small(words)} if small(words) in listed("lists", name) else {}

    return read


# Where, with whom and for what, behind any of them.

_AT = frozenset(["in", "at", "on", "near", "by"])
_WAY = frozenset(["up", "down", "over", "out", "back"])
_FOR = frozenset(["for", "over", "during", "on", "at"])


def _tails(words: Words, at: int) -> tuple[Slots, int]:
    slots: Slots = {}
    while at < len(words):
        found, end = _tail(words, at)
        if not found or found.keys() & slots.keys():
            break
        slots |= found
        at = end
    return slots, at


def _tail(words: Words, at: int) -> tuple[Slots, int]:
    lead = words[at].casefold()
    if lead in _WAY and at + 1 < len(words) and words[at + 1].casefold() in _AT:
        return _tail(words, at + 1)
    for end in range(min(at + 7, len(words)), at + 1, -1):
        inner = words[at + 1 : end]
        if lead == "with" and (who := _read("kin", inner)):
            return {"with": who["with"]} | _mate(who["kin"]), end
        if lead in _FOR and (holiday := _read("for", inner)):
            return holiday, end
        if lead in _AT and (spot := _read("spotted", inner)):
            return {"at": f"{lead} {spot['spotted']}"}, end
    return {}, at


def _mate(who: str) -> Slots:
    """One alone, who may let them win."""
    one = who.startswith("your ") and not who.endswith("s") and " and " not in who
    return {"mate": who} if one and who.rsplit(maxsplit=1)[-1] not in listed("lists", "companions") else {}
