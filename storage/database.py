"""The database: one writer, a few readers, and the way from an older schema to this one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Row, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.refusals import NotADatabase

Transaction = AsyncConnection
Record = Row[*tuple[Any, ...]]
"""A row as a query gives it, its columns by name."""

_WRITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
)
_MAGIC = b"SQLite format 3\x00"
_READ_PRAGMAS = ("query_only=ON", "busy_timeout=5000")


def sqlite_url(path: Path) -> URL:
    """The URL of a database file."""
    return URL.create("sqlite", database=str(path))


def driver_url(url: str | URL) -> URL:
    """The URL with the driver we use; `postgres://` is taken as well."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
    return parsed.set(drivername=drivers.get(parsed.drivername, parsed.drivername))


def _sqlite_engine(url: URL, pragmas: tuple[str, ...], begin: str, **pool: Any) -> AsyncEngine:
    # isolation_level=None: the driver begins nothing by itself, so the transaction is ours from its first word.
    engine = create_async_engine(url, connect_args={"isolation_level": None}, hide_parameters=True, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def _set_pragmas(connection: Any, _record: object) -> None:
        try:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except Exception:
            connection.close()  # the pool does not know it yet, and its thread would outlive the loop
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise NotADatabase(path)
    if not path.is_file():
        return
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) not in (b"", _MAGIC):
            raise NotADatabase(path)


class Database:
    """Where everything is kept: SQLite in a file, or PostgreSQL."""

    def __init__(self, url: str | URL) -> None:
        self.url = driver_url(url)
        if self.is_sqlite:
            # One writing connection: waiting in asyncio is fair, SQLite's own busy wait is not.
            one = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 30}
            self._writer = _sqlite_engine(self.url, _WRITE_PRAGMAS, "BEGIN IMMEDIATE", **one)
            self._reader = _sqlite_engine(self.url, _READ_PRAGMAS, "BEGIN", pool_size=2, max_overflow=2)
        else:
            self._writer = self._reader = create_async_engine(self.url, hide_parameters=True, pool_pre_ping=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of ours, with its one writer."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that may write; never open one inside another."""
        async with self._writer.begin() as transaction:
            yield transaction

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that only reads and holds up nobody."""
        async with self._reader.begin() as transaction:
            yield transaction

    async def upgrade(self) -> None:
        """Bring the schema up to this version; raises `NewerSchema` where it is ahead of us, `NotADatabase`."""
        from storage import migrations  # noqa: PLC0415 - alembic takes most of a second to import

        if self.is_sqlite:
            _check_file(Path(self.url.database or ""))
        # Not the writer: with foreign keys on, a batch change of a parent table would empty its children.
        # Ours from the first word, as the writer's is: else SQLite's driver would commit table by table.
        engine = (
            _sqlite_engine(self.url, ("busy_timeout=30000", "journal_mode=WAL"), "BEGIN IMMEDIATE", poolclass=NullPool)
            if self.is_sqlite
            else create_async_engine(self.url, poolclass=NullPool, hide_parameters=True)
        )
        try:
            async with engine.connect() as connection:
                await connection.run_sync(migrations.upgrade)
        finally:
            await engine.dispose()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._writer.dispose()
        await self._reader.dispose()
