"""What the actor knows and keeps: private small talk, and the days that are pinned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.writing.checker_about import stem
from handlers.writing.checker_days import dates
from handlers.writing.checker_known import Hit, Knowledge
from handlers.writing.checker_phrases import listed, table
from handlers.writing.checker_said import quoted
from handlers.writing.checker_text import Reading, fold, words_of
from handlers.writing.followup import private

TELLING = 4
"""Letters of a word that gives a secret away alone."""


def private_told(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """H12: a sentence that gives away what is marked private, or is so by itself."""
    secrets = [fact for fact in known.facts if fact.private or private(fact.words)]
    if not secrets:
        return
    open_words = {w for fact in known.facts if fact not in secrets for w in _stems(fact.words)}
    open_words |= {w for item in known.news for w in _stems(item.words)}
    open_words |= {w for text in (known.name, *known.others, *known.titles, *known.roles) for w in _stems(text)}
    for sentence in reading.sentences:
        if sentence.kind not in ("text", "bullet"):
            continue
        words = [
            (w.start(), w.end(), stem(w[0].removesuffix("'s")))
            for w in words_of(reading.masked[sentence.start : sentence.end])
        ]
        for secret in secrets:
            telling = _stems(secret.words) - open_words
            hits = [(start, end, word) for start, end, word in words if word in telling]
            if len({w for *_, w in hits}) >= 2 or any(_gives_away(w) for *_, w in hits):
                start, end = sentence.start + hits[0][0], sentence.start + hits[-1][1]
                yield Hit("H12", start, end, table()["H12"]["told"].format(words=quoted(reading, start, end)))
                break


def _stems(text: str) -> set[str]:
    words = (found[0].removesuffix("'s") for found in words_of(fold(text)))
    return {stem(w) for w in words if (w not in listed("empty") or w in listed("kin")) and len(w) > 2}


def _gives_away(word: str) -> bool:
    return word not in _plain_stems() and len(word) >= TELLING


@cache
def _plain_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in (*listed("common"), *listed("kin")))


def unavailable(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """H14: a pinned day is nobody's business, and news on it cannot be kept."""
    for dated in dates(reading.masked, day_first=known.customs.day_first):
        if any(dated.is_day(day) for day in known.pinned):
            words = quoted(reading, dated.start, dated.end)
            reason = table()["H14"]["reason"].format(words=words, agent=known.agent.strip() or "you and your agent")
            yield Hit("H14", dated.start, dated.end, reason)
