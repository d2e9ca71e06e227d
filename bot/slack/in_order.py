"""What arrives is stored in the order it arrived, however the ways to the store overtake each other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from handlers.messages import Received

Store = Callable[[Sequence[Received]], Awaitable[None]]
_PLACE: ContextVar[int] = ContextVar("place")


class InOrder:
    """A queue in which a place is taken at once, and filled, or given up, some awaits later."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next, self._head = 0, 0
        self._filled: dict[int, tuple[Sequence[Received], asyncio.Future[None]] | None] = {}
        self._writing: asyncio.Task[None] | None = None

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take the next place, before anything is awaited; what did not fill it gives it up at the end."""
        place, self._next = self._next, self._next + 1
        token = _PLACE.set(place)
        try:
            yield
        finally:
            _PLACE.reset(token)
            if place >= self._head and place not in self._filled:
                self._filled[place] = None
                self._write_on()

    async def keep(self, acts: Sequence[Received]) -> None:
        """Fill the place taken around this call; returns when the acts are stored, raises what storing raised."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._filled[_PLACE.get()] = (acts, stored)
        self._write_on()
        await stored

    def _write_on(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._head in self._filled:
            batch: list[tuple[Sequence[Received], asyncio.Future[None]]] = []
            while self._head in self._filled:
                filled = self._filled.pop(self._head)
                self._head += 1
                batch += [filled] if filled else []
            await self._write_together(batch)

    async def _write_together(self, batch: Sequence[tuple[Sequence[Received], asyncio.Future[None]]]) -> None:
        error: Exception | None = None
        try:
            await self._store([act for acts, _ in batch for act in acts])
        except Exception as trouble:  # noqa: BLE001 - it is raised again where each of them is waited for
            error = trouble
        for _, stored in batch:
            if stored.cancelled():
                continue
            if error:
                stored.set_exception(error)
            else:
                stored.set_result(None)
