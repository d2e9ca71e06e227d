"""Days and times of a line about a step, put together: the moment of an appointment, the one an answer is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting.line import Days
from handlers.casting.line_days import FAR, DaysFound, find_days
from handlers.casting.vocabulary import TABLE
from handlers.reading.clock_words import Clock, settle
from handlers.reading.customs import Customs
from handlers.reading.dates import zoned
from handlers.reading.day_words import NUMBERS, any_of, part_of
from handlers.reading.places import find_place

_H = r"(?:[01]?[0-9]|2[0-4])"
_HALF = r"(?:\s?(?:a\.?m|p\.?m)\b\.?|[ap]\b)"
_M = r"[:.h][0-5][0-9]"
_CLOCK = re.compile(
    rf"(?<![\w/:.$£€#+-])(?:(?P<at>@\s?|\b(?:at|around|about|approx)\s))?(?:(?P<noon>noon|midday|midnight)\b"
    rf"|(?:(?P<step>half|quarter)\s(?P<past>past|after|to)\s)?(?P<h>{_H})(?P<m>{_M})?(?P<half>{_HALF})?(?P<oclock>\s?o'?\s?clock|\s?(?:hrs|ish)\b|ish\b)?"
    rf"(?:\s?(?:-|–|\bto\b|\btill?\b|\buntil\b)\s?(?P<h2>{_H}|noon)(?P<m2>{_M})?(?P<half2>{_HALF})?)?)"
    r"(?![\w/%$]|:[0-9]|\.[0-9]|'\w|-[0-9])",
    re.IGNORECASE,
)
_FOUR = re.compile(
    r"(?:\bat\s|@\s?)(?P<h>[01]?[0-9]|2[0-3])(?P<m>[0-5][0-9])(?:\s?h(?:rs)?)?(?=\s*(?:$|[,.;!)\ue000-\ue0ff]|on\b|[ap]m\b))",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<=\bat )(?:{any_of(NUMBERS)})\b|\b(?:{any_of(NUMBERS)})(?=\s?(?:[ap]\.?m\b|o'?\s?clock))", re.IGNORECASE
)
_ZONE = re.compile(
    r"[\s(]{0,2}(?P<zone>" + any_of(TABLE["zones"]) + r")\b\)?|\s(?P<city>(?:[a-z.]+\s){1,3})time\b", re.IGNORECASE
)
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
_JOINT = re.compile(r"(?:\s|[,@()-]|\b(?:at|on|from|between|around|about|the|is|for|in)\b)*", re.IGNORECASE)
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


def in_figures(text: str) -> str:
    """Hours that are spelled out as figures: "at three", "four pm"."""
    return _SPELLED.sub(lambda found: str(NUMBERS[found[0].lower()]), text)


def find_moments(text: str, now: datetime, customs: Customs) -> list[Moment]:
    """All moments told in a text, in its order; times beside a day belong to it."""
    days = [_of_days(found) for found in find_days(text, now, day_first=customs.day_first)]
    exact = [*_spans(text, now), *days]
    bare = _blanked(text, exact)
    found = sorted([*exact, *_times(text, bare, days)], key=lambda moment: moment.start)
    return [replace(moment, what=_what(text, moment)) for moment in _joined(found, text)]


def _of_days(found: DaysFound) -> Moment:
    return Moment(found.start, found.end, found.days, weekday=found.weekday, part=part_of(found.part))


def _blanked(text: str, taken: list[Moment]) -> str:
    """The text with signs in place of what is read already, so that no time is seen in a date."""
    for moment in taken:
        text = text[: moment.start] + "," * (moment.end - moment.start) + text[moment.end :]
    return text


def _times(text: str, bare: str, days: list[Moment]) -> Iterator[Moment]:
    at = 0
    while found := _CLOCK.search(bare, at) or _FOUR.search(bare, at):
        four = _FOUR.search(bare, at)
        if four and four.start() <= found.start():
            found = four
        at = max(found.end(), at + 1)
        after_day = any(d.end <= found.start() and _JOINT.fullmatch(text, d.end, found.start()) for d in days)
        before_day = any(found.end() <= d.start and _JOINT.fullmatch(text, found.end(), d.start) for d in days)
        zone, end = _zone(text, found.end())
        known = found.re is _FOUR or _is_time(found) or bool(zone)
        before = text[: found.start()]
        due = _DUE.search(before) is not None or _MOVED.search(before) is not None
        if not (known or after_day or due or (before_day and found["at"])) or _is_count(found, text):
            continue
        yield from _time(found, zone, end)


_DUE = re.compile(rf"(?:{any_of(TABLE['due'])})\W*$", re.IGNORECASE)


def _is_time(found: re.Match[str]) -> bool:
    """Whether the figures are a time by themselves."""
    said = found.groupdict()
    return bool(
        said["noon"]
        or said["half"]
        or said["half2"]
        or said["oclock"]
        or said["step"]
        or said["at"]
        or (said["m"] and said["m"][0] != ".")
    )


_MOVED = re.compile(r"[\ue000-\ue0ff]\s+(?:to|for|till?|until|at)\s*$")
_COUNTED = re.compile(rf"\s?(?:{any_of(TABLE['counted'])})\b", re.IGNORECASE)
_STREET = re.compile(
    r"\s(?:[nsew]\.?\s)?[a-z]+\s(?:st|street|ave|avenue|blvd|road|rd|dr|drive|way|place|pl|lane|ln)\b", re.IGNORECASE
)


def _is_count(found: re.Match[str], text: str) -> bool:
    """Tell "at 200 main st", "2 people" and "12 parking" from times."""
    if found.re is _FOUR or found["half"] or found["half2"] or found["noon"] or (found["m"] and found["m"][0] == ":"):
        return False
    after, address = _COUNTED.match(text, found.end()), _STREET.match(text, found.end())
    return bool(after or address or re.search(r"#\s?$", text[: found.start()]))


def _time(found: re.Match[str], zone: str, end: int) -> Iterator[Moment]:
    said = found.groupdict()
    if said.get("noon"):
        word = said["noon"].lower()
        at: time | None = time(0) if word == "midnight" else time(12)
        yield Moment(found.start(), end, at=at, zone=zone, part=word)
        return
    minute = f":{said['m']}" if found.re is _FOUR else said["m"]
    clock = _clock(said["h"], minute, said.get("half"))
    if said.get("step"):
        minutes = clock.hour * 60 + {"half": 30, "quarter": 15}[said["step"].lower()] * (
            -1 if said["past"].lower() == "to" else 1
        )
        clock = Clock(minutes // 60 or 12, minutes % 60, clock.half)
    until = None
    if said.get("h2"):
        last = Clock(12, 0, "p") if said["h2"].lower() == "noon" else _clock(said["h2"], said["m2"], said["half2"])
        clock, until = _range(clock, last)
    at = settle(clock)
    if at is not None:
        # Bare figures take a part of the day beside them ("tomorrow morning at 7"), so what is sure is told.
        part = "" if clock.half or clock.padded or clock.hour > 12 else "bare"
        yield Moment(found.start(), end, at=at, until=until, zone=zone, part=part)


def _clock(hour: str, minute: str | None, half: str | None) -> Clock:
    return Clock(
        int(hour), int((minute or ":0")[1:]), (half or "").strip()[:1].lower(), len(hour) == 2 and hour[0] == "0"
    )


def _range(first: Clock, last: Clock) -> tuple[Clock, time | None]:
    """The start of "2-4pm" takes the half of its end, that of "11-1pm" the other; an end lies behind its start."""
    start = settle(first)
    if last.half and not first.half:
        same = settle(replace(first, half=last.half))
        end = settle(last)
        first = replace(first, half=last.half if same and end and same < end else ("a" if last.half == "p" else "p"))
        start = settle(first)
    end = settle(last)
    if start and end and end <= start and not last.half:
        end = settle(replace(last, half="p")) if 1 <= last.hour <= 12 else end
    return first, end if start and end and end > start else None


def _zone(text: str, at: int) -> tuple[str, int]:
    """The zone told behind a time: "PT", "london time"; empty where none is."""
    found = _ZONE.match(text, at)
    if found is None:
        return "", at
    if found["zone"]:
        return str(TABLE["zones"][found["zone"].lower()]), found.end()
    place = find_place(found["city"].strip())
    zone = getattr(place, "zone", "")
    return zone, found.end() if zone else at


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
        if waiting and _fits(waiting, moment) and _JOINT.fullmatch(text, waiting.end, moment.start):
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
