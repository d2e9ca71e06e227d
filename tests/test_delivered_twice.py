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
from tests.bot.sheets import Sheet, fills_in, on_sheets, tells
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.dumps import Dump, dump
from tests.fakes.slack import Delivery
from tests.scripts import COPPER_FALLS, NEXT_MORNING, SETTLED, TALKS, Act, Comes, Script, Tap, play
from tests.some import some
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


@pytest.mark.parametrize("name", some(TALKS, "back, and Fix", "put off, and put off again", "news"))
async def test_a_talk_delivered_again_and_again_is_the_same_talk(name: str, file: Path, tmp_path: Path) -> None:
    again = Path(shutil.copy(file, tmp_path / "again.db"))
    assert await told(name, again, stuttering=True) == await told(name, file, stuttering=False)


# Over Slack: the same envelopes again


class Repeats:
    """Lets Slack send every envelope up to four times, one after the other or side by side."""

    def __init__(self, stage: SlackStage, name: str) -> None:
        self.stage, self.takes = stage, stage.takes
        self.chance = random.Random(f"{SEED} {name}")
        self.came: list[Delivery] = []
        stage.takes = self.take  # type: ignore[method-assign]

    async def take(self, *deliveries: Delivery) -> None:
        self.came += deliveries
        more = [delivery for delivery in deliveries for _ in range(self.chance.randint(0, 3))]
        if self.chance.random() < 0.5:
            await self.takes(*deliveries, *(self.stage.slack.redeliver(delivery) for delivery in more))
            return
        await self.takes(*deliveries)
        for delivery in more:
            await self.takes(self.stage.slack.redeliver(delivery))

    async def a_day_later(self) -> None:
        """All of it once more, 23 hours on: nothing is left to be done."""
        self.stage.clock.now += timedelta(hours=23)
        again = [self.stage.slack.redeliver(delivery) for delivery in self.came]
        await self.stage.slack.until(lambda: all(delivery.status == "acked" for delivery in again))
        assert not await self.stage.bot.worker.work()


async def lives(nora: Person, acts: Sequence[Act | Sheet]) -> None:
    for act in acts:
        if isinstance(act, Sheet):
            await tells(nora, act)
        elif isinstance(act, Tap):
            await nora.taps(act.label)
        elif isinstance(act, Comes):
            await nora.stage.comes(act.wall)
        elif isinstance(act, str):
            await nora.writes("audition" if act == "/audition" else act)


async def looks_around(nora: Person) -> None:
    """The home page, the shortcuts, a modal left half-way, an edited and a deleted message, another profile."""
    client = nora.client
    await nora.does(client.opens_home("messages"))
    await nora.does(client.opens_home())
    await nora.does(client.home_tap("Log an audition"))
    await fills_in(nora, Sheet("Night Ferry", "Wife", talks=("they loved the hat",)))
    closed = client.closes()
    assert closed
    await nora.does(closed)
    await nora.writes("nobody")
    await nora.taps("Save")
    await nora.does(client.shortcut("log_audition"))
    closed = client.closes()
    assert closed
    await nora.does(closed)
    await nora.writes("we talked about sourdough")
    own = [shown.ts for shown in client.screen if shown.mine]
    await nora.does(client.edits(own[-1], "we talked about rye"))
    await nora.does(client.message_shortcut("log_message", own[-1]))
    await nora.does(client.submits())
    await nora.does(client.moves_to("Europe/London"))
    await nora.does(client.deletes(own[0]))


async def told_on_slack(
    name: str, acts: Script, file: Path, *, repeats: bool
) -> tuple[Dump, list[tuple[str, list[str], bool]], str]:
    """What is kept of a day, and what the client shows."""
    database = Database(sqlite_url(file))
    async with slack_stage(database) as stage:
        nora = stage.person("U0NOBODY", "", None)
        again = Repeats(stage, name) if repeats else None
        await lives(nora, on_sheets(acts))
        if name == AROUND:
            await looks_around(nora)
        shown = [(one.text, [label for label, _ in one.buttons], one.edited) for one in nora.client.screen]
        home = nora.client.home
        if again:
            await again.a_day_later()
            assert len(nora.client.screen) == len(shown)
    kept = await dump(database)
    await database.close()
    return kept, shown, home


AROUND = "a day with all that Slack has"
ON_SLACK: dict[str, Script] = {AROUND: (*SETTLED, *COPPER_FALLS, NEXT_MORNING, Tap("Sent"), "/undo")}
ON_SLACK |= {name: (*talk.before, *talk.acts) for name, talk in TALKS.items()}


@pytest.mark.parametrize(
    "name", [name if name == AROUND else pytest.param(name, marks=pytest.mark.chaos) for name in ON_SLACK]
)
async def test_envelopes_delivered_again_and_again_count_once(name: str, file: Path, tmp_path: Path) -> None:
    again = Path(shutil.copy(file, tmp_path / "again.db"))
    once = await told_on_slack(name, ON_SLACK[name], file, repeats=False)
    assert await told_on_slack(name, ON_SLACK[name], again, repeats=True) == once
