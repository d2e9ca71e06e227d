"""A booking: what is still to be done for it, ticked off in place; reminders of what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from handlers import nudges
from handlers.casting import booking_note, calendar_file, waiting
from handlers.casting.agent import agent_name
from handlers.casting.booking import STOPS, Booking, find, is_call, settled_by, shoots, shown
from handlers.casting.booking_words import Step, steps, ticked
from handlers.casting.day_spans import each_day
from handlers.casting.days import FREES, MOST_SHOOT_DAYS, Clash, clashes, in_the_way, keep_days
from handlers.casting.line import CastingLine, Days
from handlers.casting.stage_card import subject as stage_subject
from handlers.casting.stages import stage
from handlers.desk import Desk
from handlers.messages import Choice, Code, Message, Rows, Text
from handlers.writing.openers import listed
from storage import appointments as calendar
from storage import bookings, due, outbox
from storage.changes import Change
from storage.database import Record
from storage.tables import appointment, booking_step

KIND = "booking"
NOTE, SHOW = "note", "show"
VERBS = (*(step.key for step in steps()), NOTE, SHOW)
GONE = "That one is gone."
MOST_FILES = 3
EVERY = 3
"""Days from one reminder to the next."""


def subject(project_id: int) -> str:
    """The name of a booking's card in the outbox."""
    return f"{KIND}:{project_id}"


# Booked


async def begin(desk: Desk, change: Change, project_id: int, stage_id: int, line: CastingLine) -> Message:
    """The card of a booking that was just told; all it writes is part of `change`, which its teller keeps."""
    before = await find(desk, project_id, but=stage_id)
    is_again = before is not None and before.over is None
    await keep_days(desk, change, stage_id, line.days)
    await _new_list(desk, change, project_id)
    await _shoot_days(desk, change, (project_id, stage_id), line.days)
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


async def _new_list(desk: Desk, change: Change, project_id: int) -> None:
    """Everything is to be done; what was ticked off for this booking before stays so."""
    there = {row.step for row in await bookings.steps(desk.tx, desk.actor.id, project_id)}
    for step in steps():
        if step.key not in there:
            await change.insert(booking_step, project_id=project_id, step=step.key)


async def _shoot_days(desk: Desk, change: Change, ids: tuple[int, int], days: Sequence[Days]) -> None:
    """The days as they are to stand in the calendar; those that were told before give way."""
    project_id, stage_id = ids
    wanted = [day for day in each_day(days) if day >= desk.local_now.date()][:MOST_SHOOT_DAYS]
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    planned = {row.on: row for row in rows if row.kind == "shoot" and row.state == "planned"}
    for day in wanted:
        if day not in planned:
            uid = uuid5(NAMESPACE_URL, f"{desk.actor.id}/{stage_id}/shoot/{day}")
            values = {"kind": "shoot", "title": "shoot", "on": day, "zone": desk.actor.zone}
            ids_of = {"project_id": project_id, "stage_id": stage_id}
            await change.insert(appointment, **values, **ids_of, uid=f"{uid}@buttonhook")
    for day, row in planned.items():
        if wanted and day not in wanted and day >= desk.local_now.date():
            await change.update(appointment, row.id, state="cancelled")
            await calendar.bump(desk.tx, row.id)


async def call_time(desk: Desk, change: Change, line: CastingLine, project_id: int | None) -> int | None:
    """A call time is the time of the shoot on its day; None where the line tells of another thing."""
    if line.when is None or line.when.at is None or not is_call(line.what) or project_id is None:
        return None
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    day = next((r for r in rows if r.kind == "shoot" and r.state == "planned" and r.on == line.when.day), None)
    if day is None:
        return None
    place = line.place or day.place
    await change.update(appointment, day.id, at=line.when.at, until=line.when.until, place=place)
    await calendar.bump(desk.tx, day.id)
    return int(day.id)


async def wrap(desk: Desk, change: Change, project_id: int) -> None:
    """The days up to today took place; what was planned after them is called off by who tells of the wrap."""
    for row in await calendar.of_project(desk.tx, desk.actor.id, project_id):
        if row.kind == "shoot" and row.state == "planned" and row.on <= desk.local_now.date():
            await change.update(appointment, row.id, state="done")


