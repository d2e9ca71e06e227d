"""After a room: how did it go; what is typed then begins the talk, with all filled in that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers import nudges
from handlers.audition import Moment, Said
from handlers.casting.appointments import instant, is_over, label, name
from handlers.casting.briefing import subject
from handlers.casting.rooms import last_room, role_and_size
from handlers.conversation import GIVEN, Log, given
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.reading.people import Room, Someone, fold, read_room
from handlers.reading.projects import What
from handlers.scripts import Begin
from handlers.talks.audition_questions import read_said, room_in
from handlers.talks.log_audition import talk_keys
from storage import appointments, due
from storage.database import Record
from storage.tables import appointment as table

STILL_MEANT = timedelta(hours=18)
"""How long after the question words that nobody else understands are the answer."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ROUND_WORDS = {"chemistry": "chemistry", "requested": "", "confirmed": ""}


async def ask(desk: Desk, row: Record) -> bool:
    """Ask how it went; not before it is over, nor where it is being told already."""
    about = await appointments.find(desk.tx, desk.actor.id, row.subject)
    if about is None or about.state != "planned" or not is_over(desk, about) or _is_being_told(desk, about):
        return False
    words = f"How did {about.project or f'the {label(about)}'} go? Who was there, what did you talk about?"
    same = [("Same people", "same")] if await last_room(desk, about.project_id) else []
    later = "Tonight" if desk.local_now.time() < nudges.TOO_LATE_FOR_EVENING else "Tomorrow"
    verbs = (*same, (later, later.casefold()), ("Didn't go", "missed"))
    buttons = tuple(Choice(words, f"appointment:{about.id}:{verb}") for words, verb in verbs)
    desk.say(Message((words,), choices=(buttons,)), subject(about.id))
    desk.out[-1] = replace(desk.out[-1], good_until=nudges.good_until(desk), due=row.id)
    await due.replan(desk.tx, row.id, {}, desk.now)  # asked now, however late
    return True


def _is_being_told(desk: Desk, row: Record) -> bool:
    """Whether a talk about that project is open."""
    for talk in desk.talks:
        told = [value for key, value in talk.log if key in (GIVEN, "what")]
        whats = [value.get("what", value) if isinstance(value, dict) else {} for value in told]
        if talk.flow == "audition" and row.project_id in [what.get("project_id") for what in whats if what]:
            return row.project_id is not None
    return False


async def same_people(desk: Desk, row: Record) -> Begin:
    """The talk with the room of last time."""
    room = await last_room(desk, row.project_id)
    return Begin("audition", given(await _known(desk, row) | ({"room": (Room, room)} if room else {})))


async def hear(desk: Desk, text: str) -> Begin | None:
    """Words that nobody else understood, soon after it was asked: the answer to that."""
    for asked in await due.lately_handed(desk.tx, desk.actor.id, "went", desk.now - STILL_MEANT):
        row = await appointments.find(desk.tx, desk.actor.id, asked.subject)
        if row is not None and row.state == "planned" and is_over(desk, row):
            desk.tidy(subject(row.id))
            return Begin("audition", await _told(desk, row, text))
    return None


async def _known(desk: Desk, row: Record) -> dict[str, tuple[Any, Any]]:
    """What, when, and for which role, as the appointment has it."""
    role, size = await role_and_size(desk, row.project_id)
    what = What(row.project, row.project_id, role, size, "", _round(row))
    here = instant(row).astimezone(desk.zone)
    moment = Moment(here.date(), here.time()) if row.at else Moment(row.on)
    return {"what": (What, what), "when": (Moment, moment)}


def _round(row: Record) -> str:
    return _ROUND_WORDS.get(row.kind, label(row))


async def _told(desk: Desk, row: Record, text: str) -> Log:
    """The first sentence may name the room; the others go to whom they begin with, or to the room."""
    view = await desk.view({"people"})
    answers = await _known(desk, row)
    first, *rest = [part for part in _SENTENCE.split(text.strip()) if part] or [""]
    room = room_in(text, None, view) or _named(read_room(first, view.people))
    if room is None:
        return given(answers | {"talk:": (Said, read_said(text, view))})
    answers["room"] = (Room, room)
    by_key = _sorted(rest, [someone for someone in room.people if someone.name])
    return given(answers | {f"talk:{key}": (Said, read_said(" ".join(said), view)) for key, said in by_key.items()})


def _named(room: Room | None) -> Room | None:
    return room if room and any(someone.name for someone in room.people) else None


def _sorted(sentences: Sequence[str], people: Sequence[Someone]) -> dict[str, list[str]]:
    """Each sentence by the key of whose talk it is; of a room with one person all is that one's."""
    keys = talk_keys(tuple(people))
    by_key: dict[str, list[str]] = {}
    for sentence in sentences:
        head = fold(sentence).split()[:1]
        of = [
            keys[s.key] for s in people if head and re.fullmatch(rf"{re.escape(fold(s.greeting))}(?:['’]?s?)", head[0])
        ]
        key = of[0] if of else keys[people[0].key] if len(people) == 1 else ""
        by_key.setdefault(key, []).append(sentence)
    return by_key


async def put_off(desk: Desk, row: Record, verb: str) -> None:
    """Ask again tonight, or tomorrow."""
    today = desk.local_now.date()
    on, at = (today, nudges.EVENING) if verb == "tonight" else (nudges.next_nudge_day(desk), None)
    if nudges.instant(desk, on, at) <= desk.now:
        on, at = nudges.next_nudge_day(desk), None
    await due.cancel(desk.tx, desk.actor.id, "went", [row.id])
    await nudges.plan(desk, "went", row.id, on, at=at, repeat=True)
    comes = nudges.show_instant(desk, nudges.instant(desk, on, at))
    desk.show(Message((f"{row.project or name(row)}: {comes}.",)), subject(row.id))


async def missed(desk: Desk, row: Record) -> None:
    """It did not take place, for this actor."""
    change = desk.change()
    await change.update(table, row.id, state="missed")
    await due.cancel(desk.tx, desk.actor.id, "went", [row.id])
    change_id = await change.keep(f"Didn't go: {name(row)}", subject(row.id), desk.now)
    undo = ((Choice("Undo", f"undo:{change_id}"),),)
    desk.show(Message((f"Didn't go: {name(row)}.",), choices=undo), subject(row.id))
