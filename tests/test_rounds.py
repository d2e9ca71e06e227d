"""A later round of a project: who had a note has none again unasked, and one that still waits gives way."""

from __future__ import annotations

import pytest

from storage.tables import note
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in, tap_on
from tests.stage import Shown, Stage

CALLBACK = f"{FALLS}, callback"


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan")


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who read for Tess on Thursday."""
    await once(begin, stage)
    return stage


async def called_back(stage: Stage) -> Shown:
    """Tuesday, with Tess again and somebody new."""
    await stage.comes("2026-11-24 12:30")
    return await log(stage, CALLBACK, "Tess Quillan and Bea Hartnell", "nothing", "nothing")


async def test_who_had_one_has_none_again_and_it_says_so(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    saved = await called_back(nora)
    assert "Bea's follow-up comes tomorrow at 9:00 am. Tess had one on Friday, so none now." in saved.text
    nora.nora.news()
    await nora.comes("2026-11-25 09:00")
    assert [shown.text.split("\n")[0] for shown in cards(nora.nora)] == ["Bea Hartnell · Copper Falls"]


async def test_unless_it_is_written_anyway(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    saved = await called_back(nora)
    nora.nora.news()
    await tap_on(nora.nora, saved, "Write Tess anyway")
    (card,) = nora.nora.news()
    assert card.startswith("Sent Fri, Nov 20 by e-mail.\nTess Quillan · Copper Falls")
    assert "callback" in card


async def test_one_that_still_waits_gives_way_to_the_new_one(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    await called_back(nora)
    assert [row.state for row in await rows(nora, note)] == ["skipped", "open", "open"]
    nora.nora.news()
    await nora.comes("2026-11-25 09:00")
    assert sorted(shown.text.split(" · ")[1] for shown in cards(nora.nora) if " of 2" in shown.text) == [
        "Bea Hartnell", "Tess Quillan",
    ]  # fmt: skip


async def test_undo_of_the_later_round_brings_it_back(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    saved = await called_back(nora)
    await tap_on(nora.nora, saved, "Undo")
    assert [row.state for row in await rows(nora, note)] == ["open"]
    nora.nora.news()
    await nora.comes("2026-11-25 09:00")
    assert nora.nora.news()[0].startswith("Still here: Tess Quillan")


async def test_another_project_has_a_note_of_its_own(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    await nora.comes("2026-11-24 12:30")
    saved = await log(nora, FERRY, "Tess Quillan")
    assert "Tess's follow-up comes tomorrow at 9:00 am." in saved.text


async def test_the_same_title_a_season_later_counts_anew(nora: Stage) -> None:
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Sent")
    await nora.comes("2027-03-02 12:30")
    saved = await log(nora, FALLS, "Tess Quillan")
    assert "Tess's follow-up comes tomorrow at 9:00 am." in saved.text
