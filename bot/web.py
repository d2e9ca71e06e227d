"""The one web server of the process: what chat networks send, and its health."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MOST_BYTES = 1024 * 1024
IDLE_SECONDS = 75.0  # a reverse proxy lets go of an idle connection before, nginx after 60


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a failure is ours: who sends no HTTP is answered, and writes no tracebacks into our log."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


log.addFilter(_is_ours)


class Web:
    """Listens on a port of the host; 0 takes a free one."""

    def __init__(self, port: int, is_healthy: Callable[[], Awaitable[bool]]) -> None:
        self.port = port
        self._is_healthy = is_healthy
        self._app = web.Application(client_max_size=MOST_BYTES)
        self._app.router.add_get("/healthz", self._health)
        self._runner: web.AppRunner | None = None

    def take_in(self, path: str, handler: Handler) -> None:
        """Let a chat network in."""
        self._app.router.add_post(path, handler)

    async def start(self) -> None:
        """Begin to listen; raises OSError where the port is taken."""
        self._runner = web.AppRunner(
            self._app, access_log=None, logger=log, shutdown_timeout=3, keepalive_timeout=IDLE_SECONDS
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", self.port).start()  # noqa: S104 - a proxy or Slack reaches it
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Finish what is under way, and close."""
        if self._runner:
            await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n") if await self._is_healthy() else web.Response(status=503, text="not heard\n")
