"""kill -9 while people answer: all is kept once and in order, and everybody is told where they stand."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.chaos.actors import SETTLED, TITLES, Actor, audition, settle_in
from tests.chaos.launch import PLACES
from tests.chaos.running import Running
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

PEOPLE, KILLS = 5, 20
PAUSE = 0.5  # seconds at most between an answer and a kill
ON_SLACK = 3
REPEATS = 0.5  # seconds between what Slack sends again; it would take its time


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
async def on_both(telegram: FakeTelegram, slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Running]:
    """A bot before both, not yet started."""
    running = Running(telegram, tmp_path, slack=slack)
    yield running
    if running.process and running.process.returncode is None:
        await running.kill()


def cast(telegram: FakeTelegram, people: int) -> list[Actor]:
    """Those with an even number are hasty."""
    return [Actor(telegram, number, hasty=number % 2 == 0) for number in range(1, people + 1)]


def acknowledged(running: Running) -> bool:
    """Whether no network holds anything that the bot has not taken."""
    told = running.slack.deliveries if running.slack else []
    return not running.telegram.unconfirmed and all(one.original.status in ("acked", "unsent") for one in told)


async def repeats(slack: FakeSlack) -> None:
    """What was not acknowledged is sent again."""
    while True:
        slack.retry_failed()
        await asyncio.sleep(REPEATS)


async def finish(running: Running, actors: Sequence[Actor], titles: tuple[str, ...], replies: int) -> int:
    """Everybody stands at the right next question, all is kept once and in order; returns the extra messages."""
    for actor in actors:
        await actor.say(("/audition", "What was it?"))
        await actor.say(("One Last Thing, Bea", "Who was in the room?"))
    await running.until(lambda: acknowledged(running), 30)
    await running.stop()
    running.assert_sound()
    kept = "SELECT a.user, p.title FROM project p JOIN address a USING (actor_id) ORDER BY p.id"
    said = "SELECT a.user, r.words FROM remark r JOIN address a USING (actor_id) ORDER BY r.id"
    open_now = "SELECT a.user, t.flow FROM talk t JOIN address a ON a.id = t.address_id WHERE t.ended_at IS NULL"
    for actor in actors:
        me = actor.chat.user
        assert [title for user, title in running.rows(kept) if user == me] == [*titles]
        assert [words for user, words in running.rows(said) if user == me] == [f"banjo lessons, {t}" for t in titles]
        assert [flow for user, flow in running.rows(open_now) if user == me] == ["audition"]
    assert running.rows("SELECT count(*) FROM audition") == [(len(titles) * len(actors),)]
    extra = [actor.chat.sent - replies for actor in actors]
    assert min(extra) >= 0
    return sum(extra)


def replies_to(titles: tuple[str, ...]) -> int:
    """How many messages a whole run brings one actor where nothing is killed: one an answer."""
    return len(SETTLED) + sum(len(audition(title)) for title in titles) + 2


async def test_without_a_kill_there_is_one_reply_an_answer(telegram: FakeTelegram, running: Running) -> None:
    actors = cast(telegram, 2)
    await running.start()
    await settle_in(actors)
    for title in TITLES[:4]:
        await asyncio.gather(*(actor.log(title) for actor in actors))
    assert await finish(running, actors, TITLES[:4], replies_to(TITLES[:4])) == 0


async def play_under_kills(running: Running, actors: Sequence[Actor]) -> None:
    """Everybody logs all the titles, and twenty times the process dies of it; prints what that came to."""
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    answers = len(actors) * sum(len(audition(title)) for title in TITLES)
    moments = sorted(chance.sample(range(5, answers - 10), KILLS))
    await running.start()
    await settle_in([*actors])
    before = sum(actor.answered for actor in actors)

    async def killer() -> None:
        for moment in moments:
            await running.until(
                lambda moment=moment: sum(a.answered for a in actors) - before >= moment,  # type: ignore[misc]
                300,
            )
            await asyncio.sleep(chance.random() * PAUSE)
            await running.kill_and_start()

    async def play(actor: Actor) -> None:
        for title in TITLES:
            await actor.log(title)

    await asyncio.gather(killer(), *(play(actor) for actor in actors))
    extra = await finish(running, actors, TITLES, replies_to(TITLES))
    back = sorted(running.back_after)
    print(f"{answers} answers, {running.kills} kills: {extra} extra replies")
    print(f"from the start to the first reply: median {back[len(back) // 2]:.2f} s, longest {back[-1]:.2f} s")
    assert running.kills == KILLS
    assert extra <= KILLS


async def test_twenty_kills_in_five_hundred_answers(telegram: FakeTelegram, running: Running) -> None:
    await play_under_kills(running, cast(telegram, PEOPLE))


async def test_twenty_kills_with_half_of_them_on_slack(
    telegram: FakeTelegram, slack: FakeSlack, on_both: Running
) -> None:
    # Nobody is hasty there: what Slack sends again comes after what was written later.
    on_slack = [Actor(slack, number, hasty=False) for number in range(ON_SLACK)]
    repeating = asyncio.create_task(repeats(slack))
    await play_under_kills(on_both, [*on_slack, *cast(telegram, PEOPLE - ON_SLACK)])
    repeating.cancel()
    again = [one for one in slack.deliveries if one is not one.original]
    print(f"{len(slack.deliveries) - len(again)} envelopes of Slack's, {len(again)} sent again")
    waited = sorted(seconds for actor in on_slack for seconds in actor.waited)
    print(f"an answer on Slack: median {waited[len(waited) // 2]:.2f} s, longest {waited[-1]:.2f} s")


@pytest.mark.parametrize("place", PLACES)
async def test_killed_at_each_place(telegram: FakeTelegram, running: Running, place: str) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    (actor,) = cast(telegram, 1)
    titles, kills = TITLES[:8], 8
    await running.start()
    await settle_in([actor])

    async def mortal() -> None:
        await running.stop()
        for _ in range(kills):
            await running.start(f"{place}:{chance.randint(1, 4)}")
            await running.died()
        await running.start()

    async def play() -> None:
        for title in titles:
            await actor.log(title)

    await asyncio.gather(mortal(), play())
    extra = await finish(running, [actor], titles, replies_to(titles))
    print(f"{kills} kills {place}: {extra} extra replies")
    assert extra <= (kills if place == "after_send" else 0)
