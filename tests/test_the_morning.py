"""The main job, as an actor lives it."""

from __future__ import annotations

from tests.stage import Stage


async def settle_in(stage: Stage) -> None:
    for words in ("/start", "Nora Castellane", "la", "9"):
        await stage.nora.says(words)


async def log_copper_falls(stage: Stage) -> None:
    for words in (
        "/audition",
        "Copper Falls, Nurse Ray, co-star",
        "Tess Quillan and her associate Jo Fenwick",
        "shes running the turkey trot thurs w her dad",
        "just started banjo, neighbors hate it",
        "blue scrubs top hair up",
    ):
        await stage.nora.says(words)
    await stage.nora.taps("Save")


async def test_a_log_takes_seven_messages_and_brings_two_follow_ups_in_the_morning(stage: Stage) -> None:
    await settle_in(stage)
    await log_copper_falls(stage)
    assert "Tess's and Jo's follow-ups come tomorrow at 9:00 am." in stage.nora.last.text
    stage.nora.news()

    await stage.comes("2026-11-20 08:59")
    assert stage.nora.news() == []
    await stage.comes("2026-11-20 09:00")
    tess, jo = stage.nora.news()
    assert "Hi Tess," in tess
    assert "yesterday" in tess
    assert "Enjoy the Turkey Trot with your dad on Thursday!" in tess
    assert "Hi Jo," in jo
    assert "banjo" in jo
    assert [shown.sound for shown in stage.nora.screen[-2:]] == [True, False]


async def test_sent_asks_nothing_more(stage: Stage) -> None:
    await settle_in(stage)
    await log_copper_falls(stage)
    await stage.comes("2026-11-20 09:05")
    tess, jo = stage.nora.screen[-2:]
    await stage.nora.taps_data(tess.message.choices[0][0].data)
    await stage.nora.taps_data(jo.message.choices[0][0].data)
    assert tess.text == "Sent to Tess Quillan by e-mail, today, 9:05 am."
    stage.nora.news()
    await stage.comes("2026-11-23 12:00")
    assert stage.nora.news() == []


async def test_an_unanswered_follow_up_comes_once_more_and_then_waits_in_the_list(stage: Stage) -> None:
    await settle_in(stage)
    await log_copper_falls(stage)
    await stage.comes("2026-11-20 09:05")
    stage.nora.news()
    await stage.comes("2026-11-21 09:05")
    assert [text.split(",")[0] for text in stage.nora.news()] == ["Still here: Tess Quillan", "Still here: Jo Fenwick"]
    await stage.comes("2026-11-25 09:05")
    assert stage.nora.news() == []
    (listed,) = await stage.nora.says("/followups")
    assert "To send\n– Tess Quillan, Copper Falls" in listed


async def test_undo_takes_the_nudges_along_and_redo_brings_them_back(stage: Stage) -> None:
    await settle_in(stage)
    await log_copper_falls(stage)
    await stage.nora.taps("Undo")
    assert stage.nora.last.text == "Taken back: Copper Falls. Nothing comes of it."
    stage.nora.news()
    await stage.comes("2026-11-20 08:00")
    await stage.nora.taps("Redo")
    assert "come today at 9:00 am" in stage.nora.last.text
    await stage.comes("2026-11-20 09:00")
    assert len(stage.nora.news()) == 2
