"""Starts the bot as `python -m bot` does, but each round of work takes SLOW seconds longer."""

from __future__ import annotations

import asyncio
import os
import sys

import bot.__main__ as process
from handlers.worker import Worker

SLOW = float(os.environ.get("SLOW", "0"))
_work = Worker.work


async def slowly(worker: Worker) -> bool:
    await asyncio.sleep(SLOW)
    return await _work(worker)


def main() -> int:
    Worker.work = slowly  # type: ignore[method-assign, assignment]
    return process.main()


if __name__ == "__main__":
    sys.exit(main())
