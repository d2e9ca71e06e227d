"""Words that are typed where a tap was meant, commands in the middle of a talk, edits, stickers, stray words."""

from __future__ import annotations

import pytest

from handlers.messages import Incoming
from storage.tables import audition, note
from tests.corpus import CORPUS
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, count, log, rows, settle_in, tell, words_kept
from tests.some import some
from tests.stage import Stage

WHO = "Who was in the room?"


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


async def edits(stage: Stage, text: str) -> list[str]:
    return await stage.nora.act(Incoming("edited", stage.clock(), text=text))


@pytest.mark.parametrize("word", some(["save", "Save", "SAVE", "save."], "Save", "save."))
async def test_typing_what_a_button_says_is_tapping_it(nora: Stage, word: str) -> None:
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    await nora.nora.says(word)
    assert await count(nora) == (1, 1)


@pytest.mark.parametrize("word", some(["what", "When", "WHO", "look"], "what", "WHO"))
async def test_a_line_of_the_card_is_opened_by_its_word(nora: Stage, word: str) -> None:
    await tell(nora, FALLS, "Tess Quillan", "nothing")
    (asked,) = await nora.nora.says(word)
    assert "?" in asked
    assert "Save" not in nora.nora.last.labels


@pytest.mark.parametrize("word", some(["nothing", "Nothing.", "no", "nope"], "Nothing.", "nope"))
async def test_nothing_was_said_in_many_ways(nora: Stage, word: str) -> None:
    await tell(nora, FALLS, "Tess Quillan", word)
    await nora.nora.taps("Save")
    assert await words_kept(nora) == []


@pytest.mark.parametrize("word", ["audition", "log", "news", "undo", "settings", "help", "followups", "auditions"])
async def test_the_bare_word_of_a_command_counts_while_no_question_is_open(nora: Stage, word: str) -> None:
    said = await nora.nora.says(word)
    assert said != []
    assert not any("hall I log this" in text for text in said)


@pytest.mark.parametrize("word", ["News", "Undo", "Help"])
async def test_while_a_question_is_open_the_bare_word_is_its_answer(nora: Stage, word: str) -> None:
    await nora.nora.says("/audition")
    (asked,) = await nora.nora.says(word)
    assert asked == WHO
    await nora.nora.says("Tess Quillan")
    await nora.nora.taps("Nothing")
    assert nora.nora.last.text.startswith(word)


@pytest.mark.parametrize("word", ["back", "skip", "cancel"])
async def test_back_skip_and_cancel_count_bare_in_a_talk(nora: Stage, word: str) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    said = await nora.nora.says(word)
    assert WHO not in said
    await nora.nora.says("/cancel")


@pytest.mark.parametrize("command", ["/help", "/followups", "/auditions", "/settings", "/undo", "/start", "/nonsense"])
async def test_a_command_in_mid_talk_is_done_and_the_question_is_shown_again(nora: Stage, command: str) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    said = await nora.nora.says(command)
    assert WHO in said[-1]
    (asked,) = await nora.nora.says("Tess Quillan")
    assert asked == "Tess Quillan. What did you talk about?"


