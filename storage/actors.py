"""Actors, and the addresses that reach them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import case, insert, select, tuple_, update

from storage.database import Record, Transaction
from storage.tables import actor, address

_IS_CHOSEN = case((address.c.id == actor.c.home_address_id, 1), else_=0)

Place = tuple[str, str, str, str]
"""An address as the platforms tell it: platform, team, user, chat."""


async def at(tx: Transaction, places: Collection[Place]) -> Sequence[Record]:
    """The addresses at these places, with the actor each one reaches."""
    where = tuple_(address.c.platform, address.c.team, address.c.user, address.c.chat)
    found = await tx.execute(select(address).where(where.in_(places)))
    return found.all()


async def load(tx: Transaction, ids: Collection[int]) -> dict[int, Record]:
    """Actors by their ids."""
    found = await tx.execute(select(actor).where(actor.c.id.in_(ids)))
    return {row.id: row for row in found}


async def add_actor(
    tx: Transaction, name: str, zone: str, nudge_time: time, now: datetime, *, zone_confirmed: bool = False
) -> int:
    """A new actor; the zone is assumed where nobody confirmed it."""
    values = {"created_at": now, "profile_name": name, "zone": zone, "nudge_time": nudge_time}
    values["zone_confirmed"] = zone_confirmed
    return int((await tx.execute(insert(actor).values(values).returning(actor.c.id))).scalar_one())


async def add_address(tx: Transaction, place: Place, actor_id: int | None, profile_zone: str = "") -> int:
    """A new address; a group's belongs to nobody."""
    platform, team, user, chat = place
    values = {"platform": platform, "team": team, "user": user, "chat": chat, "actor_id": actor_id}
    values["profile_zone"] = profile_zone
    return int((await tx.execute(insert(address).values(values).returning(address.c.id))).scalar_one())


async def addresses(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """All addresses of an actor, the oldest first."""
    found = await tx.execute(select(address).where(address.c.actor_id == actor_id).order_by(address.c.id))
    return found.all()


async def these(tx: Transaction, address_ids: Collection[int]) -> dict[int, Record]:
    """Addresses by their ids."""
    found = await tx.execute(select(address).where(address.c.id.in_(address_ids)))
    return {row.id: row for row in found}


async def home(tx: Transaction, actor_ids: Collection[int], platforms: Collection[str]) -> dict[int, Record]:
    """Where each actor is reached on these platforms: where they chose, else where they came last.

    Those who are parked are not reached there.
    """
    found = await tx.execute(
        select(address)
        .join(actor)
        .where(address.c.actor_id.in_(actor_ids), address.c.platform.in_(platforms), address.c.parked_at.is_(None))
        .order_by(_IS_CHOSEN, address.c.id)
    )
    return {row.actor_id: row for row in found}


async def settle_home(tx: Transaction, actor_id: int) -> None:
    """Follow-ups go on coming where they came: what comes to an actor later does not draw them over by itself."""
    last = (
        select(address.c.id)
        .where(address.c.actor_id == actor_id)
        .order_by(address.c.parked_at.is_(None).desc(), address.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    is_open = (actor.c.id == actor_id, actor.c.home_address_id.is_(None))
    await tx.execute(update(actor).where(*is_open).values(home_address_id=last))


async def park(tx: Transaction, address_id: int, why: str, now: datetime | None) -> None:
    """Send nothing there until its person writes again; without an instant the parking ends."""
    await tx.execute(update(address).where(address.c.id == address_id).values(parked_at=now, parked_why=why))


async def move(tx: Transaction, address_id: int, chat: str, now: datetime) -> None:
    """The platform gave this chat another id; where that one is known already, nothing more goes to the old one."""
    old = (await tx.execute(select(address).where(address.c.id == address_id))).one()
    if await at(tx, [(old.platform, old.team, old.user, chat)]):
        await park(tx, address_id, "moved", now)
    else:
        await tx.execute(update(address).where(address.c.id == address_id).values(chat=chat))


async def show_home(tx: Transaction, address_id: int, actor_id: int) -> None:
    """From now on this address shows the actor's home page."""
    await tx.execute(update(address).where(address.c.id == address_id).values(has_home=True))
    await tx.execute(update(actor).where(actor.c.id == actor_id).values(has_home=True))


async def homes(tx: Transaction, actor_ids: Collection[int]) -> Sequence[Record]:
    """The addresses that show the home pages of these actors."""
    found = await tx.execute(
        select(address.c.id, address.c.actor_id, address.c.page)
        .where(address.c.actor_id.in_(actor_ids), address.c.has_home, address.c.parked_at.is_(None))
        .order_by(address.c.id)
    )
    return found.all()


async def note_page(tx: Transaction, address_id: int, page: str) -> None:
    """The digest of the page that it shows now."""
    await tx.execute(update(address).where(address.c.id == address_id).values(page=page))


async def forget_page(tx: Transaction, address_id: int) -> None:
    """It may not show the page that was sent there."""
    await note_page(tx, address_id, "")


async def note_profile(tx: Transaction, address_id: int, zone: str) -> None:
    """What the platform's profile says now."""
    await tx.execute(update(address).where(address.c.id == address_id).values(profile_zone=zone))


async def tell_no_news(tx: Transaction, actor_id: int) -> None:
    """That there is no news was mentioned; it is not said again."""
    await tx.execute(update(actor).where(actor.c.id == actor_id).values(told_no_news=True))
