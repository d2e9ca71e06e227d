"""What follows a saved audition: its follow-ups are planned, and its card says what comes when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from handlers import notes, nudges
from handlers.audition import Audition, Moment, Said, actors_day, card, headline, someone_of
from handlers.casting import plan, rounds, waiting
from handlers.conversation import Log, given
from handlers.desk import Desk, OpenTalk
from handlers.expenses.keep import write_costs
from handlers.messages import Choice, Message, Outgoing, Rows
from handlers.reading.people import Room
from handlers.reading.projects import Look, More, What
from handlers.save_audition import Planned, add_notes, write
from handlers.scripts import Begin
from handlers.talks.log_audition import talk_keys
from handlers.writing.openers import listed
from storage import auditions, due
from storage import notes as note_rows
from storage.changes import Change
from storage.database import Record


def subject(audition_id: int) -> str:
    """The name of an audition's card in the outbox."""
    return f"audition:{audition_id}"


@dataclass(frozen=True)
class Outlook:
    """What comes of a saved audition, in words; `now` are the notes whose morning is over already."""

    words: str
    planned: tuple[int, ...] = ()
    now: tuple[int, ...] = ()
    names: bool = False
    had: tuple[int, ...] = ()
    """Who had a note about an earlier round, by id."""


async def keep(desk: Desk, audition: Audition | None, talk: OpenTalk) -> Begin | None:
    """Save it, plan its follow-ups, and say so."""
    if audition is None:
        return None
    change = desk.change()
    audition_id = await write(desk, change, audition)
    await write_costs(desk, change, audition, audition_id)
    await plan.told(desk, change, audition_id)
    outlook = await _follow_ups(desk, change, audition, audition_id)
    await rounds.write(desk, change, audition, audition_id)
    outlook = await _held(desk, audition_id, outlook)
    change_id = await change.keep(audition.title, subject(audition_id), desk.now)
    _say_saved(desk, await saved_card(desk, audition, audition_id, outlook, change_id), talk, audition_id)
    if outlook.now:
        await notes.present(desk, list(outlook.now))
    waits = outlook.planned or outlook.names or outlook.now
    return Begin("zone") if waits and not desk.actor.zone_confirmed else None


async def saved_card(desk: Desk, audition: Audition, id_: int, outlook: Outlook, change_id: int) -> Message:
    """The card of a saved audition, with what comes of it, Undo and Fix."""
    done = "Changed." if audition.record else "Saved."
    if desk.by_clock:
        done = f"Saved as it stood: {headline(audition)}."
    buttons = [Choice("Undo", f"undo:{change_id}"), Choice("Fix", f"audition:{id_}:fix")]
    if outlook.planned:
        buttons.append(Choice("Draft it now", f"audition:{id_}:draft"))
    rows: Rows = (tuple(buttons), *((Choice(label, data),) for label, data in _anyway(audition, outlook)))
    return Message(card(audition, await desk.view()), f"{done} {outlook.words}".strip(), rows)


def _anyway(audition: Audition, outlook: Outlook) -> list[tuple[str, str]]:
    """Those who had a note before may have another, if the actor wants."""
    names = {someone.id: someone.greeting for someone in audition.named}
    return [
        (f"Write {names[id_]} anyway"[: notes.LONGEST_LABEL], f"person:{id_}:anyway")
        for id_ in outlook.had
        if id_ in names
    ]


def _say_saved(desk: Desk, message: Message, talk: OpenTalk, audition_id: int) -> None:
    """Under the card where Save was tapped on it; otherwise in a message of its own, and the card loses its buttons."""
    if desk.by_form:
        desk.tidy(talk.subject)
        desk.say(message, subject(audition_id))
    elif desk.tapped == talk.subject and not desk.by_clock:
        desk.out.append(Outgoing(subject(audition_id), message, replaces=talk.subject))
    else:
        desk.tidy(talk.subject)
        desk.say(Message((message.under,), choices=message.choices), subject(audition_id))


async def _follow_ups(desk: Desk, change: Change, audition: Audition, audition_id: int) -> Outlook:
    day = actors_day(audition.when.day, audition.when.at)
    if desk.day - day > nudges.WORTH_A_NOTE:
        return Outlook("More than two weeks ago, so no follow-up comes.")
    if not audition.named:
        return await _names_first(desk, audition, audition_id, day + timedelta(days=1))
    await due.cancel(desk.tx, desk.actor.id, "names", [audition_id])
    planned = await add_notes(desk, change, audition_id)
    without = " ".join(_without(desk, planned))
    outlook = await _plan(desk, planned.ids, day + timedelta(days=1)) if planned.ids else Outlook("")
    out = [s.greeting for s in audition.named if planned.is_silent_about(s.greeting)]
    already = f"{_possessive(out)} {'notes are' if len(out) > 1 else 'note is'} out already." if out else ""
    had = tuple(note.person_id for note in planned.had)
    return replace(outlook, words=" ".join(x for x in (outlook.words, already, without) if x), had=had)


