"""Days that are spoken for, what clashes with them, and what to tell the agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting import appointments
from handlers.casting.day_spans import bounds, each_day, grouped, overlap, without
from handlers.casting.line import Days, When
from handlers.casting.stages import STAGES, stage
from handlers.desk import Desk
from handlers.reading.customs import show_dates, show_time
from handlers.reading.dates import zoned
from handlers.reading.places import is_zone
from storage import appointments as calendar
from storage import days as kept
from storage.changes import Change
from storage.database import Record
from storage.tables import stage_days

FREES = tuple(one.key for one in STAGES if one.over)
NOT_TAKEN = ("declined", "cancelled")
"""Answers by which the days of a stage never came to count."""
SAME_DAYS = ("avail", "pinned", "first_refusal", "pencil", "hold")
FIRM = "booked"
MAY_SHOOT = ("pinned", "first_refusal", "pencil", "hold", "offer", FIRM)
MOST_SHOOT_DAYS = 31
"""Of a longer booking only so many days stand in the calendar one by one."""
LASTS = timedelta(hours=1)
"""How long an appointment keeps one of which no end was said."""


class Clash(str):
    """One line to the actor, which still knows its days and how it is said to the agent."""

    __slots__ = ("can_move", "days", "said")
    days: Days
    said: str
    can_move: bool

    @classmethod
    def of(cls, line: str, days: Days, said: str, *, can_move: bool) -> Clash:
        """A line with what stands behind it."""
        clash = cls(line)
        clash.days, clash.said, clash.can_move = days, said, can_move
        return clash


@dataclass(frozen=True)
class Held:
    """Days of a project that still count, and the stage that marks them."""

    project_id: int
    title: str
    kind: str
    number: int
    days: Days
    in_calendar: bool = False
    """The calendar has each of them as a shoot."""

    @property
    def label(self) -> str:
        """What the stage is called: "avail check"."""
        return stage(self.kind).named(self.number)


@dataclass(frozen=True)
class _Wish:
    """The days and the time that are asked for."""

    days: tuple[Days, ...]
    when: When | None
    firm: bool

    @property
    def spans(self) -> tuple[Days, ...]:
        """All the days it touches."""
        return (*self.days, (self.when.day, self.when.day)) if self.when else self.days


async def keep_days(desk: Desk, change: Change, stage_id: int, days: Sequence[Days]) -> None:  # noqa: ARG001
    """Mark the days of a stage; those it marks already are not marked twice."""
    mine = (stage_days.c.stage_id == stage_id, stage_days.c.actor_id == change.actor_id)
    rows = await change.tx.execute(stage_days.select().where(*mine))
    there = {(row.first, row.last) for row in rows}
    for first, last in dict.fromkeys((min(span), max(span)) for span in days):
        if (first, last) not in there:
            await change.insert(stage_days, stage_id=stage_id, first=first, last=last)


async def held(desk: Desk, span: Days) -> list[Held]:
    """The days that are spoken for and touch a span; those of a booking stand in the calendar, where they may move."""
    shot: dict[int, list[Record]] = {}
    for row in await kept.shoots(desk.tx, desk.actor.id):
        shot.setdefault(row.project_id, []).append(row)
    marked = await kept.held(desk.tx, desk.actor.id, span, frees=FREES, unless=NOT_TAKEN)
    found = [
        Held(row.project_id, row.title, row.kind, row.number, (row.first, row.last))
        for row in marked
        if row.kind != FIRM or row.project_id not in shot or (row.last - row.first).days >= MOST_SHOOT_DAYS
    ]
    for project_id, rows in shot.items():
        days = grouped(row.on for row in rows if row.state in ("planned", "done"))
        found += [
            Held(project_id, rows[0].title, FIRM, 1, one, in_calendar=True) for one in days if overlap(one, [span])
        ]
    return sorted(found, key=lambda one: (one.days, one.project_id))


async def taken(desk: Desk, first: date, last: date) -> frozenset[date]:
    """The days on which one may be shooting: pinned, held, offered or booked."""
    days = each_day(one.days for one in await held(desk, (first, last)) if one.kind in MAY_SHOOT)
    return frozenset(day for day in days if first <= day <= last)


async def clashes(
    desk: Desk, project_id: int | None, days: Sequence[Days], when: When | None, *, firm: bool = False
) -> tuple[Clash, ...]:
    """What stands in the way of these days or this time, a line each, in the order of the days.

    `firm`: they are booked, so that another booking on one of them is a double booking.
    """
    wish = _Wish(tuple((min(span), max(span)) for span in days), when, firm)
    if not wish.spans:
        return ()
    around = bounds(wish.spans)
    others = [one for one in await held(desk, around) if one.project_id != project_id or project_id is None]
    found = [_held(desk, wish, one) for one in others]
    for row in await calendar.planned(desk.tx, desk.actor.id, around[0] - timedelta(days=1)):
        is_other = row.project_id is None or row.project_id != project_id
        is_shot = row.kind == "shoot" and row.project_id is not None  # among the days that are held
        if is_other and not is_shot and row.kind not in appointments.DEADLINES:
            found.append(_appointment(desk, wish, row))
    found += [_away(desk, wish, row) for row in await kept.away_days(desk.tx, desk.actor.id, around)]
    return tuple(sorted((clash for clash in found if clash), key=lambda clash: clash.days))


def _dated(desk: Desk, span: Days) -> str:
    return show_dates(*span, desk.local_now.date(), desk.customs)


def _held(desk: Desk, wish: _Wish, one: Held) -> Clash | None:
    span = overlap(one.days, wish.spans)
    if span is None:
        return None
    if one.kind == FIRM:
        what = f"Double booking: {one.title}" if wish.firm else f"Clash: {one.title}, booked"
        return Clash.of(f"{what}, {_dated(desk, span)}.", span, f"I am booked on {one.title}", can_move=True)
    line = f"Clash: {one.title} {one.label}, {_dated(desk, span)}."
    return Clash.of(line, span, f"I have {_a(one.label)} for {one.title}", can_move=False)


def _a(label: str) -> str:
    if label.startswith("first refusal"):
        return label
    return f"{'an' if label[:1] in 'aeio' else 'a'} {label}"


def _appointment(desk: Desk, wish: _Wish, row: Record) -> Clash | None:
    day = row.on if row.at is None else appointments.instant(row).astimezone(desk.zone).date()
    if not (overlap((day, day), wish.days) or _at_that_time(desk, wish.when, row, day)):
        return None
    at = appointments.times(desk, row)
    line = f"Clash: {', '.join(x for x in (appointments.name(row), _dated(desk, (day, day)), at) if x)}."
    label = appointments.label(row)
    what = label if row.kind == "other" else _a(label)
    said = " for ".join(x for x in (f"I have {what}", row.project) if x)
    time_there = f" at {show_time(row.at, desk.customs)}" if row.at else ""
    return Clash.of(line, (day, day), f"{said}{time_there}", can_move=True)


def _at_that_time(desk: Desk, when: When | None, row: Record, day: date) -> bool:
    """Whether both fall together; of one that has no time, the day is enough."""
    if when is None:
        return False
    if when.at is None or row.at is None:
        return day == when.day
    zone = ZoneInfo(when.zone) if is_zone(when.zone) else desk.zone
    begins = zoned(datetime.combine(when.day, when.at), zone)
    ends = zoned(_end(when.day, when.at, when.until), zone)
    other_ends = appointments.ends(row) if row.until else appointments.instant(row) + LASTS
    return begins < other_ends and appointments.instant(row) < ends


def _end(day: date, at: time, until: time | None) -> datetime:
    if until is None:
        return datetime.combine(day, at) + LASTS
    return datetime.combine(day + timedelta(days=until <= at), until)


def _away(desk: Desk, wish: _Wish, row: Record) -> Clash | None:
    span = overlap((row.first, row.last), wish.spans)
    if span is None:
        return None
    return Clash.of(f"Clash: you are away, {_dated(desk, span)}.", span, "I am away", can_move=False)


async def for_agent(desk: Desk, project: str, days: Sequence[Days], clashes: Sequence[str]) -> str:
    """The text to copy: which days are free, what stands in the way of the others, and whether it can move."""
    if not days:
        return f"{project}: which days are they?"
    there = [clash for clash in clashes if isinstance(clash, Clash)]
    free = without(days, each_day(clash.days for clash in there))
    shown = " and ".join(_dated(desk, span) for span in free)
    is_one = len(free) == 1 and free[0][0] == free[0][1]
    first = f"{project}: {shown} {'is' if is_one else 'are'} free." if free else f"{project}:"
    return " ".join((first, *in_the_way(desk, there))).removesuffix(":")


def in_the_way(desk: Desk, clashes: Sequence[Clash]) -> list[str]:
    """What stands in the way as sentences to the agent, with the question whether it can move."""
    said = [f"{_dated(desk, clash.days)} {clash.said}." for clash in clashes]
    return [*said, "Can one of them move?"] if any(clash.can_move for clash in clashes) else said
