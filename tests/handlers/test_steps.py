"""The way of a project as an actor tells it: what is said back, what can be tapped, what can be taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from handlers.casting import booked
from handlers.messages import Code, Message, plain
from storage.database import Database
from storage.tables import appointment, due, project, stage, stage_days, submission
from tests.scripts import COPPER_FALLS, play
from tests.snippets import button, rows, settle_in
from tests.stage import Stage
from tests.steps import Teller, span, understood, when

FILE = ["For your calendar: Copper Falls, callback."]
CALLBACK: dict[str, Any] = {"when": when("2026-11-24 11:00"), "place": "200 Main St", "via": "Priya"}
DATES = span("2026-11-30", "2026-12-01")


@pytest.fixture
async def tell(stage: Stage) -> AsyncIterator[Teller]:
    """Nora read for Copper Falls on Thursday; it is Monday, 11:05."""
    with understood() as lines:
        await settle_in(stage)
        await play(stage.nora, COPPER_FALLS)
        await stage.comes("2026-11-23 11:05")
        stage.nora.news()
        yield Teller(lines, stage)


@pytest.fixture
def booking(monkeypatch: pytest.MonkeyPatch) -> None:
    async def begin(*_: Any) -> Message:
        return plain("Booked. Congratulations.")

    monkeypatch.setattr(booked, "begin", begin)


async def test_a_callback_is_said_back_with_what_stays_and_a_text_for_who_told_it(tell: Teller) -> None:
    (card,) = await tell("callback", "Copper Falls", **CALLBACK)
    assert card == (
        "Copper Falls, callback\n"
        "Tue, Nov 24, 11:00 am, 200 Main St\n"
        "Nurse Ray · co-star\n"
        "\n"
        "Last time: blue scrubs top, hair up.\n"
        "\n"
        "For Priya:\n"
        "Confirmed: Copper Falls, Tue, Nov 24, 11:00 am, 200 Main St."
    )
    assert tell.nora.last.labels == ["Confirmed", "Declined", "New time", "Undo"]
    assert len(await rows(tell.stage, project)) == 1


@pytest.mark.parametrize(
    ("label", "says", "text"),
    [
        ("Confirmed", "Confirmed: Copper Falls, tomorrow, 11:00 am.", ""),
        (
            "Declined",
            "Declined: Copper Falls, tomorrow, 11:00 am. If they come back, just tell me.",
            "I can't make Copper Falls on Tue, Nov 24, 11:00 am. I'd love to read for them another time.",
        ),
        (
            "New time",
            "New time asked for: Copper Falls. Tell me when you have it.",
            "Copper Falls, Tue, Nov 24, 11:00 am: I have a conflict. Could I come in earlier or later that day?",
        ),
    ],
)
async def test_an_answer_is_kept_in_place_and_can_be_taken_back_and_put_back(
    tell: Teller, label: str, says: str, text: str
) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    asked = tell.card.text
    assert await tell.nora.taps(label) == FILE[label != "Confirmed" :]
    assert tell.card.text.startswith(says)
    assert [piece.text for piece in tell.card.message.body if isinstance(piece, Code)] == [text][: bool(text)]
    answered, kept = tell.card.text, await records(tell.stage)
    await tell.nora.taps("Undo")
    assert (tell.card.text, tell.card.labels) == (asked, ["Confirmed", "Declined", "New time", "Redo"])
    assert [row.answer for row in await rows(tell.stage, stage)] == ["", ""]
    await tell.nora.taps("Redo")
    assert (tell.card.text, await records(tell.stage)) == (answered, kept)


async def test_the_text_goes_to_casting_where_no_agent_is_known(tell: Teller) -> None:
    await tell("callback", "Copper Falls", when=when("2026-11-24 11:00"), via="Casting Networks")
    assert "For casting:\n" in tell.card.text
    await tell.nora.taps("Declined")
    assert "I'd love to read for you another time." in tell.nora.last.text


async def test_who_told_something_last_gets_the_next_text_too(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    (card,) = await tell("avail", "Brightside Bank", days=DATES)
    assert "For Priya:\n" in card


async def test_without_a_time_there_is_none_to_change(tell: Teller) -> None:
    (card,) = await tell("callback", "Copper Falls")
    assert "No time yet. Tell me when you have it." in card
    assert tell.nora.last.labels == ["Confirmed", "Declined", "Undo"]
    (card,) = await tell("callback", "copper falls", **CALLBACK)
    assert "11:00 am, 200 Main St" in card
    assert len(await rows(tell.stage, appointment)) == 1


async def test_a_tape_is_answered_for_by_its_deadline(tell: Teller) -> None:
    (card,) = await tell(
        "requested", "Night Ferry", mode="self-tape", deadline=datetime.fromisoformat("2026-11-27 17:00")
    )
    assert card.startswith("Night Ferry, audition\nSelf-tape by Fri, Nov 27, 5:00 pm\n")
    await tell.nora.taps("New time")
    assert "Night Ferry, self-tape by Fri, Nov 27, 5:00 pm: could I have one more day for it?" in tell.nora.last.text


async def test_an_answer_wanted_by_a_time_is_said(tell: Teller) -> None:
    (card,) = await tell("offer", "Salt Year", deadline=datetime.fromisoformat("2026-11-23 17:00"), via="Priya")
    assert card == (
        "Salt Year, offer\n"
        "They want an answer by today, 5:00 pm.\n"
        "\n"
        "For Priya:\n"
        "I have the offer for Salt Year. When can we talk it through?"
    )


async def test_an_avail_check_is_no_booking_and_its_clash_stands_in_the_text(tell: Teller) -> None:
    said = await tell("appointment", "Harbor Lights", what="ADR", when=when("2026-11-30 10:00"))
    assert said == ["Harbor Lights ADR: Mon, Nov 30, 10:00 am.", "For your calendar: Harbor Lights ADR."]
    (card,) = await tell("avail", "Brightside Bank", days=DATES, via="Priya")
    assert card == (
        "Brightside Bank, avail check\n"
        "Mon, Nov 30 – Tue, Dec 1. Not a booking.\n"
        "\n"
        "Clash: Harbor Lights ADR, Mon, Nov 30, 10:00 am.\n"
        "\n"
        "For Priya:\n"
        "Brightside Bank: Tue, Dec 1 is free. Mon, Nov 30 I have ADR for Harbor Lights at 10:00 am. "
        "Can one of them move?"
    )
    await tell.nora.taps("Answered")
    assert tell.nora.last.text == "Answered: Brightside Bank. Mon, Nov 30 – Tue, Dec 1 stay marked."
    assert tell.nora.last.labels == ["Undo"]


@pytest.mark.parametrize(
    ("kind", "label"), [("pinned", "pin"), ("first_refusal", "first refusal"), ("pencil", "pencil")]
)
async def test_what_is_no_booking_says_so(tell: Teller, kind: str, label: str) -> None:
    (card,) = await tell(kind, "Salt Year", days=span("2026-12-07"))
    assert card.startswith(f"Salt Year, {label}\nMon, Dec 7. Not a booking. No clash.\n")
    assert f"Salt Year, {label}: noted for Mon, Dec 7." in card
    assert tell.nora.last.labels == ["Answered", "Declined", "Undo"]
    assert [row for row in await rows(tell.stage, due) if row.kind == "answer"] == []


async def test_a_pass_frees_the_dates_and_a_way_back_shows_what_was_worn(tell: Teller) -> None:
    await tell("avail", "Copper Falls", days=DATES, via="Priya")
    await tell("passed", "Copper Falls")
    assert tell.nora.last.text == "Passed: Copper Falls. Its dates are off. If they come back, just tell me."
    (card,) = await tell("callback", "Copper Falls", number=2, when=when("2026-11-23 15:00"), instruction="hair curly")
    assert card == (
        "Copper Falls, open again:\n"
        "2nd callback\n"
        "Today, 3:00 pm\n"
        "Nurse Ray · co-star\n"
        "\n"
        "New: hair curly.\n"
        "Last time: blue scrubs top, hair up.\n"
        "Tess Quillan. No note from you yet.\n"
        "Jo Fenwick, associate. No note from you yet.\n"
        "\n"
        "For Priya:\n"
        "Confirmed: Copper Falls, today, 3:00 pm. Hair curly."
    )
    await tell.nora.taps("Confirmed")
    assert tell.card.text == "Confirmed: Copper Falls, today, 3:00 pm. Hair curly."


async def test_a_pass_with_no_dates_names_none(tell: Teller) -> None:
    await tell("passed", "Copper Falls")
    assert tell.nora.last.text == "Passed: Copper Falls. If they come back, just tell me."
    await tell.nora.taps("Undo")
    assert tell.nora.last.text == "Taken back: Passed: Copper Falls."


async def test_released_days_are_free_again(tell: Teller) -> None:
    await tell("pinned", "Salt Year", days=DATES)
    await tell("released", "Salt Year")
    assert tell.nora.last.text == "Released: Salt Year. Its dates are free again. If they come back, just tell me."


async def test_who_withdraws_has_a_text_for_it(tell: Teller) -> None:
    (said,) = await tell("withdrawn", "Copper Falls", via="manager")
    assert said == (
        "Withdrawn: Copper Falls. If they come back, just tell me.\n\n"
        "For your manager:\nI'm withdrawing from Copper Falls. I'd love to read for them another time."
    )


@pytest.mark.usefixtures("booking")
async def test_a_hold_is_asked_about_since_the_word_has_two_meanings(tell: Teller) -> None:
    (asked,) = await tell("hold", "Copper Falls", days=span("2026-12-07"))
    assert asked == "Copper Falls, hold, Mon, Dec 7. Did they engage you for that day?"
    await tell.nora.taps("Not a booking")
    assert tell.nora.last.text.startswith("Copper Falls, hold\nMon, Dec 7. Not a booking. No clash.")
    await tell.nora.taps("Undo")
    await tell.nora.taps("A booking")
    assert (tell.nora.last.text, tell.nora.last.labels) == ("Booked. Congratulations.", ["Undo"])
    (_, hold, job) = await rows(tell.stage, stage)
    days = [(row.stage_id, row.first.isoformat()) for row in await rows(tell.stage, stage_days)]
    assert (job.kind, days) == ("booked", [(hold.id, "2026-12-07"), (job.id, "2026-12-07")])
    await tell.nora.taps("Undo")
    assert [row.kind for row in await rows(tell.stage, stage)] == ["auditioned", "hold"]


@pytest.mark.usefixtures("booking")
async def test_booked_the_room_is_a_good_read(tell: Teller) -> None:
    await tell("good_read")
    assert tell.nora.last.text == "Noted as a good read: Copper Falls."
    assert tell.nora.last.labels == ["A booking", "Undo"]
    await tell.nora.taps("A booking")
    assert [row.kind for row in await rows(tell.stage, stage)] == ["auditioned", "good_read", "booked"]


async def test_a_submission_says_what_was_sent_and_how_fast(tell: Teller) -> None:
    posted = {"posted": date(2026, 11, 23), "posted_at": time(10, 5)}
    sent: dict[str, Any] = {"via": "Actors Access", "headshot": "warm smile", "reel": "comedy reel", **posted}
    (said,) = await tell("submitted", "Night Ferry", role="the Captain", **sent)
    assert said == (
        "Submitted: Night Ferry, the Captain, via Actors Access.\n"
        "Headshot warm smile, comedy reel.\n"
        "Posted 1 h before you sent it."
    )
    (row,) = await rows(tell.stage, submission)
    assert (row.headshot, row.sent_at - row.posted_at) == ("warm smile", timedelta(hours=1))


async def test_a_job_done_is_news_if_the_actor_says_so(tell: Teller) -> None:
    (said,) = await tell("wrapped", "Copper Falls")
    assert said == "Wrapped: Copper Falls, Nurse Ray. It is in your credits. As news in your notes too?"
    await tell.nora.taps("Add news")
    assert [s.text for s in tell.nora.screen[-2:]] == [
        "Wrapped: Copper Falls, Nurse Ray. It is in your credits.",
        "Kept as news:\n– wrapped a co-star on Copper Falls",
    ]
    (said,) = await tell("aired", "Copper Falls")
    assert said == "Aired: Copper Falls, Nurse Ray. It is in your credits."


async def test_skip_keeps_it_out_of_the_notes(tell: Teller) -> None:
    await tell("wrapped", "Copper Falls")
    await tell.nora.taps("Skip")
    assert (tell.nora.last.text, tell.nora.last.labels) == (
        "Wrapped: Copper Falls, Nurse Ray. It is in your credits.",
        ["Undo"],
    )


# Another time, called off


async def test_another_time_is_answered_anew(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell.nora.taps("Confirmed")
    card, file = await tell("moved", "Copper Falls", when=when("2026-11-25 16:00"))
    assert [file] == FILE
    assert card.startswith("Copper Falls, callback, new time\nWed, Nov 25, 4:00 pm, 200 Main St\n")
    assert tell.nora.screen[-2].labels == ["Confirmed", "Declined", "New time", "Undo"]
    await tell.nora.taps("Undo")
    (kept,) = await rows(tell.stage, appointment)
    assert (kept.on.isoformat(), kept.state) == ("2026-11-24", "planned")


async def test_called_off_it_stays_open(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell("cancelled")
    assert tell.nora.last.text == "Cancelled: Copper Falls, callback. If a new time comes, just tell me."
    assert [row.state for row in await rows(tell.stage, appointment)] == ["cancelled"]
    await tell.nora.taps("Undo")
    assert [row.state for row in await rows(tell.stage, appointment)] == ["planned"]


# In words


@pytest.mark.parametrize(
    ("kind", "answer"), [("confirm", "confirmed"), ("decline", "declined"), ("new_time", "newtime")]
)
async def test_answers_can_be_typed(tell: Teller, kind: str, answer: str) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell(kind, "Copper Falls")
    assert [row.answer for row in await rows(tell.stage, stage)][1] == answer


async def test_the_word_alone_means_what_waits(tell: Teller) -> None:
    await tell("avail", "Brightside Bank", days=DATES)
    await tell.nora.says("answered")
    assert tell.nora.last.text.startswith("Answered: Brightside Bank.")


async def test_the_word_alone_counts_when_its_button_stands_further_up(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell.nora.says("/help")
    await tell.nora.says("Confirmed!")
    assert tell.card.text.startswith("Confirmed: Copper Falls, tomorrow, 11:00 am.")
    assert await tell.nora.says("confirmed") == ["Nothing waits for an answer."]


async def test_who_is_late_for_a_fitting_has_a_text_too(tell: Teller) -> None:
    await tell("appointment", "Salt Year", what="fitting", when=when("2026-11-23 14:00"))
    (text,) = await tell("late")
    assert text.startswith("On my way to Salt Year, running late for my 2:00 pm.")


async def test_who_confirms_dates_has_answered(tell: Teller) -> None:
    await tell("avail", "Brightside Bank", days=DATES)
    await tell("confirm")
    assert tell.nora.last.text.startswith("Answered: Brightside Bank.")


async def test_of_several_that_wait_it_is_asked_which(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    await tell("avail", "Brightside Bank", days=DATES)
    await tell("confirm")
    assert tell.nora.last.text == "Confirmed: which project?"
    assert tell.nora.last.labels == ["Copper Falls", "Brightside Bank"]
    await tell.nora.taps("Copper Falls")
    assert tell.card.text == "Confirmed: Copper Falls, tomorrow, 11:00 am. Briefing tonight at 7:00 pm."


@pytest.mark.parametrize("kind", ["confirm", "late", "moved", "cancelled", "answered"])
async def test_nothing_waits(tell: Teller, kind: str) -> None:
    assert await tell(kind) == ["Nothing waits for an answer."]
    assert await tell(kind, "Lark") == ["Lark: nothing waits for an answer."]
    assert len(await rows(tell.stage, stage)) == 1


async def test_late_has_a_text_and_keeps_nothing(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    kept = await records(tell.stage)
    assert await tell("late") == ["For Priya:\nOn my way to Copper Falls, running late for my 11:00 am."]
    assert await records(tell.stage) == kept


# What is not clear


async def test_which_project_is_asked_and_a_word_of_its_title_is_enough(tell: Teller) -> None:
    await tell("callback", when=when("2026-11-24 11:00"))
    assert (tell.nora.last.text, tell.nora.last.labels) == ("Callback: which project?", ["Copper Falls"])
    (card,) = await tell.nora.says("copper")
    assert card.startswith("Copper Falls, callback\n")


async def test_a_title_that_is_new_makes_a_project(tell: Teller) -> None:
    await tell("passed")
    await tell.nora.says("night ferry")
    assert tell.nora.last.text == "Passed: Night Ferry. If they come back, just tell me."
    await tell.nora.taps("Undo")
    assert [row.title for row in await rows(tell.stage, project)] == ["Copper Falls"]


@pytest.mark.usefixtures("booking")
@pytest.mark.parametrize(("answer", "said"), [("A booking", "Booked."), ("Not a booking", "Nothing kept.")])
async def test_a_loose_word_is_asked_about_before_anything_is_kept(tell: Teller, answer: str, said: str) -> None:
    await tell("booked", "Copper Falls", doubt="booking")
    assert tell.nora.last.labels == ["A booking", "Not a booking"]
    assert [row.kind for row in await rows(tell.stage, stage)] == ["auditioned"]
    await tell.nora.says(answer.lower())
    assert tell.nora.last.text.startswith(said)


async def test_which_stage_is_asked_where_the_word_may_mean_two(tell: Teller) -> None:
    await tell("avail", "Salt Year", doubt="stage", maybe=("avail", "pinned"), days=DATES)
    assert tell.nora.last.labels == ["Avail check", "Pin", "Nothing"]
    await tell.nora.taps("Pin")
    assert tell.nora.last.text.startswith("Salt Year, pin\n")


async def test_the_open_question_comes_first(tell: Teller) -> None:
    await tell.nora.says("/audition")
    await tell("passed", "Copper Falls")
    assert [row.kind for row in await rows(tell.stage, stage)] == ["auditioned"]


async def test_another_line_under_the_question_which_project_is_no_title(stage: Stage) -> None:
    await settle_in(stage)
    for title in ("Copper Falls", "Night Ferry"):
        await stage.nora.says(f"/passed {title}")
    await stage.nora.says("/callback")
    await stage.nora.says("avail check night ferry dec 7")
    said = [shown.text.split("\n")[0] for shown in stage.nora.screen[-2:]]
    assert said == ["Night Ferry, open again:", "Callback: which project?"]
    await stage.nora.says("12 parking night ferry")
    assert stage.nora.last.text == "Callback: which project?"
    await stage.nora.says("the lark")
    assert [row.title for row in await rows(stage, project)] == ["Copper Falls", "Night Ferry", "The Lark"]


async def test_words_that_nobody_made_sense_of_give_way(tell: Teller) -> None:
    await tell.nora.says("we talked about sourdough")
    assert tell.nora.last.labels == ["An audition", "News", "Nothing"]
    said = await tell("passed", "Copper Falls")
    assert said == ["Passed: Copper Falls. If they come back, just tell me."]


# Old taps, and others


async def test_an_old_tap_shows_how_things_stand(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    late = button(tell.nora.last, "Confirmed")
    await tell("passed", "Copper Falls")
    await tell.stage.comes("2026-12-14 10:00")
    kept = await records(tell.stage)
    await tell.nora.taps_data(late)
    assert "Passed: Copper Falls, since Mon, Nov 23. Nothing changed." in tell.nora.reads()
    assert await records(tell.stage) == kept


async def test_the_same_tap_twice_changes_nothing(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    confirmed = button(tell.nora.last, "Confirmed")
    await tell.nora.taps_data(confirmed)
    kept, said = await records(tell.stage), tell.card.text
    assert await tell.nora.taps_data(confirmed) == []
    assert (await records(tell.stage), tell.card.text) == (kept, said)
    assert tell.card.labels == ["Undo"]


async def test_nobody_confirms_what_is_over(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    confirmed = button(tell.nora.last, "Confirmed")
    await tell.stage.comes("2026-11-26 10:00")
    await tell.nora.taps_data(confirmed)
    assert [row.answer for row in await rows(tell.stage, stage)] == ["", ""]


async def test_two_actors_never_mix(tell: Teller) -> None:
    await tell("callback", "Copper Falls", **CALLBACK)
    hers = button(tell.nora.last, "Confirmed")
    ada = tell.stage.person("2", "Ada Vance")
    for words in ("/start", "Ada Vance", "la", "9"):
        await ada.says(words)
    assert await ada.taps_data(hers) == ["That one is gone."]
    (card,) = await tell("callback", "Copper Falls", person=ada, when=when("2026-11-24 15:00"))
    assert "Nurse Ray" not in card
    assert "For casting:" in card
    assert [(row.actor_id, row.answer) for row in await rows(tell.stage, stage)] == [(1, ""), (1, ""), (2, "")]
    assert [row.title for row in await rows(tell.stage, project)] == ["Copper Falls", "Copper Falls"]


async def test_without_a_zone_it_is_asked_for(stage: Stage) -> None:
    with understood() as lines:
        for words in ("/start", "Nora Castellane", "/cancel"):
            await stage.nora.says(words)
        await Teller(lines, stage)("callback", "Copper Falls", **CALLBACK)
    assert "Confirmed" in stage.nora.screen[-2].labels
    assert "time zone" in stage.nora.last.text or "Los Angeles" in stage.nora.last.text


# What is logged is a stage too


async def test_a_round_that_is_logged_is_a_stage_in_the_same_change(tell: Teller) -> None:
    (row,) = await rows(tell.stage, stage)
    assert (row.kind, row.audition_id, row.asks, row.role) == ("auditioned", 1, False, "Nurse Ray")
    await tell.nora.says("/undo")
    assert await rows(tell.stage, stage) == []


@pytest.mark.parametrize(
    ("round_", "kind", "number"), [("callback", "callback", 1), ("2nd callback", "callback", 2), ("test", "test", 1)]
)
async def test_the_round_says_which_stage(tell: Teller, round_: str, kind: str, number: int) -> None:
    for words in ("/audition", f"Copper Falls, Nurse Ray, {round_}", "Tess Quillan", "nothing"):
        await tell.nora.says(words)
    await tell.nora.taps("Save")
    last = (await rows(tell.stage, stage))[-1]
    assert (last.kind, last.number) == (kind, number)


async def test_after_a_callback_that_was_read_the_next_is_the_second(tell: Teller) -> None:
    for words in ("/audition", "Copper Falls, Nurse Ray, callback", "Tess Quillan", "nothing"):
        await tell.nora.says(words)
    await tell.nora.taps("Save")
    (card,) = await tell("callback", "Copper Falls", **CALLBACK)
    assert card.startswith("Copper Falls, 2nd callback\n")


async def test_a_mended_round_is_not_told_twice(tell: Teller) -> None:
    await tell.nora.taps_data("audition:1:fix")
    await tell.nora.taps("What")
    await tell.nora.says("Night Ferry, Captain")
    await tell.nora.taps("Save")
    (row,) = await rows(tell.stage, stage)
    titles = {p.id: p.title for p in await rows(tell.stage, project)}
    assert (titles[row.project_id], row.role) == ("Night Ferry", "Captain")


async def records(stage_: Stage) -> list[Any]:
    return [tuple(await rows(stage_, table)) for table in (stage, project, stage_days)]


async def test_what_was_told_of_the_role_ahead_is_known_later(tell: Teller, database: Database) -> None:
    await tell("requested", "Night Ferry", role="Captain", size="co-star", when=when("2026-11-24 15:00"))
    assert "Captain · co-star" in tell.nora.last.text
    for words in ("/audition", "Night Ferry", "Tess Quillan", "nothing"):
        await tell.nora.says(words)
    assert "Night Ferry · Captain · co-star" in tell.nora.reads()
