"""What is to come: /today and /week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from handlers import lists, notes, nudges
from handlers.casting import booking
from handlers.casting.answer_now import has_begun
from handlers.casting.days import FREES
from handlers.casting.stage_card import when_in_passing
from handlers.casting.standing import waits
from handlers.casting.things import coming, in_a_list, things
from handlers.casting.told import Told, gather
from handlers.casting.wording import spans
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.reading.customs import show_dates, show_day
from storage import auditions, bookings, stages
from storage import notes as note_rows
from storage.database import Record

NOTHING = "Nothing due."
WEEK = timedelta(days=6)
MOST, MOST_BUTTONS, MOST_OWED = 12, 6, 20
LONGEST_LABEL = 40


# /today


async def today(desk: Desk) -> None:
    """What today holds; where it holds nothing, what comes next."""
    day = desk.local_now.date()
    lines = [thing.on_its_day() for thing in await things(desk, (day, day))]
    send, owed, to_do = await _to_send(desk), await _owed(desk), await _to_do(desk)
    parts = [
        "\n".join(lines),
        _part("To send", [await _note(desk, note) for note in send]),
        _part("Names to get", await _nameless(desk)),
        _part("To answer", [_asked(desk, told) for told in owed]),
        _part("To do", [f"{one.title}: {', '.join(step.open for step in one.open)}" for one in to_do]),
    ]
    if not any(parts):
        ahead = await coming(desk, 3, after=1)
        desk.say("\n\n".join((NOTHING, "\n".join(("Coming up", *ahead)))) if ahead else NOTHING)
        return
    head = f"Today, {show_dates(day, day, day, desk.customs)}"
    buttons = [Choice(f"Show {note.greeting}'s"[:LONGEST_LABEL], f"note:{note.id}:show") for note in send]
    about = dict.fromkeys(
        [(told.row.project_id, told.row.title) for told in owed] + [(b.project_id, b.title) for b in to_do]
    )
    buttons += [Choice(title[:LONGEST_LABEL], f"project:{id_}:open") for id_, title in about]
    body = "\n\n".join(part for part in (head, *parts) if part)
    desk.say(Message((body,), choices=tuple((button,) for button in buttons[:MOST_BUTTONS])))


def _part(head: str, lines: Sequence[str]) -> str:
    more = [f"– and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join((head, *(f"– {line}" for line in lines[:MOST]), *more)) if lines else ""


async def _to_send(desk: Desk) -> list[Record]:
    waiting = await note_rows.unfinished(desk.tx, desk.actor.id)
    return [note for note in waiting if note.due_at is None or note.due_at <= desk.now]


async def _note(desk: Desk, note: Record) -> str:
    return f"{note.name}, {await notes.titles(desk, note)}, {notes.day_name(desk, note.day)}"


async def _nameless(desk: Desk) -> list[str]:
    rows = await auditions.nameless(desk.tx, desk.actor.id, desk.day - nudges.WORTH_A_NOTE)
    return [f"{lists.title(row)}, {show_day(row.on, desk.local_now.date(), desk.customs)}" for row in rows]


async def _owed(desk: Desk) -> list[Told]:
    """The stages on which casting waits; nobody confirms what has begun."""
    rows = (await stages.unanswered(desk.tx, desk.actor.id))[:MOST_OWED]
    every = [await gather(desk, row) for row in rows]
    return [told for told in every if waits(told.row, told.history) and not has_begun(desk, told)]


def _asked(desk: Desk, told: Told) -> str:
    when = when_in_passing(desk, told) or spans(told.days, desk.local_now.date(), desk.customs)
    return f"{told.row.title}, {told.label}{f': {when}' if when else ''}"


async def _to_do(desk: Desk) -> list[booking.Booking]:
    """The bookings of which something is still open."""
    rows = (await bookings.standing(desk.tx, desk.actor.id, FREES))[:MOST_OWED]
    found = [await booking.find(desk, row.project_id) for row in rows]
    return [one for one in found if one and one.open and one.last_day + booking.STOPS >= one.today]


# /week


async def week(desk: Desk) -> None:
    """Seven days, one line a thing."""
    first = desk.local_now.date()
    last = first + WEEK
    lines = [in_a_list(desk, thing) for thing in await things(desk, (first, last))]
    lines += await _follow_ups(desk, last)
    if lines:
        head = show_dates(first, last, first, desk.customs)
        desk.say("\n\n".join((head, "\n".join(lines))))
        return
    ahead = await coming(desk, 3, after=7)
    nothing = "Nothing in the next seven days."
    desk.say("\n\n".join((nothing, "\n".join(("After that", *ahead)))) if ahead else nothing)


async def _follow_ups(desk: Desk, last: date) -> list[str]:
    """The follow-ups that come by then, a line each morning."""
    comes: dict[str, list[str]] = {}
    for note in await note_rows.unfinished(desk.tx, desk.actor.id):
        if note.due_at is not None and desk.now < note.due_at and note.due_at.astimezone(desk.zone).date() <= last:
            when = nudges.show_instant(desk, note.due_at).replace(" at ", ", ")
            comes.setdefault(when, []).append(note.greeting)
    return [f"{when[:1].upper()}{when[1:]} · follow-up to {', '.join(names)}" for when, names in comes.items()]
