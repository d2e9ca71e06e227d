"""The days a note speaks of: dates written out, and words like "yesterday" or "on Friday" seen from a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9]|:[0-9])"
_NAMED = "|".join(name.casefold() for name in WEEKDAYS)
_WEEKDAY = rf"(?:(?P<weekday>{_NAMED}|mon|tues?|weds?|thu|thurs?|fri|sat|sun)\b\.?,?[ \n](?:the )?)?"
_TO = rf"(?: ?(?:-|and|to|through|thru|&|or) ?(?:the )?(?P<to>{_DAY})\b)?"
_DATE = re.compile(
    rf"\b{_WEEKDAY}(?:(?P<month>{_MONTH})[ \n](?:the (?=[0-9]{{1,2}}[snrt]))?(?P<day>{_DAY}){_TO}"
    rf"|(?P<day2>{_DAY}) (?:of )?(?P<month2>{_MONTH}))"
    r"(?:,? (?P<year>20[0-9]{2})\b)?"
    rf"|\b(?P<iso>20[0-9]{{2}}-[01][0-9]-[0-3][0-9])\b"
    r"|(?<![0-9/.])(?P<one>[0-3]?[0-9])/(?P<two>[0-3]?[0-9])(?:/(?P<year2>(?:20)?[0-9]{2}))?(?![0-9/])"
)
_WORD = re.compile(
    r"(?<!every )\b(?:today|tonight|tomorrow(?: night)?|yesterday|last night"
    r"|(?:earlier )?this (?:morning|afternoon|evening)"
    r"|(?:this|last|next|this coming|this past|the other) (?:week(?:end)?|month)"
    rf"|(?:on |this |last |next |this coming |this past )?(?:{_NAMED}))\b"
    rf"(?!,? (?:the )?(?:[0-9]|{_MONTH} ?[0-9]))"
)


@dataclass(frozen=True)
class Dated:
    """A date in a text: its place, month and days, and the weekday and year where they stand there."""

    start: int
    end: int
    month: int
    day: int
    to: int
    year: int | None
    weekday: int | None
    swapped: tuple[int, int] | None = None
    """Month and day the other way round, where only numbers were written."""

    def is_day(self, day: date) -> bool:
        """Whether it can mean that day."""
        if self.year not in (None, day.year):
            return False
        return (day.month == self.month and self.day <= day.day <= self.to) or (day.month, day.day) == self.swapped

    def nearest(self, today: date) -> date | None:
        """The day it means, told on a day; None where there is no such day."""
        years = [self.year] if self.year else [today.year, today.year + 1, today.year - 1]
        days = [found for year in years if (found := _day(year, self.month, self.to))]
        return min(days, key=lambda found: abs((found - today).days - 60), default=None)


@lru_cache(maxsize=1024)
def dates(text: str, *, day_first: bool = False) -> tuple[Dated, ...]:
    """The dates in a folded text."""
    found = (_dated(found, day_first=day_first) for found in _DATE.finditer(text))
    return tuple(dated for dated in found if dated)


def _dated(found: re.Match[str], *, day_first: bool) -> Dated | None:
    start, end = found.span()
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return Dated(start, end, month, day, day, year, None) if _day(year, month, day) else None
    if found["one"]:
        one, two = int(found["one"]), int(found["two"])
        month, day = (two, one) if (day_first and two <= 12) or one > 12 else (one, two)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        short = int(found["year2"][-2:]) + 2000 if found["year2"] else None
        return Dated(start, end, month, day, day, short, None, (day, month))
    number = _number(found["day"] or found["day2"])
    month = MONTHS.index((found["month"] or found["month2"])[:3]) + 1
    if not 1 <= number <= 31:
        return None
    to = max(number, _number(found["to"])) if found["to"] else number
    weekday = next(
        (n for n, name in enumerate(WEEKDAYS) if found["weekday"] and name.casefold().startswith(found["weekday"][:3])),
        None,
    )
    return Dated(start, end, month, number, to, int(found["year"]) if found["year"] else None, weekday)


def _number(text: str) -> int:
    return int(re.sub(r"[^0-9]", "", text))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Spoken:
    """A word for a day in a text: its place, and the days it can mean."""

    start: int
    end: int
    word: str
    days: frozenset[date]


@lru_cache(maxsize=64)
def spoken(text: str, today: date) -> tuple[Spoken, ...]:
    """The words for days in a folded text, told on a day."""
    return tuple(Spoken(f.start(), f.end(), f[0], _days(f[0], today)) for f in _WORD.finditer(text))


@lru_cache(maxsize=512)
def _days(word: str, today: date) -> frozenset[date]:
    return frozenset(_meant(word, today))


def _meant(word: str, today: date) -> Iterator[date]:
    if word in ("today", "tonight") or re.search("this (?:morning|afternoon|evening)", word):
        yield today
    elif word.startswith("tomorrow"):
        yield today + timedelta(1)
    elif word in ("yesterday", "last night"):
        yield today - timedelta(1)
    elif word.endswith("month"):
        shift = {"last": -1, "next": 1}.get(word.split(maxsplit=1)[0], 0)
        yield from (d for d in _around(today, 62) if (d.year * 12 + d.month) - (today.year * 12 + today.month) == shift)
    elif "week" in word:
        yield from _week(word, today)
    else:
        yield from _weekday(word, today)


def _week(word: str, today: date) -> Iterator[date]:
    shift = {"last": -7, "next": 7}.get(word.split(maxsplit=1)[0], 0)
    monday = today - timedelta(today.weekday()) + timedelta(shift)
    first, last = (4, 7) if word.endswith("weekend") else (0, 7)
    if "past" in word or "other" in word or (word == "last weekend" and today.weekday() == 6):
        yield from (monday - timedelta(7 - n) for n in range(first, last))
    if word == "next weekend" and today.weekday() < 4:
        yield from (monday - timedelta(7 - n) for n in range(first, last))
    yield from (monday + timedelta(n) for n in range(first, last))


def _weekday(word: str, today: date) -> Iterator[date]:
    number = next(n for n, name in enumerate(WEEKDAYS) if word.endswith(name.casefold()))
    back, ahead = -7, 7
    if word.startswith(("last", "this past")):
        back, ahead = -13, -1
    elif word.startswith(("next", "this coming")):
        back, ahead = 1, 13
    elif word.startswith("this"):
        back, ahead = -6, 7
    yield from (d for d in (today + timedelta(n) for n in range(back, ahead + 1)) if d.weekday() == number)


def _around(today: date, days: int) -> Iterator[date]:
    return (today + timedelta(n) for n in range(-days, days + 1))
