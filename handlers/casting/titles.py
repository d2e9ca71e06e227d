"""The project a line about a step means: one that is known, by its title or a part of it, or a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers.casting.line_steps import words_of
from handlers.casting.lines import Line, Token, is_mark
from handlers.casting.stages import stage_called
from handlers.casting.vocabulary import TABLE
from handlers.reading.casting_words import words_in
from handlers.reading.day_words import MONTHS, WEEKDAYS, WORDS
from handlers.reading.known_titles import KnownProject, is_title
from handlers.reading.spelling import fold, titled

_QUOTED = re.compile(r"(?<![\w])[\"“]([^\"“”\n]{1,80})[\"”]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARTICLES = ("the", "a", "an")
_ALIKE, _ALIKE_WORD = 88, 90
_LONGEST = 7
_SEQUEL = re.compile(
    r"\s+(?:[2-9]|ii|iii|iv)\b(?!\s?[-–:/]|\s?(?:pm|am|p|a|callback|cb|days|people|ppl|hrs?|hours?)\b|\.[0-9])",
    re.IGNORECASE,
)
MOST = 6


@dataclass(frozen=True)
class Named:
    """A project as named: the known ones it fits, none where it is new."""

    title: str
    known: tuple[KnownProject, ...] = ()


def mark_known(line: Line, projects: Sequence[KnownProject]) -> None:
    """Let a letter stand for each quoted title, and each known one that stands there whole."""
    for found in reversed(list(_QUOTED.finditer(line.text))):
        if is_title(found[1]):
            same = tuple(p for p in projects if fold(p.title) == fold(found[1]))
            title = same[0].title if same else titled(found[1].strip(), words_in("small_words"))
            line.put(found.start(), found.end(), Named(title, same))
    titles = _titles(projects)
    while found_ := _find(line, titles):
        start, end, known = found_
        line.put(start, end, Named(known[0].title, known))


def _titles(projects: Sequence[KnownProject]) -> list[tuple[tuple[str, ...], tuple[KnownProject, ...]]]:
    by_words: dict[tuple[str, ...], list[KnownProject]] = {}
    for project in projects:
        words = _words(project.title)
        by_words.setdefault(words, []).append(project)
        if len(words) > 2 and words[0] in _ARTICLES:
            by_words.setdefault(words[1:], []).append(project)
    rows = [(words, tuple(same)) for words, same in by_words.items() if words]
    return sorted(rows, key=lambda row: -len(row[0]))


def _words(title: str) -> tuple[str, ...]:
    return tuple(fold(found[0]) for found in _WORD.finditer(title))


def _find(
    line: Line, titles: Sequence[tuple[tuple[str, ...], tuple[KnownProject, ...]]]
) -> tuple[int, int, tuple[KnownProject, ...]] | None:
    words = [(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(line.text)]
    folded = [word[2] for word in words]
    for title, known in titles:
        for at in (at for at, word in enumerate(folded) if word == title[0]):
            if tuple(folded[at : at + len(title)]) != title:
                continue
            start, end = words[at][0], words[at + len(title) - 1][1]
            if _stands_free(line.text, start, end, title):
                return start, end, known
    return None


def _stands_free(text: str, start: int, end: int, title: tuple[str, ...]) -> bool:
    """Tell "copper falls 2" from Copper Falls; a title of one everyday word is one only where it is written as such."""
    if _SEQUEL.match(text, end):
        return False
    if len(title) > 1:
        return True
    return not _is_everyday(title[0]) or (text[start].isupper() and not text.isupper() and start > 0)


def _is_everyday(word: str) -> bool:
    return (
        stage_called(word) is not None
        or word in WEEKDAYS
        or word in MONTHS
        or word in WORDS["days"]
        or word in TABLE["everyday"]
        or any(word in words_of(kind) for kind in ("not", "hope", "other", "mine", "past", "cries", "between"))
    )


def known_as(said: str, projects: Sequence[KnownProject]) -> tuple[KnownProject, ...]:
    """The known projects that words without their whole title mean: "brightside", "coper falls"."""
    words = tuple(word for word in _words(said) if word not in _ARTICLES)
    while words and _is_everyday(words[-1]):
        words = words[:-1]
    if not words or len(words) > _LONGEST:
        return ()
    part = tuple(p for p in projects if _is_part(words, p.title))
    return (part or _alike(" ".join(words), projects))[:MOST]


def played(said: str, projects: Sequence[KnownProject]) -> tuple[KnownProject, ...]:
    """The projects in which the words are the role: "nurse ray"."""
    words = tuple(word for word in _words(said) if word not in _ARTICLES)
    roles = ((tuple(w for w in _words(p.role) if w not in _ARTICLES), p) for p in projects)
    return tuple(p for role, p in roles if role and role == words and not all(_is_everyday(w) for w in role))


def _is_part(words: tuple[str, ...], title: str) -> bool:
    """The beginning of a title, or one long word of it."""
    whole = tuple(word for word in _words(title) if word not in _ARTICLES)
    if len(words) > len(whole):
        return False
    begins = whole[: len(words)] == words and (len(words) > 1 or len(words[0]) > 3)
    initials = len(words) == 1 and len(whole) > 1 and words[0] == "".join(word[0] for word in whole) and len(whole) > 2
    return begins or initials or (len(words) == 1 and len(words[0]) > 5 and words[0] in whole)


def _alike(said: str, projects: Sequence[KnownProject]) -> tuple[KnownProject, ...]:
    if len(said) < 5:
        return ()
    digits = re.sub(r"\D", "", said)
    scored = [(_likeness(said, p.title), p) for p in projects if re.sub(r"\D", "", p.title) == digits]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(p for score, p in scored if score == best) if best >= _ALIKE else ()


def _likeness(said: str, title: str) -> float:
    """How like a title, or its first word, in percent."""
    whole = " ".join(word for word in _words(title) if word not in _ARTICLES)
    first = whole.partition(" ")[0]
    by_word = fuzz.ratio(said, first) if " " not in said and len(first) > 5 else 0.0
    return max(fuzz.ratio(said, whole), by_word if by_word >= _ALIKE_WORD else 0.0)


def spans(tokens: Sequence[Token]) -> list[list[Token]]:
    """The runs of words that nothing has taken yet."""
    found: list[list[Token]] = []
    for token in tokens:
        if is_mark(token.word):
            found.append([])
            continue
        if token.breaks or not found:
            found.append([])
        found[-1].append(token)
    return [run for run in found if run]
