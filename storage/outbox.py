"""What goes out: a row before it is sent, one at a time and in order for each address."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, literal_column, or_, select, update

from storage.database import Record, Transaction
from storage.tables import address, outbox

# A literal, so that the partial index is used.
_OPEN: ColumnElement[bool] = literal_column("outbox.state IN ('new', 'sending')")


# What is shown beside the messages and is good for some seconds only.
_IS_FORM: ColumnElement[bool] = and_(outbox.c.surface.is_not(None), outbox.c.good_until.is_not(None))
_HAS_FILE: ColumnElement[bool] = outbox.c.document_id.is_not(None)

_TO = address.alias()
_EARLIER = outbox.alias()


def _reached(platforms: Collection[str]) -> ColumnElement[bool]:
    """A condition, not a join: a join would begin at all addresses and walk through what they were ever sent."""
    there = (_TO.c.platform.in_(platforms), _TO.c.parked_at.is_(None))
    return select(_TO.c.id).where(_TO.c.id == outbox.c.address_id, *there).exists()


async def add(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Put messages into the outbox, in their order."""
    await tx.execute(insert(outbox), list(rows))


async def claim(
    tx: Transaction, platforms: Collection[str], now: datetime, limits: tuple[int, int, int]
) -> Sequence[Record]:
    """Take the next message of each address that has none under way; joined with where it goes.

    The limits are for all, for those that the clock made, and for those with a file.
    """
    limit, nudges, files = limits
    # A form waits for no message before it: the chance to open it is gone in three seconds.
    heads_of_all = select(func.min(outbox.c.id)).where(_OPEN).group_by(outbox.c.address_id)
    first = heads_of_all.union(select(outbox.c.id).where(_OPEN, _IS_FORM))
    ready = and_(outbox.c.state == "new", or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now))
    with_file = select(outbox.c.id).where(outbox.c.id.in_(first), _HAS_FILE, ready, _reached(platforms))
    next_files = with_file.order_by(outbox.c.attempts, outbox.c.id).limit(files)
    found = await tx.execute(
        select(outbox, address.c.platform, address.c.team, address.c.user, address.c.chat)
        .join(address)
        .where(outbox.c.id.in_(first), ready, _reached(platforms), or_(~_HAS_FILE, outbox.c.id.in_(next_files)))
        # Replies before what the clock made; what was tried before comes last, so that one who is killed again
        # and again at the same place does not send the same message each time.
        .order_by(outbox.c.due_id.is_not(None), ~_IS_FORM, outbox.c.attempts, outbox.c.id)
        .limit(limit)
    )
    heads = found.all()
    rows = [row for row in heads if row.due_id is None]
    rows += [row for row in heads if row.due_id is not None][:nudges]
    if rows:
        await tx.execute(
            update(outbox)
            .where(outbox.c.id == bindparam("row"))
            .values(state="sending", attempts=outbox.c.attempts + 1),
            [{"row": row.id} for row in rows],
        )
    return rows


async def drop(tx: Transaction, address_ids: Collection[int], subject: str) -> None:
    """What shows a subject there and has not left: something newer comes in its place."""
    if address_ids:
        waits = (outbox.c.address_id.in_(address_ids), outbox.c.subject == subject, outbox.c.state == "new")
        await tx.execute(update(outbox).where(*waits).values(state="failed", why="overtaken"))


async def say_instead(tx: Transaction, id_: int) -> None:
    """A surface could not be shown, or not in time: its message is said."""
    await tx.execute(update(outbox).where(outbox.c.id == id_).values(surface=None, good_until=None))


async def without_file(tx: Transaction, id_: int, message: dict[str, Any]) -> None:
    """Its file cannot be brought: it is said without, in other words."""
    await tx.execute(update(outbox).where(outbox.c.id == id_).values(message=message, document_id=None))


