"""The actor's own words are checked at once: one line a finding, a tap to make it safe, and the last word is theirs."""

from __future__ import annotations

import pytest

from handlers.messages import Incoming
from storage.tables import news, note
from tests.once import once
from tests.snippets import FALLS, cards, log, rows, settle_in, tap_on
from tests.stage import Stage

THANKS = "Hi Tess,\n\nThanks so much for seeing me yesterday! Loved reading Nurse Ray.\n\nNora Castellane"
SAFE = "Hi Tess,\n\nIt was great seeing you yesterday! Loved reading Nurse Ray.\n\nNora Castellane"
SUNDANCE = (
    "Hi Tess,\n\nLoved reading Nurse Ray for you yesterday.\n\n• Screening a short at Sundance in January\n\nNora"
)


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan", "shes running the turkey trot thurs w her dad")
    await stage.comes("2026-11-20 09:00")
    await stage.nora.taps("Edit")


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    """Nora on Friday at nine, Tess's card on her screen, and Edit tapped."""
    await once(begin, stage)
    return stage


async def body(stage: Stage) -> str:
    (kept,) = await rows(stage, note)
    return str(kept.body)


async def test_a_thank_you_is_named_under_the_card(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    (card,) = cards(friday.nora)
    assert card.text.startswith("Yours, as typed.")
    assert "“Thanks so much for seeing me” is a thank-you." in card.text.splitlines()
    assert card.labels[:2] == ["Fix it", "Keep mine"]


async def test_one_tap_makes_it_safe_and_undo_brings_it_back(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    (card,) = cards(friday.nora)
    await friday.nora.taps("Fix it")
    assert SAFE in card.text
    assert "thank-you" not in card.text
    assert "Fix it" not in card.labels
    assert await body(friday) == SAFE
    await friday.nora.taps("Undo")
    assert THANKS in cards(friday.nora)[-1].text


async def test_keep_mine_is_the_last_word_and_is_remembered(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    (card,) = cards(friday.nora)
    await friday.nora.taps("Keep mine")
    assert THANKS in card.text
    assert "thank-you" not in card.text
    assert not {"Fix it", "Keep mine"} & set(card.labels)
    await friday.nora.taps("Tonight")
    await friday.comes("2026-11-20 19:00")
    (again,) = cards(friday.nora)
    assert THANKS in again.text
    assert "thank-you" not in again.text


async def test_keep_mine_is_undone_like_anything_else(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    await friday.nora.taps("Keep mine")
    await friday.nora.says("/undo")
    assert "is a thank-you." in cards(friday.nora)[-1].text


async def test_other_words_are_looked_at_anew(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    await friday.nora.taps("Keep mine")
    await friday.nora.taps("Edit")
    await friday.nora.says(THANKS.replace("Loved", "I loved"))
    assert "is a thank-you." in cards(friday.nora)[-1].text


async def test_what_is_new_is_asked_about_and_kept_as_news(friday: Stage) -> None:
    await friday.nora.says(SUNDANCE)
    (card,) = cards(friday.nora)
    assert "You never told me about “Sundance”: keep it as news?" in card.text
    assert "Keep as news" in card.labels
    await friday.nora.taps("Keep as news")
    assert [row.words for row in await rows(friday, news)] == ["Screening a short at Sundance"]
    (card,) = cards(friday.nora)
    assert SUNDANCE in card.text
    assert "You never told me" not in card.text
    assert "Kept as news:" in friday.nora.reads()


async def test_what_is_private_is_held_up(friday: Stage) -> None:
    await friday.nora.says("/cancel")
    await friday.nora.says("/audition Night Ferry, Wife")
    await friday.nora.says("Ada Wells")
    await friday.nora.says("her dad had knee surgery")
    await friday.nora.taps("Save")
    await friday.comes("2026-11-21 09:00")
    card = next(card for card in cards(friday.nora) if "Hi Ada," in card.text)
    await friday.nora.act(
        Incoming("text", friday.clock(), text="Hi Ada,\n\nLoved reading.\n\nHope the knee heals!", reply_to=card.id)
    )
    assert "“knee” is private and stays out." in cards(friday.nora)[-1].text


async def test_clean_words_have_no_such_buttons(friday: Stage) -> None:
    await friday.nora.says(SAFE)
    assert cards(friday.nora)[-1].labels == ["Sent", "Edit", "Another line", "Tonight", "Skip", "Channel"]


async def test_a_typed_label_does_it_too(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    await friday.nora.says("fix it")
    assert await body(friday) == SAFE


async def test_old_buttons_on_words_that_are_fine_change_nothing(friday: Stage) -> None:
    await friday.nora.says(THANKS)
    (card,) = cards(friday.nora)
    for verb in ("fix", "fix", "keep", "news"):
        await friday.nora.taps_data(f"note:1:{verb}")
    assert await body(friday) == SAFE
    assert await rows(friday, news) == []
    await tap_on(friday.nora, card, "Sent")
    await friday.nora.taps_data("note:1:fix")
    assert "Nothing changed." in friday.nora.last.text


async def test_our_own_draft_is_never_asked_about(friday: Stage) -> None:
    await friday.nora.says("/cancel")
    (card,) = cards(friday.nora)
    await friday.nora.taps_data("note:1:keep")
    assert "Enjoy the Turkey Trot with your dad on Thursday!" in card.text
    assert card.labels == ["Sent", "Edit", "Another line", "Tonight", "Skip", "Channel"]


async def test_news_that_pleads_stays_out_of_our_draft(friday: Stage) -> None:
    await friday.nora.says("/cancel")
    await friday.nora.says("/news please come see my show")
    (card,) = cards(friday.nora)
    assert "Left out: “Please” pleads." in card.text
    assert "come see my show" not in card.text
