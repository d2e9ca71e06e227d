"""The first contact: who, where, when; and nothing leaves before the zone is known."""

from __future__ import annotations

import pytest

from handlers.messages import Incoming
from storage.tables import actor, due
from tests.snippets import FALLS, cards, log, restart, rows, settle_in, tap_on
from tests.stage import Stage

RIGHT = "Los Angeles time, right?"


async def test_three_questions_and_then_the_bot_is_ready(stage: Stage) -> None:
    (sign,) = await stage.nora.says("/start")
    assert "How do you sign your notes?" in sign
    assert stage.nora.last.labels == ["Nora Castellane", "Skip"]
    (where,) = await stage.nora.taps("Nora Castellane")
    assert "A city is enough" in where
    (when,) = await stage.nora.says("la")
    assert when == "Los Angeles, 4:10 pm there now. When should follow-ups come?"
    (ready,) = await stage.nora.taps("9:00 am")
    assert "Had an audition today?" in ready
    assert stage.nora.last.labels == []


async def test_all_three_can_be_passed_over_and_nine_in_the_morning_is_taken(stage: Stage) -> None:
    await stage.nora.says("/start")
    for _ in range(3):
        await stage.nora.taps("Skip")
    (nora,) = await rows(stage, actor)
    assert (nora.zone_confirmed, nora.nudge_time.hour) == (False, 9)
    assert "Had an audition today?" in stage.nora.last.text


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("la", "America/Los_Angeles"),
        ("ET", "America/New_York"),
        ("London", "Europe/London"),
        ("new york city", "America/New_York"),
    ],
)
async def test_a_city_or_its_short_name_is_a_zone(stage: Stage, words: str, zone: str) -> None:
    await settle_in(stage, words)
    (nora,) = await rows(stage, actor)
    assert (nora.zone, nora.zone_confirmed) == (zone, True)


async def test_a_shared_location_answers_where_you_are(stage: Stage) -> None:
    await stage.nora.says("/start")
    await stage.nora.says("skip")
    place = Incoming("place", stage.clock(), latitude=51.5, longitude=-0.12)
    (when,) = await stage.nora.act(place)
    assert "London" in when
    assert "When should follow-ups come?" in when


@pytest.mark.parametrize("words", ["UTC+5", "gmt-3", "Middleton upon Nowhere"])
async def test_an_offset_or_an_unknown_place_asks_for_the_clock_and_offers_zones(stage: Stage, words: str) -> None:
    await stage.nora.says("/start")
    await stage.nora.says("skip")
    (clock,) = await stage.nora.says(words)
    assert "What time is it where you are?" in clock
    await stage.nora.says("7:10 pm")
    assert "New York" in stage.nora.last.labels
    await stage.nora.taps("New York")
    await stage.nora.says("9")
    (nora,) = await rows(stage, actor)
    assert nora.zone == "America/New_York"


async def test_an_audition_can_be_logged_before_anything_is_answered(stage: Stage) -> None:
    await stage.nora.says("/start")
    card = await log(stage, FALLS, "Tess Quillan")
    assert card.text.startswith(RIGHT)
    assert any("Saved." in shown.text for shown in stage.nora.screen)


async def test_nothing_leaves_before_the_zone_is_known_and_what_waits_stands_in_the_list(stage: Stage) -> None:
    await log(stage)
    await stage.nora.says("/cancel")
    stage.nora.news()
    await stage.comes("2026-11-22 12:00")
    assert stage.nora.news() == []
    assert "waiting" not in [row.state for row in await rows(stage, due)]
    (listed,) = await stage.nora.says("/followups")
    assert "Tess Quillan" in listed
    assert "time zone" in listed


async def test_one_tap_confirms_the_zone_and_plans_what_waits(stage: Stage) -> None:
    await log(stage)
    assert stage.nora.last.labels == ["Los Angeles", "Somewhere else"]
    (kept,) = await stage.nora.taps("Los Angeles")
    assert "The next one comes tomorrow at 9:00 am." in kept
    stage.nora.news()
    await stage.comes("2026-11-20 09:00")
    (card,) = stage.nora.news()
    assert "Hi Tess," in card


