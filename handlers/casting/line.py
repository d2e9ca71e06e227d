"""What a line tells of the way of a project, as far as the words go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

Days = tuple[date, date]
"""First and last."""


@dataclass(frozen=True)
class When:
    """The time of an appointment on the wall of the place where it is; `zone` is empty for the actor's own."""

    day: date
    at: time | None = None
    until: time | None = None
    zone: str = ""
    has_day: bool = True
    """False: only a time was told, and the day is the nearest it fits; what is moved keeps its own day."""


@dataclass(frozen=True)
class CastingLine:
    """One step of a project; whatever the words do not tell is empty."""

    stage: str
    """A key of stages.toml; or what is no stage: moved, cancelled, late, confirm, decline, new_time, answered,
    away, good_read, appointment (of another kind: ADR, fitting, shoot), sides."""
    number: int = 1
    """Which callback, which test."""
    project: str = ""
    project_id: int | None = None
    candidates: tuple[int, ...] = ()
    """The projects it may be, where the words fit several known ones: to be asked."""
    role: str = ""
    size: str = ""
    when: When | None = None
    place: str = ""
    mode: str = ""
    """self-tape, video, phone, room."""
    days: tuple[Days, ...] = ()
    """Of an avail check, pin, hold, first refusal, pencil, booking, away."""
    deadline: datetime | None = None
    """Naive, on the actor's wall: a tape's, or the one by which they want an answer."""
    instruction: str = ""
    """What they want changed: "hair curly"."""
    via: str = ""
    """Who told ("Priya"), or where it was sent in (agent, Actors Access, Casting Networks, Backstage, own)."""
    headshot: str = ""
    reel: str = ""
    posted: date | None = None
    posted_at: time | None = None
    what: str = ""
    """Of an appointment of another kind, what it is ("ADR"); of away, its words."""
    doubt: str = ""
    """Why it is to be asked and not done: "stage" (which one: `maybe`), "booking" (a loose word), "project"."""
    maybe: tuple[str, ...] = ()
