"""Works what came in: the waiting turns share a transaction; one that fails is tried once more, alone."""

from __future__ import annotations

import logging
from asyncio import gather
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as SqlTimeout

from handlers.desk import Alone, Desk, OpenTalk
from handlers.home import SUBJECT, pages
from handlers.messages import Attached, Incoming, Outgoing, Received, Sender, plain, surface_json
from handlers.outside import Outside, Profile
from handlers.reading.places import is_zone
from handlers.turns import turn
from storage import actors, inbox, outbox, talks
from storage.database import Database, Record, Transaction
from storage.text import LONGEST_TEXT, clean

log = logging.getLogger(__name__)

BATCH = 50  # what comes in waits for the turns that share a transaction
# The database's trouble, not the turn's: the rows wait until it is back.
UNAVAILABLE = (OperationalError, InterfaceError, SqlTimeout)
NUDGE_TIME = time(9)
LONGEST_NAME = 120
MOST_SIZE = 2**31 - 1  # of what is told of a file; a column holds no more
SORRY = "That went wrong on my side and nothing was saved. Send it once more, or /cancel."
IN_PRIVATE = "Auditions are private. Write to me alone."
WRITTEN_THERE = "Auditions are private, so I've written to you in our direct message."


class Worker:
    """Turns inbox rows into records and outbox rows."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], default_zone: str, outside: Outside | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._default_zone = default_zone
        self._outside = outside or Outside()
        self._profiles: dict[actors.Place, Profile] = {}

    async def store(self, acts: Sequence[Received]) -> None:
        """Keep what came in; once this returns it may be acknowledged."""
        if not acts:
            return
        now = self._clock()
        rows = [_row(act, now) for act in acts]
        async with self._database.write() as tx:
            await inbox.store(tx, rows)

    async def work(self) -> bool:
        """Work what waits, in the order it came; False where nothing did."""
        async with self._database.read() as tx:
            rows = await inbox.waiting(tx, BATCH)
        if not rows:
            return False
        self._profiles = await self._introduce(rows)
        try:
            await self._work_together(rows)
        except UNAVAILABLE:
            raise
        except Alone:
            for row in rows:
                await self._work_alone(row)
        except Exception:
            log.exception("a turn failed, each of the %d is tried alone", len(rows))
            for row in rows:
                await self._work_alone(row)
        return True

    async def _introduce(self, rows: Sequence[Record]) -> dict[actors.Place, Profile]:
        """The profiles of those who are new, or who look at their home page; asked outside of any transaction."""
        asked = {_place(row): row for row in rows if row.platform in self._outside.profiles and row.user == row.chat}
        if not asked:
            return {}
        async with self._database.read() as tx:
            known = {_place(row) for row in await actors.at(tx, list(asked))}
        looking = {_place(row) for row in rows if row.incoming.get("kind") == "home"}
        new = [place for place in asked if place not in known or place in looking]
        found = await gather(*(self._outside.profiles[p[0]](Sender(p[0], p[2], p[3], p[1])) for p in new))
        return {place: profile for place, profile in zip(new, found, strict=True) if profile}

    async def _work_together(self, rows: Sequence[Record]) -> None:
        now = self._clock()
        async with self._database.write() as tx:
            found = await actors.at(tx, list({_place(row) for row in rows}))
            rows = _one_address_each(rows, found)
            desks = await open_desks(tx, found, now)
            for desk in desks.values():
                self._furnish(desk, is_alone=len(rows) == 1)
            out: list[dict[str, Any]] = []
            for row in rows:
                out += await self._turn(tx, desks, row)
            await _flush(tx, [desk for desk in desks.values() if desk], out)
            await inbox.end(tx, [row.id for row in rows], now)

    async def _work_alone(self, row: Record) -> None:
        try:
            await self._work_together([row])
        except UNAVAILABLE:
            raise
        except Exception:
            log.exception("inbox row %d failed and is given up", row.id)
            await self._apologise(row)

    async def _apologise(self, row: Record) -> None:
        now = self._clock()
        async with self._database.write() as tx:
            found = await actors.at(tx, [_place(row)])
            if found:
                await outbox.add(tx, [outbox_row(Outgoing("", plain(SORRY)), found[0].id, now)])
            await inbox.end(tx, [row.id], now, "failed")

    def _furnish(self, desk: Desk | None, *, is_alone: bool) -> None:
        if desk:
            desk.outside, desk.is_alone = self._outside, is_alone

    async def desk_of(self, tx: Transaction, sender: Sender) -> Desk | None:
        """The desk of somebody who is known, to look things up."""
        place = (sender.platform, sender.team, sender.user, sender.chat)
        return (await open_desks(tx, await actors.at(tx, [place]), self._clock())).get(place)

    async def _turn(self, tx: Transaction, desks: dict[Any, Desk | None], row: Record) -> list[dict[str, Any]]:
        incoming = _incoming(row)
        if incoming.kind == "group":
            return await self._in_group(tx, desks, row, incoming)
        profile = self._profiles.get(_place(row), Profile(incoming.name, incoming.zone))
        desk = desks.get(_place(row)) or await self._new_desk(tx, desks, row, profile)
        await _unpark(desk)
        desk.at, desk.tapped, desk.asked_anew, desk.out = incoming.at, "", False, []
        desk.opener, desk.thread, desk.by_form = incoming.opener, incoming.reply_to, False
        await turn(desk, replace(incoming, name=profile.name, zone=profile.zone))
        return [outbox_row(out, desk.address_id, desk.now) for out in desk.out]

    async def _new_desk(self, tx: Transaction, desks: dict[Any, Desk | None], row: Record, profile: Profile) -> Desk:
        now = self._clock()
        zone = profile.zone if is_zone(profile.zone) else ""
        name = " ".join(clean(profile.name, LONGEST_NAME).split())
        actor_id = await actors.add_actor(
            tx, name, zone or self._default_zone, NUDGE_TIME, now, zone_confirmed=bool(zone)
        )
        await actors.add_address(tx, _place(row), actor_id, zone)
        desks |= await open_desks(tx, await actors.at(tx, [_place(row)]), now)
        desk = desks[_place(row)]
        assert desk is not None  # noqa: S101 - it was opened one line above
        desk.is_new = True
        self._furnish(desk, is_alone=False)
        return desk

    async def _in_group(
        self, tx: Transaction, desks: dict[Any, Desk | None], row: Record, incoming: Incoming
    ) -> list[dict[str, Any]]:
        """Said once a group, of which its known address is the memory; or each time, where only the asker sees it."""
        place = _place(row) if row.user else (row.platform, row.team, "", row.chat)
        found = await actors.at(tx, [place])
        if not row.user and (place in desks or found):
            return []
        desks[place] = None
        address_id = found[0].id if found else await actors.add_address(tx, place, None)
        words = WRITTEN_THERE if incoming.text else IN_PRIVATE
        return [outbox_row(Outgoing("", plain(words)), address_id, self._clock())]


def _one_address_each(rows: Sequence[Record], addresses: Sequence[Record]) -> list[Record]:
    """The rows that may share a transaction; of an actor with several addresses those up to the first of another.

    Each desk has its own copy of the actor, so what is set at one would not be seen at the other.
    """
    owner = {_place(address): address.actor_id for address in addresses}
    first: dict[int | None, actors.Place | None] = {}
    shared: list[Record] = []
    for row in rows:
        place, actor_id = _place(row), owner.get(_place(row))
        if actor_id is None or first.setdefault(actor_id, place) == place:
            shared.append(row)
        else:
            first[actor_id] = None  # what this actor wrote later, at whichever address, comes after it
    return shared


async def open_desks(tx: Transaction, addresses: Sequence[Record], now: datetime) -> dict[Any, Desk | None]:
    """The desks of these addresses, each with its actor and open talks."""
    mine = [row for row in addresses if row.actor_id is not None]
    if not mine:
        return {}
    people = await actors.load(tx, {row.actor_id for row in mine})
    open_talks = await talks.open_at(tx, [row.id for row in mine])
    desks: dict[Any, Desk | None] = {}
    for row in mine:
        desk = Desk(tx, now, row.id, people[row.actor_id])
        desk.talks = [OpenTalk.of(t) for t in open_talks if t.address_id == row.id]
        desk.parked, desk.platform = row.parked_at is not None, row.platform
        desk.profile_zone, desk.has_home = row.profile_zone, row.has_home
        desks[_place(row)] = desk
    return desks


async def _unpark(desk: Desk) -> None:
    if desk.parked:
        await actors.park(desk.tx, desk.address_id, "", None)
        desk.parked = False


async def _flush(tx: Transaction, desks: Sequence[Desk], out: list[dict[str, Any]]) -> None:
    await flush_talks(tx, desks)
    out += await home_rows(tx, desks)
    if out:
        await outbox.add(tx, out)


async def flush_talks(tx: Transaction, desks: Sequence[Desk]) -> None:
    """Write back the talks that moved."""
    if moved := [asdict(talk) for desk in desks for talk in desk.touched.values()]:
        for row in moved:
            row.pop("flow")
        await talks.save(tx, moved)


async def home_rows(tx: Transaction, desks: Sequence[Desk]) -> list[dict[str, Any]]:
    """The home pages of these actors as they stand now, each in the place of one that has not left yet."""
    shown = await pages(desks)
    await outbox.drop(tx, [address_id for address_id, _ in shown], SUBJECT)
    return [outbox_row(page, address_id, desks[0].now) for address_id, page in shown]


def outbox_row(out: Outgoing, address_id: int, now: datetime) -> dict[str, Any]:
    """A message on its way, as a row."""
    return {
        "address_id": out.to or address_id,
        "subject": out.subject,
        "replaces": out.replaces,
        "message": out.message.to_json(),
        "sound": out.sound,
        "quiet": out.quiet,
        "good_until": out.good_until,
        "due_id": out.due,
        "document_id": out.document,
        "surface": surface_json(out.surface) if out.surface else None,
        "thread": out.thread,
        "created_at": now,
    }


def _place(row: Record) -> actors.Place:
    return (row.platform, row.team, row.user, row.chat)


def _row(act: Received, now: datetime) -> dict[str, Any]:
    sender: Sender = act.sender
    incoming = asdict(act.incoming)
    at = incoming.pop("at")
    incoming["text"] = clean(act.incoming.text)
    incoming["is_cut"] = len(act.incoming.text) > LONGEST_TEXT
    incoming["name"] = clean(act.incoming.name, LONGEST_NAME)
    incoming["values"] = _cleaned(act.incoming.values)
    incoming["files"] = [_file_row(file) for file in act.incoming.files]
    return asdict(sender) | {
        "event": act.event,
        "incoming": {name: value for name, value in incoming.items() if value},
        "written_at": at,
        "received_at": now,
    }


def _file_row(file: Attached) -> dict[str, Any]:
    told = {"name": clean(file.name, LONGEST_NAME), "mime": clean(file.mime, LONGEST_NAME)}
    return told | {"size": min(max(file.size, 0), MOST_SIZE), "reference": clean(file.reference)}


def _cleaned(value: Any) -> Any:
    """Every text in what a form holds."""
    if isinstance(value, dict):
        return {clean(key): _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else clean(str(value))


def _incoming(row: Record) -> Incoming:
    files = tuple(Attached(**file) for file in row.incoming.get("files", ()))
    return Incoming(at=row.written_at, **{**row.incoming, "files": files})
