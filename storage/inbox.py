"""What came in: a row before it is acknowledged, done in the transaction of its turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.database import Record, Transaction
from storage.tables import inbox

# A literal, so that the partial index is used.
_WAITING = inbox.c.state == literal_column("'waiting'")


async def store(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what came in; an event that is here already is passed over."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    await tx.execute(insert(inbox).on_conflict_do_nothing(index_elements=["platform", "event"]), list(rows))


async def waiting(tx: Transaction, limit: int) -> Sequence[Record]:
    """The oldest rows that nobody has worked, in the order they came."""
    found = await tx.execute(select(inbox).where(_WAITING).order_by(inbox.c.id).limit(limit))
    return found.all()


_END = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(state=bindparam("ending"), done_at=bindparam("now"), incoming={})
)


async def end(tx: Transaction, ids: Sequence[int], now: datetime, state: str = "done") -> None:
    """Mark rows as worked; their words are forgotten at once, their event ids are kept."""
    await tx.execute(_END, [{"row": id_, "ending": state, "now": now} for id_ in ids])


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop the rows that were done before an instant."""
    await tx.execute(delete(inbox).where(inbox.c.done_at < before))
