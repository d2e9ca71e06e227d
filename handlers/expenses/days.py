"""The day money was spent: it lies in the past, so a day without its year is the last one gone by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from handlers.reading.day_words import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    NEAR,
    NUMBERS,
    SLASHED,
    WEEKDAY,
    WORDS,
    Asked,
    any_of,
    neat,
    read_days,
)

EARLIEST = date(2000, 1, 1)
_YEAR = r"(?P<y>20[0-9]{2}|'?[0-9]{2})"
_FIGURES = rf"(?P<a>[0-9]{{1,2}})(?P<s>[/.-])(?P<b>[0-9]{{1,2}})(?P=s){_YEAR}"
_ISO = r"(?P<iy>20[0-9]{2})(?P<is>[/.-])(?P<im>[0-9]{1,2})(?P=is)(?P<id>[0-9]{1,2})"
_AGO = rf"(?P<n>[1-9][0-9]?|an?|{any_of(n for n in NUMBERS if len(n) > 1)}|a couple(?: of)?) (?P<unit>day|week)s? ago"
_THE_DAY = r"the (?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)"
_NO_DAY_NEXT = r"(?!\s{1,2}[0-9]{1,2}(?:st|nd|rd|th)?(?![\w.,/:]))"
"""Where the month comes first, "12 nov 3" is a number and a date."""
_AFTER_SHY = re.compile(
    r"\s?(?:hat|dress|dresses|glasses|screen|block|tan|shade|down|through|in|with)\b", re.IGNORECASE
)
_BEFORE_SHY = re.compile(r"\b(?:i|we|she|he|they|where|who|the|a|newly)\s$", re.IGNORECASE)
_HINTS = {key: frozenset(words) for key, words in WORDS["text"].items()}


@dataclass(frozen=True)
class FoundDay:
    """A day where it stands in a text; `is_dated` where its own year was said."""

    start: int
    end: int
    day: date
    is_dated: bool


def _bare(pattern: str) -> str:
    """A pattern without its names, with room for the blanks of running text."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace(" ", r"[\s,]{1,2}")


@cache
def _pattern(*, day_first: bool) -> re.Pattern[str]:
    months = (DAY_FIRST, MONTH_FIRST) if day_first else (MONTH_FIRST, DAY_FIRST + _NO_DAY_NEXT)
    month_year = rf"(?:{any_of(MONTHS)})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?,? 20[0-9]{{2}}"
    plain = "|".join(f"(?:{_bare(one)})" for one in (month_year, *months, SLASHED, WEEKDAY, NEAR, _THE_DAY))
    return re.compile(
        rf"(?<![\w/$£€#'.:@+\-])(?:on\s|from\s)?"
        rf"(?:(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s)?(?:{_FIGURES}|{_ISO})"
        rf"|(?P<ago>{_AGO.replace(' ', '[ ]')})|(?P<plain>{plain}))"
        rf"(?![\w/%]|'\w|-\w|[.:,][0-9]|\s?[ap]m\b)",
        re.IGNORECASE,
    )


def find_days(text: str, today: date, *, day_first: bool) -> list[FoundDay]:
    """The days named in a text, in their order."""
    found = (_found(m, text, Asked(today, day_first, "past")) for m in _pattern(day_first=day_first).finditer(text))
    return [one for one in found if one]


def _found(m: re.Match[str], text: str, asked: Asked) -> FoundDay | None:
    if m["plain"]:
        return None if _is_no_day(m, text) else _plain(m, asked)
    if m["ago"]:
        count = {"a": 1, "an": 1}.get(m["n"].lower()) or NUMBERS.get(m["n"].lower()) or _digits(m["n"])
        day: date | None = asked.today - timedelta(days=count * (7 if m["unit"].lower() == "week" else 1))
    elif m["iy"]:
        day = _date(int(m["iy"]), int(m["im"]), int(m["id"]))
    else:
        first, second = int(m["a"]), int(m["b"])
        month, in_month = (second, first) if asked.day_first else (first, second)
        month, in_month = (in_month, month) if month > 12 else (month, in_month)
        day = _date(int(m["y"].lstrip("'")) % 100 + 2000, month, in_month)
    return FoundDay(m.start(), m.end(), day, is_dated=not m["ago"]) if day and day >= EARLIEST else None


def _digits(said: str) -> int:
    return int(said) if said.isdecimal() else 2


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(m: re.Match[str], asked: Asked) -> FoundDay | None:
    said = neat(m["plain"]).replace(". ", " ")
    year = re.search(r" (20[0-9]{2})$", said)
    if year:
        day = _dated(said[: year.start()], int(year[1]))
    else:
        spans = read_days(said, asked)
        day = spans[0].first if len(spans) == 1 or (spans and asked.look == "past") else None
    return FoundDay(m.start(), m.end(), day, is_dated=bool(year)) if day and day >= EARLIEST else None


def _dated(said: str, year: int) -> date | None:
    """Read "nov 3" in the year that was said with it."""
    month = next((number for word, number in MONTHS.items() if re.search(rf"\b{word}\b", said)), 0)
    day = re.search(r"[0-9]{1,2}", said)
    return _date(year, month, int(day[0])) if month and day else None


def _is_no_day(m: re.Match[str], text: str) -> bool:
    """Tell "sun hat", "may 5 people" and "3/4 sleeves" from days."""
    said, after = neat(m["plain"]), text[m.end() :]
    following = re.match(r"\s{0,3}(\w+)", after)
    before = re.search(r"(\w+)\W{0,3}$", text[: m.start()])
    if said in _HINTS["shy"] and (_AFTER_SHY.match(after) or _BEFORE_SHY.search(text[: m.start()])):
        return True
    if before and before[1].lower() in _HINTS["numbered"]:
        return True
    return said[-1:].isdigit() and following is not None and following[1].lower() in _HINTS["counted"] - {"mi", "miles"}
