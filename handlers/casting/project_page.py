"""One project with all that is kept of it: /project NAME."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from rapidfuzz import fuzz

from handlers import notes
from handlers.casting import appointments, booking
from handlers.casting.stage_card import ANSWERS, buttons
from handlers.casting.standing import kind_of, waits
from handlers.casting.told import gather
from handlers.desk import Desk
from handlers.messages import Choice, Message, Rows
from handlers.reading.customs import show_dates, show_day
from handlers.reading.people import fold
from handlers.writing.openers import listed
from storage import appointments as calendar
from storage import auditions, pipeline, projects, stages
from storage.database import Record

NONE = "No projects yet. /audition logs one, or tell me of a submission."
GONE = "That one is gone."
MOST_OFFERED, MOST_TOLD, MOST_NOTES = 6, 25, 10
NEAR, LONGEST_NAME, LONGEST_LABEL = 70, 60, 40
_ANSWERS = {"newtime": "new time asked for", "loose": "no booking", "news": "", "skip": ""}
_STATES = {"done": "took place", "missed": "didn't go", "cancelled": "called off"}


async def command(desk: Desk, rest: str) -> None:
    """Open the one that is named; where it is not clear which, offer those near it."""
    name = " ".join(rest[:200].split())
    known = await projects.known(desk.tx, desk.actor.id)
    if not known:
        desk.say(NONE)
        return
    called = _called(name, known)
    if len(called) == 1:
        await open_(desk, called[0].id)
        return
    offered = called or _near(name, known)
    if name and not offered:
        desk.say(f"No project called “{name[:LONGEST_NAME]}” yet. /pipeline lists them.")
        return
    rows = offered or list(reversed(known))
    asked = (
        f"“{name[:LONGEST_NAME]}”: {'which one' if len(offered) > 1 else 'the one you know'}?" if name else "Which one?"
    )
    choices = tuple((Choice(row.title[:LONGEST_LABEL], f"project:{row.id}:open"),) for row in rows[:MOST_OFFERED])
    desk.say(Message((asked,), choices=choices))


def _called(name: str, known: Sequence[Record]) -> list[Record]:
    said = fold(name)
    whole = [row for row in known if said and fold(row.title) == said]
    words = [row for row in known if said and set(said.split()) <= set(fold(row.title).split())]
    return whole or words


def _near(name: str, known: Sequence[Record]) -> list[Record]:
    said = fold(name)
    scored = [
        (max(fuzz.ratio(said, fold(r.title)), *(fuzz.ratio(said, w) for w in fold(r.title).split())), r) for r in known
    ]
    return [row for score, row in sorted(scored, key=lambda pair: -pair[0]) if said and score >= NEAR]


async def open_(desk: Desk, project_id: int) -> None:
    """The whole way of it: each stage with its day, appointments, notes, what it cost; and the next steps."""
    mine = (desk.tx, desk.actor.id)
    known = next((row for row in await projects.known(*mine) if row.id == project_id), None)
    if known is None:
        desk.say(GONE)
        return
    history = await stages.history(*mine, project_id)
    told = [await _stage(desk, row) for row in history[-MOST_TOLD:]]
    told = [*([f"– and {len(history) - MOST_TOLD} before"] if len(history) > MOST_TOLD else []), *told]
    told = told or await _rooms(desk, project_id)
    written = await pipeline.notes_of(*mine, project_id)
    planned = await calendar.of_project(*mine, project_id)
    parts = (
        " · ".join(x for x in (known.title, known.role, known.size) if x),
        "\n".join(told),
        _part("Calendar", [_appointment(desk, row) for row in planned[-MOST_NOTES:]]),
        _part("Notes", [_note(desk, row) for row in _told(written)[-MOST_NOTES:]]),
        await _spent(desk, project_id),
    )
    body = "\n\n".join(part for part in parts if part)
    desk.say(Message((body,), choices=await _next_steps(desk, project_id, history, written)))


def _part(head: str, lines: Sequence[str]) -> str:
    return "\n".join((head, *lines)) if lines else ""


def _on(desk: Desk, day: object) -> str:
    shown = show_day(day, desk.local_now.date(), desk.customs)  # type: ignore[arg-type]
    return f"{shown[:1].upper()}{shown[1:]}"


async def _stage(desk: Desk, row: Record) -> str:
    """One stage: "– Mon, Nov 23: callback, told by Priya, confirmed"."""
    kind = kind_of(row)
    label = kind.named(row.number) if kind else str(row.kind).replace("_", " ")
    days = await stages.days_of(desk.tx, desk.actor.id, row.id)
    today = desk.local_now.date()
    marked = " and ".join(show_dates(d.first, d.last, today, desk.customs) for d in days)
    met = await _met(desk, row.audition_id)
    via = f"{'via' if row.kind == 'submitted' else 'told by'} {row.via}" if row.via else ""
    answer = _ANSWERS.get(row.answer, row.answer)
    words = ", ".join(x for x in (f"{label} {marked}".strip(), met, via, row.instruction, answer) if x)
    return f"– {_on(desk, row.at.astimezone(desk.zone).date())}: {words}"


async def _met(desk: Desk, audition_id: int | None) -> str:
    room = await auditions.room(desk.tx, desk.actor.id, audition_id) if audition_id is not None else ()
    names = [present.name or present.description or present.job for present in room]
    return f"with {listed([name for name in names if name])}" if any(names) else ""


async def _rooms(desk: Desk, project_id: int) -> list[str]:
    """The auditions, of a project of which nothing else was told."""
    rows = await calendar.rooms_of(desk.tx, desk.actor.id, project_id)
    told = [(row, await _met(desk, row.id)) for row in reversed(rows[:MOST_TOLD])]
    return [
        f"– {_on(desk, row.on)}: {', '.join(x for x in (row.round or 'auditioned', met) if x)}" for row, met in told
    ]


def _appointment(desk: Desk, row: Record) -> str:
    words = ", ".join(x for x in (appointments.label(row), _STATES.get(row.state, "")) if x)
    return f"– {appointments.show(desk, row)}: {words}"


def _told(written: Sequence[Record]) -> list[Record]:
    """The notes without those that were dropped for another to the same person."""
    people = {row.person_id for row in written if row.state != "skipped"}
    return [row for row in written if row.state != "skipped" or row.person_id not in people]


def _note(desk: Desk, row: Record) -> str:
    if row.state == "sent":
        return f"– {row.name}, sent {notes.by_way(row.channel)} {_sent(desk, row)}"
    return f"– {row.name}, {'no note' if row.state == 'skipped' else 'not sent yet'}"


def _sent(desk: Desk, row: Record) -> str:
    return show_day(row.sent_at.astimezone(desk.zone).date(), desk.local_now.date(), desk.customs)


async def _spent(desk: Desk, project_id: int) -> str:
    rows = await pipeline.spent_on(desk.tx, desk.actor.id, project_id)
    return f"Expenses: {' and '.join(_money(desk, row) for row in rows)}" if rows else ""


def _money(desk: Desk, row: Record) -> str:
    amount = Decimal(row.minor).scaleb(-get_currency_precision(row.currency))
    return format_currency(amount, row.currency, locale=f"en_{desk.customs.country}")


async def _next_steps(desk: Desk, project_id: int, history: Sequence[Record], written: Sequence[Record]) -> Rows:
    """The answer casting waits for, the list of a booking, the notes that wait."""
    rows: list[tuple[Choice, ...]] = []
    for row in history:
        told = await gather(desk, row) if waits(row, history) else None
        if told is not None and told.sort:
            rows += buttons(row.id, ANSWERS[told.sort])
    booked = await booking.find(desk, project_id)
    if booked is not None and booked.over is None:
        rows.append((Choice("Booking list", f"booking:{project_id}:show"),))
    waiting = [note for note in written if note.state == "open"][:MOST_OFFERED]
    rows += [(Choice(f"Show {note.greeting}'s"[:LONGEST_LABEL], f"note:{note.id}:show"),) for note in waiting]
    return tuple(rows)
