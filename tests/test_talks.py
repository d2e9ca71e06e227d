"""Logging an audition: short, every answer open to correction, at every step and after a restart."""

from __future__ import annotations

import pytest

from storage.tables import audition, presence
from tests.once import once
from tests.snippets import FALLS, FERRY, button, count, log, restart, rows, settle_in, tap_on, tell, words_kept
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


@pytest.mark.parametrize("word", ["/audition", "/log", "audition", "/AUDITION"])
async def test_either_word_begins_a_log(nora: Stage, word: str) -> None:
    (asked,) = await nora.nora.says(word)
    assert asked == "What was it? Project, role."


async def test_two_people_take_seven_messages_of_the_actor(nora: Stage) -> None:
    for words in ("/log", FALLS, "Tess Quillan and Jo Fenwick", "turkey trot", "banjo", "wore blue scrubs"):
        await nora.nora.says(words)
    await nora.nora.taps("Save")
    assert await count(nora) == (1, 2)
    assert await words_kept(nora) == ["turkey trot", "banjo"]


async def test_what_is_given_along_is_not_asked_again(nora: Stage) -> None:
    (asked,) = await nora.nora.says(f"/audition {FALLS}")
    assert asked == "Who was in the room?"


@pytest.mark.parametrize("what", ["Copper Falls", FALLS])
async def test_only_project_or_role_is_required(nora: Stage, what: str) -> None:
    await nora.nora.says("/audition")
    await nora.nora.says(what)
    for _ in range(2):
        await nora.nora.says("skip")
    await nora.nora.taps("Save")
    (saved,) = await rows(nora, audition)
    assert saved.project_id is not None
    assert "Saved." in nora.nora.last.text


async def test_the_one_thing_needed_cannot_be_skipped_and_is_asked_once_per_message(nora: Stage) -> None:
    await nora.nora.says("/audition")
    (again,) = await nora.nora.says("/skip")
    assert again == "This one I need. What was it? Project, role."


