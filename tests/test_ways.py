"""How notes go to a person, and to whom none go: one tap, remembered for the person or the office, with Undo."""

from __future__ import annotations

import pytest

from handlers.messages import Code
from storage.tables import note, office, person
from tests.once import once
from tests.snippets import FALLS, FERRY, cards, log, rows, settle_in, tap_on
from tests.stage import Shown, Stage

NEWS = """/news wrapped a guest star on Harbor Lights
salt year, short i lead, cedar point film festival sat dec 5, have comps
new comedy reel https://noracastellane.example/reel"""


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await stage.nora.says(NEWS)
    await log(stage, FALLS, "Tess Quillan (Thornbury Quillan Casting)", "shes running the turkey trot thurs w her dad")
    await stage.comes("2026-11-20 09:00")
    stage.nora.news()


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    """Nora on Friday at nine, with news; Tess's card is on her screen, of an office."""
    await once(begin, stage)
    return stage


def card(stage: Stage) -> Shown:
    return cards(stage.nora)[-1]


def blocks(shown: Shown) -> list[str]:
    return [piece.text for piece in shown.message.body if isinstance(piece, Code)]


async def choose(stage: Stage, way: str) -> None:
    await stage.nora.taps("Channel")
    await stage.nora.taps(way)


async def test_the_ways_stand_behind_one_button(friday: Stage) -> None:
    assert "Postcard" not in card(friday).labels
    await friday.nora.taps("Channel")
    assert card(friday).labels[-2:] == ["Postcard", "Agent"]


async def test_a_postcard_is_short_and_has_no_subject_no_bullets_and_no_link(friday: Stage) -> None:
    await choose(friday, "Postcard")
    (text,) = blocks(card(friday))
    assert text == (
        "Hi Tess,\n\nIt was great reading Nurse Ray for you yesterday. I wrapped a guest star on Harbor Lights. "
        "Salt Year, a short I lead, screens at the Cedar Point Film Festival on Saturday, December 5.\n\n"
        "Enjoy the Turkey Trot with your dad on Thursday!\n\nNora Castellane"
    )
    assert card(friday).text.startswith("Tess Quillan · Copper Falls · postcard\n")
    await friday.nora.taps("Sent")
    assert "Sent to Tess Quillan by postcard, today, 9:00 am." in friday.nora.last.text
    (kept,) = await rows(friday, note)
    assert (kept.channel, kept.subject) == ("postcard", "")


async def test_through_the_agent_it_reads_as_an_e_mail(friday: Stage) -> None:
    await choose(friday, "Agent")
    assert len(blocks(card(friday))) == 2
    assert "· through your agent" in card(friday).text
    await friday.nora.taps("Sent")
    assert "Sent to Tess Quillan through your agent, today" in friday.nora.last.text


async def test_the_way_is_remembered_for_the_person(friday: Stage) -> None:
    await choose(friday, "Postcard")
    await friday.nora.taps("Sent")
    await log(friday, FERRY, "Tess Quillan and Jo Fenwick (Thornbury Quillan Casting)", "nothing", "nothing")
    await friday.comes("2026-11-21 09:00")
    tess, jo = cards(friday.nora)
    assert "· postcard" in tess.text
    assert "· postcard" not in jo.text


async def test_one_more_tap_remembers_it_for_the_office(friday: Stage) -> None:
    await choose(friday, "Postcard")
    await friday.nora.taps("Same for Thornbury Quillan Casting")
    await friday.nora.taps("Sent")
    await log(friday, FERRY, "Jo Fenwick (Thornbury Quillan Casting)")
    await friday.comes("2026-11-21 09:00")
    assert "Jo Fenwick · Night Ferry · postcard" in card(friday).text
    await choose(friday, "E-mail")
    assert "· postcard" not in card(friday).text


async def test_undo_of_a_way(friday: Stage) -> None:
    before = card(friday).text
    await choose(friday, "Postcard")
    await friday.nora.taps("Undo")
    assert card(friday).text == f"Taken back: Tess Quillan: postcard.\n{before}"
    assert [row.channel for row in await rows(friday, person)] == [""]


async def test_no_notes_to_somebody_is_offered_after_skip_and_means_never(friday: Stage) -> None:
    await friday.nora.taps("Skip")
    assert friday.nora.last.labels == ["Undo", "No notes to Tess"]
    await friday.nora.taps("No notes to Tess")
    assert friday.nora.last.text == "No notes to Tess Quillan from now on."
    saved = await log(friday, FERRY, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    assert "Jo's follow-up comes tomorrow at 9:00 am. No notes to Tess." in saved.text
    saved = await log(friday, "Salt Year, Lena", "Tess Quillan")
    assert "Saved. No notes to Tess." in saved.text
    await friday.comes("2026-11-21 09:00")
    assert [shown.text.split(" ·")[0] for shown in cards(friday.nora)] == ["Jo Fenwick"]


async def test_no_notes_to_an_office(friday: Stage) -> None:
    await friday.nora.taps("Skip")
    await friday.nora.taps("No notes to Tess")
    await friday.nora.taps("None to Thornbury Quillan Casting")
    assert friday.nora.last.text == "No notes to Thornbury Quillan Casting from now on."
    assert [row.no_notes for row in await rows(friday, office)] == [True]
    saved = await log(friday, FERRY, "Jo Fenwick (Thornbury Quillan Casting)")
    assert "Saved. No notes to Jo." in saved.text


async def test_what_waits_is_skipped_with_it_and_undo_brings_it_back(friday: Stage) -> None:
    first = card(friday)
    await log(friday, FERRY, "Tess Quillan")
    await tap_on(friday.nora, first, "Skip")
    await tap_on(friday.nora, first, "No notes to Tess")
    assert [row.state for row in await rows(friday, note)] == ["skipped", "skipped"]
    await tap_on(friday.nora, first, "Undo")
    assert first.text == "Taken back: No notes to Tess Quillan."
    assert [row.state for row in await rows(friday, note)] == ["skipped", "open"]
    friday.nora.news()
    await friday.comes("2026-11-21 09:00")
    assert friday.nora.news()[0].startswith("Tess Quillan · Night Ferry")


@pytest.mark.parametrize("verb", ["nonotes", "nooffice", "office"])
async def test_a_late_tap_shows_how_things_stand(friday: Stage, verb: str) -> None:
    before = (await rows(friday, person), await rows(friday, note))
    if verb != "office":
        await friday.nora.taps_data(f"note:1:{verb}")
        assert (await rows(friday, person), await rows(friday, note)) == before
        assert "Hi Tess," in card(friday).text
    await friday.nora.taps("Sent")
    for late in (verb, "postcard", "channel"):
        await friday.nora.taps_data(f"note:1:{late}")
        assert friday.nora.last.text == "Sent to Tess Quillan by e-mail, today, 9:00 am. Nothing changed."
