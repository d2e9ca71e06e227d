"""Every table; a record belongs to an actor, an address only says where to reach one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, in UTC on both sides; a naive datetime is refused, since nobody knows its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError("a datetime without a zone cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        # SQLite forgets the zone; PostgreSQL answers in the session's.
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *columns: Any) -> Table:
    # AUTOINCREMENT: the id of a deleted record must never come to mean another under an old button.
    return Table(name, metadata, Column("id", Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _of(parent: str, *, nullable: bool = False) -> Column[int]:
    return Column(f"{parent}_id", ForeignKey(f"{parent}.id"), nullable=nullable, index=True)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


actor = _table(
    "actor",
    Column("created_at", UtcDateTime, nullable=False),
    _words("profile_name"),
    _words("sign"),
    Column("zone", Text, nullable=False),
    _flag("zone_confirmed"),
    Column("nudge_time", Time, nullable=False),
    _words("country"),
    _flag("told_no_news"),
    _flag("has_home"),  # some address of the actor's shows the home page
    # The address where follow-ups come; no foreign key, since addresses point here already. One that belongs to
    # another by now counts as none.
    Column("home_address_id", Integer),
)

address = _table(
    "address",
    _of("actor", nullable=True),  # a group's address belongs to nobody
    Column("platform", Text, nullable=False),
    _words("team"),
    Column("user", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("parked_at", UtcDateTime),
    _words("parked_why"),
    _words("profile_zone"),  # what the platform's profile last said
    _flag("has_home"),
    _words("page"),  # a digest of the home page that it shows
    Column("joined_at", UtcDateTime),  # when /link brought it to its actor: /unlink lets it go again
    UniqueConstraint("platform", "team", "user", "chat"),
)

inbox = _table(
    "inbox",
    Column("platform", Text, nullable=False),
    Column("event", Text, nullable=False),
    _words("team"),
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

outbox = _table(
    "outbox",
    _of("address"),
    _words("subject"),
    _words("replaces"),
    Column("message", JSON(none_as_null=True)),
    Column("surface", JSON(none_as_null=True)),  # a form or the home page; the message is said where it cannot be shown
    _words("thread"),  # the platform's id of the message in whose thread it is said
    Column("sound", Boolean, nullable=False, server_default=text("true")),
    _flag("quiet"),
    Column("good_until", UtcDateTime),
    Column("due_id", Integer),
    Column("state", Text, nullable=False, server_default="new"),  # new, sending, sent, unknown, failed, expired
    _words("why"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime),
    _words("platform_id"),
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

talk = _table(
    "talk",
    _of("address"),
    Column("flow", Text, nullable=False),
    Column("log", JSON, nullable=False),
    Column("step", Integer, nullable=False, server_default="1"),
    Column("rank", Integer, nullable=False, server_default="1"),  # the highest open one is on top
    Column("acted_at", UtcDateTime, nullable=False),
    Column("wake_at", UtcDateTime),
    _words("wake"),  # what happens then: ask, save
    Column("ended_at", UtcDateTime),
    _words("ending"),  # saved, dropped
)
Index("ix_talk_wake_at", talk.c.wake_at)

due = _table(
    "due",
    _of("actor"),
    Column("kind", Text, nullable=False),  # note, names
    Column("subject", Integer, nullable=False),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("on", Date, nullable=False),
    Column("at", Time),  # empty: at the actor's nudge time
    Column("zone", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    _flag("repeat"),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting, held (zone unknown), handed, cancelled
    UniqueConstraint("actor_id", "kind", "subject", "round"),
)
Index(
    "ix_due_waiting",
    due.c.due_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

office = _table(
    "office",
    _of("actor"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    _words("channel"),  # how notes go there where the person has none: e-mail, postcard, agent
    _flag("no_notes"),
    UniqueConstraint("actor_id", "folded"),
)

person = _table(
    "person",
    _of("actor"),
    _of("office", nullable=True),
    Column("name", Text, nullable=False),
    _words("greeting"),
    _words("job"),
    _words("email"),
    _words("channel"),
    _flag("no_notes"),
)

project = _table(
    "project",
    _of("actor"),
    Column("title", Text, nullable=False),
    _words("kind"),
)

audition = _table(
    "audition",
    _of("actor"),
    _of("project", nullable=True),
    _words("role"),
    _words("size"),
    _words("kind"),
    _words("round"),
    _words("mode"),
    Column("on", Date, nullable=False),
    Column("at", Time),
    Column("day", Date, nullable=False),  # the actor's day, 04:00 to 03:59
    _words("wore"),
    _words("hair"),
    _words("headshot"),
    _words("adjustment"),
    Column("felt", Integer),
    Column("saved_at", UtcDateTime, nullable=False),
)

presence = _table(
    "presence",
    _of("actor"),
    _of("audition"),
    _of("person", nullable=True),
    Column("position", Integer, nullable=False),
    _words("description"),
    _words("job"),
)

remark = _table(
    "remark",
    _of("actor"),
    _of("audition"),
    _of("presence", nullable=True),  # empty: said by or about the whole room
    Column("words", Text, nullable=False),
    Column("first", Date),
    Column("last", Date),
    _flag("private"),
)

news = _table(
    "news",
    _of("actor"),
    Column("words", Text, nullable=False),
    Column("event_on", Date),
    Column("ends_on", Date),
    _words("link"),
    Column("created_at", UtcDateTime, nullable=False),
)

note = _table(
    "note",
    _of("actor"),
    _of("person"),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open, sent, skipped
    _words("kind"),  # empty: after a room, which tells what it is; booking; news, asked for at any time
    Column("line", Integer, nullable=False, server_default="0"),
    _words("channel"),
    _words("subject"),
    _words("body"),
    Column("own_on", Date),  # the day the actor's own words were written for
    Column("kept", JSON, nullable=False, server_default="[]"),  # what the checker said and the actor kept
    Column("news", JSON, nullable=False, server_default="[]"),
    Column("shown_on", Date),
    Column("sent_at", UtcDateTime),
    UniqueConstraint("actor_id", "person_id", "day"),
)

change = _table(
    "change",
    _of("actor"),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    _words("subject"),
    Column("rows", JSON, nullable=False),
    Column("undone_at", UtcDateTime),
)

file = _table(
    "file",
    _of("actor"),
    _of("address"),  # where it came, and where it is answered
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),  # in bytes: as the platform told, and once it is kept, as it is
    _words("mime"),
    Column("reference", Text, nullable=False),  # what the platform gives it out for
    Column("state", Text, nullable=False, server_default="fetching"),  # fetching, kept, refused, dropped
    _words("why"),
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

link_code = _table(
    "link_code",
    _of("address"),  # where it was given, and where a yes is asked for
    Column("hashed", Text, nullable=False, index=True),
    Column("given_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open, used, declined, replaced
)

link_request = _table(
    "link_request",
    Column("code_id", ForeignKey("link_code.id"), nullable=False, index=True),
    _of("address"),  # who wants in
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

pulse = Table(
    "pulse",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
