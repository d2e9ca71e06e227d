"""`/followup NAME`: a note at any time, with what that person had before."""

from __future__ import annotations

import pytest

from storage.tables import note, person
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in
from tests.stage import Stage


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await stage.nora.says("/news wrapped a guest star on Harbor Lights\nnew reel https://noracastellane.example/reel")
    await log(stage, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "just started banjo, neighbors hate it")
    await stage.comes("2026-11-20 09:00")
    tess, _ = cards(stage.nora)
    await stage.nora.taps_data(tess.message.choices[0][0].data)
    await stage.nora.taps("Skip")
    stage.nora.news()


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora on Friday after nine: Tess's note went out with news, Jo's was skipped; both of one room."""
    await once(begin, stage)
    return stage


async def test_the_note_that_waits(nora: Stage) -> None:
    await log(nora, FERRY, "Bea Hartnell")
    (card,) = await nora.nora.says("/followup bea")
    assert card.startswith("Bea Hartnell · Night Ferry\n")
    assert "today" in card


async def test_a_note_that_was_skipped(nora: Stage) -> None:
    (card,) = await nora.nora.says("/followup jo fenwick")
    assert card.startswith("Jo Fenwick · Copper Falls\n")
    assert "Good luck with the banjo" in card


async def test_one_that_went_out_today(nora: Stage) -> None:
    (told,) = await nora.nora.says("/followup Tess")
    assert told == "Sent today by e-mail: Harbor Lights, the reel.\nOne note a day is the most."


async def test_news_alone_after_the_room_had_its_note(nora: Stage) -> None:
    await nora.comes("2026-11-23 12:00")
    (told,) = await nora.nora.says("/followup tess")
    assert told == (
        "Sent Fri, Nov 20 by e-mail: Harbor Lights, the reel.\nNothing new to tell Tess yet. /news keeps it."
    )
    await nora.nora.says("/news booked a co-star on Salt Year\nback on the climbing wall")
    (card,) = await nora.nora.says("/followup tess")
    assert card == (
        "Sent Fri, Nov 20 by e-mail: Harbor Lights, the reel.\n"
        "Tess Quillan · your news\n\n"
        "Nora Castellane – what I'm up to\n\n"
        "Hi Tess,\n\nA little of what I'm up to:\n\n• Back on the climbing wall\n• Booked a co-star on Salt Year\n\n"
        "Nora Castellane"
    )
    await nora.nora.taps("Sent")
    assert "Sent to Tess Quillan by e-mail, today" in nora.nora.last.text
    (listed,) = await nora.nora.says("/followups")
    assert "– Tess Quillan, your news, today, e-mail" in listed


async def test_a_room_logged_that_day_leaves_a_note_of_news_alone(nora: Stage) -> None:
    await nora.comes("2026-11-23 12:00")
    await nora.nora.says("/news booked a co-star on Salt Year")
    await nora.nora.says("/followup tess")
    await log(nora, FERRY, "Jo Fenwick")
    assert [(row.kind, row.state) for row in await rows(nora, note)][2:] == [("news", "open"), ("", "open")]


async def test_by_postcard_this_once(nora: Stage) -> None:
    (card,) = await nora.nora.says("/followup jo postcard")
    assert card.startswith("Jo Fenwick · Copper Falls · postcard\n")
    assert [row.channel for row in await rows(nora, person)] == ["", ""]
    await nora.nora.says("/undo")
    assert [row.state for row in await rows(nora, note)] == ["sent", "skipped"]


@pytest.mark.parametrize("said", ["/followup quilan", "/followup tes", "/followups Tess Quilan"])
async def test_a_name_that_is_near_is_asked_about(nora: Stage, said: str) -> None:
    (asked,) = await nora.nora.says(said)
    assert asked.endswith(": the one you know?")
    assert nora.nora.last.labels == ["Tess Quillan"]
    (told,) = await nora.nora.taps("Tess Quillan")
    assert "One note a day" in told


async def test_two_of_a_name_are_asked_about(nora: Stage) -> None:
    await log(nora, FERRY, "Jo Marsh")
    (asked,) = await nora.nora.says("/followup jo by postcard")
    assert asked == "“jo”: which one?"
    (card,) = await nora.nora.taps("Jo Marsh")
    assert card.startswith("Jo Marsh · Night Ferry · postcard\n")


async def test_nobody_of_that_name(nora: Stage) -> None:
    (told,) = await nora.nora.says("/followup odette marsh")
    assert told == "Nobody called “odette marsh” yet. People come with an audition: /audition."
    assert nora.nora.last.labels == []


async def test_of_those_who_get_none_it_is_asked(nora: Stage) -> None:
    await nora.nora.taps("No notes to Jo")
    (told,) = await nora.nora.says("/followup jo")
    assert told == "No notes to Jo Fenwick, you said."
    (card,) = await nora.nora.taps("Write anyway")
    assert card.startswith("Jo Fenwick · Copper Falls")
    await nora.nora.says("/followup jo")
    (told,) = await nora.nora.taps("Notes again")
    assert told == "Notes to Jo Fenwick again, from the next room on."
    assert [row.no_notes for row in await rows(nora, person)] == [False, False]
    await nora.nora.taps("Undo")
    assert [row.no_notes for row in await rows(nora, person)] == [False, True]


@pytest.mark.parametrize("rest", ["postcard", "🙂", "’", "a" * 4000, "\u202edana"])
async def test_any_words_are_answered(nora: Stage, rest: str) -> None:
    told = await nora.nora.says(f"/followup {rest}")
    assert told[0].startswith("Nobody called “")
