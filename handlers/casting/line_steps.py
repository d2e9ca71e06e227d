"""The steps a line names, each with whether the words around it say that it is one of the actor's own, and is so."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from handlers.casting.lines import MOST_WORDS, Line, Token, is_mark
from handlers.casting.phrases import Phrases, spoken
from handlers.casting.stages import STAGES
from handlers.casting.vocabulary import table
from handlers.reading.spelling import fold

NOTHING = "nothing"
ROUNDS = ("requested", "callback", "director_session", "producer_session", "work_session", "chemistry", "test")
"""What takes place at an hour, so that the past tells of a room that was."""
ACTIONS = ("moved", "cancelled", "late", "confirm", "decline", "new_time", "answered", "away", "good_read")
"""What is done to a step: it goes before the step's own name."""
_NTH = {"2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "another": 2, "5th": 5, "fifth": 5}
_BARELY = ("got", "landed", "scored", "nabbed")
_WINDOW, _MOST_STEPS = 4, 12
_ME = re.compile(r"\b(?:me|my|i|im|ive|ill|we|us|myself|you|your|youre|youve)\b")
_AVAIL_ASK = re.compile(r"\b(?:(?:are )?you|am i|are we) (?:avail|available|free)\b")


@dataclass(frozen=True)
class Step:
    """One step where it is named; `text` as typed."""

    start: int
    end: int
    key: str
    weak: bool
    words: str
    number: int = 1
    text: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the words themselves say whose it is: "put me on hold"."""
        return _ME.search(self.words) is not None


@dataclass(frozen=True)
class _Hit:
    """A phrase from one token to another."""

    first: int
    last: int
    key: str
    weak: bool
    words: str

    @property
    def size(self) -> int:
        return self.last - self.first


@cache
def _phrases() -> Phrases:
    found, said = Phrases(), table("steps.toml")
    for key, words in said["says"].items():
        found.add(words, key)
    for one in STAGES:
        found.add(map(_plain, one.words), one.key)
        found.add(map(_plain, one.weak), one.key, weak=True)
    for key, words in said["weak"].items():
        found.add(words, key, weak=True)
    return found


@cache
def slashed() -> dict[str, str]:
    """What stands behind a slash and is no stage, by its words."""
    return {word: key for key, words in table("steps.toml")["slash"].items() for word in words}


@cache
def _none() -> Phrases:
    found = Phrases()
    found.add(table("steps.toml")[NOTHING]["words"], NOTHING)
    return found


def _plain(words: str) -> str:
    return " ".join(fold(words).replace("'", "").replace("-", " ").split())


@cache
def words_of(kind: str) -> frozenset[str]:
    """One of the lists of words that say a step is none."""
    return frozenset(table("steps.toml")["unsaid"][kind])


@cache
def _spans_of(kind: str) -> re.Pattern[str]:
    phrases = sorted(table("steps.toml")["unsaid"][kind], key=len, reverse=True)
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, phrases))})(?=\s|$)")


def mark_steps(line: Line) -> list[Step]:
    """Find the steps and let letters stand for them, in the order of the text; with those that are none."""
    tokens = line.tokens()
    if len(tokens) > MOST_WORDS:
        return []
    said, places = spoken(tokens)
    hits = list[_Hit]()
    for at in range(len(tokens)):
        for phrases in (_phrases(), _none()):
            if hit := phrases.at(said, places[at]):
                end, key, weak = hit
                hits.append(_Hit(at, _token_before(places, end, at), key, weak, said[places[at] : end].strip()))
    # "Got" says nothing beside a step that has a name of its own.
    named = [hit for hit in hits if hit.key not in (NOTHING, "loosely")]
    hits = [hit for hit in hits if hit.key != "loosely" or hit.words.split()[0] not in _BARELY] if named else hits
    found = [_step(line.text, tokens, hit) for hit in _apart(hits)]
    if len(found) > _MOST_STEPS:
        return []
    for step in reversed([step for step in found if step.key != NOTHING]):
        line.put(step.start, step.end, step)
    return found


def _apart(hits: Sequence[_Hit]) -> list[_Hit]:
    """Those that do not overlap: what is no step first, unless it is a part of one; then the longest."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (not _wins(hit, hits), -hit.size, hit.first)):
        if all(hit.last < other.first or other.last < hit.first for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def _wins(hit: _Hit, hits: Sequence[_Hit]) -> bool:
    covered = any(o.key != NOTHING and o.first <= hit.first and hit.last <= o.last and o.size > hit.size for o in hits)
    return hit.key == NOTHING and not covered


def _token_before(places: Sequence[int], end: int, at: int) -> int:
    while at + 1 < len(places) and places[at + 1] < end:
        at += 1
    return at


def _step(text: str, tokens: Sequence[Token], hit: _Hit) -> Step:
    first, last, key, words = hit.first, hit.last, hit.key, hit.words
    before = tokens[first - 1] if first and not tokens[first].breaks else None
    number = _NTH.get(before.word, 1) if before and key in ("callback", "test") else 1
    if number == 1 and key == "callback":
        number = next((_NTH[word] for word in words.split() if word in _NTH), 1)
    start = before.start if before and number > 1 and before.word in _NTH else tokens[first].start
    return Step(start, tokens[last].end, key, hit.weak, words, number, text[tokens[first].start : tokens[last].end])


def stands(line: Line, letter: str, step: Step, *, via: str, titles: Collection[str]) -> bool:
    """Whether the words around a step leave it standing: no hope, no denial, no question, nobody else's."""
    tokens = line.tokens()
    here = next(at for at, token in enumerate(tokens) if token.word == letter)
    before, after = _before(tokens, here), _after(tokens, here)
    whole = " ".join(token.word for token in tokens)
    if _spans_of("ago").search(whole) or (_is_question(line, tokens, here) and not _may_ask(step, via)):
        return False
    if words_of("not").intersection(_since_mark(before)[-_WINDOW:]) or words_of("hope").intersection(before):
        return False
    if step.key in ROUNDS and (words_of("past").intersection(before) or words_of("went").intersection(after[:3])):
        return False
    return step.is_told or not _is_others([word for word in before if word not in titles], step)


def _since_mark(before: Sequence[str]) -> Sequence[str]:
    """The words since the step before: "not booked, just an avail" denies the booking."""
    last = max((at for at, word in enumerate(before) if is_mark(word)), default=-1)
    return before[last + 1 :]


def _may_ask(step: Step, via: str) -> bool:
    return step.key in ("new_time", "loosely") or bool(_AVAIL_ASK.search(step.words) and via)


def _before(tokens: Sequence[Token], here: int) -> list[str]:
    """The words of the clause before a step."""
    words: list[str] = []
    at = here
    while at > 0 and not tokens[at].breaks and tokens[at - 1].word not in ("but", "then"):
        at -= 1
        words.insert(0, tokens[at].word)
    return words


def _after(tokens: Sequence[Token], here: int) -> list[str]:
    words: list[str] = []
    for token in tokens[here + 1 :]:
        if token.breaks:
            break
        words.append(token.word)
    return words


def _is_question(line: Line, tokens: Sequence[Token], here: int) -> bool:
    """Whether the step's sentence asks something."""
    ends = next((token.start for token in tokens[here + 1 :] if token.stops), len(line.text))
    first = next(token for token in reversed(tokens[: here + 1]) if token.stops)
    second = tokens[tokens.index(first) + 1 :][:1]
    exclaims = first.word == "what" and bool(second) and second[0].word in ("a", "an")
    asks = first.word in words_of("asks") and first is not tokens[here] and not exclaims
    return asks or "?" in line.text[tokens[here].end : ends]


def _is_others(before: Sequence[str], step: Step) -> bool:
    """Whether it is somebody else's: "my friend", "jenna got a"."""
    subject = next((w for w in reversed(before) if w in words_of("other") or w in words_of("mine") - {"my", "our"}), "")
    if subject in words_of("other"):
        return True
    if subject:
        return False
    left = list(before)
    verb = step.words.split()[0] in words_of("verbs")
    while left and (left[-1] in words_of("between") or left[-1] in words_of("verbs")):
        verb = verb or left[-1] in words_of("verbs")
        left.pop()
    return bool(verb and left and not is_mark(left[-1]) and left[-1] not in words_of("cries"))
