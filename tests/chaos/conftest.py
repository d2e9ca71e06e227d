"""Long runs: everything here is marked `chaos` and left out unless asked for with `-m chaos`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, sqlite_url
from tests.chaos.running import Running
from tests.fakes.telegram import FakeTelegram
from tests.storage.conftest import new_postgres


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.chaos)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that sets no limits to how much is said."""
    async with FakeTelegram(flood=False) as telegram:
        yield telegram


@pytest.fixture
async def running(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Running]:
    """A bot before it, not yet started."""
    running = Running(telegram, tmp_path)
    yield running
    if running.process and running.process.returncode is None:
        await running.kill()


@pytest.fixture(params=("sqlite", "postgresql"))
async def either(request: pytest.FixtureRequest, file: Path) -> AsyncIterator[Database]:
    """SQLite, and PostgreSQL: migrated and empty."""
    if request.param == "sqlite":
        database = Database(sqlite_url(file))
        yield database
        await database.close()
        return
    with new_postgres(request.getfixturevalue("postgres_url")) as url:
        database = Database(url)
        await database.upgrade()
        yield database
        await database.close()
