"""What the actor is up to, read by its kind: before its day and after it, comps offered, titles as titles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.customs import customs_of
from handlers.writing.news_kinds import comps, kind_of
from handlers.writing.news_titles import with_titles
from handlers.writing.newslines import NewsItem, news_lines, news_remarks, sentence
from tests.patience import patience

US = customs_of("US")
FRIDAY = date(2026, 11, 20)
BEFORE, SHOWS, LONG_AGO = date(2026, 11, 10), date(2026, 12, 5), date(2026, 6, 1)
LEAD = "A little of what I'm up to:"


def line(words: str, event_on: date | None = None, ends_on: date | None = None, link: str = "") -> str:
    """The line as it reads on a Friday; "" where it is left out."""
    told = news_lines([NewsItem(1, words, event_on, ends_on, link)], FRIDAY, US)
    return told[0].text if told else ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("booked a co-star on night ferry", "booked"),
        ("just landed a recurring on Salt Year", "booked"),
        ("got cast in The Long Table", "booked"),
        ("wrapped a guest star on harbor lights", "wrapped"),
        ("I just shot a short in Ojai", "wrapped"),
        ("Salt Year premieres at Cedar Point", "screening"),
        ("my short screens at the film festival", "screening"),
        ("my episode of Harbor Lights airs", "screening"),
        ("in the long table at larkspur playhouse", "show"),
        ("the long table closes", "show"),
        ("new comedy reel", "reel"),
        ("my site is new", "reel"),
        ("won best actress at Cedar Point Film Festival", "award"),
        ("nominated for best supporting at the Larkspurs", "award"),
        ("started scene study with Ada Vance", "class"),
        ("back on the climbing wall", "class"),
        ("interview in the Larkspur Ledger", "press"),
        ("guest on the Green Room podcast", "press"),
        ("still here", "other"),
    ],
)
def test_the_kind_is_read_from_the_words(words: str, kind: str) -> None:
    assert kind_of(words).name == kind


@pytest.mark.parametrize(
    ("words", "day", "text"),
    [
        # before its day
        ("booked a co-star on Night Ferry, shooting", SHOWS, "Booked a co-star on Night Ferry, shooting on {day}"),
        ("my Harbor Lights airs", SHOWS, "My Harbor Lights airs on {day}"),
        ("Salt Year screens at Cedar Point", SHOWS, "Salt Year screens at Cedar Point on {day}"),
        ("opening in Macbeth", SHOWS, "Opening in Macbeth on {day}"),
        ("new comedy reel out", SHOWS, "New comedy reel out on {day}"),
        ("scene study with Ada Vance starts", SHOWS, "Scene study with Ada Vance starts on {day}"),
        # after it: what has happened stays, without the day
        ("booked a co-star on Night Ferry, shooting", BEFORE, "Booked a co-star on Night Ferry"),
        ("wrapped a guest star on Harbor Lights", BEFORE, "Wrapped a guest star on Harbor Lights"),
        ("new comedy reel out", BEFORE, "New comedy reel"),
        ("won best actress at Cedar Point", BEFORE, "Won best actress at Cedar Point"),
        ("interview in the Larkspur Ledger", BEFORE, "Interview in the Larkspur Ledger"),
        ("scene study with Ada Vance starts", BEFORE, "Scene study with Ada Vance"),
        # what was still to come is over
        ("Salt Year screens at Cedar Point", BEFORE, ""),
        ("opening in Macbeth", BEFORE, ""),
        # "on friday" was last Friday, not the next
        ("wrapped a guest star on Harbor Lights", SHOWS, "Wrapped a guest star on Harbor Lights"),
        ("won best actress at Cedar Point", SHOWS, "Won best actress at Cedar Point"),
        ("interview in the Larkspur Ledger out", SHOWS, "Interview in the Larkspur Ledger out on {day}"),
        # news no more
        ("wrapped a guest star on Harbor Lights", LONG_AGO, ""),
    ],
)
def test_before_its_day_and_after_it(words: str, day: date, text: str) -> None:
    assert line(words, day) == text.format(day="Saturday, December 5")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("opening in Macbeth", "In Macbeth through Saturday, December 5"),
        ("I'm opening in Macbeth", "I'm in Macbeth through Saturday, December 5"),
        ("The Long Table opens at the Roxy", "The Long Table is at the Roxy through Saturday, December 5"),
        ("The Long Table premieres", ""),
    ],
)
def test_what_has_begun_and_still_runs(words: str, text: str) -> None:
    assert line(words, BEFORE, SHOWS) == text


def test_a_whole_month_is_said_as_one() -> None:
    assert line("directing a short", date(2027, 1, 1), date(2027, 1, 31)) == "Directing a short in January"


OFFER = " (comps are yours if you'd like them)"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Salt Year screens at Cedar Point, have comps", f"Salt Year screens at Cedar Point{OFFER}"),
        ("Salt Year screens at Cedar Point, comps available", f"Salt Year screens at Cedar Point{OFFER}"),
        ("Salt Year screens at Cedar Point (i have comps)", f"Salt Year screens at Cedar Point{OFFER}"),
        ("I'm in Macbeth w/ comps", f"I'm in Macbeth{OFFER}"),
        ("I'm in Macbeth - free comps if you want them", f"I'm in Macbeth{OFFER}"),
        ("I'm in Compsville", "I'm in Compsville"),
        ("comps", "Comps"),
    ],
)
def test_comps_are_offered_and_nobody_has_to_answer(words: str, text: str) -> None:
    assert line(words) == text
    assert "?" not in line(words)


def test_comps_stand_behind_the_day() -> None:
    words = "salt year, short i lead, cedar point film festival, have comps"
    assert line(words, SHOWS) == (
        "Salt Year, a short I lead, screens at the Cedar Point Film Festival on Saturday, December 5 "
        "(comps are yours if you'd like them)"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("wrapped a guest star on harbor lights", "wrapped a guest star on Harbor Lights"),
        (
            "booked the lead in the long table at larkspur playhouse",
            "booked the lead in The Long Table at Larkspur Playhouse",
        ),
        ("salt year, a short i lead", "Salt Year, a short i lead"),
        ("salt year screens soon", "Salt Year screens soon"),
        ("salt year at the cedar point film festival", "Salt Year at the Cedar Point Film Festival"),
        ("wrapped night ferry", "wrapped Night Ferry"),
        ("opening in macbeth at the roxy", "opening in Macbeth at the Roxy"),
        ("i'm in twelfth night at the globe, comps", "i'm in Twelfth Night at the Globe, comps"),
        ("in the long table at larkspur playhouse", "in The Long Table at Larkspur Playhouse"),
        ("booked a spot for brightside bank", "booked a spot for Brightside Bank"),
        # not sure, so as typed
        ("opening in la at the roxy", "opening in LA at the Roxy"),
        ("i'm in class at night", "i'm in class at night"),
        ("won best actress at a festival", "won best actress at a festival"),
        ("booked a spot for a big brand", "booked a spot for a big brand"),
        ("booked a co-star on an nbc pilot", "booked a co-star on an NBC pilot"),
        ("finished the meisner intensive", "finished the Meisner intensive"),
        ("see youtube.com/nora", "see youtube.com/nora"),
        ("wrapped a guest star on a new show", "wrapped a guest star on a new show"),
        ("my short screens at a local festival", "my short screens at a local festival"),
        ("wrapped a short in ojai", "wrapped a short in Ojai"),
        ("shot a spot in costume", "shot a spot in costume"),
        ("shot a spot on friday", "shot a spot on friday"),
        ("Booked the lead in PLAY", "Booked the lead in PLAY"),
        ("met my night ferryman", "met my night ferryman"),
    ],
)
def test_a_title_is_a_title_only_where_that_is_sure(typed: str, shown: str) -> None:
    assert with_titles(typed, ("Night Ferry",)) == shown


def test_a_title_of_one_word_needs_something_before_it() -> None:
    assert with_titles("wrapped elsewhere, busy elsewhere", ("Elsewhere",)) == "wrapped Elsewhere, busy elsewhere"


def test_the_soonest_then_what_the_office_casts_then_the_newest() -> None:
    items = [
        NewsItem(1, "wrapped a commercial"),
        NewsItem(2, "wrapped a guest star on Harbor Lights"),
        NewsItem(3, "new reel"),
        NewsItem(4, "Salt Year screens", SHOWS),
    ]
    assert [told.item.id for told in news_lines(items, FRIDAY, US)] == [4, 3, 2, 1]
    assert [told.item.id for told in news_lines(items, FRIDAY, US, {"tv"})] == [4, 2, 3, 1]
    assert [told.item.id for told in news_lines(items, FRIDAY, US, {"commercial"})] == [4, 1, 3, 2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Salt Year screens at Cedar Point", "Salt Year screens at Cedar Point."),
        ("new comedy reel", "I have a new comedy reel."),
        ("updated site", "I have an updated site."),
        ("in Macbeth at the Roxy", "I'm in Macbeth at the Roxy."),
        ("back on the climbing wall", "I'm back on the climbing wall."),
        ("nominated for best actress", "I was nominated for best actress."),
        ("won best actress!!", "I won best actress."),
        ("booked my first pilot 🎉", "I booked my first pilot."),
        ("booked a co-star on Night Ferry", "I booked a co-star on Night Ferry."),
        ("co-star on Night Ferry", "A little of what I'm up to: Co-star on Night Ferry."),
    ],
)
def test_one_line_alone_is_a_sentence(words: str, said: str) -> None:
    (told,) = news_lines([NewsItem(1, words)], FRIDAY, US)
    assert sentence(told, LEAD) == said


WORDS = st.lists(
    st.sampled_from(["wrapped", "booked", "a co-star on", "night ferry", "comps", "have", "at the", "film festival",
                     "short", "i lead", "airs", "shooting", "(", ")", "screens", "opens at", "on friday", "my", ","]),
    max_size=9,
).map(" ".join)  # fmt: skip


@given(words=WORDS | st.text(max_size=200), event=st.none() | st.dates(BEFORE, SHOWS), known=st.text(max_size=9))
def test_nothing_is_added_but_known_phrases(words: str, event: date | None, known: str) -> None:
    told = with_titles(words, (known,))
    assert told.casefold() == words.casefold() or known.casefold() in words.casefold()
    text = line(words, event)
    assert "\n" not in text
    assert not event or event >= FRIDAY or kind_of(words).done or not text
    assert comps(words)[0] in words


@pytest.mark.parametrize("piece", ["comps ", "have ", "a ", "at the ", ", ", "on ", "screens ", "film festival ", "( "])
def test_long_words_are_quick(piece: str) -> None:
    with patience():
        line((piece * 4000)[:4000], SHOWS)
        with_titles((piece * 4000)[:4000], ("Night Ferry", "on"))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("started scene study with ada vance", "started scene study with Ada Vance"),
        ("new headshots by greta o'brien", "new headshots by Greta O'Brien"),
        ("in a two-hander opposite ryan this week", "in a two-hander opposite Ryan this week"),
        ("back in class with larry at the gym", "back in class with Larry at the gym"),
        ("stage combat with a great group", "stage combat with a great group"),
        ("moving with grace and patience", "moving with grace and patience"),
        ("my episode of harbor lights airs", "my episode of Harbor Lights airs"),
        ("my episode of the week", "my episode of the week"),
        ("voice of the otter in river song", "voice of the otter in River Song"),
    ],
)
def test_people_and_episodes_named_in_small_letters(typed: str, written: str) -> None:
    assert with_titles(typed) == written


def test_what_was_finished_last_week_is_told_and_not_called_ended() -> None:
    item = NewsItem(1, "finished the meisner intensive", date(2026, 11, 16), date(2026, 11, 22))
    (told,) = news_lines([item], date(2026, 11, 25), US)
    assert told.text == "Finished the Meisner intensive"
    assert news_remarks([item], [], date(2026, 11, 25), US) == []
