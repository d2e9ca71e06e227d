from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from handlers.reading.dates import Look, Unclear, When, cut_day, read_time, read_when, warm, zoned
from tests.patience import patience

NOW = datetime(2026, 11, 19, 16, 12)  # noqa: DTZ001 - a Thursday, on the actor's wall
TODAY = NOW.date()


def ahead(text: str, now: datetime = NOW, *, day_first: bool = False) -> When | Unclear | None:
    return read_when(text, now, day_first=day_first, look="future")


def back(text: str, now: datetime = NOW, *, day_first: bool = False) -> When | Unclear | None:
    return read_when(text, now, day_first=day_first, look="past")


def shown(read: When | Unclear | None) -> str:
    if isinstance(read, Unclear):
        return " or ".join(shown(reading) for reading in read.readings)
    if read is None:
        return ""
    return f"{read.day:%a %Y-%m-%d}" + (f" {read.time:%H:%M}" if read.time else "")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        # weekdays; the one of today is next week's
        ("thurs", "Thu 2026-11-26"),
        ("Thursday", "Thu 2026-11-26"),
        ("thur", "Thu 2026-11-26"),
        ("weds", "Wed 2026-11-25"),
        ("fri", "Fri 2026-11-20"),
        ("this fri", "Fri 2026-11-20"),
        ("next fri", "Fri 2026-11-27"),
        ("friday next week", "Fri 2026-11-27"),
        ("next week on friday", "Fri 2026-11-27"),
        ("next thurs", "Thu 2026-11-26"),
        ("next mon", "Mon 2026-11-23"),
        ("last thursday", "Thu 2026-11-12"),
        ("a week from friday", "Fri 2026-11-27"),
        ("a week from thursday", "Thu 2026-12-03"),
        ("2 weeks from today", "Thu 2026-12-03"),
        ("Mon morning", "Mon 2026-11-23"),
        ("on monday", "Mon 2026-11-23"),
        ("this friday at 4", "Fri 2026-11-20 16:00"),
        ("tues 4:15pm", "Tue 2026-11-24 16:15"),
        ("thurs 14:00", "Thu 2026-11-26 14:00"),
        ("monday at noon", "Mon 2026-11-23 12:00"),
        ("sat 11am-1pm", "Sat 2026-11-21 11:00"),
        ("tuesday morning at 10", "Tue 2026-11-24 10:00"),
        ("this weekend", "Sat 2026-11-21 or Sun 2026-11-22"),
        ("next weekend", "Sat 2026-11-28 or Sun 2026-11-29"),
        # near days
        ("today", "Thu 2026-11-19"),
        ("tonight", "Thu 2026-11-19"),
        ("tonight at 8", "Thu 2026-11-19 20:00"),
        ("tonight 8", "Thu 2026-11-19 20:00"),
        ("this morning", "Thu 2026-11-19"),
        ("this morning at 6", "Thu 2026-11-19 06:00"),
        ("this afternoon at 5", "Thu 2026-11-19 17:00"),
        ("last night at 9", "Wed 2026-11-18 21:00"),
        ("tmrw", "Fri 2026-11-20"),
        ("tmw 11am", "Fri 2026-11-20 11:00"),
        ("tmrw 3p", "Fri 2026-11-20 15:00"),
        ("tomorrow 3pm", "Fri 2026-11-20 15:00"),
        ("tomorrow 3", "Fri 2026-11-20 15:00"),
        ("tomorrow 1530", "Fri 2026-11-20 15:30"),
        ("tomorrow at 10:30am", "Fri 2026-11-20 10:30"),
        ("tomorrow morning at 7", "Fri 2026-11-20 07:00"),
        ("tomorrow at 9 in the morning", "Fri 2026-11-20 09:00"),
        ("noon tomorrow", "Fri 2026-11-20 12:00"),
        ("half past 3 tomorrow", "Fri 2026-11-20 15:30"),
        ("quarter to nine tomorrow", "Fri 2026-11-20 08:45"),
        ("day after tomorrow", "Sat 2026-11-21"),
        ("yesterday 4pm", "Wed 2026-11-18 16:00"),
        ("the day before yesterday", "Tue 2026-11-17"),
        # a time alone is today's
        ("3pm", "Thu 2026-11-19 15:00"),
        ("3p", "Thu 2026-11-19 15:00"),
        ("8:30 p.m.", "Thu 2026-11-19 20:30"),
        ("at 4:15", "Thu 2026-11-19 16:15"),
        ("4:15", "Thu 2026-11-19 16:15"),
        ("8:45", "Thu 2026-11-19 08:45"),
        ("12:30", "Thu 2026-11-19 12:30"),
        ("06:30", "Thu 2026-11-19 06:30"),
        ("half past 3", "Thu 2026-11-19 15:30"),
        ("at 3", "Thu 2026-11-19 15:00"),
        ("now", "Thu 2026-11-19 16:12"),
        # dates of the calendar
        ("nov 19th", "Thu 2026-11-19"),
        ("11/17", "Wed 2027-11-17"),
        ("17/11", "Wed 2027-11-17"),
        ("2026-11-19", "Thu 2026-11-19"),
        ("2026-11-19 14:30", "Thu 2026-11-19 14:30"),
        ("19 Nov 14:30", "Thu 2026-11-19 14:30"),
        ("14 apr at 11", "Wed 2027-04-14 11:00"),
        ("sat dec 5", "Sat 2026-12-05"),
        ("Sat, Dec. 5, 2026 at 8pm", "Sat 2026-12-05 20:00"),
        ("Mon Nov 23 9:00 am", "Mon 2026-11-23 09:00"),
        ("thurs nov 12", "Thu 2026-11-12"),  # the weekday settles the year
        ("6 April", "Tue 2027-04-06"),
        ("5th of december", "Sat 2026-12-05"),
        ("4/6/27 3:30pm", "Tue 2027-04-06 15:30"),
        ("04.06.2027", "Tue 2027-04-06"),
        ("the 14th", "Mon 2026-12-14"),
        ("3rd", "Thu 2026-12-03"),
        ("friday the 20th", "Fri 2026-11-20"),
        ("fri 20", "Fri 2026-11-20"),
        ("feb 29", "Tue 2028-02-29"),
        # counted from now
        ("in 3 days", "Sun 2026-11-22"),
        ("in 2 weeks at 3pm", "Thu 2026-12-03 15:00"),
        ("in a fortnight", "Thu 2026-12-03"),
        ("in an hour", "Thu 2026-11-19 17:12"),
        ("in 20 min", "Thu 2026-11-19 16:32"),
        ("2 days ago", "Tue 2026-11-17"),
        ("a couple of days ago", "Tue 2026-11-17"),
        ("two weeks ago", "Thu 2026-11-05"),
        ("half an hour ago", "Thu 2026-11-19 15:42"),
        # two readings: the actor chooses
        ("5", "Thu 2026-11-19 17:00 or Sat 2026-12-05"),
        ("3", "Thu 2026-11-19 15:00 or Thu 2026-12-03"),
        ("thurs 3", "Thu 2026-11-26 15:00 or Thu 2026-12-03"),
        ("fri dec 5", "Sat 2026-12-05 or Fri 2026-12-04"),
    ],
)
def test_a_day_to_come_is_read(said: str, read: str) -> None:
    assert shown(ahead(said)) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("thursday", "Thu 2026-11-19"),
        ("last thursday", "Thu 2026-11-12"),
        ("tuesday", "Tue 2026-11-17"),
        ("last tuesday", "Tue 2026-11-17"),
        ("this tuesday", "Tue 2026-11-17"),
        ("fri", "Fri 2026-11-13"),
        ("tues at 4:15", "Tue 2026-11-17 16:15"),
        ("it was yesterday at 3", "Wed 2026-11-18 15:00"),
        ("yesterday afternoon", "Wed 2026-11-18"),
        ("last night", "Wed 2026-11-18"),
        ("tmrw", "Fri 2026-11-20"),
        ("nov 19th", "Thu 2026-11-19"),
        ("nov 20", "Thu 2025-11-20"),
        ("mon nov 23", "Mon 2026-11-23"),  # the weekday settles the year
        ("11/17", "Tue 2026-11-17"),
        ("14 apr at 11", "Tue 2026-04-14 11:00"),
        ("the 14th", "Sat 2026-11-14"),
        ("last weekend", "Sat 2026-11-14 or Sun 2026-11-15"),
        ("over the weekend", "Sat 2026-11-14 or Sun 2026-11-15"),
        ("an hour ago", "Thu 2026-11-19 15:12"),
        ("3", "Thu 2026-11-19 15:00 or Tue 2026-11-03"),
        ("6/30", "Tue 2026-06-30"),
    ],
)
def test_a_day_gone_by_is_read(said: str, read: str) -> None:
    assert shown(back(said)) == read


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "smarch 13", "hgfdsa", "sun hat", "may", "march", "may get a callback", "sat on a chair",
        "2nd callback",
        "mark", "Mark Teschner", "co-star", "marisol", "12.50", "1530", "0", "24", "31", "99999999999999999999",
        "nov 31", "13/13", "feb 30 2027", "dec 5 2035", "12/5/99", "friday 2026", "in 999 months", "in 3 days ago",
        "3 days", "in 2 3 days", "next week", "last month", "end of month", "first monday of april", "tonight at 12",
        "tonight at 8am", "25:00", "13pm", "tomorrow 9ish", "3pm 4pm", "sat 2-4pm", "3pm PT tomorrow",
        "tonight at midnight",
        "11-12", "٣pm", "nov ٣", "١١/١٧", "tomorrow\x00", "🎉", "in an hour at 3pm", "see you tomorrow", "tues 45",
    ],
)  # fmt: skip
def test_what_is_no_plain_date_is_not_read(said: str) -> None:
    assert ahead(said) is None
    assert back(said) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("4/6", date(2027, 6, 4)),
        ("1/2", date(2027, 2, 1)),
        ("17/11", date(2027, 11, 17)),
        ("11/17", date(2027, 11, 17)),
        ("04.06.2027", date(2027, 6, 4)),
        ("2027-04-06", date(2027, 4, 6)),
        ("6 April", date(2027, 4, 6)),
    ],
)
def test_a_country_may_put_the_day_first(said: str, day: date) -> None:
    assert ahead(said, day_first=True) == When(day)


