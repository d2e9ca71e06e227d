"""Where an actor is: what is typed, what is shared, and the table behind it."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.customs import country_of, fold, zone_countries
from handlers.reading.places import Place, find_place, is_offset, is_zone, place_at, place_of, places_showing
from tests.patience import patience

LA, NY, CHICAGO, DENVER = "America/Los_Angeles", "America/New_York", "America/Chicago", "America/Denver"
LONDON = "Europe/London"
SEEN = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

TEXT = (files("handlers.reading") / "places.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(line for line in TEXT.splitlines() if line and not line.startswith("#")))
ANYTHING = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(["im", "in", "la", "new", "york", "ga", "or", "georgia", "uk", ",", "+8", "\0"])).map(
        " ".join
    ),
)


def names(text: str) -> tuple[str, ...]:
    found = find_place(text)
    return () if found is None else (found.name,) if isinstance(found, Place) else tuple(p.name for p in found)


# What is typed


@pytest.mark.parametrize(
    ("typed", "name", "zone"),
    [
        ("la", "Los Angeles", LA),
        ("LA", "Los Angeles", LA),
        ("L.A.", "Los Angeles", LA),
        ("los angeles", "Los Angeles", LA),
        ("nyc", "New York", NY),
        ("New York, NY", "New York", NY),
        ("Brooklyn ny", "Brooklyn", NY),
        ("burbank, ca", "Burbank", LA),
        ("silver lake, la", "Silver Lake", LA),
        ("lafayette, la", "Lafayette", CHICAGO),
        ("London", "London", LONDON),
        ("im in london", "London", LONDON),
        ("I’m in London right now", "London", LONDON),
        ("hi, im based in atlanta atm", "Atlanta", NY),
        ("here in austin for a few days", "Austin", CHICAGO),
        ("london uk", "London", LONDON),
        ("london ontario", "London, Ontario", "America/Toronto"),
        ("london, on", "London, Ontario", "America/Toronto"),
        ("atlanta, ga", "Atlanta", NY),
        ("Atlanta GA USA", "Atlanta", NY),
        ("portland or", "Portland, Oregon", LA),
        ("Portland, Maine", "Portland, Maine", NY),
        ("birmingham, al", "Birmingham, Alabama", CHICAGO),
        ("birmingham uk", "Birmingham, England", LONDON),
        ("athens ga", "Athens, Georgia", NY),
        ("venice ca", "Venice, California", LA),
        ("el paso, tx", "El Paso", DENVER),
        ("pensacola fl", "Pensacola", CHICAGO),
        ("toronto, ca", "Toronto", "America/Toronto"),
        ("são paulo", "São Paulo", "America/Sao_Paulo"),
        ("SAO PAULO", "São Paulo", "America/Sao_Paulo"),
        ("bombay", "Mumbai", "Asia/Kolkata"),
        ("st johns", "St. John's", "America/St_Johns"),
        ("phoenix", "Phoenix", "America/Phoenix"),
    ],
)
def test_a_city_is_found_however_it_is_typed(typed: str, name: str, zone: str) -> None:
    assert find_place(typed) == Place(name, zone)


@pytest.mark.parametrize(
    ("typed", "name", "zone"),
    [
        ("ET", "Eastern time", NY),
        ("eastern", "Eastern time", NY),
        ("EST", "Eastern time", NY),
        ("CST", "Central time", CHICAGO),
        ("pt", "Pacific time", LA),
        ("pacific time", "Pacific time", LA),
        ("US/Pacific", "Pacific time", LA),
        ("bst", "UK time", LONDON),
        ("America/Chicago", "Chicago", CHICAGO),
        ("europe/london", "London", LONDON),
        ("Asia/Calcutta", "Kolkata", "Asia/Kolkata"),
        ("kathmandu", "Kathmandu", "Asia/Kathmandu"),
        ("Paramaribo", "Paramaribo", "America/Paramaribo"),
        ("japan", "Japan", "Asia/Tokyo"),
        ("uk", "United Kingdom", LONDON),
        ("the netherlands", "Netherlands", "Europe/Amsterdam"),
        ("nevada", "Nevada", LA),
    ],
)
def test_a_zone_a_state_or_a_country_of_one_zone_will_do(typed: str, name: str, zone: str) -> None:
    assert find_place(typed) == Place(name, zone)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("portland", ("Portland, Oregon", "Portland, Maine")),
        ("im in birmingham", ("Birmingham, Alabama", "Birmingham, England")),
        ("georgia", ("Georgia, USA", "Tbilisi, Georgia")),
        ("texas", ("Texas, Central time", "Texas, Mountain time")),
        ("marfa, texas", ("Texas, Central time", "Texas, Mountain time")),
        ("MST", ("Arizona", "Mountain time")),
        ("usa", ("Los Angeles", "New York", "Chicago", "Denver", "Phoenix", "Honolulu")),
        ("canada", ("Toronto", "Vancouver", "Calgary", "Winnipeg", "Halifax", "St. John's")),
        ("australia", ("Sydney", "Melbourne", "Brisbane", "Adelaide", "Perth", "Darwin")),
        ("mongolia", ("Ulaanbaatar", "Hovd")),
        ("birmingam", ("Birmingham, Alabama", "Birmingham, England")),
    ],
)
def test_what_may_be_several_is_offered(typed: str, offered: tuple[str, ...]) -> None:
    assert names(typed) == offered


@pytest.mark.parametrize(
    ("typed", "name"),
    [("los angelas", "Los Angeles"), ("atlnta", "Atlanta"), ("londn", "London"), ("im in philadelpia", "Philadelphia")],
)
def test_a_small_slip_is_forgiven(typed: str, name: str) -> None:
    assert names(typed) == (name,)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("macon, ga", "Georgia, USA"), ("tring england", "England"), ("vancouver wa", "Washington State")],
)
def test_an_unknown_town_takes_the_zone_of_its_state(typed: str, name: str) -> None:
    assert name in names(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "hi", "oh hi", "oh, hi", "ok", "me", "call me", "in", "or", "nice", "skip", "later", "nothing", "home",
     "la la land", "not in la", "9:00 am", "7:30", "8", "nigera", "atlantis?", "🎭", "١٢", "\0", "x" * 4000, "Factory",
     "EST5EDT", "Etc/UTC", "GMT"],
)  # fmt: skip
def test_what_names_no_place_is_not_guessed(typed: str) -> None:
    assert find_place(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["UTC", "utc-8", "UTC−8", "UTC +5:30", "GMT", "gmt+1", "gmt plus 1", "-8", "+0530", "im in utc-8", "minus 8",
     "I'm in gmt+1 now", "Etc/GMT+8", "-8 hours"],
)  # fmt: skip
def test_an_offset_is_no_place(typed: str) -> None:
    assert is_offset(typed)
    assert find_place(typed) is None


@pytest.mark.parametrize("typed", ["8", "8:30", "London", "ET", "", "-", "+", "2026-11-23", "1" * 4000, "+" * 4000])
def test_other_things_are_no_offset(typed: str) -> None:
    assert not is_offset(typed)


@given(ANYTHING)
def test_any_text_gives_usable_places_or_none(text: str) -> None:
    found = find_place(text)
    places = () if found is None else (found,) if isinstance(found, Place) else found
    assert all(is_zone(place.zone) and place.name for place in places)
    assert len({place.zone for place in places}) == len({place.name for place in places}) == len(places)
    assert not (places and is_offset(text))


@pytest.mark.parametrize(
    "text", ["la " * 33, "in " * 33, "ga or " * 5, "new york " * 5, "ﷺ" * 100, "a" * 4000, "+1 " * 999]
)
def test_no_text_is_slow(text: str) -> None:
    with patience():
        find_place(text)


# What is shared


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (34.05, -118.24, Place("Los Angeles", LA)),
        (51.5, -0.12, Place("London", LONDON)),
        (31.76, -106.485, Place("Denver", DENVER)),
        (-34.6, -58.4, Place("Buenos Aires", "America/Argentina/Buenos_Aires")),
        (0.0, 0.0, None),
        (91.0, 0.0, None),
        (0.0, -181.0, None),
        (float("nan"), 0.0, None),
        (0.0, float("nan"), None),
        (float("inf"), 0.0, None),
        (10.0**300, 0.0, None),
    ],
)
def test_a_point_on_the_map(latitude: float, longitude: float, place: Place | None) -> None:
    assert place_at(latitude, longitude) == place


@given(st.floats(), st.floats())
def test_any_two_numbers_give_a_usable_place_or_none(latitude: float, longitude: float) -> None:
    place = place_at(latitude, longitude)
    assert place is None or is_zone(place.zone)


# What a clock says


def test_a_clock_offers_the_zones_that_show_it() -> None:
    assert places_showing(time(9, 0), SEEN) == (Place("Los Angeles", LA),)
    assert places_showing(time(10, 5), SEEN) == (Place("Denver", DENVER), Place("Phoenix", "America/Phoenix"))
    assert places_showing(time(17, 20), SEEN)[0] == Place("London", LONDON)


def test_a_clock_is_read_across_midnight() -> None:
    midnight = datetime(2026, 11, 21, 7, 55, tzinfo=UTC)  # 23:55 in Los Angeles
    assert places_showing(time(0, 10), midnight)[0].zone == LA
    assert LA not in {place.zone for place in places_showing(time(0, 16), midnight)}


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(places_showing(time(19, 0), SEEN)) > 2
    assert len(places_showing(time(19, 0), SEEN, limit=2)) == 2
    assert places_showing(time(19, 0), SEEN, limit=0) == ()


@given(st.times(), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_offered_shows_that_time(clock: time, now: datetime) -> None:
    wanted = timedelta(hours=clock.hour, minutes=clock.minute)
    for place in places_showing(clock, now):
        there = now.astimezone(ZoneInfo(place.zone))
        apart = abs(wanted - timedelta(hours=there.hour, minutes=there.minute))
        assert min(apart, timedelta(days=1) - apart) <= timedelta(minutes=20)


# Zones


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (LA, "Los Angeles"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/Sao_Paulo", "São Paulo"),
        ("America/St_Johns", "St. John's"),
        ("Africa/Porto-Novo", "Porto-Novo"),
        ("US/Pacific", "Los Angeles"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str, name: str) -> None:
    assert place_of(zone) == Place(name, zone)


@pytest.mark.parametrize("name", [LA, LONDON, "US/Pacific", "Asia/Calcutta", "Japan", "Eire"])
def test_a_zone_of_a_place_can_be_kept(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name",
    ["", "UTC", "GMT", "Etc/GMT+8", "Etc/UTC", "EST", "PST8PDT", "MET", "Factory", "localtime", "america/chicago",
     "../../etc/passwd", "LA", "\0"],
)  # fmt: skip
def test_an_offset_is_never_kept_as_a_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize("zone", sorted(filter(is_zone, available_timezones())))
def test_every_zone_has_a_place_and_is_found_by_its_name(zone: str) -> None:
    assert place_of(zone).name
    found = find_place(zone)
    assert isinstance(found, Place)
    then = [SEEN, SEEN + timedelta(days=200)]
    assert [at.astimezone(ZoneInfo(found.zone)).utcoffset() for at in then] == [
        at.astimezone(ZoneInfo(zone)).utcoffset() for at in then
    ]


# The table


def test_the_table_is_large_enough_to_be_worth_having() -> None:
    assert len(ROWS) >= 250


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_each_row_is_true(row: dict[str, str]) -> None:
    assert row["zone"] in zone_countries()
    assert row["zone"] in available_timezones()
    assert row["country"] == country_of(row["zone"])
    assert find_place(row["name"]) == Place(row["name"], row["zone"])
    there = SEEN.astimezone(ZoneInfo(row["zone"])).time()
    assert places_showing(there, SEEN), "no place is offered to someone who only tells the time"


def test_no_name_stands_twice() -> None:
    folded = [fold(row["name"]) for row in ROWS]
    assert sorted(folded) == sorted(set(folded))


def test_a_spelling_is_shared_only_by_places_of_different_zones() -> None:
    zones = defaultdict(list)
    for row in ROWS:
        for said in filter(None, [row["name"], *row["also"].split("|")]):
            zones[said[:1] == "+", fold(said)].append(row["zone"])
    assert [said for (_, said), told in zones.items() if len(set(told)) != len(told)] == []


def test_each_set_of_clock_rules_is_offered_once() -> None:
    offered = [row for row in ROWS if row["offered"]]
    days = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    rules = {row["name"]: tuple(at.astimezone(ZoneInfo(row["zone"])).utcoffset() for at in days) for row in offered}
    assert len(set(rules.values())) == len(rules)
    assert len({row["offered"] for row in offered}) == len(offered)
