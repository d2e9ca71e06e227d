"""The button hook: what was said in the room becomes one line to the person, or none."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.writing.hooks import Fact, hook_lines, private
from tests.patience import patience

FRIDAY = date(2026, 11, 20)
SAID = FRIDAY - timedelta(days=1)
TURKEY_DAY = date(2026, 11, 26)
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)

# What no follow-up may say: thanks, asking, apology, begging, gifts.
BANNED = re.compile(
    r"(?i)\b(?:thank(?:s|ed|ing|ful)?|thx|tysm|ty|gratitude|grateful|much obliged"
    r"|appreciate (?:you|your time|the opportunity|being seen|it)|for (?:seeing|having|bringing) me|for your time"
    r"|for the opportunity|did i (?:get|book)|(?:heard|hear) back|any (?:news|word|update)|(?:made|make) a decision"
    r"|(?:you|they)(?:'ve| have)? decided|still (?:casting|in the running|in the mix)|when (?:will|should) i"
    r"|let me know|look(?:ing)? forward to hearing|feedback|notes for me|refer|recommend me|keep me in mind"
    r"|consider me|bring me (?:back|in)|call me in|another (?:shot|chance|take)|sorry|apolog\w*|forgive|excuse|my bad"
    r"|i was (?:nervous|sick|off|tired)|wish i (?:had|could)|should have|could have done better|please|desperate"
    r"|dream|i (?:really )?need|would mean|any role|do anything|honou?red|humbled"
    r"|perfect for (?:the|this) (?:role|part)"
    r"|gift card|(?:a|your|this|small) gift|my treat|(?:coffee|drinks?|lunch) on me)\b"
)
THIRD_PERSON = re.compile(r"(?i)\b(?:she|her|hers|he|him|his|they|them|their|w)\b")


def line(words: str, first: date | None = None, *, sent: date = FRIDAY, last: date | None = None) -> str:
    return next(iter(hook_lines(Fact(words, first, last), sent, SAID)), "")


TROT = "running the turkey trot w her dad"
DRAGON = "taking her twins trick or treating as a dragon, both halves"
BEFORE, SAME, AFTER = SATURDAY, FRIDAY, FRIDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "day", "hook"),
    [
        ("he's going surfing in zuma", SAME, "Hope the surf in Zuma is good today!"),
        ("he's going surfing in zuma", AFTER, "Hope the surf in Zuma was good!"),
        (TROT, TURKEY_DAY, "Enjoy the Turkey Trot with your dad on Thursday!"),
        (TROT, SAME, "Enjoy the Turkey Trot with your dad today!"),
        (TROT, AFTER, "Hope the Turkey Trot with your dad was a good one!"),
        (DRAGON, SAME, "Have fun with both halves of the dragon tonight!"),
        (DRAGON, AFTER, "Hope both halves of your dragon came home with plenty of candy!"),
        ("just started banjo, neighbors hate it", None, "Good luck with the banjo, and with the neighbors!"),
        ("they lost it at my toaster improv", None, "Warm regards from the toaster!"),
        ("from duluth like my mom", None, "My mom will love that you're from Duluth too!"),
        ("her beagle just had puppies", None, "Hope you and the puppies are getting some sleep!"),
        ("picking up a puppy", BEFORE, "Have fun picking up the puppy tomorrow!"),
        ("picking up a puppy", SAME, "Have fun picking up the puppy today!"),
        ("picking up a puppy", AFTER, "Hope the puppy has settled in with you!"),
    ],
)
def test_the_lines_of_the_ear(words: str, day: date | None, hook: str) -> None:
    assert line(words, day) == hook


def test_a_weekend_is_called_one() -> None:
    going = "going surfing in zuma"
    assert line(going, SATURDAY, last=SUNDAY) == "Have fun surfing in Zuma this weekend!"
    assert line(going, SATURDAY, last=SUNDAY, sent=SUNDAY) == "Hope the surf in Zuma is good this weekend!"
    assert line(going, SATURDAY, last=SUNDAY, sent=SUNDAY + timedelta(days=1)) == "Hope the surf in Zuma was good!"


@pytest.mark.parametrize(
    ("words", "second"),
    [
        ("just started banjo, neighbors hate it", "May the banjo grow on the neighbors!"),
        ("they lost it at my toaster improv", "Glad you and the toaster hit it off!"),
        ("from duluth (like my mom)", "Always good to meet someone from my mom's Duluth!"),
        ("her beagle just had puppies", "Hello to the beagle and every last puppy!"),
    ],
)
def test_another_line_has_another_idea(words: str, second: str) -> None:
    assert hook_lines(Fact(words), FRIDAY, SAID)[1] == second


def test_another_line_of_the_turkey_trot_is_for_the_dad() -> None:
    assert (
        hook_lines(Fact(TROT, TURKEY_DAY), FRIDAY, SAID)[1] == "May your dad let you win the Turkey Trot on Thursday!"
    )


@pytest.mark.parametrize(
    ("words", "day", "hook"),
    [
        (
            "shes running the turkey trot with their kids!!",
            TURKEY_DAY,
            "Enjoy the Turkey Trot with your kids on Thursday!",
        ),
        ("RUNNING A 5K 🏃", SAME, "Enjoy the 5K today!"),
        ("running her first marathon", SUNDAY, "Enjoy your first marathon on Sunday!"),
        ("going hiking in Wherevale w/ his dog", SATURDAY, "Have fun hiking in Wherevale with your dog tomorrow!"),
        ("we both grew up in duluth", None, "Always good to meet someone else from Duluth!"),
        ("moving to chicago", None, "Good luck with the move to Chicago!"),
        ("she’s moving to Wherevale", SUNDAY, "Good luck with the move to Wherevale on Sunday!"),
        ("off to italy", None, "Have a good time in Italy!"),
        ("off to italy", SUNDAY, "Safe travels to Italy on Sunday!"),
        ("training for the marathon", None, "Good luck with the training for the marathon!"),
        ("loves tacos", None, "Here's to tacos!"),
        ("her show opens", SAME, "Hope your show opens to a full house today!"),
        ("her daughter's show opens on", AFTER, "Hope your daughter's show opened to a full house!"),
        ("taking her twins trick or treating", AFTER, "Hope your twins came home with plenty of candy!"),
        ("hosting thanksgiving for twelve", TURKEY_DAY, "Have fun with Thanksgiving for twelve on Thursday!"),
        ("going to the dodgers game w his kids", SUNDAY, "Enjoy the Dodgers game with your kids on Sunday!"),
        ("its her birthday", SAME, "Happy birthday!"),
    ],
)
def test_more_that_is_certain(words: str, day: date | None, hook: str) -> None:
    assert line(words, day) == hook


@pytest.mark.parametrize(
    "words",
    [
        "dad hurt his knee",
        "her sister is moving to chicago",
        "her dad is running the turkey trot",
        "not going surfing in zuma after all",
        "maybe moving to chicago",
        "wants to run the turkey trot someday",
        "running the casting office alone",
        "loves that we both hate musicals",
        "picking up her dog",
        "going to costco",
        "from the agency, not casting",
        "they lost it when i forgot my sides",
        "taking her twins trick or treating as a favor to the school",
        "just started at marsh casting",
        "moving to thursday callbacks",
        "Moving To Something",
        "is she going surfing in zuma?",
        "from Call Me In",
        "from Thank You",
        "shes got twins",
        "hates tacos",
        "running the turkey trot w my dad",
        "off to find coffee. from duluth",
        "going surfing in zuma. her dad died",
        "",
        "🦃",
    ],
)
def test_no_line_is_better_than_a_wrong_one(words: str) -> None:
    assert hook_lines(Fact(words), FRIDAY, SAID) == ()
    assert hook_lines(Fact(words, SATURDAY), FRIDAY, SAID) == ()


def test_the_day_is_named_within_a_week_only() -> None:
    assert line(TROT, FRIDAY + timedelta(days=6)) == "Enjoy the Turkey Trot with your dad on Thursday!"
    assert line(TROT, FRIDAY + timedelta(days=7)) == "Enjoy the Turkey Trot with your dad!"


def test_what_is_over_for_two_weeks_is_not_mentioned() -> None:
    assert line(TROT, FRIDAY - timedelta(days=14)) == "Hope the Turkey Trot with your dad was a good one!"
    assert line(TROT, FRIDAY - timedelta(days=15)) == ""


def test_a_plan_without_a_date_holds_for_the_next_morning_only() -> None:
    fact = Fact("going surfing in zuma")
    assert hook_lines(fact, SAID + timedelta(days=1), SAID) == ("Have fun surfing in Zuma!",)
    assert hook_lines(fact, SAID + timedelta(days=2), SAID) == ()


def test_a_journey_is_over_only_when_its_last_day_is_known() -> None:
    assert line("off to italy", date(2026, 11, 10), sent=FRIDAY) == ""
    assert line("off to italy", date(2026, 11, 10), last=date(2026, 11, 18)) == "Hope Italy was good to you!"
    assert line("off to italy", date(2026, 11, 10), last=date(2026, 11, 28)) == "Hope Italy is treating you well!"


@pytest.mark.parametrize(
    "words",
    [
        "dad hurt his knee so shes running it solo",
        "recovering from surgery",
        "her mom’s in the hospital",
        "lost her dog last week",
        "getting a DIVORCE",
        "she's pregnant!!",
        "choir at her church",
        "voting on tuesday",
        "can't pay the rent",
        "on a new diet",
        "her father passed away",
        "between us: she's leaving",
        "ｓｕｒｇｅｒｙ on monday",
        "💔",
        "visiting her ex-husband",
    ],
)
def test_what_is_sad_or_private(words: str) -> None:
    assert private(words)


@pytest.mark.parametrize(
    "words",
    [
        TROT,
        DRAGON,
        "just started trumpet",
        "off to costa rica",
        "painting the set",
        "a taxi to Richmond",
        "costumes",
        "",
    ],
)
def test_what_is_not(words: str) -> None:
    assert not private(words)


# The table itself


def table() -> dict[str, Any]:
    return tomllib.loads(resources.files("handlers.writing").joinpath("hooks.toml").read_text("utf-8"))


def test_every_line_can_be_said() -> None:
    for pattern in table()["pattern"]:
        told = set(re.findall(r"\{(\w+)\}", " ".join(pattern["said"]))) | {"when", "tonight"}
        told |= {f"{name}_noun" for name in told}
        for lines in (v for k, v in pattern.items() if isinstance(v, list) and k != "said"):
            assert set(re.findall(r"\{(\w+)\}", " ".join(lines))) <= told, pattern["said"]


def test_no_line_of_the_table_says_what_a_follow_up_may_not() -> None:
    for pattern in table()["pattern"]:
        for spoken in (text for k, v in pattern.items() if isinstance(v, list) and k != "said" for text in v):
            assert not BANNED.search(spoken)
            assert not THIRD_PERSON.search(spoken)
            assert spoken.endswith("!")


# Whatever is typed

days = st.none() | st.dates(date(2026, 10, 20), date(2026, 12, 31))
LISTS: dict[str, list[str]] = table()["words"]
WORDS = sorted({word for listed in LISTS.values() for word in listed})
FORMS: list[str] = [form for pattern in table()["pattern"] for form in pattern["said"]]
BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@st.composite
def said(draw: st.DrawFn) -> str:
    """A form of the table with any words in it, right ones and wrong ones."""
    text: str = draw(st.sampled_from(FORMS))
    while found := BRACKETS.search(text):
        text = BRACKETS.sub(found[1] if draw(st.booleans()) else "", text, count=1)
    while group := re.search(r"\(([^()]*)\)", text):
        text = text.replace(group[0], draw(st.sampled_from(group[1].split("|"))), 1)
    while slot := re.search(r"\{(\w+)\}", text):
        fitting = LISTS.get(slot[1], ["Wherevale"])
        odd = st.sampled_from(WORDS).map(str.title) | st.text(string.ascii_letters + " '", max_size=20)
        text = text.replace(slot[0], draw(st.sampled_from(fitting) | odd), 1)
    return text


@given(words=said() | st.text(max_size=200), first=days, last=days, sent=st.dates(SAID, date(2026, 12, 20)))
def test_a_hook_speaks_to_the_person_and_asks_for_nothing(
    words: str, first: date | None, last: date | None, sent: date
) -> None:
    for hook in hook_lines(Fact(words, first, last), sent, SAID):
        assert not BANNED.search(hook)
        assert not THIRD_PERSON.search(hook)
        assert not re.search(r"[?{}\[\]\n]", hook)
        assert hook[0].isupper()
        assert hook.endswith("!")
        if re.search(r"\b(?:today|tonight)\b", hook):
            assert sent in (first, last)


@pytest.mark.parametrize("piece", ["going ", "x", "a'", "💔 a ", "in ", "({[", "\0", "\u202e", "٣"])
def test_long_words_are_quick(piece: str) -> None:
    words = (piece * 4000)[:4000]
    with patience():
        private(words)
        hook_lines(Fact(words), FRIDAY, SAID)
        hook_lines(Fact(words[:160]), FRIDAY, SAID)
