"""A talk that is put away with the phone: asked about once, saved as it stands, never lost and never misread."""

from __future__ import annotations

import pytest

from storage.tables import audition
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, count, log, restart, rows, settle_in, tell, words_kept
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


async def test_a_card_left_unsaved_is_saved_as_it_stood_after_an_hour_with_undo(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    nora.nora.news()
    await nora.comes("2026-11-19 17:09")
    assert nora.nora.news() == []
    await nora.comes("2026-11-19 17:10")
    (saved,) = nora.nora.news()
    assert saved.startswith("Saved as it stood: Copper Falls")
    assert "Undo" in nora.nora.last.labels
    assert await count(nora) == (1, 1)
    await nora.nora.taps("Undo")
    assert await count(nora) == (0, 0)


async def test_in_mid_questions_the_bot_asks_once_after_two_hours(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    nora.nora.news()
    await nora.comes("2026-11-19 18:09")
    assert nora.nora.news() == []
    await nora.comes("2026-11-20 03:59")
    assert len(nora.nora.news()) == 1
    assert nora.nora.last.labels == ["Save as it is", "Go on", "Drop"]


async def test_what_the_bot_asks_after_says_which_audition(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    await nora.comes("2026-11-19 18:10")
    assert "Copper Falls" in nora.nora.last.text


async def test_save_as_it_is_saves_what_was_said(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick", "banjo")
    await nora.comes("2026-11-19 18:10")
    await nora.nora.taps("Save as it is")
    assert await words_kept(nora) == ["banjo"]
    assert "follow-ups come tomorrow at 9:00 am" in nora.nora.last.text


async def test_go_on_shows_the_open_question(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-19 18:10")
    (asked,) = await nora.nora.taps("Go on")
    assert "What did you talk about?" in asked


async def test_drop_throws_it_away_and_can_be_undone(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-19 18:10")
    await nora.nora.taps("Drop")
    assert "Nothing saved." in nora.nora.last.text
    await nora.comes("2026-11-20 12:00")
    assert await count(nora) == (0, 0)
    (again,) = await nora.nora.taps("Undo")
    assert again.startswith("Here again.")


async def test_unanswered_it_is_saved_at_four_so_that_the_morning_s_follow_up_comes(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-20 03:59")
    assert await count(nora) == (0, 0)
    await nora.comes("2026-11-20 04:00")
    assert await count(nora) == (1, 1)
    assert not nora.nora.last.sound, "four in the morning is no time for a sound"
    await nora.comes("2026-11-20 09:00")
    (card,) = cards(nora.nora)
    assert "yesterday" in card.text


@pytest.mark.parametrize("evening", ["20:30", "21:45", "23:50"])
async def test_a_talk_left_late_in_the_evening_does_not_lose_its_morning(nora: Stage, evening: str) -> None:
    await nora.comes(f"2026-11-19 {evening}")
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-20 09:00")
    (card,) = cards(nora.nora)
    assert "Hi Tess," in card.text


async def test_a_question_shown_again_in_the_evening_is_still_saved_at_four(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-19 20:30")
    await nora.nora.says("/followups")
    await nora.comes("2026-11-20 04:00")
    assert await count(nora) == (1, 1)


async def test_nobody_is_asked_in_the_night(nora: Stage) -> None:
    await nora.comes("2026-11-19 21:00")
    await nora.nora.says("/audition")
    nora.nora.news()
    await nora.comes("2026-11-20 06:59")
    assert nora.nora.news() == []
    await nora.comes("2026-11-20 07:00")
    assert len(nora.nora.news()) == 1


async def test_without_project_or_role_nothing_is_saved_and_the_question_stays(nora: Stage) -> None:
    await nora.nora.says("/audition")
    await nora.comes("2026-11-19 18:10")
    (too_little, *_) = await nora.nora.taps("Save as it is")
    assert "project or role" in too_little
    await nora.comes("2026-11-20 05:00")
    assert await count(nora) == (0, 0)
    (again,) = await nora.nora.says(FALLS)  # after so long it is offered first
    assert again.startswith("What was it?")


async def test_after_six_hours_the_next_message_is_offered_and_not_taken(nora: Stage) -> None:
    await nora.nora.says("/audition")
    await nora.comes("2026-11-20 08:00")
    (asked,) = await nora.nora.says(FERRY)
    assert asked.startswith("What was it?")
    assert f"“{FERRY}”" in asked
    (who,) = await nora.nora.taps("That's the answer")
    assert who == "Who was in the room?"
    assert any(f"– {FERRY}" in shown.text for shown in nora.nora.screen)


@pytest.mark.parametrize("words", ["yes", "That's the answer"])
async def test_what_was_offered_is_taken_in_words_too(nora: Stage, words: str) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick")
    await nora.comes("2026-11-19 22:30")
    await nora.nora.says("she just started banjo")
    (jo,) = await nora.nora.says(words)
    assert jo == "And with Jo?"
    await nora.nora.taps("Nothing")
    await nora.nora.taps("Save")
    assert await words_kept(nora) == ["she just started banjo"]


async def test_another_answer_after_the_offer_counts_as_it_is_typed(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick")
    await nora.comes("2026-11-19 22:30")
    await nora.nora.says("see you at eight, mom")
    await nora.nora.says("she surfs")
    await nora.nora.taps("Nothing")
    await nora.nora.taps("Save")
    assert await words_kept(nora) == ["she surfs"]


async def test_within_six_hours_an_answer_is_an_answer(nora: Stage) -> None:
    await nora.nora.says("/audition")
    await nora.comes("2026-11-19 22:00")
    (who,) = await nora.nora.says(FERRY)
    assert who == "Who was in the room?"


async def test_a_restart_in_between_keeps_the_hour(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    await restart(nora)
    await nora.comes("2026-11-19 17:10")
    assert await count(nora) == (1, 1)


async def test_the_day_of_a_talk_finished_next_morning_is_the_day_it_was_begun(nora: Stage) -> None:
    await nora.nora.says("/audition")
    await nora.comes("2026-11-20 08:00")
    await nora.nora.says("/cancel")
    await nora.nora.taps("Undo")
    for words in (FALLS, "Tess Quillan", "nothing"):
        await nora.nora.says(words)
    await nora.nora.taps("Save")
    (saved,) = await rows(nora, audition)
    assert f"{saved.on}" == "2026-11-19"


async def test_the_buttons_of_the_reminder_are_gone_once_the_talk_is_over(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-19 18:10")
    asked = nora.nora.last
    await nora.nora.says("banjo")
    await nora.nora.taps("Save")
    assert asked.labels == []
    assert not asked.text.rstrip().endswith("–")
    await log(nora, FERRY, "Jo Fenwick")
    assert await count(nora) == (2, 2)
