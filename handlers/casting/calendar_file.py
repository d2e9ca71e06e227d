"""An appointment as a file for any calendar; a later one of the same appointment takes the place of the earlier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

from icalendar import Alarm, Calendar, Event

from handlers.audition import who
from handlers.casting.appointments import DEADLINES, ends, instant, is_round, label, name
from handlers.casting.rooms import people_of, role_of
from handlers.desk import Desk
from handlers.nudges import EVENING
from handlers.reading.dates import zoned
from storage import appointments, outbox
from storage.database import Record

MIME = "text/calendar"
BEFORE = timedelta(hours=2)
BEFORE_DEADLINE = (timedelta(hours=24), timedelta(hours=3))


async def send_calendar(desk: Desk, appointment_id: int) -> None:
    """Send the file of an appointment as it now stands, once; one that was called off is taken out by it."""
    row = await appointments.find(desk.tx, desk.actor.id, appointment_id)
    if row is None or await _is_out(desk, subject(row)):
        return
    off = row.state == "cancelled"
    words = f"Off your calendar: {name(row)}." if off else f"For your calendar: {name(row)}."
    content = calendar_file([await _event(desk, row)], desk.now)
    await desk.attach(words, file_name(row), MIME, content, subject(row))


async def send_days(desk: Desk, rows: Sequence[Record], stage_id: int) -> None:
    """Send one file with all the days of a shoot, once as they were told at a stage."""
    if not await _is_out(desk, subject_of_days(stage_id)):
        content = calendar_file([await _event(desk, row) for row in rows], desk.now)
        words = f"For your calendar: {name(rows[0])}."
        await desk.attach(words, file_name(rows[0]), MIME, content, subject_of_days(stage_id))


async def catch_up(desk: Desk, row: Record) -> None:
    """Who has an older file of an appointment is sent the new one."""
    before = [f"calendar:{row.id}:{sequence}" for sequence in range(row.sequence)]
    before += [subject_of_days(row.stage_id)] if row.kind == "shoot" else []
    if any([await _is_out(desk, older) for older in reversed(before)]):
        await send_calendar(desk, row.id)


async def turn_back(desk: Desk, appointment_id: int, was: dict[str, Any]) -> Record | None:
    """Undo or Redo: what a calendar shall take must have a higher number than all it has; what is no more goes out.

    `was`: the appointment as a change remembers it, with the title of a project that went with it. What is to be
    taken out is given back, for `take_out`.
    """
    row = await appointments.find(desk.tx, desk.actor.id, appointment_id)
    if row is None:
        return await _gone(desk, appointment_id, was)
    while True:
        await appointments.bump(desk.tx, row.id)
        row = await appointments.find(desk.tx, desk.actor.id, appointment_id)
        if row is None or not await _is_out(desk, subject(row)):
            return None


async def take_out(desk: Desk, gone: Sequence[Record]) -> None:
    """Have calendars forget what is no more: the days of a shoot in one file."""
    for called in dict.fromkeys(map(name, gone)):
        rows = [row for row in gone if name(row) == called]
        content = calendar_file([Entry(row) for row in rows], desk.now)
        await desk.attach(f"Off your calendar: {called}.", file_name(rows[0]), MIME, content, subject(rows[0]))


async def _gone(desk: Desk, appointment_id: int, was: dict[str, Any]) -> Record | None:
    sent = [f"calendar:{appointment_id}:{n}" for n in range(was["sequence"] + 1)]
    sent += [subject_of_days(was["stage_id"])] if was["kind"] == "shoot" else []
    if not any([await _is_out(desk, one) for one in sent]):
        return None
    title = await appointments.project_of(desk.tx, desk.actor.id, was["project_id"] or 0)
    gone = was | {
        "on": date.fromisoformat(was["on"]),
        "at": time.fromisoformat(was["at"]) if was["at"] else None,
        "until": time.fromisoformat(was["until"]) if was["until"] else None,
        "project": title.title if title else was["project"],
        "number": 1,
        "state": "cancelled",
        "sequence": was["sequence"] + 1,
    }
    return cast("Record", SimpleNamespace(**gone))


def subject(row: Record) -> str:
    """The name of its file in the outbox, as it now stands."""
    return f"calendar:{row.id}:{row.sequence}"


def subject_of_days(stage_id: int) -> str:
    """The name of the file of all the days of a shoot."""
    return f"calendar:stage:{stage_id}"


async def _is_out(desk: Desk, name_: str) -> bool:
    is_said = any(out.subject == name_ for out in desk.out)
    return is_said or await outbox.is_said(desk.tx, desk.actor.id, name_)


def file_name(row: Record) -> str:
    """The file as it is called: "copper-falls-callback.ics"."""
    plain = unicodedata.normalize("NFKD", f"{row.project} {label(row)}").encode("ascii", "ignore").decode()
    return f"{re.sub('[^a-z0-9]+', '-', plain.lower()).strip('-')[:80] or 'appointment'}.ics"


@dataclass(frozen=True)
class Entry:
    """An appointment with what stands beside it in a calendar; alarms are moments, or spans before it."""

    row: Record
    alarms: Sequence[datetime | timedelta] = ()
    about: str = ""


async def _event(desk: Desk, row: Record) -> Entry:
    return Entry(row, _alarms(desk, row), await _about(desk, row))


def calendar_file(entries: Sequence[Entry], now: datetime) -> bytes:
    """An event each; times in UTC, so that no reader needs to know zones."""
    calendar = Calendar()
    calendar.add("prodid", "-//Buttonhook//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entries[0].row.state == "cancelled" else "PUBLISH")
    for entry in entries:
        calendar.add_component(_as_event(entry, now))
    return bytes(calendar.to_ical())


def _as_event(entry: Entry, now: datetime) -> Event:
    row, event = entry.row, Event()
    off = row.state == "cancelled"
    for key, value in {"uid": row.uid, "sequence": row.sequence, "dtstamp": now, "last-modified": now}.items():
        event.add(key, value)
    _add_times(event, row)
    event.add("summary", _plain(f"{name(row)}, due" if row.kind in DEADLINES else name(row)))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    if row.place:
        event.add("location", _plain(row.place))
    if entry.about:
        event.add("description", _plain(entry.about))
    for trigger in () if off else entry.alarms:
        event.add_component(_alarm(trigger, name(row)))
    return event


def _add_times(event: Event, row: Record) -> None:
    if row.at is None:
        event.add("dtstart", row.on)
        event.add("dtend", row.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT" if row.kind in DEADLINES else "OPAQUE")
        return
    event.add("dtstart", instant(row).astimezone(UTC))
    event.add("dtend", ends(row).astimezone(UTC))


def _alarm(trigger: datetime | timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(words))
    # Without its type a moment would be read as a span.
    alarm.add("trigger", trigger, {"value": "DATE-TIME"} if isinstance(trigger, datetime) else {})
    return alarm


def _plain(text: str) -> str:
    """One line break is like another, and what no file may hold is left out."""
    return "".join(sign for sign in text.replace("\r", "\n") if sign == "\n" or unicodedata.category(sign) != "Cc")


def _alarms(desk: Desk, row: Record) -> list[datetime | timedelta]:
    """The evening before at seven, where the actor is now, and two hours before."""
    if row.kind in DEADLINES:
        return [-span for span in BEFORE_DEADLINE] if row.at else []
    here = instant(row).astimezone(desk.zone).date() if row.at else row.on
    evening = zoned(datetime.combine(here - timedelta(days=1), EVENING), desk.zone)
    alarms: list[datetime | timedelta] = [evening] if evening > desk.now else []
    return [*alarms, -BEFORE] if row.at else alarms


async def _about(desk: Desk, row: Record) -> str:
    """Role, what they want changed, and who is there; nothing of what was said in the room."""
    lines = [await role_of(desk, row.project_id), f"New: {row.instruction}." if row.instruction else ""]
    if is_round(row) and row.project_id is not None:
        lines += [who(met.someone) for met in await people_of(desk, row.project_id) if met.someone.name]
    return "\n".join(line for line in lines if line)
