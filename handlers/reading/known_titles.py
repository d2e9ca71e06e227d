"""Titles in what an actor types: those that are quoted, and those of projects already known, typos included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers.reading.casting_words import cut_words, is_words, like
from handlers.reading.spelling import fold, has_letter

ENDS = " \t•◦‣▪.,!?:;\"'“”‘’*_~-–—/\\"
PART_END = re.compile(r"[,，、;；\n|·()\[\]{}—]|(?<=\s)[-–~]+(?=\s)")
_OPENING = " \t-–'\"“‘*_~#"
SLOT = re.compile("[\ue000-\ue0ff]")
"""Titles that are settled stand in the text as one private letter each, so that nothing is read into them."""
LONGEST_TITLE = 120
_FIRST_SLOT = 0xE000
_MOST_SLOTS = 8
_CLOSE = 90
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»\n]{1,120})[”\"»“]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class KnownProject:
    """A project of the actor's, with the role and size of its last round."""

    id: int
    title: str
    role: str = ""
    size: str = ""


@dataclass(frozen=True)
class Slot:
    """A settled title, and the project it is where that is known."""

    title: str
    known: KnownProject | None = None


_TitleWords = tuple[tuple[str, ...], KnownProject]


def settled(text: str, known: Sequence[KnownProject]) -> tuple[str, list[Slot]]:
    """The text with a private letter for each title that is quoted or known."""
    slots: list[Slot] = []
    by_title = {fold(project.title): project for project in reversed(known)}

    def put(title: str, project: KnownProject | None) -> str:
        slots.append(Slot(title, project))
        return f" {chr(_FIRST_SLOT + len(slots) - 1)} "

    def quoted(found: re.Match[str]) -> str:
        if len(slots) >= _MOST_SLOTS or not is_title(found[1]):
            return found[0]
        project = by_title.get(fold(found[1]))
        return put(project.title if project else found[1].strip(), project)

    text = _QUOTED.sub(quoted, text)
    titles = _title_words(known)
    while len(slots) < _MOST_SLOTS and (found := _find_known(text, titles)):
        start, end, project = found
        text = text[:start] + put(project.title, project) + text[end:]
    return text, slots


def _find_known(text: str, titles: Sequence[_TitleWords]) -> tuple[int, int, KnownProject] | None:
    """Where the longest known title stands, whatever commas it holds."""
    words = [(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text)]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word[2], []).append(at)
    for title, project in titles:
        for at in places.get(title[0], ()):
            run = words[at : at + len(title)]
            if tuple(word[2] for word in run) == title and _stands_free(text, run[0][0], run[-1][1], len(title)):
                return run[0][0], run[-1][1], project
    return None


def _title_words(known: Sequence[KnownProject]) -> list[_TitleWords]:
    """Each title's words, also without its article; the longest first."""
    found: list[_TitleWords] = []
    for project in known:
        words = tuple(fold(m[0]) for m in _WORD.finditer(project.title))
        found.append((words, project))
        if len(words) > 2 and words[0] in ("the", "a", "an") and not is_words(words[1:]):
            found.append((words[1:], project))
    return sorted((pair for pair in found if pair[0]), key=lambda pair: -len(pair[0]))


def _stands_free(text: str, start: int, end: int, words: int) -> bool:
    """Tell "copper falls 2" from Copper Falls; one word is a title only at the front or after "in"."""
    before, after = text[:start].rstrip(_OPENING), text[end:]
    if re.match(r"\s+\d", after):
        return False
    if words > 1:
        return True
    leads = not before or like(r"(?:.*[\n,]\s*)?(?:<leads>|<joints>)$").fullmatch(before[-60:]) is not None
    rest = PART_END.split(after, maxsplit=1)[0].strip(ENDS)
    return leads and (not rest or cut_words(rest)[0] == "" or rest.casefold().startswith("as "))


def is_title(text: str) -> bool:
    """Whether there is anything to call a thing by."""
    return any(char.isalnum() for char in text)


def slot_number(letter: str) -> int:
    """The place among the slots of a private letter."""
    return ord(letter) - _FIRST_SLOT


def close_to(told: str, known: Sequence[KnownProject]) -> KnownProject | None:
    """The known project that this can only be a typo of."""
    said = fold(told)
    if not 4 <= len(said) <= LONGEST_TITLE or not has_letter(said):
        return None
    digits = re.sub(r"\D", "", said)
    near = [(fuzz.ratio(said, fold(p.title)), p) for p in known if re.sub(r"\D", "", fold(p.title)) == digits]
    best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _CLOSE else None
