"""A booking as it stands: whose, which days, and what of it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.audition import actors_day
from handlers.casting import appointments
from handlers.casting.booking_words import Step, steps
from handlers.casting.day_spans import each_day, grouped
from handlers.casting.line import Days
from handlers.casting.standing import current, kind_of
from handlers.desk import Desk
from handlers.reading.customs import show_dates, show_day
from storage import appointments as calendar
from storage import bookings, projects, stages
from storage.database import Record

STOPS = timedelta(days=30)
"""So long after the last day of it what is open is no longer asked about."""
_CALL = "call"


@dataclass(frozen=True)
class Booking:
    """What is booked; `stage` is the last that told of it, `over` what ended it, `rows` its list by step."""

    stage: Record
    over: Record | None
    role: str
    days: tuple[Days, ...]
    rows: dict[str, Record]
    settled: dict[str, Record]
    """The steps that an appointment settles: a fitting, a call time."""
    today: date
    booked_on: date

    @property
    def project_id(self) -> int:
        """What is booked."""
        return int(self.stage.project_id)

    @property
    def title(self) -> str:
        """How it is called."""
        return str(self.stage.title)

    @property
    def name(self) -> str:
        """With the role: "Brightside Bank, Mom #2"."""
        return ", ".join(x for x in (self.title, self.role) if x)

    @property
    def last_day(self) -> date:
        """The last of its days; the day of the booking where none is known."""
        return max((last for _, last in self.days), default=self.booked_on)

    def is_done(self, step: Step) -> bool:
        """Whether it is ticked off, or settled by an appointment; who signs, or has the dates, has answered."""
        ticked = [key for key, row in self.rows.items() if row.done_at is not None]
        return step.key in (*self.settled, *ticked) or (step.key == "answered" and bool(ticked))

    @property
    def open(self) -> list[Step]:
        """What is still to be done; once the shoot is over, what it needed no more is left out."""
        is_past = bool(self.days) and self.last_day < self.today
        return [step for step in steps() if not self.is_done(step) and not (step.ahead and is_past)]


async def find(desk: Desk, project_id: int, *, but: int = 0) -> Booking | None:
    """The booking of a project; None where it was never booked. `but`: as if this stage had not been told."""
    mine = (desk.tx, desk.actor.id)
    history = [row for row in await stages.history(*mine, project_id) if row.id != but]
    told = [row for row in history if row.kind == "booked"]
    if not told:
        return None
    row, now = told[-1], current(history)
    kind = kind_of(now) if now else None
    over = now if kind and kind.over else None
    planned = await calendar.of_project(*mine, project_id)
    role = next((p.role for p in await projects.known(*mine) if p.id == project_id), "")
    ticks = {tick.step: tick for tick in await bookings.steps(*mine, project_id)}
    wall = row.at.astimezone(desk.zone)
    return Booking(
        row,
        over,
        row.role or role,
        await _days(desk, row, planned),
        ticks,
        _settled(planned),
        desk.local_now.date(),
        actors_day(wall.date(), wall.time()),
    )


async def _days(desk: Desk, row: Record, planned: Sequence[Record]) -> tuple[Days, ...]:
    """The shoot days of the calendar, where they may have moved; else the days that were told."""
    shot = [r.on for r in planned if r.kind == "shoot" and r.state in ("planned", "done")]
    told = [(span.first, span.last) for span in await stages.days_of(desk.tx, desk.actor.id, row.id)]
    return grouped(shot) if shot and len(each_day(told)) <= len(shot) else grouped(each_day(told))


def is_call(title: str) -> bool:
    """Whether an appointment is a call time."""
    return title.casefold().startswith(_CALL)


def _settled(planned: Sequence[Record]) -> dict[str, Record]:
    settled = {}
    for row in planned:
        has_call = is_call(row.title) or (row.kind == "shoot" and row.at is not None)
        key = "fitting" if row.kind == "fitting" else _CALL if has_call else ""
        if key and row.state in ("planned", "done"):
            settled[key] = row
    return settled


def shoots(desk: Desk, booking: Booking) -> str:
    """When it shoots: "Shoots Tue, Dec 1.", "Shoots tomorrow."; empty where no day is known."""
    if not booking.days:
        return ""
    return f"Shoots {shown(desk, booking.days)}."


def shown(desk: Desk, days: Sequence[Days]) -> str:
    """Days within a sentence: one alone by its word, where it is near."""
    today = desk.local_now.date()
    if len(days) == 1 and days[0][0] == days[0][1]:
        return show_day(days[0][0], today, desk.customs)
    return " and ".join(show_dates(*span, today, desk.customs) for span in days)


def settled_by(desk: Desk, row: Record) -> str:
    """What settles a step, in a line."""
    return f"{appointments.name(row)}: {appointments.show(desk, row, near=True)}."
