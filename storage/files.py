"""Files that actors sent: a row at once, the bytes once they are fetched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal_column, or_, select, update

from storage.database import Record, Transaction
from storage.tables import address, file, receipt

# A literal, so that the partial index is used.
_FETCHING: ColumnElement[bool] = literal_column("file.state = 'fetching'")
_FROM = address.alias()
_ALL_BUT_BYTES = [column for column in file.c if column.name != "content"]
"""Up to 20 MB a row are read by who asks for them, and by nobody else."""


async def add(tx: Transaction, values: dict[str, Any]) -> int:
    """One that came; returns its id."""
    return int((await tx.execute(insert(file).values(values).returning(file.c.id))).scalar_one())


async def waiting(
    tx: Transaction, platforms: Collection[str], now: datetime, limit: int, busy: Collection[int] = ()
) -> Sequence[Record]:
    """What may be fetched now, one an address and none for those that are busy; each with where it came from."""
    ready = or_(file.c.not_before.is_(None), file.c.not_before <= now)
    # A condition, not a join, which would begin at all addresses and walk through what they ever sent.
    at = select(_FROM.c.id).where(_FROM.c.id == file.c.address_id, _FROM.c.platform.in_(platforms))
    free = (at.exists(), file.c.address_id.not_in(busy))
    heads = select(func.min(file.c.id)).where(_FETCHING, ready, *free).group_by(file.c.address_id)
    found = await tx.execute(
        select(*_ALL_BUT_BYTES, address.c.platform, address.c.team, address.c.user, address.c.chat)
        .join(address)
        .where(file.c.id.in_(heads))
        # What was tried before comes last, so that it holds up nobody.
        .order_by(file.c.attempts, file.c.id)
        .limit(limit)
    )
    return found.all()


async def is_more_coming(tx: Transaction, address_id: int) -> bool:
    """Whether anything is still to be fetched for an address."""
    found = await tx.execute(select(file.c.id).where(_FETCHING, file.c.address_id == address_id).limit(1))
    return found.first() is not None


async def _settle(tx: Transaction, id_: int, **values: Any) -> bool:
    settled = await tx.execute(update(file).where(file.c.id == id_, _FETCHING).values(values).returning(file.c.id))
    return settled.first() is not None


async def keep(tx: Transaction, id_: int, content: bytes, mime: str, now: datetime) -> bool:
    """Here are its bytes, and what they are; False where nobody waits for them any more."""
    return await _settle(tx, id_, state="kept", content=content, size=len(content), mime=mime, fetched_at=now)


async def refuse(tx: Transaction, id_: int, why: str) -> bool:
    """It is not kept; False where nobody waits for it any more."""
    return await _settle(tx, id_, state="refused", why=why)


async def put_off(tx: Transaction, id_: int, until: datetime) -> None:
    """It could not be had; one more try from an instant on."""
    await _settle(tx, id_, attempts=file.c.attempts + 1, not_before=until)


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One file of the actor's, without its bytes."""
    found = await tx.execute(select(*_ALL_BUT_BYTES).where(file.c.actor_id == actor_id, file.c.id == id_))
    return found.first()


async def content(tx: Transaction, actor_id: int, id_: int) -> bytes | None:
    """The bytes of one that is kept."""
    found = await tx.execute(select(file.c.content).where(file.c.actor_id == actor_id, file.c.id == id_))
    kept: bytes | None = found.scalar()
    return kept


async def drop(tx: Transaction, actor_id: int, id_: int) -> bool:
    """Its bytes are forgotten; False where there are none."""
    kept = (file.c.actor_id == actor_id, file.c.id == id_, file.c.state == "kept")
    dropped = await tx.execute(update(file).where(*kept).values(state="dropped", content=None).returning(file.c.id))
    return dropped.first() is not None


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop the rows of what came before an instant and was not kept; a receipt's stays, tied to its expense."""
    lost = (file.c.state.in_(("refused", "dropped")), file.c.created_at < before)
    await tx.execute(delete(file).where(*lost, file.c.id.not_in(select(receipt.c.file_id))))
