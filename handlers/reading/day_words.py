"""Days as people type them: weekdays, calendar dates, weekends, near days."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources
from typing import Any, Literal

Look = Literal["past", "future"]


@dataclass(frozen=True)
class Asked:
    """What a day is read against."""

    today: date
    day_first: bool
    look: Look


@dataclass(frozen=True)
class Span:
    """One day or several, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Part:
    """The hours of a part of the day."""

    first: int
    last: int
    afternoon: bool


def any_of(words: Iterable[str]) -> str:
    """Make a pattern for any of the words, the longest tried first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda w: (-len(w), w)))


def _numbered(table: dict[str, list[str]], start: int) -> dict[str, int]:
    return {word: number for number, words in enumerate(table.values(), start) for word in words}


WORDS: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("dates_words.toml").read_text("utf-8"))
WEEKDAYS = _numbered(WORDS["weekdays"], 0)
MONTHS = _numbered(WORDS["months"], 1)
NUMBERS: dict[str, int] = WORDS["numbers"]
PARTS = {word: Part(row["from"], row["to"], row["afternoon"]) for word, row in WORDS["parts"].items()}

LONGEST = 80
"""Letters in the longest date phrase that is looked at."""
_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\xa0": " ", ",": " ", "\t": " ", "\n": " "})


def neat(text: str) -> str:
    """Put a text in small letters, without commas and end marks; empty if it is too long to be a date."""
    if len(text) > 2 * LONGEST:
        return ""
    said = " ".join(text.translate(_SIGNS).lower().split()).rstrip(".!?;: ")
    return said if len(said) <= LONGEST else ""


def part_of(said: str) -> str:
    """Find the part of the day that a phrase names, if it does."""
    return next((word for word in said.split() if word in PARTS), "")


WD = f"(?P<wd>{any_of(WEEKDAYS)})"
_ON_WD = rf"(?:{WD}\.?,? )?"
_MON = rf"(?P<mon>{any_of(MONTHS)})\.?"
_D = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
_TH = r"(?:st|nd|rd|th)"
_Y = r"(?P<y>20[0-9]{2})"
_PART = f"(?: (?P<part>{any_of(PARTS)}))?"

_Reader = Callable[[dict[str, str], Asked], tuple[Span, ...]]


def _one(day: date | None) -> tuple[Span, ...]:
    return (Span(day, day),) if day else ()


def _date(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _nearest(days: Iterable[date | None], asked: Asked) -> date | None:
    """Find the first day to come, or the last one gone by; today counts as both."""
    if asked.look == "future":
        return min((day for day in days if day and day >= asked.today), default=None)
    return max((day for day in days if day and day <= asked.today), default=None)


def _calendar(month: int, day: int, said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    """Read a day and month; the weekday beside it settles the year, or makes two readings if it fits none."""
    this = asked.today.year
    years = [int(said["y"]) % 100 + 2000] if said.get("y") else list(range(this - 4, this + 5))
    days = [found for year in years if (found := _date(year, month, day))]
    chosen = days[0] if said.get("y") and days else _nearest(days, asked)
    if not said.get("wd") or chosen is None or chosen.weekday() == WEEKDAYS[said["wd"]]:
        return _one(chosen)
    wanted = WEEKDAYS[said["wd"]]
    near = [found for found in days if found.weekday() == wanted and abs((found - asked.today).days) < 120]
    if near:
        return _one(min(near, key=lambda found: abs((found - asked.today).days)))
    shift = (wanted - chosen.weekday() + 3) % 7 - 3
    return _one(chosen) + _one(chosen + timedelta(days=shift))


def _month_day(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    return _calendar(MONTHS[said["mon"]], int(said["d"]), said, asked)


def _figures(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    first, second = int(said["a"]), int(said["b"])
    month, day = (second, first) if asked.day_first else (first, second)
    if month > 12:
        month, day = day, month
    return _calendar(month, day, said, asked)


def _day_of_month(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    here, reach = asked.today.year * 12 + asked.today.month - 1, 1 if said.get("wd") else 2
    months = [divmod(number, 12) for number in range(here - reach, here + reach + 1)]
    days = [found for year, month in months if (found := _date(year, month + 1, int(said["d"])))]
    if said.get("wd"):
        days = [day for day in days if day.weekday() == WEEKDAYS[said["wd"]]]
    return _one(_nearest(days, asked))


def _weekday(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    wanted, today = WEEKDAYS[said["wd"]], asked.today
    monday, which = today - timedelta(days=today.weekday()), said.get("which") or ""
    back, ahead = (today.weekday() - wanted) % 7, (wanted - today.weekday()) % 7
    if which == "next":
        return _one(monday + timedelta(days=7 + wanted))
    if which == "last week":
        return _one(monday - timedelta(days=7 - wanted))
    if which in ("last", "past", "this past"):
        return _one(today - timedelta(days=back or 7))
    if which == "this" and asked.look == "past":
        return _one(monday + timedelta(days=wanted))
    if asked.look == "past" and which not in ("coming", "this coming"):
        return _one(today - timedelta(days=back))
    return _one(today + timedelta(days=ahead or 7))


def _weekday_of_week(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    return _weekday({**said, "which": "last week" if said["which"] == "last" else said["which"]}, asked)


def _near(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    return _one(asked.today + timedelta(days=WORDS["days"][said["word"]]))


def _weekend(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    today, which = asked.today, said["which"]
    saturday = today + timedelta(days=5 - today.weekday())
    if which in ("last", "this past") or (which in ("this", "the") and asked.look == "past" and saturday > today):
        saturday -= timedelta(days=7)
    if which == "next":
        saturday += timedelta(days=7)
    return (Span(saturday, saturday + timedelta(days=1)),)


def _week(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    weeks = {"last": -1, "this": 0, "next": 1}[said["which"]]
    monday = asked.today + timedelta(days=7 * weeks - asked.today.weekday())
    return (Span(monday, monday + timedelta(days=6)),)


def _month(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    month, this = MONTHS[said["mon"]], asked.today.year
    years = [int(said["y"])] if said.get("y") else [this - 1, this, this + 1]
    spans = [Span(date(y, month, 1), date(y, month, calendar.monthrange(y, month)[1])) for y in years]
    if said.get("y"):
        return tuple(spans)
    if asked.look == "future":
        return (next(span for span in spans if span.last >= asked.today),)
    return (next(span for span in reversed(spans) if span.first <= asked.today),)


def _after(said: dict[str, str], asked: Asked) -> tuple[Span, ...]:
    """Read "a week from friday", always counted from the next one to come."""
    count = 1 if said["n"] in ("a", "1") else int(said["n"])
    ahead = timedelta(days=count * (7 if said["unit"] == "week" else 1))
    base = asked.today if said["base"] in ("now", "today") else None
    starts = _one(base) if base else read_days(said["base"], replace(asked, look="future"))
    return tuple(Span(start.first + ahead, start.last + ahead) for start in starts)


_WEEKEND = f"(?:{any_of(WORDS['weekend']['words'])})"
_N = r"(?P<n>a|[1-9][0-9]?)"
_BASE = f"(?P<base>now|today|tomorrow|{any_of(WEEKDAYS)})"
MONTH_FIRST = f"{_ON_WD}{_MON} (?:the )?{_D}{_TH}?(?:,? {_Y})?"
DAY_FIRST = f"{_ON_WD}(?:the )?{_D}{_TH}? (?:of )?{_MON}(?:,? {_Y})?"
SLASHED = f"{_ON_WD}(?P<a>[0-9]{{1,2}})/(?P<b>[0-9]{{1,2}})(?:/(?P<y>(?:20)?[0-9]{{2}}))?"
WEEKDAY = f"(?:(?P<which>this past|this coming|past|coming|last|this|next) )?{WD}{_PART}"
NEAR = f"(?P<word>{any_of(WORDS['days'])}){_PART}"

SINGLE: dict[str, _Reader] = {
    rf"{_ON_WD}{_Y}(?P<s>[-/])(?P<a>[0-9]{{1,2}})(?P=s)(?P<b>[0-9]{{1,2}})": lambda said, asked: _calendar(
        int(said["a"]), int(said["b"]), said, asked
    ),
    rf"{_ON_WD}(?P<a>[0-9]{{1,2}})(?P<s>[-.])(?P<b>[0-9]{{1,2}})(?P=s){_Y}": _figures,
    SLASHED: _figures,
    MONTH_FIRST: _month_day,
    DAY_FIRST: _month_day,
    f"{WD}\\.?,? the {_D}{_TH}": _day_of_month,
    f"{WD} (?P<which>this|next|last) week": _weekday_of_week,
    f"(?P<which>this|next|last) week (?:on )?{WD}": _weekday_of_week,
    f"{_N} (?P<unit>day|week)s? from {_BASE}": _after,
    WEEKDAY: _weekday,
    NEAR: _near,
}
"""Phrases for one day, also where they stand in running text."""

SEVERAL: dict[str, _Reader] = {
    f"(?P<which>this past|this coming|this|next|last) {_WEEKEND}": _weekend,
    f"(?:over|at|on) (?P<which>the) {_WEEKEND}": _weekend,
    "(?P<which>this|next|last) w(?:ee)?k": _week,
    f"in {_MON}(?:,? {_Y})?": _month,
}

_ANSWERS: dict[str, _Reader] = {f"{_ON_WD}(?:the )?{_D}{_TH}": _day_of_month}
_READERS = [(re.compile(pattern), reader) for pattern, reader in {**SINGLE, **SEVERAL, **_ANSWERS}.items()]


def read_days(said: str, asked: Asked) -> tuple[Span, ...]:
    """Read a whole phrase as `neat` leaves it: no span, one, or two that it cannot choose between."""
    for pattern, reader in _READERS:
        if found := pattern.fullmatch(said):
            spans = reader({name: text or "" for name, text in found.groupdict().items()}, asked)
            return spans if all(_in_reach(span, asked.today) for span in spans) else ()
    return ()


def _in_reach(span: Span, today: date) -> bool:
    """No one in this trade writes of days further off than two years."""
    return (span.first - today).days >= -730 and (span.last - today).days <= 730