def test_a_weekend_is_the_current_one_on_its_sunday() -> None:
    sunday = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001
    assert shown(ahead("this weekend", sunday)) == "Sat 2026-11-21 or Sun 2026-11-22"
    assert shown(back("last weekend", sunday)) == "Sat 2026-11-14 or Sun 2026-11-15"
    assert shown(ahead("next fri", sunday)) == "Fri 2026-11-27"


def test_an_hour_ago_may_be_yesterday() -> None:
    assert back("an hour ago", datetime(2026, 11, 19, 0, 20)) == When(date(2026, 11, 18), time(23, 20))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("9", time(9)),
        ("9am", time(9)),
        ("9 a.m.", time(9)),
        ("at 9", time(9)),
        ("nine", time(9)),
        ("9 o'clock", time(9)),
        ("9 o’clock", time(9)),
        ("8:30", time(8, 30)),
        ("08:00", time(8)),
        ("8:30 pm", time(20, 30)),
        ("8.30am", time(8, 30)),
        ("half past 8", time(8, 30)),
        ("half past 8 in the evening", time(20, 30)),
        ("quarter to nine", time(8, 45)),
        ("7 in the morning", time(7)),
        ("0900", time(9)),
        ("830", time(8, 30)),
        ("noon", time(12)),
        ("12", time(12)),
        ("12am", time(0)),
        ("midnight", time(0)),
        ("21:15", time(21, 15)),
        ("3p", time(15)),
        ("1", time(1)),
    ],
)
def test_a_morning_hour_is_read(said: str, hour: time) -> None:
    assert read_time(said) == hour


