"""The home page: today, the follow-ups with their buttons, the year in numbers, and where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import lists, notes, nudges
from handlers.desk import Desk
from handlers.messages import Choice, Home, Message, Outgoing, Section, plain
from handlers.reading.customs import show_day, show_time
from storage import actors, auditions
from storage import notes as note_rows
from storage.database import Record

SUBJECT = "page"
MOST = 6
QUICK = (("Log an audition", "audition"), ("News", "news"), ("Auditions", "auditions"), ("Settings", "settings"))


async def pages(desks: Sequence[Desk]) -> list[tuple[int, Outgoing]]:
    """The home pages of these actors, each with the address that shows it."""
    shown_by = {desk.actor.id: desk for desk in desks if desk.actor.has_home}
    if not shown_by:
        return []
    composed = {actor_id: await compose(desk) for actor_id, desk in shown_by.items()}
    at = await actors.homes(desks[0].tx, list(shown_by))
    return [(row.id, Outgoing(SUBJECT, Message(()), quiet=True, surface=composed[row.actor_id])) for row in at]


async def compose(desk: Desk) -> Home:
    """The page as things stand now."""
    today = Section("Today", Message((await _today(desk),), choices=(_quick(),)))
    return Home((today, *await _follow_ups(desk), Section("So far", plain(await _numbers(desk)))))


def _quick() -> tuple[Choice, ...]:
    return tuple(Choice(label, f"do:{word}") for label, word in QUICK)


async def _today(desk: Desk) -> str:
    rows = await auditions.page(desk.tx, desk.actor.id, 0, MOST)
    lines = [_audition(desk, row) for row in rows if row.day == desk.day]
    return "\n".join(lines) or "No audition logged today. Had one? Tell me while it is fresh."


def _audition(desk: Desk, row: Record) -> str:
    at = show_time(row.at, desk.customs) if row.at else ""
    return ", ".join(x for x in (" · ".join(y for y in (lists.title(row), row.role) if y), at) if x)


async def _follow_ups(desk: Desk) -> list[Section]:
    """What is to send, each with its buttons; then what comes later, in a line each."""
    waiting = await note_rows.unfinished(desk.tx, desk.actor.id)
    later = [note for note in waiting if note.due_at is not None and note.due_at > desk.now]
    ready = [note for note in waiting if note not in later]
    head = "Follow-ups"
    sections = [Section(head if not at else "", await _to_send(desk, note)) for at, note in enumerate(ready[:MOST])]
    more = [f"And {len(ready) - MOST} more to send: /followups"] if len(ready) > MOST else []
    lines = [f"{note.name}: comes {nudges.show_instant(desk, note.due_at)}" for note in later[:MOST]]
    if not ready and not lines:
        lines = ["None waits. They come of what you log."]
    if more or lines:
        sections.append(Section("" if sections else head, plain("\n".join((*more, *lines)))))
    return sections


async def _to_send(desk: Desk, note: Record) -> Message:
    day = show_day(note.day, desk.local_now.date(), desk.customs)
    verbs = (("Show", "show"), ("Sent", "sent"), ("Skip", "skip"))
    row = tuple(Choice(label, f"note:{note.id}:{verb}") for label, verb in verbs)
    return plain(f"{note.name}, {await notes.titles(desk, note)}, {day}", row)


async def _numbers(desk: Desk) -> str:
    """The month and the year: auditions, callbacks among them, follow-ups sent."""
    today = desk.day
    month, year = today.replace(day=1), date(today.year, 1, 1)
    spans = (("This month", month), (f"In {today.year}", year))
    return "\n".join([f"{label}: {await _counted(desk, since)}" for label, since in spans])


async def _counted(desk: Desk, since: date) -> str:
    told, later_rounds = await auditions.count(desk.tx, desk.actor.id, since)
    sent = await note_rows.count_sent(desk.tx, desk.actor.id, since)
    parts = (_many(told, "audition"), _many(later_rounds, "callback") if later_rounds else "")
    return ", ".join((*(part for part in parts if part), f"{_many(sent, 'follow-up')} sent"))


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