@pytest.mark.parametrize("words", ["yes", "right", "Los Angeles", "la"])
async def test_the_zone_is_confirmed_in_words_too(stage: Stage, words: str) -> None:
    await log(stage)
    await stage.nora.says(words)
    (nora,) = await rows(stage, actor)
    assert nora.zone_confirmed


async def test_somewhere_else_asks_where_and_plans_by_that_clock(stage: Stage) -> None:
    await log(stage)
    await stage.nora.taps("Somewhere else")
    (kept,) = await stage.nora.says("New York")
    assert "New York, 7:10 pm there now. The next one comes tomorrow at 9:00 am." in kept
    stage.nora.news()
    await stage.comes("2026-11-20 09:00", "America/New_York")
    assert len(stage.nora.news()) == 1


async def test_what_is_known_by_then_is_not_asked_again_when_the_hello_comes_back(stage: Stage) -> None:
    await stage.nora.says("/start")
    await log(stage)
    await stage.nora.taps("Los Angeles")
    before = len(stage.nora.screen)
    await stage.nora.says("Nora")
    assert not any("Where are you?" in shown.text for shown in stage.nora.screen[before:])


async def test_a_restart_in_the_middle_of_the_hello_changes_nothing(stage: Stage) -> None:
    await stage.nora.says("/start")
    await restart(stage)
    await stage.nora.says("Nora C.")
    await restart(stage)
    (when,) = await stage.nora.says("la")
    assert "When should follow-ups come?" in when
    await stage.nora.says("8:30")
    (nora,) = await rows(stage, actor)
    assert (nora.sign, f"{nora.nudge_time:%H:%M}") == ("Nora C.", "08:30")


async def test_a_nudge_time_that_is_none_is_asked_again_with_an_example(stage: Stage) -> None:
    await stage.nora.says("/start")
    await stage.nora.says("skip")
    await stage.nora.says("la")
    (again,) = await stage.nora.says("when the birds sing")
    assert again.startswith("A time, like 9 or 8:30 am.")


async def test_start_a_second_time_does_not_ask_again(stage: Stage) -> None:
    await settle_in(stage)
    (hello,) = await stage.nora.says("/start")
    assert "Had an audition today?" in hello
    assert "sign" not in hello


async def test_moving_to_another_zone_moves_what_waits_and_says_so(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.nora.says("/settings")
    await stage.nora.taps("Zone")
    (moved,) = await stage.nora.says("London")
    assert moved == "London, 00:10 there now. The next one comes today at 09:00."
    stage.nora.news()
    await stage.comes("2026-11-20 09:00", "Europe/London")
    assert len(stage.nora.news()) == 1
    await stage.comes("2026-11-20 12:00")
    assert stage.nora.news() == []


async def test_a_zone_changed_by_mistake_is_taken_back_with_its_nudges(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.nora.says("/settings")
    await stage.nora.taps("Zone")
    await stage.nora.says("London")
    await tap_on(stage.nora, stage.nora.last, "Undo")
    assert ".." not in stage.nora.last.text
    stage.nora.news()
    await stage.comes("2026-11-20 08:59")
    assert stage.nora.news() == []
    await stage.comes("2026-11-20 09:00")
    assert len(cards(stage.nora)) == 1


async def test_a_nudge_time_whose_moment_is_over_today_does_not_claim_that_the_bot_was_away(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.comes("2026-11-20 08:30")
    await stage.nora.says("/settings")
    await stage.nora.taps("Morning")
    said = await stage.nora.says("8 am")
    assert "today at 8:00 am" not in said[0]
    assert not any("away" in text for text in said)


async def test_a_snooze_before_the_zone_is_known_says_what_it_waits_for(stage: Stage) -> None:
    await log(stage)
    await stage.nora.says("/cancel")
    await stage.nora.taps("Draft it now")
    await stage.nora.taps("Tonight")
    assert any(word in stage.nora.last.text for word in ("zone", "time, right?"))


async def test_what_was_told_in_one_breath_is_not_lost(stage: Stage) -> None:
    await stage.nora.says(
        "just out of copper falls, nurse ray. read for tess quillan. tess is running the turkey trot thurs w her dad"
    )
    await stage.nora.taps("An audition")
    assert "Tess Quillan" in stage.nora.last.text
    await stage.nora.taps("Nothing")
    assert "turkey trot" in stage.nora.last.text
