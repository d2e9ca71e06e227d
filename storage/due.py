"""What waits for its moment: one row a nudge, its wish in local time, its instant in UTC."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal_column, select, update

from storage.database import Record, Transaction
from storage.tables import address, due

# A literal, so that the partial index is used.
_WAITING = due.c.state == literal_column("'waiting'")
_AHEAD = due.c.state.in_(("waiting", "held"))


def _reached(platforms: Collection[str]) -> ColumnElement[bool]:
    there = (address.c.platform.in_(platforms), address.c.parked_at.is_(None))
    return select(address.c.id).where(address.c.actor_id == due.c.actor_id, *there).exists()


async def add(tx: Transaction, values: dict[str, Any]) -> None:
    """Plan one; `round` goes on from the last one of its subject."""
    found = await tx.execute(
        select(func.coalesce(func.max(due.c.round), 0)).where(
            due.c.actor_id == values["actor_id"], due.c.kind == values["kind"], due.c.subject == values["subject"]
        )
    )
    await tx.execute(insert(due).values(values | {"round": found.scalar_one() + 1}))


async def is_asked(tx: Transaction, actor_id: int, kind: str, subject: int) -> bool:
    """Whether work is under way already."""
    same = (due.c.actor_id == actor_id, due.c.kind == kind, due.c.subject == subject)
    return (await tx.execute(select(due.c.id).where(_WAITING, *same).limit(1))).first() is not None


async def release(tx: Transaction, actor_id: int) -> None:
    """The zone is known: what was held for it waits for its moment."""
    await tx.execute(update(due).where(due.c.actor_id == actor_id, due.c.state == "held").values(state="waiting"))


async def cancel(
    tx: Transaction, actor_id: int, kind: str, subjects: Collection[int], *, only_repeat: bool = False
) -> None:
    """What still waits for these subjects will not come."""
    kinds = ("note", "held") if kind == "note" else (kind,)
    where = [due.c.actor_id == actor_id, due.c.kind.in_(kinds), due.c.subject.in_(subjects)]
    if only_repeat:
        where.append(due.c.repeat.is_(True))
    await tx.execute(update(due).where(_AHEAD, *where).values(state="cancelled"))


async def drop(tx: Transaction, ids: Collection[int]) -> None:
    """These very ones will not come."""
    await tx.execute(update(due).where(_AHEAD, due.c.id.in_(ids)).values(state="cancelled"))


async def handed_of(tx: Transaction, actor_id: int, kinds: Collection[str], subject: int) -> Sequence[Record]:
    """What has come of these kinds for a subject."""
    found = await tx.execute(
        select(due)
        .where(due.c.actor_id == actor_id, due.c.kind.in_(kinds), due.c.subject == subject, due.c.state == "handed")
        .order_by(due.c.id)
    )
    return found.all()


async def lately_handed(tx: Transaction, actor_id: int, kind: str, since: datetime) -> Sequence[Record]:
    """What has come of a kind and was due since an instant, the latest first."""
    found = await tx.execute(
        select(due)
        .where(due.c.actor_id == actor_id, due.c.kind == kind, due.c.state == "handed", due.c.due_at >= since)
        .order_by(due.c.due_at.desc(), due.c.id.desc())
    )
    return found.all()


async def waiting_of(tx: Transaction, actor_id: int) -> Sequence[Record]:
    """All nudges that wait for an actor or are held, the soonest first."""
    ahead = (_AHEAD, due.c.actor_id == actor_id, due.c.address_id.is_(None))
    found = await tx.execute(select(due).where(*ahead).order_by(due.c.due_at, due.c.id))
    return found.all()


async def replan(tx: Transaction, id_: int, wish: dict[str, Any], instant: datetime) -> None:
    """Give one another wish (on, at, zone) and its instant."""
    await tx.execute(update(due).where(due.c.id == id_).values(**wish, due_at=instant))


async def ripe(
    tx: Transaction, platforms: Collection[str], now: datetime, limit: int, works: Collection[str] = ()
) -> Sequence[Record]:
    """What is due for those who can be reached on these platforms, the longest due first; no kind of work."""
    found = await tx.execute(
        select(due)
        .where(_WAITING, due.c.due_at <= now, due.c.kind.not_in(works), _reached(platforms))
        .order_by(due.c.due_at, due.c.id)
        .limit(limit)
    )
    return found.all()


async def ripe_work(
    tx: Transaction, platforms: Collection[str], now: datetime, works: Collection[str], busy: Collection[int]
) -> Sequence[Record]:
    """The next work of each actor who can be reached and is not busy; what was tried before comes last."""
    ready = (_WAITING, due.c.kind.in_(works), due.c.due_at <= now, due.c.actor_id.not_in(busy), _reached(platforms))
    heads = select(func.min(due.c.id)).where(*ready).group_by(due.c.actor_id)
    found = await tx.execute(select(due).where(due.c.id.in_(heads)).order_by(due.c.attempts, due.c.id))
    return found.all()


async def take_up(tx: Transaction, id_: int) -> int:
    """One more try of some work begins; returns which one it is, 0 where nobody waits for it any more."""
    tried = update(due).where(due.c.id == id_, _WAITING).values(attempts=due.c.attempts + 1)
    return (await tx.execute(tried.returning(due.c.attempts))).scalar() or 0


async def put_off(tx: Transaction, id_: int, instant: datetime) -> None:
    """It did not work out; one more try from an instant on."""
    await tx.execute(update(due).where(due.c.id == id_, _WAITING).values(due_at=instant))


async def finish(tx: Transaction, id_: int) -> bool:
    """Its result stands in the outbox now; False where nobody waits for it any more."""
    done = update(due).where(due.c.id == id_, _WAITING).values(state="handed", attempts=0)
    return (await tx.execute(done.returning(due.c.id))).first() is not None


async def hand_over(tx: Transaction, ids: Collection[int]) -> None:
    """They stand in the outbox now."""
    await tx.execute(update(due).where(due.c.id.in_(ids)).values(state="handed"))


async def next_at(tx: Transaction, platforms: Collection[str]) -> datetime | None:
    """When the next one falls due on these platforms."""
    found = await tx.execute(select(due.c.due_at).where(_WAITING, _reached(platforms)).order_by(due.c.due_at).limit(1))
    return found.scalar()


async def wait_again(tx: Transaction, id_: int, instant: datetime) -> None:
    """What was handed over did not leave in time: it waits for another moment, to be composed anew."""
    await tx.execute(update(due).where(due.c.id == id_).values(state="waiting", due_at=instant))


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop what was settled before an instant."""
    await tx.execute(delete(due).where(due.c.state.in_(("handed", "cancelled")), due.c.due_at < before))
