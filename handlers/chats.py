"""An actor in several chats: what each is called, and in which one follow-ups come."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk import Desk
from handlers.messages import Choice, Message, Outgoing, Rows
from storage import actors, talks
from storage.database import Record
from storage.tables import actor as actor_table

PLATFORMS = {"telegram": "Telegram", "slack": "Slack", "console": "Console"}
HOME = "home"
"""The subject of the message that asks or says where follow-ups come."""
LONGEST_TEAM = 40
WHERE = "Where should follow-ups come?"


def name_of(desk: Desk, address: Record) -> str:
    """A chat as its people call it: "Telegram", "Slack, Studio"."""
    platform = PLATFORMS.get(address.platform, address.platform.title())
    team = " ".join(desk.outside.teams.get((address.platform, address.team), "").split())
    return f"{platform}, {team[:LONGEST_TEAM]}" if team else platform


def names_of(desk: Desk, addresses: Sequence[Record], here: int) -> dict[int, str]:
    """Chats by their names, no two the same: those that share one are told apart from where one reads it."""
    names = {row.id: name_of(desk, row) for row in addresses}
    for name in set(names.values()):
        same = [id_ for id_, other in names.items() if other == name]
        others = [id_ for id_ in same if id_ != here]
        if here in same and others:
            names[here] = f"{name}, here"
        if len(others) > 1:
            names |= {id_: f"{name} {number}" for number, id_ in enumerate(others, 1)}
    return names


def home_of(desk: Desk, addresses: Sequence[Record]) -> Record:
    """Where follow-ups come, as `actors.home` finds it where every chat is connected."""
    reached = [row for row in addresses if row.parked_at is None] or list(addresses)
    return next((row for row in reached if row.id == desk.actor.home_address_id), reached[-1])


def home_choices(names: dict[int, str]) -> Rows:
    """A button for each chat in which follow-ups may come."""
    return tuple((Choice(name, f"chat:{id_}:home"),) for id_, name in names.items())


def unlink_choice(address_id: int) -> Choice:
    """Says goodbye to the other chats; asks first."""
    return Choice("Unlink", f"chat:{address_id}:unlink")


async def end_talks(desk: Desk, rows: Sequence[Record]) -> None:
    """End talks at whichever address without a word; their questions lose the buttons."""
    ended = [row.id for row in rows]
    await talks.drop(desk.tx, ended, desk.now)
    desk.talks = [talk for talk in desk.talks if talk.id not in ended]
    for row in rows:
        subject = f"talk:{row.id}"
        desk.out.append(Outgoing(subject, Message(()), replaces=subject, to=row.address_id, quiet=True))


async def settings_line(desk: Desk) -> str:
    """Where follow-ups come; empty where there is one chat only."""
    mine = await actors.addresses(desk.tx, desk.actor.id)
    if len(mine) < 2:
        return ""
    return f"Follow-ups come on: {names_of(desk, mine, desk.address_id)[home_of(desk, mine).id]}"


async def ask_home(desk: Desk) -> None:
    """Let one chat be chosen."""
    mine = await actors.addresses(desk.tx, desk.actor.id)
    names = names_of(desk, mine, desk.address_id)
    if len(mine) < 2:
        desk.say(f"Follow-ups come on {names[desk.address_id]}. /link joins another chat.")
    else:
        desk.show(Message((WHERE,), choices=home_choices(names)), HOME)


async def choose_home(desk: Desk, address_id: int) -> None:
    """Follow-ups come there from now on; Undo takes it back."""
    mine = await actors.addresses(desk.tx, desk.actor.id)
    name = names_of(desk, mine, desk.address_id)[address_id]
    unlink = (unlink_choice(desk.address_id),) if len(mine) > 1 else ()
    desk.tapped = HOME
    if desk.actor.home_address_id == address_id:
        desk.show(Message((f"Follow-ups come on {name}.",), choices=(unlink,) if unlink else ()), HOME)
        return
    change = desk.change()
    await change.update(actor_table, desk.actor.id, home_address_id=address_id)
    desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    change_id = await change.keep(f"follow-ups on {name}", HOME, desk.now)
    undo = Choice("Undo", f"undo:{change_id}")
    desk.show(Message((f"Follow-ups come on {name} from now on.",), choices=((undo, *unlink),)), HOME)
