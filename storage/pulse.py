"""The last time each chat network was heard, for the health check."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
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


async def last(database: Database, platforms: Collection[str]) -> datetime | None:
    """The oldest of these networks' last beats, or of all that ever beat where none is named; None: not yet."""
    if not _is_there(database):
        return None
    try:
        async with database.read() as tx:
            heard = {row.platform: row.at for row in await tx.execute(select(pulse))}
    except DBAPIError:
        return None
    beats = [heard.get(platform) for platform in platforms or heard]
    return min((at for at in beats if at), default=None) if all(beats) else None


def _is_there(database: Database) -> bool:
    """Whether there is anything to look into; to look must not make a file."""
    return not database.is_sqlite or Path(database.url.database or "").exists()
