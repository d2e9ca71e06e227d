"""The calendar file, as other programs read it."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from sqlalchemy import select

from handlers.casting import calendar_file
from storage.tables import document
from tests.casting import at_desk, prepared, tell, the_appointment, when
from tests.scripts import COPPER_FALLS, SETTLED, play
from tests.stage import Stage

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what its own imports warn of
    import ics

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:vobject"),
    pytest.mark.filterwarnings("ignore::FutureWarning:ics"),
]


@pytest.fixture
async def nora(file: Path) -> AsyncIterator[Stage]:
    """Nurse Ray was read for on Thursday."""
    async with prepared(file, "logged", lambda stage: play(stage.nora, (*SETTLED, *COPPER_FALLS))) as stage:
        yield stage


@pytest.fixture
async def stage(file: Path) -> AsyncIterator[Stage]:
    """Settled in; nothing logged yet."""
    async with prepared(file, "settled", lambda stage: play(stage.nora, SETTLED)) as stage:
        yield stage


async def sent_file(stage: Stage, id_: int) -> tuple[str, bytes]:
    """The calendar file as it now stands."""
    async with at_desk(stage.nora) as desk:
        await calendar_file.send_calendar(desk, id_)
    return await last_file(stage)


async def last_file(stage: Stage) -> tuple[str, bytes]:
    async with stage.database.read() as tx:
        row = (await tx.execute(select(document).order_by(document.c.id.desc()).limit(1))).one()
    return row.name, row.content


def by_vobject(content: bytes) -> Any:
    (calendar,) = vobject.readComponents(content.decode())
    return calendar


def by_ics(content: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (event,) = ics.Calendar(content.decode()).events
    return event


async def test_two_other_programs_read_it(nora: Stage) -> None:
    told: dict[str, Any] = {"when": when("2026-11-24 11:00", until="11:40"), "place": "200 Main St; 2nd floor, left"}
    id_ = await tell(nora.nora, "callback", instruction="hair curly", **told)
    assert id_ is not None
    name, content = await sent_file(nora, id_)
    assert name == "copper-falls-callback.ics"
    assert nora.nora.last.text == "For your calendar: Copper Falls, callback."

    event = by_ics(content)
    assert event.name == "Copper Falls, callback"
    assert event.begin.datetime == datetime(2026, 11, 24, 19, tzinfo=UTC)
    assert event.end.datetime == datetime(2026, 11, 24, 19, 40, tzinfo=UTC)
    assert event.location == "200 Main St; 2nd floor, left"
    assert event.description == "Nurse Ray · co-star\nNew: hair curly.\nTess Quillan\nJo Fenwick, associate"

    calendar = by_vobject(content)
    assert calendar.method.value == "PUBLISH"
    assert calendar.vevent.summary.value == event.name
    assert calendar.vevent.dtstart.value == event.begin.datetime
    assert calendar.vevent.uid.value == event.uid
    triggers = [alarm.trigger.value for alarm in calendar.vevent.valarm_list]
    assert triggers == [datetime(2026, 11, 24, 3, tzinfo=UTC), timedelta(hours=-2)]


async def test_a_change_replaces_it_and_calling_it_off_takes_it_out(nora: Stage) -> None:
    id_ = await tell(nora.nora, "callback", when=when("2026-11-24 11:00"))
    assert id_ is not None
    first = by_vobject((await sent_file(nora, id_))[1]).vevent
    await tell(nora.nora, "moved", when=when("2026-11-25 14:00"))
    moved = by_vobject((await sent_file(nora, id_))[1]).vevent
    await tell(nora.nora, "cancelled")
    off = by_vobject((await sent_file(nora, id_))[1])
    assert nora.nora.last.text == "Off your calendar: Copper Falls, callback."
    assert first.uid.value == moved.uid.value == off.vevent.uid.value
    assert int(first.sequence.value) < int(moved.sequence.value) < int(off.vevent.sequence.value)
    assert moved.dtstart.value == datetime(2026, 11, 25, 22, tzinfo=UTC)
    assert (off.method.value, off.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert not hasattr(off.vevent, "valarm")


async def test_undo_of_a_move_sends_the_old_time_with_a_higher_number(nora: Stage) -> None:
    id_ = await tell(nora.nora, "callback", when=when("2026-11-24 11:00"))
    assert id_ is not None
    await sent_file(nora, id_)
    await tell(nora.nora, "moved", when=when("2026-11-25 14:00"))
    moved = by_vobject((await sent_file(nora, id_))[1]).vevent
    before = len(nora.nora.screen)
    await nora.nora.says("/undo")
    assert "For your calendar: Copper Falls, callback." in [shown.text for shown in nora.nora.screen[before:]]
    back = by_vobject((await sent_file(nora, id_))[1]).vevent
    assert back.dtstart.value == datetime(2026, 11, 24, 19, tzinfo=UTC)
    assert int(back.sequence.value) > int(moved.sequence.value)
    await nora.nora.says("redo")
    assert int((await the_appointment(nora.nora, id_)).sequence) >= int(back.sequence.value)


async def test_undo_of_what_was_told_takes_it_out_and_redo_puts_it_in_again(nora: Stage) -> None:
    told: dict[str, Any] = {"when": when("2026-11-30 10:00"), "what": "ADR"}
    id_ = await tell(nora.nora, "appointment", **told)
    assert id_ is not None
    await sent_file(nora, id_)
    await nora.nora.says("/undo")
    assert "Off your calendar: Copper Falls ADR." in [shown.text for shown in nora.nora.screen]
    await nora.nora.taps("Redo")
    again = by_vobject((await last_file(nora))[1])
    assert (again.method.value, int(again.vevent.sequence.value)) == ("PUBLISH", 2)


async def test_who_never_had_the_file_is_not_sent_one_with_a_change(nora: Stage) -> None:
    id_ = await tell(nora.nora, "callback", when=when("2026-11-24 11:00"))
    assert id_ is not None
    await tell(nora.nora, "moved", when=when("2026-11-25 14:00"))
    assert not [shown for shown in nora.nora.screen if "calendar" in shown.text]


async def test_a_whole_day_is_a_whole_day(nora: Stage) -> None:
    id_ = await tell(nora.nora, "appointment", "Brightside Bank", when=when("2026-12-01"), what="shoot")
    assert id_ is not None
    name, content = await sent_file(nora, id_)
    assert name == "brightside-bank-shoot.ics"
    assert by_ics(content).all_day
    event = by_vobject(content).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 1), date(2026, 12, 2))


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-11-01 01:30", "America/Los_Angeles", "2026-11-01 08:30"),
        ("2026-11-01 11:00", "America/Los_Angeles", "2026-11-01 19:00"),
        ("2027-03-14 02:30", "America/Los_Angeles", "2027-03-14 10:00"),
        ("2027-03-28 11:00", "Europe/London", "2027-03-28 10:00"),
        ("2027-04-04 11:00", "Australia/Sydney", "2027-04-04 01:00"),
    ],
)
async def test_on_days_when_the_clocks_change(stage: Stage, wall: str, zone: str, instant: str) -> None:
    await stage.jumps("2026-10-20 12:00")
    id_ = await tell(stage.nora, "callback", when=when(wall, zone))
    assert id_ is not None
    event = by_ics((await sent_file(stage, id_))[1])
    assert event.begin.datetime == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert event.duration == timedelta(minutes=30)


async def test_whatever_stands_in_it_other_programs_read_it(stage: Stage) -> None:
    title, place = "Çöpper\\; Falls, 日本 🎬 " + "x" * 200, 'BEGIN:VEVENT\r\nUID:1 "q"'
    id_ = await tell(stage.nora, "callback", title, when=when("2026-11-24 11:00"), place=place)
    assert id_ is not None
    name, content = await sent_file(stage, id_)
    assert name.startswith("copper-falls-x")
    assert by_ics(content).name == f"{title}, callback"
    assert by_vobject(content).vevent.location.value == place.replace("\r", "\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
