"""The button hook: what was said in the room becomes one line to the person, or none."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversation import View
from handlers.reading.customs import customs_of
from handlers.reading.talk_days import cut_talk_day
from handlers.talks.audition_questions import read_said
from handlers.writing.hook_kinds import kinds_table, readers
from handlers.writing.hook_reading import understood
from handlers.writing.hook_words import table
from handlers.writing.hooks import Fact, hook_lines, hushed, private, sign_off, unused
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
THIRD_PERSON = re.compile(r"(?i)\b(?:she|her|hers|he|him|his|they|them|their|theirs|w)\b")
DATE_WORDS = re.compile(
    r"\b(today|tonight|tomorrow|this weekend|next week"
    r"|on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
)


def line(words: str, first: date | None = None, *, sent: date = FRIDAY, last: date | None = None) -> str:
    return next(iter(hook_lines(Fact(words, first, last), sent, SAID)), "")


def logged(words: str) -> Fact:
    """Small talk as it is kept: told on Thursday afternoon, its date cut out."""
    cut = cut_talk_day(words, datetime.combine(SAID, time(16, 10)), day_first=False)
    return Fact(cut.rest or words, cut.first, cut.last) if cut else Fact(words)


# The table of the actors' own words

CASES: list[dict[str, str]] = tomllib.loads(Path(__file__).with_name("hook_cases.toml").read_text("utf-8"))["case"]


def sent_on(key: str, fact: Fact) -> date:
    if key in ("next", "week", "month"):
        return SAID + timedelta(days={"next": 1, "week": 8, "month": 31}[key])
    assert fact.first
    assert fact.last
    if key == "before":
        return FRIDAY if fact.first > FRIDAY else SAID
    return fact.first if key == "on" else max(fact.last, SAID) + timedelta(days=1)


@pytest.mark.parametrize("case", CASES, ids=[case["told"] for case in CASES])
def test_what_was_told_on_three_days(case: dict[str, str]) -> None:
    fact = logged(case["told"])
    days = {key: sent_on(key, fact) for key in case if key != "told"}
    lines = {key: next(iter(hook_lines(fact, day, SAID, "Mark")), "") for key, day in days.items()}
    assert {"told": case["told"]} | lines == case


def test_the_table_is_long_and_speaks_to_the_person() -> None:
    spoken = [case[key] for case in CASES for key in case if key != "told" and case[key]]
    assert len(CASES) >= 150
    assert not [said for said in spoken if THIRD_PERSON.search(said) or BANNED.search(said)]


def test_every_kind_stands_in_the_table() -> None:
    facts = [logged(case["told"]) for case in CASES]
    told = [understood(fact.words, "Mark", dated=fact.first is not None) for fact in facts]
    assert {kind["name"] for kind in KINDS} == {match.kind.name for each in told for match in each.matches}


def test_the_example_everybody_knows() -> None:
    fact = logged("mark's going surfing at zuma beach over the weekend")
    assert hook_lines(fact, FRIDAY, SAID, "Mark")[0] == "Have fun surfing at Zuma Beach this weekend!"
    assert sign_off("Have fun surfing at Zuma Beach this weekend!", playful=True) == "Hang ten!"
    assert sign_off("Have fun surfing at Zuma Beach this weekend!") == ""
    assert sign_off("Always good to meet someone from Duluth!", playful=True) == ""


# Facts written before the tables were, and facts typed on a phone

BLIND: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("hooks_blind.toml").read_text("utf-8"))["fact"]


def lines_of(fact: dict[str, Any], day: date) -> tuple[str, ...]:
    """All that may be said of it on a day, as the product keeps and words it."""
    told_on = date.fromisoformat(fact["told_on"])
    view = View(datetime.combine(told_on, time(16, 10)), "America/Los_Angeles", customs_of("US"))
    said = read_said(fact["told"], view)
    return () if said.private else hook_lines(Fact(said.words, said.first, said.last), day, told_on, fact["told_of"])


@pytest.mark.parametrize("fact", BLIND, ids=[fact["id"] for fact in BLIND])
def test_every_line_is_one_that_was_called_right(fact: dict[str, Any]) -> None:
    for sending in (fact[when] for when in ("before", "on", "after") if when in fact):
        lines = lines_of(fact, date.fromisoformat(sending["day"]))
        right = sending["lines"] or [""]
        assert next(iter(lines), "") in (right if not fact["may_be_none"] else [*right, ""])
        assert not [w for w in fact["never"] for said in lines if re.search(rf"(?i)(?<!\w){re.escape(w)}(?!\w)", said)]


# The ear: the lines of the scenes

TROT = "running the turkey trot w her dad"
DRAGON = "taking her twins trick or treating as a dragon, both halves"


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
        ("going hiking in Wherevale w/ his dog", SATURDAY, "Have fun hiking in Wherevale with your dog tomorrow!"),
        ("she’s moving to Wherevale", SUNDAY, "Good luck with the move to Wherevale on Sunday!"),
        ("her kids soccer game", SATURDAY, "Enjoy your kids' soccer game tomorrow!"),
        ("daughter's recital", SATURDAY, "Enjoy the recital tomorrow!"),
        ("off to italy", None, "Have a good time in Italy!"),
        ("surfs, and has a corgi called pickles", None, "Good talking about surfing!"),
        ("off to find coffee. from duluth", None, "Always good to meet someone from Duluth!"),
        ("she's rehearsing macbeth", None, "Good luck with Macbeth!"),
        ("grew up in xenia, ohio", None, "Always good to meet someone from Xenia, Ohio!"),
    ],
)
def test_more_that_is_certain(words: str, day: date | None, hook: str) -> None:
    assert line(words, day) == hook


# Whose it is


@pytest.mark.parametrize(
    "words",
    [
        "bea's from duluth like my mom",
        "Bea is from Duluth like my mom",
        "Bea’s from duluth like my mom",
        "beas from duluth like my mom",
    ],
)
def test_the_own_name_may_stand_before_the_words(words: str) -> None:
    assert hook_lines(Fact(words), FRIDAY, SAID, "Bea")[0] == "My mom will love that you're from Duluth too!"


def test_the_own_name_may_own_something() -> None:
    assert (
        hook_lines(Fact("running the 5k w bea's dad", SATURDAY), FRIDAY, SAID, "Bea")[0]
        == "Enjoy the 5K with your dad tomorrow!"
    )


@pytest.mark.parametrize(
    "words", ["jo is going surfing in zuma", "the cd is going surfing", "running the turkey trot w my dad"]
)
def test_where_it_may_be_somebody_else_only_the_topic_is_named(words: str) -> None:
    assert all(said.startswith("Good talking") for said in hook_lines(Fact(words, SATURDAY), FRIDAY, SAID, "Bea"))


@pytest.mark.parametrize(
    "words", ["taking his daughter to her first play", "her son is in his first play", "in her sister's play"]
)
def test_nothing_of_somebody_else_becomes_theirs(words: str) -> None:
    assert not [
        said for said in hook_lines(Fact(words, SATURDAY), FRIDAY, SAID) if "your first" in said or "your play" in said
    ]


# What gives no line


@pytest.mark.parametrize(
    "words",
    [
        "dad hurt his knee",
        "not going surfing in zuma after all",
        "running the casting office alone",
        "loves that we both hate musicals",
        "going to costco",
        "from the agency, not casting",
        "they lost it when i forgot my sides",
        "just started at marsh casting",
        "moving to thursday callbacks",
        "Moving To Something",
        "is she going surfing in zuma?",
        "from Call Me In",
        "from Thank You",
        "hates tacos",
        "her dog ran away",
        "nervous about flying to denver",
        "asked if i could come back",
        "<b>going surfing</b>",
        "going surfing in {place}",
        "going surfing in zuma. her dad died",
        "",
        "🦃",
    ],
)
def test_no_line_is_better_than_a_wrong_one(words: str) -> None:
    assert hook_lines(Fact(words), FRIDAY, SAID) == ()
    assert hook_lines(Fact(words, SATURDAY), FRIDAY, SAID) == ()


@pytest.mark.parametrize(
    "words",
    [
        "maybe moving to chicago",
        "wants to visit chicago someday",
        "catered a thing in chicago",
        "hopes to run the chicago marathon",
    ],
)
def test_what_is_not_sure_names_its_topic(words: str) -> None:
    assert re.fullmatch(r"Good talking about (?:Chicago|the Chicago Marathon)!", line(words))


# The day


def test_a_weekend_is_called_one() -> None:
    going = "going surfing in zuma"
    assert line(going, SATURDAY, last=SUNDAY) == "Have fun surfing in Zuma this weekend!"
    assert line(going, SATURDAY, last=SUNDAY, sent=SUNDAY) == "Hope the surf in Zuma is good this weekend!"
    assert line(going, SATURDAY, last=SUNDAY, sent=SUNDAY + timedelta(days=1)) == "Hope the surf in Zuma was good!"


def test_the_day_is_named_within_a_week_only() -> None:
    assert line(TROT, FRIDAY + timedelta(days=6)) == "Enjoy the Turkey Trot with your dad on Thursday!"
    assert line(TROT, FRIDAY + timedelta(days=7)) == "Enjoy the Turkey Trot with your dad!"


def test_what_is_over_for_two_weeks_is_not_mentioned() -> None:
    assert line(TROT, FRIDAY - timedelta(days=14)) == "Hope the Turkey Trot with your dad was a good one!"
    assert line(TROT, FRIDAY - timedelta(days=15)) == ""


def test_a_plan_without_a_date_is_wished_well_the_next_morning_only() -> None:
    fact = Fact("going surfing in zuma")
    assert hook_lines(fact, SAID + timedelta(days=1), SAID)[0] == "Have fun surfing in Zuma!"
    assert hook_lines(fact, SAID + timedelta(days=2), SAID)[0] == "Good talking about surfing!"
    assert hook_lines(fact, SAID + timedelta(days=15), SAID) == ()


def test_a_journey_is_over_only_when_its_last_day_is_known() -> None:
    start = date(2026, 11, 10)
    assert line("off to italy", start) == "Hope Italy has been good to you!"
    assert line("off to italy", start, last=date(2026, 11, 18)) == "Hope Italy was good to you!"
    assert line("off to italy", start, last=date(2026, 11, 28)) == "Hope Italy is treating you well!"


def test_what_has_happened_has_no_day_to_come() -> None:
    assert line("ran the chicago marathon", SUNDAY) == "Congratulations on the Chicago Marathon!"


def test_the_day_is_that_of_the_fact_it_was_told_with() -> None:
    both = Fact("picking up a puppy, flying to nyc", SATURDAY)
    assert hook_lines(both, FRIDAY, SAID)[:3] == (
        "Hello to the puppy!",
        "Have fun with the puppy!",
        "Have a good time in NYC!",
    )
    assert not [said for said in hook_lines(both, SUNDAY, SAID) if "Have" in said]
    team = Fact("coaching his niece's soccer team, first game", SATURDAY)
    assert hook_lines(team, FRIDAY, SAID)[0] == "Enjoy the first game tomorrow!"
    assert hook_lines(team, SUNDAY, SAID)[0] == "Hope the first game was a good one!"
    assert hook_lines(Fact("saw wicked, flying to nyc friday", SUNDAY), FRIDAY, SAID)[0] == "Good hearing about Wicked!"


def test_in_the_middle_of_a_month_nobody_knows_whether_it_is_over() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    assert line("off to italy", first, last=last) == "Safe travels to Italy in December!"
    assert line("off to italy", first, last=last, sent=first) == "Good talking about Italy!"


def test_what_may_be_a_name_or_a_slip_of_the_thumb_is_not_repeated() -> None:
    for words in (
        "we talked about sarah",
        "collects elvis records",
        "going as dolly",
        "baking a qiche",
        "into valorant",
    ):
        assert line(words) == "", words
    assert line("seeing kamasi washington at the echo room", SATURDAY) == "Enjoy the show at the Echo Room tomorrow!"


def test_of_one_or_of_all_is_not_said() -> None:
    assert line("her sons first day of school", SATURDAY) == "Enjoy the first day of school tomorrow!"
    assert line("her son's first day of school", SATURDAY) == "Good luck to your son at school!"


def test_a_holiday_that_is_named_has_its_date() -> None:
    assert line("hosting thanksgiving for 12") == "Have fun with Thanksgiving for 12!"
    assert (
        line("hosting thanksgiving for 12", sent=TURKEY_DAY + timedelta(days=1))
        == "Hope Thanksgiving for 12 was a good one!"
    )


# Private, and what it silences


@pytest.mark.parametrize(
    "words",
    [
        "dad hurt his knee so shes running it solo",
        "recovering from surgery",
        "her mom’s in the hospital",
        "lost her dog last week",
        "had to put her dog down",
        "getting a DIVORCE",
        "not speaking to her sister",
        "she's pregnant!!",
        "trying for a baby",
        "choir at her church",
        "voting on tuesday",
        "can't pay the rent",
        "lost her job",
        "on a new diet",
        "lost 20 pounds",
        "her father passed away",
        "between us: she's leaving",
        "ｓｕｒｇｅｒｙ on monday",
        "💔",
        "visiting her ex-husband",
        "she's expecting",
        "expecting in april",
        "lost a friend",
        "her dog died",
        "christmas mass",
        "phone banking for the governor",
        "has a cold",
        "passed away on sunday",
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
        "memorial day bbq",
        "visiting her older brother",
        "into true crime podcasts",
        "a die hard mets fan",
        "expecting snow",
        "expecting 20 for dinner",
        "the AC is broken",
        "her car died on the 405",
        "turning her garage into a studio",
        "her dog turns 10",
        "lost a shoe",
        "praying for no rain",
        "home for xmas",
        "puppy on the way",
        "how cold it gets in joshua tree",
        "passed her driving test",
        "",
    ],
)
def test_what_is_not(words: str) -> None:
    assert not private(words)


def test_something_private_silences_the_same_matter() -> None:
    assert hushed(TROT, ["her dad hurt his knee"])
    assert hushed("her beagle just had puppies", ["her dog died"])
    assert hushed("going to her wedding in ojai", ["the engagement is off"])
    assert not hushed("going surfing in zuma", ["her dad hurt his knee"])
    assert not hushed(TROT, [])


# Said before


def test_a_line_said_before_does_not_come_again() -> None:
    lines = hook_lines(Fact(TROT, TURKEY_DAY), FRIDAY, SAID)
    assert unused(lines, [lines[0]]) == list(lines[1:])
    assert unused(lines, lines) == []


def test_a_line_that_begins_like_one_said_before_comes_last() -> None:
    assert unused(["Have fun skiing!", "Enjoy the skiing!"], ["Have fun surfing in Zuma!"]) == [
        "Enjoy the skiing!",
        "Have fun skiing!",
    ]


# The tables themselves

LISTS: dict[str, list[str]] = {
    **{name: row.get("heads", []) + row.get("names", []) for name, row in table()["slots"].items()},
    **table()["lists"],
    "place": table()["places"]["far"],
    "anyplace": table()["places"]["near"],
    "doing": list(table()["sports"]),
    "newhobby": table()["hobbies"]["names"],
}
SAMPLES = [
    f"{lead}{words}"
    for listed in LISTS.values()
    for words in [*listed][::4]
    for lead in ("", "the ", "her ", "a ", "her new ")
]
SAMPLES += [
    "her dog biscuit",
    "her husband's band",
    "the bus stop scene",
    "the gas station on sunset",
    "making 200 tamales",
    "on a farm",
    "a farm",
    "a sheep",
    "2",
    "tagalog",
    "cats",
    "her first marathon",
    "toaster improv",
    "like a host",
    "play the drums",
    "Biscuit",
    "surfs",
    "her cat's",
    "dad",
]
KINDS: list[dict[str, Any]] = kinds_table()["kind"]
TAILS = {"when", "tonight", "at", "with", "for", "mate"}


def frames(kind: dict[str, Any]) -> list[str]:
    return [text for key, lines in kind.items() if isinstance(lines, list) and key != "said" for text in lines]


def test_every_kind_has_its_days() -> None:
    for kind in KINDS:
        assert ("always" in kind) != ({"before", "after"} <= kind.keys()), kind["name"]
        assert kind["keep"] >= 0
    assert len({kind["name"] for kind in KINDS}) == len(KINDS)


def test_every_slot_can_be_read() -> None:
    told = {slot for kind in KINDS for said in kind["said"] for slot in re.findall(r"\{(\w+)\}", said)}
    assert told <= readers().keys()


def test_every_line_can_be_said() -> None:
    gives = {
        slot: {key for words in SAMPLES for key in reader(tuple(words.split()))} for slot, reader in readers().items()
    }
    for kind in KINDS:
        slots = {slot for said in kind["said"] for slot in re.findall(r"\{(\w+)\}", said)}
        given_words = TAILS.union(*(gives[slot] for slot in slots))
        assert set(re.findall(r"\{(\w+)\}", " ".join(frames(kind)))) <= given_words, kind["name"]


def test_no_line_of_the_table_says_what_a_follow_up_may_not() -> None:
    for spoken in (text for kind in KINDS for text in frames(kind)):
        assert not BANNED.search(spoken)
        assert not THIRD_PERSON.search(spoken)
        assert spoken.endswith("!")


# Whatever is typed

days = st.none() | st.dates(date(2026, 10, 20), date(2026, 12, 31))
WORDS = sorted({word for listed in LISTS.values() for word in listed} | {"Wherevale", "", "?", "today", "on friday"})
FORMS: list[str] = [form for kind in KINDS for form in kind["said"]]
INNERMOST = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")


@st.composite
def said(draw: st.DrawFn) -> str:
    """A form of the table with any words in it, right ones and wrong ones."""
    text: str = draw(st.sampled_from(FORMS))
    while found := INNERMOST.search(text):
        choices = (found[1] or found[2] or "").split("|") + ([""] if found[1] is not None else [])
        text = text[: found.start()] + draw(st.sampled_from(choices)) + text[found.end() :]
    while slot := re.search(r"\{(\w+)\}", text):
        fitting = LISTS.get(slot[1], ["her dad", "his kids", "a puppy", "her play", "two", "the bear"])
        odd = st.sampled_from(WORDS).map(str.title) | st.text(string.ascii_letters + " '", max_size=20)
        whose = draw(st.sampled_from(["", "", "the ", "her ", "a "]))
        text = text.replace(slot[0], whose + draw(st.sampled_from(fitting) | odd), 1)
    return text


SUBJECTS = [
    "",
    "she's ",
    "hes ",
    "they're ",
    "Tess is ",
    "she said she's ",
    "her dad is ",
    "his kids are ",
    "their sister's ",
]
SUBJECTS += ["we're both ", "i'm ", "my mom is ", "the cd is ", "jo's ", "she and her wife are ", "her beagle is "]
DONE = [
    "going surfing",
    "running the turkey trot",
    "off to italy",
    "moving to duluth",
    "getting a puppy",
    "seeing hadestown",
]
DONE += [
    "learning the banjo",
    "in a school play",
    "from duluth",
    "a huge mets fan",
    "obsessed with him",
    "making her a quilt",
]
DONE += [
    "telling them about their trip",
    "visiting her",
    "taking him to the zoo",
    "baking their cake",
    "back from peru",
]
DONE += ["starting his class", "throwing her birthday party", "opening their play", "going to surf", "loving her job"]
BEHIND = [
    "",
    " w her dad",
    " with him",
    " in zuma",
    " at their place",
    " for thanksgiving",
    " and hates it",
    ", she says",
]
BEHIND += [
    " like my mom",
    " because of her",
    " w/ his kids & their dog",
    " this weekend",
    " every sunday",
    "!!",
    " lol 🏄",
]
talk = st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(DONE), st.sampled_from(BEHIND)).map("".join)


@settings(deadline=None)
@given(words=said() | talk | st.text(max_size=200), first=days, last=days, sent=st.dates(SAID, date(2026, 12, 20)))
def test_a_hook_speaks_to_the_person_and_asks_for_nothing(
    words: str, first: date | None, last: date | None, sent: date
) -> None:
    for hook in hook_lines(Fact(words, first, last), sent, SAID, "Tess"):
        assert not BANNED.search(hook)
        assert not THIRD_PERSON.search(hook)
        assert not re.search(r"[?{}\[\]\n]|(?<!\bSt)(?<!\bMt)[!.] \w", hook)
        assert hook[0].isupper()
        assert hook.endswith("!")
        assert len(hook) <= 120
        assert all(fits(word, sent, first or last, last or first) for word in DATE_WORDS.findall(hook)), hook


def fits(word: str, sent: date, first: date | None, last: date | None) -> bool:
    """Whether a date word, read on the day of sending, is a day of the fact."""
    if word in ("today", "tonight"):
        return sent in (first, last)
    if word == "tomorrow":
        return sent + timedelta(days=1) in (first, last)
    if first is None or last is None:
        return False
    if word == "this weekend":
        return first.weekday() == 5 and (first - sent).days < 6 and sent <= last
    if word == "next week":
        return first.weekday() == 0 and 0 < (first - sent).days <= 7
    return 0 < (first - sent).days < 7 and f"{first:on %A}" == word


@settings(deadline=None)
@given(words=talk, sent=st.dates(SAID, date(2026, 12, 20)))
def test_a_plan_that_is_over_is_never_wished_well(words: str, sent: date) -> None:
    over = sent - timedelta(days=1)
    for hook in hook_lines(Fact(words, over, over), sent, SAID):
        assert not re.match(r"Have (?:fun|a)|Enjoy (?!the rest|the new)|Safe travels", hook), hook


@pytest.mark.parametrize(
    "piece",
    ["going ", "x", "a'", "💔 a ", "in ", "({[", "\0", "\u202e", "٣", "and ", "she said ", "her dad's ", "with her "],
)
def test_long_words_are_quick(piece: str) -> None:
    words = (piece * 4000)[:4000]
    with patience():
        private(words)
        hushed(words, [words])
        hook_lines(Fact(words), FRIDAY, SAID)
        hook_lines(Fact(words[:270]), FRIDAY, SAID)
