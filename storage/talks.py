"""Open talks: the log of each, and when it wants attention by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from storage.database import Record, Transaction
from storage.tables import address, talk


async def open_at(tx: Transaction, address_ids: Collection[int]) -> Sequence[Record]:
    """The open talks of these addresses, the topmost last."""
    found = await tx.execute(
        select(talk).where(talk.c.address_id.in_(address_ids), talk.c.ended_at.is_(None)).order_by(talk.c.rank)
    )
    return found.all()


async def find(tx: Transaction, address_id: int, talk_id: int) -> Record | None:
    """One talk of an address, open or ended."""
    found = await tx.execute(select(talk).where(talk.c.id == talk_id, talk.c.address_id == address_id))
    return found.first()


async def add(tx: Transaction, values: dict[str, Any]) -> int:
    """A new talk."""
    return int((await tx.execute(insert(talk).values(values).returning(talk.c.id))).scalar_one())


_SAVE = (
    update(talk)
    .where(talk.c.id == bindparam("row"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("log", "step", "rank", "acted_at", "wake_at", "wake", "ended_at", "ending")
        }
    )
)


async def save(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write talks back as they now stand."""
    await tx.execute(_SAVE, [{"row": row["id"]} | {f"new_{k}": v for k, v in row.items() if k != "id"} for row in rows])


_ACTOR = select(address.c.actor_id).where(address.c.id == talk.c.address_id).scalar_subquery().label("actor_id")


def _reached(platforms: Collection[str]) -> ColumnElement[bool]:
    return select(address.c.id).where(address.c.id == talk.c.address_id, address.c.platform.in_(platforms)).exists()


async def to_wake(tx: Transaction, platforms: Collection[str], now: datetime, limit: int) -> Sequence[Record]:
    """The open talks whose own moment has come, each with its actor."""
    found = await tx.execute(
        select(talk.c.id, talk.c.address_id, _ACTOR)
        .where(talk.c.wake_at <= now, talk.c.ended_at.is_(None), _reached(platforms))
        .order_by(talk.c.wake_at)
        .limit(limit)
    )
    return found.all()


async def next_wake(tx: Transaction, platforms: Collection[str]) -> datetime | None:
    """When the next open talk wants attention."""
    found = await tx.execute(
        select(talk.c.wake_at)
        .where(talk.c.wake_at.is_not(None), talk.c.ended_at.is_(None), _reached(platforms))
        .order_by(talk.c.wake_at)
        .limit(1)
    )
    return found.scalar()


async def drop(tx: Transaction, ids: Collection[int], now: datetime) -> None:
    """End talks with nothing saved and without a word."""
    await tx.execute(update(talk).where(talk.c.id.in_(ids)).values(ended_at=now, ending="dropped", wake_at=None))


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop the talks that ended before an instant."""
    await tx.execute(delete(talk).where(talk.c.ended_at < before))


async def forget_entry(tx: Transaction, id_: int, key: str) -> None:
    """Drop what a log says under a key."""
    log = (await tx.execute(select(talk.c.log).where(talk.c.id == id_))).scalar() or []
    kept = [entry for entry in log if entry[0] != key]
    await tx.execute(update(talk).where(talk.c.id == id_).values(log=kept))


async def unseen(tx: Transaction, id_: int) -> None:
    """Its question may never have arrived: it counts as one that stood for long, and is shown before it is answered."""
    await tx.execute(update(talk).where(talk.c.id == id_).values(acted_at=datetime(1970, 1, 1, tzinfo=UTC)))
