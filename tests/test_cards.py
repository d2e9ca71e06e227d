"""The buttons of a follow-up's card: each does one thing, says what it did, and can be undone."""

from __future__ import annotations

import pytest

from handlers.messages import Incoming
from storage.tables import note
from tests.once import once
from tests.snippets import FALLS, button, cards, log, restart, rows, settle_in, tap_on
from tests.stage import Shown, Stage

OWN = "Hi Tess,\n\nLoved reading for you yesterday. Enjoy Thursday!\n\nNora"


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan", "shes running the turkey trot thurs w her dad")
    await stage.comes("2026-11-20 09:00")


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    """Nora on Friday at nine, Tess's card on her screen: the Turkey Trot is next Thursday."""
    await once(begin, stage)
    return stage


async def reply(stage: Stage, shown: Shown, text: str) -> list[str]:
    return await stage.nora.act(Incoming("text", stage.clock(), text=text, reply_to=shown.id))


async def test_a_weekday_morning_offers_tonight(friday: Stage) -> None:
    assert cards(friday.nora)[0].labels == ["Sent", "Edit", "Another line", "Tonight", "Skip", "Channel"]


async def test_after_six_in_the_evening_it_is_tomorrow(friday: Stage) -> None:
    await friday.nora.taps("Tonight")
    await friday.comes("2026-11-20 19:00")
    assert "Tomorrow" in friday.nora.last.labels
    assert "Tonight" not in friday.nora.last.labels


async def test_the_weekend_offers_monday_first_and_monday_reads_right(stage: Stage) -> None:
    await stage.jumps("2026-11-20 16:10")
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan", "she starts banjo lessons sunday")
    await stage.comes("2026-11-21 09:00")
    (card,) = cards(stage.nora)
    assert card.labels[3] == "Monday"
    assert "yesterday" in card.text
    await stage.nora.taps("Monday")
    assert "Mon, Nov 23, 9:00 am" in card.text
    await stage.comes("2026-11-23 09:00")
    (card,) = cards(stage.nora)
    assert "on Friday" in card.text
    assert "yesterday" not in card.text


async def test_tonight_brings_it_back_at_seven(friday: Stage) -> None:
    await friday.nora.taps("Tonight")
    assert "today at 7:00 pm" in friday.nora.last.text
    friday.nora.news()
    await friday.comes("2026-11-20 18:59")
    assert friday.nora.news() == []
    await friday.comes("2026-11-20 19:00")
    assert len(friday.nora.news()) == 1


async def test_a_snooze_by_a_wrong_thumb_is_undone_under_the_card(friday: Stage) -> None:
    await friday.nora.taps("Tonight")
    assert "Undo" in friday.nora.last.labels
    await friday.nora.taps("Undo")
    assert "Sent" in friday.nora.last.labels
    friday.nora.news()
    await friday.comes("2026-11-20 20:00")
    assert friday.nora.news() == []


async def test_sent_keeps_the_words_that_went_out(friday: Stage) -> None:
    text = cards(friday.nora)[0].text
    await friday.nora.taps("Sent")
    (kept,) = await rows(friday, note)
    assert kept.state == "sent"
    assert kept.body in text


