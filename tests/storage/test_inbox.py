"""What came in is kept once, is worked in the order it came, and leaves no words behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from storage import inbox, tables
from storage.database import Database, Transaction
from tests.storage.conftest import NOW, plans, rows


def act(event: str, platform: str = "telegram", text: str = "hello") -> dict[str, Any]:
    who = {"platform": platform, "event": event, "team": "", "user": "1", "chat": "1"}
    return who | {"incoming": {"kind": "text", "text": text}, "written_at": NOW, "received_at": NOW}


async def waiting(tx: Transaction, limit: int = 100) -> list[str]:
    return [row.event for row in await inbox.waiting(tx, limit)]


async def test_an_event_that_comes_again_is_kept_once_as_it_first_came(either: Database) -> None:
    async with either.write() as tx:
        await inbox.store(tx, [act("m:1"), act("m:2"), act("m:1", text="the same poll")])
    async with either.write() as tx:
        await inbox.store(tx, [act("m:2", text="the next poll"), act("m:3")])
        kept = await rows(tx, tables.inbox)
    assert [(row["event"], row["incoming"]["text"]) for row in kept.values()] == [
        ("m:1", "hello"),
        ("m:2", "hello"),
        ("m:3", "hello"),
    ]


async def test_an_event_that_was_worked_is_known_for_a_month(either: Database) -> None:
    async with either.write() as tx:
        await inbox.store(tx, [act("m:1")])
        await inbox.end(tx, list(await rows(tx, tables.inbox)), NOW)
        await inbox.store(tx, [act("m:1")])
        assert await waiting(tx) == []
        await inbox.forget(tx, NOW)
        assert len(await rows(tx, tables.inbox)) == 1
        await inbox.forget(tx, NOW + timedelta(seconds=1))
        assert await rows(tx, tables.inbox) == {}


async def test_two_networks_may_use_the_same_name_for_an_event(either: Database) -> None:
    async with either.write() as tx:
        await inbox.store(tx, [act("1", "telegram"), act("1", "slack")])
        assert await waiting(tx) == ["1", "1"]


async def test_what_waits_is_given_in_the_order_it_came(either: Database) -> None:
    async with either.write() as tx:
        await inbox.store(tx, [act(f"m:{number}") for number in (3, 1, 2)])
        await inbox.store(tx, [act("m:0")])
        assert await waiting(tx) == ["m:3", "m:1", "m:2", "m:0"]
        assert await waiting(tx, 2) == ["m:3", "m:1"]


async def test_what_was_worked_loses_its_words_and_what_waits_keeps_them(either: Database) -> None:
    async with either.write() as tx:
        await inbox.store(tx, [act("m:1"), act("m:2"), act("m:3")])
        first, second, third = await rows(tx, tables.inbox)
        await inbox.end(tx, [first], NOW)
        await inbox.end(tx, [second], NOW, "failed")
        kept = await rows(tx, tables.inbox)
    assert [kept[id_]["state"] for id_ in (first, second, third)] == ["done", "failed", "waiting"]
    assert [kept[id_]["incoming"] for id_ in (first, second)] == [{}, {}]
    assert kept[third]["incoming"] == {"kind": "text", "text": "hello"}
    assert [kept[id_]["done_at"] for id_ in (first, second, third)] == [NOW, NOW, None]


async def test_what_waits_is_found_without_reading_the_rest(database: Database) -> None:
    assert "SCAN inbox USING INDEX ix_inbox_waiting" in await plans(database, lambda tx: inbox.waiting(tx, 10))