@pytest.mark.parametrize(
    "said",
    [
        "", "0", "24", "24:00", "25", "7:60", "13pm", "0am", "9ish", "9am and 10am", "9 am tomorrow", "tomorrow",
        "nurse 9",
        "٩", "12.50", "9am tonight", "123456789", "-9", "9:5",
    ],
)  # fmt: skip
def test_what_is_no_time_is_not_read(said: str) -> None:
    assert read_time(said) is None


@pytest.mark.parametrize(
    ("text", "rest", "days"),
    [
        ("running the turkey trot thurs w her dad", "running the turkey trot w her dad", "11-26"),
        ("going surfing in zuma this weekend", "going surfing in zuma", "11-21 11-22"),
        (
            "taking her twins trick or treating tonight as a dragon, both halves",
            "taking her twins trick or treating as a dragon, both halves",
            "11-19",
        ),
        ("surfing in zuma sat", "surfing in zuma", "11-21"),
        ("surfing in zuma on sun.", "surfing in zuma.", "11-22"),
        ("this sat in zuma", "in zuma", "11-21"),
        ("sun night dinner", "dinner", "11-22"),
        ("sun 3pm brunch", "3pm brunch", "11-22"),
        (
            "priya: callback copper falls tmrw 11am, 200 main st",
            "priya: callback copper falls 11am, 200 main st",
            "11-20",
        ),
        ("2nd callback today 3pm hair CURLY", "2nd callback 3pm hair CURLY", "11-19"),
        ("BOOKED BRIGHTSIDE!!! shoots tues", "BOOKED BRIGHTSIDE!!! shoots", "11-24"),
        ("copper falls put me on hold dec 7", "copper falls put me on hold", "12-07"),
        ("salt year screens sat dec 5, have comps", "salt year screens, have comps", "12-05"),
        ("avail check brightside 11/30-12/1", "avail check brightside", "11-30 12-01"),
        ("avail check 12/1–12/3 already!!", "avail check already!!", "12-01 12-03"),
        ("dec 1-3 shoot", "shoot", "12-01 12-03"),
        ("1st – 3rd dec shoot", "shoot", "12-01 12-03"),
        ("between dec 1 and dec 5 in rome", "in rome", "12-01 12-05"),
        ("surfing sat and sun", "surfing", "11-21 11-22"),
        ("fri-sun festival", "festival", "11-20 11-22"),
        ("hold next monday through wednesday", "hold", "11-23 11-25"),
        ("shoots tue-thu next week in ojai", "shoots in ojai", "11-24 11-26"),
        ("opening night is fri nov 20th", "opening night", "11-20"),
        ("runs through nov 22 at larkspur", "runs at larkspur", "11-19 11-22"),
        ("runs until Nov 22", "runs", "11-19 11-22"),
        ("through the weekend in ojai", "in ojai", "11-19 11-22"),
        ("opening on friday", "opening", "11-20"),
        ("next fri she flies", "she flies", "11-27"),
        ("back a week from friday", "back", "11-27"),
        ("next weekend she's in tahoe", "she's in tahoe", "11-28 11-29"),
        ("flying to rome next week", "flying to rome", "11-23 11-29"),
        ("resting later this week", "resting", "11-16 11-22"),
        ("gala 12/5 at 8pm", "gala at 8pm", "12-05"),
        ("opens 2026-12-05", "opens", "12-05"),
        ("dinner (thurs) with dad", "dinner with dad", "11-26"),
        ("she runs, thurs, with dad", "she runs, with dad", "11-26"),
        ("Tomorrow, she runs", "she runs", "11-20"),
        ("thurs: turkey trot", "turkey trot", "11-26"),
        ("dinner\nfri with bob", "dinner\nwith bob", "11-20"),
        ("the dec 5 screening", "the screening", "12-05"),
        ("tomorrow", "", "11-20"),
    ],
)
def test_a_clear_day_is_cut_out_of_a_text(text: str, rest: str, days: str) -> None:
    cut = cut_day(text, NOW, day_first=False)
    assert cut is not None
    assert cut.rest == rest
    assert cut.phrase.strip() in text
    found = [date.fromisoformat(f"2026-{day}") for day in days.split()]
    assert (cut.first, cut.last) == (found[0], found[-1])


