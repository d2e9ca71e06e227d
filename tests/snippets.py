"""Pieces of talk that many tests begin with, and looks at what is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, func, select

from storage.tables import audition, note, person, remark
from tests.stage import Person, Shown, Stage

FALLS = "Copper Falls, Nurse Ray"
FERRY = "Night Ferry, Captain"


async def settle_in(stage: Stage, city: str = "la", morning: str = "9") -> None:
    """The first contact, all three questions answered."""
    for words in ("/start", "Nora Castellane", city, morning):
        await stage.nora.says(words)
    stage.nora.news()


async def tell(stage: Stage, what: str, room: str, *said: str) -> None:
    """A log up to its card: one line of small talk a person, "nothing" where there was none."""
    for words in ("/audition", what, room, *said):
        await stage.nora.says(words)


async def log(stage: Stage, what: str = FALLS, room: str = "Tess Quillan", *said: str) -> Shown:
    """A log that is saved; returns its card."""
    await tell(stage, what, room, *(said or ("nothing",)))
    await stage.nora.taps("Save")
    return stage.nora.last


async def restart(stage: Stage) -> None:
    """The process ends and another begins on the same database."""
    stage.begin_anew()
    await stage.bot.open()


async def back_up(stage: Stage) -> None:
    """The bot is back after a time away."""
    await restart(stage)
    await stage.bot.settle()


async def tap_on(nora: Person, shown: Shown, label: str) -> list[str]:
    """Tap a button of this very message."""
    return await nora.taps_data(button(shown, label))


def button(shown: Shown, label: str) -> str:
    """The data of a button, as a thumb that taps late would still send it."""
    return next(choice.data for row in shown.message.choices for choice in row if choice.label == label)


def cards(nora: Person) -> list[Shown]:
    """The follow-up cards that stand on the screen with their buttons."""
    return [shown for shown in nora.screen if "Sent" in shown.labels]


async def rows(stage: Stage, table: Table) -> list[Any]:
    """All that a table holds, oldest first."""
    async with stage.database.read() as tx:
        return list((await tx.execute(select(table).order_by(table.c.id))).all())


async def names_kept(stage: Stage) -> list[str]:
    """The people the actor has met."""
    return [row.name for row in await rows(stage, person)]


async def words_kept(stage: Stage) -> list[str]:
    """The small talk that is saved."""
    return [row.words for row in await rows(stage, remark)]


async def count(stage: Stage) -> tuple[int, int]:
    """How many auditions and how many notes are kept."""
    async with stage.database.read() as tx:
        counts = [(await tx.execute(select(func.count()).select_from(t))).scalar_one() for t in (audition, note)]
    return counts[0], counts[1]
