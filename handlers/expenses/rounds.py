"""The round of a project an expense is of."""

from __future__ import annotations

import re

from handlers.expenses.sheet import Sheet, words_of
from handlers.expenses.tables import words_in
from handlers.reading.casting_words import all_words

_CALLBACKS = ("callback", "callbacks", "recall", "cb")
_LONGEST_ROUND = 3


def take_round(sheet: Sheet, *, has_project: bool) -> str:
    """The round that was named ("callback"); "first" where only "audition" was said of a project."""
    found = words_of(sheet.left)
    for length in range(_LONGEST_ROUND, 0, -1):
        for at in range(len(found) - length + 1):
            start, end = found[at].start(), found[at + length - 1].end()
            told = _round(sheet.left[start:end], has_project=has_project)
            if told:
                sheet.take(start, end)
                return told
    if has_project and (said := re.search(r"\b(?:audition|aud)\b", sheet.left, re.IGNORECASE)):
        sheet.take(said.start(), said.end())
        return "first"
    return ""


def _round(said: str, *, has_project: bool) -> str:
    told = (all_words(said) or {}).get("round", "")
    words = said.casefold().split()
    if not told or words[0] in words_in("fillers") or (len(words) == 1 and words[0] not in _CALLBACKS):
        return ""
    return told if has_project or any(word in _CALLBACKS for word in words) else ""