async def test_a_double_tap_on_sent_changes_nothing_and_undo_stays(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    sent = button(card, "Sent")
    await friday.nora.taps_data(sent)
    await friday.nora.taps_data(sent)
    assert card.labels == ["Undo"]
    await friday.nora.taps("Undo")
    assert "Sent" in card.labels


async def test_skip_says_so_and_undo_brings_the_card_back(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    await friday.nora.taps("Skip")
    assert card.text == "No note to Tess for Copper Falls."
    await friday.nora.taps("Undo")
    assert "Hi Tess," in card.text


async def test_an_old_card_tapped_weeks_later_after_a_restart_says_how_things_stand(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    edit = button(card, "Edit")
    await friday.nora.taps("Sent")
    await friday.comes("2026-12-20 09:00")
    await restart(friday)
    await friday.nora.taps_data(edit)
    assert "Sent to Tess Quillan" in card.text
    (kept,) = await rows(friday, note)
    assert kept.state == "sent"


async def test_another_line_changes_the_last_line_and_nothing_else(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    before = card.text.partition("\n\nNo news")[0].split("\n\n")
    await friday.nora.taps("Another line")
    after = card.text.split("\n\n")
    assert [a for a in after if a not in before] != []
    assert [b[:21] for b in before if b not in after] == ["Enjoy the Turkey Trot"]


async def test_another_line_where_there_is_none_says_so(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.comes("2026-11-20 09:00")
    await stage.nora.taps("Another line")
    assert stage.nora.last.text.endswith("No other line for this one.")


async def test_edit_takes_the_whole_text_as_typed(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    await friday.nora.says(OWN)
    assert OWN in friday.nora.last.text
    assert "Sent" in friday.nora.last.labels
    await friday.nora.taps("Sent")
    (kept,) = await rows(friday, note)
    assert kept.body == OWN


async def test_edit_takes_one_line_and_leaves_the_rest(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    await friday.nora.says("Enjoy the Turkey Trot with your dad, rain or shine!")
    assert "rain or shine!" in friday.nora.last.text
    assert "It was great reading Nurse Ray for you yesterday." in friday.nora.last.text


async def test_a_line_whose_place_is_unclear_is_asked_about(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    (asked,) = await friday.nora.says("Zebras forever.")
    assert asked == "What do they replace?"
    await friday.nora.taps("Last line")
    assert "Zebras forever." in friday.nora.last.text
    assert "Turkey Trot" not in friday.nora.last.text


async def test_own_words_are_not_rewritten_by_a_snooze_but_what_no_longer_fits_is_said(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    await friday.nora.says(OWN)
    await friday.comes("2026-11-20 18:30")
    await tap_on(friday.nora, cards(friday.nora)[0], "Tonight")  # an old button: seven is still to come
    await friday.comes("2026-11-20 19:00")
    await friday.nora.taps("Tomorrow")
    await friday.comes("2026-11-21 09:00")
    (card,) = cards(friday.nora)
    assert OWN in card.text
    assert "“yesterday” was right on Friday." in card.text
    assert "Thursday”" not in card.text


async def test_cancel_leaves_the_note_as_it_was(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    await friday.nora.says("/cancel")
    assert "Turkey Trot" in cards(friday.nora)[0].text
    (kept,) = await rows(friday, note)
    assert kept.own_on is None


async def test_undo_after_edit_brings_the_written_text_back(friday: Stage) -> None:
    await friday.nora.taps("Edit")
    await friday.nora.says(OWN)
    await friday.nora.says("/undo")
    assert "Enjoy the Turkey Trot with your dad on Thursday!" in friday.nora.last.text


@pytest.mark.parametrize("word", ["sent", "Sent", "SENT!", "skip", "tonight"])
async def test_the_word_of_a_button_counts_while_one_card_waits(friday: Stage, word: str) -> None:
    before = len(friday.nora.screen)
    (said,) = await friday.nora.says(word)
    assert "Tess" in said
    assert len(friday.nora.screen) == before + 1
    assert len(cards(friday.nora)) == 0, "the old card gives its buttons up"


async def test_with_two_cards_a_word_asks_which_and_a_reply_tells(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    await stage.comes("2026-11-20 09:00")
    tess, jo = cards(stage.nora)
    (which,) = await stage.nora.says("sent")
    assert "Which one?" in which
    assert [row.state for row in await rows(stage, note)] == ["open", "open"]
    await reply(stage, jo, "sent")
    assert [row.state for row in await rows(stage, note)] == ["open", "sent"]
    assert "Sent" in tess.labels


async def test_a_reply_to_a_card_with_words_is_an_edit(friday: Stage) -> None:
    await reply(friday, cards(friday.nora)[0], OWN)
    assert OWN in friday.nora.last.text


async def test_a_reply_to_a_card_counts_in_mid_talk_and_the_question_stays(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    await friday.nora.says("/audition Night Ferry")
    said = await reply(friday, card, "sent")
    assert said[-1] == "Who was in the room?"
    assert [row.state for row in await rows(friday, note)] == ["sent"]


async def test_another_person_s_button_is_a_button_of_nothing(friday: Stage) -> None:
    ida = friday.person("2", "Ida Fenn")
    sent = button(cards(friday.nora)[0], "Sent")
    (gone,) = await ida.taps_data(sent)
    (nothing,) = await ida.taps_data("note:999:sent")
    assert gone == nothing == "That one is gone."
    assert [row.state for row in await rows(friday, note)] == ["open"]


async def test_news_told_in_the_morning_stands_in_the_card_at_once(friday: Stage) -> None:
    await friday.nora.says("/news wrapped a guest star on Harbor Lights")
    (card,) = cards(friday.nora)
    assert "wrapped a guest star on Harbor Lights" in card.text


async def test_a_double_tap_on_edit_asks_once(friday: Stage) -> None:
    edit = button(cards(friday.nora)[0], "Edit")
    await friday.nora.taps_data(edit)
    await friday.nora.taps_data(edit)
    await friday.nora.says(OWN)
    assert OWN in friday.nora.last.text
    (nothing,) = await friday.nora.says("/back")
    assert nothing == "No question is open."


async def test_a_card_that_is_sent_takes_its_open_edit_along(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    await tap_on(friday.nora, card, "Edit")
    await tap_on(friday.nora, card, "Sent")
    (nothing,) = await friday.nora.says("/back")
    assert nothing == "No question is open."


async def test_undo_in_words_shows_the_whole_card_again(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage)
    await stage.comes("2026-11-20 09:00")
    await stage.nora.taps("Sent")
    await stage.nora.says("/undo")
    assert "Hi Tess," in stage.nora.last.text
    assert "Sent" in stage.nora.last.labels


async def test_news_taken_back_leaves_the_open_card_and_what_is_kept_is_what_stood_there(friday: Stage) -> None:
    await friday.nora.says("/news wrapped a guest star on Harbor Lights")
    await friday.nora.says("/undo")
    (card,) = cards(friday.nora)
    assert "Harbor Lights" not in card.text
    shown = card.text
    await tap_on(friday.nora, card, "Sent")
    (kept,) = await rows(friday, note)
    assert kept.body in shown
