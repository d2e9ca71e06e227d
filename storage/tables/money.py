"""What it all costs."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text, UniqueConstraint

from storage.tables.columns import UtcDateTime, flag, of, table, words

expense = table(
    "expense",
    of("actor"),
    of("project", nullable=True),
    of("audition", nullable=True),
    of("person", nullable=True),
    Column("day", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("minor", Integer, nullable=False),  # whole minor units of its currency
    Column("currency", Text, nullable=False),
    Column("category", Text, nullable=False),
    words("round"),
    words("payee"),
    words("note"),
    words("purpose"),
    Column("distance", Integer),  # hundredths of its unit
    words("unit"),  # mi, km
    words("destination"),
    Column("rate", Integer),  # tenths of a minor unit, for one mile or kilometre
    flag("is_provisional"),  # priced at the rate of an earlier time, since none was published
    Column("basis", Text, nullable=False, server_default="unsure"),  # 1099, w2, unsure
)
Index("ix_expense_day", expense.c.actor_id, expense.c.day)

expense_word = table(
    "expense_word",
    of("actor"),
    Column("folded", Text, nullable=False),
    Column("category", Text, nullable=False),
    UniqueConstraint("actor_id", "folded"),
)

receipt = table(
    "receipt",
    of("actor"),
    of("expense"),
    of("file"),
    UniqueConstraint("expense_id", "file_id"),
)
