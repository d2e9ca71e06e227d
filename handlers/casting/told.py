"""A stage with all that is shown of it, looked up; and who its text is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.casting.line import Days
from handlers.casting.stages import stage
from handlers.casting.standing import is_over, kind_of
from handlers.casting.wording import spans, text, texts, to_others
from handlers.desk import Desk
from handlers.messages import Code, Text
from handlers.reading.customs import show_time
from handlers.reading.people import fold
from storage import appointments, people, projects, stages
from storage.database import Record

MEETING, TAPE, DATES, OFFER = "meeting", "tape", "dates", "offer"
MOVED = "moved"
"""Told of a stage that has got another time."""
_REPS = ("agent", "manager")


@dataclass(frozen=True)
class Told:
    """One stage; `last` is the last round that was logged of its project, `rep` who the text is for."""

    row: Record
    history: Sequence[Record]
    days: tuple[Days, ...]
    appointment: Record | None
    last: Record | None
    rep: str = ""
    """Empty where it goes to casting itself."""

    @property
    def sort(self) -> str:
        """What it asks for: a meeting, a tape, dates, an offer; empty: nothing."""
        kind = kind_of(self.row)
        if kind is None or kind.over or kind.booking:
            return ""
        if kind.key == OFFER:
            return OFFER
        if kind.days:
            return DATES
        if not kind.asks:
            return ""
        return TAPE if self.appointment is not None and self.appointment.kind == TAPE else MEETING

    @property
    def label(self) -> str:
        """What it is called: "2nd callback"."""
        return stage(self.row.kind).named(self.row.number)

    @property
    def is_open_again(self) -> bool:
        """Whether the project was over before this."""
        before = [row for row in self.history if (row.at, row.id) < (self.row.at, self.row.id)]
        return is_over(before)

    @property
    def part(self) -> tuple[str, str]:
        """Role and size of role, as they were told last."""
        told = [row for row in self.history if row.role]
        known = [row for row in (self.last, *reversed(told)) if row is not None and row.role]
        role = self.row.role or (known[0].role if known else "")
        sizes = [row.size for row in (self.row, *known) if row.size and fold(row.role or role) == fold(role)]
        return role, sizes[0] if sizes else self.row.size


async def gather(desk: Desk, row: Record) -> Told:
    """All that is shown of a stage."""
    mine = (desk.tx, desk.actor.id)
    history = await stages.history(*mine, row.project_id)
    days = tuple((span.first, span.last) for span in await stages.days_of(*mine, row.id))
    appointment_id = await stages.appointment_of(*mine, row.id)
    appointment = await appointments.find(*mine, appointment_id) if appointment_id else None
    last = await projects.last_round(*mine, row.project_id)
    return Told(row, history, days, appointment, last, await rep_of(desk, row.via if row.kind != "submitted" else ""))


async def rep_of(desk: Desk, via: str = "") -> str:
    """Who the texts are for: who told it, else who told something last, else the agent among the people."""
    ways = [*texts()["ways"]["sites"], *_REPS]
    if fold(via) in _REPS:
        return f"your {fold(via)}"
    known = await people.known(desk.tx, desk.actor.id)
    named = via if via and fold(via) not in ways else ""
    named = named or await stages.last_told_by(desk.tx, desk.actor.id, ways)
    if named:
        return next((row.greeting for row in known if fold(named) in (fold(row.name), fold(row.greeting))), named)
    return next((row.greeting for row in reversed(known) if row.job in _REPS), "")


def ready(desk: Desk, told: Told, verb: str, sort: str = "") -> Text:
    """The text of the table for a verb, under who it is for."""
    return addressed(told, text(verb, sort or told.sort, slots(desk, told)))


def addressed(told: Told, words: str) -> Text:
    """A text to copy, under who it is for."""
    return (f"For {told.rep or 'casting'}:\n", Code(words))


def slots(desk: Desk, told: Told) -> dict[str, str]:
    """What stands in the slots of a text."""
    today, customs, meeting = desk.local_now.date(), desk.customs, told.appointment
    when = to_others(meeting.on, meeting.at, today, customs) if meeting else ""
    if meeting and meeting.kind == TAPE:
        when = f"self-tape by {when}"
    return {
        "project": told.row.title,
        "label": told.label if kind_of(told.row) else "",
        "when": when,
        "on": when if meeting and meeting.on == today else f"on {when}" if when else "",
        "time": show_time(meeting.at, customs) if meeting and meeting.at else "",
        "place": meeting.place if meeting else "",
        "change": told.row.instruction[:1].upper() + told.row.instruction[1:],
        "days": spans(told.days, today, customs),
        "them": texts()["them"]["agent" if told.rep else "casting"],
    }
