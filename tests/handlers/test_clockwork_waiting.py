"""Follow-ups that wait for the last round, tapes that are due, and projects of which nothing is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.casting import plan, waiting
from tests.casting import at_desk, comes_and_tells, prepared, tell, the_appointment, when
from tests.scripts import COPPER_FALLS, SETTLED, Tap, play
from tests.stage import Stage

HELD = "Waits for the last round\n– Tess Quillan, Copper Falls"


@pytest.fixture
async def nora(file: Path) -> AsyncIterator[Stage]:
    """Logged on Thursday at 4:10 pm; the follow-ups are to come on Friday at 9:00 am."""
    async with prepared(file, "logged", lambda stage: play(stage.nora, (*SETTLED, *COPPER_FALLS))) as stage:
        yield stage


@pytest.fixture
async def stage(file: Path) -> AsyncIterator[Stage]:
    """Settled in; nothing logged yet."""
    async with prepared(file, "settled", lambda stage: play(stage.nora, SETTLED)) as stage:
        yield stage


async def hears(stage: Stage, wall: str) -> list[str]:
    """The first lines of what came on the way, without what is said of the callback itself."""
    came = await comes_and_tells(stage, wall)
    return [text.splitlines()[0] for text in came if "Copper Falls, c" not in text and "How did" not in text]


FOLLOW_UPS = ["1 of 2 · Tess Quillan · Copper Falls", "2 of 2 · Jo Fenwick · Copper Falls"]


# One note, after the last round


async def test_follow_ups_wait_for_the_last_round_and_come_the_morning_after(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    async with at_desk(nora.nora) as desk:
        assert await waiting.words(desk, 1) == "Tess's and Jo's follow-ups wait: one note, after the last round."
    (listed,) = await nora.nora.says("/followups")
    assert HELD in listed
    assert nora.nora.last.labels == ["Write anyway: Tess", "Write anyway: Jo"]
    assert await hears(nora, "2026-11-22 08:59") == ["3:00 pm, Copper Falls."]
    assert await hears(nora, "2026-11-22 09:00") == FOLLOW_UPS


async def test_a_card_that_stands_there_folds(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:05")
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    folded = nora.nora.screen[-2:]
    assert [shown.text for shown in folded] == [
        "Tess Quillan: after the last round.",
        "Jo Fenwick: after the last round.",
    ]
    assert folded[0].labels == ["Write anyway"]
    assert await hears(nora, "2026-11-21 09:00") == []


@pytest.mark.parametrize("how", ["cancelled", "passed"])
async def test_where_the_round_is_off_they_come_the_next_morning(nora: Stage, how: str) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-22 15:00"))
    await nora.comes("2026-11-20 12:00")
    await tell(nora.nora, how)
    assert await hears(nora, "2026-11-21 08:59") == []
    assert await hears(nora, "2026-11-21 09:00") == FOLLOW_UPS


async def test_moved_beyond_three_days_they_come_the_next_morning(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    await tell(nora.nora, "moved", when=when("2026-11-27 15:00"))
    assert await hears(nora, "2026-11-20 09:00") == FOLLOW_UPS


async def test_what_is_more_than_three_days_off_holds_nothing_until_it_is_near(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-24 15:00"))
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps_data("note:1:monday")
    await nora.comes("2026-11-22 12:00")
    assert await hears(nora, "2026-11-23 09:00") == []
    assert HELD in (await nora.nora.says("/followups"))[0]
    assert "Tess Quillan · Copper Falls" in " ".join(await comes_and_tells(nora, "2026-11-25 09:00"))


async def test_two_rounds_are_waited_for_to_the_last(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    await tell(nora.nora, "producer_session", when=when("2026-11-22 15:00"))
    assert FOLLOW_UPS[0] not in await hears(nora, "2026-11-22 20:00")
    assert await hears(nora, "2026-11-23 09:00") == FOLLOW_UPS


async def test_undo_of_the_step_lets_them_come(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    await nora.nora.says("/undo")
    assert await hears(nora, "2026-11-20 09:00") == FOLLOW_UPS
    await nora.nora.says("/followups")
    assert "Waits" not in nora.nora.last.text


async def test_write_anyway_brings_the_card_and_it_is_not_held_again(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    await nora.nora.says("/followups")
    await nora.nora.taps("Write anyway: Jo")
    assert nora.nora.last.text.startswith("Jo Fenwick · Copper Falls")
    async with at_desk(nora.nora) as desk:
        await plan.renew(desk, 1)
    assert nora.nora.last.text.startswith("Jo Fenwick · Copper Falls")
    assert await hears(nora, "2026-11-22 09:00") == ["3:00 pm, Copper Falls.", "Tess Quillan · Copper Falls"]


async def test_who_is_met_again_gets_one_note_about_the_later_round(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-20 15:00"))
    await nora.comes("2026-11-20 16:30")
    await play(nora.nora, ("/audition", "Copper Falls, Nurse Ray, callback", "Tess Quillan", "her knee"))
    await nora.nora.taps("Save")
    assert nora.nora.last.text.endswith("Saved. Tess's follow-up comes tomorrow at 9:00 am. Jo's comes with it.")
    came = await hears(nora, "2026-11-21 09:00")
    assert sorted(text.split("· ")[1] for text in came) == ["Jo Fenwick ", "Tess Quillan "]
    assert [shown.text for shown in nora.nora.screen if "callback yesterday" in shown.text]


async def test_undo_of_the_later_round_brings_the_earlier_note_back(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-20 15:00"))
    await nora.comes("2026-11-20 16:30")
    await play(nora.nora, ("/audition", "Copper Falls, Nurse Ray, callback", "Tess Quillan", "her knee"))
    await nora.nora.taps("Save")
    await nora.nora.taps("Undo")
    came = await hears(nora, "2026-11-21 09:00")
    assert sorted(text[9:] for text in came) == ["Jo Fenwick · Copper Falls", "Tess Quillan · Copper Falls"]


async def test_an_open_avail_check_holds_until_the_dates_are_settled(nora: Stage) -> None:
    await tell(nora.nora, "avail", days=(("2026-12-01", "2026-12-03"),))
    async with at_desk(nora.nora) as desk:
        assert await waiting.words(desk, 1) == "Follow-ups wait until the dates are settled."
    (listed,) = await nora.nora.says("/followups")
    assert "Waits for the dates\n– Tess Quillan" in listed
    assert await hears(nora, "2026-11-24 12:00") == []
    await tell(nora.nora, "released")
    assert await hears(nora, "2026-11-25 09:00") == FOLLOW_UPS


async def test_what_is_logged_while_dates_are_open_waits_too(stage: Stage) -> None:
    await tell(stage.nora, "avail", days=(("2026-12-01", "2026-12-03"),))
    await play(stage.nora, COPPER_FALLS)
    assert stage.nora.last.text.endswith("Saved. Follow-ups wait until the dates are settled.")


async def test_a_booking_drops_them_and_undo_brings_them_back(nora: Stage) -> None:
    await tell(nora.nora, "callback", when=when("2026-11-21 15:00"))
    async with at_desk(nora.nora) as desk:
        change = desk.change()
        assert await waiting.drop(desk, change, 1) == ["Tess", "Jo"]
        await change.keep("Booked: Copper Falls", "step:1", desk.now)
    assert await hears(nora, "2026-11-21 09:00") == []
    await nora.nora.says("/undo")
    assert await hears(nora, "2026-11-22 09:00") == ["3:00 pm, Copper Falls.", *FOLLOW_UPS]


# Tapes


async def test_a_tape_is_reminded_of_a_day_before_on_the_morning_and_three_hours_before(stage: Stage) -> None:
    await tell(stage.nora, "requested", mode="self-tape", deadline="2026-11-21T17:00")
    assert await comes_and_tells(stage, "2026-11-20 17:00") == ["Copper Falls tape: due tomorrow, 5:00 pm."]
    assert await comes_and_tells(stage, "2026-11-21 09:00") == ["Copper Falls tape: due today, 5:00 pm."]
    assert await comes_and_tells(stage, "2026-11-21 13:59") == []
    assert await comes_and_tells(stage, "2026-11-21 14:00") == ["Copper Falls tape: due today, 5:00 pm."]
    assert await comes_and_tells(stage, "2026-11-23 12:00") == []


async def test_a_tape_due_in_the_night_is_not_spoken_of_in_the_night(stage: Stage) -> None:
    await tell(stage.nora, "requested", mode="self-tape", deadline="2026-11-22T05:00")
    assert len(await comes_and_tells(stage, "2026-11-21 07:00")) == 1
    assert len(await comes_and_tells(stage, "2026-11-21 19:00")) == 1
    assert await comes_and_tells(stage, "2026-11-22 12:00") == []


async def test_sent_stops_it_and_undo_goes_on(stage: Stage) -> None:
    await tell(stage.nora, "requested", mode="self-tape", deadline="2026-11-21T17:00")
    await stage.comes("2026-11-20 17:00")
    await stage.nora.taps("Sent")
    assert stage.nora.last.text == "Sent: Copper Falls tape."
    assert await comes_and_tells(stage, "2026-11-21 09:00") == []
    await stage.nora.taps("Undo")
    assert len(await comes_and_tells(stage, "2026-11-21 14:00")) == 1


async def test_a_tape_told_as_sent_or_logged_is_not_asked_for(stage: Stage) -> None:
    await tell(stage.nora, "requested", mode="self-tape", deadline="2026-11-21T17:00")
    await stage.comes("2026-11-20 12:00")
    await tell(stage.nora, "auditioned")
    assert await comes_and_tells(stage, "2026-11-21 17:00") == []
    await tell(stage.nora, "requested", "Salt Year", mode="self-tape", deadline="2026-11-25T17:00")
    await play(stage.nora, ("/audition", "Salt Year, Lena, self-tape", Tap("No idea"), "nothing", Tap("Save")))
    assert (await the_appointment(stage.nora)).state == "done"


# Silence


async def test_three_weeks_of_silence_are_asked_about_once(nora: Stage) -> None:
    await nora.comes("2026-11-22 09:00")
    assert [t for t in await comes_and_tells(nora, "2026-12-10 08:59") if "quiet" in t] == []
    assert await comes_and_tells(nora, "2026-12-10 09:00") == ["Copper Falls has been quiet for three weeks. Park it?"]
    assert await comes_and_tells(nora, "2027-03-10 09:00") == []
    await nora.nora.taps("Park it")
    assert nora.nora.last.text == "Parked: Copper Falls. If they come back, just tell me."
    await nora.nora.taps("Undo")
    assert nora.nora.last.text == "Taken back: Parked: Copper Falls."


async def test_still_on_leaves_it(nora: Stage) -> None:
    await nora.comes("2026-12-10 09:00")
    await nora.nora.taps("Still on")
    assert nora.nora.last.text == "Copper Falls stays where it is."
    assert [t for t in await comes_and_tells(nora, "2027-03-10 09:00") if "quiet" in t] == []


async def test_each_thing_heard_begins_the_three_weeks_anew(nora: Stage) -> None:
    await nora.comes("2026-12-01 12:00")
    await tell(nora.nora, "callback", when=when("2026-12-03 12:00"))
    assert [t for t in await comes_and_tells(nora, "2026-12-24 08:59") if "quiet" in t] == []
    assert [t for t in await comes_and_tells(nora, "2026-12-24 09:00") if "quiet" in t]


async def test_nearer_to_the_job_nobody_asks(stage: Stage) -> None:
    for kind in ("producer_session", "avail", "offer", "booked", "passed", "wrapped"):
        await tell(stage.nora, "auditioned", f"The {kind}")
        await tell(stage.nora, kind, f"The {kind}")
    await tell(stage.nora, "auditioned", "Salt Year")
    came = await comes_and_tells(stage, "2027-02-10 09:00")
    assert [text for text in came if "quiet" in text] == ["Salt Year has been quiet for three weeks. Park it?"]
