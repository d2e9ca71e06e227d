"""/unlink: a chat that had joined is an actor of its own again; the records stay where they were."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chats import end_talks, names_of
from handlers.conversation import GIVEN
from handlers.desk import Alone, Desk, OpenTalk
from handlers.messages import Choice, Message, Outgoing
from storage import actors, due, joining, outbox, talks
from storage.database import Record

SUBJECT = "unlink"
ON_ITS_OWN = "This chat is on its own. /link joins another."
AS_IT_WAS = "All stays as it was."
KEEPS = "That chat keeps the auditions, so it is the others that can leave: /unlink."
_OF_A_RECORD = {"note", "audition", "record"}


async def ask(desk: Desk) -> None:
    """Which chat leaves, and whether it shall: no Undo brings it back."""
    mine = await actors.addresses(desk.tx, desk.actor.id)
    leaving = _may_leave(desk, mine)
    if not leaving:
        desk.say(ON_ITS_OWN)
        return
    names = names_of(desk, mine, desk.address_id)
    yes = tuple((Choice("Yes, unlink", f"chat:{row.id}:leave"),) for row in leaving)
    no = Choice("No", f"chat:{desk.address_id}:stay")
    if leaving[0].id == desk.address_id:
        words = f"This chat leaves: all that is logged stays on {_keeper(mine, names)}, and here you begin anew. Sure?"
    elif len(leaving) == 1:
        name = names[leaving[0].id]
        words = f"{name} leaves: all that is logged stays here, and {name} begins anew. Sure?"
    else:
        words = "Which one leaves? All that is logged stays here, and there you begin anew."
        yes = tuple((Choice(f"Unlink {names[row.id]}", f"chat:{row.id}:leave"),) for row in leaving)
    desk.tapped = ""
    desk.show(Message((words,), choices=(*yes[:-1], (*yes[-1], no))), SUBJECT)


def _may_leave(desk: Desk, mine: Sequence[Record]) -> list[Record]:
    """The chats that joined; from one of these only itself."""
    joined = [row for row in mine if row.joined_at is not None]
    return [row for row in joined if row.id == desk.address_id] or joined


def _keeper(mine: Sequence[Record], names: dict[int, str]) -> str:
    return " and ".join(names[row.id] for row in mine if row.joined_at is None)


def stay(desk: Desk) -> None:
    """The actor thought better of it."""
    desk.tapped = SUBJECT
    desk.show(Message((AS_IT_WAS,)), SUBJECT)


async def leave(desk: Desk, address_id: int) -> None:
    """Let a chat go, with its settings and without the records."""
    mine = await actors.addresses(desk.tx, desk.actor.id)
    leaving = next(row for row in mine if row.id == address_id)
    if leaving.joined_at is None:
        desk.say(KEEPS if len(mine) > 1 else ON_ITS_OWN)
        return
    if not desk.is_alone:
        raise Alone
    await _take_back(desk, address_id)
    fresh = await joining.part(desk.tx, address_id, desk.now)
    if address_id == desk.address_id:
        desk.actor = (await actors.load(desk.tx, [fresh]))[fresh]
    _say_left(desk, mine, leaving)


async def _take_back(desk: Desk, address_id: int) -> None:
    """What is about the records does not go on there: questions about them, and nudges that have not left."""
    open_there = await talks.open_at(desk.tx, [address_id])
    await end_talks(desk, [row for row in open_there if _is_about_a_record(OpenTalk.of(row))])
    for due_id in await outbox.take_back(desk.tx, address_id):
        await due.wait_again(desk.tx, due_id, desk.now)


def _is_about_a_record(talk: OpenTalk) -> bool:
    given = dict(talk.log[:1]).get(GIVEN, {})
    return any(given.get(key) for key in _OF_A_RECORD)


def _say_left(desk: Desk, mine: Sequence[Record], leaving: Record) -> None:
    """Both sides are told: the one that leaves, and those that keep the records or had asked for it."""
    keep = [row for row in mine if row.joined_at is None]
    keeper = _keeper(mine, names_of(desk, mine, leaving.id))
    messages = {leaving.id: f"Unlinked. All that was logged stays on {keeper}; here you begin anew."}
    for row in keep:
        name = names_of(desk, mine, row.id)[leaving.id]
        messages[row.id] = f"Unlinked: {name}. All that was logged is here; /link joins it again while it is empty."
    for address_id, words in messages.items():
        if address_id == desk.address_id:
            desk.tapped = SUBJECT
            desk.show(Message((words,)), SUBJECT)
        else:
            desk.out.append(Outgoing("", Message((words,)), to=address_id))
