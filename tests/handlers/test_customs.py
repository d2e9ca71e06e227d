"""How a country writes its days, clocks and money."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.customs import (
    Customs,
    country_name,
    country_of,
    customs_of,
    find_country,
    fold,
    modern,
    show_day,
    show_days,
    show_time,
    show_when,
    write_day,
    zone_countries,
    zones_of,
)
from handlers.reading.places import is_zone

US, GB = customs_of("US"), customs_of("GB")
TODAY = date(2026, 11, 19)
MONDAY = date(2026, 11, 23)
EITHER = st.sampled_from([US, GB])


# Countries


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/Los_Angeles", "US"),
        ("Europe/London", "GB"),
        ("America/Toronto", "CA"),
        ("Australia/Sydney", "AU"),
        ("Atlantic/Reykjavik", "IS"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Belfast", "GB"),
        ("Japan", "JP"),
        ("Nowhere/Land", "US"),
        ("UTC", "US"),
        ("", "US"),
    ],
)
def test_the_country_follows_from_the_zone(zone: str, country: str) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("code", "day_first", "clock24", "currency"),
    [
        ("US", False, False, "USD"),
        ("GB", True, True, "GBP"),
        ("CA", False, False, "CAD"),
        ("AU", True, False, "AUD"),
        ("NZ", True, False, "NZD"),
        ("IN", True, False, "INR"),
        ("IE", True, True, "EUR"),
        ("ZA", True, True, "ZAR"),
        ("NG", True, True, "NGN"),
        ("DE", True, True, "EUR"),
        ("SE", True, True, "SEK"),
        ("MX", True, False, "MXN"),
        ("BR", True, True, "BRL"),
        ("JP", False, True, "JPY"),
        ("KR", False, False, "KRW"),
        ("HR", True, True, "EUR"),
    ],
)
def test_customs_of_a_country(code: str, day_first: bool, clock24: bool, currency: str) -> None:
    assert customs_of(code) == Customs(code, day_first, clock24, currency)


@pytest.mark.parametrize("code", ["", "XX", "ZZ", "usa", "🇬🇧", "G" * 4000, "\0", "../en", "en_GB"])
def test_an_unknown_country_has_the_customs_of_the_us(code: str) -> None:
    assert customs_of(code) == US


def test_a_code_may_come_in_any_case() -> None:
    assert customs_of(" gb ") == GB


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("US", "US"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("the united states", "US"),
        ("uk", "GB"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("Scotland", "GB"),
        ("canada", "CA"),
        ("  Ireland ", "IE"),
        ("DE", "DE"),
        ("Côte d'Ivoire", "CI"),
        ("trinidad and tobago", "TT"),
        ("South Korea", "KR"),
        ("Hong Kong", "HK"),
        ("the philippines", "PH"),
        ("no", None),
        ("in", None),
        ("ga", None),
        ("", None),
        ("the", None),
        ("atlantis", None),
        ("x" * 4000, None),
    ],
)
def test_a_country_is_found_by_name_or_code(said: str, code: str | None) -> None:
    assert find_country(said) == code


def test_a_country_is_named_in_english() -> None:
    assert [country_name(code) for code in ("GB", "US", "HK")] == ["United Kingdom", "United States", "Hong Kong"]
    assert country_name("XX") == "XX"


@pytest.mark.parametrize("code", sorted(set(zone_countries().values())))
def test_every_country_has_customs_and_is_found_by_its_name(code: str) -> None:
    assert customs_of(code).country == code
    assert len(customs_of(code).currency) == 3
    assert find_country(country_name(code)) == find_country(code) == code
    assert all(country_of(zone) == code for zone in zones_of(code))


@pytest.mark.parametrize("zone", sorted(filter(is_zone, available_timezones())))
def test_every_zone_lies_in_a_country(zone: str) -> None:
    assert modern(zone) in zones_of(country_of(zone))


@given(st.text())
def test_no_text_is_too_odd_for_countries(text: str) -> None:
    assert customs_of(text).country == country_of(text) == "US" or customs_of(text) != US or is_zone(text)
    assert isinstance(country_name(text), str)
    found = find_country(text)
    assert found is None or zones_of(found) or customs_of(found).country == found


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("L.A.", "la"), ("St. John’s", "st johns"), ("São\tPaulo", "sao paulo"), ("a\0b", "ab"), (" A,  B\n", "a b")],
)
def test_spellings_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


# Showing


@pytest.mark.parametrize(
    ("at", "us", "gb"),
    [
        (time(9, 0), "9:00 am", "09:00"),
        (time(0, 5), "12:05 am", "00:05"),
        (time(12, 0), "12:00 pm", "12:00"),
        (time(16, 12), "4:12 pm", "16:12"),
        (time(23, 59, 59), "11:59 pm", "23:59"),
    ],
)
def test_a_time(at: time, us: str, gb: str) -> None:
    assert (show_time(at, US), show_time(at, GB)) == (us, gb)


@pytest.mark.parametrize(
    ("day", "us", "gb"),
    [
        (TODAY, "today", "today"),
        (date(2026, 11, 20), "tomorrow", "tomorrow"),
        (date(2026, 11, 18), "yesterday", "yesterday"),
        (MONDAY, "Mon, Nov 23", "Mon 23 Nov"),
        (date(2026, 12, 5), "Sat, Dec 5", "Sat 5 Dec"),
        (date(2025, 11, 23), "Sun, Nov 23, 2025", "Sun 23 Nov 2025"),
        (date(2027, 1, 1), "Fri, Jan 1, 2027", "Fri 1 Jan 2027"),
    ],
)
def test_a_day(day: date, us: str, gb: str) -> None:
    assert (show_day(day, TODAY, US), show_day(day, TODAY, GB)) == (us, gb)


def test_tomorrow_across_the_new_year_is_a_word() -> None:
    assert show_day(date(2027, 1, 1), date(2026, 12, 31), US) == "tomorrow"


@pytest.mark.parametrize(
    ("day", "at", "us", "gb"),
    [
        (date(2026, 11, 20), time(9), "tomorrow at 9:00 am", "tomorrow at 09:00"),
        (TODAY, time(16, 12), "today at 4:12 pm", "today at 16:12"),
        (MONDAY, time(9), "Mon, Nov 23, 9:00 am", "Mon 23 Nov, 09:00"),
        (date(2027, 2, 1), time(9), "Mon, Feb 1, 2027, 9:00 am", "Mon 1 Feb 2027, 09:00"),
        (MONDAY, None, "Mon, Nov 23", "Mon 23 Nov"),
        (TODAY, None, "today", "today"),
    ],
)
def test_a_day_and_its_time(day: date, at: time | None, us: str, gb: str) -> None:
    assert (show_when(day, at, TODAY, US), show_when(day, at, TODAY, GB)) == (us, gb)


def test_a_draft_writes_the_date_out() -> None:
    assert write_day(date(2026, 12, 5), US) == "Saturday, December 5"
    assert write_day(date(2026, 12, 5), GB) == "Saturday 5 December"


@pytest.mark.parametrize(
    ("first", "last", "us", "gb"),
    [
        (date(2026, 11, 21), date(2026, 11, 22), "Sat, Nov 21 – Sun, Nov 22", "Sat 21 Nov – Sun 22 Nov"),
        (date(2026, 11, 22), date(2026, 11, 21), "Sat, Nov 21 – Sun, Nov 22", "Sat 21 Nov – Sun 22 Nov"),
        (MONDAY, MONDAY, "Mon, Nov 23", "Mon 23 Nov"),
        (TODAY, TODAY, "today", "today"),
        (TODAY, date(2026, 11, 20), "Thu, Nov 19 – Fri, Nov 20", "Thu 19 Nov – Fri 20 Nov"),
        (date(2026, 12, 30), date(2027, 1, 2), "Wed, Dec 30 – Sat, Jan 2, 2027", "Wed 30 Dec – Sat 2 Jan 2027"),
    ],
)
def test_days(first: date, last: date, us: str, gb: str) -> None:
    assert (show_days(first, last, TODAY, US), show_days(first, last, TODAY, GB)) == (us, gb)


@given(st.dates(), st.dates(), st.none() | st.times(), EITHER)
def test_every_date_can_be_shown(day: date, today: date, at: time | None, c: Customs) -> None:
    assert show_when(day, at, today, c).startswith(show_day(day, today, c))
    assert str(day.day) in write_day(day, c)
    assert show_days(day, today, today, c) == show_days(today, day, today, c)
