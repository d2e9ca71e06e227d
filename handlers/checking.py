"""The checker at the actor's own words: all that is stored about a note, and what is said under its card."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.desk import Desk
from handlers.writing.checker import Finding, Knowledge, Note, Sent, Told, check, mend
from handlers.writing.followup import Brief, Draft, NewsItem
from handlers.writing.safe import known_of, write_safe
from storage import auditions, news, notes, people, projects
from storage.database import Record

log = logging.getLogger(__name__)

MOST_LINES = 5
LEFT_OUT = "Left out: {reason}"


def safe_draft(desk: Desk, note: Record, brief: Brief, on: date) -> Draft:
    """Our own draft; a line that no casting director should read is left out, and that is said."""
    written, left_out = write_safe(brief, on, desk.customs, note.line)
    if left_out:
        log.warning("note %d: left out for %s", note.id, ", ".join(found.id for found in left_out))
    said = dict.fromkeys(LEFT_OUT.format(reason=found.reason) for found in left_out)
    return replace(written, remarks=(*said, *written.remarks))


async def objections(desk: Desk, note: Record, brief: Brief, on: date) -> tuple[Finding, ...]:
    """What the checker says to the actor's own words, but for what the actor chose to keep."""
    known = await _knowledge(desk, note, brief, on)
    found = check(Note(note.body, note.subject), known)
    return tuple(finding for finding in found if finding.key not in note.kept)


async def mended(desk: Desk, note: Record, brief: Brief, on: date) -> Note:
    """The actor's own words with all that can be made safe made so."""
    return mend(Note(note.body, note.subject), await _knowledge(desk, note, brief, on), note.kept)


def lines(found: Sequence[Finding]) -> tuple[str, ...]:
    """One line a finding, as they stand under the card."""
    said = tuple(dict.fromkeys(finding.reason for finding in found))
    more = len(said) - MOST_LINES
    return said if more <= 0 else (*said[:MOST_LINES], f"And {more} more.")


def verbs(found: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """The buttons for them, as (label, verb); none where there is nothing to do about it."""
    can_fix = any(finding.rewrite is not None for finding in found)
    is_news = any(finding.line for finding in found)
    is_pressing = can_fix or is_news or any(finding.hard or finding.id == "H7" for finding in found)
    offered = ((can_fix, "Fix it", "fix"), (is_pressing, "Keep mine", "keep"), (is_news, "Keep as news", "news"))
    return tuple((label, verb) for fits, label, verb in offered if fits)


async def _knowledge(desk: Desk, note: Record, brief: Brief, on: date) -> Knowledge:
    """All that is stored and that the note may say, or must not."""
    known = known_of(brief, on, desk.customs)
    everybody = await people.known(desk.tx, desk.actor.id)
    titles = await projects.known(desk.tx, desk.actor.id)
    before = await notes.sent_near(desk.tx, desk.actor.id, note.id)
    items = await news.every(desk.tx, desk.actor.id)
    rooms = await auditions.of_note(desk.tx, desk.actor.id, note)
    return replace(
        known,
        name=note.name,
        job=note.job,
        office=next((p.office for p in everybody if p.id == note.person_id), ""),
        others=tuple(p.name for p in everybody if p.id != note.person_id),
        titles=(*known.titles, *(p.title for p in titles)),
        roles=(*known.roles, *(p.role for p in titles if p.role)),
        news=tuple(NewsItem(n.id, n.words, n.event_on, n.ends_on, n.link) for n in items),
        facts=tuple([told for room in rooms for told in await _told(desk, room)]),
        words=(*known.words, *(w for r in rooms for w in (r.size, r.wore, r.hair, r.headshot, r.adjustment) if w)),
        to_person=tuple(_sent(desk, row) for row in before if row.person_id == note.person_id),
        # Two notes out of one day's rooms are one piece of news to their office.
        to_office=tuple(_sent(desk, row) for row in before if row.person_id != note.person_id and row.day != note.day),
        own_words=True,
    )


async def _told(desk: Desk, room: Record) -> list[Told]:
    rows = await auditions.remarks(desk.tx, desk.actor.id, room.id)
    return [Told(r.words, r.first, r.last, r.private, room.day) for r in rows]


def _sent(desk: Desk, row: Record) -> Sent:
    return Sent(row.sent_at.astimezone(desk.zone).date(), row.greeting, tuple(row.news))
