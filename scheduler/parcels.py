"""What a row of the outbox hands over: the message as it leaves, and its file once it is its turn."""

from __future__ import annotations

from dataclasses import replace

from handlers.messages import Message, Sender, read_surface
from handlers.worker import UNAVAILABLE
from scheduler.wire import Document, FileRefused, Parcel, Unreachable
from storage import documents, outbox
from storage.database import Database, Record, Transaction


async def parcel_of(tx: Transaction, row: Record) -> Parcel | None:
    """What to hand over; None where there is nothing (more) to be done."""
    to = Sender(row.platform, row.user, row.chat, row.team)
    message = Message.from_json(row.message)
    if not row.replaces or row.document_id is not None:  # no file takes the place of words
        surface = read_surface(row.surface) if row.surface else None
        by_clock = row.due_id is not None
        return Parcel(to, message, row.sound, by_clock=by_clock, surface=surface, thread=row.thread)
    shown = await outbox.shown_as(tx, row.address_id, row.replaces, row.id)
    if row.quiet and (shown is None or shown.message is None):
        return None
    if shown and row.quiet and not message.body:
        old = Message.from_json(shown.message)
        if not old.choices and not message.under:
            return None
        message = replace(old, under=message.under or old.under, choices=())
    there = {"replaces": shown.platform_id, "on_file": shown.on_file} if shown else {}
    return Parcel(to, message, row.sound, row.quiet, thread=row.thread, **there)


async def with_file(database: Database, row: Record, parcel: Parcel) -> Parcel:
    """The parcel with the bytes, which are read when it is their turn and not for all that wait.

    Raises `Unreachable` where the database is, and `FileRefused` where the file is gone.
    """
    if row.document_id is None:
        return parcel
    try:
        async with database.read() as tx:
            found = await documents.content(tx, row.document_id, row.address_id)
    except UNAVAILABLE as error:
        raise Unreachable(type(error).__name__) from None
    if found is None:
        raise FileRefused("gone", "no document")
    return replace(parcel, document=Document(*found))
