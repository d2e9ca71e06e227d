"""What is to come: today, seven days, the pipeline, a project's page, and the morning of a day that holds something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.tables import due, project
from storage.tables import stage as stage_table
from tests.bot.slack_stage import slack_stage
from tests.casting import at_desk, prepared
from tests.snippets import log, rows, settle_in
from tests.stage import Stage

TREES = ("Alder", "Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Maple", "Oak", "Rowan")
BRIGHTSIDE = "Brightside Bank, Mom #2, national commercial"


@pytest.fixture
async def nora(file: Path) -> AsyncIterator[Stage]:
    """Settled in; nothing told yet."""
    async with prepared(file, "agenda", settle_in) as stage:
        yield stage


async def says(stage: Stage, *lines: str) -> None:
    for line in lines:
        await stage.nora.says(line)
    stage.nora.news()


async def came(stage: Stage, wall: str) -> list[str]:
    stage.nora.news()
    await stage.comes(wall)
    return stage.nora.news()


# /today


async def test_a_day_with_nothing_in_it_says_what_comes_next(nora: Stage) -> None:
    assert await nora.nora.says("/today") == ["Nothing due."]
    await says(nora, "harbor lights adr mon nov 30 10am")
    assert await nora.nora.says("today") == ["Nothing due.\n\nComing up\nMon, Nov 30, 10:00 am · Harbor Lights ADR"]


async def test_today_holds_what_is_on_and_what_is_owed(nora: Stage) -> None:
    await log(nora, BRIGHTSIDE, "Odette Marsh, casting director", "nothing")
    await says(
        nora,
        "callback copper falls tmrw 11am, 200 main st",
        "self tape request night ferry due tmrw 5pm",
        "pinned salt year nov 20 to nov 22",
        "booked harbor lights dec 1",
    )
    await nora.comes("2026-11-20 09:05")
    (said,) = await nora.nora.says("/today")
    assert said == (
        "Today, Fri, Nov 20\n\n"
        "11:00 am · Copper Falls, callback, 200 Main St\n"
        "By 5:00 pm · Night Ferry tape\n"
        "Salt Year, pin, until Sun, Nov 22\n\n"
        "To send\n– Odette Marsh, Brightside Bank, yesterday\n\n"
        "To answer\n– Night Ferry, audition: self-tape by today, 5:00 pm\n– Copper Falls, callback: today, 11:00 am\n\n"
        "To do\n– Harbor Lights: your answer, paperwork, dates, fitting, call time"
    )
    assert nora.nora.last.labels == ["Show Odette's", "Night Ferry", "Copper Falls", "Harbor Lights"]
    await nora.nora.taps("Harbor Lights")
    assert nora.nora.last.text.startswith("Harbor Lights\n\n– Yesterday: booked Tue, Dec 1")


async def test_what_is_over_is_not_to_come(nora: Stage) -> None:
    await says(nora, "harbor lights adr today 5pm", "harbor lights fitting tmrw 10am")
    await nora.comes("2026-11-19 17:30")
    assert await nora.nora.says("/today") == ["Nothing due.\n\nComing up\nTomorrow, 10:00 am · Harbor Lights fitting"]


async def test_elsewhere_both_clocks_are_shown(nora: Stage) -> None:
    await says(nora, "callback copper falls tmrw 4:15pm est")
    assert (await nora.nora.says("/week"))[0].splitlines()[2] == (
        "Tomorrow, 4:15 pm in New York, 1:15 pm here · Copper Falls, callback"
    )


# /week


async def test_a_week_is_one_line_a_thing(nora: Stage) -> None:
    assert await nora.nora.says("/week") == ["Nothing in the next seven days."]
    await says(nora, "harbor lights adr mon nov 30 10am")
    assert await nora.nora.says("/week") == [
        "Nothing in the next seven days.\n\nAfter that\nMon, Nov 30, 10:00 am · Harbor Lights ADR"
    ]
    await log(nora, BRIGHTSIDE, "Odette Marsh, casting director", "nothing")
    await says(
        nora,
        "callback copper falls tue 11am, 200 main st",
        "avail check salt year nov 24 to nov 26",
        "self tape request night ferry due sat 5pm",
        "booking out nov 25 to nov 28",
    )
    (said,) = await nora.nora.says("/week")
    assert said == (
        "Thu, Nov 19 – Wed, Nov 25\n\n"
        "Sat, Nov 21, by 5:00 pm · Night Ferry tape\n"
        "Tue, Nov 24, 11:00 am · Copper Falls, callback, 200 Main St\n"
        "Tue, Nov 24 – Thu, Nov 26 · Salt Year, avail check\n"
        "Wed, Nov 25 – Sat, Nov 28 · Away\n"
        "Tomorrow, 9:00 am · follow-up to Odette"
    )


# /pipeline


async def test_the_pipeline_has_the_nearest_to_the_job_first(nora: Stage) -> None:
    assert await nora.nora.says("/pipeline") == [
        "No projects yet. Tell me of one: submitted Night Ferry, Actors Access."
    ]
    await log(nora, BRIGHTSIDE, "Odette Marsh, casting director", "nothing")
    await says(
        nora,
        "submitted night ferry, actors access",
        "submitted salt year, backstage",
        "callback copper falls tue 11am",
        "pinned harbor lights dec 1",
        "night ferry went another way",
    )
    (said,) = await nora.nora.says("/pipeline")
    assert said == (
        "Pin: Harbor Lights\nCallback: Copper Falls\nAuditioned: Brightside Bank\nSubmitted: Salt Year\n\nPassed 1"
    )
    await nora.comes("2026-11-19 16:24")
    await nora.nora.taps("Confirmed")
    assert (await nora.nora.says("pipeline"))[0].endswith("Passed 1\n\nYou answered in 14 min.")


async def test_of_many_the_latest_are_named(nora: Stage) -> None:
    async with at_desk(nora.nora) as desk:
        change = desk.change()
        for tree in TREES:
            project_id = await change.insert(project, title=f"{tree} Road")
            await change.insert(stage_table, project_id=project_id, kind="submitted", at=desk.now)
    (said,) = await nora.nora.says("/pipeline")
    assert said.startswith("Submitted, 10: Rowan Road, Oak Road")
    assert said.endswith("Birch Road and 2 more")


# /project


async def test_a_project_has_its_whole_way_on_one_page(nora: Stage) -> None:
    await log(nora, "Copper Falls, Nurse Ray, co-star", "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    await nora.comes("2026-11-20 09:05")
    await nora.nora.taps("Sent")
    await nora.comes("2026-11-23 11:05")
    await says(nora, "priya: callback copper falls tmrw 11am, 200 main st")
    await nora.nora.taps("Confirmed")
    await says(nora, "avail check copper falls dec 1 to dec 3")
    (said,) = await nora.nora.says("/project copper")
    assert said == (
        "Copper Falls · Nurse Ray · co-star\n\n"
        "– Thu, Nov 19: auditioned, with Tess Quillan and Jo Fenwick\n"
        "– Today: callback, told by Priya, confirmed\n"
        "– Today: avail check Tue, Dec 1 – Thu, Dec 3\n\n"
        "Calendar\n– Tue, Nov 24, 11:00 am, 200 Main St: callback\n\n"
        "Notes\n– Tess Quillan, not sent yet\n– Jo Fenwick, sent by e-mail Fri, Nov 20"
    )
    assert nora.nora.last.labels == ["Answered", "Declined", "Show Tess's"]


async def test_near_names_are_offered(nora: Stage) -> None:
    assert await nora.nora.says("/project copper") == [
        "No projects yet. /audition logs one, or tell me of a submission."
    ]
    await says(nora, "submitted copper falls, backstage", "submitted copper canyon, backstage")
    await nora.nora.says("/project coper fals")
    assert (nora.nora.last.text, nora.nora.last.labels) == ("“coper fals”: the one you know?", ["Copper Falls"])
    await nora.nora.says("/project copper")
    assert (nora.nora.last.text, nora.nora.last.labels) == ("“copper”: which one?", ["Copper Falls", "Copper Canyon"])
    await nora.nora.taps("Copper Canyon")
    assert nora.nora.last.text.startswith("Copper Canyon\n\n– Today: submitted, via Backstage")
    await nora.nora.says("/project")
    assert (nora.nora.last.text, nora.nora.last.labels) == ("Which one?", ["Copper Canyon", "Copper Falls"])
    assert await nora.nora.says("/project zzz") == ["No project called “zzz” yet. /pipeline lists them."]


# The morning


async def test_the_morning_says_what_the_day_holds_and_comes_with_the_follow_ups(nora: Stage) -> None:
    await log(nora, BRIGHTSIDE, "Odette Marsh, casting director", "nothing")
    await says(nora, "callback copper falls tmrw 3pm, 200 main st", "pinned salt year nov 20 to nov 22")
    await nora.comes("2026-11-20 08:59")
    morning, card = await came(nora, "2026-11-20 09:00")
    assert morning == "Today\n– 3:00 pm · Copper Falls, callback, 200 Main St\n– Salt Year, pin, until Sun, Nov 22"
    assert "Hi Odette," in card
    assert [shown.sound for shown in nora.nora.screen[-2:]] == [True, False]


async def test_one_row_waits_for_the_next_such_morning_and_empty_days_have_none(nora: Stage) -> None:
    await says(
        nora, "harbor lights adr mon nov 30 1pm", "harbor lights fitting fri dec 4 1pm", "booking out nov 23 to nov 25"
    )
    waiting = [row for row in await rows(nora, due) if row.kind == "morning" and row.state == "waiting"]
    assert [str(row.on) for row in waiting] == ["2026-11-30"]
    assert not [text for text in await came(nora, "2026-11-29 23:00") if text.startswith("Today")]
    assert "Today\n– 1:00 pm · Harbor Lights ADR" in await came(nora, "2026-11-30 09:00")
    assert "Today\n– 1:00 pm · Harbor Lights fitting" in await came(nora, "2026-12-04 09:00")
    assert not [row for row in await rows(nora, due) if row.kind == "morning" and row.state == "waiting"]


async def test_taken_back_it_says_nothing(nora: Stage) -> None:
    await says(nora, "harbor lights adr tmrw 3pm")
    await nora.nora.says("/undo")
    assert await came(nora, "2026-11-20 12:00") == []


async def test_what_is_said_by_itself_about_now_needs_no_morning(nora: Stage) -> None:
    await says(nora, "harbor lights adr tmrw 11am", "self tape request night ferry due sat 5pm")
    assert not [text for text in await came(nora, "2026-11-21 12:00") if text.startswith("Today")]


# The home page


async def test_the_home_page_has_what_comes_up_and_the_pipeline(database: Database) -> None:
    async with slack_stage(database) as stage:
        await stage.nora.does(stage.nora.client.opens_home())
        assert "Coming up" not in stage.nora.client.home
        assert "Pipeline" not in stage.nora.client.home
        for line in (
            "harbor lights adr mon nov 30 10am",
            "submitted night ferry, backstage",
            "callback copper falls tue 11am",
        ):
            await stage.nora.writes(line)
        page = stage.nora.client.home
        assert (
            "Coming up\nTue, Nov 24, 11:00 am · Copper Falls, callback\nMon, Nov 30, 10:00 am · Harbor Lights ADR"
            in page
        )
        assert "Pipeline\nSubmitted 1 · Callback 1" in page
