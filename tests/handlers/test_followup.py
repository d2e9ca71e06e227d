"""The follow-up, whole: the notes of the scenes word for word, and what no note may ever say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.customs import customs_of
from handlers.writing.followup import Brief, Draft, Fact, Meeting, NewsItem, lines, stale_words, write
from handlers.writing.hooks import sign_off
from handlers.writing.news_kinds import kind_of
from handlers.writing.openers import TOGETHER, of_place
from tests.handlers.test_hooks import BANNED, said
from tests.patience import patience

US, UK = customs_of("US"), customs_of("GB")
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
SHOWS = date(2026, 12, 5)

COPPER_FALLS = Meeting(THURSDAY, "Copper Falls", "Nurse Ray")
WRAPPED = NewsItem(1, "just wrapped a guest star on Harbor Lights")
SALT_YEAR = NewsItem(
    2, "Salt Year, a short I lead, screens at the Cedar Point Film Festival (comps are yours if you'd like them)", SHOWS
)
REEL = NewsItem(3, "new comedy reel", link="https://noracastellane.example/reel")
LONG_TABLE = NewsItem(4, "The Long Table at Larkspur Playhouse: I'm in it", ends_on=SUNDAY)
TROT = Fact("running the turkey trot w her dad", date(2026, 11, 26))
BANJO = Fact("just started banjo, neighbors hate it")

TESS = Brief("Tess", "Nora Castellane", (COPPER_FALLS,), ("Jo",), (TROT,), (WRAPPED, SALT_YEAR, REEL))
JO_NEWS = (
    NewsItem(1, "A guest star on Harbor Lights, just wrapped"),
    NewsItem(
        2,
        "Salt Year, the short I lead, is at the Cedar Point Film Festival (there are comps if you'd like them)",
        SHOWS,
    ),
    NewsItem(3, "A new comedy reel", link="https://noracastellane.example/reel"),
    LONG_TABLE,
)
JO = Brief("Jo", "Nora Castellane", (COPPER_FALLS,), ("Tess",), (BANJO,), JO_NEWS, 1)
DELPHINE = Brief(
    "Delphine",
    "Nora Castellane",
    (Meeting(date(2026, 10, 31), kind="general"),),
    facts=(Fact("she's taking her twins trick or treating as a dragon, both halves lol", date(2026, 10, 31)),),
)

D1 = """Hi Delphine,

It was great meeting you yesterday.

Hope both halves of your dragon came home with plenty of candy!

Nora Castellane"""
D1B = """Hi Delphine,

It was great meeting you yesterday. A little of what I'm up to:

