"""Nora on Telegram and in a Slack workspace: what tests of the two begin with."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from handlers.messages import Code, Incoming
from storage.tables import address, link_try
from tests.snippets import log, settle_in
from tests.stage import Person, Stage

_SHOWN = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


def on_slack(stage: Stage, user: str = "U1", name: str = "Nora C.") -> Person:
    """Somebody in the workspace whose name is Studio."""
    return stage.person(user, name, platform="slack", team="T1")


async def logged(stage: Stage) -> None:
    """Nora has settled in on Telegram and logged one audition."""
    await settle_in(stage)
    await log(stage)
    stage.nora.news()


async def logged_and_joined(stage: Stage, slack: Person) -> None:
    """That, and her other chat is hers too."""
    await logged(stage)
    await join(stage.nora, slack)


async def code_from(person: Person) -> str:
    """A fresh code, as it stands in the block that one tap copies."""
    await person.says("/link")
    code = [p.text for s in person.screen for p in s.message.body if isinstance(p, Code)][-1]
    person.news()
    found = _SHOWN.search(code)
    assert found, code
    return found[0]


async def ask_in(giver: Person, taker: Person) -> None:
    """The taker comes with a fresh code of the giver's; nobody has said yes."""
    await taker.says(f"/link {await code_from(giver)}")


async def join(giver: Person, taker: Person) -> None:
    """Two chats become one, by all that it takes."""
    await ask_in(giver, taker)
    if "Yes, join" in taker.last.labels:
        await taker.taps("Yes, join")
    await giver.taps("Yes, join")
    for person in (giver, taker):
        person.news()


def goes_on(stage: Stage, minutes: float) -> None:
    """So many minutes later; nothing falls due meanwhile."""
    stage.clock.now += timedelta(minutes=minutes)


async def actors_of(stage: Stage, *people: Person) -> list[int]:
    """The actor that each of these reaches."""
    async with stage.database.read() as tx:
        found = await tx.execute(select(address.c.platform, address.c.user, address.c.actor_id))
        actor_of = {(row.platform, row.user): int(row.actor_id) for row in found}
    return [actor_of[person.sender.platform, person.sender.user] for person in people]


async def are_one(stage: Stage, *people: Person) -> bool:
    """Whether all of these reach one actor."""
    return len(set(await actors_of(stage, *people))) == 1


async def tries_of(stage: Stage) -> list[int]:
    """The wrong codes that are counted, account by account."""
    async with stage.database.read() as tx:
        return [row.wrong for row in await tx.execute(select(link_try).order_by(link_try.c.user))]


def link(stage: Stage, code: str) -> Incoming:
    """Somebody comes with a code."""
    return Incoming("text", stage.clock(), text=f"/link {code}")
