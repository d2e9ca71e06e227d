"""A file on its way over HTTP: in pieces and without a copy, and it is known whether all of it has left."""

from __future__ import annotations

import asyncio

from aiohttp import ClientTimeout
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import Payload

PIECE = 64 * 1024
SLOWEST_UPLOAD, SLOWEST_WORK = 50_000, 500_000  # bytes a second; of the network, and of who takes them


class Upload(Payload):
    """The bytes of a file as the body of a request, or as a part of one."""

    _value: bytes

    def __init__(self, content: bytes, mime: str) -> None:
        super().__init__(content, content_type=mime)
        self._size = len(content)
        self.has_left = False

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self._value.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self.write_with_length(writer, None)

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        whole = memoryview(self._value)[:content_length]
        for at in range(0, len(whole), PIECE):
            await writer.write(whole[at : at + PIECE])
            await asyncio.sleep(0)  # where the network takes all at once, others have their turn
        self.has_left = True


def patience(size: int, answer: float, connect: float = 5.0) -> ClientTimeout:
    """How long so many bytes may take, and then the answer, for which a small call waits `answer` seconds."""
    work = answer + size / SLOWEST_WORK
    return ClientTimeout(total=60 + work + size / SLOWEST_UPLOAD, sock_connect=connect, sock_read=work)
