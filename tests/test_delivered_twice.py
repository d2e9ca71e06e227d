"""However often the network delivers an act, it counts once."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assembly import Bot
from handlers.messages import Received
from storage.database import Database, sqlite_url
from tests.dumps import Dump, dump
from tests.scripts import TALKS, play
from tests.stage import Stage

SEED = 20261120


class Stuttering(Bot):
    """Gets every act up to four times, one after the other or at once."""

    chance: random.Random
    came: list[Received]

    async def receive(self, acts: Sequence[Received]) -> None:
        self.came += acts
        at_once = self.chance.random() < 0.5
        deliveries = [super(Stuttering, self).receive(acts) for _ in range(self.chance.randint(1, 4))]
        if at_once:
            await asyncio.gather(*deliveries)
            return
        for delivery in deliveries:
            await delivery
            if self.chance.random() < 0.5:
                await self.settle()


async def told(name: str, file: Path, *, stuttering: bool) -> tuple[Dump, list[tuple[str, list[str], int]]]:
    """What is kept of the talk, and what the phone shows."""
    database = Database(sqlite_url(file))
    stage = Stage(database)
    if stuttering:
        stage.bot = bot = Stuttering(database, {"telegram": stage.phone}, stage.zone, stage.clock)
        bot.chance, bot.came = random.Random(f"{SEED} {name}"), []
    await play(stage.nora, (*TALKS[name].before, *TALKS[name].acts))
    if stuttering:
        began, stage.clock.now = stage.clock.now, stage.clock.now + timedelta(hours=23)
        await bot.worker.store(bot.came)
        assert not await bot.worker.work()
        stage.clock.now = began
    kept = await dump(database)
    await database.close()
    return kept, [(shown.text, shown.labels, shown.edits) for shown in stage.nora.screen]


@pytest.mark.parametrize("name", TALKS)
async def test_a_talk_delivered_again_and_again_is_the_same_talk(name: str, file: Path, tmp_path: Path) -> None:
    again = Path(shutil.copy(file, tmp_path / "again.db"))
    assert await told(name, again, stuttering=True) == await told(name, file, stuttering=False)
