"""A room where nobody's name is known: no draft, a task, and the drafts as soon as the names are there."""

from __future__ import annotations

import pytest

from tests.once import once
from tests.snippets import FERRY, cards, count, log, names_kept, settle_in, tap_on, tell
from tests.stage import Shown, Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await once(settle_in, stage)
    return stage


async def nameless(stage: Stage) -> Shown:
    return await log(stage, "Brightside Bank, Mom #2", "No idea", "they lost it at my toaster improv")


async def test_the_saved_card_says_that_names_come_first(nora: Stage) -> None:
    card = await nameless(nora)
    assert "Saved. Names first: tomorrow at 9:00 am" in card.text
    assert "Draft it now" not in card.labels


async def test_the_morning_brings_the_task_and_no_draft(nora: Stage) -> None:
    await nameless(nora)
    nora.nora.news()
    await nora.comes("2026-11-20 09:00")
    (task,) = nora.nora.news()
    assert "Brightside Bank" in task
    assert "names" in task
    assert nora.nora.last.labels == ["I have the names", "Tonight", "Skip"]
    assert cards(nora.nora) == []


async def test_the_names_go_into_the_saved_audition_and_the_drafts_come_at_once(nora: Stage) -> None:
    await nameless(nora)
    await nora.comes("2026-11-20 09:00")
    (asked,) = await nora.nora.taps("I have the names")
    assert asked.startswith("Who was it?")
    await nora.nora.says("Odette Marsh, casting director, and Felix Ott")
    assert [shown.text.split("\n")[0] for shown in cards(nora.nora)] == [
        "1 of 2 · Odette Marsh · Brightside Bank",
        "2 of 2 · Felix Ott · Brightside Bank",
    ]
    assert any("Odette's and Felix's follow-ups below." in shown.text for shown in nora.nora.screen)
    assert await count(nora) == (1, 2)
    nora.nora.news()
    await nora.comes("2026-11-21 08:59")
    assert nora.nora.news() == []


async def test_a_name_goes_to_the_one_it_fits(nora: Stage) -> None:
    await tell(nora, "Brightside Bank, Mom #2", "a director with red glasses and a guy from the ad agency", "nothing")
    await nora.nora.taps("Save")
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("I have the names")
    await nora.nora.says("the director was Odette Marsh")
    assert await names_kept(nora) == ["Odette Marsh"]
    (card,) = cards(nora.nora)
    assert "Odette Marsh" in card.text


async def test_at_the_weekend_it_says_that_offices_are_closed_and_comes_back_on_monday(nora: Stage) -> None:
    await nora.comes("2026-11-20 16:10")
    await nameless(nora)
    nora.nora.news()
    await nora.comes("2026-11-21 09:00")
    (task,) = nora.nora.news()
    assert "Offices are closed until Monday." in task
    assert "Monday" in nora.nora.last.labels
    await nora.comes("2026-11-23 08:59")
    assert nora.nora.news() == []
    await nora.comes("2026-11-23 09:00")
    (again,) = nora.nora.news()
    assert "get the names" in again


async def test_unanswered_it_does_not_go_on_for_ever(nora: Stage) -> None:
    await nameless(nora)
    nora.nora.news()
    await nora.comes("2026-11-21 08:00")
    assert len(nora.nora.news()) == 1
    await nora.comes("2026-11-27 12:00")
    assert len(nora.nora.news()) <= 2, "once more, and on Monday where that was a Saturday"


async def test_what_has_no_names_yet_stands_in_the_list(nora: Stage) -> None:
    await nameless(nora)
    await nora.comes("2026-11-27 12:00")
    (listed,) = await nora.nora.says("/followups")
    assert "Brightside Bank" in listed


async def test_tonight_brings_the_task_back_at_seven(nora: Stage) -> None:
    await nameless(nora)
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Tonight")
    assert "today at 7:00 pm" in nora.nora.last.text
    nora.nora.news()
    await nora.comes("2026-11-20 19:00")
    assert len(nora.nora.news()) == 1


async def test_skip_ends_it_and_the_names_can_still_come(nora: Stage) -> None:
    await nameless(nora)
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Skip")
    nora.nora.news()
    await nora.comes("2026-11-27 12:00")
    assert nora.nora.news() == []
    await nora.nora.says("/auditions")
    await nora.nora.taps(nora.nora.last.labels[0])
    await nora.nora.taps("I have the names")
    await nora.nora.says("Odette Marsh")
    assert await names_kept(nora) == ["Odette Marsh"]


async def test_names_fixed_into_the_audition_before_the_morning_make_the_task_a_follow_up(nora: Stage) -> None:
    saved = await nameless(nora)
    await tap_on(nora.nora, saved, "Fix")
    await nora.nora.taps("Who")
    await nora.nora.says("Odette Marsh")
    if "Nothing" in nora.nora.last.labels:
        await nora.nora.taps("Nothing")
    await nora.nora.taps("Save")
    assert "Odette's follow-up comes tomorrow at 9:00 am." in nora.nora.last.text
    nora.nora.news()
    await nora.comes("2026-11-20 09:00")
    (card,) = nora.nora.news()
    assert "Hi Odette," in card
    assert "toaster" in card


async def test_a_name_close_to_a_known_one_is_asked_about_here_too(nora: Stage) -> None:
    await log(nora, FERRY, "Odette Marsh")
    await nameless(nora)
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("I have the names")
    (asked,) = await nora.nora.says("Odete Marsh")
    assert "the one you know?" in asked
    await nora.nora.taps("Odette Marsh")
    assert await names_kept(nora) == ["Odette Marsh"]


async def test_one_named_and_one_not_is_a_follow_up_to_the_one(nora: Stage) -> None:
    await tell(nora, FERRY, "Tess Quillan and a guy with red glasses", "nothing")
    await nora.nora.taps("Save")
    assert "Tess's follow-up comes tomorrow" in nora.nora.last.text
    await nora.comes("2026-11-20 09:00")
    assert len(cards(nora.nora)) == 1


async def test_cards_and_the_task_of_one_morning_make_one_sound(nora: Stage) -> None:
    await nameless(nora)
    await log(nora, FERRY, "Tess Quillan")
    before = len(nora.nora.screen)
    await nora.comes("2026-11-20 09:00")
    assert [shown.sound for shown in nora.nora.screen[before:]] == [True, False]
