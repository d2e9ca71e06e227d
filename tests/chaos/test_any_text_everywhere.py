"""Every line of the corpus in every state, on both databases."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.tables import inbox
from storage.text import clean
from tests.corpus import CORPUS
from tests.crowd import Crowd, assert_all_is_well, meet, received
from tests.states import STATES
from tests.test_any_text import column


@pytest.mark.parametrize("state", STATES)
async def test_any_text_in_any_state(either: Database, state: str, caplog: pytest.LogCaptureFixture) -> None:
    crowd = Crowd(either)
    await meet(crowd, (state,), len(CORPUS))
    assert_all_is_well(crowd, caplog)


async def test_both_keep_the_same(either: Database) -> None:
    crowd = Crowd(either)
    cases = await crowd.cases("nothing open", [("text", line) for line in CORPUS])
    await crowd.stage.bot.receive([received(case, crowd.stage.clock.now) for case in cases])
    kept = await column(either, inbox.c.incoming, inbox.c.user, inbox.c.state == "waiting")
    assert [kept[case.person.sender.user].get("text", "") for case in cases] == [clean(case.text) for case in cases]
