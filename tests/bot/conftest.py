from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, sqlite_url
from tests.bot.telegram_stage import TelegramStage, telegram_stage


@pytest.fixture
async def chat(database: Database) -> AsyncIterator[TelegramStage]:
    """Nora's Telegram on Thursday 2026-11-19 at 16:10 in Los Angeles, with the bot listening to it."""
    async with telegram_stage(database) as stage:
        yield stage


@pytest.fixture
async def other_database(empty_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """One more, as new as the first, to compare it with."""
    database = Database(sqlite_url(Path(shutil.copy(empty_file, tmp_path / "other.db"))))
    yield database
    await database.close()
