"""What waits for its moment: one row a nudge and round, given when it is ripe to those who can be reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from storage import actors, due, tables, talks
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, new_actor, new_address, owner, plans, rows

MORNING = NOW + timedelta(hours=21)


def wish(actor_id: int, subject: int = 5, kind: str = "note", **values: Any) -> dict[str, Any]:
    row = {"actor_id": actor_id, "kind": kind, "subject": subject, "on": MORNING.date()}
    return row | {"zone": "America/Los_Angeles", "due_at": MORNING} | values


async def nora(tx: Transaction, chat: str = "1", platform: str = "telegram") -> tuple[int, int]:
    address_id = await new_address(tx, chat, platform)
    return address_id, await owner(tx, address_id)


async def ripe(tx: Transaction, now: datetime = MORNING, limit: int = 100) -> list[int]:
    return [row.subject for row in await due.ripe(tx, ["telegram"], now, limit)]


async def test_each_plan_for_a_subject_is_one_more_round(either: Database) -> None:
    async with either.write() as tx:
        one, other = await new_actor(tx), await new_actor(tx)
        for row in (wish(one), wish(one), wish(one, 6), wish(one, kind="names"), wish(other), wish(one)):
            await due.add(tx, row)
        kept = [(r["actor_id"], r["kind"], r["subject"], r["round"]) for r in (await rows(tx, tables.due)).values()]
    assert kept == [
        (one, "note", 5, 1),
        (one, "note", 5, 2),
        (one, "note", 6, 1),
        (one, "names", 5, 1),
        (other, "note", 5, 1),
        (one, "note", 5, 3),
    ]


async def test_a_round_cannot_be_planned_twice(either: Database) -> None:
    async with either.write() as tx:
        one = await new_actor(tx)
        await due.add(tx, wish(one))
        with pytest.raises(IntegrityError):
            async with tx.begin_nested():
                await tx.execute(insert(tables.due).values(wish(one, round=1)))
        await due.add(tx, wish(one))
        assert len(await rows(tx, tables.due)) == 2


async def test_what_is_ripe_comes_at_its_moment_the_longest_due_first(either: Database) -> None:
    async with either.write() as tx:
        _, one = await nora(tx)
        later = MORNING + timedelta(seconds=1)
        for subject, moment in ((1, later), (2, MORNING), (3, MORNING - timedelta(days=2))):
            await due.add(tx, wish(one, subject, due_at=moment))
        assert await ripe(tx, MORNING - timedelta(days=3)) == []
        assert await ripe(tx) == [3, 2]
        assert await ripe(tx, limit=1) == [3]
        assert await ripe(tx, later) == [3, 2, 1]
        assert await due.next_at(tx, ["telegram"]) == MORNING - timedelta(days=2)


@pytest.mark.parametrize("state", ["handed", "cancelled", "held"])
async def test_only_what_waits_comes(either: Database, state: str) -> None:
    async with either.write() as tx:
        _, one = await nora(tx)
        await due.add(tx, wish(one, state=state))
        assert await ripe(tx) == []
        assert await due.next_at(tx, ["telegram"]) is None


async def test_nothing_comes_to_who_is_parked_or_on_another_network(either: Database) -> None:
    async with either.write() as tx:
        address_id, one = await nora(tx)
        _, other = await nora(tx, platform="slack")
        await due.add(tx, wish(one, 1))
        await due.add(tx, wish(other, 2))
        await due.add(tx, wish(await new_actor(tx), 3))
        assert await ripe(tx) == [1]
        await actors.park(tx, address_id, "blocked", NOW)
        assert await ripe(tx) == []
        assert await due.next_at(tx, ["telegram"]) is None
        await actors.park(tx, address_id, "", None)
        assert await ripe(tx) == [1]


async def test_who_is_reached_in_two_chats_is_nudged_once(either: Database) -> None:
    async with either.write() as tx:
        _, one = await nora(tx)
        await new_address(tx, "2", actor_id=one)
        await due.add(tx, wish(one))
        assert await ripe(tx) == [5]


async def test_what_was_handed_over_comes_no_more_unless_it_did_not_leave(either: Database) -> None:
    async with either.write() as tx:
        _, one = await nora(tx)
        await due.add(tx, wish(one))
        (id_,) = await rows(tx, tables.due)
        await due.hand_over(tx, [id_])
        assert await ripe(tx) == []
        await due.wait_again(tx, id_, MORNING + timedelta(hours=1))
        assert await ripe(tx) == []
        assert await ripe(tx, MORNING + timedelta(hours=1)) == [5]


async def test_cancelling_takes_what_waits_for_these_subjects_of_this_actor(either: Database) -> None:
    async with either.write() as tx:
        _, one = await nora(tx)
        _, other = await nora(tx, "2")
        plan = (wish(one, 1), wish(one, 1, repeat=True), wish(one, 2), wish(one, 1, "names"), wish(other, 1))
        for row in plan:
            await due.add(tx, row)
        await due.cancel(tx, one, "note", [1], only_repeat=True)
        assert await states(tx) == ["waiting", "cancelled", "waiting", "waiting", "waiting"]
        await due.cancel(tx, one, "note", [1])
        assert await states(tx) == ["cancelled", "cancelled", "waiting", "waiting", "waiting"]


async def states(tx: Transaction) -> list[str]:
    return [row["state"] for row in (await rows(tx, tables.due)).values()]


async def test_what_comes_next_is_found_without_looking_at_everybody(database: Database) -> None:
    """Else an idle bot works the harder the more actors it has."""
    for plan in (
        await plans(database, lambda tx: due.ripe(tx, ["telegram"], NOW, 10)),
        await plans(database, lambda tx: due.next_at(tx, ["telegram"])),
    ):
        assert "due USING INDEX ix_due_waiting" in plan
        assert "TEMP B-TREE" not in plan


async def test_talks_that_want_attention_are_found_without_looking_at_everybody(database: Database) -> None:
    for plan in (
        await plans(database, lambda tx: talks.to_wake(tx, ["telegram"], NOW, 10)),
        await plans(database, lambda tx: talks.next_wake(tx, ["telegram"])),
    ):
        assert "talk USING INDEX ix_talk_wake_at" in plan
        assert "TEMP B-TREE" not in plan
