"""Times of day as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from handlers.reading.day_words import NUMBERS, PARTS, any_of, neat, part_of

_CLOCK = re.compile(
    r"(?<![\w:./@-])(?P<at>(?:at|around|about) |@ ?)?"
    r"(?P<h>[0-9]{1,2})(?:[:.](?P<m>[0-5][0-9]))?(?P<half> ?[ap]m|[ap])?(?![\w:./])"
)
_END = re.compile(r" ?(?:-|to) ?[0-9]{1,2}(?::[0-5][0-9])? ?[ap]m?(?!\w)")
_PAST = re.compile(r"\b(?P<step>half(?: past)?|quarter (?:past|after|to)) (?P<h>[0-9]{1,2})(?![0-9:./])")
_STEPS = {"half": 30, "half past": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15}
_DIGITS = re.compile(r"(?P<h>[1-9]|[01][0-9]|2[0-3])(?P<m>[0-5][0-9])")
_REWRITES = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"\b([ap])\. ?m\b\.?", r"\1m"),
        (r"\b(?:at )?(?:12 )?(?:noon|midday)\b", "12:00pm"),
        (r"\b(?:at )?([0-9]{1,2}) ?o ?'? ?clock\b", r"at \1"),
        (r"\bat ([0-9]{2})([0-5][0-9])(?![\w:./])", r"at \1:\2"),
        (r"(?<![\w:.])(?:at )?([0-9]{1,2}) in the (morning|afternoon|evening)\b", r"at \1 \2"),
        (r"(?<![\w:.])(?:at )?([0-9]{1,2}) at night\b", r"at \1 night"),
        (r"\bin the (morning|afternoon|evening)\b", r"\1"),
    )
)
_NUMBER = re.compile(rf"\b(?:{any_of(NUMBERS)})\b")


@dataclass(frozen=True)
class Clock:
    """The figures of a time as they stand, before it is known which half of the day is meant."""

    hour: int
    minute: int = 0
    half: str = ""
    padded: bool = False
    """Written with a leading zero, so of the 24-hour clock."""


def plain_words(text: str) -> str:
    """Put a text's number words and clock words in figures; empty if it is too long to be a date."""
    said = _PAST.sub(_stepped, _NUMBER.sub(lambda found: str(NUMBERS[found[0]]), neat(text)))
    for pattern, new in _REWRITES:
        said = pattern.sub(new, said)
    return said


def _stepped(found: re.Match[str]) -> str:
    """Write "quarter to 3" as "2:45", the hour still without its half of the day."""
    minutes = int(found["h"]) * 60 + _STEPS[found["step"]]
    hour, minute = divmod(minutes, 60)
    return f"{hour or 12}:{minute:02}"


def take_clock(said: str) -> tuple[str, Clock | None]:
    """Part a phrase from its one clear time; of "11am-1pm" that is the start."""
    for found in _CLOCK.finditer(said):
        if found["half"] or found["at"] or (found["m"] and found[0].count(":")):
            tail = said[found.end() :]
            ended = _END.match(tail) if found["half"] else None
            rest = said[: found.start()] + " " + tail[ended.end() if ended else 0 :]
            return " ".join(rest.split()), _clock(found)
    return said, None


def _clock(found: re.Match[str]) -> Clock:
    half = (found["half"] or "").strip()[:1]
    return Clock(int(found["h"]), int(found["m"] or 0), half, len(found["h"]) == 2 and found["h"][0] == "0")


def settle(clock: Clock, part: str = "", *, morning: bool = False) -> time | None:
    """Find the time meant: bare hours 1 to 7 are after noon unless the part of the day or `morning` says else."""
    hour = _hour(clock, part, morning=morning)
    if hour is None or not 0 <= hour <= 23:
        return None
    if part and not PARTS[part].first <= hour <= PARTS[part].last:
        return None
    return time(hour, clock.minute)


def _hour(clock: Clock, part: str, *, morning: bool) -> int | None:
    if clock.half:
        return clock.hour % 12 + 12 * (clock.half == "p") if 1 <= clock.hour <= 12 else None
    if clock.padded or not 1 <= clock.hour <= 12:
        return clock.hour
    if clock.hour == 12:
        return 12
    later = PARTS[part].afternoon if part else clock.hour < 8 and not morning
    return clock.hour + 12 * later


def read_time(text: str) -> time | None:
    """Read the hour somebody wants in the morning; a bare hour is before noon, a bare 12 is noon."""
    said = plain_words(text)
    if said in ("midnight", "at midnight"):
        return time(0)
    rest, clock = take_clock(said)
    clock = clock or _figures(said)
    if clock is None or (rest not in PARTS and rest not in ("", said)):
        return None
    return settle(clock, part_of(rest), morning=True)


def _figures(said: str) -> Clock | None:
    """Figures alone: "9", "0900", "830"."""
    if re.fullmatch(r"[1-9]|0[1-9]|1[0-9]|2[0-3]", said):
        return Clock(int(said))
    found = _DIGITS.fullmatch(said)
    return Clock(int(found["h"]), int(found["m"]), padded=said[0] == "0") if found else None
