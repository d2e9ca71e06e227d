"""The main job in Slack's direct message, over a socket and over HTTP."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.slack_stage import slack_stage


@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_an_audition_and_the_morning_after(database: Database, over_http: bool) -> None:
    async with slack_stage(database, over_http=over_http) as stage:
        nora = stage.nora
        assert "From your profile: Nora Castellane, Los Angeles time." in (await nora.writes("/start"))[0]
        assert await nora.writes("/audition copper falls, nurse ray, co-star") == [
            "Copper Falls, Nurse Ray, co-star. Who was in the room?"
        ]
        await nora.writes("tess quillan")
        await nora.writes("shes running the turkey trot thurs w her dad")
        await nora.taps("Save")
        await stage.comes("2026-11-20 09:05")
        assert "Enjoy the Turkey Trot with your dad on Thursday!" in nora.last.text
        await nora.taps("Sent")
        assert nora.last.text == "Sent to Tess Quillan by e-mail, today, 9:05 am."
        assert [label for label, _ in nora.last.buttons] == ["Undo"]
