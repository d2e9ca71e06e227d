"""A line about a project that was typed: as plain words, or behind a command."""

from __future__ import annotations

from handlers.casting import steps
from handlers.casting.line import CastingLine
from handlers.casting.reading import read_casting, read_command
from handlers.desk import Desk
from handlers.stage import STAGE


async def on_sight(desk: Desk, text: str) -> bool:
    """Do what the words tell of a project; False where they tell nothing of that kind."""
    line = read_casting(text, await desk.view({"people", "projects"}))
    if line is None:
        return False
    await _take(desk, line)
    return True


async def command(desk: Desk, stage: str, rest: str) -> None:
    """`/callback copper falls tue 11am`."""
    await _take(desk, read_command(stage, rest, await desk.view({"people", "projects"})))


async def press(desk: Desk, stage_id: str, verb: str) -> None:
    """A button of a stage."""
    if begin := await steps.press(desk, int(stage_id), verb):
        await STAGE.begin(desk, begin)


async def _take(desk: Desk, line: CastingLine) -> None:
    if desk.top and desk.top.flow == "sense":
        await STAGE.give_way(desk)
    if begin := await steps.take(desk, line):
        await STAGE.begin(desk, begin)