• Just wrapped a guest star on Harbor Lights
• Salt Year, a short I lead, screens at the Cedar Point Film Festival on Saturday, December 5 (comps are yours if \
you'd like them)

Hope both halves of your dragon came home with plenty of candy!

Nora Castellane"""
D2 = """Hi Tess,

It was great reading Nurse Ray for you yesterday. A little of what I'm up to:

• Just wrapped a guest star on Harbor Lights
• Salt Year, a short I lead, screens at the Cedar Point Film Festival on Saturday, December 5 (comps are yours if \
you'd like them)
• New comedy reel: https://noracastellane.example/reel

Enjoy the Turkey Trot with your dad on Thursday!

Nora Castellane"""
D3 = """Hi Jo,

It was a pleasure reading for you and Tess yesterday, as Nurse Ray in Copper Falls. What I've got going:

• The Long Table at Larkspur Playhouse: I'm in it through Sunday, November 22
• Salt Year, the short I lead, is at the Cedar Point Film Festival on Saturday, December 5 (there are comps if \
you'd like them)
• A new comedy reel: https://noracastellane.example/reel

Good luck with the banjo, and with the neighbors!

Nora Castellane"""
D4 = """Hi Jo,

It was a pleasure reading for you and Tess on Thursday, as Nurse Ray in Copper Falls. What I've got going:

• A guest star on Harbor Lights, just wrapped
• Salt Year, the short I lead, is at the Cedar Point Film Festival on Saturday, December 5 (there are comps if \
you'd like them)
• A new comedy reel: https://noracastellane.example/reel

Good luck with the banjo, and with the neighbors!

Nora Castellane"""
D9 = """Hi Tess,

It was great reading Nurse Ray for you yesterday.

Enjoy the Turkey Trot with your dad on Thursday!

Nora Castellane"""
D9B = """Hi Tess,

It was great reading Nurse Ray for you yesterday. I just wrapped a guest star on Harbor Lights.

Enjoy the Turkey Trot with your dad on Thursday!

Nora Castellane"""


@pytest.mark.parametrize(
    ("brief", "on", "body", "words"),
    [
        pytest.param(DELPHINE, date(2026, 11, 1), D1, 22, id="D1"),
        pytest.param(replace(DELPHINE, news=(WRAPPED, SALT_YEAR)), date(2026, 11, 1), D1B, 61, id="D1b"),
        pytest.param(TESS, FRIDAY, D2, 65, id="D2"),
        pytest.param(JO, FRIDAY, D3, 75, id="D3"),
        pytest.param(JO, MONDAY, D4, 71, id="D4"),
        pytest.param(replace(JO), date(2026, 11, 25), D4.replace("on Thursday", "last Thursday"), 71, id="D6"),
        pytest.param(replace(TESS, news=()), FRIDAY, D9, 22, id="D9"),
        pytest.param(replace(TESS, news=(WRAPPED,)), FRIDAY, D9B, 31, id="D9b"),
    ],
)
def test_the_notes_of_the_scenes(brief: Brief, on: date, body: str, words: int) -> None:
    draft = write(brief, on, US)
    assert draft.body == body
    assert count(draft.body) == words


def count(body: str) -> int:
    return sum(any(sign.isalnum() for sign in word) for word in body.split())


def opener(brief: Brief, on: date = FRIDAY) -> str:
    return write(brief, on, US).body.split("\n\n")[1]


def met(*meetings: Meeting, place: int = 0, others: tuple[str, ...] = ("Jo",)) -> Brief:
    return Brief("Tess", "Nora Castellane", meetings, others, place=place)


# What stands beside the text


def test_the_draft_tells_what_is_in_it() -> None:
    draft = write(JO, FRIDAY, US)
    assert draft.news == (4, 2, 3)
    assert draft.hook == "Good luck with the banjo, and with the neighbors!"
    assert draft.remarks == ("The Long Table ends Sunday.",)


def test_what_ended_is_said_to_the_actor() -> None:
    assert write(JO, MONDAY, US).remarks == ("The Long Table ended yesterday and is left out.",)


def test_a_note_without_a_hook_and_a_late_one_say_so() -> None:
    draft = write(met(COPPER_FALLS), THURSDAY + timedelta(days=9), US)
    assert draft.remarks == ("No line from the room yet.", "9 days ago. Within a week is the custom.")
    assert draft.hook == ""


# The hook


def test_another_line_goes_round() -> None:
    assert lines(JO, FRIDAY) == 2
    hooks = [write(JO, FRIDAY, US, line).hook for line in range(3)]
    assert hooks[0] == hooks[2] != hooks[1] == "May the banjo grow on the neighbors!"


def test_no_fact_no_line() -> None:
    assert lines(met(COPPER_FALLS), FRIDAY) == 0
    assert lines(replace(TESS, facts=(Fact("her dad hurt his knee"),)), FRIDAY) == 0


@pytest.mark.parametrize(
    "words", ["bea's from duluth like my mom", "Bea is from Duluth like my mom", "Bea’s from duluth like my mom"]
)
def test_the_name_of_the_person_may_stand_before_the_words(words: str) -> None:
    brief = replace(met(COPPER_FALLS), greeting="Bea", facts=(Fact(words),))
    assert write(brief, FRIDAY, US).hook == "My mom will love that you're from Duluth too!"


def test_no_line_comes_twice_to_one_person() -> None:
    first, second = (write(JO, FRIDAY, US, line).hook for line in range(2))
    assert write(replace(JO, used=(first,)), FRIDAY, US).hook == second
    assert lines(replace(JO, used=(first, second)), FRIDAY) == 0


def test_what_is_private_silences_what_was_harmless() -> None:
    assert write(replace(TESS, hushed=("her dad hurt his knee",)), FRIDAY, US).hook == ""
    assert lines(replace(TESS, facts=(TROT, Fact("dad hurt his knee so shes running it solo"))), FRIDAY) == 0


def test_the_place_for_a_whole_office_names_the_others() -> None:
    assert of_place(TOGETHER)["together"]


def test_nobody_is_sent_off_to_a_race_that_was_run() -> None:
    assert sign_off("Enjoy the Turkey Trot with your dad today!", playful=True) == "On your marks!"
    assert sign_off("Hope the Turkey Trot with your dad was a good one!", playful=True) == ""


def test_the_sign_off_may_play_where_the_actor_likes_it() -> None:
    surf = replace(TESS, facts=(Fact("going surfing at zuma beach", date(2026, 11, 21), SUNDAY),), news=())
    plain = "Have fun surfing at Zuma Beach this weekend!\n\nNora Castellane"
    assert write(surf, FRIDAY, US).body.endswith(plain)
    assert write(replace(surf, playful=True), FRIDAY, US).body.endswith(plain.replace("\n\n", "\n\nHang ten!\n\n"))


# The opener


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "on Thursday"),
        (5, "on Thursday"),
        (6, "last Thursday"),
        (7, "last Thursday"),
        (8, "on Thursday, November 19"),
    ],
)
def test_when_it_was(days: int, when: str) -> None:
    assert opener(met(COPPER_FALLS), THURSDAY + timedelta(days)) == f"It was great reading Nurse Ray for you {when}."


@pytest.mark.parametrize(
    ("meeting", "first", "second"),
    [
        (
            Meeting(THURSDAY, "Copper Falls"),
            "reading for you at the audition for Copper Falls yesterday",
            "reading for you and Jo yesterday, for Copper Falls",
        ),
        (
            Meeting(THURSDAY, role="Nurse Ray"),
            "reading Nurse Ray for you yesterday",
            "reading for you and Jo yesterday, as Nurse Ray",
        ),
        (Meeting(THURSDAY), "reading for you yesterday", "reading for you and Jo yesterday"),
        (
            replace(COPPER_FALLS, round="callback"),
            "reading Nurse Ray for you at the Copper Falls callback yesterday",
            "reading for you and Jo at the callback yesterday, as Nurse Ray in Copper Falls",
        ),
        (
            replace(COPPER_FALLS, round="pinned"),
            "reading Nurse Ray for you yesterday",
            "reading for you and Jo yesterday, as Nurse Ray in Copper Falls",
        ),
        (
            replace(COPPER_FALLS, mode="self-tape"),
            "taping Nurse Ray for Copper Falls yesterday",
            "taping yesterday, as Nurse Ray in Copper Falls",
        ),
        (
            replace(COPPER_FALLS, mode="video"),
            "reading Nurse Ray for you over video yesterday",
            "reading for you and Jo over video yesterday, as Nurse Ray in Copper Falls",
        ),
        (
            replace(COPPER_FALLS, mode="phone"),
            "talking with you on the phone about Copper Falls yesterday",
            "talking with you and Jo on the phone yesterday about Copper Falls",
        ),
        (Meeting(THURSDAY, kind="general"), "meeting you yesterday", "meeting you and Jo yesterday"),
        (
            Meeting(THURSDAY, kind="general", mode="phone"),
            "talking with you on the phone yesterday",
            "talking with you and Jo on the phone yesterday",
        ),
    ],
)
def test_what_was_done(meeting: Meeting, first: str, second: str) -> None:
    assert opener(met(meeting)) == f"It was great {first}."
    assert opener(met(meeting, place=1)) == f"It was a pleasure {second}."


BANK = Meeting(THURSDAY, "Brightside Bank", "Mom #2", "natl commercial")


@pytest.mark.parametrize(
    ("meetings", "place", "sentence"),
    [
        (
            (COPPER_FALLS, BANK),
            0,
            "It was great reading Nurse Ray in Copper Falls and Mom #2 for Brightside Bank yesterday.",
        ),
        (
            (COPPER_FALLS, BANK),
            3,
            "It was good reading for you yesterday, as Nurse Ray in Copper Falls and Mom #2 for Brightside Bank.",
        ),
        (
            (Meeting(THURSDAY, kind="general"), COPPER_FALLS),
            0,
            "It was great meeting you and reading Nurse Ray for you yesterday.",
        ),
        ((COPPER_FALLS, COPPER_FALLS), 0, "It was great reading Nurse Ray for you yesterday."),
    ],
)
def test_two_rooms_of_a_day_are_one_sentence(meetings: tuple[Meeting, ...], place: int, sentence: str) -> None:
    assert opener(met(*meetings, place=place)) == sentence


def test_no_two_of_a_room_get_the_same_text() -> None:
    for news in ((), (WRAPPED,), (WRAPPED, SALT_YEAR)):
        bodies = {write(replace(TESS, news=news, place=place), FRIDAY, US).body for place in range(6)}
        assert len(bodies) == 6


# The subject


@pytest.mark.parametrize(
    ("meetings", "sign", "subject"),
    [
        ((COPPER_FALLS,), "Nora Castellane", "Nora Castellane – Nurse Ray, Copper Falls"),
        ((COPPER_FALLS,), "", "Nurse Ray, Copper Falls"),
        ((replace(COPPER_FALLS, role=""),), "Nora Castellane", "Nora Castellane – Copper Falls"),
        ((Meeting(THURSDAY, kind="general"),), "Nora Castellane", "Nora Castellane – our general meeting"),
        ((Meeting(THURSDAY, kind="general"),), "", "Our general meeting"),
        ((COPPER_FALLS, BANK), "Nora Castellane", "Nora Castellane – Nurse Ray, Copper Falls; Mom #2, Brightside Bank"),
        (
            (COPPER_FALLS, BANK),
            "Nora Wilhelmina Castellane",
            "Nora Wilhelmina Castellane – Copper Falls and Brightside Bank",
        ),
        ((Meeting(THURSDAY, "Copper Falls", "A" * 60),), "Nora Castellane", "Nora Castellane – Copper Falls"),
        ((Meeting(THURSDAY, "a\r\nBcc: b"),), "", "a Bcc: b"),
        ((Meeting(THURSDAY, "A" * 99),), "", "A" * 69 + "…"),
    ],
)
def test_the_subject(meetings: tuple[Meeting, ...], sign: str, subject: str) -> None:
    draft = write(replace(met(*meetings), sign=sign), FRIDAY, US)
    assert draft.subject == subject
    assert len(draft.subject) <= 70


# News


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (NewsItem(1, "wrapped a guest star on harbor lights."), "I wrapped a guest star on Harbor Lights."),
        (NewsItem(1, "i'm in Twelfth Night", SHOWS), "I'm in Twelfth Night on Saturday, December 5."),
        (
            NewsItem(1, "im in Twelfth Night", SHOWS, date(2026, 12, 20)),
            "I'm in Twelfth Night from Saturday, December 5 through Sunday, December 20.",
        ),
        (
            NewsItem(1, "I'm in Twelfth Night, closes", ends_on=SUNDAY),
            "I'm in Twelfth Night, closes on Sunday, November 22.",
        ),
        (NewsItem(1, "I'm in Twelfth Night until", ends_on=SUNDAY), "I'm in Twelfth Night until Sunday, November 22."),
        (
            NewsItem(1, "I'm in Twelfth Night til 11/22", ends_on=SUNDAY),
            "I'm in Twelfth Night til Sunday, November 22.",
        ),
        (
            NewsItem(1, "i open in Macbeth sat dec 5 at the Roxy", SHOWS),
            "I open in Macbeth on Saturday, December 5 at the Roxy.",
        ),
        (NewsItem(1, "I'm at the Roxy dec 5-7", SHOWS), "I'm at the Roxy dec 5-7."),
        (
            NewsItem(1, "I'm at the Roxy tomorrow night", date(2026, 11, 21)),
            "I'm at the Roxy on Saturday, November 21.",
        ),
        (NewsItem(1, "I'm on air friday", FRIDAY), "I'm on air on Friday, November 20."),
        (NewsItem(1, "I'm in Friday Night Lights"), "I'm in Friday Night Lights."),
        (NewsItem(1, "I teach improv every Friday"), "I teach improv every Friday."),
        (REEL, "I have a new comedy reel: https://noracastellane.example/reel"),
        (
            NewsItem(1, "I have a site: https://nora.example", link="https://nora.example"),
            "I have a site: https://nora.example",
        ),
        (NewsItem(1, "guest star on Harbor Lights"), "A little of what I'm up to: Guest star on Harbor Lights."),
    ],
)
def test_one_line_of_news_is_a_sentence_in_the_actors_words(item: NewsItem, text: str) -> None:
    said = opener(replace(met(COPPER_FALLS), news=(item,)))
    assert said.removeprefix("It was great reading Nurse Ray for you yesterday. ") == text


def test_a_british_note_writes_the_date_as_there() -> None:
    assert "on Saturday 5 December (comps" in write(TESS, FRIDAY, UK).body


@pytest.mark.parametrize(
    ("item", "remark"),
    [
        (NewsItem(1, "Salt Year screens", THURSDAY), ""),
        (NewsItem(1, "I'm in Macbeth", date(2026, 11, 1), date(2026, 11, 15)), ""),
        (NewsItem(1, "shot a spot yesterday"), "“Shot a spot yesterday” is left out: its day is not clear."),
        (
            NewsItem(1, "Salt Year screens friday", SHOWS),
            "“Salt Year screens friday” is left out: its day is not clear.",
        ),
        (
            NewsItem(1, "kicking off the Macbeth tour", THURSDAY, SHOWS),
            "“Kicking off the Macbeth tour” is left out: its day is not clear.",
        ),
        (NewsItem(1, "  "), ""),
    ],
)
def test_what_is_over_or_unclear_is_left_out(item: NewsItem, remark: str) -> None:
    draft = write(replace(TESS, news=(item,)), FRIDAY, US)
    assert draft.body == D9
    assert draft.news == ()
    assert draft.remarks == ((remark,) if remark else ())


def test_three_lines_the_soonest_first_then_the_newest() -> None:
    more = tuple(NewsItem(n, f"Booked a spot number {n}") for n in (5, 6, 7))
    draft = write(replace(TESS, news=(WRAPPED, *more, SALT_YEAR)), FRIDAY, US)
    assert set(draft.news) == {2, 7, 6}


def test_news_goes_before_anything_else() -> None:
    long = tuple(NewsItem(n, "wrapped" + " more" * n) for n in (20, 30, 60))
    draft = write(replace(TESS, news=long), FRIDAY, US)
    assert draft.news == (30, 20)
    assert draft.hook in draft.body
    assert count(draft.body) <= 130


def test_a_title_longer_than_a_note_is_not_said() -> None:
    draft = write(met(Meeting(THURSDAY, "word " * 200)), FRIDAY, US)
    assert draft.body == "Hi Tess,\n\nIt was great reading for you yesterday.\n\nNora Castellane"


def test_without_a_sign_nothing_stands_for_it() -> None:
    assert write(replace(TESS, sign=""), FRIDAY, US).body == D2.removesuffix("\n\nNora Castellane")


# An actor's own text, on another day


@pytest.mark.parametrize(
    ("text", "on", "stale"),
    [
        ("Great reading for you yesterday! Enjoy it tonight.", SUNDAY, ("yesterday", "tonight")),
        ("Today, yesterday, today", SUNDAY, ("Today", "yesterday", "today")),
        ("on Thursday", SUNDAY, ()),
        ("on Thursday", date(2026, 11, 26), ("on Thursday",)),
        ("see you on Saturday", SUNDAY, ("on Saturday",)),
        ("last Thursday", date(2026, 11, 26), ()),
        ("last Thursday", date(2026, 11, 27), ("last Thursday",)),
        ("next Tuesday", MONDAY, ("next Tuesday",)),
        ("this weekend", SUNDAY, ()),
        ("this weekend, last night", MONDAY, ("this weekend", "last night")),
        ("this month", MONDAY, ()),
        ("Saturday, December 5 and Saturday 5 December", date(2026, 12, 30), ()),
        ("every Friday, on Fridays", date(2026, 12, 30), ()),
        ("today", FRIDAY, ()),
        ("on Monday", date(2027, 11, 20), ("on Monday",)),
        ("on Thursday", THURSDAY, ("on Thursday",)),
    ],
)
def test_date_words_that_no_longer_fit(text: str, on: date, stale: tuple[str, ...]) -> None:
    assert stale_words(text, FRIDAY, on) == stale


def test_our_own_note_of_friday_on_sunday() -> None:
    assert stale_words(D2, FRIDAY, SUNDAY) == ("yesterday",)


# Whatever is put in

near = st.dates(date(2026, 10, 20), date(2026, 12, 31))
TITLES = ["Thank You, Goodnight", "Sorry Wrong Door", "Please Hold", "Ty", "{role}", "[x]", "Today", "Copper\nFalls"]
titles = st.sampled_from(["", *TITLES]) | st.text(max_size=60)
facts = st.builds(Fact, said() | st.text(max_size=80), st.none() | near, st.none() | near)
news = st.builds(
    NewsItem,
    st.integers(0, 9),
    st.sampled_from(["wrapped Please Hold", "Macbeth on friday", "opens tonight", "sat dec 5", "im at it (12/5)"])
    | st.text(max_size=120),
    st.none() | near,
    st.none() | near,
    st.sampled_from(["", "https://nora.example/reel"]),
)
modes = st.sampled_from(["room", "self-tape", "video", "phone", "", "?"])
kinds = st.sampled_from(["", "general", "commercial", "?"])
rounds = st.sampled_from(["", "callback", "2nd callback", "avail check"])


def meetings(named: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Meeting, ...]]:
    one = st.builds(Meeting, st.just(THURSDAY), named, named, kinds, rounds, modes)
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def briefs(named: st.SearchStrategy[str], told: st.SearchStrategy[NewsItem]) -> st.SearchStrategy[Brief]:
    return st.builds(
        Brief,
        named,
        named,
        meetings(named),
        st.lists(named, max_size=4).map(tuple),
        st.lists(facts, max_size=3).map(tuple),
        st.lists(told, max_size=6).map(tuple),
        st.integers(0, 9),
    )


sends = st.dates(THURSDAY, date(2026, 12, 20))
plain = st.sampled_from(["", "Tess", "Copper Falls", "Nurse Ray"])


@settings(deadline=None)
@given(
    brief=briefs(plain, st.builds(NewsItem, st.just(1), st.just("wrapped Harbor Lights"))),
    on=sends,
    line=st.integers(0, 9),
)
def test_no_note_begs_asks_or_thanks(brief: Brief, on: date, line: int) -> None:
    draft = write(brief, on, US, line)
    assert not BANNED.search(f"{draft.subject}\n{draft.body}")
    assert "?" not in draft.body
    if re.search(r"\b(?:today|tonight)\b", draft.body):
        assert on in {THURSDAY} | {day for fact in brief.facts for day in (fact.first, fact.last)}


@settings(deadline=None)
@given(brief=briefs(titles, news), on=sends, line=st.integers(-1, 9))
def test_any_words_make_a_note_of_the_right_shape(brief: Brief, on: date, line: int) -> None:
    draft = write(brief, on, US, line)
    assert count(draft.body) <= 130
    assert len(draft.subject) <= 70
    assert draft.subject
    assert sum(row.startswith("•") for row in draft.body.splitlines()) in (0, len(draft.news))
    assert len(draft.news) <= 3
    assert draft.hook in draft.body
    assert not any("\n" in remark for remark in draft.remarks)


@settings(deadline=None)
@given(item=news, on=sends)
def test_what_has_passed_is_never_told_as_to_come(item: NewsItem, on: date) -> None:
    draft = write(replace(TESS, news=(item,)), on, US)
    last = item.ends_on or item.event_on
    if last and last < on and not kind_of(item.words).done:
        assert draft.news == ()
    if draft.news and (item.event_on or item.ends_on):
        assert not re.search(
            r"(?i)\b(?:today|tonight|tomorrow|on friday(?!,))\b", draft.body.split("\n\n")[1].split(". ", 1)[-1]
        )


@settings(deadline=None)
@given(text=st.text(max_size=300), then=near, now=near)
def test_stale_words_stand_in_the_text(text: str, then: date, now: date) -> None:
    assert all(word in text for word in stale_words(text, then, now))


@pytest.mark.parametrize(
    "piece", ["a", "i ", "friday ", "dec 5 ", ",", "/", "( ", "\0", "\u202e", "٣", "12/5/", "• ", "last "]
)
def test_long_words_are_quick(piece: str) -> None:
    text = (piece * 4000)[:4000]
    brief = Brief(
        text,
        text,
        (Meeting(THURSDAY, text, text, text, text),),
        (text,),
        (Fact(text),),
        (NewsItem(1, text, SHOWS, SHOWS, text),),
    )
    with patience():
        write(brief, FRIDAY, US)
        stale_words(text, FRIDAY, MONDAY)


def test_an_empty_brief_is_still_a_note() -> None:
    assert write(Brief("", "", ()), FRIDAY, US) == Draft("Our meeting", "Hi,", "", (), ("No line from the room yet.",))
