"""One audition as the actor told it, and how it reads on a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from handlers.conversation import View
from handlers.expenses.categories import label
from handlers.expenses.expense import Expense
from handlers.expenses.showing import show_distance, show_money
from handlers.messages import Text
from handlers.reading.customs import show_day, show_days, show_when
from handlers.reading.people import Room, Someone
from handlers.reading.projects import Look, More, What
from storage.database import Record

DAY_BEGINS, MID_YEAR = time(4), 6
MODES = {"room": "in the room", "self-tape": "self-tape", "video": "video", "phone": "phone"}


@dataclass(frozen=True)
class Moment:
    """When it was: a day, and a time if one was said; `readings` where the words could mean several."""

    day: date
    at: time | None = None
    readings: tuple[tuple[date, time | None], ...] = ()


@dataclass(frozen=True)
class Said:
    """What was talked about, in the actor's words without its date, which stands beside it."""

    words: str
    first: date | None = None
    last: date | None = None
    private: bool = False


@dataclass(frozen=True)
class Audition:
    """One round for one role; `said` goes by the key of the person, "" for the whole room."""

    what: What
    when: Moment
    room: Room = field(default_factory=Room)
    said: tuple[tuple[str, Said], ...] = ()
    look: Look = field(default_factory=Look)
    more: More = field(default_factory=More)
    record: int | None = None
    costs: tuple[Expense, ...] = ()

    @property
    def named(self) -> tuple[Someone, ...]:
        """Those whose names are known, in the order of the room."""
        return tuple(someone for someone in self.room.people if someone.name)

    @property
    def round(self) -> str:
        """Which round it was; empty for the first."""
        return self.more.round or self.what.round

    @property
    def mode(self) -> str:
        """How it took place: room, self-tape, video, phone."""
        return self.more.mode or self.what.mode or "room"

    @property
    def size(self) -> str:
        """The size of the role."""
        return self.more.size or self.what.size

    @property
    def title(self) -> str:
        """What it is called in a sentence."""
        return self.what.project or self.what.role or ("general meeting" if self.what.kind == "general" else "audition")


def actors_day(day: date, at: time | None) -> date:
    """The actor's day, which runs from 04:00 to 03:59."""
    return day - timedelta(days=1) if at is not None and at < DAY_BEGINS else day


def someone_of(present: Record) -> Someone:
    """Somebody in a room, from the row of the presence there."""
    if present.person_id is None:
        return Someone(f"d:{present.id}", job=present.job, description=present.description)
    person = {"name": present.name, "greeting": present.greeting, "job": present.known_job, "office": present.office}
    return Someone(f"p{present.person_id}", present.person_id, **person)


def card(audition: Audition, view: View) -> Text:
    """The card: only the lines that hold something."""
    parts = [_head(audition, view), *(_person(a, audition, view) for a in audition.room.people)]
    parts = ["\n".join(parts[:1]), "\n".join(p for p in parts[1:] if p)]
    parts.append(_about_room(audition, view))
    parts.append(_look(audition))
    parts.append(_costs(audition, view))
    return ("\n\n".join(part for part in parts if part),)


def headline(audition: Audition) -> str:
    """Project, role, size, kind and round in one line."""
    what = audition.what
    general = "General meeting" if what.kind == "general" else what.kind
    return " · ".join(x for x in (what.project, what.role, audition.size, general, audition.round) if x)


def _head(audition: Audition, view: View) -> str:
    mode = "" if audition.mode == "room" and not (audition.more.mode or audition.what.mode) else MODES[audition.mode]
    return f"{headline(audition)}\n{_when(audition.when, view)}{', ' + mode if mode else ''}"


def _when(when: Moment, view: View) -> str:
    """The date with its weekday; of today and yesterday the word leads it, so that a wrong day is seen."""
    named = show_day(when.day, view.today, view.customs)
    if named not in ("today", "yesterday"):
        return show_when(when.day, when.at, view.today, view.customs)
    # Seen from half a year away, but from the same year, a day is written out.
    afar = date(when.day.year, 1 if when.day.month > MID_YEAR else 12, 1)
    return f"{named.capitalize()}, {show_when(when.day, when.at, afar, view.customs)}"


def who(someone: Someone) -> str:
    """A person with job and office, or the description of one."""
    if someone.name:
        return ", ".join(x for x in (someone.name, someone.job, someone.office, someone.email) if x)
    return ", ".join(x for x in (someone.job, someone.description) if x) or "one more"


def _person(someone: Someone, audition: Audition, view: View) -> str:
    said = [remark(s, view) for key, s in audition.said if key == someone.key]
    name = who(someone) if someone.name else f"No name: {who(someone)}"
    return "\n".join((name, *said))


def remark(said: Said, view: View) -> str:
    """What was said, with its date fixed."""
    days = ""
    if said.first is not None:
        days = ", " + show_days(said.first, said.last or said.first, view.today, view.customs)
    return f"– {said.words}{days}{' · private, stays with you' if said.private else ''}"


def _about_room(audition: Audition, view: View) -> str:
    lines = [remark(s, view) for key, s in audition.said if not key]
    if not audition.room.people:
        names = "No names yet" if audition.room.nobody_known else ""
        return "\n".join(x for x in (names, *lines) if x)
    return "\n".join(("The room", *lines)) if lines else ""


def _look(audition: Audition) -> str:
    look, more = audition.look, audition.more
    worn = ", ".join(
        x for x in (f"wore {look.wore}" if look.wore else "", f"hair {look.hair}" if look.hair else "") if x
    )
    adjustment = look.adjustment or more.adjustment
    lines = (
        worn[:1].upper() + worn[1:],
        f"Headshot {look.headshot}" if look.headshot else "",
        f"Adjustment: {adjustment}" if adjustment else "",
        f"Felt {more.felt} of 5" if more.felt else "",
    )
    return "\n".join(line for line in lines if line)


def _costs(audition: Audition, view: View) -> str:
    """What it cost, in a line."""
    told = [
        show_distance(e.trip, view.customs)
        if e.trip
        else f"{show_money(e.money, view.customs)} {label(e.category).lower()}"
        for e in audition.costs
    ]
    return f"Expenses: {', '.join(told)}" if told else ""
