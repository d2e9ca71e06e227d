"""Whether the sign-off of a note may play on its button hook."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.talks.tell_news import show_open_cards
from storage import actors
from storage.tables import actor as actor_table

SIGN_OFF = "playful"
"""The subject of the message that says which it is."""
SAID = {
    True: "Sign-offs play along where a hook allows it: “Hang ten!” after surfing.",
    False: "Sign-offs are plain: your name.",
}


def settings_line(*, playful: bool) -> str:
    """How it stands, for the list of settings."""
    return f"Sign-off: {'plays on the hook' if playful else 'plain'}"


async def turn(desk: Desk) -> None:
    """The other way from now on; the cards that wait are shown so."""
    change = desk.change()
    await change.update(actor_table, desk.actor.id, playful=not desk.actor.playful)
    desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    words = SAID[desk.actor.playful]
    change_id = await change.keep(words.partition(":")[0].rstrip("."), SIGN_OFF, desk.now)
    desk.say(Message((words,), choices=((Choice("Undo", f"undo:{change_id}"),),)), SIGN_OFF)
    await show_open_cards(desk)
