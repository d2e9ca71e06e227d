"""Socket Mode: the connections the app opened, what goes out on them, and what ails them."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_delivery import Delivery

MOST = 10


class Socket:
    """One connection; a `retiring` one gets no more deliveries."""

    def __init__(self, ws: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.ws, self.transport, self.retiring = ws, transport, False


class Sockets:
    """Deliveries wait here for a connection, and in turns go out on those there are."""

    def __init__(self, app_id: str, patience: float, changed: Callable[[], None]) -> None:
        self.app_id, self.patience, self.changed = app_id, patience, changed
        self.open: list[Socket] = []
        self.waiting: deque[Delivery] = deque()
        self.tickets: set[str] = set()
        self._by_envelope: dict[str, Delivery] = {}
        self._wake, self._sound = asyncio.Event(), asyncio.Event()
        self._sound.set()
        self._pump: asyncio.Task[None] | None = None

    # The server's side

    def start(self) -> None:
        """Begin to send."""
        self._pump = asyncio.create_task(self._send_waiting())

    async def stop(self) -> None:
        """Close all connections; what waits goes on waiting."""
        if self._pump:
            self._pump.cancel()
        self.heal()
        await asyncio.gather(*(one.ws.close(code=WSCloseCode.GOING_AWAY) for one in [*self.open]))

    def ticket(self, host: str) -> str:
        """The address of one new connection, for one use."""
        ticket = str(uuid.uuid4())
        self.tickets.add(ticket)
        return f"ws://{host}/link/?ticket={ticket}&app_id={self.app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its hello to its end."""
        await self._sound.wait()
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=404)
        self.tickets.discard(ticket)
        ws = web.WebSocketResponse(autoping=False, timeout=0.5)
        await ws.prepare(request)
        socket = Socket(ws, request.transport)
        self.open.append(socket)
        try:
            await self._converse(socket)
        finally:
            self.open.remove(socket)
            self.changed()
        return ws

    async def _converse(self, socket: Socket) -> None:
        if len(self.open) > MOST:
            await socket.ws.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return
        await socket.ws.send_json(self._hello())
        self._wake.set()
        self.changed()
        async for frame in socket.ws:
            await self._sound.wait()
            await self._hear(socket, frame)

    def _hello(self) -> dict[str, Any]:
        debug = {"host": "applink-1", "build_number": 19, "approximate_connection_time": 18060}
        connections, app = len(self.open), {"app_id": self.app_id}
        return {"type": "hello", "num_connections": connections, "debug_info": debug, "connection_info": app}

    async def _hear(self, socket: Socket, frame: WSMessage) -> None:
        if frame.type == WSMsgType.PING:
            await socket.ws.pong(frame.data)
        elif frame.type == WSMsgType.TEXT:
            self._acknowledged(frame.data)

    def _acknowledged(self, text: str) -> None:
        answer = json.loads(text)
        delivery = self._by_envelope.pop(answer.get("envelope_id", ""), None)
        if delivery:
            delivery.ack(200, answer.get("payload") if delivery.wants_answer else None)
            self.changed()

    # Deliveries

    def send(self, delivery: Delivery) -> None:
        """Send as soon as there is a connection."""
        self.waiting.append(delivery)
        self._wake.set()

    async def _send_waiting(self) -> None:
        turn = 0
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self.waiting and (ready := self._ready()):
                turn += 1
                await self._send_one(self.waiting.popleft(), ready[turn % len(ready)])

    def _ready(self) -> list[Socket]:
        return [one for one in self.open if not one.retiring and not one.ws.closed]

    async def _send_one(self, delivery: Delivery, socket: Socket) -> None:
        envelope_id = str(uuid.uuid4())
        self._by_envelope[envelope_id] = delivery
        delivery.left()
        asyncio.get_running_loop().call_later(self.patience, self._late, envelope_id)
        if not self._sound.is_set():  # lost in the hole
            return
        try:
            await socket.ws.send_json(_envelope(envelope_id, delivery))
        except ConnectionError:  # it broke under our hands: as lost as one on the way
            socket.retiring = True

    def _late(self, envelope_id: str) -> None:
        delivery = self._by_envelope.pop(envelope_id, None)
        if delivery:
            delivery.fail("timeout")
            self.changed()

    # What ails connections

    async def disconnect(self, reason: str) -> None:
        """Say goodbye politely: refresh_requested and others end the use of a connection, warning only tells."""
        for socket in self._ready():
            socket.retiring = reason != "warning"
            host = {"host": "applink-1"}
            await socket.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": host})

    def cut(self) -> None:
        """Break the connections without a word."""
        for socket in self.open:
            socket.retiring = True
            if socket.transport:
                socket.transport.abort()

    def blackhole(self) -> None:
        """Let nothing through, either way, on connections that stay open."""
        self._sound.clear()

    def heal(self) -> None:
        """Let all through again; what the app said meanwhile is heard now."""
        self._sound.set()
        self._wake.set()


def _envelope(envelope_id: str, delivery: Delivery) -> dict[str, Any]:
    retries = {"retry_attempt": delivery.retry, "retry_reason": delivery.retry_reason}
    return {
        "envelope_id": envelope_id, "payload": delivery.payload, "type": delivery.kind,
        "accepts_response_payload": delivery.wants_answer, **(retries if delivery.repeatable else {}),
    }  # fmt: skip
