"""The card of a follow-up: what goes into the draft, how it shows, and what its buttons do."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import checking, news_bank, nudges
from handlers.conversation import given
from handlers.desk import Desk
from handlers.messages import Choice, Code, Mail, Message, Rows, Text
from handlers.reading.customs import show_day
from handlers.scripts import Begin
from handlers.writing.checker import Finding
from handlers.writing.followup import AGENT, E_MAIL, NEWS, POSTCARD, Brief, Draft, Fact, Meeting, lines, stale_words
from handlers.writing.openers import TOGETHER
from storage import auditions, due, notes
from storage.database import Record
from storage.tables import note as note_table
from storage.tables import person as person_table

OWN_VERBS = ("fix", "keep", "news")
"""What can be done about what the checker says to the actor's own words."""
WAY_VERBS = ("channel", "email", "postcard", "agent", "office", "nonotes", "nooffice", "onenote", "eachnote")
"""What can be said about how notes go to a person, or that none shall."""
VERBS = ("sent", "edit", "line", *nudges.LATER, "skip", "show", "anyway", *OWN_VERBS, *WAY_VERBS)
FEW_NEWS = {
    0: "No news of yours in it yet. What are you up to? /news keeps it.",
    1: "One line of your news in it. Two read better: /news keeps more.",
}
"""Said once, by how much there is."""
LONGEST_LABEL = 40
NO_SIGN = "No name stands under it yet."


async def brief(desk: Desk, note: Record, on: date) -> Brief:
    """All that may stand in the note to this person, sent on a day."""
    meetings: list[Meeting] = []
    others: dict[str, None] = {}
    facts: list[Fact] = []
    place = 0
    for met in await auditions.of_note(desk.tx, desk.actor.id, note):
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
    before = await notes.sent_to(desk.tx, desk.actor.id, note.person_id)
    return Brief(
        note.greeting,
        desk.actor.sign or desk.actor.profile_name,
        tuple(meetings),
        tuple(others),
        tuple(facts),
        await news_bank.news_for(desk, before, on),
        TOGETHER if note.one_note and others else place,
        tuple(line for sent in before for line in lines_of(sent)),
        tuple(await auditions.kept_private(desk.tx, desk.actor.id, note.person_id)),
        casts=await news_bank.casts(desk, note.person_id),
        channel=note.way,
        kind=note.kind,
        playful=desk.actor.playful,
    )


def lines_of(sent: Record) -> list[str]:
    """The lines of a note that went out: what stood in them is not said again."""
    return [line for line in sent.body.splitlines() if line]


async def draft(desk: Desk, note: Record, on: date) -> Draft:
    """The note as it reads on a day; words the actor wrote stay the actor's."""
    return (await _checked(desk, note, on))[0]


async def _checked(desk: Desk, note: Record, on: date) -> tuple[Draft, tuple[Finding, ...]]:
    """The note, and what the checker says to it; to our own draft there is nothing to say."""
    told = await brief(desk, note, on)
    written = checking.safe_draft(desk, note, told, on)
    if note.own_on is None:
        return written, ()
    stale = stale_words(note.body, note.own_on, on)
    marks = tuple(f"“{word}” was right on {_weekday(note.own_on)}." for word in stale)
    found = tuple(f for f in await checking.objections(desk, note, told, on) if f.id != "H9" or f.words not in stale)
    told_news = news_bank.told_in(note.body, told.news)
    return Draft(note.subject, note.body, written.hook, told_news, (*marks, *checking.lines(found))), found


def _weekday(day: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]


async def titles(desk: Desk, note: Record) -> str:
    """The projects (or roles) the note is about, as a head."""
    met = await auditions.of_note(desk.tx, desk.actor.id, note)
    if not met and note.kind == NEWS:
        return "your news"
    names = [m.title or m.role or ("general meeting" if m.kind == "general" else "audition") for m in met]
    return " and ".join(dict.fromkeys(name for name in names if name))


