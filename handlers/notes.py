"""The card of a follow-up: what goes into the draft, how it shows, and what its buttons do."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import nudges
from handlers.conversation import given
from handlers.desk import Desk
from handlers.messages import Choice, Code, Mail, Message, Rows, Text
from handlers.reading.customs import show_day
from handlers.talking import Begin
from handlers.writing.followup import Brief, Draft, Fact, Meeting, NewsItem, lines, stale_words, write
from storage import auditions, due, news, notes
from storage.database import Record
from storage.tables import note as note_table
from storage.tables import person as person_table

VERBS = ("sent", "edit", "line", *nudges.LATER, "skip", "show")
NO_NEWS = "No news of yours in it yet. What are you up to? /news keeps it."
NO_SIGN = "No name stands under it yet."


async def brief(desk: Desk, note: Record, on: date) -> Brief:
    """All that may stand in the note to this person, sent on a day."""
    meetings: list[Meeting] = []
    others: dict[str, None] = {}
    facts: list[Fact] = []
    place = 0
    for met in await auditions.met_on(desk.tx, desk.actor.id, note.person_id, note.day):
        meetings.append(Meeting(met.day, met.title, met.role, met.kind, met.round, met.mode or "room"))
        room = [p for p in await auditions.room(desk.tx, desk.actor.id, met.id) if p.name]
        place = max(place, [p.person_id for p in room].index(note.person_id))
        others |= {p.greeting: None for p in room if p.person_id != note.person_id}
        leads = room[0].person_id == note.person_id
        facts += [
            Fact(r.words, r.first, r.last)
            for r in await auditions.remarks(desk.tx, desk.actor.id, met.id)
            if not r.private and (r.presence_id == met.presence_id or (r.presence_id is None and leads))
        ]
    items = await news.current(desk.tx, desk.actor.id, on)
    return Brief(
        note.greeting,
        desk.actor.sign or desk.actor.profile_name,
        tuple(meetings),
        tuple(others),
        tuple(facts),
        tuple(NewsItem(n.id, n.words, n.event_on, n.ends_on, n.link) for n in items),
        place,
    )


async def draft(desk: Desk, note: Record, on: date) -> Draft:
    """The note as it reads on a day; words the actor wrote stay the actor's."""
    written = write(await brief(desk, note, on), on, desk.customs, note.line)
    if note.own_on is None:
        return written
    stale = stale_words(note.body, note.own_on, on)
    marks = tuple(f"“{word}” was right on {_weekday(note.own_on)}." for word in stale)
    return Draft(note.subject, note.body, written.hook, (), marks)


def _weekday(day: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]


async def titles(desk: Desk, note: Record) -> str:
    """The projects (or roles) the note is about, as a head."""
    met = await auditions.met_on(desk.tx, desk.actor.id, note.person_id, note.day)
    names = [m.title or m.role or ("general meeting" if m.kind == "general" else "audition") for m in met]
    return " and ".join(dict.fromkeys(name for name in names if name))


async def display(desk: Desk, note: Record, *, count: str = "", lead: str = "") -> Message:
    """The card with the text of today, ready to copy; what stands on it is kept as what was shown."""
    text = await draft(desk, note, desk.day)
    shown = {"shown_on": desk.day, "subject": text.subject, "body": text.body, "news": list(text.news)}
    await notes.set_shown(desk.tx, note.id, shown)
    head = " · ".join(x for x in (count, note.name, await titles(desk, note)) if x)
    top = f"{lead}\n{head}" if lead else head
    to: Text = ("\n", Mail(note.email, text.subject, text.body)) if note.email else ()
    body: Text = (top, *to, "\n\n", Code(text.subject), "\n\n", Code(text.body))
    under = list(text.remarks)
    if not (desk.actor.sign or desk.actor.profile_name):
        under.append(NO_SIGN)
    return Message(body, "\n".join(under), _buttons(desk, note))


def _buttons(desk: Desk, note: Record) -> Rows:
    rows = (("Sent", "sent"), ("Edit", "edit"), ("Another line", "line")), (*nudges.later(desk), ("Skip", "skip"))
    buttons = tuple(tuple(Choice(label, f"note:{note.id}:{verb}") for label, verb in row) for row in rows)
    unsigned = not (desk.actor.sign or desk.actor.profile_name)
    return (*buttons, (Choice("Sign it", "set:sign"),)) if unsigned else buttons


def subject(note_id: int) -> str:
    """The name of a note's card in the outbox."""
    return f"note:{note_id}"


def _undo(change_id: int) -> Choice:
    return Choice("Undo", f"undo:{change_id}")


async def present(desk: Desk, note_ids: list[int], *, lead: str = "") -> list[int]:
    """Say the cards of these notes now, in this order; only the first makes a sound. Returns those shown.

    A card that nobody touches comes once more, at the next nudge time.
    """
    rows = {row.id: row for row in await notes.among(desk.tx, desk.actor.id, note_ids)}
    ready = [rows[id_] for id_ in note_ids if id_ in rows and rows[id_].state == "open"]
    for number, note in enumerate(ready, 1):
        await _retire(desk, note)
        count = f"{number} of {len(ready)}" if len(ready) > 1 else ""
        message = await display(desk, note, count=count, lead=lead if number == 1 else "")
        desk.say(message, subject(note.id), sound=number == 1)
        if await nudges.next_of(desk, "note", note.id) is None:
            await nudges.plan(desk, "note", note.id, nudges.next_nudge_day(desk), repeat=True)
    return [note.id for note in ready]


