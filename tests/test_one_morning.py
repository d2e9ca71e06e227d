"""One morning brings one note to a person and two to an office; the others are offered the morning after."""

from __future__ import annotations

import pytest

from tests.snippets import FALLS, FERRY, cards, log, settle_in
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora, who has answered the first three questions."""
    await settle_in(stage)
    return stage


def heads(stage: Stage) -> list[str]:
    return [shown.text.split("\n")[0] for shown in cards(stage.nora)]


async def log_three_of_one_office(stage: Stage) -> None:
    await log(stage, FALLS, "Tess Quillan (Thornbury Quillan Casting)")
    await log(stage, FERRY, "Jo Fenwick (Thornbury Quillan Casting)")
    await log(stage, "Salt Year, Lena", "Bea Hartnell (Thornbury Quillan Casting)")


async def test_the_third_of_an_office_comes_the_morning_after(nora: Stage) -> None:
    await log_three_of_one_office(nora)
    await nora.comes("2026-11-20 09:00")
    assert heads(nora) == ["1 of 2 · Tess Quillan · Copper Falls", "2 of 2 · Jo Fenwick · Night Ferry"]
    assert "Enough for one morning: Bea Hartnell comes tomorrow at 9:00 am." in nora.nora.last.text
    assert "Bea Hartnell" not in cards(nora.nora)[0].text
    (listed,) = await nora.nora.says("/followups")
    assert "To come\n– Bea Hartnell, Salt Year, tomorrow at 9:00 am" in listed
    for _ in range(2):
        await nora.nora.taps("Sent")
    nora.nora.news()
    await nora.comes("2026-11-21 09:00")
    (bea,) = nora.nora.news()
    assert bea.startswith("Bea Hartnell · Salt Year")
    assert "on Thursday" in bea


async def test_what_went_out_today_counts(nora: Stage) -> None:
    await log_three_of_one_office(nora)
    for name in ("Tess", "Jo"):
        await nora.nora.says("/followups")
        await nora.comes("2026-11-20 07:30")
        await nora.nora.taps(f"Show {name}'s")
        await nora.nora.taps("Sent")
    nora.nora.news()
    await nora.comes("2026-11-20 09:00")
    assert nora.nora.news() == []
    await nora.comes("2026-11-21 09:00")
    assert nora.nora.news()[0].startswith("Bea Hartnell · Salt Year")


async def test_one_person_has_one_a_day_though_two_days_are_due(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan")
    await nora.comes("2026-11-20 09:00")
    await nora.nora.taps("Tonight")
    await nora.comes("2026-11-20 19:00")
    await nora.nora.taps("Tomorrow")
    await log(nora, FERRY, "Tess Quillan")
    await nora.comes("2026-11-21 09:00")
    assert heads(nora) == ["Tess Quillan · Copper Falls"]
    assert "Enough for one morning: Tess Quillan comes tomorrow at 9:00 am." in nora.nora.last.text
    await nora.nora.taps("Sent")
    nora.nora.news()
    await nora.comes("2026-11-22 09:00")
    assert nora.nora.news()[0].startswith("Tess Quillan · Night Ferry")


async def test_people_without_an_office_are_not_counted_together(nora: Stage) -> None:
    await log(nora, FALLS, "Tess Quillan, Jo Fenwick and Bea Hartnell", "nothing", "nothing", "nothing")
    await nora.comes("2026-11-20 09:00")
    assert len(heads(nora)) == 3


async def test_what_was_put_off_to_tonight_comes_tonight(nora: Stage) -> None:
    await log_three_of_one_office(nora)
    await nora.comes("2026-11-20 09:00")
    for _ in range(2):
        await nora.nora.taps("Sent")
    await nora.nora.says("/followups")
    await nora.nora.taps("Show Bea's")
    await nora.nora.taps("Tonight")
    nora.nora.news()
    await nora.comes("2026-11-20 19:00")
    assert nora.nora.news()[0].startswith("Bea Hartnell · Salt Year")
