"""The card of a stage on which casting waits: what was understood, what stays, a text to copy, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import notes
from handlers.casting import appointments, days, waiting
from handlers.casting.line import When
from handlers.casting.stages import stage
from handlers.casting.told import DATES, MEETING, MOVED, OFFER, TAPE, Told, addressed, ready, slots
from handlers.casting.wording import are_several, in_passing, spans, text
from handlers.desk import Desk
from handlers.messages import Choice, Message, Rows, Text
from handlers.reading.customs import show_day
from storage import auditions
from storage import notes as note_rows
from storage.database import Record

MOST_PEOPLE = 4
LABELS = {
    "confirmed": "Confirmed",
    "declined": "Declined",
    "newtime": "New time",
    "answered": "Answered",
    "booking": "A booking",
    "notbooking": "Not a booking",
    "news": "Add news",
    "skip": "Skip",
}
ANSWERS = {
    MEETING: ("confirmed", "declined", "newtime"),
    TAPE: ("confirmed", "declined", "newtime"),
    DATES: ("answered", "declined"),
    OFFER: ("answered", "declined"),
}
"""What can be answered, by what is asked for."""


def subject(stage_id: int) -> str:
    """The name of a stage's card in the outbox."""
    return f"stage:{stage_id}"


def buttons(stage_id: int, verbs: Sequence[str], *last: Choice) -> Rows:
    """The buttons of these verbs, the first one first; below them what takes it back."""
    row = tuple(Choice(LABELS[verb], f"stage:{stage_id}:{verb}") for verb in verbs)
    return tuple(row for row in (row, last) if row)


async def card(desk: Desk, told: Told, *last: Choice) -> Message:
    """The card, by what is asked for."""
    if told.sort in (MEETING, TAPE):
        return await _meeting(desk, told, last)
    return await _dates(desk, told, last)


def _head(told: Told) -> str:
    title, label = told.row.title, told.label
    if told.row.words == MOVED:
        label = f"{label}, new time"
    return f"{title}, open again:\n{label}" if told.is_open_again else f"{title}, {label}"


def _answer_by(desk: Desk, told: Told) -> str:
    by = told.row.answer_by
    if by is None:
        return ""
    wall = by.astimezone(desk.zone)
    return f"They want an answer by {in_passing(wall.date(), wall.time(), desk.local_now.date(), desk.customs)}."


