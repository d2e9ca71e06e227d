"""Nudges when the clock itself moves, the actor moves, or the bot was not there."""

from __future__ import annotations

from datetime import UTC

import pytest

from storage.tables import due, note
from tests.snippets import FALLS, FERRY, back_up, cards, log, rows, settle_in
from tests.stage import Stage, at


async def zone(stage: Stage, city: str) -> list[str]:
    await stage.nora.says("/settings")
    await stage.nora.taps("Zone")
    return await stage.nora.says(city)


@pytest.mark.parametrize(
    ("logged", "next_morning", "utc_hour"),
    [("2026-10-31 19:00", "2026-11-01 09:00", 17), ("2027-03-13 19:00", "2027-03-14 09:00", 16)],
)
async def test_nine_stays_nine_over_the_night_the_clocks_change(
    stage: Stage, logged: str, next_morning: str, utc_hour: int
) -> None:
    await stage.jumps(logged)
    await settle_in(stage)
    await log(stage)
    (row,) = [row for row in await rows(stage, due) if row.kind == "note"]
    assert row.due_at.astimezone(UTC).hour == utc_hour
    stage.nora.news()
    await stage.comes(next_morning)
    assert len(stage.nora.news()) == 1


async def test_a_nudge_time_that_does_not_exist_that_day_is_the_next_that_does(stage: Stage) -> None:
    await stage.jumps("2027-03-13 19:00")
    await settle_in(stage, morning="2:30 am")
    await log(stage)
    stage.nora.news()
    await stage.comes("2027-03-14 01:59")
    assert stage.nora.news() == []
    await stage.comes("2027-03-14 03:30")
    assert len(stage.nora.news()) == 1


async def test_a_nudge_time_that_comes_twice_that_night_brings_one(stage: Stage) -> None:
    await stage.jumps("2026-10-31 19:00")
    await settle_in(stage, morning="1:30 am")
    await log(stage)
    stage.nora.news()
    await stage.comes("2026-11-01 08:00")
    assert len(stage.nora.news()) == 1


async def test_east_in_the_night_brings_one_on_that_date(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    (moved,) = await zone(stage, "New York")
    assert "tomorrow at 9:00 am" in moved
    await stage.comes("2026-11-20 23:00", "America/New_York")
    assert len(cards(stage.nora)) == 1
    await zone(stage, "la")
    stage.nora.news()
    await stage.comes("2026-11-20 23:59")
    assert stage.nora.news() == []


async def test_west_after_the_morning_brings_no_second_one_on_that_date(stage: Stage) -> None:
    await settle_in(stage, "London")
    await log(stage)  # 00:10 on Friday in London, still Thursday for an actor
    await stage.comes("2026-11-20 09:30", "Europe/London")
    assert len(cards(stage.nora)) == 1
    await zone(stage, "la")
    stage.nora.news()
    await stage.comes("2026-11-20 23:59")
    assert stage.nora.news() == []
    await stage.comes("2026-11-21 09:00")
    assert len(stage.nora.news()) == 1


async def test_a_move_whose_nine_o_clock_is_over_loses_nothing_and_blames_nobody(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.comes("2026-11-19 18:00")
    await zone(stage, "Tokyo")  # 11:00 on Friday there
    await stage.comes("2026-11-20 21:00", "Asia/Tokyo")
    (card,) = cards(stage.nora)
    assert "away" not in card.text


async def test_away_for_an_hour_in_the_morning_it_comes_on_return_with_one_line(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    stage.nora.news()
    await stage.jumps("2026-11-20 10:00")
    await back_up(stage)
    (card,) = stage.nora.news()
    assert card.startswith("I was away")
    assert "yesterday" in card
    await back_up(stage)
    assert stage.nora.news() == []


async def test_away_for_seconds_is_not_worth_a_word(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    stage.nora.news()
    await stage.jumps("2026-11-20 09:01")
    await back_up(stage)
    (card,) = stage.nora.news()
    assert "away" not in card


@pytest.mark.parametrize(
    ("back", "comes"),
    [("2026-11-20 23:30", "2026-11-21 09:00"), ("2026-11-21 05:00", "2026-11-21 09:00")],
)
async def test_back_in_the_night_it_waits_for_the_next_nudge_time_and_is_dated_anew(
    stage: Stage, back: str, comes: str
) -> None:
    await settle_in(stage)
    await log(stage)
    stage.nora.news()
    await stage.jumps(back)
    await back_up(stage)
    assert stage.nora.news() == []
    await stage.comes(comes)
    (card,) = stage.nora.news()
    assert "on Thursday" in card
    assert card.startswith("I was away")


async def test_away_over_days_each_follow_up_still_comes_once_with_its_day(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    stage.nora.news()
    await stage.jumps("2026-11-23 10:15")
    await back_up(stage)
    tess, jo = stage.nora.news()
    assert tess.startswith("I was away")
    assert "Thursday's" in tess
    assert "away" not in jo
    assert "on Thursday" in jo
    assert [shown.sound for shown in cards(stage.nora)] == [True, False]


async def test_two_mornings_missed_come_in_their_order(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan")
    await stage.jumps("2026-11-20 08:00")
    await log(stage, FERRY, "Jo Fenwick")
    await stage.jumps("2026-11-22 12:00")
    await back_up(stage)
    heads = [shown.text for shown in cards(stage.nora)]
    assert len(heads) == 2
    assert "Tess Quillan" in heads[0]
    assert "Jo Fenwick" in heads[1]


async def test_the_repeat_of_a_late_card_comes_the_morning_after(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.jumps("2026-11-23 10:15")
    await back_up(stage)
    stage.nora.news()
    await stage.comes("2026-11-24 09:00")
    (again,) = stage.nora.news()
    assert again.startswith("Still here: Tess Quillan")
    await stage.comes("2026-11-30 09:00")
    assert stage.nora.news() == []


async def test_a_message_is_worked_for_the_day_it_was_written(stage: Stage) -> None:
    await settle_in(stage)
    for words in ("/audition", FALLS, "Tess Quillan", "nothing"):
        await stage.nora.says(words)
    assert at("2026-11-19 16:10") == stage.clock()
    await stage.nora.taps("Save")
    (row,) = await rows(stage, note)
    assert f"{row.day}" == "2026-11-19"