async def send_calendar(desk: Desk, project_id: int) -> None:
    """The shoot days as files for the calendar, where they are few; said under the card."""
    rows = await calendar.of_project(desk.tx, desk.actor.id, project_id)
    ahead = [row for row in rows if row.kind == "shoot" and row.state == "planned" and row.on >= desk.local_now.date()]
    for row in ahead if len(ahead) <= MOST_FILES else []:
        await calendar_file.send_calendar(desk, row.id)


async def _to_agent(desk: Desk, booking: Booking, found: Sequence[Clash]) -> Text:
    """What to tell the agent where something stands in the way of days that are booked."""
    if not found:
        return ()
    said = f"{booking.title} is booked for {shown(desk, booking.days)}."
    courtesy = "" if any(clash.can_move for clash in found) else "Will you let them know?"
    text = " ".join(x for x in (said, *in_the_way(desk, found), courtesy) if x)
    return (f"For {await agent_name(desk, booking.project_id)}:\n", Code(text), "\n\n")


# Its card


def buttons(booking: Booking) -> Rows:
    """Its list, ticked off or not, and its note."""
    every = [_button(booking, step) for step in steps()]
    note = Choice("Booking note", f"{KIND}:{booking.project_id}:{NOTE}")
    return (tuple(every[:3]), tuple(every[3:]), (note,))


def _button(booking: Booking, step: Step) -> Choice:
    label = f"✓ {step.label}" if booking.is_done(step) else step.label
    return Choice(label, f"{KIND}:{booking.project_id}:{step.key}")


def card(desk: Desk, booking: Booking, *last: Choice, under: str = "") -> Message:
    """How it stands now."""
    head = [f"Booked: {booking.name}.", shoots(desk, booking)]
    ask = "Tap what is done." if booking.open else "All done."
    body = "\n\n".join(("\n".join(x for x in head if x), ask))
    rows = buttons(booking)
    return Message((body,), under, (*rows[:-1], (*rows[-1], *last)))


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
    await plan(desk, booking.project_id)
    await show(desk, booking.project_id)


async def show(desk: Desk, project_id: int, *last: Choice, lead: str = "") -> None:
    """Show the card as it is now, where it stands."""
    booking = await find(desk, project_id)
    if booking is None:
        return
    desk.show(card(desk, booking, *last, under=lead), desk.tapped or await _shown_as(desk, booking))


async def follow(desk: Desk, row: Record, project_id: int, *, undone: bool) -> None:
    """A tick was taken back or put back."""
    await plan(desk, project_id)
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


# Reminders


async def plan(desk: Desk, project_id: int) -> None:
    """Let the next reminder of what is open come; as often as one likes. For the renewal of a project."""
    booking = await find(desk, project_id)
    stands = booking is not None and booking.over is None and bool(booking.open)
    on = _next_day(booking, nudges.next_nudge_day(desk)) if booking and stands else None
    waits = await nudges.next_of(desk, KIND, project_id)
    if waits is not None and (waits.on, waits.zone) == (on, desk.actor.zone):
        return
    await due.cancel(desk.tx, desk.actor.id, KIND, [project_id])
    if on is not None:
        await nudges.plan(desk, KIND, project_id, on)


def _next_day(booking: Booking, soonest: date) -> date | None:
    """The next morning, every third day after it, and the day before the shoot."""
    first = booking.booked_on + timedelta(days=1)
    missed = max(0, (soonest - first).days)
    regular = first + timedelta(days=-(-missed // EVERY) * EVERY)
    eves = [day - timedelta(days=1) for day, _ in booking.days if day - timedelta(days=1) >= soonest]
    on = min([regular, *eves])
    return on if on <= max(booking.last_day, booking.booked_on) + STOPS else None


async def nudge(desk: Desk, row: Record) -> bool:
    """Say what is still open; False where nothing is. `row`: what is due, its subject the project."""
    booking = await find(desk, row.subject)
    if booking is None or booking.over is not None or not booking.open:
        return False
    still = [step.open for step in booking.open]
    head = f"{booking.title}{_near(desk, booking)}. Open: {', '.join(still)}."
    choices = tuple(_button(booking, step) for step in booking.open)
    rows = tuple(choices[at : at + 3] for at in range(0, len(choices), 3))
    desk.show(Message((head,), choices=rows), subject(booking.project_id))
    await plan(desk, booking.project_id)
    return True


def _near(desk: Desk, booking: Booking) -> str:
    ahead = [day for day, _ in booking.days if day >= booking.today]
    if not ahead:
        return ", booked" if not booking.days else ""
    return f" shoots {shown(desk, [(ahead[0], ahead[0])])}"
