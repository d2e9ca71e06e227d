"""E-mail addresses in what was typed: a bounded, plain shape, in which no header and no second address can hide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.reading.spelling import fold

LONGEST = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    r"(?<![\w.%+@'-])[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}@"
    rf"(?:{_LABEL}\.){{1,8}}(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9]{{2,59}})(?![\w@-])"
)
_LEAD = re.compile(
    r"(?:(?:\b(?:her|his|their|the)\s+)?\b(?:e-?mail|mail)(?:\s+address)?(?:\s+is)?\s*[:=]?\s*)?(?:mailto:)?[<(\[\"']?\s*$",
    re.IGNORECASE,
)
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
    return done + line[at:]


def _found(line: str) -> Iterator[re.Match[str]]:
    return (found for found in _ADDRESS.finditer(line) if _is_sound(found[0]))


def unmasked(part: str) -> str:
    """The address that a part stands for; empty where it stands for itself."""
    is_mask = bool(part) and all(_MASK <= ord(letter) < _MASK + 128 for letter in part)
    return "".join(chr(ord(letter) - _MASK) for letter in part) if is_mask else ""


def fits(address: str, name: str) -> bool:
    """Whether an address looks like this person's: "tess@..." or "t.quillan@..." of Tess Quillan."""
    local = fold(address.partition("@")[0])
    tokens = set(re.split(r"[._+-]", local))
    words = [word.strip(".") for word in fold(name).split()]
    return any(word in tokens or (len(word) > 2 and word in local) for word in words)
