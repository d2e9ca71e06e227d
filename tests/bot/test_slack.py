"""The main job in Slack's direct message, over a socket and over HTTP."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.bot.slack_stage import slack_stage


@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_an_audition_and_the_morning_after(database: Database, over_http: bool) -> None:
    async with slack_stage(database, over_http=over_http) as stage:
        nora = stage.nora
        for line in (
            "/start",
            "/audition copper falls, nurse ray, co-star",
            "tess quillan",
            "turkey trot w her dad thurs",
        ):
            await nora.writes(line)
        await nora.taps("Save")
        await stage.comes("2026-11-20 09:05")
        await nora.taps("Sent")
        print(nora.client.transcript)
        assert "Sent to Tess Quillan" in nora.last.text


async def test_the_form(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.does(nora.client.slash("/audition"))
        print(nora.client.modal, nora.client.modal.labels)
        await nora.does(*[nora.client.fills("Project", "Copper Falls")])
        print(nora.client.transcript)
