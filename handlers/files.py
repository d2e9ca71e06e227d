"""Files that an actor sends: noted in the turn, fetched beside it, kept or refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from handlers.chats import PLATFORMS
from handlers.desk import Desk
from handlers.expenses import receipts
from handlers.messages import Attached, Choice, Message
from handlers.reading.file_kinds import FileKind, kind_of
from handlers.reading.spelling import clipped
from handlers.scripts import on_form
from handlers.stage import STAGE
from storage import files
from storage.database import Record

KILO, MEGA = 1024, 1024 * 1024
MOST, MOST_OF_A_PDF = 20 * MEGA, 10 * MEGA
MOST_PIXELS, LONGEST_SIDE = 25_000_000, 10_000
BIG = 5 * MEGA
MOST_AT_ONCE, LONGEST_SHOWN = 20, 60
NEVER = ("audio/", "video/", "text/", "application/vnd.slack")
"""Types that are claimed by mistake by nothing that is kept."""

WORDS = {
    "big": "{name} is {size}, and 20 MB is the most I take. A smaller copy will do.",
    "kind": "{name} isn't a kind I keep. I take photos (JPEG, PNG, HEIC) and PDFs.",
    "pixels": "{name} has more pixels than I take: 25 megapixels, 10,000 a side. A smaller copy will do.",
    "pdf": "{name} is {size}, and 10 MB is the most I take of a PDF.",
    "empty": "{name} is empty, so there is nothing to keep.",
    "damaged": "{name} looks damaged. Send it once more.",
    "elsewhere": "{name} is only linked here, so I can't fetch it. Send the file itself.",
    "gone": "{name} is gone from {platform}. Send it once more.",
    "access": "{platform} doesn't let me read files. Whoever installed me can give the app files:read and install it "
    "again; then send {name} once more.",
    "tries": "I couldn't get {name} from {platform}, though I tried for a while. Send it once more.",
}
"""Why a file is not kept, as the actor reads it."""


async def take(desk: Desk, attached: Sequence[Attached]) -> tuple[int, ...]:
    """Note what came, to be fetched when this turn is over: their ids; what is surely not kept is refused at once."""
    ids = []
    for one in attached[:MOST_AT_ONCE]:
        why = _refused_unseen(one)
        told = {"name": one.name, "size": one.size, "mime": one.mime, "reference": one.reference}
        state = {"state": "refused", "why": why} if why else {}
        whose = {"actor_id": desk.actor.id, "address_id": desk.address_id, "created_at": desk.now}
        id_ = await files.add(desk.tx, whose | told | state)
        if why:
            desk.say(_why(why, one.name, one.size))
            continue
        ids.append(id_)
        if one.size > BIG:
            desk.say(f"{_shown(one.name)} is {show_size(one.size)}: fetching it.")
    return tuple(ids)


def _refused_unseen(one: Attached) -> str:
    if one.size > MOST:
        return "big"
    if one.mime.startswith(NEVER):
        return "kind"
    return "" if one.reference else "elsewhere"


def flaw(content: bytes, kind: FileKind | None) -> str:
    """Why these bytes are not kept; empty where they are."""
    if not content or kind is None:
        return "kind" if content else "empty"
    if not kind.is_picture:
        return "pdf" if len(content) > MOST_OF_A_PDF else ""
    if kind.size is None:
        return "damaged"
    return "pixels" if max(kind.size) > LONGEST_SIDE or kind.size[0] * kind.size[1] > MOST_PIXELS else ""


async def keep(desk: Desk, row: Record, content: bytes) -> None:
    """Keep what was fetched and say so, with Undo; or refuse it."""
    kind = kind_of(content)
    why = flaw(content, kind)
    if why or kind is None:
        await refuse(desk, row, why, len(content))
    elif await files.keep(desk.tx, row.id, content, kind.mime, desk.now) and _is_here(desk, row):
        change_id = await desk.change().keep(_shown(row.name), subject(row.id), desk.now)
        size = show_size(len(content))
        words = await receipts.kept_words(desk, row.id, _shown(row.name), size, is_picture=kind.is_picture)
        desk.say(Message((words,), choices=((Choice("Undo", f"undo:{change_id}"),),)), subject(row.id))
        await _ask_again(desk)


async def refuse(desk: Desk, row: Record, why: str, size: int = 0) -> None:
    """It is not kept; say what it was, and what can be sent."""
    if await files.refuse(desk.tx, row.id, why) and _is_here(desk, row):
        desk.say(_why(why, row.name, size or row.size, row.platform), subject(row.id))
        await _ask_again(desk)


def _is_here(desk: Desk, row: Record) -> bool:
    """Whether the chat it came from is still this actor's: /unlink may have parted them meanwhile."""
    return bool(desk.actor.id == row.actor_id)


async def _ask_again(desk: Desk) -> None:
    """The open question stands last again; once, where several files came.

    The talk itself is not written: its turn may be worked beside this one.
    """
    is_open = desk.top is not None and not desk.is_stale(desk.top) and not on_form(desk.top)
    if is_open and not await files.is_more_coming(desk.tx, desk.address_id):
        await STAGE.show_again(desk)


async def drop(desk: Desk, file_id: int) -> None:
    """Undo: the bytes are forgotten, so there is no way back."""
    row = await files.find(desk.tx, desk.actor.id, file_id)
    is_dropped = row is not None and await files.drop(desk.tx, desk.actor.id, file_id)
    words = f"Dropped {_shown(row.name)}. Nothing of it is left." if row and is_dropped else "That one is gone."
    desk.show(Message((words,)), subject(file_id))


def subject(file_id: int) -> str:
    """The name of a file's message in the outbox."""
    return f"file:{file_id}"


def _why(why: str, name: str, size: int, platform: str = "") -> str:
    shown = show_size(size) if size > MOST or why != "big" else "too big"
    return WORDS[why].format(name=_shown(name), size=shown, platform=PLATFORMS.get(platform, "there"))


def _shown(name: str) -> str:
    """A name on one line."""
    return clipped(name, LONGEST_SHOWN) or "The file"


def show_size(size: int) -> str:
    """Bytes as people say them: "240 KB", "1.2 MB", "12 MB"."""
    if size <= 999 * KILO:
        return f"{max(1, round(size / KILO))} KB"
    return f"{ceil(10 * size / MEGA) / 10:g} MB"  # never rounded down to what would be taken
