"""What the bot goes by: shown, changed in one tap, and taken back."""

from __future__ import annotations

import pytest

from storage.tables import actor, change
from tests.once import once
from tests.snippets import log, rows, settle_in
from tests.stage import Stage


async def begin(stage: Stage) -> None:
    await settle_in(stage, morning="7:30 am")


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions, follow-ups at half past seven."""
    await once(begin, stage)
    return stage


async def opens(stage: Stage, label: str) -> None:
    await stage.nora.says("/settings")
    await stage.nora.taps(label)


async def test_settings_show_all_with_their_buttons(nora: Stage) -> None:
    (shown,) = await nora.nora.says("/settings")
    for part in ("Nora Castellane", "Los Angeles", "7:30 am", "United States", "Money in: US Dollar"):
        assert part in shown
    assert nora.nora.last.labels == ["Name", "Zone", "Morning", "Country", "Currency", "Playful sign-off"]


@pytest.mark.parametrize("label", ["Name", "Zone", "Morning"])
async def test_skip_changes_nothing_and_leaves_nothing_to_undo(nora: Stage, label: str) -> None:
    before = await rows(nora, actor)
    kept = len(await rows(nora, change))
    await opens(nora, label)
    await nora.nora.taps("Skip")
    assert await rows(nora, actor) == before
    assert len(await rows(nora, change)) == kept


async def test_the_assumed_zone_is_marked_until_it_is_confirmed(stage: Stage) -> None:
    await stage.nora.says("/start")
    for _ in range(3):
        await stage.nora.taps("Skip")
    (shown,) = await stage.nora.says("/settings")
    assert "Los Angeles, assumed" in shown


async def test_a_new_morning_moves_what_waits_and_says_so(nora: Stage) -> None:
    await log(nora)
    await opens(nora, "Morning")
    (said,) = await nora.nora.says("10")
    assert said == "Follow-ups at 10:00 am. The next one comes tomorrow at 10:00 am."
    nora.nora.news()
    await nora.comes("2026-11-20 09:59")
    assert nora.nora.news() == []
    await nora.comes("2026-11-20 10:00")
    assert len(nora.nora.news()) == 1


async def test_undo_names_what_was_taken_back(nora: Stage) -> None:
    await opens(nora, "Morning")
    await nora.nora.says("10")
    (said,) = await nora.nora.says("/undo")
    assert "10:00 am" in said
    assert "7:30 am" in said


async def test_a_country_changes_how_dates_read(nora: Stage) -> None:
    await opens(nora, "Country")
    await nora.nora.says("uk")
    card = await log(nora)
    assert "Thu 19 Nov, 16:10" in card.text
    assert "tomorrow at 07:30" in card.text


async def test_a_new_name_is_under_the_next_note(nora: Stage) -> None:
    await log(nora)
    await opens(nora, "Name")
    await nora.nora.says("Nora C.")
    await nora.nora.taps("Draft it now")
    assert "Hi Tess," in nora.nora.last.text
    assert "\nNora C." in nora.nora.last.text


async def test_a_signature_may_hold_a_comma(nora: Stage) -> None:
    await opens(nora, "Name")
    await nora.nora.says("Nora Castellane, SAG-AFTRA")
    (row,) = await rows(nora, actor)
    assert row.sign == "Nora Castellane, SAG-AFTRA"
