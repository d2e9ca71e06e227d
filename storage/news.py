"""What the actor is up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from storage.database import Record, Transaction
from storage.tables import news


async def every(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """All of it, what is past too, in the order it was told."""
    found = await tx.execute(select(news).where(news.c.actor_id == actor_id).order_by(news.c.id))
    return found.all()


async def current(tx: Transaction, actor_id: int, today: date) -> Sequence[Record]:
    """What is not past on a day, in the order it was told."""
    last_day = func.coalesce(news.c.ends_on, news.c.event_on)
    found = await tx.execute(
        select(news).where(news.c.actor_id == actor_id, or_(last_day.is_(None), last_day >= today)).order_by(news.c.id)
    )
    return found.all()
