"""What each turn did to the records, row by row, so that it can be taken back and put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Record, Transaction
from storage.tables import actor, change, metadata

# What the clock or another change re-plans; to differ there is not to be changed by hand.
_RESTLESS = {
    "actor": {"told_no_news", "profile_name", "home_address_id", "has_home"},
    "note": {"shown_on", "subject", "body", "news"},
    "appointment": {"sequence", "zone"},
    "project": {"asked_silent_on"},
}


class Overtaken(Exception):
    """Something later stands on it."""


class Change:
    """The writing hand of one turn: every record is inserted, updated and deleted through it."""

    def __init__(self, tx: Transaction, actor_id: int) -> None:
        self.tx = tx
        self.actor_id = actor_id
        self._rows: list[dict[str, Any]] = []

    async def insert(self, table: Table, **values: Any) -> int:
        """Add a record of the actor's; returns its id."""
        if "actor_id" in table.c:
            values["actor_id"] = self.actor_id
        row = (await self.tx.execute(insert(table).values(values).returning(table))).one()
        self._rows.append({"table": table.name, "id": row.id, "before": None, "after": _plain(table, row)})
        return int(row.id)

    async def update(self, table: Table, id_: int, **values: Any) -> None:
        """Change a record of the actor's."""
        before = (await self.tx.execute(_mine(table, id_, self.actor_id))).one()
        after = (await self.tx.execute(update(table).where(table.c.id == id_).values(values).returning(table))).one()
        self._rows.append(
            {"table": table.name, "id": id_, "before": _plain(table, before), "after": _plain(table, after)}
        )

    async def delete(self, table: Table, id_: int) -> None:
        """Drop a record of the actor's."""
        before = (await self.tx.execute(_mine(table, id_, self.actor_id))).one()
        await self.tx.execute(delete(table).where(table.c.id == id_))
        self._rows.append({"table": table.name, "id": id_, "before": _plain(table, before), "after": None})

    async def keep(self, words: str, subject: str, now: datetime) -> int:
        """Write the change down under one line of words and the record it is about; returns its id."""
        values = {"actor_id": self.actor_id, "at": now, "words": words, "subject": subject, "rows": self._rows}
        return int((await self.tx.execute(insert(change).values(values).returning(change.c.id))).scalar_one())


def _mine(table: Table, id_: int, actor_id: int) -> Any:
    owner = table.c.id if table is actor else table.c.actor_id
    return select(table).where(table.c.id == id_, owner == actor_id)


async def last(tx: Transaction, actor_id: int) -> Record | None:
    """The actor's last change that was not taken back."""
    found = await tx.execute(
        select(change)
        .where(change.c.actor_id == actor_id, change.c.undone_at.is_(None))
        .order_by(change.c.id.desc())
        .limit(1)
    )
    return found.first()


async def find(tx: Transaction, actor_id: int, id_: int) -> Record | None:
    """One change of the actor's."""
    found = await tx.execute(select(change).where(change.c.id == id_, change.c.actor_id == actor_id))
    return found.first()


async def last_about(tx: Transaction, actor_id: int, subject: str) -> Record | None:
    """The last change to a subject that was not taken back."""
    mine = (change.c.actor_id == actor_id, change.c.subject == subject, change.c.undone_at.is_(None))
    return (await tx.execute(select(change).where(*mine).order_by(change.c.id.desc()).limit(1))).first()


async def take_along(tx: Transaction, row: Record, table: Table, records: Sequence[Record]) -> Record:
    """Let records that came later and hang on it be taken back, and put back, with a change."""
    known = {(r["table"], r["id"]) for r in row.rows}
    more = [
        {"table": table.name, "id": r.id, "before": None, "after": _plain(table, r)}
        for r in records
        if (table.name, r.id) not in known
    ]
    wider = update(change).where(change.c.id == row.id).values(rows=[*row.rows, *more])
    wide: Record = (await tx.execute(wider.returning(change))).one()
    return wide


async def undo(tx: Transaction, row: Record, now: datetime) -> None:
    """Put the records back as they were; raises `Overtaken`, having changed nothing."""
    await _turn_back(tx, [(r, r["after"], r["before"]) for r in reversed(row.rows)], row.actor_id)
    await tx.execute(update(change).where(change.c.id == row.id).values(undone_at=now))


async def redo(tx: Transaction, row: Record) -> None:
    """Make the change again; raises `Overtaken`, having changed nothing."""
    await _turn_back(tx, [(r, r["before"], r["after"]) for r in row.rows], row.actor_id)
    await tx.execute(update(change).where(change.c.id == row.id).values(undone_at=None))


async def _turn_back(tx: Transaction, steps: list[tuple[dict[str, Any], Any, Any]], actor_id: int) -> None:
    try:
        async with tx.begin_nested():
            for row, expected, wanted in steps:
                await _put(tx, metadata.tables[row["table"]], row["id"], (expected, wanted), actor_id)
    except IntegrityError as error:
        raise Overtaken from error


async def _put(tx: Transaction, table: Table, id_: int, states: tuple[Any, Any], actor_id: int) -> None:
    expected, wanted = states
    found = (await tx.execute(_mine(table, id_, actor_id))).first()
    there = _plain(table, found) if found else None
    if there and expected:  # what was remembered before a column came knows nothing of it
        there = {name: value for name, value in there.items() if name in expected}
    if _settled(table, there) != _settled(table, expected):
        raise Overtaken
    if wanted is None:
        await tx.execute(delete(table).where(table.c.id == id_))
    elif expected is None:
        await tx.execute(insert(table).values(_typed(table, wanted)))
    else:
        # Only what this change changed: what the clock wrote beside it meanwhile stays.
        values = {name: value for name, value in wanted.items() if value != expected[name]}
        if values:
            await tx.execute(update(table).where(table.c.id == id_).values(_typed(table, values)))


def _settled(table: Table, row: dict[str, Any] | None) -> dict[str, Any] | None:
    restless = _RESTLESS.get(table.name, set())
    return row and {name: value for name, value in row.items() if name not in restless}


def _plain(table: Table, row: Record) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in table.c.keys()}  # noqa: SIM118 - a ColumnCollection is no dict
    return {
        name: value.isoformat() if isinstance(value, date | datetime | time) else value
        for name, value in values.items()
    }


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type.python_type, value) for name, value in row.items() if name in table.c}


def _value(kind: type, value: Any) -> Any:
    return kind.fromisoformat(value) if kind in (date, datetime, time) and isinstance(value, str) else value
