"""The days of a line about a step: they lie ahead, one by one, in ranges and in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.casting.line import Days
from handlers.reading.day_words import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    NEAR,
    SLASHED,
    WEEKDAY,
    WEEKDAYS,
    Asked,
    any_of,
    neat,
    read_days,
)

FAR = timedelta(days=300)
"""A day without a year that is further ahead has just gone by."""
_SHY = ("sun", "sat", "mon", "wed", "may", "mar", "march")


def _bare(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace(" ", r"\s")


_MONTH = rf"(?:{any_of(MONTHS)})\.?"
_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_NO_TIME = (
    r"(?![0-9]|:[0-9]|\s?[ap]\.?m?\b|\s?(?:o'?clock|pt|et|ct|mt|min|people|ppl)\b|\s?[-–]\s?[0-9]{1,2}\s?[ap]m?\b)"
)
_ISO = r"20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
_NO_DAY = r"\s(?:callback|call|round|time|floor|refusal|ave|st|street|one|pencil|hold|choice|ad|recall|test|read)\b"
_TH = rf"(?:the\s)?{_NUMBER[: -len('?')]}(?!{_NO_DAY})"
_FROM = rf"(?:an?|[1-9][0-9]?)\s(?:day|week)s?\sfrom\s(?:now|today|tomorrow|{any_of(WEEKDAYS)})"
_DAY = "|".join(
    [
        _FROM,
        _ISO,
        *map(_bare, (MONTH_FIRST, DAY_FIRST, SLASHED)),
        rf"{_bare(WEEKDAY)},?\s{_TH}",
        _bare(WEEKDAY),
        _bare(NEAR),
    ]
)
_WEEK = (
    r"(?:(?:the\s)?(?:whole\s|all\s)?week\sof\s(?:the\s)?(?P<of>"
    + _DAY
    + r"))|(?P<week>(?:this|next)\sw(?:ee)?k(?:end)?)"
)
_IN = r"in\s(?P<count>[0-9]{1,2}|a|one|two|three|four|five|six)\s(?P<unit>day|week)s?"
_LOW = rf"(?P<low>{_NUMBER})\s?(?:-|&|\+|to|thru|through|till?|and)\s?(?P<high>{_NUMBER}\s?(?:of\s)?{_MONTH})"
_BEGIN, _END = r"(?<![\w/:.$£€#@'+])", r"(?![\w/%]|'\w|:[0-9]|\.[0-9])"
_START = re.compile(rf"{_BEGIN}(?:{_LOW}|{_WEEK}|{_IN}|(?P<day>{_DAY}|{_TH}))", re.IGNORECASE)
_BOUND = re.compile(_END, re.IGNORECASE)
_TO = r"\s?(?P<to>-{1,2}|\bto\b|\bthru\b|\bthrough\b|\btill?\b|\buntil\b)\s?"
_AND = r"\s?(?P<and>&|\+|/|,\s?(?:and|&)?|\band\b|\bor\b)\s?"
_NEXT = re.compile(rf"(?:{_TO}|{_AND})(?P<day>{_DAY}|{_NUMBER}{_NO_TIME}){_END}", re.IGNORECASE)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TILL = re.compile(r"(?:'?til|till|until|through|thru)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class DaysFound:
    """Days where they stand; `is_weekday` for one bare weekday."""

    start: int
    end: int
    days: tuple[Days, ...]
    weekday: int | None = None
    part: str = ""
    """The words, which may name a part of the day."""


def find_days(text: str, now: datetime, *, day_first: bool) -> Iterator[DaysFound]:
    """All days told in a text, in its order."""
    asked, at = Asked(now.date(), day_first, "future"), 0
    while found := _START.search(text, at):
        at = found.end()
        if not _BOUND.match(text, at) or _is_word(found, text):
            at = found.start() + 1
            continue
        head = _head(found, asked)
        if head is None:
            continue
        days, at = _more(text, found.end(), [head], asked)
        said = neat(found[0])
        alone = WEEKDAYS.get(said.removeprefix("this ").removeprefix("coming ")) if len(days) == 1 else None
        yield DaysFound(found.start(), at, tuple(days), alone, said)


def _is_word(found: re.Match[str], text: str) -> bool:
    """Tell "sun hat" and "she sat" from days: a short weekday stands before a time, a sign or the end."""
    if found[0].lower() not in _SHY:
        return False
    before = re.search(
        r"\b(on|by|due|for|this|next|until|thru|through|to|callback|check|avail|hold|shoots?)\W*$",
        text[: found.start()].lower(),
    )
    after = re.match(
        r"\W*(?:$|[0-9\ue000-\uefff]|at\b|@|noon|midday|morning|afternoon|evening|night|[ap]m\b|and\b|or\b|to\b|thru\b|from\b|by\b|around\b|in\b)|\s*[,.;!?&/+)-]",
        text[found.end() :].lower(),
    )
    return not (before or after)


def _head(found: re.Match[str], asked: Asked) -> Days | None:
    if found["low"]:
        last = _day(found["high"], asked)
        first = last and _day(f"{found['low']} {_month_of(found['high'])}", asked)
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    if found["of"]:
        base = _day(found["of"], asked)
        monday = base and base[0] - timedelta(days=base[0].weekday())
        return (monday, monday + timedelta(days=6)) if monday else None
    if found["count"]:
        count = int(_COUNTS.get(found["count"].lower(), 0) or found["count"])
        day = asked.today + timedelta(days=count * (7 if found["unit"].lower() == "week" else 1))
        return day, day
    return _day(found["week"] or found["day"], asked)


def _month_of(said: str) -> str:
    return re.sub(r"^[0-9]+(?:st|nd|rd|th)?\s*(?:of\s)?", "", said, flags=re.IGNORECASE)


def _day(said: str, asked: Asked) -> Days | None:
    """One day or a week; of two readings the first."""
    said = re.sub(r"^([a-z]+),? the (?=[0-9])", r"\1 ", neat(said))
    said = re.sub(r"^([0-9]{1,2}(?:st|nd|rd|th)?)(?=[a-z]{3})(?!st|nd|rd|th)", r"\1 ", said)
    spans = read_days(said, asked) or read_days(f"the {said}", asked)
    return (spans[0].first, spans[0].last) if spans else None


def _more(text: str, at: int, days: list[Days], asked: Asked) -> tuple[list[Days], int]:
    """The days that follow: "-12/3", ", 2 & 4", "to jan 2"."""
    while (found := _NEXT.match(text, at)) and len(days) < 20:
        start = days[-1][1]
        said = found["day"]
        is_number = re.fullmatch(_NUMBER, said, re.IGNORECASE) is not None
        if is_number and _is_time(found, text, at):
            break
        tail = _day(
            f"{start.year}-{start.month}-{re.sub(r'[a-z]+', '', said.lower())}" if is_number else said,
            _from(start, asked),
        )
        if tail is None or tail[1] < start:
            break
        if found["to"]:
            days[-1] = (days[-1][0], tail[1])
        else:
            days.append(tail)
        at = found.end()
    return days, at


def _is_time(found: re.Match[str], text: str, at: int) -> bool:
    """Whether a number behind a day is a time: "dec 7, 9", "tue/4"; not in "dec 1, 2 & 4" nor "dec 1 & 2nd"."""
    listed = (found["and"] or "").strip() in (",", "/", "or")
    if not listed and not _ends_in_weekday(text[:at]):
        return False
    return not found["day"][-1].isalpha() and not _goes_on(text, found.end())


_WEEKDAY_LAST = re.compile(rf"\b(?:{any_of(WEEKDAYS)}|today|tomorrow|tmrw)$", re.IGNORECASE)


def _ends_in_weekday(before: str) -> bool:
    return _WEEKDAY_LAST.search(before[-20:]) is not None


def _goes_on(text: str, at: int) -> bool:
    """A list of numbers: "dec 1, 2, 3"."""
    return re.match(r"\s?(?:,|&|\+|and\b)\s?[0-9]{1,2}\b(?!:|\s?[ap]m?\b)", text[at:]) is not None


def _from(start: date, asked: Asked) -> Asked:
    return Asked(start, asked.day_first, "future")
