"""When the clock is to speak of an appointment, on the wall of a zone the actor may be in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting.appointments import DEADLINES, ends, instant, is_round
from handlers.nudges import EVENING, QUIET_FROM, QUIET_UNTIL
from handlers.reading.dates import zoned
from storage.database import Record

SOON = timedelta(hours=2)
AFTERWARDS = timedelta(minutes=45)
DAY_BEFORE, HOURS_BEFORE = timedelta(hours=24), timedelta(hours=3)
MORNING, APART = time(9), timedelta(hours=2)
"""On the day of a deadline, where no other reminder is nearer than this."""
JUST_IN_TIME = timedelta(hours=1)
"""What would come in the night comes at its end, where so much time is left then; else on the evening before."""


@dataclass(frozen=True)
class Wish:
    """What is to come at a local time; without one, at the nudge time."""

    kind: str
    on: date
    at: time | None


def wishes(row: Record, zone: ZoneInfo) -> list[Wish]:
    """All that is to come of one that is planned, were the actor in that zone; what is past is among it."""
    if row.kind in DEADLINES:
        return [_at("tape", moment) for moment in _reminders(row, zone)]
    start = _wall(row, zone)
    wished = [Wish("briefing", start.date() - timedelta(days=1), EVENING)]
    if row.at is not None and (soon := _before(start)):
        wished.append(_at("soon", soon))
    if is_round(row):
        wished.append(_went(row, zone))
    return wished


def _wall(row: Record, zone: ZoneInfo) -> datetime:
    if row.at is None:
        return datetime.combine(row.on, time())
    return instant(row).astimezone(zone).replace(tzinfo=None)


def _at(kind: str, wall: datetime) -> Wish:
    return Wish(kind, wall.date(), wall.time())


def _is_night(at: time) -> bool:
    return not QUIET_UNTIL <= at < QUIET_FROM


def _before(start: datetime) -> datetime | None:
    """Two hours before; in the night its end, where that is before."""
    wall = start - SOON
    if not _is_night(wall.time()):
        return wall
    morning = _night_ends(wall)
    return morning if morning < start else None


def _night_ends(wall: datetime) -> datetime:
    return datetime.combine(wall.date() + timedelta(days=wall.time() >= QUIET_FROM), QUIET_UNTIL)


def _went(row: Record, zone: ZoneInfo) -> Wish:
    """When to ask how it went; deep in the night it waits for the morning."""
    if row.at is None:
        return Wish("went", row.on, EVENING)
    wall = (ends(row) + AFTERWARDS).astimezone(zone).replace(tzinfo=None)
    if not _is_night(wall.time()):
        return _at("went", wall)
    return Wish("went", _night_ends(wall).date(), None)


def _reminders(row: Record, zone: ZoneInfo) -> list[datetime]:
    """A day before, three hours before, and on the morning between where it is near to neither; none in the night."""
    if row.at is None:
        day = datetime.combine(row.on, MORNING)
        return [datetime.combine(row.on - timedelta(days=1), EVENING), day]
    due = _wall(row, zone)
    first, last = (_awake(_wall_of(ends(row) - span, zone), due) for span in (DAY_BEFORE, HOURS_BEFORE))
    morning = datetime.combine(due.date(), MORNING)
    between = [morning] if morning - first >= APART and last - morning >= APART else []
    return sorted({first, *between, last})


def _wall_of(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _awake(wall: datetime, due: datetime) -> datetime:
    if not _is_night(wall.time()):
        return wall
    morning = _night_ends(wall)
    if morning <= due - JUST_IN_TIME:
        return morning
    return datetime.combine(morning.date() - timedelta(days=1), EVENING)


def moment(wish: Wish, zone: ZoneInfo, nudge_time: time) -> datetime:
    """The instant (UTC) of a wish."""
    return zoned(datetime.combine(wish.on, wish.at or nudge_time), zone)
