"""Two actors become one, and one of the addresses an actor of its own again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, exists, insert, select, update

from storage.database import Transaction
from storage.tables import actor, address, metadata

NOTHING_LOGGED = frozenset({"address", "due", "change", "document"})
"""Tables of an actor's in which a row is no record: an address moves along; nudges, what Undo remembers
and files that were made are nothing without the records they are about."""

_SETTINGS = (
    "profile_name",
    "sign",
    "zone",
    "zone_confirmed",
    "nudge_time",
    "country",
    "has_home",
    "playful",
    "currency",
    "distance_rate",
)


def owned() -> list[Table]:
    """Every table whose rows belong to an actor, parents before children."""
    return [table for table in metadata.sorted_tables if "actor_id" in table.c]


async def has_records(tx: Transaction, actor_id: int) -> bool:
    """Whether anything was logged; a table that nobody thought of here counts."""
    records = [table for table in owned() if table.name not in NOTHING_LOGGED]
    asked = (select(exists().where(table.c.actor_id == actor_id)) for table in records)
    return any([(await tx.execute(query)).scalar_one() for query in asked])


async def absorb(tx: Transaction, stays: int, goes: int, now: datetime) -> list[int]:
    """Move the addresses of an actor without records to another, and drop the actor; returns their ids."""
    moved = await tx.execute(
        update(address).where(address.c.actor_id == goes).values(actor_id=stays, joined_at=now).returning(address.c.id)
    )
    ids = sorted(moved.scalars())
    for table in reversed(owned()):
        if table.name in NOTHING_LOGGED:  # else it has no rows, or deleting the actor will fail
            await tx.execute(delete(table).where(table.c.actor_id == goes))
    await tx.execute(delete(actor).where(actor.c.id == goes))
    shows_home = exists().where(address.c.actor_id == stays, address.c.has_home)
    await tx.execute(update(actor).where(actor.c.id == stays).values(has_home=select(shows_home).scalar_subquery()))
    return ids


async def part(tx: Transaction, address_id: int, now: datetime) -> int:
    """Give an address an actor of its own, without records but with the settings; returns the actor's id."""
    of = select(address.c.actor_id).where(address.c.id == address_id).scalar_subquery()
    row = (await tx.execute(select(actor).where(actor.c.id == of))).one()
    values = {"created_at": now} | {name: getattr(row, name) for name in _SETTINGS}
    fresh = int((await tx.execute(insert(actor).values(values).returning(actor.c.id))).scalar_one())
    await tx.execute(update(address).where(address.c.id == address_id).values(actor_id=fresh, joined_at=None))
    await tx.execute(
        update(actor).where(actor.c.id == row.id, actor.c.home_address_id == address_id).values(home_address_id=None)
    )
    return fresh
