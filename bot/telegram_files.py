"""Files to Telegram: a picture as a photo where it may be one, all else as a document; the words are the caption."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot as TelegramBot
from telegram import InputFile, Message
from telegram.error import BadRequest, NetworkError

from handlers.reading.file_kinds import kind_of
from scheduler.wire import Document, Refused

log = logging.getLogger(__name__)

CAPTION = 1024  # UTF-16 units
MOST_OF_A_PHOTO = 10 * 1024 * 1024
MOST_OF_BOTH_SIDES, LARGEST_RATIO = 10_000, 20


def is_photo(document: Document) -> bool:
    """Whether Telegram takes it as a photo."""
    kind = kind_of(document.content) if document.mime == "image/png" else None
    if kind is None or kind.mime != document.mime or kind.size is None or len(document.content) > MOST_OF_A_PHOTO:
        return False
    return sum(kind.size) <= MOST_OF_BOTH_SIDES and max(kind.size) <= LARGEST_RATIO * min(kind.size)


async def send_file(api: TelegramBot, document: Document, **options: Any) -> Message:
    """Send it; what is refused as a photo goes as a document. Raises `Refused` where it is too large for the server."""
    try:
        if is_photo(document):
            try:
                return await api.send_photo(photo=_part(document), **options)
            except BadRequest as error:
                if not {"photo", "image"} & set(error.message.lower().replace("_", " ").split()):
                    raise
                log.info("Telegram takes no such photo; it goes as a document")
        return await api.send_document(document=_part(document), disable_content_type_detection=True, **options)
    except NetworkError as error:
        if "too large" in error.message.lower():
            raise Refused(error.message) from None
        raise


def _part(document: Document) -> InputFile:
    part = InputFile(document.content, document.name)
    part.mimetype = document.mime
    return part
