"""A follow-up to somebody, asked for by name at any time; what that person had before is said first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz

from handlers import news_bank, notes, nudges
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.reading.customs import show_day
from handlers.reading.people import fold
from handlers.ways import WAYS
from handlers.writing.followup import NEWS
from handlers.writing.newslines import NewsItem, name_of, news_lines
from storage import auditions, due, news, people
from storage import notes as note_rows
from storage.changes import Change
from storage.database import Record
from storage.tables import note as note_table
from storage.tables import office as office_table
from storage.tables import person as person_table

MOST_ASKED, MOST_SENT, NEAR, LONGEST_NAME = 6, 3, 75, 60
VERBS = ("write", "anyway", "again", *WAYS)
_WAY = re.compile(r"(?:^| )(?:(?:by|as|on|via|through) )?(?:an? |my )?(postcard|e-?mail|agent)$", re.IGNORECASE)


async def command(desk: Desk, rest: str) -> None:
    """`/followup NAME`, `/followup NAME postcard`."""
    rest = " ".join(rest[:200].split())
    found = _WAY.search(rest)
    verb = found[1].casefold().replace("-", "") if found else "write"
    name = rest[: found.start()].strip() if found else rest
    known = await people.known(desk.tx, desk.actor.id)
    called = _called(name, known)
    if len(called) == 1:
        await press(desk, int(called[0].id), verb)
        return
    near = called or _near(name, known)
    quoted = f"“{name[:LONGEST_NAME]}”"
    if not near:
        desk.say(f"Nobody called {quoted} yet. People come with an audition: /audition.")
        return
    asked = "which one?" if len(near) > 1 else "the one you know?"
    choices = tuple((Choice(_label(row), f"person:{row.id}:{verb}"),) for row in near[:MOST_ASKED])
    desk.say(Message((f"{quoted}: {asked}",), choices=choices))


def _called(name: str, known: Sequence[Record]) -> list[Record]:
    """Those of this very name, else those who are called so, else those with all these words in their name."""
    said = fold(name)
    whole = [row for row in known if said and fold(row.name) == said]
    called = [row for row in known if said and fold(row.greeting) == said]
    words = [row for row in known if said and set(said.split()) <= set(fold(row.name).split())]
    return whole or called or words


def _near(name: str, known: Sequence[Record]) -> list[Record]:
    said = fold(name)
    names = [(row, (fold(row.name), fold(row.greeting), *fold(row.name).split())) for row in known if said]
    scored = [(max(fuzz.ratio(said, name) for name in of), row) for row, of in names]
    near = [(score, row) for score, row in scored if score >= NEAR]
    return [row for _, row in sorted(near, key=lambda pair: -pair[0])]


def _label(row: Record) -> str:
    return ", ".join(x for x in (row.name, row.job or row.office) if x)[: notes.LONGEST_LABEL]


async def press(desk: Desk, person_id: int, verb: str) -> None:
    """Bring the note to this person; where the actor wanted none, ask first."""
    person = await people.wishes(desk.tx, desk.actor.id, person_id)
    if person is None:
        desk.say("That one is gone.")
    elif verb == "again":
        await _notes_again(desk, person)
    elif person.unwanted and verb != "anyway":
        choices = (
            Choice("Write anyway", f"person:{person.id}:anyway"),
            Choice("Notes again", f"person:{person.id}:again"),
        )
        desk.say(Message((f"No notes to {person.name}, you said.",), choices=(choices,)))
    else:
        await _bring(desk, person, WAYS.get(verb, ""))


async def _notes_again(desk: Desk, person: Record) -> None:
    if not person.unwanted:
        desk.say(f"Notes go to {person.name}.")
        return
    change = desk.change()
    await change.update(person_table, person.id, no_notes=False)
    if person.office_id is not None:
        await change.update(office_table, person.office_id, no_notes=False)
    change_id = await change.keep(f"Notes to {person.name} again", "wishes", desk.now)
    words = f"Notes to {person.name} again, from the next room on."
    desk.say(Message((words,), choices=((Choice("Undo", f"undo:{change_id}"),),)), "wishes")


async def _bring(desk: Desk, person: Record, way: str) -> None:
    sent = await note_rows.sent_to(desk.tx, desk.actor.id, person.id)
    lead = "\n".join(await _history(desk, sent[:MOST_SENT]))
    if sent and sent[0].sent_at.astimezone(desk.zone).date() == desk.local_now.date():
        desk.say(f"{lead}\nOne note a day is the most.")
        return
    change = desk.change()
    note_id, is_new = await _note_to(desk, change, person, sent)
    if note_id is None:
        desk.say("\n".join(x for x in (lead, f"Nothing new to tell {person.greeting} yet. /news keeps it.") if x))
        return
    if way:
        await change.update(note_table, note_id, channel=way)
    if way or is_new:
        await change.keep(f"Follow-up to {person.name}", notes.subject(note_id), desk.now)
    await due.cancel(desk.tx, desk.actor.id, "note", [note_id])
    await notes.present(desk, [note_id], lead=lead)


async def _note_to(desk: Desk, change: Change, person: Record, sent: Sequence[Record]) -> tuple[int | None, bool]:
    """The note that waits, else one about the last room, else one of news; with whether it was made now."""
    waiting = await note_rows.open_to(desk.tx, desk.actor.id, [person.id])
    if waiting:
        return int(waiting[-1].id), False
    last = await auditions.last_day_with(desk.tx, desk.actor.id, person.id)
    if last and desk.day - last <= nudges.WORTH_A_NOTE and (made := await _about(desk, change, person, last)):
        return made, True
    items = await news_bank.news_for(desk, sent, desk.day)
    if not news_lines(items, desk.day, desk.customs):
        return None, False
    return await _about(desk, change, person, desk.day), True


async def _about(desk: Desk, change: Change, person: Record, day: date) -> int | None:
    """The note about a day, skipped before or new; None where it was sent."""
    old = await note_rows.about(desk.tx, desk.actor.id, person.id, day)
    if old is None:
        met = await auditions.met_on(desk.tx, desk.actor.id, person.id, day)
        return await change.insert(note_table, person_id=person.id, day=day, kind="" if met else NEWS)
    if old.state == "sent":
        return None
    await change.update(note_table, old.id, state="open")
    return int(old.id)


async def _history(desk: Desk, sent: Sequence[Record]) -> list[str]:
    """What this person had, the latest first: "Sent Sat, Oct 3 by e-mail: Harbor Lights, the reel."."""
    items = {n.id: NewsItem(n.id, n.words) for n in await news.every(desk.tx, desk.actor.id)} if sent else {}
    today = desk.local_now.date()
    lines = []
    for note in sent:
        when = show_day(note.sent_at.astimezone(desk.zone).date(), today, desk.customs)
        told = ", ".join(name_of(items[id_]) for id_ in note.news if id_ in items)
        lines.append(f"Sent {when} {notes.by_way(note.channel)}{': ' if told else ''}{told}.")
    return lines
