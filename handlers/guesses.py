"""Wrong codes are counted for each account, and the fifth locks it out of /link for an hour.

There is no brake for all accounts together: 32 to the 8th codes of ten minutes each need none, and it would let one
stranger lock everybody out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.nudges import show_instant
from storage import actors, links

MOST, LOCK = 5, timedelta(hours=1)


async def _account(desk: Desk) -> links.Account:
    me = (await actors.these(desk.tx, [desk.address_id]))[desk.address_id]
    return me.platform, me.team, me.user


async def locked_until(desk: Desk) -> datetime | None:
    """When /link works again for who acts here (UTC); None where it works."""
    tried = await links.tries(desk.tx, await _account(desk))
    if tried is None or tried.wrong < MOST or desk.now >= tried.at + LOCK:
        return None
    until: datetime = tried.at + LOCK
    return until


async def count_wrong(desk: Desk, words: str) -> str:
    """One more wrong code; returns the words for it, with the lock where it begins.

    A right code in between sets nothing back: who guesses could make one of their own.
    """
    account = await _account(desk)
    tried = await links.tries(desk.tx, account)
    wrong = 1 + (tried.wrong if tried is not None and desk.now < tried.at + LOCK else 0)
    await links.write_tries(desk.tx, account, wrong, desk.now)
    if wrong < MOST:
        return words
    return f"{words} That was the fifth wrong one: /link rests until {show_instant(desk, desk.now + LOCK)}."
