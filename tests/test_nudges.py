"""The next morning: what comes, when it comes, and how often."""

from __future__ import annotations

import pytest

from storage.tables import due, note
from tests.once import once
from tests.snippets import FALLS, FERRY, button, cards, log, rows, settle_in, tap_on, tell
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        pytest.param("2026-11-19 08:15", "tomorrow at 9:00 am", marks=pytest.mark.chaos),
        ("2026-11-19 23:30", "tomorrow at 9:00 am"),
        pytest.param("2026-11-20 02:00", "today at 9:00 am", marks=pytest.mark.chaos),
        ("2026-11-20 03:59", "today at 9:00 am"),
        ("2026-11-20 04:00", "tomorrow at 9:00 am"),
    ],
)
async def test_the_actor_s_day_runs_from_four_to_four(stage: Stage, moment: str, said: str) -> None:
    await stage.jumps(moment)
    await settle_in(stage)
    card = await log(stage)
    assert said in card.text


async def test_a_room_after_midnight_was_last_night_to_the_one_who_reads_it(stage: Stage) -> None:
    await stage.jumps("2026-11-20 02:00")
    await settle_in(stage)
    await log(stage)
    await stage.comes("2026-11-20 09:00")
    (card,) = cards(stage.nora)
    assert "today" not in card.text


@pytest.mark.parametrize(
    ("when", "draft", "opener"),
    [("yesterday", False, ""), ("11/17", True, "on Tuesday"), ("11/6", True, "Friday, November 6")],
)
async def test_logged_late_the_draft_comes_at_once_worded_for_its_day(
    nora: Stage, when: str, draft: bool, opener: str
) -> None:
    await nora.jumps("2026-11-19 08:00")  # before the nudge time, so that yesterday's still comes by itself
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    await nora.nora.taps("When")
    await nora.nora.says(when)
    await nora.nora.taps("Save")
    assert bool(cards(nora.nora)) == draft
    assert opener in nora.nora.last.text


