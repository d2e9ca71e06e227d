"""What one person has had before is not said again, and what is private stays with the actor."""

from __future__ import annotations

import pytest

from storage.tables import note
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await settle_in(stage)
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
