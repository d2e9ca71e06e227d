"""Days on which the actor is away: marked, said to the agent, and what stands in their way."""

from __future__ import annotations

from handlers.casting.agent import agent_name
from handlers.casting.days import clashes, in_the_way
from handlers.casting.line import CastingLine
from handlers.desk import Desk
from handlers.messages import Choice, Code, Message
from handlers.reading.customs import show_dates
from storage.tables import away

NO_DAYS = "Away when? Like: booking out Dec 22 to Jan 2."


async def take(desk: Desk, line: CastingLine) -> None:
    """Mark the days, with a text for the agent; bookings and appointments that they clash with are named."""
    days = line.days or (((line.when.day, line.when.day),) if line.when else ())
    if not days:
        desk.say(NO_DAYS)
        return
    found = await clashes(desk, None, days, None)
    change = desk.change()
    ids = [await change.insert(away, first=min(span), last=max(span)) for span in days]
    shown = " and ".join(show_dates(min(s), max(s), desk.local_now.date(), desk.customs) for s in days)
    change_id = await change.keep(f"away {shown}", f"away:{ids[0]}", desk.now)
    lines = "\n".join((f"Away {shown}.", *found))
    text = " ".join((f"Booking out: {shown}.", *in_the_way(desk, found)))
    body = (f"{lines}\nFor {await agent_name(desk)}:\n", Code(text))
    desk.say(Message(body, choices=((Choice("Undo", f"undo:{change_id}"),),)), f"away:{ids[0]}")
