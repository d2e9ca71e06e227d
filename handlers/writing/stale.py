"""Date words that were right on one day and are not on another."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.writing.hooks import WEEKDAYS

_DAYS = "|".join(WEEKDAYS)
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)

# A weekday with its date beside it ("Saturday, December 5") says which day it is for good.
DATE_WORDS = re.compile(
    rf"(?i)(?<!every )\b(?:today|tonight|tomorrow(?: night)?|tmrw|yesterday|last night"
    r"|this (?:morning|afternoon|evening)|(?:this|last|next|this coming) (?:week(?:end)?|month)"
    rf"|(?:on |this |last |next |this coming )?(?:{_DAYS}))\b(?!,? (?:the )?(?:[0-9]|{MONTHS}))"
)


def stale_words(text: str, written_for: date, now_for: date) -> tuple[str, ...]:
    """Find the date words of a text, right on one day, that no longer fit another; each once, as written."""
    if written_for == now_for:
        return ()
    found = dict.fromkeys(word[0] for word in DATE_WORDS.finditer(text))
    return tuple(word for word in found if not _fits(word.casefold(), written_for, now_for))


def _fits(word: str, then: date, now: date) -> bool:
    if "month" in word:
        return (then.year, then.month) == (now.year, now.month)
    if "week" in word:
        return then.isocalendar()[:2] == now.isocalendar()[:2]
    for number, name in enumerate(WEEKDAYS):
        if word.endswith(name.casefold()):
            return _same_weekday(number, word, then, now)
    return False


def _same_weekday(number: int, word: str, then: date, now: date) -> bool:
    """Whether the weekday still names the same day: between the two days it must not have come round."""
    if word.startswith("next") and then.isocalendar()[:2] != now.isocalendar()[:2]:
        return False
    first, last = sorted((then, now))
    if (last - first).days >= 7:
        return False
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if word.startswith("last"):
        between.pop()  # the day itself is not its own last Thursday
    elif then < now:
        between.pop(0)
    return all(day.weekday() != number for day in between)
