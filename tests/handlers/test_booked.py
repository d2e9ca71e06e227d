"""A booking: told, ticked off in place, reminded of until it is done; its note, its credit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from handlers.casting.booking_reminders import next_day
from handlers.casting.booking_words import ticked
from handlers.messages import Code
from storage.tables import appointment, booking_step, note, stage_days
from tests.casting import prepared
from tests.snippets import cards, log, rows, settle_in
from tests.stage import Shown, Stage

BRIGHTSIDE = "Brightside Bank, Mom #2, national commercial"
ODETTE = "Odette Marsh, casting director, Marsh Casting"
CARD = "Booked: Brightside Bank, Mom #2.\nShoots Tue, Dec 1.\n\nTap what is done."
LABELS = ["Answered", "Paperwork", "Dates", "Fitting", "Call time", "Booking note"]


async def to_wednesday(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, BRIGHTSIDE, ODETTE, "they lost it at my toaster improv")
    await stage.jumps("2026-11-25 18:05")
    await stage.bot.settle()


async def to_booked(stage: Stage) -> None:
    await to_wednesday(stage)
    await stage.nora.says("BOOKED BRIGHTSIDE!!! shoots tues")


@pytest.fixture
async def nora(file: Path) -> AsyncIterator[Stage]:
    """Nora, who read for Brightside Bank on Thursday; it is Wednesday evening."""
    async with prepared(file, "wednesday", to_wednesday) as stage:
        yield stage


@pytest.fixture
async def booked(file: Path) -> AsyncIterator[Stage]:
    """A minute later."""
    async with prepared(file, "booked", to_booked) as stage:
        yield stage


def card(stage: Stage) -> Shown:
    """The message with the list of the booking."""
    return next(shown for shown in reversed(stage.nora.screen) if "Booking note" in shown.labels)


def copied(shown: Shown) -> list[str]:
    return [piece.text for piece in shown.message.body if isinstance(piece, Code)]


async def came(stage: Stage, wall: str) -> list[str]:
    stage.nora.news()
    await stage.comes(wall)
    return stage.nora.news()


# Told


async def test_it_is_said_back_with_its_day_and_all_that_is_to_do(nora: Stage) -> None:
    said = await nora.nora.says("BOOKED BRIGHTSIDE!!! shoots tues")
    assert said == [
        (
            "Booked: Brightside Bank, Mom #2.\n"
            "Congratulations.\n"
            "Shoots Tue, Dec 1. No clash.\n"
            "Odette's follow-up is off.\n\n"
            "Tap what is done."
        ),
        "For your calendar: Brightside Bank shoot.",
    ]
    assert card(nora).labels == [*LABELS, "Undo"]
    (day,) = await rows(nora, appointment)
    assert (day.kind, str(day.on), day.at, day.state) == ("shoot", "2026-12-01", None, "planned")


async def test_without_its_days_they_are_asked_for_and_told_later(nora: Stage) -> None:
    (said,) = await nora.nora.says("booked brightside")
    assert said.splitlines()[2] == "Tell me the shoot dates when you have them."
    await nora.nora.says("brightside shoots dec 1")
    await nora.nora.taps("Answered")
    assert card(nora).text == CARD


async def test_told_twice_it_is_congratulated_once_and_what_was_ticked_stays(booked: Stage) -> None:
    await booked.nora.taps("Paperwork")
    said, off, *_ = await booked.nora.says("booked brightside dec 2")
    assert off == "Off your calendar: Brightside Bank shoot."
    assert said.startswith("Booked already: Brightside Bank, Mom #2.\nShoots Wed, Dec 2. No clash.")
    assert "✓ Paperwork" in card(booked).labels
    assert [(str(r.on), r.state) for r in await rows(booked, appointment)] == [
        ("2026-12-01", "cancelled"),
        ("2026-12-02", "planned"),
    ]


async def test_undo_takes_all_of_it_back_and_redo_puts_it_back(nora: Stage) -> None:
    await nora.nora.says("booked brightside tues")
    told = card(nora)
    await nora.nora.taps("Undo")
    assert (told.text, told.labels) == ("Taken back: Booked: Brightside Bank.", ["Redo"])
    for table in (appointment, booking_step, stage_days):
        assert await rows(nora, table) == []
    assert [row.state for row in await rows(nora, note)] == ["open"]
    assert any("Odette Marsh" in text for text in await came(nora, "2026-11-26 09:00"))
    await nora.nora.taps("Redo")
    assert (told.text, told.labels) == (CARD, [*LABELS, "Undo"])
    assert [row.state for row in await rows(nora, note)] == ["skipped"]


async def test_a_follow_up_that_is_about_another_room_too_stays(nora: Stage) -> None:
    for what in ("Copper Falls, Nurse Ray", "Night Ferry, Captain"):
        await log(nora, what, "Odette Marsh", "nothing")
    await nora.nora.says("booked copper falls")
    assert [row.state for row in await rows(nora, note)] == ["open", "open"]


# Ticked off


async def test_a_tap_ticks_off_in_place_and_a_second_one_takes_it_back(booked: Stage) -> None:
    shown = card(booked)
    assert await booked.nora.taps("Answered") == []
    assert (shown.text, shown.labels) == (CARD, ["✓ Answered", *LABELS[1:]])
    await booked.nora.taps("✓ Answered")
    assert (shown.text, shown.labels) == (CARD, LABELS)


async def test_a_tick_is_undone_and_redone_like_all_else(booked: Stage) -> None:
    await booked.nora.taps("Paperwork")
    await booked.nora.says("/undo")
    assert card(booked).text == f"{CARD}\n\nTaken back: Brightside Bank, paperwork."
    assert card(booked).labels == [*LABELS, "Redo"]
    await booked.nora.taps("Redo")
    assert "✓ Paperwork" in card(booked).labels


async def test_when_all_is_ticked_off_it_says_so(booked: Stage) -> None:
    for label in LABELS[:-1]:
        await booked.nora.taps(label)
    assert card(booked).text == "Booked: Brightside Bank, Mom #2.\nShoots Tue, Dec 1.\n\nAll done."
    assert await came(booked, "2026-11-30 12:00") == []


async def test_words_tick_off_too(booked: Stage) -> None:
    for words, label in (
        ("signed the contract for brightside bank", "✓ Paperwork"),
        ("got the call sheet", "✓ Call time"),
        ("brightside fitting is done!", "✓ Fitting"),
    ):
        await booked.nora.says(words)
        assert card(booked).text == CARD
        assert label in card(booked).labels


BOOKINGS = {1: "Brightside Bank", 2: "Copper Falls"}


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("paperwork signed for brightside", (1, ("paperwork",))),
        ("Brightside paperwork is in!", (1, ("paperwork",))),
        ("copper falls dates and paperwork are done", (2, ("dates", "paperwork"))),
        ("signed the paperwork", None),  # of which?
        ("paperwork for brightside", None),
        ("paperwork signed for night ferry", None),
        ("call time 6am brightside", None),
        ("12 paperwork copies brightside", None),
        ("", None),
        ("paperwork " * 500, None),
        ("\u0000 \U0001f600 ١٢ paperwork", None),
    ],
)
def test_only_words_that_can_mean_nothing_else(words: str, means: tuple[int, tuple[str, ...]] | None) -> None:
    assert ticked(words, BOOKINGS) == means


async def test_a_fitting_in_the_calendar_settles_it(booked: Stage) -> None:
    await booked.nora.says("fitting mon 2pm brightside")
    await booked.nora.taps("Answered")
    assert card(booked).labels == ["✓ Answered", "Paperwork", "Dates", "✓ Fitting", "Call time", "Booking note"]
    await booked.nora.taps("✓ Fitting")
    assert card(booked).text == f"{CARD}\n\nBrightside Bank fitting: Mon, Nov 30, 2:00 pm."


async def test_a_call_time_is_the_time_of_the_shoot(booked: Stage) -> None:
    said = await booked.nora.says("brightside call time 6am tues")
    assert "Brightside Bank shoot: Tue, Dec 1, 6:00 am." in said
    await booked.nora.taps("Answered")
    assert "✓ Call time" in card(booked).labels
    assert [str(row.at) for row in await rows(booked, appointment)] == ["06:00:00"]


# Reminders


async def test_what_is_open_is_asked_about_the_next_morning_every_third_day_and_the_day_before(booked: Stage) -> None:
    await booked.nora.taps("Answered")
    await booked.nora.taps("Dates")
    still = "Open: paperwork, fitting, call time."
    assert await came(booked, "2026-11-26 08:59") == []
    assert await came(booked, "2026-11-26 09:00") == [f"Brightside Bank shoots Tue, Dec 1. {still}"]
    assert booked.nora.last.labels == ["Paperwork", "Fitting", "Call time"]
    assert await came(booked, "2026-11-28 23:00") == []
    assert await came(booked, "2026-11-29 09:00") == [f"Brightside Bank shoots Tue, Dec 1. {still}"]
    await booked.nora.says("brightside fitting done")
    (eve,) = await came(booked, "2026-11-30 09:00")
    assert eve == "Brightside Bank shoots tomorrow. Open: paperwork, call time."
    assert booked.nora.last.labels == ["Paperwork", "Call time"]
    await booked.nora.taps("Paperwork")
    assert booked.nora.last.text == "Booked: Brightside Bank, Mom #2.\nShoots tomorrow.\n\nTap what is done."


async def test_after_the_shoot_only_what_still_matters_is_asked_about_and_a_wrap_ends_it(booked: Stage) -> None:
    await booked.jumps("2026-12-01 20:00")
    await booked.bot.settle()
    assert await came(booked, "2026-12-02 09:00") == ["Brightside Bank. Open: your answer, paperwork."]
    await booked.nora.says("wrapped brightside")
    assert await came(booked, "2026-12-05 12:00") == []


async def test_released_or_passed_ends_it_too(booked: Stage) -> None:
    await booked.nora.says("brightside went another way")
    assert await came(booked, "2026-12-05 12:00") == []
    await booked.nora.taps_data("booking:1:answered")
    assert booked.nora.last.text == "Passed: Brightside Bank. Nothing changed."


TUESDAY = (date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("days", "soonest", "on"),
    [
        ([TUESDAY], date(2026, 11, 26), date(2026, 11, 26)),
        ([TUESDAY], date(2026, 11, 27), date(2026, 11, 29)),
        ([TUESDAY], date(2026, 11, 30), date(2026, 11, 30)),  # the day before
        ([TUESDAY], date(2026, 12, 1), date(2026, 12, 2)),
        ([], date(2026, 11, 30), date(2026, 12, 2)),
        ([], date(2026, 12, 22), date(2026, 12, 23)),
        ([], date(2026, 12, 25), None),  # left alone, it is asked about for a month at most
        ([TUESDAY], date(2026, 12, 26), date(2026, 12, 26)),
    ],
)
def test_the_days_of_the_reminders(days: list[tuple[date, date]], soonest: date, on: date | None) -> None:
    assert next_day(date(2026, 11, 25), days, soonest) == on


# Its note


async def test_the_note_goes_to_who_cast_it_and_may_give_thanks(booked: Stage) -> None:
    await booked.nora.taps("Booking note")
    shown = cards(booked.nora)[-1]
    assert shown.text.startswith("After a booking thanks are the custom.\nOdette Marsh · Brightside Bank\n")
    assert copied(shown) == [
        "Nora Castellane – Mom #2, Brightside Bank",
        (
            "Hi Odette,\n\nThank you for bringing me onto Brightside Bank as Mom #2. "
            "I'm glad to be working with you!\n\n"
            "Warm regards from the toaster!\n\nNora Castellane"
        ),
    ]
    await booked.nora.taps("Sent")
    assert shown.text == "Sent to Odette Marsh by e-mail, today, 6:05 pm."
    await booked.nora.taps("Booking note")
    assert booked.nora.last.text == "Odette had a note from you today. One a day is the most: tap again tomorrow."


async def test_the_note_is_about_what_was_booked_and_not_about_the_last_room(nora: Stage) -> None:
    await log(nora, "Copper Falls, Nurse Ray", "Odette Marsh", "her beagle just had puppies")
    await nora.nora.says("booked copper falls")
    await nora.nora.says("booked brightside")
    await nora.nora.taps("Booking note")
    assert "onto Brightside Bank as Mom #2" in copied(cards(nora.nora)[-1])[1]


async def test_own_words_that_give_thanks_are_no_slip_there(booked: Stage) -> None:
    await booked.nora.taps("Booking note")
    await booked.nora.taps("Edit")
    await booked.nora.says("Hi Odette,\n\nThank you so much for Mom #2.\n\nNora Castellane")
    assert "is a thank-you" not in cards(booked.nora)[-1].text


async def test_where_no_casting_director_was_met_it_goes_to_who_ran_the_room(nora: Stage) -> None:
    stage = nora
    await log(stage, "Night Ferry, Captain", "Jo Fenwick, associate, and Bea Hartnell, director", "nothing", "nothing")
    await stage.nora.says("booked night ferry")
    await stage.nora.taps("Booking note")
    assert "Jo Fenwick · Night Ferry" in cards(stage.nora)[-1].text


async def test_where_nobody_is_known_it_says_what_to_do(nora: Stage) -> None:
    await nora.nora.says("booked night ferry")
    (said,) = await nora.nora.taps("Booking note")
    assert said == "No name is known yet for Night Ferry. Tell me who cast it: log the room, and tap again."


# Wrapped


async def test_what_has_wrapped_is_a_credit(booked: Stage) -> None:
    assert await booked.nora.says("/credits") == ["No credits yet. Tell me when one wraps: wrapped Night Ferry."]
    await booked.comes("2026-12-01 20:10")
    (said,) = await booked.nora.says("wrapped brightside")
    assert said == "Wrapped: Brightside Bank, Mom #2. It is in your credits. As news in your notes too?"
    assert [row.state for row in await rows(booked, appointment)] == ["done"]
    assert await booked.nora.says("/credits") == ["Credits\n\n2026\n– Brightside Bank, Mom #2"]
    await booked.nora.says("/undo")
    assert [row.state for row in await rows(booked, appointment)] == ["planned"]


async def test_booked_again_after_the_wrap_everything_is_to_do_again(booked: Stage) -> None:
    await booked.nora.taps("Paperwork")
    await booked.nora.says("wrapped brightside")
    said, *_ = await booked.nora.says("booked brightside dec 9")
    assert said.startswith("Booked: Brightside Bank, Mom #2.\nCongratulations.")
    assert "Paperwork" in card(booked).labels


async def test_anothers_booking_is_nobodys_business(booked: Stage) -> None:
    other = booked.person("2", "Dana Vale")
    for words in ("/start", "Dana Vale", "la", "9"):
        await other.says(words)
    for data in ("booking:1:paperwork", "booking:1:note", "booking:1:show", "project:1:open"):
        assert await other.taps_data(data) == ["That one is gone."]
    assert await other.says("/today") == ["Nothing due."]
    assert await other.says("/week") == ["Nothing in the next seven days."]
    assert (await other.says("/project brightside"))[0].startswith("No projects yet.")
    await other.says("booked brightside bank, dec 1")
    assert len(await rows(booked, booking_step)) == 10
    await booked.nora.taps("Paperwork")
    assert sum(row.done_at is not None for row in await rows(booked, booking_step)) == 1
