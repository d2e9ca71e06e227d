"""What has served its time is dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import documents, due, files, inbox, links, outbox, talks
from storage.database import Database

KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)  # a code lives minutes, a lock an hour
DOCUMENTS_KEPT = timedelta(days=1)  # a day after they were sent


async def tidy_up(database: Database, now: datetime) -> None:
    """Forget done inbox rows, the words of what was sent, ended talks, settled nudges, files not kept after 30 days.

    The codes of /link go after a day, and so do the files that were made and sent.
    """
    before = now - KEPT
    async with database.write() as tx:
        await inbox.forget(tx, before)
        await outbox.forget_words(tx, before)
        await talks.forget(tx, before)
        await due.forget(tx, before)
        await files.forget(tx, before)
        await documents.forget(tx, now - DOCUMENTS_KEPT, before)
        await links.forget(tx, now - CODES_KEPT)
