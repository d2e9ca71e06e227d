"""A booking is told, ticked off in place, and taken back."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.casting import booking_days, booking_note, booking_reminders, waiting
from handlers.casting.agent import agent_name
from handlers.casting.booking import Booking, find, settled_by, shoots
from handlers.casting.booking_card import KIND, NOTE, SHOW, VERBS, buttons, card, subject
from handlers.casting.booking_words import steps, ticked
from handlers.casting.days import FREES, Clash, clashes, in_the_way, keep_days
from handlers.casting.line import CastingLine
from handlers.casting.stage_card import subject as stage_subject
from handlers.casting.stages import stage
from handlers.desk import Desk
from handlers.messages import Choice, Code, Message, Text
from handlers.reading.customs import show_dates
from handlers.writing.openers import listed
from storage import bookings, outbox
from storage.changes import Change
from storage.database import Record
from storage.tables import booking_step

__all__ = ["KIND", "VERBS", "begin", "follow", "in_words", "press"]

GONE = "That one is gone."


async def begin(desk: Desk, change: Change, project_id: int, stage_id: int, line: CastingLine) -> Message:
    """The card of a booking that was just told; all it writes is part of `change`, which its teller keeps."""
    before = await find(desk, project_id, but=stage_id)
    is_again = before is not None and before.over is None
    await keep_days(desk, change, stage_id, line.days)
    await _new_list(desk, change, project_id, is_new=not is_again)
    await booking_days.put(desk, change, (project_id, stage_id), line.days)
    dropped = await waiting.drop(desk, change, project_id)
    booking = await find(desk, project_id)
    assert booking is not None  # noqa: S101 - its stage was written before
    found = await clashes(desk, project_id, booking.days, None, firm=True)
    none = "No clash." if booking.days and not found else ""
    when = shoots(desk, booking) or "Tell me the shoot dates when you have them."
    first = [f"Booked already: {booking.name}."] if is_again else [f"Booked: {booking.name}.", "Congratulations."]
    head = [*first, " ".join(x for x in (when, none) if x), *found]
    head += [_off(dropped)] if dropped else []
    body: Text = ("\n".join(head), "\n\n", *await _to_agent(desk, booking, found), "Tap what is done.")
    return Message(body, choices=buttons(booking))


def _off(dropped: Sequence[str]) -> str:
    """Whose follow-ups do not come any more."""
    whose = listed([f"{name}'s" for name in dropped])
    return f"{whose} follow-up{'s are' if len(dropped) > 1 else ' is'} off."


async def _new_list(desk: Desk, change: Change, project_id: int, *, is_new: bool) -> None:
    """Everything is to be done; what was ticked off for this very booking stays so."""
    there = {row.step: row for row in await bookings.steps(desk.tx, desk.actor.id, project_id)}
    for step in steps():
        if step.key not in there:
            await change.insert(booking_step, project_id=project_id, step=step.key)
        elif is_new and there[step.key].done_at is not None:
            await change.update(booking_step, there[step.key].id, done_at=None)


async def _to_agent(desk: Desk, booking: Booking, found: Sequence[Clash]) -> Text:
    """What to tell the agent where something stands in the way of days that are booked."""
    if not found:
        return ()
    days = " and ".join(show_dates(*span, booking.today, desk.customs) for span in booking.days)
    said = f"{booking.title} is booked for {days}."
    courtesy = "" if any(clash.can_move for clash in found) else "Will you let them know?"
    text = " ".join(x for x in (said, *in_the_way(desk, found), courtesy) if x)
    return (f"For {await agent_name(desk, booking.project_id)}:\n", Code(text), "\n\n")


async def press(desk: Desk, project_id: int, verb: str) -> None:
    """Do what a button of a booking says."""
    booking = await find(desk, project_id)
    if booking is None:
        desk.say(GONE)
        return
    desk.tapped = "" if verb == SHOW else await _shown_as(desk, booking)
    if booking.over is not None and booking.over.kind not in ("wrapped", "aired"):
        desk.say(f"{stage(booking.over.kind).of(booking.title)}. Nothing changed.")
    elif verb == SHOW:
        await show(desk, project_id)
    elif verb == NOTE:
        await booking_note.bring(desk, booking)
    elif verb in booking.settled:
        desk.show(card(desk, booking, under=settled_by(desk, booking.settled[verb])), desk.tapped)
    else:
        await _tick(desk, booking, (verb,))


async def _shown_as(desk: Desk, booking: Booking) -> str:
    """The subject under which its card was shown last: of the stage that told of it, or its own."""
    own = (stage_subject(booking.stage.id), subject(booking.project_id))
    return await outbox.last_of(desk.tx, desk.address_id, own) or own[1]


async def _tick(desk: Desk, booking: Booking, keys: Sequence[str], *, done: bool | None = None) -> None:
    """Tick off, or where it was ticked take that back; and show the card."""
    change, labels = desk.change(), {step.key: step.label for step in steps()}
    for key in keys:
        row = booking.rows.get(key)
        is_done = done if done is not None else row is None or row.done_at is None
        at = desk.at if is_done else None
        if row is None:
            await change.insert(booking_step, project_id=booking.project_id, step=key, done_at=at)
        else:
            await change.update(booking_step, row.id, done_at=at)
    named = listed([labels[key].lower() for key in keys])
    await change.keep(f"{booking.title}, {named}", subject(booking.project_id), desk.now)
    await booking_reminders.plan(desk, booking.project_id)
    await show(desk, booking.project_id)


async def show(desk: Desk, project_id: int, *last: Choice, lead: str = "") -> None:
    """Show the card as it is now, where it stands."""
    booking = await find(desk, project_id)
    if booking is None:
        return
    desk.show(card(desk, booking, *last, under=lead), desk.tapped or await _shown_as(desk, booking))


async def follow(desk: Desk, row: Record, project_id: int, *, undone: bool) -> None:
    """A tick was taken back or put back."""
    await booking_reminders.plan(desk, project_id)
    booking = await find(desk, project_id)
    back = Choice("Redo", f"redo:{row.id}") if undone else Choice("Undo", f"undo:{row.id}")
    if booking is None:
        desk.say(Message((f"{'Taken back' if undone else 'Put back'}: {row.words}.",), choices=((back,),)))
        return
    desk.tapped = await _shown_as(desk, booking)
    await show(desk, project_id, back, lead=f"{'Taken back' if undone else 'Put back'}: {row.words}.")


async def in_words(desk: Desk, text: str) -> bool:
    """Typed words that tick something off: "paperwork signed for brightside"; False where they say no such thing."""
    if not text or ticked(text, {0: text}) is None:  # before anything is looked up
        return False
    standing = await bookings.standing(desk.tx, desk.actor.id, FREES)
    said = ticked(text, {row.project_id: row.title for row in standing})
    booking = await find(desk, said[0]) if said else None
    if said is None or booking is None:
        return False
    await _tick(desk, booking, [key for key in said[1] if key not in booking.settled] or said[1], done=True)
    return True
