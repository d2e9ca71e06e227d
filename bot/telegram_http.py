"""The Bot API over one aiohttp session: a call costs a fraction of what it costs over httpx."""

from __future__ import annotations

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, TCPConnector
from aiohttp import ConnectionTimeoutError as NoConnection
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.download import download

# Raised before there was a connection, so before a byte of the call had left.
SURELY_NOT_SENT = (ClientConnectorError, NoConnection)
UNSET = BaseRequest.DEFAULT_NONE


def _seconds(given: ODVInput[float], usual: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else usual


class AiohttpRequest(BaseRequest):
    """Makes calls; the cause of its `TimedOut` or `NetworkError` is aiohttp's own error. Sends no files."""

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
        write_timeout: ODVInput[float] = UNSET,  # noqa: ARG002 - our calls are small
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
        data = request_data.json_parameters if request_data else None
        try:
            async with self._session.request(method, url, data=data, timeout=wait) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error

    async def download(self, url: URL, most: int) -> bytes:
        """The bytes at an address, `most` at most; raises the exceptions of `scheduler.wire`."""
        if self._session is None:
            raise RuntimeError("used before initialize")
        return await download(self._session, url, most)