async def resume(desk: Desk, note: Record) -> None:
    """A note that is open again comes as it would have come: its card, or the repeat of one that was shown."""
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
    soonest = nudges.next_nudge_day(desk)
    on = soonest if note.shown_on else max(soonest, note.day + timedelta(days=1))
    if note.state == "open":
        await nudges.plan(desk, "note", note.id, on, repeat=note.shown_on is not None)


async def _retire(desk: Desk, note: Record) -> None:
    """A card that is shown anew folds where it stood."""
    if note.shown_on is not None:
        desk.tidy(subject(note.id), instead=f"{note.name}: newer below.")


async def redraw(desk: Desk, note: Record, *, lead: str = "") -> None:
    """Show the card as it is now."""
    desk.show(await display(desk, note, lead=lead), subject(note.id), folded=f"{note.name}: newer below.")


async def press(desk: Desk, note: Record, verb: str) -> Begin | None:
    """Do what a button of the card says; where it no longer makes sense, say how things stand."""
    if verb == "show":
        await present(desk, [note.id])
        return None
    if note.state in ("sent", "skipped"):
        desk.say(f"{await _as_it_stands(desk, note)} Nothing changed.")
        return None
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id], only_repeat=True)
    if verb == "edit":
        return Begin("edit", given({"note": (int, note.id)}))
    if verb in nudges.LATER:
        await _snooze(desk, note, verb)
        return None if desk.actor.zone_confirmed else Begin("zone")
    if verb == "line":
        await _another_line(desk, note)
    else:
        await {"sent": _sent, "skip": _skip}[verb](desk, note)
    return None


async def _as_it_stands(desk: Desk, note: Record) -> str:
    if note.state == "skipped":
        return f"No note to {note.name} for {await titles(desk, note)}."
    return f"Sent to {note.name} {_sent_when(desk, note)}."


def _sent_when(desk: Desk, note: Record) -> str:
    return f"by {note.channel}, {nudges.show_instant(desk, note.sent_at).replace(' at ', ', ')}"


async def keep_address(desk: Desk, note: Record, email: str) -> None:
    """The address of whom the note goes to; its card is shown with it."""
    if note.email == email:
        desk.say(f"{email} is what I have for {note.name}.")
        return
    change = desk.change()
    await change.update(person_table, note.person_id, email=email)
    kept = f"{email} for {note.name}"
    change_id = await change.keep(kept, f"email:{note.id}", desk.now)
    desk.say(Message((f"Kept: {kept}.",), choices=((_undo(change_id),),)), f"email:{note.id}")
    await present(desk, [note.id])


async def _sent(desk: Desk, note: Record) -> None:
    change = desk.change()
    await change.update(note_table, note.id, state="sent", sent_at=desk.at, channel="e-mail")
    change_id = await change.keep(f"Sent to {note.name}", subject(note.id), desk.now)
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
    now = await notes.find(desk.tx, desk.actor.id, note.id)
    words = await _as_it_stands(desk, now)  # type: ignore[arg-type]
    desk.show(Message((words,), choices=((_undo(change_id),),)), subject(note.id))


async def _skip(desk: Desk, note: Record) -> None:
    change = desk.change()
    await change.update(note_table, note.id, state="skipped")
    about = await titles(desk, note)
    change_id = await change.keep(f"No note to {note.name} for {about}", subject(note.id), desk.now)
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
    desk.show(Message((f"No note to {note.greeting} for {about}.",), choices=((_undo(change_id),),)), subject(note.id))


async def _snooze(desk: Desk, note: Record, verb: str) -> None:
    comes = await nudges.put_off(desk, "note", note.id, verb)
    if not desk.actor.zone_confirmed:
        comes = "once I know your time zone"
    change_id = await desk.change().keep(f"{note.name}: {comes}", subject(note.id), desk.now)
    choices = ((Choice("Show", f"note:{note.id}:show"), _undo(change_id)),)
    desk.show(Message((f"{note.name}: {comes}.",), choices=choices), subject(note.id))


async def _another_line(desk: Desk, note: Record) -> None:
    if note.own_on is not None or lines(await brief(desk, note, desk.day), desk.day) < 2:
        message = await display(desk, note)
        why = "These are your words: Edit changes them." if note.own_on else "No other line for this one."
        desk.show(Message(message.body, why, message.choices), subject(note.id))
        return
    change = desk.change()
    await change.update(note_table, note.id, line=note.line + 1)
    await change.keep(f"Another line for {note.name}", subject(note.id), desk.now)
    now = await notes.find(desk.tx, desk.actor.id, note.id)
    await redraw(desk, now)  # type: ignore[arg-type]


async def remind(desk: Desk, note: Record) -> None:
    """The one repeat of a card that nobody touched, in one line."""
    await _retire(desk, note)
    desk.say(await _still_here(desk, note), subject(note.id))


async def _still_here(desk: Desk, note: Record) -> Message:
    about = f"Still here: {note.name}, {await titles(desk, note)}, {day_name(desk, note.day)}."
    weekend = nudges.is_weekend(desk.local_now.date())
    if weekend:
        about += " Offices are closed until Monday."
    first = [("Monday", "monday")] if weekend else []
    row = tuple(Choice(label, f"note:{note.id}:{verb}") for label, verb in (*first, ("Show", "show"), ("Skip", "skip")))
    return Message((about,), choices=(row,))


def day_name(desk: Desk, day: date) -> str:
    """A day of the last week by its name: "yesterday", "Thursday"; an older one by its date."""
    today = desk.local_now.date()
    return _weekday(day) if 1 < (today - day).days < 7 else show_day(day, today, desk.customs)
