"""Who is served, and where each can be reached."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text, Time, UniqueConstraint

from storage.tables.columns import UtcDateTime, flag, of, table, words

actor = table(
    "actor",
    Column("created_at", UtcDateTime, nullable=False),
    words("profile_name"),
    words("sign"),
    Column("zone", Text, nullable=False),
    flag("zone_confirmed"),
    Column("nudge_time", Time, nullable=False),
    words("country"),
    flag("told_no_news"),
    flag("has_home"),  # some address of the actor's shows the home page
    flag("playful"),  # a sign-off may play on the button hook
    words("currency"),  # empty: that of the country
    Column("distance_rate", Integer),  # a mile or kilometre in tenths of a minor unit, where no table has one
    # The address where follow-ups come; no foreign key, since addresses point here already. One that belongs to
    # another by now counts as none.
    Column("home_address_id", Integer),
)

address = table(
    "address",
    of("actor", nullable=True),  # a group's address belongs to nobody
    Column("platform", Text, nullable=False),
    words("team"),
    Column("user", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("parked_at", UtcDateTime),
    words("parked_why"),
    words("profile_zone"),  # what the platform's profile last said
    flag("has_home"),
    words("page"),  # a digest of the home page that it shows
    Column("joined_at", UtcDateTime),  # when /link brought it to its actor: /unlink lets it go again
    UniqueConstraint("platform", "team", "user", "chat"),
)
