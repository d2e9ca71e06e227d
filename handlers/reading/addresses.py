"""E-mail addresses in what was typed: a bounded, plain shape, in which no header and no second address can hide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.reading.spelling import fold

LONGEST = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    r"(?<![\w.%+@-])[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}@"
    rf"(?:{_LABEL}\.){{1,8}}(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9]{{2,59}})(?![\w@-])"
)
_LEAD = re.compile(
    r"(?:\b(?:(?:her|his|their|the)\s+)?e?-?mail(?:\s+address)?)?\s*(?:\b(?:is|at|on)\b|[:=])?\s*"
    r"(?:mailto:)?[<(\[\"']?\s*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s*(?:\b(?:is|was)\b|=)\s*", re.IGNORECASE)
_MOST_LEAD = 40
_CLOSING = {"<": ">", "(": ")", "[": "]", '"': '"', "'": "'"}
# Letters of nobody's script, which `worded` drops: with them an address goes through the reading of people as one part
# that no rule about words meets.
_MASK = 0xE000


def address_in(text: str) -> str:
    """The address that a message is, and nothing else; empty where it is not one."""
    bare = text.strip(" \t\r\n.,;<>()[]\"'").removeprefix("mailto:")
    found = _ADDRESS.fullmatch(bare)
    return bare if found and _is_sound(bare) else ""


def _is_sound(address: str) -> bool:
    return len(address) <= LONGEST and ".." not in address and ".@" not in address


def masked(line: str) -> str:
    """The line with each address of it, and the words and brackets that lead to it, as a part of its own."""
    if "@" not in line:
        return line
    done, at = "", 0
    for found in _found(line):
        before = line[at : found.start()]
        lead = _LEAD.search(before[-_MOST_LEAD:])
        opened = lead[0].strip()[-1:] if lead else ""
        head = before[: len(before) - len(lead[0])] if lead else before
        mask = "".join(chr(_MASK + ord(letter)) for letter in found[0])
        done, at = f"{done}{head} , {mask} ,, ", found.end()
        if opened in _CLOSING and line[at : at + 1] == _CLOSING[opened]:
            at += 1
        trail = _TRAIL.match(line, at)
        at = trail.end() if trail else at
    return done + line[at:]


def _found(line: str) -> Iterator[re.Match[str]]:
    return (found for found in _ADDRESS.finditer(line) if _is_sound(found[0]))


def unmasked(part: str) -> str:
    """The address that a part stands for; empty where it stands for itself."""
    is_mask = bool(part) and all(_MASK <= ord(letter) < _MASK + 128 for letter in part)
    return "".join(chr(ord(letter) - _MASK) for letter in part) if is_mask else ""


@dataclass
class ToldAddress:
    """An address in an answer about people: how many were told before it, and whether it stands on their line."""

    address: str
    place: int
    follows: bool
    leads: bool = False
    """The next one stands on its line."""


def whose(told: Sequence[ToldAddress], names: Sequence[str]) -> dict[int, str]:
    """The addresses by the places of the people: theirs whose name it looks like, else of the one it stands beside."""
    owners: dict[int, str] = {}
    rest: list[ToldAddress] = []
    for one in told:
        alike = [at for at, name in enumerate(names) if at not in owners and _fits(one.address, name)]
        if len(alike) == 1:
            owners[alike[0]] = one.address
        else:
            rest.append(one)
    for one in rest:
        beside = [one.place - 1] * one.follows + [one.place] * one.leads or [max(one.place - 1, 0)]
        free = [at for at in beside if 0 <= at < len(names) and at not in owners]
        owners |= dict.fromkeys(free[:1], one.address)
    return owners


def _fits(address: str, name: str) -> bool:
    """Whether an address looks like this person's: "tess@..." or "t.quillan@..." of Tess Quillan."""
    local = fold(address.partition("@")[0])
    tokens = set(re.split(r"[._+-]", local))
    words = [word.strip(".") for word in fold(name).split()]
    return any(word in tokens or (len(word) > 2 and word in local) for word in words)
