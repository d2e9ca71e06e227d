"""Days that are spoken for, what clashes with them, and what to tell the agent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import news_bank
from handlers.casting import days
from handlers.casting.day_spans import bounds, each_day, grouped, overlap, without
from handlers.messages import Code
from storage.tables import away
from tests.casting import at_desk, prepared, when
from tests.snippets import rows, settle_in
from tests.stage import Stage


async def to_monday(stage: Stage) -> None:
    await settle_in(stage)
    await stage.jumps("2026-11-23 15:10")
    await stage.nora.says("harbor lights adr mon nov 30 10am")


@pytest.fixture
async def nora(file: Path) -> AsyncIterator[Stage]:
    """Nora on Monday afternoon, with ADR for Harbor Lights a week ahead."""
    async with prepared(file, "harbor lights", to_monday) as stage:
        yield stage


async def told(stage: Stage, words: str) -> tuple[str, list[str]]:
    """What a line brings: the words that are not to be copied, and the texts that are."""
    await stage.nora.says(words)
    shown = next(
        s for s in reversed(stage.nora.screen) if not s.text.startswith(("For your", "Off your", "Follow-ups"))
    )
    body = shown.message.body
    return "".join(p for p in body if isinstance(p, str)), [p.text for p in body if isinstance(p, Code)]


def lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(("Clash", "Double"))]


async def test_the_free_day_and_the_one_that_is_not_are_told_apart(nora: Stage) -> None:
    said, texts = await told(nora, "priya: avail check brightside bank 11/30-12/1")
    assert lines(said) == ["Clash: Harbor Lights ADR, Mon, Nov 30, 10:00 am."]
    assert said.endswith("For Priya:\n")
    text = "Brightside Bank: Tue, Dec 1 is free. Mon, Nov 30 I have ADR for Harbor Lights at 10:00 am."
    assert texts == [f"{text} Can one of them move?"]


async def test_days_without_a_clash_are_free_and_own_days_are_none(nora: Stage) -> None:
    said, texts = await told(nora, "priya: avail check copper falls 12/1-12/3")
    assert "No clash." in said
    assert texts == ["Copper Falls: Tue, Dec 1 – Thu, Dec 3 are free."]
    said, _ = await told(nora, "pinned copper falls dec 1")
    assert lines(said) == []


async def test_each_kind_of_days_stands_in_the_way_and_is_told_of(nora: Stage) -> None:
    for step in (
        "avail check copper falls dec 1",
        "pinned night ferry dec 2",
        "first refusal salt year dec 3",
        "pencil cedar road dec 4",
        "booked birch road dec 5-6",
        "elm road fitting dec 7",
        "booking out dec 8 to dec 20",
        "self tape request fir road due dec 9 5pm",
    ):
        await nora.nora.says(step)
    said, texts = await told(nora, "avail check brightside bank 12/1-12/9")
    assert lines(said) == [
        "Clash: Copper Falls avail check, Tue, Dec 1.",
        "Clash: Night Ferry pin, Wed, Dec 2.",
        "Clash: Salt Year first refusal, Thu, Dec 3.",
        "Clash: Cedar Road pencil, Fri, Dec 4.",
        "Clash: Birch Road, booked, Sat, Dec 5 – Sun, Dec 6.",
        "Clash: Elm Road fitting, Mon, Dec 7.",
        "Clash: you are away, Tue, Dec 8 – Wed, Dec 9.",
    ]
    assert texts[0] == (
        "Brightside Bank: Tue, Dec 1 I have an avail check for Copper Falls. Wed, Dec 2 I have a pin for Night Ferry. "
        "Thu, Dec 3 I have first refusal for Salt Year. Fri, Dec 4 I have a pencil for Cedar Road. "
        "Sat, Dec 5 – Sun, Dec 6 I am booked on Birch Road. Mon, Dec 7 I have a fitting for Elm Road. "
        "Tue, Dec 8 – Wed, Dec 9 I am away. Can one of them move?"
    )


async def test_days_are_free_again_after_the_end_and_stay_so(nora: Stage) -> None:
    for title, end in (
        ("copper falls", "{} released"),
        ("night ferry", "{} went another way"),
        ("elm road", "withdrew from {}"),
    ):
        await nora.nora.says(f"pinned {title} dec 1")
        await nora.nora.says(end.format(title))
    await nora.nora.says("avail check salt year dec 1")
    await nora.nora.taps("Declined")
    await nora.nora.says("callback copper falls fri 3pm")
    assert lines((await told(nora, "avail check brightside bank dec 1"))[0]) == []


async def test_answered_days_stay_marked_and_of_one_project_the_last_ones_count(nora: Stage) -> None:
    await nora.nora.says("avail check copper falls dec 1-3")
    await nora.nora.taps("Answered")
    said, _ = await told(nora, "avail check brightside bank dec 1")
    assert lines(said) == ["Clash: Copper Falls avail check, Tue, Dec 1."]
    await nora.nora.says("pinned copper falls dec 3")
    said, _ = await told(nora, "avail check night ferry dec 2-3")
    assert lines(said) == ["Clash: Copper Falls pin, Thu, Dec 3."]


async def test_times_clash_where_they_overlap_wherever_they_are(nora: Stage) -> None:
    async with at_desk(nora.nora) as desk:
        for wall, zone, is_clash in (
            ("2026-11-30 09:15", "", True),
            ("2026-11-30 10:30", "", True),
            ("2026-11-30 09:00", "", False),
            ("2026-11-30 11:00", "", False),
            ("2026-11-30 13:15", "America/New_York", True),
            ("2026-11-30 10:15", "America/New_York", False),
            ("2026-11-30", "", True),
            ("2026-12-01", "", False),
        ):
            found = await days.clashes(desk, None, (), when(wall, zone))
            assert [str(clash) for clash in found] == ["Clash: Harbor Lights ADR, Mon, Nov 30, 10:00 am."][:is_clash], (
                wall
            )
        assert await days.clashes(desk, None, (), None) == ()
        assert await days.clashes(desk, None, (), when("2026-11-30 08:30", until="10:05")) != ()


async def test_a_time_on_a_day_that_is_booked_clashes(nora: Stage) -> None:
    await nora.nora.says("booked night ferry dec 2")
    said, _ = await told(nora, "callback copper falls wed dec 2 11am")
    assert lines(said) == ["Clash: Night Ferry, booked, Wed, Dec 2."]


# Two bookings


async def test_two_bookings_on_one_day_are_said_plainly_with_what_to_tell(nora: Stage) -> None:
    await nora.nora.says("priya: booked harbor lights dec 1")
    said, texts = await told(nora, "booked brightside bank dec 1")
    assert lines(said) == ["Double booking: Harbor Lights, Tue, Dec 1."]
    assert said.endswith("For Priya:\n\n\nTap what is done.")
    text = "Brightside Bank is booked for Tue, Dec 1. Tue, Dec 1 I am booked on Harbor Lights. Can one of them move?"
    assert texts == [text]


async def test_who_has_a_pin_is_to_be_told_of_a_booking(nora: Stage) -> None:
    await nora.nora.says("pinned copper falls dec 1")
    _, texts = await told(nora, "booked brightside bank dec 1")
    text = "Brightside Bank is booked for Tue, Dec 1. Tue, Dec 1 I have a pin for Copper Falls. Will you let them know?"
    assert texts == [text]


async def test_a_shoot_that_moves_takes_its_days_along(nora: Stage) -> None:
    await nora.nora.says("booked brightside bank dec 1")
    await nora.nora.says("brightside bank fitting nov 27 2pm")
    await nora.nora.says("moved brightside bank shoot to dec 3")
    said, _ = await told(nora, "avail check copper falls 12/1-12/3")
    assert lines(said) == ["Clash: Brightside Bank, booked, Thu, Dec 3."]


# Away


async def test_away_is_said_with_the_text_for_the_agent_and_what_it_clashes_with(nora: Stage) -> None:
    said, texts = await told(nora, "booking out dec 22 to dec 30")
    assert said == "Away Tue, Dec 22 – Wed, Dec 30.\nFor your agent:\n"
    assert texts == ["Booking out: Tue, Dec 22 – Wed, Dec 30."]
    await nora.nora.taps("Undo")
    assert nora.nora.last.text == "Taken back: away Tue, Dec 22 – Wed, Dec 30."
    assert await rows(nora, away) == []
    await nora.nora.says("booked night ferry dec 23")
    said, texts = await told(nora, "booking out dec 22 to dec 30")
    assert lines(said) == ["Clash: Night Ferry, booked, Wed, Dec 23."]
    text = "Booking out: Tue, Dec 22 – Wed, Dec 30. Wed, Dec 23 I am booked on Night Ferry. Can one of them move?"
    assert texts == [text]


# Nobody is invited to a day on which one may be shooting


async def test_news_of_a_day_that_is_held_is_in_no_note(nora: Stage) -> None:
    news = (
        "salt year, short i lead, cedar point film festival sat dec 5",
        "night ferry premieres dec 6",
        "elm road screens dec 7",
        "booked a co-star on Copper Falls, shoots dec 5",
        "the long table at larkspur playhouse until dec 20",
        "the tempest at larkspur playhouse opens dec 5",
        "new comedy reel",
    )
    await nora.nora.says("/news " + "\n".join(news))
    for step in ("booked copper falls dec 5", "pinned birch road dec 6", "avail check cedar road dec 7"):
        await nora.nora.says(step)
    async with at_desk(nora.nora) as desk:
        offered = {item.id for item in await news_bank.news_for(desk, (), date(2026, 11, 24))}
        assert [words.split()[0] for at, words in enumerate(news, 1) if at not in offered] == ["salt", "night", "the"]
        assert 5 in offered  # it runs for weeks; the other opens on the day of the shoot
        later = {item.id for item in await news_bank.news_for(desk, (), date(2026, 12, 6))}
        assert 2 not in later


# Spans

DAYS = st.integers(0, 60).map(lambda n: date(2026, 11, 1) + timedelta(days=n))
SPANS = st.lists(st.tuples(DAYS, DAYS), max_size=6)


@settings(deadline=None)
@given(SPANS, st.sets(DAYS, max_size=8))
def test_spans_hold_each_day_once_and_nothing_else(spans: list[tuple[date, date]], taken: set[date]) -> None:
    found = each_day(spans)
    assert found == sorted(set(found))
    assert each_day(grouped(found)) == found
    assert each_day(without(spans, taken)) == [day for day in found if day not in taken]
    if spans:
        first, last = bounds([(min(span), max(span)) for span in spans])
        assert (found[0], found[-1]) == (first, last)
        assert overlap((first, last), [(day, day) for day in found]) == (first, last)


def test_a_span_without_end_is_cut() -> None:
    assert len(each_day([(date(2026, 1, 1), date(9999, 12, 31))])) == 366
