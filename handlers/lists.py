"""What can be looked up: follow-ups, auditions, settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import notes, nudges, sign_off
from handlers.audition import card
from handlers.casting.waiting import listed_waiting
from handlers.chats import settings_line
from handlers.desk import Desk
from handlers.keep_audition import load, notes_in, subject
from handlers.messages import Choice, Message, Rows
from handlers.reading.customs import country_name, currency_name, show_day, show_time
from handlers.reading.places import place_of
from storage import auditions
from storage import notes as note_rows
from storage.database import Record

PAGE, LAST_SENT, MOST_CARDS = 8, 8, 6


async def follow_ups(desk: Desk) -> None:
    """What is due, what comes later, what was sent."""
    waiting = await note_rows.unfinished(desk.tx, desk.actor.id)
    sent = await note_rows.sent(desk.tx, desk.actor.id, LAST_SENT)
    held = [note for note in waiting if note.held]
    later = [note for note in waiting if note.due_at is not None and note.due_at > desk.now and not note.held]
    ready = [note for note in waiting if note not in later and not note.held]
    nameless = await auditions.nameless(desk.tx, desk.actor.id, desk.day - nudges.WORTH_A_NOTE)
    parts = [
        _names_to_get(desk, nameless),
        await _part(desk, "To send", ready),
        await _part(desk, "To come", later),
        *[await _part(desk, head, rows) for head, rows in (await listed_waiting(desk, held)).items()],
        await _part(desk, "Sent", sent),
    ]
    body = "\n\n".join(part for part in parts if part) or "No follow-ups yet. /audition logs what they come from."
    show = tuple((Choice(f"Show {n.greeting}'s", f"note:{n.id}:show"),) for n in (*ready, *later)[:MOST_CARDS])
    show += tuple((Choice(f"Write anyway: {n.greeting}"[:40], f"note:{n.id}:anyway"),) for n in held[:MOST_CARDS])
    names = tuple((Choice(f"Names: {title(row)}"[:40], f"audition:{row.id}:names"),) for row in nameless[:MOST_CARDS])
    desk.say(Message((body,), choices=(*show, *names)))


def _names_to_get(desk: Desk, rows: Sequence[Record]) -> str:
    today = desk.local_now.date()
    lines = [f"– {title(row)}, {show_day(row.on, today, desk.customs)}" for row in rows]
    return "\n".join(("Names to get", *lines)) if lines else ""


def title(row: Record) -> str:
    """What an audition is called in a list."""
    return row.title or row.role or "General meeting"


async def _part(desk: Desk, head: str, rows: Any) -> str:
    lines = [f"– {note.name}, {await notes.titles(desk, note)}, {_when(desk, note)}" for note in rows[:20]]
    more = [f"and {len(rows) - 20} more"] if len(rows) > 20 else []
    return "\n".join((head, *lines, *more)) if lines else ""


def _when(desk: Desk, note: Record) -> str:
    if note.state == "sent":
        sent_on = note.sent_at.astimezone(desk.zone).date()
        return f"{show_day(sent_on, desk.local_now.date(), desk.customs)}, {note.channel}"
    if note.due_at is not None and note.due_at > desk.now:
        return nudges.show_instant(desk, note.due_at)
    if not desk.actor.zone_confirmed:
        return "waits for your time zone: /settings"
    return show_day(note.day, desk.local_now.date(), desk.customs)


async def audition_page(desk: Desk, offset: int = 0) -> None:
    """One page of auditions, the newest first."""
    rows = await auditions.page(desk.tx, desk.actor.id, offset, PAGE + 1)
    if not rows:
        desk.say("No auditions yet. Had one today? /audition")
        return
    buttons = tuple((Choice(_line(desk, row)[:60], f"audition:{row.id}:open"),) for row in rows[:PAGE])
    turns = [Choice("Newer", f"auditions:{max(0, offset - PAGE)}")] if offset else []
    turns += [Choice("Older", f"auditions:{offset + PAGE}")] if len(rows) > PAGE else []
    message = Message(("Your auditions. Tap one to open it.",), choices=(*buttons, *((tuple(turns),) if turns else ())))
    desk.show(message, "auditions")


def _line(desk: Desk, row: Record) -> str:
    name = " · ".join(x for x in (row.title, row.role, row.round) if x) or "General meeting"
    day = show_day(row.on, desk.local_now.date(), desk.customs)
    return f"{day[:1].upper()}{day[1:]}: {name}"


async def open_audition(desk: Desk, audition_id: int) -> None:
    """One audition: its card, its follow-ups, Fix."""
    audition = await load(desk, audition_id)
    if audition is None:
        desk.say("That audition is gone. /auditions lists what is kept.")
        return
    view = await desk.view()
    of_room = await _notes_of(desk, audition_id)
    lines = [f"{row.name}: {_state(desk, row)}" for row in of_room]
    names = [] if audition.named else [Choice("I have the names", f"audition:{audition_id}:names")]
    shown = [
        Choice(f"{row.greeting}'s note"[: notes.LONGEST_LABEL], f"note:{row.id}:show")
        for row in of_room
        if row.state != "skipped"
    ]
    rows: Rows = ((Choice("Fix", f"audition:{audition_id}:fix"), *names), *((button,) for button in shown[:MOST_CARDS]))
    desk.say(Message(card(audition, view), "\n".join(lines), rows), subject(audition_id))


def _state(desk: Desk, note: Record) -> str:
    if note.state == "sent":
        return f"sent {_when(desk, note)}"
    if note.state == "skipped":
        return "no note"
    due_at = getattr(note, "due_at", None)
    return f"comes {nudges.show_instant(desk, due_at)}" if due_at and due_at > desk.now else "not sent yet"


async def _notes_of(desk: Desk, audition_id: int) -> list[Record]:
    waiting = {n.id: n for n in await note_rows.unfinished(desk.tx, desk.actor.id)}
    ids = [row.id for row in await notes_in(desk, audition_id)]
    return [waiting.get(row.id, row) for row in await note_rows.among(desk.tx, desk.actor.id, ids)]


async def settings(desk: Desk) -> None:
    """What the bot goes by, each with its button."""
    actor = desk.actor
    zone = place_of(actor.zone).name + ("" if actor.zone_confirmed else ", assumed")
    lines: tuple[str, ...] = (
        f"Signs as: {actor.sign or actor.profile_name or 'not set'}",
        f"Zone: {zone}, {show_time(desk.local_now.time(), desk.customs)} there now",
        f"Follow-ups at: {show_time(actor.nudge_time, desk.customs)}",
        f"Dates as in: {country_name(desk.customs.country)}",
        f"Money in: {currency_name(desk.actor.currency or desk.customs.currency)}",
        sign_off.settings_line(playful=actor.playful),
    )
    where = await settings_line(desk)
    rows: tuple[tuple[tuple[str, str], ...], ...] = (
        (("Name", "sign"), ("Zone", "place")),
        (("Morning", "morning"), ("Country", "country"), ("Currency", "currency")),
        (("Plain sign-off" if actor.playful else "Playful sign-off", sign_off.SIGN_OFF),),
    )
    choices = tuple(tuple(Choice(label, f"set:{key}") for label, key in row) for row in rows)
    if where:
        lines, choices = (*lines, where), (*choices, (Choice("Change", "set:home"),))
    desk.say(Message(("\n".join(lines),), choices=choices))