async def test_a_command_with_a_talk_of_its_own_goes_first(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    (news,) = await nora.nora.says("/news")
    assert news.startswith("What are you up to?")
    said = await nora.nora.says("wrapped a guest star on Harbor Lights")
    assert said[-1].endswith(WHO)


async def test_cancel_ends_the_top_talk_only(nora: Stage) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    await nora.nora.says("/news")
    said = await nora.nora.says("/cancel")
    assert said[0].endswith("Nothing saved.")
    assert WHO in said[-1]


async def test_stray_words_are_neither_lost_nor_guessed(nora: Stage) -> None:
    (asked,) = await nora.nora.says("just had a general with Delphine Ferrow")
    assert "hall I log" in asked
    assert "Delphine Ferrow" in asked
    assert nora.nora.last.labels == ["An audition", "News", "Nothing"]
    assert await count(nora) == (0, 0)


async def test_stray_words_said_to_be_an_audition_fill_what_they_can(nora: Stage) -> None:
    await nora.nora.says("Copper Falls, Nurse Ray. read for Tess Quillan")
    (asked,) = await nora.nora.taps("An audition")
    assert asked == "Tess Quillan. What did you talk about?"
    await nora.nora.taps("Nothing")
    assert nora.nora.last.text.startswith("Copper Falls · Nurse Ray")


@pytest.mark.parametrize("words", ["ok", "save", "sent", "nothing", "done"])
async def test_the_word_of_a_button_with_nothing_open_is_no_audition(nora: Stage, words: str) -> None:
    (said,) = await nora.nora.says(words)
    assert "hall I log" not in said


async def test_the_question_about_stray_words_does_not_come_back_when_the_log_was_begun_otherwise(nora: Stage) -> None:
    await nora.nora.says("im out of copper falls")
    await log(nora)
    assert "hall I log" not in nora.nora.last.text


async def test_an_edited_answer_changes_nothing_and_that_is_said_once(nora: Stage) -> None:
    await nora.nora.says("/audition")
    await nora.nora.says(FALLS)
    (said,) = await edits(nora, FERRY)
    assert said.startswith("I go by what you wrote first")
    assert said.endswith(WHO)
    assert await edits(nora, "Harbor Lights") == []
    await nora.nora.says("Tess Quillan")
    await nora.nora.taps("Nothing")
    assert nora.nora.last.text.startswith("Copper Falls")


async def test_an_edit_with_no_talk_open_is_passed_over(nora: Stage) -> None:
    await log(nora)
    assert await edits(nora, FERRY) == []
    assert await count(nora) == (1, 1)


async def test_an_edit_before_anything_was_answered_is_passed_over(nora: Stage) -> None:
    await nora.nora.says("/audition")
    assert await edits(nora, "an old message of yesterday") == []


@pytest.mark.parametrize(("kind", "word"), [("sticker", "type"), ("voice", "microphone"), ("photo", "type")])
async def test_what_cannot_be_read_gets_a_way_on_and_the_question_again(nora: Stage, kind: str, word: str) -> None:
    await nora.nora.says(f"/audition {FALLS}")
    said = await nora.nora.act(Incoming("other", nora.clock(), text=kind))
    assert word in said[0]
    assert said[-1] == WHO


@pytest.mark.parametrize("data", ["", "t:1:1:99", "t:99:1:0", "note:0:sent", "note:1:sold", "undo:99", "set:x"])
async def test_a_button_of_nothing_is_answered_kindly(nora: Stage, data: str) -> None:
    (said,) = await nora.nora.taps_data(data)
    assert said in ("That one is gone.", "That one is closed. Nothing changed.", "Already saved. Nothing changed.")


async def test_nobody_opens_what_is_another_s(nora: Stage) -> None:
    await log(nora)
    ida = nora.person("2", "Ida Fenn")
    taps = ("audition:1:open", "audition:1:fix", "audition:9:open", "undo:1")
    gone = {(await ida.taps_data(data))[0] for data in taps}
    assert gone == {"That one is gone."}
    assert await count(nora) == (1, 1)


@pytest.mark.parametrize("step", some(range(4), 0, 3))
async def test_any_text_is_answered_in_every_step_and_cancel_leaves(nora: Stage, step: int) -> None:
    for name, text in CORPUS[step::48]:
        await nora.nora.says("/audition")
        for words in (FALLS, "Tess Quillan", "nothing")[:step]:
            await nora.nora.says(words)
        assert await nora.nora.says(text) != [], name
        for _ in range(3):
            await nora.nora.says("/cancel")
        (said,) = await nora.nora.says("/back")
        assert said == "No question is open.", name
    assert not any("went wrong on my side" in shown.text for shown in nora.nora.screen)


async def test_undo_at_the_end_of_its_rope_says_so(nora: Stage) -> None:
    await log(nora)
    for _ in range(5):
        await nora.nora.says("/undo")
    assert nora.nora.last.text == "Nothing to take back."
    assert await rows(nora, audition) == []
    assert await rows(nora, note) == []


async def test_the_same_update_twice_is_one_act(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan", "banjo")
    save = Incoming("text", nora.clock(), text="save")
    await nora.nora.act(save, "update-1")
    assert await nora.nora.act(save, "update-1") == []
    assert await count(nora) == (1, 1)
    assert cards(nora.nora) == []


@pytest.mark.parametrize("word", ["back", "skip", "cancel"])
async def test_the_words_of_a_talk_with_none_open_say_so(nora: Stage, word: str) -> None:
    (said,) = await nora.nora.says(word)
    assert "is open" in said
    assert "hall I log" not in said


async def test_a_tap_that_only_changes_its_card_does_not_repeat_the_question(nora: Stage) -> None:
    await log(nora)
    await nora.comes("2026-11-20 09:00")
    await nora.nora.says(f"/audition {FERRY}")
    assert await nora.nora.taps("Skip") == []
    assert nora.nora.last.text == WHO


async def test_back_quotes_long_talk_in_short(nora: Stage) -> None:
    await tell(nora, FALLS, "Tess Quillan and Jo Fenwick", "she said that " * 200)
    (asked,) = await nora.nora.says("/back")
    assert len(asked) < 400
