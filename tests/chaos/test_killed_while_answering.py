"""kill -9 while people answer: all is kept once and in order, and everybody is told where they stand."""

from __future__ import annotations

import asyncio
import random
import secrets

import pytest

from tests.chaos.actors import SETTLED, TITLES, Actor, audition, settle_in
from tests.chaos.launch import PLACES
from tests.chaos.running import Running
from tests.fakes.telegram import FakeTelegram

PEOPLE, KILLS = 5, 20
PAUSE = 0.5  # seconds at most between an answer and a kill


def cast(telegram: FakeTelegram, people: int) -> list[Actor]:
    """Those with an even number are hasty."""
    return [Actor(telegram, number, hasty=number % 2 == 0) for number in range(1, people + 1)]


def new_messages(telegram: FakeTelegram, actor: Actor) -> int:
    return sum(str(call.params["chat_id"]) == str(actor.phone.id) for call in telegram.called("sendMessage", "ok"))


async def finish(running: Running, actors: list[Actor], titles: tuple[str, ...], replies: int) -> int:
    """Everybody stands at the right next question, all is kept once and in order; returns the extra messages."""
    for actor in actors:
        await actor.say(("/audition", "What was it?"))
        await actor.say(("One Last Thing, Bea", "Who was in the room?"))
    await running.telegram.until(lambda: not running.telegram.unconfirmed)
    await running.stop()
    running.assert_sound()
    kept = "SELECT a.user, p.title FROM project p JOIN address a USING (actor_id) ORDER BY p.id"
    said = "SELECT a.user, r.words FROM remark r JOIN address a USING (actor_id) ORDER BY r.id"
    open_now = "SELECT a.user, t.flow FROM talk t JOIN address a ON a.id = t.address_id WHERE t.ended_at IS NULL"
    for actor in actors:
        me = str(actor.phone.id)
        assert [title for user, title in running.rows(kept) if user == me] == [*titles]
        assert [words for user, words in running.rows(said) if user == me] == [f"banjo lessons, {t}" for t in titles]
        assert [flow for user, flow in running.rows(open_now) if user == me] == ["audition"]
    assert running.rows("SELECT count(*) FROM audition") == [(len(titles) * len(actors),)]
    extra = [new_messages(running.telegram, actor) - replies for actor in actors]
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


async def test_twenty_kills_in_five_hundred_answers(telegram: FakeTelegram, running: Running) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    print(f"seed {seed}")
    actors = cast(telegram, PEOPLE)
    answers = PEOPLE * sum(len(audition(title)) for title in TITLES)
    moments = sorted(chance.sample(range(5, answers - 10), KILLS))
    await running.start()
    await settle_in(actors)
    before = sum(actor.answered for actor in actors)

    async def killer() -> None:
        for moment in moments:
            await telegram.until(lambda moment=moment: sum(a.answered for a in actors) - before >= moment, 300)  # type: ignore[misc]
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