async def _meeting(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    meeting = told.appointment
    when = appointments.show(desk, meeting) if meeting else "No time yet. Tell me when you have it."
    when = f"Self-tape by {when}" if told.sort == TAPE else f"{when[:1].upper()}{when[1:]}"
    part = " · ".join(x for x in told.part if x)
    top = "\n".join(x for x in (_head(told), when, part, _answer_by(desk, told)) if x)
    blocks = (top, "\n".join(await _what_stays(desk, told)), "\n".join(await _clashes(desk, told)))
    body = "\n\n".join(block for block in blocks if block)
    under = await waiting.words(desk, told.row.project_id)
    return Message((f"{body}\n\n", *ready(desk, told, "confirmed")), under, _choices(told, last))


def _choices(told: Told, last: Sequence[Choice]) -> Rows:
    verbs = ANSWERS[told.sort]
    if told.sort == MEETING and told.appointment is None:
        verbs = verbs[:2]  # there is no time yet that could be another
    return buttons(told.row.id, verbs, *last)


async def _what_stays(desk: Desk, told: Told) -> list[str]:
    """What they want changed first; then how it was last time, and who was there where no briefing comes any more."""
    lines = [f"New: {told.row.instruction}."] if told.row.instruction else []
    lines += look(told.last)
    meeting = told.appointment
    is_today = meeting is not None and meeting.on == desk.local_now.date()
    if told.last is not None and (told.is_open_again or is_today):
        lines += await _people(desk, told.last)
    return lines


def look(last: Record | None) -> list[str]:
    """What was worn in the last round: "Last time: yellow cardigan, hair up. Headshot warm smile."."""
    if last is None:
        return []
    worn = ", ".join(x for x in (last.wore, f"hair {last.hair}" if last.hair else "") if x)
    headshot = f"headshot {last.headshot}" if last.headshot else ""
    told = ". ".join(x[:1].upper() + x[1:] if at else x for at, x in enumerate(x for x in (worn, headshot) if x))
    lines = [f"Last time: {told}."] if told else []
    return [*lines, f"Adjustment: {last.adjustment}."] if last.adjustment else lines


async def _people(desk: Desk, last: Record) -> list[str]:
    room = [p for p in await auditions.room(desk.tx, desk.actor.id, last.id) if p.name]
    about = {n.person_id: n for n in await note_rows.of_day(desk.tx, desk.actor.id, last.day)}
    return [_person(desk, present, about.get(present.person_id)) for present in room[:MOST_PEOPLE]]


def _person(desk: Desk, present: Record, note: Record | None) -> str:
    who = ", ".join(x for x in (present.name, present.known_job) if x)
    if note is None or note.state == "skipped":
        return f"{who}."
    if note.state == "open":
        return f"{who}. No note from you yet."
    return f"{who}. Your note went {notes.day_name(desk, note.sent_at.astimezone(desk.zone).date())}."


async def _clashes(desk: Desk, told: Told) -> tuple[str, ...]:
    meeting = told.appointment
    when = When(meeting.on, meeting.at, meeting.until, meeting.zone) if meeting and told.sort == MEETING else None
    return await days.clashes(desk, told.row.project_id, told.days, when) if when or told.days else ()


async def _dates(desk: Desk, told: Told, last: Sequence[Choice]) -> Message:
    """Days that are asked for or marked; a hold is asked about first, since the word is used for two things."""
    when = spans(told.days, desk.local_now.date(), desk.customs)
    if told.row.kind == "hold" and not told.row.answer:
        asked = f"for {'those days' if are_several(told.days) else 'that day'}" if when else ""
        engaged = " ".join(x for x in ("Did they engage you", asked) if x)
        body = f"{_head(told)}{', ' if when else ''}{when}. {engaged}?"
        return Message((body,), choices=buttons(told.row.id, ("booking", "notbooking"), *last))
    clashes = await _clashes(desk, told)
    remark = "" if told.sort == OFFER else stage(told.row.kind).remark or "Not a booking."
    none = "No clash." if told.days and not clashes else ""
    unknown = "" if when or told.sort == OFFER else "No days yet. Tell me when you have them."
    said = " ".join(x for x in (f"{when}." if when else "", unknown, remark, none) if x)
    top = "\n".join(x for x in (_head(told), said, _answer_by(desk, told)) if x)
    body = "\n\n".join(x for x in (top, "\n".join(clashes)) if x)
    under = await waiting.words(desk, told.row.project_id)
    return Message((f"{body}\n\n", *await _free(desk, told, clashes)), under, _choices(told, last))


async def _free(desk: Desk, told: Told, clashes: Sequence[str]) -> Text:
    """The text that says whether the days are free."""
    if told.sort == OFFER:
        return ready(desk, told, "offer", "agent" if told.rep else "casting")
    if told.row.kind == "avail":
        return addressed(told, await days.for_agent(desk, told.row.title, told.days, clashes))
    noted = text("noted", "any", slots(desk, told))
    in_the_way = days.in_the_way(desk, [clash for clash in clashes if isinstance(clash, days.Clash)])
    return addressed(told, " ".join((noted, *in_the_way)))


def asked_again(desk: Desk, told: Told) -> Message:
    """The one line that asks whether it was answered, with the same buttons."""
    what = when_in_passing(desk, told) or told.label
    answered = "did you confirm" if told.sort in (MEETING, TAPE) else "did you answer"
    return Message((f"{told.row.title}, {what}: {answered}?",), choices=_choices(told, ()))


def when_in_passing(desk: Desk, told: Told) -> str:
    """When it is, within a sentence: "tomorrow, 11:00 am"; empty where no time is known."""
    meeting = told.appointment
    if meeting is None:
        return ""
    day = show_day(meeting.on, desk.local_now.date(), desk.customs)
    when = ", ".join(x for x in (day, appointments.times(desk, meeting)) if x)
    return f"self-tape by {when}" if meeting.kind == TAPE else when
