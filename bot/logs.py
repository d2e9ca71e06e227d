"""Logs hold ids, never words and never a token."""

from __future__ import annotations

import logging
import re
import sys

QUIET = ("httpx", "httpcore", "telegram", "aiohttp", "sqlalchemy", "apscheduler", "aiosqlite", "alembic", "asyncio")
_TOKEN = re.compile(r"(?<![0-9])[0-9]{6,12}:[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+")


class Redacting(logging.Formatter):
    """Blots out tokens in the message and in the traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without its tokens."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text with every token blotted out."""
    return _TOKEN.sub("[token]", text)


def set_up(level: int = logging.INFO) -> None:
    """Log to standard error; the libraries only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