async def test_each_person_is_asked_about_by_name(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    (tess,) = await nora.nora.says("Tess Quillan and her associate Jo Fenwick")
    assert tess == "Tess Quillan and Jo Fenwick. What did you and Tess talk about?"
    (jo,) = await nora.nora.taps("Nothing")
    assert jo == "And with Jo?"


async def test_the_card_stands_once_and_shows_the_fixed_date_of_what_was_said(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan, casting director", "shes running the turkey trot thurs w her dad")
    card = nora.nora.last
    assert "Tess Quillan, casting director\n– shes running the turkey trot w her dad, Thu, Nov 26" in card.text
    assert "Today, Thu, Nov 19, 4:10 pm" in card.text
    assert card.labels == ["Save", "What", "When", "Who", "Talk", "Look", "More"]


async def test_after_saving_the_card_has_undo_and_draft_it_now(nora: Stage) -> None:
    card = await log(nora)
    assert "Saved. Tess's follow-up comes tomorrow at 9:00 am." in card.text
    assert {"Undo", "Draft it now"} <= set(card.labels)


@pytest.mark.parametrize(
    ("label", "answer", "shown"),
    [
        ("What", FERRY, "Night Ferry"),
        ("When", "yesterday 3pm", "Yesterday, Wed, Nov 18, 3:00 pm"),
        ("Who", "Bea Hartnell", "Bea Hartnell"),
        ("Talk", "she has a beagle", "– she has a beagle"),
        ("Look", "hair up", "Hair up"),
        ("More", "callback", "callback"),
    ],
)
async def test_every_line_of_the_card_is_fixed_in_one_tap(nora: Stage, label: str, answer: str, shown: str) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    await nora.nora.taps(label)
    await nora.nora.says(answer)
    while "Nothing" in nora.nora.last.labels:
        await nora.nora.taps("Nothing")
    assert shown in nora.nora.last.text
    assert "Save" in nora.nora.last.labels


async def test_a_line_opened_by_mistake_is_left_with_what_it_was(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    await nora.nora.taps("Talk")
    (card,) = await nora.nora.says("skip")
    assert "– banjo" in card


async def test_when_opened_by_mistake_can_be_left_too(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    await nora.nora.taps("When")
    (card,) = await nora.nora.says("skip")
    assert "Save" in nora.nora.last.labels
    assert "Today, Thu, Nov 19, 4:10 pm" in card


async def test_a_day_that_is_none_is_named_and_the_question_stands_once(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    await nora.nora.taps("When")
    (again,) = await nora.nora.says("smarch 13")
    assert "“smarch 13” isn't a date I know." in again
    (still,) = await nora.nora.says("tomorrow")
    assert "still to come" in still
    assert still.count("When was it?") == 1


async def test_back_shows_what_was_said_and_keeps_it_on_a_tap(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick", "banjo")
    (tess,) = await nora.nora.says("/back")
    assert "You said “banjo”." in tess
    (jo,) = await nora.nora.taps("Keep")
    assert jo == "And with Jo?"


async def test_back_all_the_way_loses_nothing(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick", "banjo")
    for _ in range(3):
        await nora.nora.says("back")
    assert "You said Copper Falls" in nora.nora.last.text
    (first,) = await nora.nora.says("/back")
    assert first.startswith("That was the first question.")
    await nora.nora.taps("Keep")
    assert nora.nora.last.text == "And with Jo?"


async def test_a_corrected_project_keeps_the_people_and_the_talk(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    await nora.nora.taps("What")
    (card,) = await nora.nora.says(FERRY)
    assert "Night Ferry" in card
    assert "Tess Quillan\n– banjo" in card


async def test_a_name_completed_later_keeps_what_was_said_with_that_person(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo", "turkey trot", "banjo")
    await nora.nora.taps("Who")
    (card,) = await nora.nora.says("Tess Quillan and Jo Fenwick")
    assert "Jo Fenwick\n– banjo" in card


async def test_cancel_saves_nothing_and_undo_brings_the_talk_back(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick", "banjo")
    await nora.nora.says("/cancel")
    assert nora.nora.last.text == "Dropped: Copper Falls. Nothing saved."
    assert await count(nora) == (0, 0)
    (again,) = await nora.nora.taps("Undo")
    assert again == "Here again. And with Jo?"
    await nora.nora.says("beagle")
    await nora.nora.taps("Save")
    assert await words_kept(nora) == ["banjo", "beagle"]


STEPS = (FALLS, "Tess Quillan and Jo Fenwick", "turkey trot", "banjo", "hair up")


@pytest.mark.parametrize("step", range(1, 6))
async def test_a_restart_at_any_step_goes_on_with_the_same_question(nora: Stage, step: int) -> None:
    await nora.nora.says("/audition")
    for words in STEPS[:step]:
        await nora.nora.says(words)
    await restart(nora)
    for words in STEPS[step:]:
        await nora.nora.says(words)
    await nora.nora.taps("Save")
    assert await count(nora) == (1, 2)
    assert await words_kept(nora) == ["turkey trot", "banjo"]


@pytest.mark.parametrize("step", range(1, 6))
async def test_back_and_cancel_work_at_every_step_after_a_restart(nora: Stage, step: int) -> None:
    await nora.nora.says("/audition")
    for words in STEPS[:step]:
        await nora.nora.says(words)
    await restart(nora)
    (before,) = await nora.nora.says("/back")
    assert "You said" in before
    await restart(nora)
    await nora.nora.says("/cancel")
    assert "Nothing saved." in nora.nora.last.text
    (nothing,) = await nora.nora.says("/back")
    assert nothing == "No question is open."


async def test_a_saved_audition_is_opened_and_fixed_again(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan and Jo Fenwick", "turkey trot", "banjo")
    await nora.nora.taps("Fix")
    await nora.nora.taps("Who")
    await nora.nora.says("Tess Quillan")
    await nora.nora.taps("Save")
    assert "Changed. Tess's follow-up comes tomorrow at 9:00 am." in nora.nora.last.text
    assert await count(nora) == (1, 1)
    assert [p.person_id is not None for p in await rows(nora, presence)] == [True]


async def test_undo_takes_a_log_back_whole_and_redo_puts_it_back(nora: Stage) -> None:
    await log(nora)
    await nora.nora.taps("Undo")
    assert await count(nora) == (0, 0)
    await nora.nora.taps("Redo")
    assert await count(nora) == (1, 1)
    assert {"Undo", "Fix"} <= set(nora.nora.last.labels)


async def test_the_old_save_button_is_answered_kindly_and_changes_nothing(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    save = button(nora.nora.last, "Save")
    await nora.nora.taps_data(save)
    (said,) = await nora.nora.taps_data(save)
    assert said == "Already saved. Nothing changed."
    assert await count(nora) == (1, 1)


async def test_the_button_of_an_answered_question_changes_nothing(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    no_idea = button(nora.nora.last, "No idea")
    await nora.nora.says("Tess Quillan")
    said = await nora.nora.taps_data(no_idea)
    assert said == ["That one is closed. Nothing changed.", "Tess Quillan. What did you talk about?"]


async def test_two_logs_one_over_the_other_come_back_in_order(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    said = await tell_and_save_another(nora)
    assert said[-1] == "Copper Falls. Who was in the room?"
    await nora.nora.says("Jo Fenwick")
    await nora.nora.taps("Nothing")
    await nora.nora.taps("Save")
    assert await count(nora) == (2, 2)


async def tell_and_save_another(stage: Stage) -> list[str]:
    await tell(stage, FERRY, "Tess Quillan", "nothing")
    return await tap_on(stage.nora, stage.nora.last, "Save")
