"""One actor in several chats: codes given, and who wants in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.tables.columns import UtcDateTime, metadata, of, table

link_code = table(
    "link_code",
    of("address"),  # where it was given, and where a yes is asked for
    Column("hashed", Text, nullable=False, index=True),
    Column("given_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open, used, declined, replaced
)

link_request = table(
    "link_request",
    Column("code_id", ForeignKey("link_code.id"), nullable=False, index=True),
    of("address"),  # who wants in
    Column("asked_at", UtcDateTime, nullable=False),
    # unsure (who wants in has records, and is asked first), sure (has said yes), open (had none: nothing to ask);
    # the last two wait for who gave the code; joined, declined, late
    Column("state", Text, nullable=False),
)

link_try = Table(
    "link_try",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
