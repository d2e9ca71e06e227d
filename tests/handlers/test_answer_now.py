"""Casting waits: when it is asked whether it was answered, and when it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from handlers.casting import answer_now
from handlers.desk import Desk
from storage import actors
from storage.tables import due
from tests.snippets import rows, settle_in
from tests.stage import Stage
from tests.steps import Teller, span, understood, when

CALLBACK: dict[str, Any] = {"when": when("2026-11-24 11:00"), "place": "200 Main St", "via": "Priya"}


@pytest.fixture
async def tell(stage: Stage) -> AsyncIterator[Teller]:
    with understood() as lines:
        await settle_in(stage)
        yield Teller(lines, stage)


async def came(tell: Teller, told: str, until: str, kind: str = "callback", **line: Any) -> list[str]:
    """The wall times at which it is asked, from the telling on."""
    await tell.stage.jumps(told)
    await tell(kind, "Copper Falls", **line)
    await tell.stage.comes(until)
    waited = [row for row in await rows(tell.stage, due) if row.kind == "answer"]
    return [f"{row.on} {row.at:%H:%M}" for row in waited if row.state == "handed"]


async def test_an_actor_who_never_confirms(tell: Teller) -> None:
    await tell.stage.jumps("2026-11-23 11:05")
    await tell("callback", "Copper Falls", **CALLBACK)
    tell.nora.news()
    read = []
    for moment in ("2026-11-23 11:26", "2026-11-23 12:06", "2026-11-24 08:01", "2026-12-10 12:00"):
        await tell.stage.comes(moment)
        read.append([text for text in tell.nora.news() if "confirm" in text.casefold()])
    assert read == [
        ["Copper Falls, tomorrow, 11:00 am: did you confirm?"],
        ["Copper Falls, tomorrow, 11:00 am: did you confirm?"],
        ["Copper Falls, today, 11:00 am: did you confirm?"],
        [],
    ]
    asked = [shown for shown in tell.nora.screen if "did you confirm" in shown.text]
    assert [shown.labels for shown in asked] == [[], [], ["Confirmed", "Declined", "New time"]]


@pytest.mark.parametrize(
    ("told", "line", "asked"),
    [
        # By day: 20 minutes, an hour, the next morning.
        ("2026-11-23 11:05", {"when": when("2026-11-26 11:00")},
         ["2026-11-23 11:25", "2026-11-23 12:05", "2026-11-24 08:00"]),
        # Late: what would come in the night comes in the morning, once.
        ("2026-11-23 21:50", {"when": when("2026-11-24 11:00")}, ["2026-11-24 08:00"]),
        ("2026-11-23 21:35", {"when": when("2026-11-24 11:00")}, ["2026-11-23 21:55", "2026-11-24 08:00"]),
        # It begins before the morning: then in the night, and never after it began.
        ("2026-11-23 21:50", {"when": when("2026-11-24 07:30")}, ["2026-11-23 22:10", "2026-11-23 22:50"]),
        ("2026-11-23 10:00", {"when": when("2026-11-23 10:45")}, ["2026-11-23 10:20"]),
        ("2026-11-23 10:00", {"when": when("2026-11-23 10:15")}, []),
        # They want an answer by some time: once more before it.
        ("2026-11-23 11:05", {"deadline": datetime.fromisoformat("2026-11-23 17:00")},
         ["2026-11-23 11:25", "2026-11-23 12:05", "2026-11-23 16:00"]),
        ("2026-11-23 22:30", {"deadline": datetime.fromisoformat("2026-11-24 06:00")},
         ["2026-11-23 22:50", "2026-11-23 23:30", "2026-11-24 05:00"]),
        # Before seven it is still night.
        ("2026-11-23 06:30", {"when": when("2026-11-26 11:00")}, ["2026-11-23 07:30", "2026-11-23 08:00"]),
    ],
)  # fmt: skip
async def test_when_it_is_asked(tell: Teller, told: str, line: dict[str, Any], asked: list[str]) -> None:
    assert await came(tell, told, "2026-11-27 12:00", **line) == asked


async def test_an_avail_check_is_asked_about_too(tell: Teller) -> None:
    asked = await came(tell, "2026-11-23 11:05", "2026-11-23 11:30", "avail", days=span("2026-11-30"))
    assert asked == ["2026-11-23 11:25"]
    assert tell.nora.last.text == "Copper Falls, avail check: did you answer?"
    assert tell.nora.last.labels == ["Answered", "Declined"]


@pytest.mark.parametrize("end", ["Confirmed", "Declined", "New time", "Undo"])
async def test_once_answered_nothing_comes(tell: Teller, end: str) -> None:
    await tell.stage.jumps("2026-11-23 11:05")
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell.nora.taps(end)
    tell.nora.news()
    await tell.stage.comes("2026-11-24 08:30")
    assert not [text for text in tell.nora.news() if "did you confirm" in text]


async def test_an_answer_that_is_taken_back_is_asked_about_again(tell: Teller) -> None:
    await tell.stage.jumps("2026-11-23 11:05")
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell.nora.taps("Confirmed")
    await tell.nora.taps("Undo")
    await tell.stage.comes("2026-11-23 11:26")
    assert tell.nora.last.text.endswith("did you confirm?")


async def test_a_callback_and_dates_of_one_project_wait_beside_each_other(tell: Teller) -> None:
    await tell.stage.jumps("2026-11-23 11:05")
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell("avail", "Copper Falls", days=span("2026-12-01"))
    tell.nora.news()
    await tell.stage.comes("2026-11-23 11:26")
    assert tell.nora.news() == [
        "Copper Falls, tomorrow, 11:00 am: did you confirm?",
        "Copper Falls, avail check: did you answer?",
    ]


async def test_what_overtakes_it_ends_the_asking(tell: Teller) -> None:
    await tell.stage.jumps("2026-11-23 11:05")
    await tell("avail", "Copper Falls", days=span("2026-12-01"))
    await tell("pinned", "Copper Falls", days=span("2026-12-01"))
    tell.nora.news()
    await tell.stage.comes("2026-11-24 08:30")
    assert tell.nora.news() == []


async def test_how_fast_the_actor_answers(tell: Teller) -> None:
    assert await figures(tell.stage) == ""
    for minutes, name in ((5, "Copper Falls"), (14, "Brightside Bank"), (50, "Night Ferry")):
        await tell.stage.jumps("2026-11-23 11:05")
        await tell("avail", name, days=span("2026-12-01"))
        await tell.stage.jumps(f"2026-11-23 11:{5 + minutes:02}")
        await tell.nora.taps("Answered")
        if minutes == 5:
            assert await figures(tell.stage) == "You answered in 5 min."
    assert await figures(tell.stage) == "You answer in 14 min, median of 3."


async def figures(stage: Stage) -> str:
    async with stage.database.read() as tx:
        return await answer_now.figures(Desk(tx, stage.clock(), 1, (await actors.load(tx, [1]))[1]))
