"""Days and times of a line about a step, put together: the moment of an appointment, the one an answer is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting.clocks import JOINT, TimeFound, find_times
from handlers.casting.line import Days
from handlers.casting.line_days import FAR, DaysFound, find_days
from handlers.casting.vocabulary import TABLE
from handlers.reading.customs import Customs
from handlers.reading.dates import zoned
from handlers.reading.day_words import NUMBERS, any_of, part_of

_COUNT = r"(?P<n>[0-9]{1,3}|an?|half\san|one|two|three|four|five|six|a\sfew|a\scouple(?:\sof)?)"
_UNIT = r"\s?(?P<unit>minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|w)\b"
_AGO = re.compile(
    rf"\b(?:about\s|around\s|like\s)?{_COUNT}{_UNIT}\sago\b|\b(?P<just>just\s(?:now|posted|went\sup))\b", re.IGNORECASE
)
_AHEAD = re.compile(
    rf"\b(?:in|within)\s(?:the\s(?:next\s)?)?(?:{_COUNT}\s?)?(?P<unit>minutes?|mins?|hours?|hrs?|hr|h)\b", re.IGNORECASE
)
_DAY_END = re.compile(
    r"\b(?:(?P<eod>eod|end\sof\s(?:the\s)?day)|(?P<cob>cob|eob|close\sof\sbusiness|end\sof\sbusiness)|(?P<asap>asap))\b",
    re.IGNORECASE,
)
_COUNTS = {"half an": 0.5, "a few": 3.0, "a couple": 2.0, "a couple of": 2.0}
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


@dataclass(frozen=True)
class Moment:
    """What was told of one moment: days, a time, its zone; `what` it is of is told by the words before it."""

    start: int
    end: int
    days: tuple[Days, ...] = ()
    at: time | None = None
    until: time | None = None
    zone: str = ""
    exact: datetime | None = None
    weekday: int | None = None
    part: str = ""
    what: str = ""


def find_moments(text: str, now: datetime, customs: Customs) -> list[Moment]:
    """All moments told in a text, in its order; times beside a day belong to it."""
    days = [_of_days(found) for found in find_days(text, now, day_first=customs.day_first)]
    exact = [*_spans(text, now), *days]
    places = [(moment.start, moment.end) for moment in days]
    times = [_of_time(found) for found in find_times(text, _blanked(text, exact), places)]
    found = sorted([*exact, *times], key=lambda moment: moment.start)
    return [replace(moment, what=_what(text, moment)) for moment in _joined(found, text)]


def _of_days(found: DaysFound) -> Moment:
    return Moment(found.start, found.end, found.days, weekday=found.weekday, part=part_of(found.part))


def _of_time(found: TimeFound) -> Moment:
    return Moment(found.start, found.end, at=found.at, until=found.until, zone=found.zone, part=found.part)


def _blanked(text: str, taken: list[Moment]) -> str:
    """The text with signs in place of what is read already, so that no time is seen in a date."""
    for moment in taken:
        text = text[: moment.start] + "," * (moment.end - moment.start) + text[moment.end :]
    return text


def _spans(text: str, now: datetime) -> Iterator[Moment]:
    """What is told by its distance: "an hour ago", "within the hour"; and the end of a day."""
    minute = now.replace(second=0, microsecond=0)
    for found in _AGO.finditer(text):
        gone = timedelta() if found["just"] else _length(found)
        exact = minute - gone
        day_only = bool(found["unit"]) and found["unit"][0].lower() in "dw"
        yield Moment(
            found.start(), found.end(), ((exact.date(), exact.date()),), None if day_only else exact.time(), part="ago"
        )
    for found in _AHEAD.finditer(text):
        yield Moment(found.start(), found.end(), exact=minute + _length(found))
    for found in _DAY_END.finditer(text):
        at = None if found["asap"] else time(18) if found["eod"] else time(17)
        if at:
            yield Moment(found.start(), found.end(), at=at, part="end")


def _length(found: re.Match[str]) -> timedelta:
    said = re.sub(r"\s", " ", (found["n"] or "a").lower())
    count = _COUNTS.get(said) or NUMBERS.get(said) or (1 if said in ("a", "an") else int(said))
    return timedelta(seconds=float(count) * _UNITS[found["unit"][0].lower()])


def _joined(found: list[Moment], text: str) -> Iterator[Moment]:
    """A day and the time beside it are one moment."""
    waiting: Moment | None = None
    for moment in found:
        if waiting and moment.start < waiting.end:
            continue
        if waiting and _fits(waiting, moment) and JOINT.fullmatch(text, waiting.end, moment.start):
            waiting = _both(waiting, moment)
            continue
        if waiting:
            yield waiting
        waiting = moment
    if waiting:
        yield waiting


def _fits(one: Moment, other: Moment) -> bool:
    if one.exact or other.exact or "ago" in (one.part, other.part):
        return False
    return bool(one.days) != bool(other.days) and (one.at is None) != (other.at is None)


def _both(one: Moment, other: Moment) -> Moment:
    day, clock = (one, other) if one.days else (other, one)
    at = clock.at
    if at and clock.part == "bare" and day.part in ("morning", "am") and at.hour >= 13:
        at = at.replace(hour=at.hour - 12)
    if at and clock.part == "bare" and day.part in ("evening", "night", "tonight", "tonite") and at.hour < 12:
        at = at.replace(hour=at.hour + 12)
    part = clock.part if clock.part in ("midnight", "end") else day.part
    return Moment(one.start, other.end, day.days, at, clock.until, clock.zone, weekday=day.weekday, part=part)


_BEFORE = {
    what: re.compile(
        rf"(?<!\w)(?:{any_of(TABLE[what])})[\s:,@(-]*(?:(?:is|are|on|at|by|for|it|the)\b[\s:]*)*$", re.IGNORECASE
    )
    for what in ("due", "posted", "shoots", "old")
}


def _what(text: str, moment: Moment) -> str:
    """What the words before a moment make of it: due, posted, shoots, old."""
    before = text[max(0, moment.start - 40) : moment.start]
    told = next((what for what, pattern in _BEFORE.items() if pattern.search(before)), "")
    return told or ("posted" if moment.part == "ago" else "")


def day_of(moment: Moment, now: datetime) -> date | None:
    """The day of a moment to come: of a weekday today where its time is still ahead; None where it has gone by."""
    if moment.exact:
        return moment.exact.date()
    if not moment.days:
        if moment.at is None:
            return None
        ahead = moment.part == "midnight" or datetime.combine(now.date(), moment.at) > now
        return now.date() if ahead else now.date() + timedelta(days=1)
    day = moment.days[0][0]
    if (
        moment.weekday == now.weekday()
        and moment.at
        and datetime.combine(now.date(), moment.at) > now
        and day - now.date() == timedelta(days=7)
    ):
        return now.date()
    return day


def has_gone_by(moment: Moment, now: datetime) -> bool:
    """Whether it lies behind: an hour of today that is over, yesterday, a date just past."""
    day = day_of(moment, now)
    if day is None:
        return False
    if moment.days and day == now.date() and moment.at and not moment.zone:
        return datetime.combine(day, moment.at) + timedelta(minutes=15) < now
    return bool(moment.days) and (day < now.date() or day - now.date() > FAR)


def deadline_of(moment: Moment, now: datetime, zone: str) -> datetime | None:
    """When it is due, naive on the actor's wall; without an hour it is the last minute of its day."""
    if moment.exact:
        return moment.exact
    day = day_of(moment, now)
    if day is None:
        return None
    if moment.days and moment.days[0][0] != moment.days[0][1]:
        day = moment.days[0][1]
    at = time(23, 59) if moment.at is None or moment.part == "midnight" else moment.at
    due = datetime.combine(day, at)
    if moment.zone and moment.zone != zone:
        return zoned(due, ZoneInfo(moment.zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return due
