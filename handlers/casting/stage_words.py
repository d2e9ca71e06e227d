"""How a stage reads as it stands: what was answered, what was sent in, what is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta

from handlers import nudges
from handlers.casting import booking, booking_card
from handlers.casting.stage_card import buttons, card, look, when_in_passing
from handlers.casting.stages import is_stage, stage
from handlers.casting.standing import GOOD_READ
from handlers.casting.told import DATES, MEETING, OFFER, TAPE, Told, ready
from handlers.casting.wording import are_several, spans
from handlers.desk import Desk
from handlers.messages import Choice, Message, plain
from handlers.nudges import EVENING
from handlers.reading.customs import show_day
from handlers.reading.people import fold
from storage import news, stages

OPENS_AGAIN = "If they come back, just tell me."


async def as_it_stands(desk: Desk, told: Told, *last: Choice) -> Message:
    """What a stage shows now, with what takes back the last step."""
    row = told.row
    if row.answer in _ANSWERED:
        return _ANSWERED[row.answer](await _lead(desk, told), desk, told, last)
    if told.sort in (MEETING, TAPE, DATES, OFFER) and row.audition_id is None:
        return await card(desk, told, *last)
    return await _PLAIN.get(row.kind, _plain)(desk, told, last)


async def _lead(desk: Desk, told: Told) -> str:
    """The briefing that comes before a meeting, where one is planned: "Briefing tonight at 7:00 pm."."""
    if told.appointment is None or told.row.answer != "confirmed":
        return ""
    row = await nudges.next_of(desk, "briefing", told.appointment.id)
    if row is None:
        return ""
    comes: str = nudges.show_instant(desk, row.due_at)
    is_evening = comes.startswith("today") and row.due_at.astimezone(desk.zone).time() >= time(EVENING.hour - 1)
    return f"Briefing {comes.replace('today', 'tonight', 1) if is_evening else comes}."


def _confirmed(lead: str, desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    change = told.row.instruction[:1].upper() + told.row.instruction[1:]
    what = ", ".join(x for x in (told.row.title, when_in_passing(desk, told)) if x)
    said = " ".join(x for x in (f"Confirmed: {what}.", f"{change}." if change else "", lead) if x)
    return Message((said,), choices=(tuple(last),))


def _answered(_lead: str, desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    if told.sort == OFFER:
        return plain(f"Answered: {told.row.title}, offer.", tuple(last))
    days = spans(told.days, desk.local_now.date(), desk.customs)
    stay = f" {days} {'stay' if are_several(told.days) else 'stays'} marked." if days else ""
    return plain(f"Answered: {told.row.title}.{stay}", tuple(last))


def _declined(_lead: str, desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    what = ", ".join(x for x in (told.row.title, when_in_passing(desk, told) or told.label) if x)
    body = (f"Declined: {what}. {OPENS_AGAIN}\n\n", *ready(desk, told, "declined"))
    return Message(body, choices=(tuple(last),))


def _new_time(_lead: str, desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    lead = f"New time asked for: {told.row.title}. Tell me when you have it.\n\n"
    return Message((lead, *ready(desk, told, "newtime")), choices=(tuple(last),))


def _cancelled(_lead: str, desk: Desk, told: Told, last: Sequence[Choice]) -> Message:  # noqa: ARG001
    return plain(f"Cancelled: {told.row.title}, {told.label}. If a new time comes, just tell me.", tuple(last))


_ANSWERED: dict[str, Callable[[str, Desk, Told, Sequence[Choice]], Message]] = {
    "confirmed": _confirmed,
    "answered": _answered,
    "declined": _declined,
    "newtime": _new_time,
    "cancelled": _cancelled,
}


async def _plain(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:  # noqa: ARG001
    return plain(f"{_sentence(told)}.", tuple(last))


def _sentence(told: Told) -> str:
    """What became of a project: "Wrapped: Brightside Bank, Mom #2"."""
    kind = told.row.kind
    if not is_stage(kind):
        return str(told.row.title)
    role = told.part[0] if kind in ("submitted", "booked", "wrapped", "aired", "auditioned") else ""
    said = stage(kind).of(told.row.title, told.row.number)
    return f"{said}, {role}" if role else said


async def _over(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    had_days = False
    for row in told.history:
        had_days = had_days or bool(await stages.days_of(desk.tx, desk.actor.id, row.id))
    off = {"released": "Its dates are free again."}.get(told.row.kind, "Its dates are off.") if had_days else ""
    body = " ".join(x for x in (f"{_sentence(told)}.", off, OPENS_AGAIN) if x)
    return plain(body, tuple(last))


async def _withdrawn(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    body = (f"{_sentence(told)}. {OPENS_AGAIN}\n\n", *ready(desk, told, "withdrawn", "any"))
    return Message(body, choices=(tuple(last),))


async def _done(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    """A job that is done; whether it shall stand in the notes is asked once."""
    said = f"{_sentence(told)}. It is in your credits."
    every = await news.every(desk.tx, desk.actor.id)
    is_news = any(fold(told.row.title) in fold(item.words) for item in every)
    if told.row.answer or is_news:
        return plain(said, tuple(last))
    return Message((f"{said} As news in your notes too?",), choices=buttons(told.row.id, ("news", "skip"), *last))


async def _booked(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    found = await booking.find(desk, told.row.project_id)
    return booking_card.card(desk, found, *last) if found and found.over is None else await _plain(desk, told, last)


async def _submitted(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    sent = await stages.submission_of(desk.tx, desk.actor.id, told.row.id)
    shown = [f"headshot {sent.headshot}" if sent and sent.headshot else "", _reel(sent.reel) if sent else ""]
    with_ = ", ".join(x for x in shown if x)
    via = {"own": "on your own", "agent": "through your agent"}.get(fold(told.row.via), f"via {told.row.via}")
    head = ", ".join(x for x in (_sentence(told), via if told.row.via else "") if x)
    posted = _posted(desk, sent.posted_at, sent.sent_at) if sent and sent.posted_at else ""
    lines = (f"{head}.", f"{with_[:1].upper()}{with_[1:]}." if with_ else "", posted)
    return plain("\n".join(x for x in lines if x), tuple(last))


def _reel(said: str) -> str:
    """By its name or its number: "comedy reel", "reel #2"."""
    if not said or "reel" in said.casefold():
        return said
    return f"reel {said}" if said[0] in "#0123456789" else f"{said} reel"


def _posted(desk: Desk, posted: datetime, sent: datetime) -> str:
    """How fast it went out: "Posted 1 h before you sent it."; of another day, that day."""
    took = sent - posted
    day = posted.astimezone(desk.zone).date()
    if timedelta(0) <= took < timedelta(days=1) and posted.astimezone(desk.zone).time() != time(0):
        return f"Posted {lasted(took)} before you sent it."
    return f"Posted {show_day(day, desk.local_now.date(), desk.customs)}."


def lasted(took: timedelta) -> str:
    """A stretch of time in one unit: "14 min", "2 h", "3 days"."""
    minutes = max(1, round(took.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"


async def _good_read(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:  # noqa: ARG001
    said = f"Noted as a good read: {told.row.title}."
    return Message((said,), choices=((*buttons(told.row.id, ("booking",))[0], *last),))


async def _reopened(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:  # noqa: ARG001
    lines = [f"{told.row.title}, open again.", f"New: {told.row.instruction}." if told.row.instruction else ""]
    return plain("\n".join(x for x in (*lines, *look(told.last)) if x), tuple(last))


_PLAIN: dict[str, Callable[[Desk, Told, Sequence[Choice]], Awaitable[Message]]] = {
    "submitted": _submitted,
    "booked": _booked,
    "released": _over,
    "passed": _over,
    "withdrawn": _withdrawn,
    "wrapped": _done,
    "aired": _done,
    "reopened": _reopened,
    GOOD_READ: _good_read,
}
