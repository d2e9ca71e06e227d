"""Reads when something was or will be; all days and times are naive and local to the actor.

Own readers take the everyday forms. Spans such as "in 3 days" or "an hour ago" go to dateparser,
and nothing else does: it reads "sun hat" as a Sunday and "14 apr at 11" as the year 2111.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import dateparser

from handlers.reading.clock_words import Clock, plain_words, read_time, settle, take_clock
from handlers.reading.day_cuts import Cut, cut_day
from handlers.reading.day_words import PARTS, WEEKDAYS, Asked, Look, Span, any_of, part_of, read_days

__all__ = ["Cut", "Look", "Unclear", "When", "cut_day", "read_time", "read_when", "warm", "zoned"]


_Time = time  # in a class with a field "time" the type goes by another name, or nothing can look it up


@dataclass(frozen=True)
class When:
    """What was read: a day, and a time if one was said."""

    day: date
    time: _Time | None = None


@dataclass(frozen=True)
class Unclear:
    """Two readings, between which only the actor can choose."""

    readings: tuple[When, ...]


_FILLER = re.compile(r"^(?:(?:it|that) )?(?:was |is |it's |on |for |by )+")
_COUPLE = re.compile(r"\b(?:a )?couple (?:of )?")
_UNIT = r"(?P<unit>minute|min|hour|hr|day|week|fortnight|month)s?"
_QUANTITY = rf"(?:an?|[0-9]{{1,3}}) {_UNIT}"
_TWO = _QUANTITY.replace("unit", "unit2")
_RELATIVE = re.compile(
    rf"(?P<ahead>in )?{_QUANTITY}(?: (?:and )?{_TWO})?(?P<off> ago| from now)?",
)
_DAY_AND_NUMBER = re.compile(r"(?P<day>[a-z ]+) (?P<number>[0-9]{1,2})(?P<minute>[0-5][0-9])?(?<! 20[0-9]{2})")
_WEEKDAY = re.compile(any_of(WEEKDAYS))


def read_when(text: str, now: datetime, *, day_first: bool, look: Look) -> When | Unclear | None:
    """Read the moment a whole text names, in the actor's local time; None if it is anything but a plain date."""
    said = _FILLER.sub("", plain_words(text))
    if not said:
        return None
    asked = Asked(now.date(), day_first, look)
    if said in ("now", "just now", "right now"):
        return When(now.date(), _minute(now))
    return _number(said, asked) or _day_and_number(said, asked) or _day_and_time(said, asked) or _relative(said, now)


def _minute(now: datetime) -> time:
    return now.time().replace(second=0, microsecond=0)


def _number(said: str, asked: Asked) -> Unclear | None:
    """Read "3": it may be a time of today or a day of the month."""
    if not re.fullmatch(r"[1-9]|1[0-9]|2[0-3]", said):
        return None
    clock = settle(Clock(int(said)))
    return Unclear((When(asked.today, clock), *_whens(read_days(f"{said}th", asked), None)))


def _day_and_number(said: str, asked: Asked) -> When | Unclear | None:
    """Read "tomorrow 3" as a time; "thurs 3" as one too, unless a near 3rd is a Thursday."""
    found = _DAY_AND_NUMBER.fullmatch(said)
    days = read_days(found["day"], asked) if found else ()
    if found is None or not days:
        return None
    hour, minute = int(found["number"]), found["minute"]
    clock = settle(Clock(hour, int(minute or 0), padded=bool(minute)), part_of(found["day"]))
    times = _whens(days, clock) if clock and (minute or 1 <= hour <= 12) else ()
    weekday = not minute and _WEEKDAY.fullmatch(found["day"])
    return _answer((*times, *_whens(read_days(f"{said}th", asked), None)) if weekday else times)


def _day_and_time(said: str, asked: Asked) -> When | Unclear | None:
    rest, clock = take_clock(said)
    rest = rest.removeprefix("on ")
    if clock is None:
        return _answer(_whens(read_days(said, asked), None))
    at = settle(clock, part_of(rest))
    if at is None:
        return None
    if not rest or rest in PARTS:
        return When(asked.today, at)
    return _answer(_whens(read_days(rest, asked), at))


def _whens(spans: tuple[Span, ...], at: time | None) -> tuple[When, ...]:
    """List the days of a weekend or of one day; longer spans name no day."""
    days = [day for span in spans if (span.last - span.first).days < 2 for day in sorted({span.first, span.last})]
    return tuple(When(day, at) for day in days)


def _answer(readings: tuple[When, ...]) -> When | Unclear | None:
    if not readings:
        return None
    return readings[0] if len(readings) == 1 else Unclear(readings)


def _relative(said: str, now: datetime) -> When | None:
    """Read "in 3 days", "2 weeks ago at 3pm", "an hour ago"."""
    rest, clock = take_clock(_COUPLE.sub("2 ", said).replace("half an hour", "30 minutes"))
    found = _RELATIVE.fullmatch(rest)
    if found is None or bool(found["ahead"]) == bool(found["off"]):
        return None
    exact = any((found[unit] or "").startswith(("m", "h")) for unit in ("unit", "unit2"))
    exact = exact and "month" not in (found["unit"], found["unit2"])
    at = settle(clock) if clock else None
    if clock and (exact or at is None):
        return None
    moment = _parsed(rest, now)
    if moment is None or abs(moment.date() - now.date()) > timedelta(days=730):
        return None
    return When(moment.date(), _minute(moment) if exact else at)


def _parsed(said: str, now: datetime) -> datetime | None:
    """Ask dateparser, without a zone: with one it slips an hour across a change of the clocks."""
    return dateparser.parse(said, languages=["en"], settings={"RELATIVE_BASE": now.replace(tzinfo=None)})


def warm() -> None:
    """Make dateparser's first reading, which takes a fifth of a second."""
    _parsed("in 3 days", datetime.combine(date(2026, 1, 1), time()))


def zoned(when: datetime, zone: ZoneInfo) -> datetime:
    """Turn a wall-clock time into its UTC moment: the first of two, or the end of the gap it falls into."""
    early, late = (when.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:
        return early
    return _change(late, early, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the second between two UTC moments at which the zone's clocks are moved."""
    old = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        same = datetime.fromtimestamp(middle, zone).utcoffset() == old
        low, high = (middle, high) if same else (low, middle)
    return datetime.fromtimestamp(high, UTC)
