"""What each turn did, for Undo."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Text

from storage.tables.columns import UtcDateTime, of, table, words

change = table(
    "change",
    of("actor"),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    words("subject"),
    Column("rows", JSON, nullable=False),
    Column("undone_at", UtcDateTime),
)