async def _held(desk: Desk, audition_id: int, outlook: Outlook) -> Outlook:
    """What waits for a later round, or for dates to be settled, comes after that."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    if saved is None or saved.project_id is None:
        return outlook
    await plan.renew(desk, saved.project_id)
    if outlook.now and await waiting.put_off(desk, saved.project_id, outlook.now):
        outlook = replace(outlook, planned=outlook.now, now=())
    words = await waiting.words(desk, saved.project_id, outlook.planned)
    if not words and outlook.planned:
        words = f"{outlook.words} {await waiting.come_along(desk, saved.project_id)}".strip()
    return replace(outlook, words=words) if words else outlook


def _without(desk: Desk, planned: Planned) -> list[str]:
    """Who gets no note of this room, and why."""
    had = [f"{n.greeting} had one {_sent_on(desk, n)}, so none now." for n in planned.had]
    shared = [f"{whom} is in {_possessive([who])}." for whom, who in planned.with_another]
    return [*had, *shared, *([f"No notes to {listed(list(planned.never))}."] if planned.never else [])]


def _sent_on(desk: Desk, note: Record) -> str:
    day = notes.day_name(desk, note.sent_at.astimezone(desk.zone).date())
    return f"on {day}" if day[:1].isupper() else day


async def _plan(desk: Desk, note_ids: tuple[int, ...], morning: date) -> Outlook:
    comes = nudges.instant(desk, morning)
    named = {row.id: row.greeting for row in await note_rows.among(desk.tx, desk.actor.id, note_ids)}
    whose = _possessive([named[id_] for id_ in note_ids])
    if comes <= desk.now and not desk.by_clock:
        return Outlook(f"{whose} follow-up{'s' if len(note_ids) > 1 else ''} below.", (), note_ids)
    if comes <= desk.now:
        morning = nudges.next_nudge_day(desk)  # nobody is there to read it now
        comes = nudges.instant(desk, morning)
    for note_id in note_ids:
        await nudges.ensure(desk, "note", note_id, morning)
    if not desk.actor.zone_confirmed:
        return Outlook("", note_ids)
    verb = "follow-ups come" if len(note_ids) > 1 else "follow-up comes"
    return Outlook(f"{whose} {verb} {nudges.show_instant(desk, comes)}.", note_ids)


async def draft_now(desk: Desk, audition_id: int) -> None:
    """The drafts at once, worded for today, for those who send the same day."""
    note_ids = [row.id for row in await notes_in(desk, audition_id) if row.state == "open"]
    await due.cancel(desk.tx, desk.actor.id, "note", note_ids)
    if not await notes.present(desk, note_ids):
        desk.say("No note waits for this one.")


async def notes_in(desk: Desk, audition_id: int) -> list[Record]:
    """The notes to those who were in that room, in its order."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    if saved is None:
        return []
    order = [p.person_id for p in await auditions.room(desk.tx, desk.actor.id, audition_id)]
    of_day = await note_rows.of_day(desk.tx, desk.actor.id, saved.day)
    return sorted((n for n in of_day if n.person_id in order), key=lambda n: order.index(n.person_id))


async def renew(desk: Desk, audition: Audition, audition_id: int) -> Outlook:
    """Plan again what hangs on an audition that was put back."""
    return await _held(desk, audition_id, await _follow_ups(desk, desk.change(), audition, audition_id))


async def _names_first(desk: Desk, audition: Audition, audition_id: int, morning: date) -> Outlook:
    if audition.mode == "self-tape" and not audition.room.people:
        return Outlook("Nobody met, so no note comes.")
    on = morning if nudges.instant(desk, morning) > desk.now else nudges.next_nudge_day(desk)
    await nudges.ensure(desk, "names", audition_id, on)
    if not desk.actor.zone_confirmed:
        return Outlook("No names yet, so no draft: Fix adds them.", names=True)
    comes = nudges.show_instant(desk, nudges.instant(desk, on))
    return Outlook(f"Names first: {comes}, how to get them.", names=True)


def _possessive(names: list[str]) -> str:
    """The names as owners: Tess's and Jo's."""
    owners = [f"{name}'s" for name in names]
    return f"{', '.join(owners[:-1])} and {owners[-1]}" if len(owners) > 1 else owners[0]


async def load(desk: Desk, audition_id: int) -> Audition | None:
    """A saved audition as it would be told again."""
    row = await auditions.find(desk.tx, desk.actor.id, audition_id)
    if row is None:
        return None
    what = What(
        row.title, row.project_id, row.role, row.size, row.kind, row.round, row.mode if row.mode != "room" else ""
    )
    look = Look(row.wore, row.hair, row.headshot, row.adjustment)
    room = await auditions.room(desk.tx, desk.actor.id, audition_id)
    people = {present.id: someone_of(present) for present in room}
    said = tuple(
        (people[r.presence_id].key if r.presence_id else "", Said(r.words, r.first, r.last, r.private))
        for r in await auditions.remarks(desk.tx, desk.actor.id, audition_id)
    )
    everybody = Room(tuple(people.values()), nobody_known=not people)
    return Audition(what, Moment(row.on, row.at), everybody, said, look, More(felt=row.felt), audition_id)


def as_told(audition: Audition) -> Log:
    """The log in which all of this stands answered, to be mended."""
    answers: dict[str, tuple[Any, Any]] = {
        "record": (int | None, audition.record),
        "what": (What, audition.what),
        "room": (Room, audition.room),
        "when": (Moment, audition.when),
        "look": (Look, audition.look),
        "more": (More, audition.more),
    }
    said = dict(audition.said)
    for key, talk_key in {"": "", **talk_keys(audition.named)}.items():
        answers[f"talk:{talk_key}"] = (Said, said.get(key, Said("")))
    return given(answers)
