"""What comes in and what goes out; what is being talked about, and what waits for its moment."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from storage.tables.columns import UtcDateTime, flag, metadata, of, table, words

inbox = table(
    "inbox",
    Column("platform", Text, nullable=False),
    Column("event", Text, nullable=False),
    words("team"),
    Column("user", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("incoming", JSON, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting, done, failed
    Column("done_at", UtcDateTime),
    UniqueConstraint("platform", "event"),
)

Index(
    "ix_inbox_waiting",
    inbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

document = table(
    "document",
    of("actor"),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

outbox = table(
    "outbox",
    of("address"),
    words("subject"),
    words("replaces"),
    Column("message", JSON(none_as_null=True)),
    Column("surface", JSON(none_as_null=True)),  # a form or the home page; the message is said where it cannot be shown
    words("thread"),  # the platform's id of the message in whose thread it is said
    Column("sound", Boolean, nullable=False, server_default=text("true")),
    flag("quiet"),
    Column("good_until", UtcDateTime),
    Column("due_id", Integer),
    Column("document_id", Integer),  # the file that goes with it
    Column("state", Text, nullable=False, server_default="new"),  # new, sending, sent, unknown, failed, expired
    words("why"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime),
    words("platform_id"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
)
Index("ix_outbox_subject", outbox.c.address_id, outbox.c.subject)
Index(
    "ix_outbox_open",
    outbox.c.address_id,
    outbox.c.id,
    sqlite_where=text("state IN ('new', 'sending')"),
    postgresql_where=text("state IN ('new', 'sending')"),
)

talk = table(
    "talk",
    of("address"),
    Column("flow", Text, nullable=False),
    Column("log", JSON, nullable=False),
    Column("step", Integer, nullable=False, server_default="1"),
    Column("rank", Integer, nullable=False, server_default="1"),  # the highest open one is on top
    Column("acted_at", UtcDateTime, nullable=False),
    Column("wake_at", UtcDateTime),
    words("wake"),  # what happens then: ask, save
    Column("ended_at", UtcDateTime),
    words("ending"),  # saved, dropped
)
Index("ix_talk_wake_at", talk.c.wake_at)

due = table(
    "due",
    of("actor"),
    Column("kind", Text, nullable=False),  # note, names; of work: export
    Column("subject", Integer, nullable=False),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("on", Date, nullable=False),
    Column("at", Time),  # empty: at the actor's nudge time
    Column("zone", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    flag("repeat"),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting, held (zone unknown), handed, cancelled
    Column("address_id", Integer),  # of work: the address it was asked for at
    Column("attempts", Integer, nullable=False, server_default="0"),  # of work
    UniqueConstraint("actor_id", "kind", "subject", "round"),
)
Index(
    "ix_due_waiting",
    due.c.due_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

file = table(
    "file",
    of("actor"),
    of("address"),  # where it came, and where it is answered
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),  # in bytes: as the platform told, and once it is kept, as it is
    words("mime"),
    Column("reference", Text, nullable=False),  # what the platform gives it out for
    Column("state", Text, nullable=False, server_default="fetching"),  # fetching, kept, refused, dropped
    words("why"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime),
    Column("content", LargeBinary),  # last, so that SQLite need not walk through it to what stands behind
)
Index(
    "ix_file_fetching",
    file.c.address_id,
    file.c.id,
    sqlite_where=text("state = 'fetching'"),
    postgresql_where=text("state = 'fetching'"),
)

pulse = Table(
    "pulse",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
