"""What the clock says of an appointment, as one reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.casting import hair, plan
from handlers.messages import Incoming
from tests.casting import at_desk, comes_and_tells, prepared, tell, the_appointment, when
from tests.scripts import COPPER_FALLS, SETTLED, Moves, do, play
from tests.stage import Stage


async def to_monday(stage: Stage) -> None:
    await play(stage.nora, (*SETTLED, *COPPER_FALLS))
    await stage.comes("2026-11-20 09:05")
    await stage.nora.taps_data("note:1:sent")
    await stage.nora.taps_data("note:2:monday")
    await stage.comes("2026-11-23 11:05")


@pytest.fixture
async def monday(file: Path) -> AsyncIterator[Stage]:
    """Tess's note went on Friday, Jo's card came this morning."""
    async with prepared(file, "monday", to_monday) as stage:
        yield stage


@pytest.fixture
async def stage(file: Path) -> AsyncIterator[Stage]:
    """Settled in; nothing logged yet."""
    async with prepared(file, "settled", lambda stage: play(stage.nora, SETTLED)) as stage:
        yield stage


async def callback(stage: Stage, wall: str = "2026-11-24 11:00", zone: str = "", **told: str) -> int:
    id_ = await tell(stage.nora, "callback", when=when(wall, zone), place="200 Main St", **told)
    assert id_ is not None
    return id_


# The evening before, and two hours before


async def test_the_briefing_tells_the_look_and_what_was_said(monday: Stage) -> None:
    await callback(monday)
    assert await comes_and_tells(monday, "2026-11-23 18:59") == []
    (briefing,) = await comes_and_tells(monday, "2026-11-23 19:00")
    assert briefing == (
        "Tomorrow: Copper Falls, callback\n"
        "11:00 am, 200 Main St\n"
        "Nurse Ray · co-star\n"
        "\n"
        "Last time: blue scrubs top, hair up.\n"
        "\n"
        "Tess Quillan\n"
        "– shes running the turkey trot w her dad, Thu, Nov 26. In your note of Friday.\n"
        "Jo Fenwick, associate\n"
        "– just started banjo, neighbors hate it. Not written yet."
    )
    assert monday.nora.last.labels == []


async def test_two_hours_before_it_is_two_lines(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-23 19:00")
    assert await comes_and_tells(monday, "2026-11-24 09:00") == [
        "11:00 am, Copper Falls, 200 Main St.\nBlue scrubs top, hair up last time."
    ]
    await monday.nora.taps("I'm late")
    assert monday.nora.last.text == "On my way to Copper Falls, running late for my 11:00 am.\nTap to copy."


async def test_what_is_new_stands_first_and_so_does_another_look_than_the_headshot(stage: Stage) -> None:
    acts = (
        *COPPER_FALLS[:5],
        "yellow cardigan, hair straight, headshot straight hair smile",
        COPPER_FALLS[6],
    )
    await play(stage.nora, acts)
    await tell(stage.nora, "callback", when=when("2026-11-21 15:00"), instruction="hair CURLY")
    (briefing,) = await comes_and_tells(stage, "2026-11-20 19:00")
    assert briefing.split("\n\n")[1] == (
        "New: hair CURLY.\n"
        "Last time: yellow cardigan, hair straight.\n"
        "Headshot: straight hair smile.\n"
        "That is another look than the headshot they chose."
    )
    assert await comes_and_tells(stage, "2026-11-21 13:00") == [
        "3:00 pm, Copper Falls.\nNew: hair CURLY.\nYellow cardigan, hair straight last time."
    ]


@pytest.mark.parametrize(
    ("headshot", "told", "of_hair", "differs"),
    [
        ("straight hair", "hair curly", False, True),
        ("the curly one", "curls, please", False, False),
        ("warm smile", "hair curly", False, False),
        ("hair down, smiling", "up", True, True),
        ("hair down, smiling", "dress it up a little", False, False),
        ("red dress", "black suit", False, False),
        ("#2, clean-shaven", "keep the stubble", False, True),
    ],
)
def test_which_hair_is_another(headshot: str, told: str, of_hair: bool, differs: bool) -> None:
    assert hair.differs(headshot, told, of_hair=of_hair) is differs


async def test_another_kind_of_appointment_is_told_by_its_name(stage: Stage) -> None:
    told = {"when": when("2026-11-30 10:00"), "what": "ADR", "place": "Stage 4"}
    await tell(stage.nora, "appointment", "Harbor Lights", **told)
    assert await comes_and_tells(stage, "2026-11-29 20:00") == ["Tomorrow: Harbor Lights ADR\n10:00 am, Stage 4"]
    assert await comes_and_tells(stage, "2026-12-02 12:00") == ["10:00 am, Harbor Lights ADR, Stage 4."]


async def test_a_day_without_a_time_is_told_of_the_evening_before(stage: Stage) -> None:
    await tell(stage.nora, "callback", when=when("2026-11-24"))
    assert await comes_and_tells(stage, "2026-11-23 19:00") == ["Tomorrow: Copper Falls, callback"]
    assert await comes_and_tells(stage, "2026-11-24 18:59") == []
    (asked,) = await comes_and_tells(stage, "2026-11-24 19:00")
    assert asked.startswith("How did Copper Falls go?")


async def test_what_is_told_too_late_for_the_evening_is_no_briefing_any_more(monday: Stage) -> None:
    await monday.comes("2026-11-23 20:00")
    await callback(monday)
    (soon,) = await comes_and_tells(monday, "2026-11-24 09:00")
    assert soon.startswith("11:00 am, Copper Falls")


async def test_an_early_call_is_told_at_seven_and_one_at_seven_with_the_briefing(stage: Stage) -> None:
    await tell(stage.nora, "callback", "Night Ferry", when=when("2026-11-24 08:30"))
    await tell(stage.nora, "callback", "Salt Year", when=when("2026-11-24 07:00"))
    first, second = await comes_and_tells(stage, "2026-11-23 19:00")
    assert (first.splitlines()[0], second.splitlines()[0]) == (
        "Tomorrow: Night Ferry, callback",
        "Tomorrow: Salt Year, callback",
    )
    assert [shown.labels for shown in stage.nora.screen[-2:]] == [[], ["I'm late"]]
    assert [shown.sound for shown in stage.nora.screen[-2:]] == [True, False]
    assert await comes_and_tells(stage, "2026-11-24 06:59") == []
    assert await comes_and_tells(stage, "2026-11-24 07:00") == ["8:30 am, Night Ferry."]


# Zones and clocks


async def test_four_fifteen_pacific_is_told_in_new_york_with_both_clocks(database: object) -> None:
    stage = Stage(database, "2026-11-22 12:00", "America/New_York")  # type: ignore[arg-type]
    await play(stage.nora, ("/start", "Nora Castellane", "new york", "9"))
    await tell(stage.nora, "callback", when=when("2026-11-24 16:15", "America/Los_Angeles"), place="Zoom")
    (briefing,) = await comes_and_tells(stage, "2026-11-23 19:00")
    assert "4:15 pm in Los Angeles, 7:15 pm here, Zoom" in briefing
    assert await comes_and_tells(stage, "2026-11-24 17:14") == []
    (soon,) = await comes_and_tells(stage, "2026-11-24 17:15")
    assert soon.startswith("4:15 pm in Los Angeles, 7:15 pm here, Copper Falls, Zoom.")


async def test_who_travels_is_told_by_the_wall_of_the_place(monday: Stage) -> None:
    await callback(monday, "2026-11-25 11:00")
    await monday.nora.act(Incoming("profile", monday.clock(), zone="America/Los_Angeles"))
    await do(monday.nora, Moves("America/New_York"))
    await monday.nora.says("New York")
    assert "Follow-ups" not in monday.nora.last.text
    (briefing,) = await comes_and_tells(monday, "2026-11-24 19:00", "America/New_York")
    assert "11:00 am in Los Angeles, 2:00 pm here" in briefing
    assert await comes_and_tells(monday, "2026-11-25 11:59", "America/New_York") == []
    assert len(await comes_and_tells(monday, "2026-11-25 12:00", "America/New_York")) == 1


async def test_who_moves_after_the_briefing_has_no_second_one(monday: Stage) -> None:
    await callback(monday)
    await monday.nora.act(Incoming("profile", monday.clock(), zone="America/Los_Angeles"))
    await monday.comes("2026-11-23 19:30")
    await do(monday.nora, Moves("Pacific/Honolulu"))
    await monday.nora.says("Honolulu")
    came = await comes_and_tells(monday, "2026-11-24 08:00")
    assert [text for text in came if text.startswith("Tomorrow")] == []


async def test_who_moves_past_seven_has_the_briefing_now(monday: Stage) -> None:
    await callback(monday)
    await monday.nora.act(Incoming("profile", monday.clock(), zone="America/Los_Angeles"))
    await monday.comes("2026-11-23 17:30")
    monday.nora.news()
    await do(monday.nora, Moves("America/New_York"))
    await monday.nora.says("New York")
    assert [text for text in monday.nora.news() if text.startswith("Tomorrow: Copper Falls")]


async def test_the_night_the_clocks_change_moves_nothing_on_the_wall(stage: Stage) -> None:
    await tell(stage.nora, "callback", when=when("2027-03-14 11:00"))
    assert len(await comes_and_tells(stage, "2027-03-13 19:00")) == 1
    assert await comes_and_tells(stage, "2027-03-14 08:59") == []
    assert await comes_and_tells(stage, "2027-03-14 09:00") == ["11:00 am, Copper Falls."]


# Moved, called off, taken back, started anew


async def test_moved_twice_only_the_last_time_is_told(monday: Stage) -> None:
    id_ = await callback(monday)
    await tell(monday.nora, "moved", when=when("2026-11-25 14:00"))
    await tell(monday.nora, "moved", when=when("2026-11-26 09:30"))
    row = await the_appointment(monday.nora, id_)
    assert (str(row.on), str(row.at), row.sequence, row.state) == ("2026-11-26", "09:30:00", 2, "planned")
    came = [text for text in await comes_and_tells(monday, "2026-11-26 09:00") if "Copper Falls, c" in text]
    assert [text.splitlines()[0] for text in came] == ["Tomorrow: Copper Falls, callback"]


async def test_moved_after_its_briefing_it_is_told_of_once_more(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-23 19:00")
    await tell(monday.nora, "moved", when=when("2026-11-25 11:00"))
    assert await comes_and_tells(monday, "2026-11-24 18:59") == []
    (briefing,) = await comes_and_tells(monday, "2026-11-24 19:00")
    assert briefing.startswith("Tomorrow: Copper Falls")


async def test_what_is_called_off_is_not_spoken_of(monday: Stage) -> None:
    await callback(monday)
    await tell(monday.nora, "cancelled")
    came = await comes_and_tells(monday, "2026-11-25 08:00")
    assert [text for text in came if "callback" in text or "How did" in text] == []


async def test_renewed_as_often_as_one_likes_each_comes_once(monday: Stage) -> None:
    await callback(monday)
    for _ in range(3):
        async with at_desk(monday.nora) as desk:
            await plan.renew(desk, 1)
            await plan.renew_all(desk)
    monday.begin_anew()
    assert len(await comes_and_tells(monday, "2026-11-23 19:00")) == 1
    async with at_desk(monday.nora) as desk:
        await plan.renew(desk, 1)
    monday.begin_anew()
    assert len(await comes_and_tells(monday, "2026-11-24 12:15")) == 2


async def test_after_a_night_away_the_briefing_comes_in_the_morning_with_the_button(monday: Stage) -> None:
    await callback(monday, "2026-11-24 08:45")
    await monday.jumps("2026-11-23 23:30")
    monday.begin_anew()
    assert await comes_and_tells(monday, "2026-11-24 06:59") == []
    (briefing,) = await comes_and_tells(monday, "2026-11-24 07:00")
    assert briefing.startswith("Today: Copper Falls, callback\n8:45 am")
    assert monday.nora.last.labels == ["I'm late"]


async def test_back_after_it_began_nothing_is_said_of_before(monday: Stage) -> None:
    await callback(monday)
    await monday.jumps("2026-11-24 11:05")
    assert await comes_and_tells(monday, "2026-11-24 12:14") == []


async def test_days_beyond_all_calendars_are_not_kept(stage: Stage) -> None:
    assert await tell(stage.nora, "callback", when=when("9999-12-31 23:59")) is None
    assert await tell(stage.nora, "callback", when=when("2026-11-18 11:00")) is None
    id_ = await tell(stage.nora, "callback", when=when("2026-11-24 11:00"))
    assert await tell(stage.nora, "moved", when=when("9999-12-31 23:59")) is None
    assert str((await the_appointment(stage.nora, id_)).on) == "2026-11-24"


# Afterwards


async def test_how_did_it_go_and_the_same_people(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-24 12:14")
    assert await comes_and_tells(monday, "2026-11-24 12:15") == [
        "How did Copper Falls go? Who was there, what did you talk about?"
    ]
    assert monday.nora.last.labels == ["Same people", "Tonight", "Didn't go"]
    assert await monday.nora.taps("Same people") == ["Tess Quillan and Jo Fenwick. What did you and Tess talk about?"]
    for words in ("dad hurt his knee", "nothing"):
        await monday.nora.says(words)
    assert monday.nora.last.text.startswith(
        "Copper Falls · Nurse Ray · co-star · callback\nToday, Tue, Nov 24, 11:00 am"
    )
    await monday.nora.taps("Save")
    assert (await the_appointment(monday.nora)).state == "done"
    assert await comes_and_tells(monday, "2026-11-24 20:00") == []


async def test_typed_words_begin_the_talk_with_all_that_is_known(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-24 12:30")
    said = "tess + director bea hartnell. same scrubs top. bea's from duluth like my mom"
    await monday.nora.says(said)
    await monday.nora.says("running it solo")
    card = monday.nora.last.text
    assert card.startswith("Copper Falls · Nurse Ray · co-star · callback\nToday, Tue, Nov 24, 11:00 am")
    assert "Bea Hartnell, director\n– bea's from duluth like my mom" in card


async def test_where_nobody_was_met_before_there_are_no_same_people(stage: Stage) -> None:
    await tell(stage.nora, "requested", when=when("2026-11-20 10:00", until="10:20"))
    await stage.comes("2026-11-20 11:05")
    assert stage.nora.last.text.startswith("How did Copper Falls go?")
    assert stage.nora.last.labels == ["Tonight", "Didn't go"]
    (asked,) = await stage.nora.says("felt great, dad jokes the whole time")
    assert asked == "Who was in the room?\n\n" or asked.startswith("Who was in the room?")


async def test_didnt_go_and_undo(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-24 12:15")
    await monday.nora.taps("Didn't go")
    assert monday.nora.last.text == "Didn't go: Copper Falls, callback."
    assert (await the_appointment(monday.nora)).state == "missed"
    await monday.nora.taps("Undo")
    assert monday.nora.last.text == "Taken back: Didn't go: Copper Falls, callback."
    assert (await the_appointment(monday.nora)).state == "planned"


async def test_tonight_asks_tonight_and_no_more(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-24 12:15")
    await monday.nora.taps("Tonight")
    assert monday.nora.last.text == "Copper Falls: today at 7:00 pm."
    assert await comes_and_tells(monday, "2026-11-24 18:59") == []
    (asked,) = await comes_and_tells(monday, "2026-11-24 19:00")
    assert asked.startswith("How did Copper Falls go?")
    assert monday.nora.last.labels == ["Same people", "Tomorrow", "Didn't go"]


async def test_a_late_one_is_asked_about_in_the_morning(monday: Stage) -> None:
    await callback(monday, "2026-11-24 21:30")
    await monday.comes("2026-11-24 19:31")
    came = await comes_and_tells(monday, "2026-11-25 09:00")
    assert [text for text in came if text.startswith("How did Copper Falls go?")]


async def test_logged_in_any_way_it_is_not_asked(monday: Stage) -> None:
    await callback(monday)
    await monday.comes("2026-11-24 11:45")
    acts = ("/audition", "Copper Falls, Nurse Ray, callback", "Bea Hartnell", "from duluth")
    await play(monday.nora, acts)
    await monday.nora.taps("Save")
    assert await comes_and_tells(monday, "2026-11-24 20:00") == []
    await monday.nora.taps("Undo")
    assert (await the_appointment(monday.nora)).state == "planned"


async def test_a_tap_on_what_is_over_says_how_things_stand(monday: Stage) -> None:
    id_ = await callback(monday)
    await monday.comes("2026-11-24 12:15")
    await tell(monday.nora, "moved", when=when("2026-11-25 14:00"))
    await monday.nora.taps_data(f"appointment:{id_}:missed")
    assert (await the_appointment(monday.nora)).state == "missed"
    await monday.nora.taps_data(f"appointment:{id_}:same")
    assert monday.nora.last.text == "Didn't go: Copper Falls, callback, Wed, Nov 25, 2:00 pm, 200 Main St."
    await monday.nora.taps_data("appointment:999:same")
    assert monday.nora.last.text == "That one is gone."
