"""What stands in the calendar of some days, in its order: appointments, days that are marked, days away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from handlers.casting import appointments
from handlers.casting.days import Held, held
from handlers.casting.line import Days
from handlers.desk import Desk
from handlers.reading.customs import show_dates, show_day
from storage import appointments as calendar
from storage import days as kept
from storage.database import Record

AHEAD = timedelta(days=366)
AWAY = "Away"


@dataclass(frozen=True)
class Thing:
    """One thing of the calendar: its days, its time on the actor's wall, and its words."""

    days: Days
    at: time
    what: str
    clock: str = ""
    """Its time as it is shown, that of its place."""
    place: str = ""
    is_tape: bool = False
    is_kept: bool = False
    """It stands in the calendar, so that it is said by itself the evening before."""
    until: str = ""
    """The last of several days, shown."""

    @property
    def is_long(self) -> bool:
        """Whether it is of more than a day."""
        return self.days[0] != self.days[1]

    def on_its_day(self) -> str:
        """Under the head of its day: "11:00 am · Copper Falls, callback, 200 Main St"."""
        words = ", ".join(x for x in (self.what, self.place) if x)
        clock = f"By {self.clock}" if self.is_tape and self.clock else self.clock
        return f"{clock} · {words}" if clock else f"{words}{self.until}"


async def things(desk: Desk, span: Days) -> list[Thing]:
    """All that stands on these days, in its order; what is over by now is left out."""
    planned = await calendar.planned(desk.tx, desk.actor.id, span[0] - timedelta(days=1))
    planned = [row for row in planned if not appointments.is_over(desk, row)]
    found = [_appointment(desk, row) for row in planned]
    found += [_held(desk, one) for one in await held(desk, span) if not one.in_calendar]
    found += [_away(desk, row) for row in await kept.away_days(desk.tx, desk.actor.id, span)]
    there = [thing for thing in found if thing.days[0] <= span[1] and thing.days[1] >= span[0]]
    return sorted(there, key=lambda thing: (max(thing.days[0], span[0]), thing.is_long, thing.at, thing.what))


def _appointment(desk: Desk, row: Record) -> Thing:
    day = appointments.day_here(desk, row)
    at = appointments.instant(row).astimezone(desk.zone).time() if row.at else time()
    is_tape = row.kind in appointments.DEADLINES
    return Thing(
        (day, day), at, appointments.name(row), appointments.times(desk, row), row.place, is_tape, is_kept=True
    )


def _held(desk: Desk, one: Held) -> Thing:
    return Thing(one.days, time(), f"{one.title}, {one.label}", until=_until(desk, one.days))


def _away(desk: Desk, row: Record) -> Thing:
    days = row.first, row.last
    return Thing(days, time(), AWAY, until=_until(desk, days))


def _until(desk: Desk, days: Days) -> str:
    first, last = days
    return "" if first == last else f", until {show_dates(last, last, desk.local_now.date(), desk.customs)}"


def in_a_list(desk: Desk, thing: Thing) -> str:
    """With its day before it: "Mon, Nov 30, 10:00 am · Harbor Lights ADR"."""
    today = desk.local_now.date()
    if thing.is_long:
        return f"{show_dates(*thing.days, today, desk.customs)} · {thing.what}"
    day = show_day(thing.days[0], today, desk.customs)
    clock = f"by {thing.clock}" if thing.is_tape and thing.clock else thing.clock
    when = ", ".join(x for x in (f"{day[:1].upper()}{day[1:]}", clock) if x)
    return f"{when} · {', '.join(x for x in (thing.what, thing.place) if x)}"


async def coming(desk: Desk, most: int, *, after: int = 0) -> list[str]:
    """The next things there are, a line each; `after` so many days from today."""
    first = desk.local_now.date() + timedelta(days=after)
    found = [thing for thing in await things(desk, (first, first + AHEAD)) if thing.days[0] >= first or not after]
    return [in_a_list(desk, thing) for thing in found[:most]]
