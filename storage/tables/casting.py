"""The way of a project from submission to booking."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text, Time, UniqueConstraint

from storage.tables.columns import UtcDateTime, flag, of, table, words

stage = table(
    "stage",
    of("actor"),
    of("project"),
    of("audition", nullable=True),  # the round that was told of it
    Column("kind", Text, nullable=False),
    Column("number", Integer, nullable=False, server_default="1"),  # which callback, which test
    Column("at", UtcDateTime, nullable=False),  # when it was told
    words("words"),
    words("role"),
    words("size"),
    words("via"),  # who told, or where it was sent in
    words("instruction"),  # what they want changed: "hair curly"
    # When casting waits for an answer: until this moment at most, if one was said, and what became of it.
    flag("asks"),
    Column("answer_by", UtcDateTime),
    words("answer"),  # confirmed, declined, newtime, answered; cancelled: by casting; loose: a hold that is no booking
    Column("answered_at", UtcDateTime),
)

stage_days = table(
    "stage_days",
    of("actor"),
    of("stage"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
)

submission = table(
    "submission",
    of("actor"),
    of("stage"),
    words("headshot"),
    words("reel"),
    Column("posted_at", UtcDateTime),
    Column("sent_at", UtcDateTime, nullable=False),
)

appointment = table(
    "appointment",
    of("actor"),
    of("project", nullable=True),
    of("stage", nullable=True),
    of("audition", nullable=True),  # what was told of it afterwards
    Column("kind", Text, nullable=False),  # a stage's kind, or tape, sides, fitting, shoot, other
    words("title"),
    Column("on", Date, nullable=False),
    Column("at", Time),  # empty: all day
    Column("until", Time),
    Column("zone", Text, nullable=False),  # of the place: its wall time stays, wherever the actor is
    words("place"),
    Column("state", Text, nullable=False, server_default="planned"),  # planned, done, missed, cancelled, moved
    Column("uid", Text, nullable=False),
    Column("sequence", Integer, nullable=False, server_default="0"),
)
Index("ix_appointment_on", appointment.c.actor_id, appointment.c.on)

booking_step = table(
    "booking_step",
    of("actor"),
    of("project"),
    Column("step", Text, nullable=False),  # answered, paperwork, dates, fitting, call
    Column("done_at", UtcDateTime),
    UniqueConstraint("project_id", "step"),
)

away = table(
    "away",
    of("actor"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
)
