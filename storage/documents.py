"""Files that the bot made: a row with the bytes, until the message that brings them has left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select

from storage.database import Record, Transaction
from storage.tables import address, document, outbox


async def add(tx: Transaction, values: dict[str, Any]) -> int:
    """One that goes out with a message; returns its id."""
    return int((await tx.execute(insert(document).values(values).returning(document.c.id))).scalar_one())


async def content(tx: Transaction, id_: int, address_id: int) -> Record | None:
    """Name, mime and content, where the chat it is to go to is still its actor's."""
    found = await tx.execute(
        select(document.c.name, document.c.mime, document.c.content)
        .join(address, address.c.actor_id == document.c.actor_id)
        .where(document.c.id == id_, address.c.id == address_id)
    )
    return found.first()


async def forget(tx: Transaction, before: datetime, at_latest: datetime) -> None:
    """Drop what left, or never will, before an instant; what still waits, once it is older than `at_latest`.

    What belongs to nobody who has an address goes at once.
    """
    waits = outbox.c.state.in_(("new", "sending"))
    is_new = func.coalesce(outbox.c.sent_at, outbox.c.created_at) >= before
    needed = select(outbox.c.document_id).where(outbox.c.document_id.is_not(None), or_(waits, is_new))
    has_left = and_(document.c.created_at < before, document.c.id.not_in(needed))
    nobodys = ~exists().where(address.c.actor_id == document.c.actor_id)
    await tx.execute(delete(document).where(or_(has_left, nobodys, document.c.created_at < at_latest)))
