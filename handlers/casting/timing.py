"""The moments of a line put to its step: the appointment, the days held, the deadline, when it was posted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting.choosing import Heard
from handlers.casting.details import details
from handlers.casting.line import CastingLine, Days, When
from handlers.casting.line_steps import Step
from handlers.casting.stages import is_stage, stage
from handlers.casting.whens import Moment, day_of, deadline_of, find_moments
from handlers.conversation import View

_CLAUSE_START = re.compile(r"[,.;!?\n]")
_TAPE = "self-tape"
_SHOOTS = ("shoot", "film", "reshoot")


def mark_moments(heard: Heard) -> list[Moment]:
    """The moments told, with letters in their places; that of a fitting is not that of a callback."""
    line = heard.line
    found = find_moments(line.text, heard.view.now, heard.view.customs)
    settled = [replace(moment, what=_of_another(heard, moment) or moment.what) for moment in found]
    for moment in reversed(found):
        line.put(moment.start, moment.end, moment)
    return settled


def _of_another(heard: Heard, moment: Moment) -> str:
    """Of a shoot or another appointment, where one is named right before or behind it."""
    if heard.step.key in ("appointment", "moved"):
        return ""
    before = _CLAUSE_START.split(heard.line.text[: moment.start].rstrip(" :,-(@"))[-1]
    steps = [heard.line.of(c) for c in before + heard.line.text[moment.end :].lstrip()[:1]]
    mark = next((step for step in reversed(steps) if isinstance(step, Step)), None)
    if mark is None or mark.key != "appointment":
        return ""
    return "shoots" if mark.words.startswith(_SHOOTS) else "other"


def with_moments(told: CastingLine, heard: Heard, moments: Sequence[Moment]) -> CastingLine:
    """The line with what its moments are to its step."""
    now, zone = heard.view.now, heard.view.zone
    due = next((m for m in moments if m.what == "due"), None)
    told = replace(told, deadline=deadline_of(due, now, zone)) if due else told
    if told.stage == "submitted":
        return _with_posting(told, moments, now)
    if told.stage in ("good_read", "auditioned"):
        return told
    whens = [m for m in moments if not m.what]
    if _holds_days(heard.step):
        shoots = [m for m in moments if m.what == "shoots"]
        return replace(told, days=tuple(days for m in (*whens, *shoots) for days in _days(m, now)))
    return _with_when(told, heard, [_end_of(m) for m in whens[-1:]] if told.stage == "moved" else whens)


def _end_of(moment: Moment) -> Moment:
    """What is moved "from tue to thu" is on Thursday."""
    return replace(moment, days=((moment.days[-1][1],) * 2,)) if moment.days else moment


def _with_posting(told: CastingLine, moments: Sequence[Moment], now: datetime) -> CastingLine:
    posted = next((m for m in moments if m.what == "posted"), None)
    return replace(told, posted=_posted_on(posted, now), posted_at=posted.at) if posted else told


def _with_when(told: CastingLine, heard: Heard, whens: Sequence[Moment]) -> CastingLine:
    first = next((m for m in whens if m.at or m.exact), whens[0] if whens else None)
    if first is None:
        return told
    if told.mode == _TAPE and told.stage == "requested":  # a tape has no hour but the one it is due
        return told if told.deadline else replace(told, deadline=deadline_of(first, heard.view.now, heard.view.zone))
    other = next((m for m in whens if m is not first and m.days), None)
    return replace(told, when=_when(first, other, heard))


def _when(moment: Moment, other: Moment | None, heard: Heard) -> When | None:
    """Day and time; the day may stand elsewhere."""
    if moment.exact:
        return When(moment.exact.date(), moment.exact.time())
    day = day_of(moment if moment.days or not other else other, heard.view.now)
    if day is None:
        return None
    zone = moment.zone or next((d.zone for d in details(heard.line, "place") if d.zone), "")
    is_own = not zone or _same_clock(zone, heard.view, day, moment.at)
    return When(day, moment.at, moment.until, "" if is_own else zone, has_day=bool(moment.days or other))


def _same_clock(zone: str, view: View, day: date, at: time | None) -> bool:
    """Whether both zones' clocks show the same at that time."""
    there, here = (datetime.combine(day, at or time(12), ZoneInfo(name)) for name in (zone, view.zone))
    return there.utcoffset() == here.utcoffset()


def _holds_days(step: Step) -> bool:
    return step.key in ("away", "loosely") or (is_stage(step.key) and (stage(step.key).days or stage(step.key).over))


def _days(moment: Moment, now: datetime) -> tuple[Days, ...]:
    is_one = len(moment.days) == 1 and moment.days[0][0] == moment.days[0][1]
    day = day_of(moment, now) if is_one else None
    return ((day, day),) if day else moment.days


def _posted_on(moment: Moment, now: datetime) -> date:
    """The day something was posted, which lies behind."""
    day = moment.days[0][0] if moment.days else now.date()
    if not moment.days and moment.at and moment.at > now.time():
        return day - timedelta(days=1)
    if day <= now.date():
        return day
    return day - timedelta(days=7) if moment.weekday is not None else _year_before(day)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
