"""What the clock says of an appointment."""

from __future__ import annotations

import pytest

from tests.casting import comes_and_tells, tell, when
from tests.scripts import COPPER_FALLS, SETTLED, play
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    await play(stage.nora, (*SETTLED, *COPPER_FALLS))
    await stage.comes("2026-11-20 09:05")
    await stage.nora.taps_data("note:1:sent")
    await stage.nora.taps_data("note:2:monday")
    return stage


async def test_look(nora: Stage) -> None:
    await nora.comes("2026-11-23 11:05")
    await tell(nora.nora, "callback", when=when("2026-11-24 11:00"), place="200 Main St")
    await nora.nora.says("/followups")
    await nora.comes("2026-11-24 12:30")
    await nora.nora.taps("Same people")
    print(nora.nora.reads())
    assert 0
