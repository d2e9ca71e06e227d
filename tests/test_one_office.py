"""Two of one office in one room: a note to each, or one for both, as the actor likes it."""

from __future__ import annotations

import pytest

from storage.tables import note, office
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in, tap_on
from tests.stage import Stage

BOTH = "Tess Quillan and Jo Fenwick (Thornbury Quillan Casting)"


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await log(
        stage,
        FALLS,
        "Tess Quillan (Thornbury Quillan Casting) and Jo Fenwick (Thornbury Quillan Casting)",
        *2 * ["nothing"],
    )
    await stage.comes("2026-11-20 09:00")


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    """Nora on Friday at nine, with two cards of one office before her."""
    await once(begin, stage)
    return stage


async def choose(stage: Stage, label: str) -> None:
    await tap_on(stage.nora, cards(stage.nora)[0], "Channel")
    await stage.nora.taps(label)


async def states(stage: Stage) -> list[str]:
    return [row.state for row in await rows(stage, note)]


async def test_one_note_stands_for_both_and_names_both(friday: Stage) -> None:
    assert len(cards(friday.nora)) == 2
    await choose(friday, "One for the office")
    (card,) = cards(friday.nora)
    assert card.text.startswith("One note for Thornbury Quillan Casting from now on.\n")
    assert "Hi Tess," in card.text
    assert "reading for you and Jo yesterday" in card.text
    assert "Jo Fenwick: in Tess's." in [shown.text for shown in friday.nora.screen]
    assert await states(friday) == ["open", "skipped"]


async def test_it_counts_for_the_next_room_too_and_is_said_there(friday: Stage) -> None:
    await choose(friday, "One for the office")
    await friday.nora.taps("Sent")
    await friday.comes("2026-12-03 16:00")
    saved = await log(friday, FERRY, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    assert "Tess's follow-up comes tomorrow at 9:00 am. Jo is in Tess's." in saved.text
    assert len(await rows(friday, note)) == 3


async def test_undo_brings_the_other_note_back(friday: Stage) -> None:
    await choose(friday, "One for the office")
    await friday.nora.taps("Undo")
    assert await states(friday) == ["open", "open"]
    assert [row.one_note for row in await rows(friday, office)] == [False]


async def test_a_note_to_each_again_from_the_next_room_on(friday: Stage) -> None:
    await choose(friday, "One for the office")
    await choose(friday, "A note to each")
    assert cards(friday.nora)[0].text.startswith("A note to each of Thornbury Quillan Casting from now on.\n")
    saved = await log(friday, FERRY, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    assert "Tess's and Jo's follow-ups come tomorrow" in saved.text


async def test_where_only_one_was_met_there_is_nothing_to_choose(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan (Thornbury Quillan Casting)")
    await stage.comes("2026-11-20 09:00")
    await stage.nora.taps("Channel")
    assert "One for the office" not in cards(stage.nora)[0].labels
