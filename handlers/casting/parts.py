"""The runs of words that no step and no moment has taken, parted where a little word begins another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.casting.lines import Line, Token
from handlers.casting.vocabulary import TABLE

_SHORT = 3
"""Words of a run in which "in" and "on" are a title's: "Man on Fire"."""


@dataclass(frozen=True)
class Part:
    """A run of words, with the little word that leads it and where it stands to the step."""

    lead: str
    words: str
    tokens: tuple[Token, ...]
    side: str
    """before, after, near (a comma between), next (in the sentence that follows), far."""
    closes: str = ""
    """The little word it ends with: "nurse ray in"."""


def parts_of(line: Line, letter: str) -> list[Part]:
    """The runs of words, parted where a little word begins another matter."""
    tokens = line.tokens()
    here = next(at for at, token in enumerate(tokens) if token.word == letter)
    runs: list[tuple[str, list[Token]]] = []
    fresh = True
    for at, token in enumerate(tokens):
        if token.is_mark:
            fresh = True
            continue
        if fresh or token.breaks:
            runs.append((_side(tokens, at, here), []))
            fresh = False
        runs[-1][1].append(token)
    return [part for side, run in runs for part in _split(line, run, side)]


def _side(tokens: Sequence[Token], at: int, here: int) -> str:
    """Where a run that begins at this token stands to the step."""
    low, high = (here + 1, at + 1) if at > here else (at + 1, here + 1)
    breaks = sum(token.breaks for token in tokens[low:high])
    stops = sum(token.stops for token in tokens[low:high])
    if breaks == 0:
        return "after" if at > here else "before"
    return "near" if breaks <= 2 and stops == 0 else "next" if stops <= 1 and breaks <= 1 and at > here else "far"


def _split(line: Line, run: list[Token], side: str) -> list[Part]:
    parts: list[Part] = []
    lead, kept = "", list[Token]()
    for token in run:
        if token.word in TABLE["runs"]["part"] or (token.word in TABLE["runs"]["part_long"] and len(run) > _SHORT):
            if kept:
                parts.append(_part(line, lead, kept, side, token.word))
            lead, kept = token.word, []
        else:
            kept.append(token)
    if kept:
        parts.append(_part(line, lead, kept, side, ""))
    elif parts and lead:
        parts[-1] = replace(parts[-1], closes=lead)
    return parts


def _part(line: Line, lead: str, tokens: list[Token], side: str, closes: str) -> Part:
    return Part(lead, line.text[tokens[0].start : tokens[-1].end], tuple(tokens), side, closes)


def trimmed(part: Part, words: str) -> Part:
    """Without the words that are worn off the ends of a title."""
    start = part.words.find(words) + part.tokens[0].start if words else 0
    tokens = [t for t in part.tokens if words and start <= t.start < start + len(words)]
    edges = frozenset(TABLE["edges"])
    while tokens and tokens[-1].word in edges:
        tokens.pop()
    while tokens and tokens[0].word in edges and not (tokens[0].word == "the" and len(tokens) > 1):
        tokens.pop(0)
    if not tokens:
        return replace(part, words="", tokens=())
    text = words[tokens[0].start - start : tokens[-1].end - start]
    return replace(part, words=text, tokens=tuple(tokens))