def test_a_month_is_cut_as_all_its_days() -> None:
    cut = cut_day("moving to duluth in april", NOW, day_first=False)
    assert cut is not None
    assert (cut.rest, cut.first, cut.last) == ("moving to duluth", date(2027, 4, 1), date(2027, 4, 30))


def test_days_of_a_range_may_lie_in_two_years() -> None:
    cut = cut_day("booking out dec 22 to jan 2", NOW, day_first=False)
    assert cut is not None
    assert (cut.rest, cut.first, cut.last) == ("booking out", date(2026, 12, 22), date(2027, 1, 2))
    cut = cut_day("ski trip jan 9-11, 2028", NOW, day_first=False)
    assert cut is not None
    assert (cut.rest, cut.first, cut.last) == ("ski trip", date(2028, 1, 9), date(2028, 1, 11))


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("23.4 miles 6/30", "23.4 miles", date(2026, 6, 30)),
        ("23.4 miles 7/1", "23.4 miles", date(2026, 7, 1)),
        ("120 sag dues yesterday", "120 sag dues", date(2026, 11, 18)),
        ("12 parking 3/4", "12 parking", date(2026, 3, 4)),
        ("read for tess tues", "read for tess", date(2026, 11, 17)),
        ("read for tess thursday", "read for tess", TODAY),
    ],
)
def test_a_day_gone_by_is_cut_out(text: str, rest: str, day: date) -> None:
    cut = cut_day(text, NOW, day_first=False, look="past")
    assert cut is not None
    assert (cut.rest, cut.first, cut.last) == (rest, day, day)