async def test_older_than_two_weeks_is_only_logged(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    await nora.nora.taps("When")
    await nora.nora.says("11/4")
    await nora.nora.taps("Save")
    assert "no follow-up comes" in nora.nora.last.text
    assert [row for row in await rows(nora, due) if row.kind != "quiet"] == []
    assert await rows(nora, note) == []


async def test_one_message_a_person_in_the_order_of_the_room_with_one_sound(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan, Jo Fenwick and Bea Hartnell", "nothing", "nothing", "nothing")
    await nora.comes("2026-11-20 09:00")
    heads = [shown.text.split("\n")[0] for shown in cards(nora.nora)]
    assert [head.split(" · ")[:2] for head in heads] == [
        ["1 of 3", "Tess Quillan"],
        ["2 of 3", "Jo Fenwick"],
        ["3 of 3", "Bea Hartnell"],
    ]
    assert [shown.sound for shown in cards(nora.nora)] == [True, False, False]


async def test_two_auditions_of_a_day_come_together(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan")
    await log(nora, FERRY, "Jo Fenwick")
    await nora.comes("2026-11-20 09:00")
    assert [shown.text.split("\n")[0] for shown in cards(nora.nora)] == [
        "1 of 2 · Tess Quillan · Copper Falls",
        "2 of 2 · Jo Fenwick · Night Ferry",
    ]


async def test_somebody_met_twice_that_day_gets_one_note_that_names_both(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan", "banjo")
    await log(nora, FERRY, "Tess Quillan", "she surfs")
    await nora.comes("2026-11-20 09:00")
    (card,) = cards(nora.nora)
    assert "Copper Falls" in card.text
    assert "Night Ferry" in card.text


async def test_met_again_after_the_note_went_out_only_the_others_get_one(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan")
    await nora.nora.taps("Draft it now")
    await nora.nora.taps("Sent")
    card = await log(nora, FERRY, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    assert "Saved. Jo's follow-up comes tomorrow at 9:00 am." in card.text
    card = await log(nora, "Harbor Lights", "Tess Quillan")
    assert "Tess's note is out already." in card.text


async def test_an_unanswered_follow_up_comes_once_more_and_then_stands_in_the_list(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    await nora.comes("2026-11-20 12:00")
    nora.nora.news()
    await nora.comes("2026-11-21 12:00")
    assert len(nora.nora.news()) == 2
    assert [shown.sound for shown in nora.nora.screen[-2:]] == [True, False]
    await nora.comes("2026-11-27 12:00")
    assert nora.nora.news() == []
    (listed,) = await nora.nora.says("/followups")
    assert "To send\n– Tess Quillan" in listed


async def test_only_the_card_nobody_touched_comes_again(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    await nora.comes("2026-11-20 09:00")
    tess, _ = cards(nora.nora)
    await tap_on(nora.nora, tess, "Sent")
    nora.nora.news()
    await nora.comes("2026-11-21 09:00")
    (again,) = nora.nora.news()
    assert again.startswith("Still here: Jo Fenwick")


async def test_draft_it_now_is_worded_for_today_and_the_morning_brings_it_once_more_at_most(nora: Stage) -> None:
    await log(nora)
    await nora.nora.taps("Draft it now")
    assert "today" in nora.nora.last.text
    nora.nora.news()
    await nora.comes("2026-11-25 12:00")
    assert len(nora.nora.news()) == 1


async def test_after_draft_it_now_and_sent_the_morning_is_silent(nora: Stage) -> None:
    await log(nora)
    await nora.nora.taps("Draft it now")
    await nora.nora.taps("Sent")
    nora.nora.news()
    await nora.comes("2026-11-25 12:00")
    assert nora.nora.news() == []


async def test_a_self_tape_with_nobody_met_brings_no_note_and_says_so(nora: Stage) -> None:
    for words in ("/audition self tape for Night Ferry, Captain", "skip", "skip"):
        await nora.nora.says(words)
    await nora.nora.taps("More")
    await nora.nora.taps("Self-tape")
    await nora.nora.taps("Save")
    assert "Nobody met, so no note comes." in nora.nora.last.text
    nora.nora.news()
    await nora.comes("2026-11-24 12:00")
    assert nora.nora.news() == []


async def test_a_self_tape_with_a_reader_who_has_a_name_brings_one(nora: Stage) -> None:
    await tell(nora, FERRY, "Tess Quillan", "nothing")
    await nora.nora.taps("More")
    await nora.nora.taps("Self-tape")
    await nora.nora.taps("Save")
    await nora.comes("2026-11-20 09:00")
    assert len(cards(nora.nora)) == 1


async def test_undo_of_sent_lets_it_come_again(nora: Stage) -> None:
    await log(nora)
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    await nora.nora.taps("Undo")
    nora.nora.news()
    await nora.comes("2026-11-21 09:00")
    (again,) = nora.nora.news()
    assert again.startswith("Still here: Tess Quillan")


async def test_undo_of_a_skip_before_the_morning_keeps_the_morning(nora: Stage) -> None:
    await log(nora)
    await nora.nora.says("/followups")
    await nora.nora.taps("Show Tess's")
    await nora.nora.taps("Skip")
    await nora.nora.taps("Undo")
    nora.nora.news()
    await nora.comes("2026-11-20 09:00")
    assert len(nora.nora.news()) == 1


async def test_undo_of_the_log_folds_its_card_and_nothing_comes(nora: Stage) -> None:
    saved = await log(nora)
    await nora.comes("2026-11-20 09:00")
    (card,) = cards(nora.nora)
    await tap_on(nora.nora, saved, "Undo")
    assert card.text == "Taken back."
    nora.nora.news()
    await nora.comes("2026-11-23 12:00")
    assert nora.nora.news() == []


async def test_a_card_in_mid_talk_answers_nothing_and_the_question_is_shown_after_it(nora: Stage) -> None:
    await log(nora)
    await nora.comes("2026-11-20 08:30")
    await nora.nora.says(f"/audition {FERRY}")
    who = button(nora.nora.last, "No idea")
    nora.nora.news()
    await nora.comes("2026-11-20 09:00")
    card, question = nora.nora.news()
    assert "Hi Tess," in card
    assert question.endswith("Who was in the room?")
    assert button(nora.nora.last, "No idea") == who
    (asked,) = await nora.nora.says("Jo Fenwick")
    assert asked == "Jo Fenwick. What did you talk about?"


async def test_the_news_hint_is_said_once_ever(nora: Stage) -> None:
    await log(nora)
    await nora.comes("2026-11-20 09:00")
    assert "No news of yours in it yet" in cards(nora.nora)[0].text
    await nora.nora.taps("Sent")
    await log(nora, FERRY, "Jo Fenwick")
    await nora.comes("2026-11-21 09:00")
    assert "No news of yours" not in nora.nora.last.text
