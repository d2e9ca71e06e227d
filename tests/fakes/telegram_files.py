"""Files that the bot sends, with the refusals of the real server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.fakes.telegram_wire import Json, Refused, bad, string

if TYPE_CHECKING:
    from tests.fakes.telegram_updates import World

MOST, MOST_OF_A_PHOTO = 50 * 1024 * 1024, 10 * 1024 * 1024
MOST_OF_BOTH_SIDES, LARGEST_RATIO = 10_000, 20

Files = Mapping[str, tuple[str, bytes]]


def sent_document(world: World, params: Json, files: Files) -> Json:
    """What a message with the uploaded document holds."""
    name, body = _uploaded(params, files, "document")
    return {"document": world.file(name, body, file_name=name)}


def sent_photo(world: World, params: Json, files: Files) -> Json:
    """What a message with the uploaded photo holds; this twin looks at PNG alone."""
    name, body = _uploaded(params, files, "photo")
    if len(body) > MOST_OF_A_PHOTO:
        raise bad("file is too big")
    if not body.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = (int.from_bytes(body[at : at + 4], "big") for at in (16, 20))
    if width + height > MOST_OF_BOTH_SIDES or max(width, height) > LARGEST_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [world.file(name, body, width=width, height=height)]}


def _uploaded(params: Json, files: Files, field: str) -> tuple[str, bytes]:
    given = string(params, field)
    if given and not given.startswith("attach://"):
        raise bad("wrong file identifier/HTTP URL specified")
    name, body = files.get(given.removeprefix("attach://") or field, ("", b""))
    if not body:
        raise bad("file must be non-empty" if name else f"there is no {field} in the request")
    if len(body) > MOST:
        raise Refused(413, "Request Entity Too Large")
    return name, body
