"""What one person has had before is not said again, and what is private stays with the actor."""

from __future__ import annotations

import pytest

from storage.tables import note
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


async def test_the_line_that_was_sent_is_not_sent_again(nora: Stage) -> None:
    await log(nora, FALLS, "Jo Fenwick", "just started banjo, neighbors hate it")
    await nora.comes("2026-11-20 09:00")
    assert "Good luck with the banjo, and with the neighbors!" in cards(nora.nora)[0].text
    await nora.nora.taps("Sent")
    await log(nora, FERRY, "Jo Fenwick", "just started banjo, neighbors hate it")
    await nora.comes("2026-11-21 09:00")
    (card,) = cards(nora.nora)
    assert "Good luck with the banjo" not in card.text
    assert "May the banjo grow on the neighbors!" in card.text


async def test_what_was_only_shown_may_still_be_said(nora: Stage) -> None:
    await log(nora, FALLS, "Jo Fenwick", "just started banjo, neighbors hate it")
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Skip")
    await log(nora, FERRY, "Jo Fenwick", "just started banjo, neighbors hate it")
    await nora.comes("2026-11-21 09:00")
    assert "Good luck with the banjo, and with the neighbors!" in cards(nora.nora)[0].text


@pytest.mark.parametrize("secret", ["she's selling her beagle /private", "her dad hurt his knee"])
async def test_a_private_word_silences_what_is_of_the_same_matter(nora: Stage, secret: str) -> None:
    await log(nora, FALLS, "Tess Quillan", secret)
    told = "her beagle just had puppies" if "beagle" in secret else "running the turkey trot thurs w her dad"
    await log(nora, FERRY, "Tess Quillan", told)
    await nora.comes("2026-11-20 09:00")
    (kept,) = await rows(nora, note)
    assert kept.body.startswith("Hi Tess,")
    assert not {"beagle", "puppies", "Turkey", "dad"} & set(kept.body.replace("!", " ").split())


NEWS = """wrapped a guest star on Harbor Lights
new comedy reel https://noracastellane.example/reel
I'm in The Long Table at Larkspur Playhouse until nov 29"""


async def test_no_item_of_news_goes_to_one_person_twice(nora: Stage) -> None:
    await nora.nora.says(f"/news {NEWS}")
    await log(nora, FALLS, "Jo Fenwick")
    await nora.comes("2026-11-20 09:00")
    assert "Harbor Lights" in cards(nora.nora)[0].text
    await nora.nora.taps("Sent")
    await nora.nora.says("/news booked a co-star on Salt Year")
    await log(nora, FERRY, "Jo Fenwick and Tess Quillan", "nothing", "nothing")
    await nora.comes("2026-11-21 09:00")
    jo, tess = (card.text for card in cards(nora.nora))
    assert "Salt Year" in jo
    assert not {"Harbor", "reel"} & set(jo.split())
    assert "The Long Table" in tess
    assert "comedy reel" in tess


async def test_what_her_own_words_told_was_told(nora: Stage) -> None:
    await nora.nora.says(f"/news {NEWS}")
    await log(nora, FALLS, "Jo Fenwick")
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Edit")
    await nora.nora.says("Hi Jo,\n\nGreat reading for you. I wrapped a guest star on Harbor Lights.\n\nNora")
    await nora.nora.taps("Sent")
    (kept,) = await rows(nora, note)
    assert kept.news == [1]
    await log(nora, FERRY, "Jo Fenwick")
    await nora.comes("2026-11-21 09:00")
    assert "Harbor Lights" not in cards(nora.nora)[0].text
    assert "comedy reel" in cards(nora.nora)[0].text


async def test_an_office_reads_first_what_it_casts(nora: Stage) -> None:
    await nora.nora.says("/news wrapped a guest star on Harbor Lights\nback on the climbing wall\nnew headshots")
    await nora.nora.says("/news wrapped a spot for Brightside Bank\nfinished scene study")
    await log(nora, "Brightside Bank, Mom, commercial", "Jo Fenwick")
    await nora.comes("2026-11-20 09:00")
    (card,) = cards(nora.nora)
    assert "a spot for Brightside Bank" in card.text
    assert "Harbor Lights" not in card.text


async def test_her_own_titles_are_written_as_she_logged_them(nora: Stage) -> None:
    await log(nora, "Night Ferry, Captain", "Tess Quillan")
    await nora.nora.says("/news wrapped night ferry\nnew reel")
    await log(nora, FALLS, "Jo Fenwick")
    await nora.comes("2026-11-20 09:00")
    assert "Wrapped Night Ferry" in cards(nora.nora)[1].text


async def test_what_has_happened_is_news_though_its_day_is_past(nora: Stage) -> None:
    (kept,) = await nora.nora.says("/news wrapped a guest star on Harbor Lights yesterday")
    assert kept.startswith("Kept as news:")
    await nora.nora.says("/news")
    refused = (await nora.nora.says("my short screens yesterday"))[0]
    assert "is over, so no note could hold it." in refused


async def test_one_line_of_news_is_said_once_to_be_few(nora: Stage) -> None:
    await nora.nora.says("/news new comedy reel")
    await log(nora)
    await nora.comes("2026-11-20 09:00")
    assert "One line of your news in it. Two read better: /news keeps more." in cards(nora.nora)[0].text
    await nora.nora.taps("Sent")
    await log(nora, FERRY, "Jo Fenwick")
    await nora.comes("2026-11-21 09:00")
    assert "Two read better" not in nora.nora.last.text


async def test_what_ended_is_named_once_it_is_left_out(nora: Stage) -> None:
    await nora.nora.says("/news I'm in The Long Table at Larkspur Playhouse until nov 20\nnew reel")
    await nora.jumps("2026-11-20 16:00")
    await log(nora)
    await nora.comes("2026-11-21 09:00")
    assert "The Long Table ended yesterday and is left out." in cards(nora.nora)[0].text


async def test_a_note_that_went_out_can_be_read_again_from_its_audition(nora: Stage) -> None:
    await log(nora, FALLS, "Jo Fenwick", "just started banjo, neighbors hate it")
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    await nora.nora.says("/auditions")
    await nora.nora.taps("Yesterday: Copper Falls · Nurse Ray")
    assert nora.nora.last.message.under == "Jo Fenwick: sent today, e-mail"
    (said,) = await nora.nora.taps("Jo's note")
    assert said.startswith(
        "Sent to Jo Fenwick by e-mail, today, 9:00 am.\n\nNora Castellane – Nurse Ray, Copper Falls\n\nHi Jo,"
    )
    assert "Good luck with the banjo, and with the neighbors!" in said


async def test_a_note_that_waits_is_shown_from_its_audition(nora: Stage) -> None:
    await log(nora, FALLS, "Jo Fenwick")
    await nora.nora.says("/auditions")
    await nora.nora.taps("Today: Copper Falls · Nurse Ray")
    await nora.nora.taps("Jo's note")
    assert cards(nora.nora)[-1].text.startswith("Jo Fenwick · Copper Falls")
