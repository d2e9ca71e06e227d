"""When a talk that is left alone wants attention: asked about once, saved by the next 04:00."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.audition import DAY_BEGINS
from handlers.desk import Desk, OpenTalk
from handlers.nudges import QUIET_FROM, QUIET_UNTIL
from handlers.reading.dates import zoned

CARD_REST, QUESTION_REST = timedelta(hours=1), timedelta(hours=2)
ASKED = "asked"  # in the log of a talk that was asked about; no question has this key


def rest(desk: Desk, talk: OpenTalk, *, is_card: bool, is_enough: bool) -> tuple[str, datetime]:
    """When a talk that is left alone wants attention, and for what: asked about once, saved by the next 04:00."""
    if is_card:
        return "save", desk.now + CARD_REST
    asks_at = _after_quiet(desk, desk.now + QUESTION_REST)
    saves_at = max(_next_day_begins(desk), desk.now + CARD_REST)
    has_asked = any(key == ASKED for key, _ in talk.log)
    return ("save", saves_at) if has_asked or (is_enough and saves_at <= asks_at) else ("ask", asks_at)


def _after_quiet(desk: Desk, moment: datetime) -> datetime:
    """The moment itself (UTC), or where it falls between 22:00 and 07:00 at the actor, their end."""
    wall = moment.astimezone(desk.zone).replace(tzinfo=None)
    if QUIET_UNTIL <= wall.time() < QUIET_FROM:
        return moment
    day = wall.date() + timedelta(days=wall.time() >= QUIET_FROM)
    return zoned(datetime.combine(day, QUIET_UNTIL), desk.zone)


def _next_day_begins(desk: Desk) -> datetime:
    """The next 04:00 at the actor, in UTC."""
    wall = desk.local_now
    day = wall.date() + timedelta(days=wall.time() >= DAY_BEGINS)
    return zoned(datetime.combine(day, DAY_BEGINS), desk.zone)
