"""Days that are spoken for, what clashes with them, and what to tell the agent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.casting.day_spans import bounds, each_day, grouped, overlap, without
from handlers.messages import Code
from storage.tables import away
from tests.snippets import cards, log, rows, settle_in
from tests.stage import Stage


@pytest.fixture
async def nora(stage: Stage) -> Stage:
    """Nora on Monday afternoon, with ADR for Harbor Lights a week ahead."""
    await settle_in(stage)
    await stage.comes("2026-11-23 15:10")
    await stage.nora.says("harbor lights adr mon nov 30 10am")
    stage.nora.news()
    return stage


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
    assert texts == [
        (
            "Brightside Bank: Tue, Dec 1 is free. Mon, Nov 30 I have ADR for Harbor Lights at 10:00 am. "
            "Can one of them move?"
        )
    ]


async def test_without_a_clash_the_days_are_free(nora: Stage) -> None:
    said, texts = await told(nora, "priya: avail check copper falls 12/1-12/3")
    assert "No clash." in said
    assert texts == ["Copper Falls: Tue, Dec 1 – Thu, Dec 3 are free."]


async def test_several_spans_and_no_free_day(nora: Stage) -> None:
    await nora.nora.says("booked night ferry dec 2")
    _, texts = await told(nora, "avail check copper falls 12/1-12/3")
    assert texts[0].startswith(
        "Copper Falls: Tue, Dec 1 and Thu, Dec 3 are free. Wed, Dec 2 I am booked on Night Ferry."
    )
    _, texts = await told(nora, "avail check brightside bank nov 30")
    assert texts == ["Brightside Bank: Mon, Nov 30 I have ADR for Harbor Lights at 10:00 am. Can one of them move?"]


@pytest.mark.parametrize(
    ("step", "line", "said"),
    [
        ("avail check copper falls dec 1", "Copper Falls avail check", "I have an avail check for Copper Falls."),
        ("pinned copper falls dec 1", "Copper Falls pin", "I have a pin for Copper Falls."),
        ("copper falls first refusal dec 1", "Copper Falls first refusal", "I have first refusal for Copper Falls."),
        ("copper falls pencil dec 1", "Copper Falls pencil", "I have a pencil for Copper Falls."),
        ("booked copper falls dec 1", "Copper Falls, booked", "I am booked on Copper Falls. Can one of them move?"),
        ("booking out dec 1 to dec 4", "you are away", "I am away."),
        (
            "copper falls fitting dec 1",
            "Copper Falls fitting",
            "I have a fitting for Copper Falls. Can one of them move?",
        ),
    ],
)
async def test_each_kind_of_days_stands_in_the_way(nora: Stage, step: str, line: str, said: str) -> None:
    await nora.nora.says(step)
    shown, texts = await told(nora, "avail check brightside bank 12/1-12/2")
    assert lines(shown) == [f"Clash: {line}, Tue, Dec 1{' – Wed, Dec 2' if 'away' in line else ''}."]
    assert texts[0].endswith(said)


@pytest.mark.parametrize(
    "end", ["copper falls released", "copper falls went another way", "withdrew from copper falls"]
)
async def test_days_are_free_again_after_the_end(nora: Stage, end: str) -> None:
    await nora.nora.says("pinned copper falls dec 1")
    await nora.nora.says(end)
    shown, _ = await told(nora, "avail check brightside bank 12/1-12/2")
    assert lines(shown) == []
    await nora.nora.says("callback copper falls fri 3pm")
    shown, _ = await told(nora, "avail check night ferry 12/1-12/2")
    assert lines(shown) == ["Clash: Brightside Bank avail check, Tue, Dec 1 – Wed, Dec 2."]


async def test_a_declined_avail_check_holds_nothing_and_an_answered_one_does(nora: Stage) -> None:
    await nora.nora.says("avail check copper falls dec 1")
    await nora.nora.taps("Answered")
    assert lines((await told(nora, "avail check brightside bank dec 1"))[0]) != []
    await nora.nora.taps("Declined")
    shown, _ = await told(nora, "avail check night ferry dec 1")
    assert lines(shown) == ["Clash: Copper Falls avail check, Tue, Dec 1."]


async def test_of_one_project_the_last_days_count(nora: Stage) -> None:
    await nora.nora.says("avail check copper falls dec 1-3")
    await nora.nora.says("pinned copper falls dec 3")
    shown, _ = await told(nora, "avail check brightside bank 12/1-12/3")
    assert lines(shown) == ["Clash: Copper Falls pin, Thu, Dec 3."]


async def test_own_days_are_no_clash(nora: Stage) -> None:
    await nora.nora.says("avail check copper falls dec 1")
    shown, _ = await told(nora, "pinned copper falls dec 1")
    assert lines(shown) == []


@pytest.mark.parametrize(
    ("at", "clashes"),
    [("9:15am", True), ("10:30am", True), ("9am", False), ("11am", False), ("2pm", False)],
)
async def test_two_times_of_one_day_clash_where_they_overlap(nora: Stage, at: str, clashes: bool) -> None:
    shown, _ = await told(nora, f"callback copper falls mon nov 30 {at}")
    assert lines(shown) == (["Clash: Harbor Lights ADR, Mon, Nov 30, 10:00 am."] if clashes else [])


async def test_a_time_on_a_day_that_is_spoken_for_clashes(nora: Stage) -> None:
    await nora.nora.says("booked night ferry dec 2")
    shown, _ = await told(nora, "callback copper falls wed dec 2 11am")
    assert lines(shown) == ["Clash: Night Ferry, booked, Wed, Dec 2."]


async def test_a_tape_is_no_place_to_be_at(nora: Stage) -> None:
    await nora.nora.says("self tape request night ferry due dec 1 5pm")
    shown, _ = await told(nora, "avail check copper falls dec 1")
    assert lines(shown) == []


# Two bookings


async def test_two_bookings_on_one_day_are_said_plainly_with_what_to_tell(nora: Stage) -> None:
    await nora.nora.says("priya: booked harbor lights dec 1")
    said, texts = await told(nora, "booked brightside bank dec 1")
    assert lines(said) == ["Double booking: Harbor Lights, Tue, Dec 1."]
    assert said.endswith("For Priya:\n\n\nTap what is done.")
    assert texts == [
        "Brightside Bank is booked for Tue, Dec 1. Tue, Dec 1 I am booked on Harbor Lights. Can one of them move?"
    ]


async def test_who_has_a_pin_is_to_be_told_of_a_booking(nora: Stage) -> None:
    await nora.nora.says("pinned copper falls dec 1")
    _, texts = await told(nora, "booked brightside bank dec 1")
    assert texts == [
        "Brightside Bank is booked for Tue, Dec 1. Tue, Dec 1 I have a pin for Copper Falls. Will you let them know?"
    ]


async def test_a_shoot_that_moves_takes_its_days_along(nora: Stage) -> None:
    await nora.nora.says("booked brightside bank dec 1")
    await nora.nora.says("brightside bank moved to dec 3")
    shown, _ = await told(nora, "avail check copper falls 12/1-12/3")
    assert lines(shown) == ["Clash: Brightside Bank, booked, Thu, Dec 3."]


# Away


async def test_away_is_said_with_the_text_for_the_agent(nora: Stage) -> None:
    said, texts = await told(nora, "booking out dec 22 to dec 30")
    assert said == "Away Tue, Dec 22 – Wed, Dec 30.\nFor your agent:\n"
    assert texts == ["Booking out: Tue, Dec 22 – Wed, Dec 30."]
    await nora.nora.taps("Undo")
    assert nora.nora.last.text == "Taken back: away Tue, Dec 22 – Wed, Dec 30."
    assert await rows(nora, away) == []


async def test_what_is_booked_meanwhile_is_named(nora: Stage) -> None:
    await nora.nora.says("booked night ferry dec 23")
    said, texts = await told(nora, "booking out dec 22 to dec 30")
    assert lines(said) == ["Clash: Night Ferry, booked, Wed, Dec 23."]
    assert texts == [
        "Booking out: Tue, Dec 22 – Wed, Dec 30. Wed, Dec 23 I am booked on Night Ferry. Can one of them move?"
    ]


# Nobody is invited to a day on which one may be shooting


@pytest.mark.parametrize(
    ("step", "offered"),
    [
        ("", True),
        ("booked copper falls dec 5", False),
        ("pinned copper falls dec 5", False),
        ("avail check copper falls dec 5", True),
        ("booked copper falls dec 6", True),
    ],
)
async def test_a_screening_on_a_day_that_is_held_is_not_in_a_note(stage: Stage, step: str, offered: bool) -> None:
    await settle_in(stage)
    await stage.nora.says("/news salt year, short i lead, cedar point film festival sat dec 5\nnew comedy reel")
    if step:
        await stage.nora.says(step)
    await log(stage, "Night Ferry, Captain", "Tess Quillan", "nothing")
    await stage.comes("2026-11-20 09:05")
    (card,) = cards(stage.nora)
    assert ("Cedar Point" in card.text) is offered
    assert "comedy reel" in card.text


@pytest.mark.parametrize(
    ("news", "offered"),
    [
        ("booked a co-star on Copper Falls, shoots dec 5", True),
        ("the long table at larkspur playhouse until dec 20", True),
        ("the long table at larkspur playhouse opens dec 5", False),
    ],
)
async def test_what_is_no_invitation_to_that_day_stays(stage: Stage, news: str, offered: bool) -> None:
    await settle_in(stage)
    await stage.nora.says(f"/news {news}")
    await stage.nora.says("booked copper falls dec 5")
    await log(stage, "Night Ferry, Captain", "Tess Quillan", "nothing")
    await stage.comes("2026-11-20 09:05")
    (card,) = cards(stage.nora)
    assert (("Long Table" in card.text) or ("co-star" in card.text)) is offered


# Spans

DAYS = st.integers(0, 60).map(lambda n: date(2026, 11, 1) + timedelta(days=n))
SPANS = st.lists(st.tuples(DAYS, DAYS), max_size=6)


@given(SPANS, st.sets(DAYS))
def test_spans_hold_each_day_once_and_nothing_else(spans: list[tuple[date, date]], taken: set[date]) -> None:
    days = each_day(spans)
    assert days == sorted(set(days))
    assert each_day(grouped(days)) == days
    assert each_day(without(spans, taken)) == [day for day in days if day not in taken]
    if spans:
        first, last = bounds([(min(span), max(span)) for span in spans])
        assert (days[0], days[-1]) == (first, last)
        assert overlap((first, last), [(day, day) for day in days]) == (first, last)


def test_a_span_without_end_is_cut() -> None:
    assert len(each_day([(date(2026, 1, 1), date(9999, 12, 31))])) == 366
