"""What goes out leaves in order for each chat, and no chat waits for another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import actors, outbox, tables
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, new_address, plans, rows

SOON = NOW + timedelta(seconds=30)
ALL = (100, 100, 100)


def message(address_id: int, subject: str = "", **values: Any) -> dict[str, Any]:
    row = {"address_id": address_id, "subject": subject, "message": {"body": [subject]}, "created_at": NOW}
    return {"due_id": None, "not_before": None} | row | values


def outcome(row: int, ending: str = "sent", **values: Any) -> dict[str, Any]:
    return {"row": row, "ending": ending, "message_id": "", "reason": "", "wait": None, "now": NOW} | values


async def claim(tx: Transaction, limits: tuple[int, int, int] = ALL, now: datetime = NOW) -> list[str]:
    return [row.subject for row in await outbox.claim(tx, ["telegram"], now, limits)]


async def ids(tx: Transaction) -> dict[str, int]:
    return {row["subject"]: id_ for id_, row in (await rows(tx, tables.outbox)).items()}


async def test_each_chat_gets_its_next_message_only_after_the_last_one_is_settled(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        await outbox.add(tx, [message(nora, "n1"), message(nora, "n2"), message(jo, "j1"), message(nora, "n3")])
        assert await claim(tx) == ["n1", "j1"]
        assert await claim(tx) == []
        await outbox.mark(tx, [outcome((await ids(tx))["n1"])])
        assert await claim(tx) == ["n2"]


async def test_what_is_claimed_says_where_it_goes_and_how_often_it_was_tried(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_address(tx, "7", team="T1")
        await outbox.add(tx, [message(nora, "n1")])
        (row,) = await outbox.claim(tx, ["telegram"], NOW, ALL)
        assert (row.platform, row.team, row.user, row.chat) == ("telegram", "T1", "7", "7")
        (kept,) = (await rows(tx, tables.outbox)).values()
        assert (kept["state"], kept["attempts"]) == ("sending", 1)


async def test_a_message_that_is_held_back_holds_up_its_own_chat_only(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        await outbox.add(tx, [message(nora, "n1", not_before=SOON), message(nora, "n2"), message(jo, "j1")])
        assert await claim(tx) == ["j1"]
        assert await outbox.next_wait(tx, ["telegram"]) == SOON
        assert await claim(tx, now=SOON) == ["n1"]


async def test_nothing_leaves_for_a_parked_chat_until_its_person_writes_again(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        await outbox.add(tx, [message(nora, "n1", not_before=SOON), message(jo, "j1")])
        await actors.park(tx, nora, "blocked", NOW)
        assert await claim(tx, now=SOON) == ["j1"]
        assert await outbox.next_wait(tx, ["telegram"]) is None
        await actors.park(tx, nora, "", None)
        assert await claim(tx, now=SOON) == ["n1"]


async def test_a_network_takes_its_own_messages_only(either: Database) -> None:
    async with either.write() as tx:
        await outbox.add(tx, [message(await new_address(tx, "1", "slack"), "s1", not_before=SOON)])
        assert await claim(tx, now=SOON) == []
        assert await outbox.next_wait(tx, ["telegram"]) is None
        assert await outbox.next_wait(tx, ["telegram", "slack"]) == SOON


async def test_replies_leave_before_what_the_clock_made(either: Database) -> None:
    async with either.write() as tx:
        chats = [await new_address(tx, str(number)) for number in range(6)]
        nudges = [message(chat, f"nudge {number}", due_id=number) for number, chat in enumerate(chats[:4], 1)]
        await outbox.add(tx, [*nudges, message(chats[4], "reply 1"), message(chats[5], "reply 2")])
        assert await claim(tx, (4, 1, 1)) == ["reply 1", "reply 2", "nudge 1"]
        assert await claim(tx, (1, 4, 1)) == ["nudge 2"]
        assert await claim(tx, (4, 0, 1)) == []


@pytest.mark.parametrize(("ending", "next_is"), [("sent", "n2"), ("unknown", "n2"), ("failed", "n2"), ("new", "n1")])
async def test_only_what_is_to_be_tried_again_stays_at_the_head(either: Database, ending: str, next_is: str) -> None:
    async with either.write() as tx:
        nora = await new_address(tx, "1")
        await outbox.add(tx, [message(nora, "n1"), message(nora, "n2")])
        await claim(tx)
        first = (await ids(tx))["n1"]
        await outbox.mark(tx, [outcome(first, ending, message_id="77", reason="why")])
        assert await claim(tx) == [next_is]
        kept = (await rows(tx, tables.outbox))[first]
        assert (kept["platform_id"], kept["why"], kept["sent_at"]) == ("77", "why", NOW)


async def test_what_a_predecessor_had_under_its_hands_is_sent_again(either: Database) -> None:
    async with either.write() as tx:
        nora, other = await new_address(tx, "1"), await new_address(tx, "1", "slack")
        await outbox.add(tx, [message(nora, "n1"), message(nora, "n2"), message(other, "s1")])
        await outbox.claim(tx, ["telegram", "slack"], NOW, ALL)
        await outbox.reopen(tx, ["telegram"])
        assert await claim(tx) == ["n1"]
        states = {row["subject"]: row["state"] for row in (await rows(tx, tables.outbox)).values()}
        assert states == {"n1": "sending", "n2": "new", "s1": "sending"}


async def test_a_subject_is_found_in_the_last_message_that_showed_it_in_this_chat(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        shown = [message(nora, "note:5"), message(nora, "note:5"), message(nora, "note:5"), message(jo, "note:5")]
        await outbox.add(tx, shown)
        first, second, third, others = sorted(await rows(tx, tables.outbox))
        await outbox.mark(tx, [outcome(row, message_id=f"m{row}") for row in (first, second, others)])
        found = await outbox.shown_as(tx, nora, "note:5", third)
        assert found is not None
        assert found.platform_id == f"m{second}"
        assert await outbox.shown_as(tx, nora, "note:5", first) is None
        assert await outbox.shown_as(tx, nora, "note:6", third) is None
        assert await outbox.subject_of(tx, nora, f"m{first}") == "note:5"
        assert await outbox.subject_of(tx, nora, f"m{others}") is None


async def test_of_a_flood_of_replies_only_the_newest_leaves(either: Database) -> None:
    async with either.write() as tx:
        nora, jo = await new_address(tx, "1"), await new_address(tx, "2")
        await outbox.add(tx, [message(nora, f"n{number}") for number in range(5)])
        await outbox.add(tx, [message(nora, "nudge", due_id=1), message(jo, "j1"), message(jo, "j2")])
        await claim(tx)
        (piled,) = await outbox.piled_up(tx, ["telegram"], 3)
        assert piled.address_id == nora
        await outbox.overtake(tx, nora, piled.newest)
        states = {row["subject"]: row["state"] for row in (await rows(tx, tables.outbox)).values()}
        left = {"n0": "sending", "n4": "new", "nudge": "new", "j1": "sending", "j2": "new"}
        assert states == left | {"n1": "failed", "n2": "failed", "n3": "failed"}
        assert await outbox.piled_up(tx, ["telegram"], 3) == []


@pytest.mark.parametrize("query", ["claim", "next_wait", "piled_up"])
async def test_what_is_open_is_found_without_reading_what_was_sent(database: Database, query: str) -> None:
    """Else each answer costs as much as all that was ever said."""
    asked = {
        "claim": lambda tx: outbox.claim(tx, ["telegram"], NOW, ALL),
        "next_wait": lambda tx: outbox.next_wait(tx, ["telegram"]),
        "piled_up": lambda tx: outbox.piled_up(tx, ["telegram"], 20),
    }
    plan = await plans(database, asked[query])
    assert "INDEX ix_outbox_open" in plan
    assert "ix_outbox_subject" not in plan
    assert "ix_outbox_address_id" not in plan
    assert "address USING INDEX sqlite_autoindex_address_1 (platform=?)" not in plan
