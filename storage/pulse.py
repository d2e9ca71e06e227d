"""The last time each chat network was heard, for the health check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.tables import pulse


async def beat(database: Database, platform: str, now: datetime) -> None:
    """A poll succeeded."""
    insert = sqlite_insert if database.is_sqlite else postgresql_insert
    row = insert(pulse).values(platform=platform, at=now)
    async with database.write() as tx:
        await tx.execute(row.on_conflict_do_update(index_elements=["platform"], set_={"at": now}))


async def last(database: Database) -> datetime | None:
    """The oldest of the networks' last beats; None where there is none, or no database yet."""
    if not _is_there(database):
        return None
    try:
        async with database.read() as tx:
            found: datetime | None = (await tx.execute(select(func.min(pulse.c.at)))).scalar()
            return found
    except DBAPIError:
        return None


def _is_there(database: Database) -> bool:
    """Whether there is anything to look into; to look must not make a file."""
    return not database.is_sqlite or Path(database.url.database or "").exists()
