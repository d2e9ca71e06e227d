"""What the actor answered casting, tapped or typed; and the taps that settle a loose word."""

from __future__ import annotations

from typing import Any

from handlers.casting import appointments, calendar_file, plan
from handlers.casting.line import CastingLine
from handlers.casting.stage_card import ANSWERS, subject
from handlers.casting.stage_words import as_it_stands
from handlers.casting.stages import stage
from handlers.casting.standing import GOOD_READ, current, is_over, is_overtaken
from handlers.casting.told import DATES, MEETING, OFFER, Told, gather, ready
from handlers.casting.wording import in_passing
from handlers.conversation import given
from handlers.desk import Desk
from handlers.messages import Choice, Message
from handlers.scripts import Begin
from handlers.talks.tell_news import Item
from storage import changes, stages
from storage.database import Record
from storage.tables import stage as stage_table

GONE = "That one is gone."
VERBS = ("confirmed", "declined", "newtime", "late", "answered", "booking", "notbooking", "news", "skip")
_KEPT = {"notbooking": "loose", "news": "news", "skip": "skip"}
_WORDS = {
    "confirmed": "Confirmed",
    "answered": "Answered",
    "declined": "Declined",
    "newtime": "New time",
    "notbooking": "Not a booking",
    "news": "News",
    "skip": "No news",
}


async def press(desk: Desk, stage_id: int, verb: str) -> Begin | CastingLine | None:
    """Do what a button of a stage says; a step that follows of it, or a talk, is given back."""
    row = await stages.find(desk.tx, desk.actor.id, stage_id)
    if row is None:
        desk.say(GONE)
        return None
    desk.tapped = subject(row.id)
    return await answer(desk, await gather(desk, row), verb)


async def answer(desk: Desk, told: Told, verb: str) -> Begin | CastingLine | None:
    """Answer a stage; where that makes no sense any more, show how it stands."""
    if verb == "late":
        _late(desk, told)
        return None
    if not _makes_sense(desk, told, verb):
        await _as_it_is(desk, told)
        return None
    if verb == "booking":
        return CastingLine("booked", project_id=told.row.project_id, days=told.days)
    await _write(desk, told, verb)
    return _as_news(told) if verb == "news" else None


def _makes_sense(desk: Desk, told: Told, verb: str) -> bool:
    row, history = told.row, told.history
    if verb in ("booking", "notbooking"):
        is_open = row.kind == GOOD_READ or (row.kind == "hold" and row.answer == "")
        return is_open and not is_overtaken(row, history) and not is_over(history)
    if verb in ("news", "skip"):
        return row.kind in ("wrapped", "aired") and not row.answer
    if verb not in ANSWERS.get(told.sort, ()) or row.answer == verb or is_overtaken(row, history):
        return False
    meeting = told.appointment
    return meeting is None or meeting.on >= desk.local_now.date()


async def _as_it_is(desk: Desk, told: Told) -> None:
    """Nothing is done: the card says how the project stands now."""
    now = current(told.history)
    is_own = now is None or now.id == told.row.id or (told.row.answer == "declined" and now.kind == "withdrawn")
    if now is None or is_own or not is_overtaken(told.row, told.history):
        message = await as_it_stands(desk, told, *await undo_of(desk, told.row.id))
    else:
        sentence = stage(now.kind).of(now.title, now.number)
        when = in_passing(now.at.astimezone(desk.zone).date(), None, desk.local_now.date(), desk.customs)
        message = Message((f"{sentence}, since {when}. Nothing changed.",))
    desk.show(message, subject(told.row.id))


async def undo_of(desk: Desk, stage_id: int) -> tuple[Choice, ...]:
    """What takes back the last step of a stage."""
    row = await changes.last_about(desk.tx, desk.actor.id, subject(stage_id))
    return (Choice("Undo", f"undo:{row.id}"),) if row is not None else ()


