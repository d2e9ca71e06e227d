"""Guesses, a thousand of them in the long run, hit nothing, and five are all that an account has."""

from __future__ import annotations

import random

import pytest

from handlers import linking
from handlers.messages import Received
from handlers.reading.codes import new_code, show_code
from tests.once import once
from tests.stage import Person, Stage
from tests.two_chats import ask_in, code_from, goes_on, link, logged, on_slack, tries_of


@pytest.fixture
async def slack(stage: Stage) -> Person:
    """Somebody in the workspace; on Telegram Nora has logged an audition."""
    await once(logged, stage)
    return on_slack(stage)


async def guess(stage: Stage, people: list[Person], how_often: int) -> list[str]:
    """Everybody tries so many codes, all at once; what they were told."""
    chance = random.Random(2026)
    acts = [
        Received(p.sender, f"guess-{p.sender.user}-{n}", link(stage, show_code(new_code(chance.choice))))
        for n in range(how_often)
        for p in people
    ]
    await stage.bot.receive(acts)
    await stage.bot.settle()
    return [said for p in people for said in p.news()]


@pytest.mark.parametrize("times", [60, pytest.param(1000, marks=pytest.mark.chaos)])
async def test_many_guesses_of_one_account(stage: Stage, slack: Person, times: int) -> None:
    code = await code_from(stage.nora)
    told = await guess(stage, [slack], times)
    assert told[:4] == [linking.WRONG] * 4
    assert told[4] == f"{linking.WRONG} That was the fifth wrong one: /link rests until today at 5:10 pm."
    assert told[5:] == ["Too many wrong codes. /link works again today at 5:10 pm."] * (times - 5)
    assert await tries_of(stage) == [5]
    assert await slack.says(f"/link {code}") == told[5:6], "the right one is not heard any more"
    assert await slack.says("/link") == told[5:6]
    assert stage.nora.news() == []


@pytest.mark.parametrize("times", [6, pytest.param(20, marks=pytest.mark.chaos)])
async def test_many_guesses_of_fifty_accounts(stage: Stage, times: int) -> None:
    await logged(stage)
    code = await code_from(stage.nora)
    people = [on_slack(stage, f"U{n}", "") for n in range(100, 150)]
    told = await guess(stage, people, times)
    assert len(told) == 50 * times
    assert not any("Asked" in said for said in told)
    assert await tries_of(stage) == [5] * 50
    assert [await p.says(f"/link {code}") for p in people[:3]] == [told[-1:]] * 3
    assert stage.nora.news() == []
    newcomer = on_slack(stage)
    assert (await newcomer.says(f"/link {code}"))[0].startswith("Asked"), "who did not guess is not held up"


async def test_a_lock_lasts_an_hour_from_the_last_try_and_then_all_begins_anew(stage: Stage, slack: Person) -> None:
    for minutes in (0, 10, 10, 10, 10):
        goes_on(stage, minutes)
        await slack.says("/link K7QM-2XRA")
    goes_on(stage, 59)
    assert "Too many wrong codes" in (await slack.says("/link"))[0]
    goes_on(stage, 1)
    assert await slack.says("/link K7QM-2XRA") == [linking.WRONG]
    assert await tries_of(stage) == [1]


async def test_a_restart_between_tries_forgets_none(stage: Stage, slack: Person) -> None:
    for _ in range(5):
        assert linking.WRONG in (await slack.says("/link K7QM-2XRA"))[0]
        stage.begin_anew()
        await stage.bot.open()
    assert "Too many wrong codes" in (await slack.says(f"/link {await code_from(stage.nora)}"))[0]


async def test_a_right_code_in_between_sets_no_try_back(stage: Stage, slack: Person) -> None:
    for _ in range(4):
        await slack.says("/link K7QM-2XRA")
    await ask_in(on_slack(stage, "U2", "An accomplice"), slack)
    (said,) = await slack.says("/link K7QM-2XRA")
    assert "the fifth wrong one" in said


async def test_the_lock_is_the_accounts_own(stage: Stage, slack: Person) -> None:
    """The same number on another platform, or in another workspace, is somebody else."""
    for _ in range(5):
        await slack.says("/link K7QM-2XRA")
    for other in (stage.person("U1"), stage.person("U1", platform="slack", team="T2")):
        assert await other.says("/link K7QM-2XRA") == [linking.WRONG]
