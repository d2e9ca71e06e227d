from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, sqlite_url
from tests.bot.telegram_stage import COPPER_FALLS, SETTLE_IN, TelegramStage, telegram_stage


@pytest.fixture
async def chat(database: Database) -> AsyncIterator[TelegramStage]:
    """Nora's Telegram on Thursday 2026-11-19 at 16:10 in Los Angeles, with the bot listening to it."""
    async with telegram_stage(database) as stage:
        yield stage


@pytest.fixture(scope="session")
def evening_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which Nora has settled in and logged Copper Falls, played once and copied for each test."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("evening") / "evening.db"))

    async def play() -> None:
        database = Database(sqlite_url(path))
        async with telegram_stage(database) as stage:
            await stage.nora.writes_all(*SETTLE_IN, *COPPER_FALLS, "save")
        await database.close()

    asyncio.run(play())
    return path


@pytest.fixture
async def evening(evening_file: Path, tmp_path: Path) -> AsyncIterator[TelegramStage]:
    """Nora's Telegram on the Thursday on which she logged Copper Falls; two follow-ups come at 9:00."""
    database = Database(sqlite_url(Path(shutil.copy(evening_file, tmp_path / "evening.db"))))
    async with telegram_stage(database, known=True) as stage:
        yield stage
    await database.close()


@pytest.fixture
async def other_database(empty_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """One more, as new as the first, to compare it with."""
    database = Database(sqlite_url(Path(shutil.copy(empty_file, tmp_path / "other.db"))))
    yield database
    await database.close()