@pytest.mark.parametrize(
    "text",
    [
        "", "just started banjo, neighbors hate it", "sun hat and sandals", "loves the sun", "sat on a chair",
        "where she sat",
        "newly wed", "may get a callback", "she may bring the dog", "may 5 people come",
        "the first 5 may get a callback",
        "march", "marching band", "mark and marisol", "co-star", "2nd callback", "smarch 13", "took the SAT",
        "every friday she bowls", "her tuesday class", "since monday", "as of tomorrow", "week of nov 30",
        "loves friday night lights", "did saturday night live", "the tonight show", "in august: osage county",
        "in April's class", "tonight's show", "they met in may", "3/4 sleeves", "they gave me 8/10", "scene 5/6",
        "24/7 on set",
        "12/5-ish", "12/32", "sept 31", "call 323-555-0134", "$12/5", "fri or sat", "dec 5 or 6", "hold nov 30, dec 1",
        "hold 11/30, 12/1", "fri dec 5", "on the 5th take", "nov 5 minutes of fame", "jan 8 ppl", "dec 5 2035",
        "nov ٣",
        "fri and mon", "dec 3-1",
    ],
)  # fmt: skip
def test_a_doubtful_day_stays_in_the_text(text: str) -> None:
    assert cut_day(text, NOW, day_first=False) is None


WORDS = st.sampled_from(
    [
        "thurs", "fri", "sat", "sun", "monday", "next", "last", "this", "the", "in", "on", "at", "of", "until", "from",
        "-", "to", "and", "or", ",", ".", "(", ")", ":", "weekend", "week", "today", "tonight", "tomorrow", "morning",
        "noon", "may", "march", "dec", "nov", "5", "12", "31", "2026", "12/5", "30/11", "3pm", "4:15", "th", "2nd",
        "half", "past", "ago", "days", "hours", "a", "couple", "99", "999", "\n", "\x00", "é", "٣", "🎉", "'s", "&",
        "0",
        "12.50", "1530",
    ]
)  # fmt: skip
TEXTS = st.text(max_size=300) | st.lists(WORDS, max_size=12).map(" ".join) | st.lists(WORDS, max_size=12).map("".join)
NOWS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
LOOKS: st.SearchStrategy[Look] = st.sampled_from(["past", "future"])
TWO_YEARS = timedelta(days=731)


