"""What a line of a note is about: which of the news, which of the small talk, or the meeting itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from handlers.writing.checker_known import Knowledge, Told
from handlers.writing.checker_phrases import listed
from handlers.writing.checker_stored import capitals
from handlers.writing.checker_text import Reading, Sentence, fold, words_of
from handlers.writing.newslines import NewsItem

_PAST = re.compile(
    r"\b(?:was|were|had|loved|enjoyed|really|great|good|nice|fun|lovely|pleasure|glad|joy|blast|for|after|at|what a)\b"
)


def told_in(reading: Reading, sentence: Sentence, facts: Iterable[Told]) -> tuple[Told, ...]:
    """The small talk a sentence is about: several where they are equally near, none where none is near enough."""
    said = stems(reading.folded[sentence.start : sentence.end])
    scored = [(_share(stems(fact.words), said), fact) for fact in facts]
    best = max((score for score, _ in scored), default=0)
    return tuple(fact for score, fact in scored if score == best > 0)


def news_in(reading: Reading, sentence: Sentence, items: Iterable[NewsItem]) -> NewsItem | None:
    """The news a line tells."""
    words = reading.folded[sentence.start : sentence.end]
    said, spoken = stems(words), re.sub(r"[^\w']+", " ", f" {words} ")
    scored = [(_share(stems(i.words), said) + 2 * _names(i.words, spoken), n, i) for n, i in enumerate(items)]
    best = max(scored, key=lambda score: (score[0], -score[1]), default=None)
    return best[2] if best and best[0] > 0 else None


def is_meeting(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence speaks of the room itself, as a thing that was."""
    words = reading.folded[sentence.start : sentence.end]
    if sentence.kind != "text" or re.match(r"(?:i'm|i am|i'll|we're|i've been|i will)\b", words):
        return False
    is_past = _PAST.search(words)
    meets = any(found[0] in listed("met_words") for found in words_of(words))
    wishes = words.startswith(tuple(listed("wishes"))) or re.match(
        r"(?:hope|see you|looking forward|can't wait)\b", words
    )
    return bool(is_past) and meets and not wishes


def is_opener(reading: Reading, sentence: Sentence) -> bool:
    """Whether it is the sentence that says where one met."""
    first = next((s for s in reading.sentences if s.kind == "text"), None)
    return sentence == first and is_meeting(reading, sentence)


@lru_cache(maxsize=512)
def stems(text: str) -> frozenset[str]:
    """What the words of a text are about, their endings off; the empty ones are left out."""
    words = (found[0].removesuffix("'s") for found in words_of(fold(text)))
    return frozenset(stem(w) for w in words if w not in listed("empty") and len(w) > 2)


def stem(word: str) -> str:
    """A word without its ending: "surfing" is surf, "puppies" is pupp."""
    for ending in ("ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            plain = word.removesuffix(ending)
            return plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] and ending in ("ing", "ed") else plain
    return word.removesuffix("e") if len(word) > 4 else word


def _share(about: frozenset[str], said: frozenset[str]) -> float:
    """How much of it is said: two of its words, or half of them, and one that is long enough to mean it."""
    both = about & said
    enough = len(both) >= 2 or (both and 2 * len(both) >= len(about)) or any(len(word) >= 5 for word in both)
    return len(both) if enough else 0


def _names(words: str, spoken: str) -> int:
    return sum(f" {fold(run)} " in spoken for run in capitals(words) if len(run) > 3)


def what(words: str, most: int = 40) -> str:
    """What small talk or news is called in a sentence to the actor: its name, or its first words."""
    run = next((run for run in capitals(words) if len(run) > 3), "")
    text = run or f"“{' '.join(words.split())}”"
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…" + ("”" if text.startswith("“") else "")


def known_days(
    known: Knowledge, sentence: Sentence, reading: Reading, today: date
) -> tuple[tuple[Told, ...], NewsItem | None]:
    """The dated thing a sentence is about: small talk before news, but in a bullet news only."""
    # A title can be that of the audition and stand in the news too: the opener speaks of the room.
    is_room = reading.is_subject or is_meeting(reading, sentence)
    # Of two that read alike, the one that is not over is meant.
    items = sorted(known.news, key=lambda i: bool((last := i.ends_on or i.event_on) and last < today))
    item = None if is_room else news_in(reading, sentence, items)
    facts = () if sentence.kind == "bullet" else told_in(reading, sentence, known.open_facts)
    return facts, None if facts else item
