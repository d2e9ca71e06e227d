"""Whatever is typed, wherever the talk stands: a reply, no failure, and a way out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers.conversation import Question
from handlers.desk import OpenTalk
from handlers.messages import Incoming, Received
from handlers.stage import STAGE
from handlers.worker import LONGEST_NAME, SORRY
from storage.database import Database, sqlite_url
from storage.tables import actor, address, inbox, note, remark, talk
from storage.text import clean
from tests.copies import Original, empty
from tests.corpus import CORPUS
from tests.scripts import COPPER_FALLS, SETTLED, play
from tests.stage import Person, Stage, at
from tests.states import STATES
from tests.strict_phone import StrictPhone

SEED = 20261119
NEVER_ASKED = {"Record", "WhichNote", "WhichAudition", "TheWords"}  # they carry an id or words from the start
Line = tuple[str, str]
Trouble = list[str]


class Crowd:
    """Many people in one database, who all act at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.stage = Stage(database)
        self.phone = StrictPhone()
        self.stage.phone = self.stage.bot.deliverer._wires["telegram"] = self.phone  # type: ignore[index]
        self.used = 0

    async def original(self, state: str) -> Original:
        """The first person of a new world, brought into this state."""
        await empty(self.database)
        self.phone.chats.clear()
        self.used, self.stage.clock.now = 0, at("2026-11-19 16:10")
        nora = self.stage.person("1", "Nora Castellane")
        await play(nora, STATES[state][0])
        original = Original(nora)
        await original.read()
        return original

    async def like(self, original: Original, many: int) -> list[Person]:
        """So many others in the same state."""
        self.used += many
        return await original.copy(range(self.used - many + 1, self.used + 1))

    async def all_do(self, people: Sequence[Person], kind: str, texts: Iterable[str]) -> list[list[str]]:
        """Each does one thing; what each of them is told anew, or shown in another's place."""
        before = [(len(p.screen), [shown.edits for shown in p.screen]) for p in people]
        acts = [
            Received(p.sender, f"{p.sender.user}-{next(p.events)}", Incoming(kind, self.stage.clock(), text, name=p.name))  # type: ignore[arg-type]
            for p, text in zip(people, texts, strict=True)
        ]
        await self.stage.bot.receive(acts)
        await self.stage.bot.settle()
        return [
            [shown.text for at, shown in enumerate(p.screen) if at >= many or shown.edits > edits[at]]
            for p, (many, edits) in zip(people, before, strict=True)
        ]

    async def open_talks(self) -> Counter[str]:
        """How many talks each user has open."""
        counted = select(address.c.user, func.count()).join(talk).where(talk.c.ended_at.is_(None))
        async with self.database.read() as tx:
            return Counter({row[0]: row[1] for row in await tx.execute(counted.group_by(address.c.user))})


async def try_lines(crowd: Crowd, state: str, original: Original, lines: Sequence[Line], kind: str) -> Trouble:
    """What went wrong where these lines met one state."""
    people = await crowd.like(original, len(lines))
    names = {p.sender.user: f"{kind} {name!r} in {state!r}" for p, (name, _) in zip(people, lines, strict=True)}
    replies = await crowd.all_do(people, kind, (text for _, text in lines))
    trouble = wrong(people, replies, names)
    for _ in range(5):
        still = await crowd.open_talks()
        people = [p for p in people if still[p.sender.user]]
        if not people:
            return trouble
        trouble += [f"/cancel after {it}" for it in wrong(people, await crowd.all_do(people, "text", ["/cancel"] * len(people)), names)]
        now = await crowd.open_talks()
        trouble += [f"/cancel closes nothing after {names[p.sender.user]}" for p in people if now[p.sender.user] >= still[p.sender.user]]
    return [*trouble, *(f"no way out after {names[p.sender.user]}" for p in people)]


def wrong(people: Sequence[Person], replies: Sequence[Sequence[str]], names: dict[str, str]) -> Trouble:
    said = dict(zip((p.sender.user for p in people), replies, strict=True))
    silent = [f"no reply to {names[user]}" for user, texts in said.items() if not any(text.strip() for text in texts)]
    return silent + [f"an apology for {names[user]}" for user, texts in said.items() if any(SORRY in t for t in texts)]


async def everything(crowd: Crowd, states: Collection[str], how_many: int, caplog: pytest.LogCaptureFixture) -> None:
    """Sampled lines as words and as taps in each of these states."""
    print(f"seed {SEED}")
    chance, trouble = random.Random(SEED), Trouble()
    for state in states:
        original = await crowd.original(state)
        for kind in ("text", "tap"):
            lines = chance.sample(CORPUS, how_many)
            trouble += await try_lines(crowd, state, original, lines, kind)
    logged = [f"{r.getMessage()} {r.exc_info and r.exc_info[1]!r:.300}" for r in caplog.records if r.levelname == "ERROR"]
    assert not trouble + crowd.phone.refused + logged, "\n".join(trouble + crowd.phone.refused + logged)


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    return Crowd(database)


async def test_every_question_there_is_has_a_state(crowd: Crowd) -> None:
    asked = set()
    for state, (_, expected) in STATES.items():
        original = await crowd.original(state)
        rows = [row for row in original.rows["talk"] if row["ended_at"] is None]
        top = max(rows, key=lambda row: row["rank"], default=None)
        question = STAGE.scene(open_talk(top)).question if top else None
        assert (type(question).__name__ if question else "") == expected, state
        asked.add(expected)
    assert asked - {""} == {kind.__name__ for kind in all_kinds(Question)} - NEVER_ASKED


def open_talk(row: dict[str, object]) -> OpenTalk:
    log = tuple((key, value) for key, value in row["log"])  # type: ignore[attr-defined]
    return OpenTalk(1, str(row["flow"]), log, 1, 1, row["acted_at"])  # type: ignore[arg-type]


def all_kinds(kind: type) -> list[type]:
    return [one for child in kind.__subclasses__() for one in (child, *all_kinds(child))]


async def test_a_sample_of_any_text_in_every_state(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    await everything(crowd, STATES, 40, caplog)


async def test_any_text_in_the_busiest_states(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    await everything(crowd, ("nothing open", "audition, talk", "audition, card"), len(CORPUS), caplog)
