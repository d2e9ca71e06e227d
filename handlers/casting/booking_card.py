"""The card of a booking: its days, and its list to tick off."""

from __future__ import annotations

from handlers.casting.booking import Booking, shoots
from handlers.casting.booking_words import Step, steps
from handlers.desk import Desk
from handlers.messages import Choice, Message, Rows

KIND, NOTE, SHOW = "booking", "note", "show"
VERBS = (*(step.key for step in steps()), NOTE, SHOW)


def subject(project_id: int) -> str:
    """The name of a booking's card in the outbox."""
    return f"{KIND}:{project_id}"


def buttons(booking: Booking) -> Rows:
    """Its list, ticked off or not, and its note."""
    every = [tick(booking, step) for step in steps()]
    note = Choice("Booking note", f"{KIND}:{booking.project_id}:{NOTE}")
    return (tuple(every[:3]), tuple(every[3:]), (note,))


def tick(booking: Booking, step: Step) -> Choice:
    """The button of one step."""
    label = f"✓ {step.label}" if booking.is_done(step) else step.label
    return Choice(label, f"{KIND}:{booking.project_id}:{step.key}")


def card(desk: Desk, booking: Booking, *last: Choice, under: str = "") -> Message:
    """How it stands now."""
    head = [f"Booked: {booking.name}.", shoots(desk, booking)]
    ask = "Tap what is done." if booking.open else "All done."
    body = "\n\n".join(("\n".join(x for x in head if x), ask))
    rows = buttons(booking)
    return Message((body,), under, (*rows[:-1], (*rows[-1], *last)))
