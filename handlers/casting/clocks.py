"""Times of day in a line about a step, by the trade's sense: 8 to 11 are before noon, 12 to 7 after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from handlers.casting.vocabulary import TABLE
from handlers.reading.clock_words import Clock, settle
from handlers.reading.day_words import NUMBERS, any_of
from handlers.reading.places import Place, find_place

_H = r"(?:[01]?[0-9]|2[0-4])"
_HALF = r"(?:\s?(?:a\.?m|p\.?m)\b\.?|[ap]\b)"
_M = r"[:.h][0-5][0-9]"
_CLOCK = re.compile(
    r"(?<![\w/:.$£€#+-])(?P<at>@\s?|\b(?:at|around|about|approx)\s)?(?:(?P<noon>noon|midday|midnight)\b"
    r"|(?:(?:(?P<step>half|quarter)\s(?P<past>past|after|to)|(?P<half_to>half))\s)?"
    rf"(?P<h>{_H})(?P<m>{_M})?(?P<half>{_HALF})?(?P<oclock>\s?o'?\s?clock|\s?(?:hrs|ish)\b|ish\b)?"
    rf"(?:\s?(?:-|\bto\b|\btill?\b|\buntil\b)\s?(?P<h2>{_H}|noon)(?P<m2>{_M})?(?P<half2>{_HALF})?)?)"
    r"(?![\w/%$]|:[0-9]|\.[0-9]|'\w|-[0-9])",
    re.IGNORECASE,
)
_FOUR = re.compile(
    r"(?:\bat\s|@\s?)(?P<h>[01]?[0-9]|2[0-3])(?P<m>[0-5][0-9])(?:\s?h(?:rs)?)?"
    r"(?=\s*(?:$|[,.;!)\ue000-\uefff]|on\b|[ap]m\b))",
    re.IGNORECASE,
)
"""Four figures without a sign between them: "at 1530"."""
_SPELLED = re.compile(
    rf"(?<=\bat )(?:{any_of(NUMBERS)})\b|\b(?:{any_of(NUMBERS)})(?=\s?(?:[ap]\.?m\b|o'?\s?clock))", re.IGNORECASE
)
_ZONE = re.compile(
    rf"[\s(]{{0,2}}(?P<zone>{any_of(TABLE['zones'])})\b\)?|\s(?P<city>(?:[a-z.]+\s){{1,3}})time\b", re.IGNORECASE
)
_DUE = re.compile(rf"(?:{any_of(TABLE['due'])})\W*$", re.IGNORECASE)
_MOVED = re.compile(r"[\ue000-\uefff]\s+(?:to|for|till?|until|at)\s*$")
_COUNTED = re.compile(rf"\s?(?:{any_of(TABLE['counted'])})\b", re.IGNORECASE)
_STREET = re.compile(
    r"\s(?:[nsew]\.?\s)?[a-z]+\s(?:st|street|ave|avenue|blvd|road|rd|dr|drive|way|place|pl|lane|ln)\b", re.IGNORECASE
)
JOINT = re.compile(r"(?:\s|[,@()-]|\b(?:at|on|from|between|around|about|the|is|for|in)\b)*", re.IGNORECASE)
"""What may stand between a day and its time."""
_SURE = ("noon", "half", "half2", "oclock", "step", "half_to", "at")


@dataclass(frozen=True)
class TimeFound:
    """A time where it stands; `part`: "bare" where its half of the day was not told, "midnight"."""

    start: int
    end: int
    at: time
    until: time | None = None
    zone: str = ""
    part: str = ""


def in_figures(text: str) -> str:
    """Hours that are spelled out as figures: "at three", "four pm"."""
    return _SPELLED.sub(lambda found: str(NUMBERS[found[0].lower()]), text)


def find_times(text: str, bare: str, days: Sequence[tuple[int, int]]) -> Iterator[TimeFound]:
    """The times of a text; `bare` is it without its dates, `days` are where its days stand."""
    at = 0
    while found := _next(bare, at):
        at = max(found.end(), at + 1)
        zone, end = _zone(text, found.end())
        is_known = found.re is _FOUR or _is_sure(found) or bool(zone) or _is_beside(found, text, days)
        if is_known and not _is_count(found, text) and (one := _time(found, zone, end)):
            yield one


def _next(bare: str, at: int) -> re.Match[str] | None:
    found, four = _CLOCK.search(bare, at), _FOUR.search(bare, at)
    return four if four and (found is None or four.start() <= found.start()) else found


def _is_sure(found: re.Match[str]) -> bool:
    """Whether the figures are a time by themselves."""
    return any(found[name] for name in _SURE) or (found["m"] or ".")[0] != "."


def _is_beside(found: re.Match[str], text: str, days: Sequence[tuple[int, int]]) -> bool:
    """Whether bare figures stand behind a day, "due" or "moved to"."""
    before = text[: found.start()]
    behind = any(end <= found.start() and JOINT.fullmatch(text, end, found.start()) for _, end in days)
    return behind or _DUE.search(before) is not None or _MOVED.search(before) is not None


def _is_count(found: re.Match[str], text: str) -> bool:
    """Tell "at 200 main st", "2 people" and "12 parking" from times."""
    if found.re is _FOUR or found["half"] or found["half2"] or found["noon"] or (found["m"] or "")[:1] == ":":
        return False
    after, address = _COUNTED.match(text, found.end()), _STREET.match(text, found.end())
    return bool(after or address or re.search(r"#\s?$", text[: found.start()]))


def _time(found: re.Match[str], zone: str, end: int) -> TimeFound | None:
    if found.re is _FOUR:
        at = settle(_clock(found["h"], f":{found['m']}", None))
        return TimeFound(found.start(), end, at, zone=zone) if at else None
    if found["noon"]:
        word = found["noon"].lower()
        return TimeFound(found.start(), end, time(0 if word == "midnight" else 12), None, zone, word)
    clock, until = _stepped(_clock(found["h"], found["m"], found["half"]), found), None
    if found["h2"]:
        is_noon = found["h2"].lower() == "noon"
        last = Clock(12, 0, "p") if is_noon else _clock(found["h2"], found["m2"], found["half2"])
        clock, until = _range(clock, last)
    part = "" if clock.half or clock.padded or clock.hour > 12 else "bare"
    at = settle(clock)
    return TimeFound(found.start(), end, at, until, zone, part) if at is not None else None


def _stepped(clock: Clock, found: re.Match[str]) -> Clock:
    """The time of "quarter to 3", which is 2:45, and of "half 3", which is half past."""
    if not (found["step"] or found["half_to"]):
        return clock
    minutes = 15 if (found["step"] or "").lower() == "quarter" else 30
    minutes = clock.hour * 60 + (-minutes if (found["past"] or "").lower() == "to" else minutes)
    return Clock(minutes // 60 or 12, minutes % 60, clock.half)


def _clock(hour: str, minute: str | None, half: str | None) -> Clock:
    letter = (half or "").strip()[:1].lower()
    return Clock(int(hour), int((minute or ":0")[1:]), letter, len(hour) == 2 and hour[0] == "0")


def _range(first: Clock, last: Clock) -> tuple[Clock, time | None]:
    """The start of "2-4pm" takes the half of its end, that of "11-1pm" the other; an end lies behind its start."""
    end = settle(last)
    if last.half and not first.half:
        same = settle(replace(first, half=last.half))
        other = "a" if last.half == "p" else "p"
        first = replace(first, half=last.half if same and end and same < end else other)
    start = settle(first)
    if start and end and end <= start and not last.half and 1 <= last.hour <= 12:
        end = settle(replace(last, half="p"))
    return first, end if start and end and end > start else None


def _zone(text: str, at: int) -> tuple[str, int]:
    """The zone told behind a time, "PT" or "london time", and where it ends; empty where none is."""
    found = _ZONE.match(text, at)
    if found and found["zone"]:
        return str(TABLE["zones"][found["zone"].lower()]), found.end()
    place = find_place(found["city"].strip()) if found else None
    return (place.zone, found.end()) if found and isinstance(place, Place) else ("", at)
