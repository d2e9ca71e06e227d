"""The day of small talk: "ran it on sunday" is gone by, and "in two weeks" is a week."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from handlers.reading.day_cuts import Cut, cut_day, joined
from handlers.reading.day_words import Asked, Look, Span, any_of, neat, read_days
from handlers.reading.word_tables import table, words_in

_FILE = "talk_days.toml"
_TABLE: dict[str, Any] = table(_FILE)
_REACH = 1000
_SEPARATE = re.compile(r"[.,;!?\n()–—]|\b(?:and|but|so)\b", re.IGNORECASE)
_ROUGH = re.compile(
    rf"(?<![\w'-])(?:in (?P<n>[1-9][0-9]?|{any_of(_TABLE['many'])}) (?P<unit>day|week|wk)s?|(?P<month>next month)"
    rf"|(?:on )?(?P<day>the (?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th))"
    rf"(?=\s*(?:$|[,.;!)\n]|w/|(?:{any_of(_TABLE['behind'])})\b)))"
    r"(?![\w'’-])",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\b(?:in|of|since|before|after|from|until|till|til|thru|through|every|with)\s*$", re.IGNORECASE
)


def cut_talk_day(text: str, now: datetime, *, day_first: bool) -> Cut | None:
    """Take the day out of small talk; `now` is naive and local. What was done is read back, the rest ahead."""
    cut = cut_day(text, now, day_first=day_first)
    if cut and not neat(cut.phrase).startswith(("for ", "by ", "in ")) and _is_done(text, cut.phrase):
        return cut_day(text, now, day_first=day_first, look="past")
    return cut or next(_rough(text, Asked(now.date(), day_first, "future")), None)


def _is_done(text: str, phrase: str) -> bool:
    """Whether the last verb before the day tells what has been done."""
    clause = _SEPARATE.split(text[: text.find(phrase)][-_REACH:])[-1]
    words = re.findall(r"[\w'’]+", clause.lower().replace("’", "'"))
    for at in range(len(words) - 1, -1, -1):
        if words[at] in words_in(_FILE, "ahead") | words_in(_FILE, "who"):
            return False
        if {words[at], " ".join(words[max(0, at - 1) : at + 1])} & words_in(_FILE, "happened"):
            return True
    return False


def _rough(text: str, asked: Asked) -> Iterator[Cut]:
    for found in _ROUGH.finditer(text, 0, _REACH):
        before = text[: found.start()]
        span = None if found["day"] and _NOT_AFTER.search(before[-12:]) else _span(found, text, asked)
        if span:
            yield Cut(joined(before, text[found.end() :]), found[0], span.first, span.last)


def _span(found: re.Match[str], text: str, asked: Asked) -> Span | None:
    if found["month"]:
        return _next_month(asked.today)
    if found["day"]:
        look: Look = "past" if _is_done(text, found[0]) else "future"
        spans = read_days(neat(found["day"]), Asked(asked.today, asked.day_first, look))
        return spans[0] if len(spans) == 1 else None
    few = found["n"].lower()
    count = int(few) if few.isdigit() else int(_TABLE["many"][few])
    if found["unit"].lower() == "day":
        return Span(asked.today + timedelta(days=count), asked.today + timedelta(days=count))
    day = asked.today + timedelta(days=7 * count - asked.today.weekday())  # nobody means the very day
    return Span(day, day + timedelta(days=6))


def _next_month(today: date) -> Span:
    year, month = divmod(today.year * 12 + today.month, 12)
    return Span(date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1]))
