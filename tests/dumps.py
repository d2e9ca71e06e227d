"""What a database holds, in a form in which two databases can be compared.

Ids are renumbered in the order of creation, wherever they stand, so that rows which were rolled back or belong to
nobody's data leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Table, select

from storage.database import Database
from storage.tables import metadata

Row = dict[str, Any]
Dump = dict[str, list[Row]]
Numbers = dict[str, dict[int, int]]
"""For each table: the id as it stands, and its place among all ids there ever were."""

THE_WAY_IN_AND_OUT = frozenset({"address", "inbox", "outbox", "pulse"})
# The kind of a nudge, and the table its subject is in; that of a morning is in none.
_SUBJECTS = {"note": "note", "held": "note", "names": "audition", "answer": "stage"}
_SUBJECTS |= dict.fromkeys(("briefing", "soon", "went", "tape"), "appointment")
_SUBJECTS |= dict.fromkeys(("quiet", "booking"), "project")
_IN_A_LOG = {"note": "note", "audition": "audition", "record": "audition", "project_id": "project", "maybe": "person"}
_SUBJECT = re.compile(r"(note|audition|talk|file|appointment|stage|quiet|booking):([0-9]+)")
_KNOWN_PERSON = re.compile(r"((?:talk:|which:)?p)([0-9]+)")


async def dump(database: Database, leave_out: Collection[str] = THE_WAY_IN_AND_OUT) -> Dump:
    """All rows of every table but these, in the order of creation."""
    async with database.read() as tx:
        raw = {table.name: [dict(r._mapping) for r in await tx.execute(select(table))] for table in _tables()}
    numbers = {name: _numbers(name, raw) for name in raw}
    return {
        name: [_renumbered(metadata.tables[name], row, numbers) for row in sorted(rows, key=_place)]
        for name, rows in raw.items()
        if name not in leave_out
    }


def _tables() -> list[Table]:
    return list(metadata.sorted_tables)


def _place(row: Row) -> Any:
    return row["id"] if "id" in row else row["platform"]


def _numbers(name: str, raw: Dump) -> dict[int, int]:
    """Also of what was deleted since, where a change remembers it."""
    ids = {row["id"] for row in raw[name] if "id" in row}
    ids |= {step["id"] for change in raw["change"] for step in change["rows"] if step["table"] == name}
    return {id_: place for place, id_ in enumerate(sorted(ids), 1)}


def _renumbered(table: Table, row: Row, numbers: Numbers) -> Row:
    new = _with_keys(table, row, numbers)
    if table.name == "due":
        if row["kind"] in _SUBJECTS:
            new["subject"] = _new(numbers, _SUBJECTS[row["kind"]], row["subject"])
    elif table.name == "note":
        new["news"] = [_new(numbers, "news", id_) for id_ in row["news"]]
    elif table.name == "talk":
        new["log"] = _log(row["log"], numbers)
    elif table.name == "change":
        new["subject"] = _subject(row["subject"], numbers)
        new["rows"] = [_step(step, numbers) for step in row["rows"]]
    return new


def _with_keys(table: Table, row: Mapping[str, Any], numbers: Numbers) -> Row:
    """The row with its own id and its foreign keys renumbered."""
    new = dict(row)
    for column in table.columns:
        parents = [key.column.table.name for key in column.foreign_keys] or [table.name] * (column.name == "id")
        if parents and new.get(column.name) is not None:
            new[column.name] = _new(numbers, parents[0], new[column.name])
    return new


def _step(step: Row, numbers: Numbers) -> Row:
    table = metadata.tables[step["table"]]
    states = {when: step[when] and _renumbered(table, step[when], numbers) for when in ("before", "after")}
    return step | states | {"id": numbers[table.name][step["id"]]}


def _subject(words: str, numbers: Numbers) -> str:
    found = _SUBJECT.fullmatch(words)
    return f"{found[1]}:{_new(numbers, _SUBJECTS.get(found[1], found[1]), found[2])}" if found else words


def _log(log: list[Any], numbers: Numbers) -> list[Any]:
    return [[_with_people(key, numbers), _answer(key, value, numbers)] for key, value in log]


def _answer(key: str, value: Any, numbers: Numbers) -> Any:
    """An answer as it was kept: under some keys stands an id, and a person who is known carries one."""
    if isinstance(value, list):
        return [_answer(key, item, numbers) for item in value]
    if isinstance(value, dict):
        known = {"id": _new(numbers, "person", value["id"])} if isinstance(value.get("id"), int) else {}
        return {name: _answer(name, item, numbers) for name, item in value.items()} | known
    if isinstance(value, int) and not isinstance(value, bool) and key in _IN_A_LOG:
        return _new(numbers, _IN_A_LOG[key], value)
    return _with_people(value, numbers) if isinstance(value, str) else value


def _with_people(words: str, numbers: Numbers) -> str:
    """The key of a known person is "p3"."""
    found = _KNOWN_PERSON.fullmatch(words)
    return f"{found[1]}{_new(numbers, 'person', found[2])}" if found else words


def _new(numbers: Numbers, table: str, id_: int | str) -> int:
    """The number of an id; one that is nowhere any more keeps its own."""
    return numbers[table].get(int(id_), int(id_))
