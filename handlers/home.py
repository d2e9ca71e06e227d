"""The home page: today, the follow-ups with their buttons, the year in numbers, and where to begin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta

from handlers import lists, notes, nudges
from handlers.casting import pipeline
from handlers.casting.things import coming
from handlers.desk import Desk
from handlers.messages import Choice, Home, Message, Outgoing, Section, plain, surface_json
from handlers.reading.customs import show_time
from storage import actors, auditions, changes
from storage import notes as note_rows
from storage.database import Record

SUBJECT = "page"
MOST, MOST_AHEAD = 6, 4
UNDO_STAYS = timedelta(minutes=10)
QUICK = (
    ("Log an audition", "audition"),
    ("Add expense", "expense"),
    ("News", "news"),
    ("Auditions", "auditions"),
    ("Settings", "settings"),
)


async def pages(desks: Sequence[Desk]) -> list[tuple[int, Outgoing]]:
    """The home pages of these actors that show something else than before, each with its address."""
    shown_by = {desk.actor.id: desk for desk in desks if desk.actor.has_home}
    if not shown_by:
        return []
    composed = {actor_id: await compose(desk) for actor_id, desk in shown_by.items()}
    changed: list[tuple[int, Outgoing]] = []
    for row in await actors.homes(desks[0].tx, list(shown_by)):
        page = composed[row.actor_id]
        if (digest := _digest(page)) != row.page:
            await actors.note_page(desks[0].tx, row.id, digest)
            changed.append((row.id, Outgoing(SUBJECT, Message(()), quiet=True, surface=page)))
    return changed


def _digest(page: Home) -> str:
    return hashlib.sha256(json.dumps(surface_json(page)).encode()).hexdigest()


async def compose(desk: Desk) -> Home:
    """The page as things stand now."""
    today = Section("Today", Message((await _today(desk),), choices=(_quick(),)))
    names = await _names(desk)
    follow_ups = await _follow_ups(desk, has_names_to_get=bool(names))
    so_far = Section("So far", plain(await _numbers(desk)))
    return Home((today, *await _done(desk), *follow_ups, *names, *await _ahead(desk), so_far))


async def _ahead(desk: Desk) -> list[Section]:
    """What stands in the calendar next, and how many projects have come how far; what is empty is not there."""
    lines = await coming(desk, MOST_AHEAD)
    sections = [Section("Coming up", plain("\n".join(lines)))] if lines else []
    counts = pipeline.counts(await pipeline.standings(desk))
    return [*sections, Section("Pipeline", plain(counts))] if counts else sections


async def _done(desk: Desk) -> list[Section]:
    """What was done last, as long as one may want to take it back here."""
    row = await changes.last(desk.tx, desk.actor.id)
    if row is None or desk.now - row.at > UNDO_STAYS or row.subject == "settings":
        return []
    return [Section("Done", plain(f"{row.words}.", (Choice("Undo", f"undo:{row.id}"),)))]


async def _names(desk: Desk) -> list[Section]:
    """The auditions of which no follow-up can come before a name is known."""
    rows = await auditions.nameless(desk.tx, desk.actor.id, desk.day - nudges.WORTH_A_NOTE)
    buttons = tuple(
        (Choice(f"I have the names: {lists.title(row)}", f"audition:{row.id}:names"),) for row in rows[:MOST]
    )
    return [Section("Names to get", plain("No name, no draft.", *buttons))] if buttons else []


def _quick() -> tuple[Choice, ...]:
    return tuple(Choice(label, f"do:{word}") for label, word in QUICK)


async def _today(desk: Desk) -> str:
    rows = [r for r in await auditions.page(desk.tx, desk.actor.id, 0, 4 * MOST) if r.day == desk.day]
    lines = [_audition(desk, row) for row in rows[:MOST]]
    lines += [f"And {len(rows) - MOST} more: /auditions"] if len(rows) > MOST else []
    return "\n".join(lines) or "Nothing today yet. Had one? Tell me while it is fresh."


def _audition(desk: Desk, row: Record) -> str:
    at = show_time(row.at, desk.customs) if row.at else ""
    return ", ".join(x for x in (" · ".join(y for y in (lists.title(row), row.role) if y), at) if x)


async def _follow_ups(desk: Desk, *, has_names_to_get: bool) -> list[Section]:
    """What is to send, each with its buttons; then what comes later, in a line each."""
    waiting = await note_rows.unfinished(desk.tx, desk.actor.id)
    later = [note for note in waiting if note.due_at is not None and note.due_at > desk.now]
    ready = [note for note in waiting if note not in later]
    head = "Follow-ups"
    sections = [Section(head if not at else "", await _to_send(desk, note)) for at, note in enumerate(ready[:MOST])]
    more = [f"And {len(ready) - MOST} more to send: /followups"] if len(ready) > MOST else []
    lines = [f"{note.name}: comes {nudges.show_instant(desk, note.due_at)}" for note in later[:MOST]]
    lines += [f"And {len(later) - MOST} more to come: /followups"] if len(later) > MOST else []
    if not ready and not lines and not has_names_to_get:
        lines = ["None waits. They come of what you log."]
    if more or lines:
        sections.append(Section("" if sections else head, plain("\n".join((*more, *lines)))))
    return sections


async def _to_send(desk: Desk, note: Record) -> Message:
    day = notes.day_name(desk, note.day)
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
    callbacks = f" ({_many(later_rounds, 'callback')} among them)" if later_rounds else ""
    return f"{_many(told, 'audition')}{callbacks}, {_many(sent, 'follow-up')} sent"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
