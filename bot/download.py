"""A file fetched over HTTP: bounded while it streams, no redirect followed, so that a token goes to one host only."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from scheduler.wire import HoldBack, NoAccess, Refused, TooBig, Unreachable

WAIT = ClientTimeout(total=120, sock_connect=5, sock_read=15)
PIECE = 64 * 1024
RETRY_SECONDS = 30.0


async def download(session: ClientSession, url: URL, most: int, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes; raises `TooBig`, `NoAccess`, `Refused`, `HoldBack`, `Unreachable`. No error holds the address."""
    asked = {"Accept-Encoding": "identity"} | dict(headers or {})
    try:
        async with session.get(url, headers=asked, allow_redirects=False, timeout=WAIT) as answer:
            _check(answer)
            return await _read(answer, most)
    except (ClientError, TimeoutError, ValueError) as error:
        raise Unreachable(type(error).__name__) from None


def _check(answer: ClientResponse) -> None:
    status = answer.status
    if status == 429:
        after = answer.headers.get("Retry-After", "")
        raise HoldBack(float(after) if after.isdecimal() and len(after) < 6 else RETRY_SECONDS)
    if 300 <= status < 400 or status in (401, 403) or (status == 200 and answer.content_type == "text/html"):
        raise NoAccess(f"{status} {answer.content_type}"[:100])  # a page to log in, instead of the file
    if status in (404, 410):
        raise Refused(str(status))
    if status != 200:
        raise Unreachable(str(status))


async def _read(answer: ClientResponse, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        raise TooBig(str(answer.content_length))
    taken = BytesIO()
    async for piece in answer.content.iter_chunked(PIECE):
        if taken.tell() + len(piece) > most:
            raise TooBig(f"more than {most}")
        taken.write(piece)
    return taken.getvalue()
