"""Undo and Redo: the last thing saved or tapped is taken back, and put back, by the same door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers import files, notes
from handlers.casting import booked, plan, steps
from handlers.desk import Desk
from handlers.expenses import keep as keep_expense
from handlers.expenses import receipts
from handlers.keep_audition import load, renew, saved_card
from handlers.messages import Choice, Message
from handlers.reading.customs import show_time
from handlers.reading.places import place_of
from handlers.sign_off import SIGN_OFF
from handlers.talks.settle_in import move_nudges
from handlers.talks.tell_news import show_open_cards
from storage import actors, changes, due
from storage.database import Record
from storage.notes import among
from storage.notes import find as find_note


async def undo_last(desk: Desk) -> None:
    """Take back the last change that stands."""
    row = await changes.last(desk.tx, desk.actor.id)
    if row is None:
        desk.say("Nothing to take back.")
    else:
        await undo(desk, row)


async def press(desk: Desk, verb: str, change_id: int) -> None:
    """Undo or Redo under a card."""
    row = await changes.find(desk.tx, desk.actor.id, change_id)
    if row is None:
        desk.say("That one is gone.")
        return
    desk.tapped = row.subject
    if verb == "undo" and row.undone_at is None:
        await undo(desk, row)
    elif verb == "redo" and row.undone_at is not None:
        await redo(desk, row)
    else:
        desk.say("Already taken back." if verb == "undo" else "Already put back.")


async def undo(desk: Desk, row: Record) -> None:
    """Take a change back, with the nudges that waited for it."""
    row = await receipts.go_along(desk, row)
    try:
        await changes.undo(desk.tx, row, desk.now)
    except changes.Overtaken:
        has_fix = row.subject.startswith(("audition:", "expense:"))
        fix = ((Choice("Fix", f"{row.subject}:fix"),),) if has_fix else ()
        desk.say(Message((f"{row.words}: something later stands on it, so it stays.",), choices=fix))
        return
    await _follow(desk, row, undone=True)
    await plan.follow(desk, row)


async def redo(desk: Desk, row: Record) -> None:
    """Put a change back, with its nudges; of a file nothing is left to be put back."""
    if row.subject.startswith("file:"):
        desk.say("That one is gone. Send it once more, and it is kept.")
        return
    try:
        await changes.redo(desk.tx, row)
    except changes.Overtaken:
        desk.say(f"{row.words}: something later stands in its place, so I leave it.")
        return
    await _follow(desk, row, undone=False)
    await plan.follow(desk, row)


async def _follow(desk: Desk, row: Record, *, undone: bool) -> None:
    """What hangs on the records follows them, and the card shows how things stand now."""
    if any(r["table"] == "actor" for r in row.rows):
        desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    kind = row.subject.partition(":")[0]
    await _FOLLOW.get(kind, _said)(desk, row, undone)


async def _note(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001 - as the table calls it
    note = await find_note(desk.tx, desk.actor.id, _id(row))
    if note is None:
        await _said(desk, row, undone)
        return
    await notes.resume(desk, note)
    await _resume_others(desk, row, note.id)
    if note.state == "open":
        await notes.redraw(desk, note, lead=f"{'Taken back' if undone else 'Put back'}: {row.words}.")
    else:
        _say(desk, row, f"Taken back: {row.words}." if undone else f"{row.words}.", undone=undone)


async def _settings(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001
    comes = await move_nudges(desk)
    morning = show_time(desk.actor.nudge_time, desk.customs)
    now = f"Now {place_of(desk.actor.zone).name} time, follow-ups at {morning}."
    done = "Taken back" if undone else "Put back"
    _say(desk, row, f"{done}: {row.words}. {now} {comes}".strip(), undone=undone)


async def _said(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001
    _say(desk, row, f"{'Taken back' if undone else 'Put back'}: {row.words}.", undone=undone)


async def _news(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001
    await _said(desk, row, undone)
    await show_open_cards(desk)


async def _email(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001
    await _said(desk, row, undone)
    await notes.present(desk, [_id(row)])


def _id(row: Record) -> int:
    return int(row.subject.partition(":")[2])


async def _resume_others(desk: Desk, row: Record, note_id: int = 0) -> None:
    """The other notes that the change met: those that are open again come again, the others do not."""
    ids = {r["id"] for r in row.rows if r["table"] == "note" and r["before"] and r["after"]} - {note_id}
    for note in await among(desk.tx, desk.actor.id, ids):
        await notes.resume(desk, note)


async def _audition(desk: Desk, row: Record, undone: bool) -> None:  # noqa: FBT001
    audition_id = _id(row)
    for note_id in (r["id"] for r in row.rows if r["table"] == "note" and r["before" if undone else "after"] is None):
        await due.cancel(desk.tx, desk.actor.id, "note", [note_id])
        desk.tidy(notes.subject(note_id), instead="Taken back.")
    await _resume_others(desk, row)
    audition = await load(desk, audition_id)
    if audition is None:
        await due.cancel(desk.tx, desk.actor.id, "names", [audition_id])
        _say(desk, row, f"Taken back: {row.words}. Nothing comes of it.", undone=undone)
        return
    outlook = await renew(desk, audition, audition_id)
    if undone:
        _say(desk, row, f"As before: {audition.title}. {outlook.words}".strip(), undone=True)
    else:
        desk.show(await saved_card(desk, audition, audition_id, outlook, row.id), row.subject)
    await notes.present(desk, list(outlook.now))


def _say(desk: Desk, row: Record, words: str, *, undone: bool) -> None:
    choice = Choice("Redo", f"redo:{row.id}") if undone else Choice("Undo", f"undo:{row.id}")
    desk.show(Message((words,), choices=((choice,),)), row.subject)


_FOLLOW: dict[str, Callable[[Desk, Record, bool], Awaitable[None]]] = {
    "audition": _audition,
    "note": _note,
    "expense": lambda desk, row, undone: keep_expense.follow(desk, row, undone=undone),
    "stage": lambda desk, row, undone: steps.follow(desk, row, _id(row), undone=undone),
    "booking": lambda desk, row, undone: booked.follow(desk, row, _id(row), undone=undone),
    "file": lambda desk, row, _: files.drop(desk, _id(row)),
    "settings": _settings,
    "news": _news,
    SIGN_OFF: _news,
    "email": _email,
}
"""By the kind of the subject; of all others it is only said."""
