"""The checker: what must not go out is held up, what may is not, and a rewrite makes nothing worse."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.writing.checker import Finding, Knowledge, Note, Sent, Told, check, mend
from handlers.writing.newslines import NewsItem
from tests.patience import patience

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("checker_cases.toml").read_text("utf-8"))
RULES = [rule for rule in CASES if rule != "case"]
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
NEWS = (
    NewsItem(1, "just wrapped a guest star on Harbor Lights"),
    NewsItem(
        2,
        "Salt Year, a short I lead, screens at the Cedar Point Film Festival (comps are yours if you'd like them)",
        date(2026, 12, 5),
    ),
    NewsItem(3, "new comedy reel", link="https://noracastellane.example/reel"),
)
FACTS = (
    Told("running the turkey trot w her dad", date(2026, 11, 26), said_on=THURSDAY),
    Told("her dad hurt his knee", private=True, said_on=THURSDAY),
)
TESS = Knowledge(
    "Tess Quillan",
    "Tess",
    job="CD",
    office="Thornbury Quillan Casting",
    others=("Jo Fenwick", "Marcus Thornbury"),
    titles=("Copper Falls",),
    roles=("Nurse Ray",),
    news=NEWS,
    facts=FACTS,
    links=("https://noracastellane.example/reel",),
    sign="Nora Castellane",
    agent="Priya Lindqvist",
    send_on=FRIDAY,
    met_on=THURSDAY,
)
SUBJECT = "Nora Castellane – Nurse Ray, Copper Falls"


def note_with(words: str) -> Note:
    body = f"Hi Tess,\n\nIt was great reading Nurse Ray for you yesterday.\n\n{words}\n\nNora Castellane"
    return Note(body, SUBJECT)


def ids(findings: tuple[Finding, ...], *, hard: bool = False) -> set[str]:
    return {found.id for found in findings if found.hard or not hard}


def listed(way: str) -> list[Any]:
    return [pytest.param(rule, text, id=f"{rule}: {text[:40]}") for rule in RULES for text in CASES[rule][way]]


@pytest.mark.parametrize(("rule", "text"), listed("fails"))
def test_what_must_fail(rule: str, text: str) -> None:
    assert rule in ids(check(note_with(text), TESS), hard=True)


@pytest.mark.parametrize(("rule", "text"), listed("passes"))
def test_what_is_innocent(rule: str, text: str) -> None:
    assert check(note_with(text), TESS) == tuple(f for f in check(note_with(text), TESS) if not f.hard), rule


def known_of(case: dict[str, Any]) -> Knowledge:
    if case.get("nothing_known"):
        return Knowledge()
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in case.get("known", {}).items()}
    known = replace(TESS, **given)
    more: dict[str, Any] = {
        "news": (
            *(NEWS if "known" not in case or "sign" not in case["known"] else ()),
            *(NewsItem(**n) for n in case.get("news", ())),
        ),
        "facts": (*FACTS, *(Told(**f) for f in case.get("facts", ()))),
        "to_person": tuple(Sent(s["on"], s.get("to", ""), tuple(s["news"])) for s in case.get("sent", ())),
        "to_office": tuple(Sent(s["on"], s.get("to", ""), tuple(s["news"])) for s in case.get("office", ())),
    }
    return replace(known, **more)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES["case"]])
def test_whole_notes(case: dict[str, Any]) -> None:
    words = " ".join(["more"] * 130)
    text = case["text"].replace("{130 words}", words).replace("{60 words}", words[: 5 * 60])
    found = check(Note(text, case.get("subject", "")), known_of(case))
    if case["fails"]:
        assert set(case["fails"]) <= ids(found)
    else:
        assert not ids(found, hard=True), found
    assert not ids(found) & set(case.get("silent", ()))


# What it says, and what it makes of it


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Thanks so much for seeing me!", "“Thanks so much for seeing me” is a thank-you."),
        ("Any word on it would be lovely.", "“Any word” asks how it went."),
        ("Keep me in mind!", "“Keep me in mind” asks for something."),
        ("I left some cookies with the office.", "“I left some cookies” is a gift."),
        ("Enjoy Sundance!", "“Sundance” is new to me."),
        ("Reel: [link]", "“[link]” is still a blank."),
        ("What a read today!", "“today” was Thursday."),
        ("What a read on Monday!", "“on Monday”: the audition was yesterday."),
        ("Salt Year screens on Friday, December 5.", "December 5 is a Saturday."),
        (
            "Hope the Turkey Trot was fun!",
            "“running the turkey trot w her dad” is on Thursday; this line has it behind you.",
        ),
        ("Tess Quilan runs a kind room.", "“Quilan”: the name is Quillan."),
        ("Hope the surgery went well.", "“surgery” is private and stays out."),
        ("Headshot attached.", "An attachment may land in spam. A link won't."),
        ("I am pinned for it.", "“pinned” is between you and Priya Lindqvist."),
        ("Copper Fals made me laugh.", "“Copper Fals” is new to me; “Copper Falls” is what you told me."),
    ],
)
def test_each_finding_is_one_plain_sentence(words: str, reason: str) -> None:
    assert reason in [found.reason for found in check(note_with(words), TESS)]


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        (
            "Thanks so much for seeing me yesterday! Loved the laugh.",
            "It was great seeing you yesterday! Loved the laugh.",
        ),
        ("Thank you for the opportunity to play her.", "It was great to play her."),
        ("Thank you for bringing me in. What a room!", "It was great coming in. What a room!"),
        ("What a room! Thanks again for your time.", "What a room!"),
        ("What a room to read in, thank you so much.", "What a room to read in."),
        ("Sorry about the end, but I loved the laugh in it.", "I loved the laugh in it."),
        ("Please enjoy the parade.", "Enjoy the parade."),
        ("Enjoy the parade, please.", "Enjoy the parade."),
        ("Let me know if you'd like comps.", "Comps are yours if you'd like them."),
        ("What a read today!", "What a read yesterday!"),
        ("Salt Year screens on Friday, December 5.", "Salt Year screens on Saturday, December 5."),
        ("Enjoy the Turkey Trot tomorrow!", "Enjoy the Turkey Trot on Thursday!"),
        ("My link: [link]", "My link: https://noracastellane.example/reel"),
        ("My reel is at", "My reel is at https://noracastellane.example/reel"),
        ("Tess Quilan runs a kind room.", "Tess Quillan runs a kind room."),
        ("Copper Fals made me laugh.", "Copper Falls made me laugh."),
        ("Good luck with the BANJO!!! And the neighbors!!", "Good luck with the banjo. And the neighbors!"),
        ("• One more\n• Two more\n• Three more\n• Four more", "• One more\n• Two more\n• Three more"),
    ],
)
def test_a_rewrite_changes_no_more_than_it_must(words: str, safe: str) -> None:
    assert mend(note_with(words), TESS) == note_with(safe)


@pytest.mark.parametrize("words", ["Enjoy Sundance!", "Hope the Turkey Trot was fun!", "Role: XX"])
def test_where_nothing_safe_is_sure_there_is_no_rewrite(words: str) -> None:
    assert [found.rewrite for found in check(note_with(words), TESS) if found.hard] == [None]
    assert mend(note_with(words), TESS) == note_with(words)


def test_a_note_is_never_emptied() -> None:
    note = Note("Hi Tess,\n\nThank you for your time!\n\nNora Castellane")
    assert mend(note, TESS) == note


def test_several_things_are_made_safe_one_after_the_other() -> None:
    words = "Thanks so much for seeing me today! Sorry about the dropped line. Please keep me in mind.\n\nReel: [link]"
    assert mend(note_with(words), TESS) == note_with(
        "It was great seeing you yesterday!\n\nReel: https://noracastellane.example/reel"
    )


# The actor's own words


def test_what_is_new_in_the_actors_own_words_is_asked_about() -> None:
    own = replace(TESS, own_words=True)
    (found,) = [f for f in check(note_with("• Screening at Sundance in January"), own) if f.id == "H7"]
    assert not found.hard
    assert found.reason == "You never told me about “Sundance”: keep it as news?"
    assert found.line == "Screening at Sundance in January"


def test_a_new_word_about_them_is_no_news() -> None:
    own = replace(TESS, own_words=True)
    (found,) = [f for f in check(note_with("Hope you enjoy Lisbon!"), own) if f.id == "H7"]
    assert (found.reason, found.line) == ("You never told me about “Lisbon”.", "")


# Whatever is put in

STORED = (
    "Copper Falls", "Nurse Ray", "Tess Quillan", "Jo Fenwick", "Salt Year", "Harbor Lights", "Nora Castellane",
    "Thank You, Goodnight", "Please Hold", "Sorry Wrong Door", "Who's There?", "[title of show]", "Ty Marsh",
    "https://noracastellane.example/thanks-please-sorry?x=1", "Dr. Strange Harbor", "Pinned, a Love Story",
)  # fmt: skip
WELL_STOCKED = replace(TESS, others=("Jo Fenwick", "Ty Marsh"), titles=STORED, links=(STORED[-3],))
PIECES = (
    "Thanks so much", "for seeing me", "please", "?", "!", ".", ",", "\n", "\n\n", "• ", "Sorry", "let me know",
    "today", "on Friday", "Sundance", "[link]", "Reel:", "https://", "Hi Tess,", "Copper Falls",
    "the Turkey Trot", "Enjoy",
    "Hope", "was great", "December 5", "feedback", "my dream", "and", "but I", "SO LOUD", "🙂", "Nora Castellane",
    "pinned", "surgery",
)  # fmt: skip
any_text = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)


@settings(deadline=None)
@given(body=any_text, subject=st.text(max_size=90), nothing=st.booleans(), own=st.booleans())
def test_any_text_is_read(body: str, subject: str, nothing: bool, own: bool) -> None:
    known = Knowledge(own_words=own) if nothing else replace(TESS, own_words=own)
    for found in check(Note(body, subject), known):
        text = subject if found.part == "subject" else body
        assert 0 <= found.where[0] <= found.where[1] <= len(text)
        assert found.reason
        assert "\n" not in found.reason


@settings(deadline=None)
@given(body=any_text)
def test_a_rewrite_passes_its_rule_and_brings_no_new_fail(body: str) -> None:
    before = check(Note(body), TESS)
    for found in before:
        if found.rewrite is not None:
            after = check(Note(found.rewrite), TESS)
            assert found.id not in ids(after)
            assert ids(after, hard=True) <= ids(before, hard=True)


@settings(deadline=None)
@given(body=any_text)
def test_mending_comes_to_an_end(body: str) -> None:
    mended = mend(Note(body), TESS)
    assert mend(mended, TESS) == mended


@settings(deadline=None)
@given(names=st.lists(st.sampled_from(STORED), max_size=12))
def test_stored_names_alone_never_alarm(names: list[str]) -> None:
    for text in (" and ".join(names), ", ".join(names), "\n".join(f"In {name} it was." for name in names)):
        assert not ids(check(Note(text), WELL_STOCKED), hard=True), text


@pytest.mark.parametrize(
    "piece",
    [
        "a", "A", "a.", "i ", "thanks ", "1", "1/", "friday ", "dec 5 ", "?", "! ", "[", "<", "(", "\0", "\u202e", "٣",
        "• ", "\n", " ", "i wish i ", "i'm so ", "left you ", "Ab ", "Ab of ", "x@", "@", "https://", "a-", "'",
        "you're so really ",
    ],
)  # fmt: skip
def test_long_words_are_quick(piece: str) -> None:
    text = (piece * 4000)[:4000]
    known = replace(TESS, titles=(text,), facts=(Told(text),), news=(NewsItem(1, text),), own_words=True)
    with patience():
        check(Note(text, text), TESS)
        check(Note(text, text), known)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_are_no_day_to_send(day: date) -> None:
    assert check(note_with("See you on Thursday, December 5!"), replace(TESS, send_on=day, met_on=day)) is not None
