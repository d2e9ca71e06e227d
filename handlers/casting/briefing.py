"""What one wants to know before going in: time and place, what is new, the look of last time, and who is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers import nudges
from handlers.audition import remark, who
from handlers.casting.appointments import (
    day_here,
    instant,
    is_over,
    is_round,
    label,
    name,
    times,
)
from handlers.casting.hair import differs
from handlers.casting.rooms import Met, last_look, people_of, role_of, written
from handlers.casting.wishes import SOON, wishes
from handlers.desk import Desk
from handlers.messages import Choice, Code, Message, Rows
from handlers.reading.customs import show_day, show_time
from storage import appointments
from storage.database import Record

NOT_BEFORE = timedelta(hours=40)
"""How long before it a briefing may come: from the evening before one of all day."""
A_LITTLE = timedelta(minutes=15)


def subject(appointment_id: int) -> str:
    """The name of what is said about an appointment in the outbox."""
    return f"appointment:{appointment_id}"


async def brief(desk: Desk, due: Record) -> bool:
    """On the evening before; never after it began, and with "I'm late" where nothing comes in between."""
    row = await _planned(desk, due.subject)
    if row is None or is_over(desk, row) or instant(row) - desk.now > NOT_BEFORE:
        return False
    says_soon = any(wish.kind == "soon" for wish in wishes(row, desk.zone))
    is_last = not says_soon or instant(row) - desk.now <= SOON
    day = show_day(day_here(desk, row), desk.local_now.date(), desk.customs)
    head = f"{day[:1].upper()}{day[1:]}: {name(row)}"
    body = "\n\n".join(x for x in (await _top(desk, row, head), *await content(desk, row)) if x)
    _say(desk, due, row, Message((body,), choices=_late(row) if is_last and row.at else ()))
    return True


async def remind(desk: Desk, due: Record) -> bool:
    """Two hours before, in two lines; nothing where the briefing itself has just come."""
    row = await _planned(desk, due.subject)
    just_briefed = any(out.subject == subject(due.subject) for out in desk.out)
    if row is None or is_over(desk, row) or instant(row) - desk.now > SOON + A_LITTLE or just_briefed:
        return False
    where = row.project or label(row)
    first = ", ".join(x for x in (times(desk, row), where if is_round(row) else name(row), row.place) if x)
    lines = [f"{first}.", *await _look_lines(desk, row, short=True)]
    _say(desk, due, row, Message(("\n".join(lines),), choices=_late(row)))
    return True


async def _planned(desk: Desk, id_: int) -> Record | None:
    row = await appointments.find(desk.tx, desk.actor.id, id_)
    return row if row is not None and row.state == "planned" else None


def _say(desk: Desk, due: Record, row: Record, message: Message) -> None:
    desk.say(message, subject(row.id))
    until = min(nudges.good_until(desk), instant(row)) if row.at else nudges.good_until(desk)
    desk.out[-1] = replace(desk.out[-1], good_until=until, due=due.id)


def _late(row: Record) -> Rows:
    return ((Choice("I'm late", f"appointment:{row.id}:late"),),)


async def late(desk: Desk, row: Record) -> None:
    """The one line to copy; no minutes are named, since none were told."""
    at = show_time(row.at, desk.customs) if row.at else "call"
    words = f"On my way to {row.project or label(row)}, running late for my {at}."
    desk.say(Message((Code(words), "\nTap to copy.")))


async def _top(desk: Desk, row: Record, head: str) -> str:
    where = ", ".join(x for x in (times(desk, row), row.place) if x)
    return "\n".join(x for x in (head, where, await role_of(desk, row.project_id) if is_round(row) else "") if x)


async def content(desk: Desk, row: Record) -> list[str]:
    """The paragraphs under time and place: what is new and the look, then each person; none for what is no round."""
    if not is_round(row):
        return [f"New: {row.instruction}."] if row.instruction else []
    paragraphs = ["\n".join(await _look_lines(desk, row))]
    if row.project_id is not None:
        paragraphs.append("\n".join([await _person(desk, met) for met in await people_of(desk, row.project_id)]))
    return [text for text in paragraphs if text]


async def _look_lines(desk: Desk, row: Record, *, short: bool = False) -> list[str]:
    """What they want changed first; then last time's look; then where it is not that of the headshot they chose."""
    if not is_round(row):
        return []
    last = await last_look(desk, row.project_id)
    worn = ", ".join(x for x in (last.wore, f"hair {last.hair}" if last.hair else "") if x) if last else ""
    lines = [f"New: {_ended(row.instruction)}" if row.instruction else ""]
    if short:
        return [*lines[: 1 if lines[0] else 0], *([f"{worn[:1].upper()}{worn[1:]} last time."] if worn else [])]
    lines.append(f"Last time: {_ended(worn)}" if worn else "")
    if chosen := await _chosen_headshot(desk, row, last):
        lines.append(f"Headshot: {_ended(chosen)}")
    if last and last.adjustment:
        lines.append(f"Adjustment: {_ended(last.adjustment)}")
    lines.append(_headshot_differs(chosen, row, last))
    return [line for line in lines if line]


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


async def _chosen_headshot(desk: Desk, row: Record, last: Record | None) -> str:
    """The one that was sent in, else the one they had in the last room."""
    sent = await appointments.chosen_headshot(desk.tx, desk.actor.id, row.project_id) if row.project_id else ""
    return sent or (str(last.headshot) if last else "")


def _headshot_differs(chosen: str, row: Record, last: Record | None) -> str:
    """One line, where the hair to come is not that of the headshot they chose."""
    if differs(chosen, row.instruction):
        return "That is another look than the headshot they chose."
    says_hair = "hair" in row.instruction.casefold()
    if last and not says_hair and differs(chosen, last.hair, of_hair=True):
        return "The hair was another than on the headshot they chose."
    return ""


async def _person(desk: Desk, met: Met) -> str:
    """Somebody with what was said, and in which note it went."""
    view = await desk.view()
    told = [(remark(said, view), written(desk, met, said)) for said in met.said]
    told = [
        (words, note) if note.startswith("In ") or at == len(told) else (words, "")
        for at, (words, note) in enumerate(told, 1)
    ]
    went = "" if any(note for _, note in told) else written(desk, met, None)
    head = f"{who(met.someone)}. {went}" if went else who(met.someone)
    return "\n".join([head, *(f"{words}. {note}" if note else words for words, note in told)])
