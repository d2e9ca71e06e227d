"""The days of a fact, seen from the day of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.writing.hook_words import table

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AHEAD = 60
"""Days within which a holiday that is named is the next one; one further off may be the last."""
YEAR = 300
_DISTANT = date(9999, 12, 31)


@dataclass(frozen=True)
class Fact:
    """Small talk of one person in the actor's words, its date already cut out."""

    words: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Days:
    """When it is, first and last day included; `named` if the actor told the day itself, not a holiday."""

    said_on: date
    known: bool = False
    first: date = _DISTANT
    last: date = _DISTANT
    named: bool = False

    @property
    def vague(self) -> bool:
        """Whether it is a month, on some day of which it will be."""
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1 if self.last < _DISTANT else False
        return self.known and whole and self.first.month == self.last.month

    def over(self, send_on: date) -> int:
        """For how many days it is over; below 1 it is not, or nobody knows."""
        return (send_on - self.last).days if self.known else 0


def days_of(fact: Fact, holiday: str, said_on: date, *, long: bool = False) -> Days:
    """The days told, else those of the holiday that was named, `long` with the days behind it: the next one to come."""
    first = fact.first or fact.last
    if first:
        return Days(said_on, known=True, first=first, last=max(first, fact.last or first), named=True)
    if holiday in table()["holidays"] and said_on.year < _DISTANT.year:
        day = next(day for year in (0, 1) if (day := _holiday(holiday, said_on.year + year)) >= said_on)
        if (day - said_on).days <= AHEAD:
            last = day + timedelta(days=table()["time"]["behind"].get(holiday, 0) if long else 0)
            return Days(said_on, known=True, first=day, last=last)
    return Days(said_on)


def _holiday(name: str, year: int) -> date:
    month, number, *weekday = table()["holidays"][name]
    if not weekday:
        return date(year, month, number)
    first = date(year, month, 1)
    return first + timedelta(days=(_NAMES.index(weekday[0]) - first.weekday()) % 7 + 7 * (number - 1))


def when_words(days: Days, send_on: date) -> str:
    """The words for the day, "" where none is sure: a stretch of days, or a week and more away."""
    if not days.known or not days.named:
        return ""
    if days.vague:
        return f"in {days.first:%B}" if 0 < (days.first - send_on).days < YEAR else ""
    length = (days.last - days.first).days
    week, now = days.first.isocalendar()[:2], send_on.isocalendar()[:2]
    if length == 1 and days.first.weekday() == 5:
        return "this weekend" if week == now else ""
    if length in (4, 6) and days.first.weekday() == 0 and send_on < days.first:
        return "next week" if (days.first - send_on).days <= 7 else ""
    away = (days.first - send_on).days
    if length or not 0 <= away < 7:
        return ""
    return {0: "today", 1: "tomorrow"}.get(away, f"on {_NAMES[days.first.weekday()]}")