async def shown_as(tx: Transaction, address_id: int, subject: str, before: int) -> Record | None:
    """The last message that showed a subject, among those sent earlier than a row; `on_file` where it had a file."""
    same = (_EARLIER.c.address_id == outbox.c.address_id, _EARLIER.c.subject == outbox.c.subject)
    had_file = exists().where(
        *same, _EARLIER.c.platform_id == outbox.c.platform_id, _EARLIER.c.document_id.is_not(None)
    )
    found = await tx.execute(
        select(outbox.c.platform_id, outbox.c.message, had_file.label("on_file"))
        .where(outbox.c.address_id == address_id, outbox.c.subject == subject)
        .where(outbox.c.id < before, outbox.c.platform_id != "")
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found.first()


async def is_shown(tx: Transaction, actor_id: int, subject: str) -> bool:
    """Whether any message about a subject has arrived, at whichever address of the actor's."""
    mine = select(_TO.c.id).where(_TO.c.actor_id == actor_id)
    found = await tx.execute(
        select(outbox.c.id)
        .where(outbox.c.address_id.in_(mine), outbox.c.subject == subject, outbox.c.platform_id != "")
        .limit(1)
    )
    return found.first() is not None


async def is_said(tx: Transaction, actor_id: int, subject: str) -> bool:
    """Whether anything about a subject was put into the outbox, arrived or not."""
    mine = select(_TO.c.id).where(_TO.c.actor_id == actor_id)
    of_it = (outbox.c.address_id.in_(mine), outbox.c.subject == subject)
    return (await tx.execute(select(outbox.c.id).where(*of_it).limit(1))).first() is not None


async def last_sent(tx: Transaction, address_id: int) -> str:
    """The platform's id of the last message that arrived; empty where none did."""
    found = await tx.execute(
        select(outbox.c.platform_id)
        .where(outbox.c.address_id == address_id, outbox.c.platform_id != "")
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found.scalar() or ""


async def last_of(tx: Transaction, address_id: int, subjects: Collection[str]) -> str:
    """Which of these subjects was shown last at an address; empty where none was."""
    found = await tx.execute(
        select(outbox.c.subject)
        .where(outbox.c.address_id == address_id, outbox.c.subject.in_(subjects))
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found.scalar() or ""


async def last_with_buttons(tx: Transaction, address_id: int) -> dict[str, Any] | None:
    """The message an address was last sent, where it had buttons."""
    found = await tx.execute(
        select(outbox.c.message)
        .where(outbox.c.address_id == address_id, outbox.c.quiet.is_(False), outbox.c.message.is_not(None))
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    message: dict[str, Any] | None = found.scalar()
    return message if message and message["choices"] else None


async def last_said(tx: Transaction, address_id: int) -> Record | None:
    """What an address was last told: subject, message, created_at."""
    found = await tx.execute(
        select(outbox.c.subject, outbox.c.message, outbox.c.created_at)
        .where(outbox.c.address_id == address_id, outbox.c.quiet.is_(False), outbox.c.message.is_not(None))
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found.first()


async def subject_of(tx: Transaction, address_id: int, platform_id: str) -> str | None:
    """What a message of ours shows, by the platform's id of it."""
    found = await tx.execute(
        select(outbox.c.subject)
        .where(outbox.c.address_id == address_id, outbox.c.platform_id == platform_id)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return found.scalar()


_MARK = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("ending"),
        platform_id=bindparam("message_id"),
        why=bindparam("reason"),
        not_before=bindparam("wait"),
        sent_at=bindparam("now"),
    )
)


async def mark(tx: Transaction, outcomes: Sequence[dict[str, Any]]) -> None:
    """Write down how sending went: row, ending, message_id, reason, wait, now."""
    await tx.execute(_MARK, list(outcomes))


async def reopen(tx: Transaction, platforms: Collection[str]) -> None:
    """Give back what a process that is gone had taken: it may have left or not, so it is sent again."""
    ours = select(address.c.id).where(address.c.platform.in_(platforms))
    await tx.execute(
        update(outbox).where(outbox.c.state == "sending", outbox.c.address_id.in_(ours)).values(state="new")
    )


async def next_wait(tx: Transaction, platforms: Collection[str]) -> datetime | None:
    """When the earliest message that was put off may be tried again."""
    found = await tx.execute(
        select(func.min(outbox.c.not_before)).where(_OPEN, outbox.c.not_before.is_not(None), _reached(platforms))
    )
    moment: datetime | None = found.scalar()
    return moment


async def take_back(tx: Transaction, address_id: int) -> list[int]:
    """The nudges that still wait to leave for an address do not leave; returns the ids of their due rows."""
    waits = (outbox.c.address_id == address_id, outbox.c.state == "new", outbox.c.due_id.is_not(None))
    taken = await tx.execute(
        update(outbox).where(*waits).values(state="expired", why="elsewhere").returning(outbox.c.due_id)
    )
    return [int(due_id) for due_id in taken.scalars()]


async def forget_words(tx: Transaction, before: datetime) -> None:
    """Drop the words of what was settled before an instant."""
    settled = and_(outbox.c.state.not_in(("new", "sending")), outbox.c.created_at < before)
    await tx.execute(update(outbox).where(settled, outbox.c.message.is_not(None)).values(message=None, surface=None))


async def piled_up(tx: Transaction, platforms: Collection[str], most: int) -> Sequence[Record]:
    """The addresses for which more replies wait than anybody would read: address_id, newest."""
    found = await tx.execute(
        select(outbox.c.address_id, func.max(outbox.c.id).label("newest"))
        .where(_OPEN, outbox.c.due_id.is_(None), ~_HAS_FILE, _reached(platforms))
        .group_by(outbox.c.address_id)
        .having(func.count() > most)
    )
    return found.all()


async def is_said_since(tx: Transaction, address_id: int, subject: str, since: datetime) -> bool:
    """Whether something about a subject was put into the outbox since an instant."""
    found = await tx.execute(
        select(outbox.c.id)
        .where(outbox.c.address_id == address_id, outbox.c.subject == subject, outbox.c.created_at > since)
        .limit(1)
    )
    return found.first() is not None


async def overtake(tx: Transaction, address_id: int, newest: int) -> None:
    """Of the replies that wait, only the newest is still to leave, and the files that were asked for."""
    mine = (outbox.c.address_id == address_id, outbox.c.id < newest)
    rest = (*mine, outbox.c.state == "new", outbox.c.due_id.is_(None), ~_HAS_FILE)
    await tx.execute(update(outbox).where(*rest).values(state="failed", why="overtaken"))
