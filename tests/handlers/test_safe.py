"""Our own drafts pass the checker: nothing that a hard rule stops is ever written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.writing.checker import Finding, Note, check
from handlers.writing.followup import Brief, Draft, Fact, NewsItem, write
from handlers.writing.safe import known_of, write_safe
from tests.handlers.test_followup import (
    COPPER_FALLS,
    FRIDAY,
    MONDAY,
    TESS,
    TITLES,
    TROT,
    US,
    briefs,
    news,
    plain,
    sends,
)
from tests.handlers.test_hooks import CASES, logged, sent_on

# Names as storage keeps them: no invisible signs, nothing at their edges.
names = st.sampled_from(["", *TITLES]) | st.text(
    st.characters(categories=["L", "N", "Po", "Pd"]) | st.just(" "), max_size=60
).map(lambda text: " ".join(text.split()))


def fails(brief: Brief, draft: Draft, on: date) -> list[Finding]:
    return [f for f in check(Note(draft.body, draft.subject), known_of(brief, on, US)) if f.hard]


@settings(deadline=None)
@given(brief=briefs(names, news), on=sends, line=st.integers(-1, 9))
def test_whatever_was_told_no_hard_rule_speaks(brief: Brief, on: date, line: int) -> None:
    draft, _ = write_safe(brief, on, US, line)
    assert fails(brief, draft, on) == []


@settings(deadline=None)
@given(
    brief=briefs(plain, st.builds(NewsItem, st.just(1), st.just("wrapped Harbor Lights"))),
    on=sends,
    line=st.integers(0, 9),
)
def test_a_plain_log_loses_nothing(brief: Brief, on: date, line: int) -> None:
    # What reads wrong once its own day is over stands in the table of small talk, below.
    brief = replace(brief, facts=tuple(Fact(fact.words) for fact in brief.facts))
    draft, left_out = write_safe(brief, on, US, line)
    assert left_out == ()
    assert draft == write(brief, on, US, line)


@pytest.mark.parametrize("case", CASES, ids=[case["told"] for case in CASES])
def test_the_lines_of_the_room_pass(case: dict[str, str]) -> None:
    fact = logged(case["told"])
    brief = replace(TESS, facts=(fact,))
    for key in case:
        for line in range(3 if key != "told" else 0):
            draft = write(brief, sent_on(key, fact), US, line)
            assert fails(brief, draft, sent_on(key, fact)) == [], draft.hook


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("please come and see my show", "H5"),
        ("thanks to everybody who came", "H1"),
        ("new reel: [link]", "H8"),
        ("auditioning for anybody, let me know", "H2"),
        ("pinned for a pilot", "H14"),
    ],
)
def test_news_that_would_fail_is_left_out_and_named(words: str, rule: str) -> None:
    brief = replace(TESS, news=(*TESS.news, NewsItem(9, words)))
    draft, left_out = write_safe(brief, FRIDAY, US)
    assert [found.id for found in left_out] == [rule]
    assert draft == write(TESS, FRIDAY, US)


def test_a_title_that_holds_a_banned_word_stays() -> None:
    brief = replace(TESS, meetings=(replace(COPPER_FALLS, project="Thank You, Goodnight"),), facts=(TROT,))
    draft, left_out = write_safe(brief, FRIDAY, US)
    assert left_out == ()
    assert "Thank You, Goodnight" in draft.subject


def test_what_is_over_by_monday_is_over_in_both_eyes() -> None:
    brief = replace(
        TESS, news=(NewsItem(4, "The Long Table at Larkspur Playhouse: I'm in it", ends_on=date(2026, 11, 22)),)
    )
    assert write_safe(brief, MONDAY, US)[1] == ()
