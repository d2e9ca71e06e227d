"""Two hundred drafts, looked at from outside the writer: nothing in them that was not stored, no hard rule broken."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from handlers.reading.customs import customs_of
from handlers.writing.checker import Note, check
from handlers.writing.safe import known_of
from tests.drafts import MANY, Made, drafts

DRAFTS = list(drafts())
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WRITTEN_DATE = re.compile(rf"(?:({'|'.join(DAYS)}),? )?(?:({'|'.join(MONTHS)}) (\d\d?)|(\d\d?) ({'|'.join(MONTHS)}))")
OURS = ("I", "I'm", "I've")


def everything(made: Made) -> str:
    """All words that were stored for a note."""
    brief = made.brief
    stored = [brief.greeting, brief.sign, *brief.others]
    stored += [x for m in brief.meetings for x in (m.project, m.role, m.kind, m.round)]
    stored += [x for item in brief.news for x in (item.words, item.link)]
    return " ".join([*stored, *(fact.words for fact in brief.facts)])


def days_stored(made: Made) -> set[date]:
    days = {m.day for m in made.brief.meetings} | {made.on}
    spans = [(i.event_on, i.ends_on) for i in made.brief.news] + [(f.first, f.last) for f in made.brief.facts]
    return days | {day for span in spans for day in span if day}


def names_in(text: str) -> list[str]:
    """Every word with a capital inside a sentence, and every word or number with a digit; no written dates."""
    text = re.sub(r"https?://\S+", " ", WRITTEN_DATE.sub(" ", text))
    found = []
    for sentence in re.split(r"(?<=[.!?:])\s+|\n+|• ", text):
        words = re.findall(r"[^\W_]+(?:['’.&-][^\W_]+)*", sentence)
        found += [word for place, word in enumerate(words) if (place and word[:1].isupper()) or re.search(r"\d", word)]
    return found


def plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.casefold().replace("’", "'").replace("'", ""))


def test_there_are_two_hundred_of_every_kind() -> None:
    assert len(DRAFTS) == MANY == 200
    assert {made.brief.channel for made in DRAFTS} == {"e-mail", "postcard", "agent"}
    assert len({made.draft.body for made in DRAFTS}) >= 195
    bullets = Counter(made.draft.body.count("• ") for made in DRAFTS)
    assert set(bullets) == {0, 2, 3}
    assert sum(bool(made.draft.hook) for made in DRAFTS) >= 100


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_no_hard_rule_is_broken_and_nothing_had_to_be_left_out(made: Made) -> None:
    found = check(Note(made.draft.body, made.draft.subject), known_of(made.brief, made.on, customs_of("US")))
    assert [f for f in found if f.hard] == []
    assert made.left_out == 0


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_every_name_and_number_was_stored(made: Made) -> None:
    stored = set(plain(everything(made)).split())
    for name in names_in(f"{made.draft.subject}\n{made.draft.body}"):
        pieces = plain(name).split()
        is_ours = name in (*DAYS, *MONTHS, *OURS)
        assert is_ours or all(stored & {piece, piece.removesuffix("s"), counted(piece)} for piece in pieces), name


def counted(piece: str) -> str:
    """Who "turned 6" has a 6th birthday."""
    return re.sub(r"(?<=[0-9])(?:st|nd|rd|th)$", "", piece)


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_every_link_was_stored(made: Made) -> None:
    links = re.findall(r"https?://\S+", made.draft.body)
    assert set(links) <= {item.link for item in made.brief.news}
    assert not links or made.brief.channel != "postcard"


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_every_date_was_stored_and_has_its_weekday(made: Made) -> None:
    stored = days_stored(made)
    for weekday, month, day, day_first, month_first in WRITTEN_DATE.findall(made.draft.body):
        number = int(day or day_first)
        meant = [d for d in stored if d.day == number and MONTHS[d.month - 1] == (month or month_first)]
        assert meant
        assert not weekday or DAYS[meant[0].weekday()] == weekday


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_a_bare_weekday_is_that_of_a_day_that_was_stored(made: Made) -> None:
    near = {made.on + timedelta(days=n) for n in range(-7, 8)}
    spans = [(f.first, f.last or f.first) for f in made.brief.facts]
    within = {d for first, last in spans if first and last for d in near if first <= d <= last}
    known = {DAYS[d.weekday()] for d in (days_stored(made) | within) & near}
    bare = WRITTEN_DATE.sub(" ", made.draft.body)
    assert {day for day in DAYS if re.search(rf"\b{day}\b", bare)} <= known


@pytest.mark.parametrize("made", DRAFTS, ids=range(MANY))
def test_it_is_of_the_length_of_its_way(made: Made) -> None:
    words = sum(any(sign.isalnum() for sign in word) for word in made.draft.body.split())
    is_card = made.brief.channel == "postcard"
    assert words <= (60 if is_card else 130)
    assert bool(made.draft.subject) != is_card
    assert "• " not in made.draft.body or not is_card
    assert made.draft.body.count("!") <= 3
    assert not re.search("[\u2600-\u27bf\U0001f000-\U0001faff]|!!", made.draft.body)
