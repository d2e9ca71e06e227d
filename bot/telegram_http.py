"""The Bot API over one aiohttp session: a call costs a fraction of what it costs over httpx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from aiohttp import ConnectionTimeoutError as NoConnection
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.download import download
from bot.upload import Upload, patience

# Raised before there was a connection, so before a byte of the call had left.
SURELY_NOT_SENT = (ClientConnectorError, NoConnection)
FileParts = Mapping[str, tuple[str, Any, str]]
UNSET = BaseRequest.DEFAULT_NONE


class NotWhole(Exception):
    """The connection broke before the whole of a file had left, so nobody has it."""


def _seconds(given: ODVInput[float], usual: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else usual


class AiohttpRequest(BaseRequest):
    """Makes calls; the cause of its `TimedOut` or `NetworkError` is aiohttp's own error, or `NotWhole`."""

    def __init__(self, connections: int, read_timeout: float = 10.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=self._connections), trust_env=True)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = UNSET,
        write_timeout: ODVInput[float] = UNSET,  # noqa: ARG002 - by the size of what is sent
        connect_timeout: ODVInput[float] = UNSET,
        pool_timeout: ODVInput[float] = UNSET,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("used before initialize")
        wait = ClientTimeout(
            connect=_seconds(pool_timeout, 30.0),
            sock_connect=_seconds(connect_timeout, 5.0),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        data: FormData | dict[str, str] | None = request_data.json_parameters if request_data else None
        upload: Upload | None = None
        if request_data and request_data.contains_files:
            data, upload = _form(request_data.json_parameters, request_data.multipart_data)
            wait = patience(upload.size or 0, self._read_timeout)
        try:
            async with self._session.request(method, url, data=data, timeout=wait) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, ClientError) as error:
            if upload and not upload.has_left and not isinstance(error, SURELY_NOT_SENT):
                raise NetworkError(type(error).__name__) from NotWhole()
            if isinstance(error, TimeoutError):
                raise TimedOut from error
            raise NetworkError(type(error).__name__) from error

    async def download(self, url: URL, most: int) -> bytes:
        """The bytes at an address, `most` at most; raises the exceptions of `scheduler.wire`."""
        if self._session is None:
            raise RuntimeError("used before initialize")
        return await download(self._session, url, most)


def _form(fields: Mapping[str, str], files: FileParts) -> tuple[FormData, Upload]:
    """A call with its one file; names of files go as they are, since Telegram shows them so."""
    form = FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value)
    ((name, (filename, content, mime)),) = files.items()
    upload = Upload(content, mime)
    form.add_field(name, upload, filename=filename)
    return form, upload
