"""Who was met where, what was said there, and the notes that come of it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Integer, Text, Time, UniqueConstraint

from storage.tables.columns import UtcDateTime, flag, of, table, words

office = table(
    "office",
    of("actor"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    words("channel"),  # how notes go there where the person has none: e-mail, postcard, agent
    flag("no_notes"),
    flag("one_note"),  # of those met in one room of this office, the first alone gets a note
    UniqueConstraint("actor_id", "folded"),
)

person = table(
    "person",
    of("actor"),
    of("office", nullable=True),
    Column("name", Text, nullable=False),
    words("greeting"),
    words("job"),
    words("email"),
    words("channel"),
    flag("no_notes"),
)

project = table(
    "project",
    of("actor"),
    Column("title", Text, nullable=False),
    words("kind"),
    Column("asked_silent_on", Date),  # when it was asked whether to park it
)

audition = table(
    "audition",
    of("actor"),
    of("project", nullable=True),
    words("role"),
    words("size"),
    words("kind"),
    words("round"),
    words("mode"),
    Column("on", Date, nullable=False),
    Column("at", Time),
    Column("day", Date, nullable=False),  # the actor's day, 04:00 to 03:59
    words("wore"),
    words("hair"),
    words("headshot"),
    words("adjustment"),
    Column("felt", Integer),
    Column("saved_at", UtcDateTime, nullable=False),
)

presence = table(
    "presence",
    of("actor"),
    of("audition"),
    of("person", nullable=True),
    Column("position", Integer, nullable=False),
    words("description"),
    words("job"),
)

remark = table(
    "remark",
    of("actor"),
    of("audition"),
    of("presence", nullable=True),  # empty: said by or about the whole room
    Column("words", Text, nullable=False),
    Column("first", Date),
    Column("last", Date),
    flag("private"),
)

news = table(
    "news",
    of("actor"),
    Column("words", Text, nullable=False),
    Column("event_on", Date),
    Column("ends_on", Date),
    words("link"),
    Column("created_at", UtcDateTime, nullable=False),
)

note = table(
    "note",
    of("actor"),
    of("person"),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open, sent, skipped
    words("kind"),  # empty: after a room, which tells what it is; booking; news, asked for at any time
    Column("booked_id", Integer),  # of a booking note, the project that was booked
    Column("line", Integer, nullable=False, server_default="0"),
    words("channel"),
    words("subject"),
    words("body"),
    Column("own_on", Date),  # the day the actor's own words were written for
    Column("kept", JSON, nullable=False, server_default="[]"),  # what the checker said and the actor kept
    Column("news", JSON, nullable=False, server_default="[]"),
    Column("shown_on", Date),
    Column("sent_at", UtcDateTime),
    UniqueConstraint("actor_id", "person_id", "day"),
)
