"""Many people in one database, brought to one place of a talk, who all act at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from logging import ERROR

import pytest
from sqlalchemy import func, select

from bot.assembly import Bot
from handlers.desk import OpenTalk
from handlers.messages import Incoming, Kind, Received
from handlers.stage import STAGE
from handlers.worker import SORRY
from storage.database import Database
from storage.tables import address, talk
from tests.copies import Original, empty
from tests.corpus import CORPUS
from tests.scripts import play
from tests.stage import Person, Stage, at
from tests.states import STATES
from tests.strict_phone import StrictPhone

SEED = 20261119
Line = tuple[str, str]


@dataclass
class Case:
    """Somebody in a state, and what they are about to do there."""

    person: Person
    kind: Kind
    name: str
    text: str
    state: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} in {self.state!r}"


class Crowd:
    """Many people in one database, who all act at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.stage = Stage(database)
        self.phone = self.stage.phone = StrictPhone()
        self.stage.bot = Bot(database, {"telegram": self.phone}, self.stage.zone, self.stage.clock)
        self.trouble: list[str] = []

    async def original(self, state: str) -> Original:
        """The first person of a new world, brought into this state."""
        await empty(self.database)
        self.phone.chats.clear()
        self.stage.clock.now = at("2026-11-19 16:10")
        nora = self.stage.person("1", "Nora Castellane")
        await play(nora, STATES[state][0])
        original = Original(nora)
        await original.read()
        assert question_open_to(original) == STATES[state][1], state
        return original

    async def cases(self, state: str, lines: Sequence[tuple[Kind, Line]]) -> list[Case]:
        """A person for each line, all of them in this state."""
        people = await (await self.original(state)).copy(len(lines))
        return [Case(p, kind, name, text, state) for p, (kind, (name, text)) in zip(people, lines, strict=True)]

    async def act(self, cases: Sequence[Case]) -> None:
        """Everybody acts; who is told nothing, or an apology, is noted."""
        before = {case.person.sender.chat: [shown.edits for shown in case.person.screen] for case in cases}
        await self.stage.bot.receive([received(case, self.stage.clock.now) for case in cases])
        await self.stage.bot.settle()
        for case in cases:
            edits = before[case.person.sender.chat]
            told = [s.text for n, s in enumerate(case.person.screen) if n >= len(edits) or s.edits > edits[n]]
            if not any(text.strip() for text in told):
                self.trouble.append(f"no reply to {case}")
            if any(SORRY in text for text in told):
                self.trouble.append(f"an apology for {case}")

    async def leave(self, cases: Sequence[Case]) -> None:
        """Everybody says /cancel until nothing is open; each time one talk ends."""
        still = await self._open_talks()
        for _ in range(5):
            cases = [case for case in cases if still[case.person.sender.user]]
            await self.act([replace(case, kind="text", text="/cancel", name=f"/cancel after {case}") for case in cases])
            now = await self._open_talks()
            stuck = [case for case in cases if now[case.person.sender.user] >= still[case.person.sender.user]]
            self.trouble += [f"/cancel ends nothing after {case}" for case in stuck]
            still = now
        self.trouble += [f"no way out after {case}" for case in cases if still[case.person.sender.user]]

    async def _open_talks(self) -> Counter[str]:
        counted = select(address.c.user, func.count()).join(talk).where(talk.c.ended_at.is_(None))
        async with self.database.read() as tx:
            return Counter({row[0]: row[1] for row in await tx.execute(counted.group_by(address.c.user))})


def question_open_to(original: Original) -> str:
    """The class of the question they are asked; empty where none is."""
    rows = [row for row in original.rows["talk"] if row["ended_at"] is None]
    if not rows:
        return ""
    top = max(rows, key=lambda row: int(row["rank"]))
    scene = STAGE.scene(OpenTalk(1, top["flow"], tuple(top["log"]), 1, 1, top["acted_at"]))
    return type(scene.question).__name__


def received(case: Case, now: datetime) -> Received:
    """The act as it comes in."""
    person = case.person
    incoming = Incoming(case.kind, now, case.text, name=person.name)
    return Received(person.sender, f"{person.sender.user}-{next(person.events)}", incoming)


async def meet(crowd: Crowd, states: Collection[str], how_many: int) -> None:
    """So many lines, as words and as the data of a tap, in each of these states."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    for state in states:
        lines: list[tuple[Kind, Line]] = [("text", line) for line in chance.sample(CORPUS, how_many)]
        lines += [("tap", line) for line in chance.sample(CORPUS, how_many)]
        cases = await crowd.cases(state, lines)
        await crowd.act(cases)
        await crowd.leave(cases)


def assert_all_is_well(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    logged = [f"{r.getMessage()}: {r.exc_info and r.exc_info[1]!r:.300}" for r in caplog.records if r.levelno >= ERROR]
    trouble = [*crowd.trouble, *crowd.phone.refused, *logged]
    assert not trouble, "\n".join(trouble)