@settings(deadline=None, max_examples=400)
@given(TEXTS, NOWS, st.booleans(), LOOKS)
def test_whatever_is_read_lies_within_two_years(text: str, now: datetime, day_first: bool, look: Look) -> None:
    read_time(text)
    read = read_when(text, now, day_first=day_first, look=look)
    readings = read.readings if isinstance(read, Unclear) else (read,) if read else ()
    assert all(abs(reading.day - now.date()) <= TWO_YEARS for reading in readings)
    assert not isinstance(read, Unclear) or len(readings) > 1


@settings(deadline=None, max_examples=400)
@given(TEXTS, NOWS, st.booleans(), LOOKS)
def test_whatever_is_cut_lies_within_two_years(text: str, now: datetime, day_first: bool, look: Look) -> None:
    cut = cut_day(text, now, day_first=day_first, look=look)
    if cut:
        assert now.date() - TWO_YEARS <= cut.first <= cut.last <= now.date() + TWO_YEARS
        assert cut.phrase in text
        assert "  " not in cut.rest
        assert cut.rest == cut.rest.strip()


@settings(deadline=None)
@given(st.dates(TODAY - timedelta(days=700), TODAY + timedelta(days=700)))
def test_a_date_with_its_year_is_read_as_written(day: date) -> None:
    for said in (
        day.isoformat(),
        f"{day:%b} {day.day}, {day.year}",
        f"{day:%A} {day:%m/%d/%y}",
        f"{day.day} {day:%B %Y}",
    ):
        assert ahead(said) == back(said) == When(day)


@pytest.mark.parametrize(
    "text", ["sat ", "12/1-", "9", "on ", "the day before ", " ", "mon nov ", "dec 5 or ", "(\xa0", "- & "]
)
def test_no_text_takes_long(text: str) -> None:
    long = (text * 4000)[:4000]
    with patience():
        cut_day(long, NOW, day_first=False)
        ahead(long)
        ahead(long[:80])
        read_time(long)


def test_a_moment_can_be_kept_as_plain_data() -> None:
    kept = TypeAdapter(Unclear)
    read = ahead("5")
    assert isinstance(read, Unclear)
    assert kept.validate_json(kept.dump_json(read)) == read


def test_warming_up_reads_once() -> None:
    warm()
    assert ahead("in 3 days") == When(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2026-11-20T09:00", "America/Los_Angeles", "2026-11-20T17:00"),
        ("2026-11-01T09:00", "America/Los_Angeles", "2026-11-01T17:00"),
        ("2026-03-08T01:59", "America/Los_Angeles", "2026-03-08T09:59"),
        ("2026-03-08T02:00", "America/Los_Angeles", "2026-03-08T10:00"),
        ("2026-03-08T02:30", "America/Los_Angeles", "2026-03-08T10:00"),  # 03:00 PDT
        ("2026-03-08T03:00", "America/Los_Angeles", "2026-03-08T10:00"),
        ("2026-11-01T01:30", "America/Los_Angeles", "2026-11-01T08:30"),  # the first, PDT
        ("2026-03-29T01:30", "Europe/London", "2026-03-29T01:00"),  # 02:00 BST
        ("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30"),  # the first, BST
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30"),  # moved by half an hour
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00"),  # a day that was left out
    ],
)
def test_a_wall_clock_time_becomes_a_moment(wall: str, zone: str, utc: str) -> None:
    moment = zoned(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.tzinfo is UTC


@given(NOWS, st.sampled_from(["America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"]))
def test_a_time_that_exists_is_kept(wall: datetime, zone: str) -> None:
    local = zoned(wall, ZoneInfo(zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert local >= wall.replace(microsecond=0)
    assert local == wall.replace(fold=0) or local - wall <= timedelta(hours=1)
