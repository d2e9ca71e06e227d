"""Both databases, for real: each test finds one empty, at this version."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Table, create_engine, event, insert, select, text

from storage.database import Database, Transaction, driver_url, sqlite_url
from storage.tables import actor, address, metadata

NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)
BOTH = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@contextmanager
def new_postgres(url: str) -> Iterator[URL]:
    """An empty database on the server, dropped in the end."""
    name = f"test_{next(_numbers)}"
    server = create_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield driver_url(url).set(database=name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="module")
def migrated_postgres(postgres_url: str) -> Iterator[URL]:
    """A database of this module's own, at this version."""

    async def upgrade(url: URL) -> None:
        database = Database(url)
        await database.upgrade()
        await database.close()

    with new_postgres(postgres_url) as url:
        asyncio.run(upgrade(url))
        yield url


async def empty_all(database: Database) -> None:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    async with database.write() as tx:
        await tx.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture(params=BOTH)
def migrated(request: pytest.FixtureRequest) -> URL:
    """Where a database of this version is."""
    if request.param == "sqlite":
        return sqlite_url(request.getfixturevalue("file"))
    url: URL = request.getfixturevalue("migrated_postgres")
    return url


@pytest.fixture
async def either(migrated: URL) -> AsyncIterator[Database]:
    """SQLite, and PostgreSQL: migrated and empty."""
    async with opened(migrated) as database:
        if not database.is_sqlite:
            await empty_all(database)
        yield database


@pytest.fixture(params=BOTH)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """Where nothing has been kept yet: no file, or a database without tables."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "new.db")
        return
    with new_postgres(request.getfixturevalue("postgres_url")) as url:
        yield url


@asynccontextmanager
async def opened(url: URL) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


async def new_actor(tx: Transaction, **values: Any) -> int:
    row = {"created_at": NOW, "zone": "America/Los_Angeles", "nudge_time": time(9)} | values
    return int((await tx.execute(insert(actor).values(row).returning(actor.c.id))).scalar_one())


async def new_address(tx: Transaction, chat: str, platform: str = "telegram", **values: Any) -> int:
    """Where an actor of its own is reached."""
    row = {"actor_id": await new_actor(tx), "platform": platform, "user": chat, "chat": chat} | values
    return int((await tx.execute(insert(address).values(row).returning(address.c.id))).scalar_one())


async def owner(tx: Transaction, address_id: int) -> int:
    """Whose address it is."""
    return int((await tx.execute(select(address.c.actor_id).where(address.c.id == address_id))).scalar_one())


async def rows(tx: Transaction, table: Table) -> dict[int, dict[str, Any]]:
    """A table as it stands."""
    return {row.id: dict(row._mapping) for row in await tx.execute(select(table).order_by(table.c.id))}


async def plans(database: Database, query: Callable[[Transaction], Awaitable[Any]]) -> str:
    """How SQLite goes about a query of ours."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    async with database.write() as tx:
        engine = tx.sync_connection.engine if tx.sync_connection else None
        event.listen(engine, "before_cursor_execute", note)
        await query(tx)
        event.remove(engine, "before_cursor_execute", note)
        steps = [await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values) for words, values in asked]
        return "\n".join(step.detail for found in steps for step in found)