async def display(desk: Desk, note: Record, *, count: str = "", lead: str = "") -> Message:
    """The card with the text of today, ready to copy; what stands on it is kept as what was shown."""
    text, found = await _checked(desk, note, desk.day)
    shown = {"shown_on": desk.day, "subject": text.subject, "body": text.body, "news": list(text.news)}
    await notes.set_shown(desk.tx, note.id, shown)
    head = " · ".join(x for x in (count, note.name, await titles(desk, note), _way(note)) if x)
    top = f"{lead}\n{head}" if lead else head
    to: Text = ("\n", Mail(note.email, text.subject, text.body)) if note.email and note.way == E_MAIL else ()
    blocks = (Code(text.body),) if note.way == POSTCARD else (Code(text.subject), "\n\n", Code(text.body))
    body: Text = (top, *to, "\n\n", *blocks)
    under = [*text.remarks, *await _headshot_side(desk, note)]
    if not (desk.actor.sign or desk.actor.profile_name):
        under.append(NO_SIGN)
    return Message(body, "\n".join(under), _buttons(desk, note, checking.verbs(found)))


def _way(note: Record) -> str:
    return {POSTCARD: "postcard", AGENT: "through your agent"}.get(note.way, "")


async def _headshot_side(desk: Desk, note: Record) -> list[str]:
    """On a postcard, the picture they saw."""
    met = await auditions.of_note(desk.tx, desk.actor.id, note) if note.way == POSTCARD else []
    return [f"Headshot side: {m.headshot}." for m in met if m.headshot][:1]


def _buttons(desk: Desk, note: Record, first: tuple[tuple[str, str], ...]) -> Rows:
    rows = ("Sent", "sent"), ("Edit", "edit"), ("Another line", "line")
    every = (*((first,) if first else ()), rows, (*nudges.later(desk), ("Skip", "skip"), ("Channel", "channel")))
    buttons = tuple(tuple(Choice(label, f"note:{note.id}:{verb}") for label, verb in row) for row in every)
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
        await _show(desk, note)
        return None
    if note.state in ("sent", "skipped"):
        desk.say(f"{await _as_it_stands(desk, note)} Nothing changed.")
        return None
    if verb == "anyway":  # asked for while it waited: it is not held again, nor brought once more
        await present(desk, [note.id])
        await due.cancel(desk.tx, desk.actor.id, "note", [note.id])
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


async def _show(desk: Desk, note: Record) -> None:
    """The card that waits; of a note that went out, what it said."""
    if note.state == "sent":
        subject_of = (Code(note.subject), "\n\n") if note.subject and note.channel != POSTCARD else ()
        desk.say(Message((f"{await _as_it_stands(desk, note)}\n\n", *subject_of, Code(note.body))))
    elif note.state == "skipped":
        desk.say(await _as_it_stands(desk, note))
    else:
        await present(desk, [note.id])


async def _as_it_stands(desk: Desk, note: Record) -> str:
    if note.state == "skipped":
        return f"No note to {note.name} for {await titles(desk, note)}."
    return f"Sent to {note.name} {_sent_when(desk, note)}."


def _sent_when(desk: Desk, note: Record) -> str:
    when = nudges.show_instant(desk, note.sent_at).replace(" at ", ", ")
    return f"{by_way(note.channel)}, {when}"


def by_way(channel: str) -> str:
    """How a note went: "by e-mail", "through your agent"."""
    return {POSTCARD: "by postcard", AGENT: "through your agent"}.get(channel, f"by {channel}")


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
    await change.update(note_table, note.id, state="sent", sent_at=desk.at, channel=note.way)
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
    never = Choice(f"No notes to {note.greeting}"[:LONGEST_LABEL], f"note:{note.id}:nonotes")
    words = f"No note to {note.greeting} for {about}."
    desk.show(Message((words,), choices=((_undo(change_id), never),)), subject(note.id))


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
