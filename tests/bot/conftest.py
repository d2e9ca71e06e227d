from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.telegram_stage import TelegramStage, telegram_stage


@pytest.fixture
async def chat(database: Database) -> AsyncIterator[TelegramStage]:
    """Nora's Telegram on Thursday 2026-11-19 at 16:10 in Los Angeles, with the bot listening to it."""
    async with telegram_stage(database) as stage:
        yield stage
