"""The day of small talk, Thursday, November 19, 2026, at 4:10 pm."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.talk_days import cut_talk_day
from tests.patience import patience

NOW = datetime(2026, 11, 19, 16, 10)  # noqa: DTZ001


def told(text: str) -> tuple[str, str, str] | None:
    cut = cut_talk_day(text, NOW, day_first=False)
    return (cut.rest, f"{cut.first:%a %m-%d}", f"{cut.last:%a %m-%d}") if cut else None


@pytest.mark.parametrize(
    ("text", "rest", "first", "last"),
    [
        ("ran it on sunday", "ran it", "Sun 11-15", "Sun 11-15"),
        ("went surfing saturday", "went surfing", "Sat 11-14", "Sat 11-14"),
        ("got back sunday from peru", "got back from peru", "Sun 11-15", "Sun 11-15"),
        ("her show was on friday", "her show", "Fri 11-13", "Fri 11-13"),
        ("ran the 5k 11/15", "ran the 5k", "Sun 11-15", "Sun 11-15"),
        ("was on the 5th", "was", "Thu 11-05", "Thu 11-05"),
        ("had tickets to hamilton on friday", "had tickets to hamilton", "Fri 11-20", "Fri 11-20"),
        ("was going to run sunday", "was going to run", "Sun 11-22", "Sun 11-22"),
        ("heard its opening friday", "heard its opening", "Fri 11-20", "Fri 11-20"),
        ("was saying she moves friday", "was saying she moves", "Fri 11-20", "Fri 11-20"),
        ("ran it once, running it again sunday", "ran it once, running it again", "Sun 11-22", "Sun 11-22"),
        ("moving in two weeks", "moving", "Mon 11-30", "Sun 12-06"),
        ("moving in 3 days", "moving", "Sun 11-22", "Sun 11-22"),
        ("off to peru next month", "off to peru", "Tue 12-01", "Thu 12-31"),
        ("flying to lisbon on the 28th w his husband", "flying to lisbon w his husband", "Sat 11-28", "Sat 11-28"),
        ("surfing the 28th", "surfing", "Sat 11-28", "Sat 11-28"),
        ("wedding next friday", "wedding", "Fri 11-27", "Fri 11-27"),
        ("getting a dog this wknd", "getting a dog", "Sat 11-21", "Sun 11-22"),
        ("camping over the wkend", "camping", "Sat 11-21", "Sun 11-22"),
        ("flying tmrw am", "flying", "Fri 11-20", "Fri 11-20"),
    ],
)
def test_the_day_that_was_meant(text: str, rest: str, first: str, last: str) -> None:
    assert told(text) == (rest, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "on the 5th take",
        "for the 3rd time",
        "in the 2nd act",
        "since the 5th",
        "on the 2nd floor",
        "crosswords evry sunday",
        "in a minute",
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert told(text) is None


PIECES = st.sampled_from(
    [
        "ran",
        "she",
        "on",
        "the",
        "28th",
        "in",
        "two",
        "weeks",
        "3",
        "days",
        "next",
        "month",
        "sunday",
        ",",
        "wknd",
        "tmrw",
        "am",
        "was",
        "0",
        "99",
    ]
)


@settings(deadline=None)
@given(
    st.text(max_size=200) | st.lists(PIECES, max_size=12).map(" ".join), st.dates(date(2020, 1, 1), date(2090, 1, 1))
)
def test_whatever_is_told_lies_within_two_years(text: str, day: date) -> None:
    cut = cut_talk_day(text, datetime.combine(day, NOW.time()), day_first=False)
    if cut:
        assert day - timedelta(days=731) <= cut.first <= cut.last <= day + timedelta(days=731)
        assert cut.phrase in text


@pytest.mark.parametrize("piece", ["in 2 weeks ago ", "on the 28th of ", "was ", "in ", "next month's ", "the 1st "])
def test_no_small_talk_takes_long(piece: str) -> None:
    with patience():
        cut_talk_day((piece * 4000)[:4000], NOW, day_first=False)
