"""Both databases, for real: each test finds one empty, at this version."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from storage.database import Database, driver_url, sqlite_url
from storage.tables import metadata

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
