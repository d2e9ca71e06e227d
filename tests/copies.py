"""One person's records and screen, copied for many: the same talk, standing where it stands.

The ids of each table begin at a number of their own, so that they are found wherever they are written.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, delete, insert, select, text

from handlers.messages import Message, Sender
from storage.database import Database, Record
from storage.tables import address, link_code, link_request, metadata
from tests.stage import Person, Shown, Stage

_TABLES = [table for table in metadata.sorted_tables if "id" in table.c]
_BASE = {table.name: number * 10_000_000 for number, table in enumerate(_TABLES, 1)}
_ID = re.compile(r"(?<![0-9])([1-9][0-9]?0000[0-9]{3})(?![0-9])")
_STRIDE = 1000
_GO_ON = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :base)"
_COPIED = [table for table in _TABLES if table.name != "inbox"]


async def empty(database: Database) -> None:
    """Drop all rows, and let the ids of each table begin at its own number."""
    async with database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            await tx.execute(delete(table))
        begin = _GO_ON
        if database.is_sqlite:
            await tx.execute(text("DELETE FROM sqlite_sequence"))
            begin = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :base)"
        for table, base in _BASE.items():
            await tx.execute(text(begin), {"name": table, "base": base})


async def rows_of(database: Database, sender: Sender) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of somebody, by its tables."""
    rows: dict[str, list[dict[str, Any]]] = {}
    async with database.read() as tx:
        mine = (address.c[name] == value for name, value in asdict(sender).items())
        home = (await tx.execute(select(address).where(*mine))).one()
        for table in _COPIED:
            found = await tx.execute(select(table).where(_owner(table, home)).order_by(table.c.id))
            rows[table.name] = [dict(row._mapping) for row in found]
    return rows


class Original:
    """A person with all that is kept of them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.rows: dict[str, list[dict[str, Any]]] = {}

    async def read(self) -> None:
        self.rows = await rows_of(self.person.stage.database, self.person.sender)

    async def copy(self, many: int) -> list[Person]:
        """So many others in exactly this place; once only, for the ids after theirs are the bot's."""
        stage, numbers = self.person.stage, range(1, many + 1)
        async with stage.database.write() as tx:
            for table in _COPIED:
                if rows := [self._row(table.name, row, number) for number in numbers for row in self.rows[table.name]]:
                    await tx.execute(insert(table), rows)
                if rows and not stage.database.is_sqlite:
                    await tx.execute(text(_GO_ON), {"name": table.name, "base": max(row["id"] for row in rows)})
        return [self._person(stage, number) for number in numbers]

    def _row(self, table: str, row: dict[str, Any], number: int) -> dict[str, Any]:
        moved: dict[str, Any] = _moved(row, number * _STRIDE)
        return moved | ({"user": _user(number), "chat": _user(number)} if table == "address" else {})

    def _person(self, stage: Stage, number: int) -> Person:
        person = stage.person(_user(number), self.person.name)
        stage.phone.chats[person.sender.chat] = [_shown(shown, number * _STRIDE) for shown in self.person.screen]
        person.news()
        return person


def _owner(table: Table, home: Record) -> Any:
    if table is link_request:
        return table.c.code_id.in_(select(link_code.c.id).where(link_code.c.address_id == home.id))
    if table.name in ("actor", "address"):
        return table.c.id == (home.actor_id if table.name == "actor" else home.id)
    return table.c.actor_id == home.actor_id if "actor_id" in table.c else table.c.address_id == home.id


def _user(number: int) -> str:
    return str(500_000 + number)


def _shown(shown: Shown, by: int) -> Shown:
    copy = deepcopy(shown)
    copy.message = Message.from_json(_moved(shown.message.to_json(), by))
    return copy


def _moved(value: Any, by: int) -> Any:
    """The value with every id in it moved on."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value + by if _ID.fullmatch(str(value)) else value
    if isinstance(value, str):
        return _ID.sub(lambda found: str(int(found[1]) + by), value)
    if isinstance(value, dict):
        return {_moved(key, by): _moved(item, by) for key, item in value.items()}
    return [_moved(item, by) for item in value] if isinstance(value, list) else value
