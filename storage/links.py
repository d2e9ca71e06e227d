"""The codes that join two chats, who came with one, and who guessed; of a code only its hash is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.database import Record, Transaction
from storage.tables import address, link_code, link_request, link_try

Account = tuple[str, str, str]
"""Who guesses: platform, team, user. Not the actor, which linking may change."""

_GIVER, _TAKER = address.alias("giver"), address.alias("taker")


async def give(tx: Transaction, address_id: int, hashed: str, now: datetime) -> int:
    """A new code of an address; returns its id."""
    values = {"address_id": address_id, "hashed": hashed, "given_at": now}
    return int((await tx.execute(insert(link_code).values(values).returning(link_code.c.id))).scalar_one())


async def replace_codes(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """Close the open codes of an actor, at whatever address they were given; returns them."""
    mine = select(address.c.id).where(address.c.actor_id == actor_id)
    closed = await tx.execute(
        update(link_code)
        .where(link_code.c.address_id.in_(mine), link_code.c.state == "open")
        .values(state="replaced")
        .returning(link_code.c.id, link_code.c.address_id)
    )
    return closed.all()


async def open_code(tx: Transaction, hashed: str, since: datetime) -> Record | None:
    """The open code of this hash that was given since an instant, with the actor who gave it (`actor_id`)."""
    found = await tx.execute(
        select(link_code, address.c.actor_id)
        .join(address)
        .where(link_code.c.hashed == hashed, link_code.c.state == "open", link_code.c.given_at >= since)
        .order_by(link_code.c.id.desc())
        .limit(1)
    )
    return found.first()


async def close_code(tx: Transaction, code_id: int, state: str) -> None:
    """It opens nothing any more."""
    await tx.execute(update(link_code).where(link_code.c.id == code_id).values(state=state))


async def request(tx: Transaction, code_id: int, address_id: int, state: str, now: datetime) -> int:
    """An address that came with a code; returns the id of its request."""
    values = {"code_id": code_id, "address_id": address_id, "state": state, "asked_at": now}
    return int((await tx.execute(insert(link_request).values(values).returning(link_request.c.id))).scalar_one())


def _requests() -> Any:
    """Requests with the address and the actor of who gave the code, and the actor of who came with it."""
    columns = (
        link_request,
        link_code.c.address_id.label("giver_address_id"),
        _GIVER.c.actor_id.label("giver_id"),
        _TAKER.c.actor_id.label("taker_id"),
    )
    return (
        select(*columns)
        .join(link_code, link_code.c.id == link_request.c.code_id)
        .join(_GIVER, _GIVER.c.id == link_code.c.address_id)
        .join(_TAKER, _TAKER.c.id == link_request.c.address_id)
    )


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """A request in which the actor has a say: who gave the code, or who came with it."""
    is_mine = or_(_GIVER.c.actor_id == actor_id, _TAKER.c.actor_id == actor_id)
    found = await tx.execute(_requests().where(link_request.c.id == id_, is_mine))
    return found.first()


async def pending(tx: Transaction, code_id: int) -> Sequence[Record]:
    """All who came with a code and were not answered yet."""
    waits = link_request.c.state.in_(("unsure", "sure", "open"))
    found = await tx.execute(_requests().where(link_request.c.code_id == code_id, waits))
    return found.all()


async def settle(tx: Transaction, ids: Collection[int], state: str) -> None:
    """What became of requests."""
    await tx.execute(update(link_request).where(link_request.c.id.in_(ids)).values(state=state))


async def tries(tx: Transaction, account: Account) -> Record | None:
    """How many wrong codes came from an account in a row, and when the last one did."""
    return (await tx.execute(select(link_try).where(*_is(account)))).first()


def _is(account: Account) -> Any:
    platform, team, user = account
    return link_try.c.platform == platform, link_try.c.team == team, link_try.c.user == user


async def write_tries(tx: Transaction, account: Account, wrong: int, now: datetime) -> None:
    """So many wrong codes by now."""
    platform, team, user = account
    kept = {"wrong": wrong, "at": now}
    into = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    row = into(link_try).values(platform=platform, team=team, user=user, **kept)
    await tx.execute(row.on_conflict_do_update(index_elements=["platform", "team", "user"], set_=kept))


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop the codes that were given before an instant, their requests, and the tries of so long ago."""
    old = select(link_code.c.id).where(link_code.c.given_at < before)
    await tx.execute(delete(link_request).where(link_request.c.code_id.in_(old)))
    await tx.execute(delete(link_code).where(link_code.c.given_at < before))
    await tx.execute(delete(link_try).where(link_try.c.at < before))