async def _write(desk: Desk, told: Told, verb: str) -> None:
    change, row = desk.change(), told.row
    values: dict[str, Any] = {"answer": _KEPT.get(verb, verb)}
    if verb in ANSWERS.get(told.sort, ()):
        values["answered_at"] = desk.at
    await change.update(stage_table, row.id, **values)
    if verb == "declined":
        await stages.add(change, project_id=row.project_id, kind="withdrawn", at=desk.at)
        await appointments.cancel(desk, change, row.project_id)
    change_id = await change.keep(f"{_WORDS[verb]}: {row.title}", subject(row.id), desk.now)
    await plan.renew(desk, row.project_id)
    now = await stages.find(desk.tx, desk.actor.id, row.id)
    told = await gather(desk, now)  # type: ignore[arg-type]
    desk.show(await as_it_stands(desk, told, Choice("Undo", f"undo:{change_id}")), subject(row.id))
    if verb == "confirmed" and told.appointment is not None:
        await calendar_file.send_calendar(desk, told.appointment.id)


def _late(desk: Desk, told: Told) -> None:
    """The text of who is late; nothing is kept."""
    desk.say(Message(ready(desk, told, "late", "any")))


def _as_news(told: Told) -> Begin:
    """The talk about news, with the line that this job makes."""
    size = told.part[1]
    is_spot = any("commercial" in kind for kind in (told.row.project_kind, told.last.kind if told.last else ""))
    article, role = "an" if size[:1] in "aeiou" else "a", "on" if size.endswith("star") else "role in"
    as_ = "a commercial for " if is_spot else f"{article} {size} {role} " if size else ""
    words = f"{told.row.title} is out" if told.row.kind == "aired" else f"wrapped {as_}{told.row.title}"
    return Begin("news", given({"news": (tuple[Item, ...], (Item(words),))}))


# In words

_VERB_OF = {
    "confirm": "confirmed",
    "confirmed": "confirmed",
    "decline": "declined",
    "new_time": "newtime",
    "answered": "answered",
    "late": "late",
    "cancelled": "cancelled",
}
IN_WORDS = frozenset(_VERB_OF)


async def open_to(desk: Desk, kind: str, project_id: int | None) -> list[Record]:
    """The stages that an answer in words may be meant for, one a project, the latest first."""
    mine = (desk.tx, desk.actor.id)
    if project_id is None:
        rows = list(await stages.unanswered(*mine))
    else:
        rows = list(reversed(await stages.history(*mine, project_id)))
    fit: dict[int, Record] = {}
    for row in rows:
        if row.project_id not in fit and await _fits(desk, row, kind):
            fit[row.project_id] = row
    return list(fit.values())


async def _fits(desk: Desk, row: Record, kind: str) -> bool:
    told = await gather(desk, row)
    if not told.sort or row.audition_id is not None or is_overtaken(row, told.history):
        return False
    return kind != "late" or told.appointment is not None


async def in_words(desk: Desk, line: CastingLine, row: Record) -> Begin | CastingLine | None:
    """Do what the words say to the stage they are meant for."""
    told, verb = await gather(desk, row), _VERB_OF[line.stage]
    if verb == "confirmed" and told.sort in (DATES, OFFER):
        verb = "answered"
    elif verb == "answered" and told.sort == MEETING:
        verb = "confirmed"
    if verb == "cancelled":
        await _cancel(desk, told)
        return None
    return await answer(desk, told, verb)


async def _cancel(desk: Desk, told: Told) -> None:
    """Casting called it off; the project stays open."""
    change, row = desk.change(), told.row
    await change.update(stage_table, row.id, answer="cancelled")
    await appointments.cancel(desk, change, row.project_id)
    change_id = await change.keep(f"Cancelled: {row.title}, {told.label}", subject(row.id), desk.now)
    await plan.renew(desk, row.project_id)
    now = await stages.find(desk.tx, desk.actor.id, row.id)
    message = await as_it_stands(desk, await gather(desk, now), Choice("Undo", f"undo:{change_id}"))  # type: ignore[arg-type]
    desk.show(message, subject(row.id))
