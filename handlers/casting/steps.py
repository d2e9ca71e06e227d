"""A line about the way of a project becomes records, and is said back with the next step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.audition import Moment
from handlers.casting import answers, appointments, away, booking_days, briefing, days, plan
from handlers.casting.appointments import DEADLINES
from handlers.casting.calendar_file import send_calendar
from handlers.casting.line import CastingLine
from handlers.casting.stage_card import subject
from handlers.casting.stage_words import as_it_stands
from handlers.casting.stages import is_stage, stage
from handlers.casting.standing import GOOD_READ, waits
from handlers.casting.told import MOVED, gather
from handlers.casting.written import write_rest, write_stage
from handlers.conversation import given
from handlers.desk import Desk
from handlers.messages import Choice, Message, Outgoing
from handlers.reading.people import fold
from handlers.reading.projects import What
from handlers.scripts import Begin
from storage import appointments as appointment_rows
from storage import due, projects, stages
from storage.changes import Change
from storage.database import Record
from storage.tables import project as project_table

FLOW = "step"
NO_DAY = "Which day? Like: {what} Monday 10 am."
LATE = timedelta(hours=6)
"""As far from its hour one may say to be late for it."""
NOTHING_WAITS = "Nothing waits for an answer."
_INSTEAD = {"decline": "withdrawn", "moved": "requested"}
"""What an answer to nothing tells of a project that is known."""


async def take(desk: Desk, line: CastingLine) -> Begin | None:
    """Write a line down and say what was understood; where it is not clear, the talk that asks is given back."""
    if line.doubt in ("stage", "booking") and line.stage not in ("hold", GOOD_READ):
        return _ask(line)
    line = await _of_known_project(desk, line)
    if line.stage in _NO_STAGES:
        return await _NO_STAGES[line.stage](desk, line)
    if line.project_id is None and not line.project:
        return _ask(line)
    return await _write(desk, line)


async def press(desk: Desk, stage_id: int, verb: str) -> Begin | None:
    """Do what a button of a stage says."""
    return await _go_on(desk, await answers.press(desk, stage_id, verb))


async def _go_on(desk: Desk, follows: Begin | CastingLine | None) -> Begin | None:
    return await _write(desk, follows) if isinstance(follows, CastingLine) else follows


def _ask(line: CastingLine) -> Begin:
    return Begin(FLOW, given({"line": (CastingLine, line)}))


# Which project


async def _of_known_project(desk: Desk, line: CastingLine) -> CastingLine:
    """The line with the id of its project, where that is the actor's or has a title the actor has told."""
    if line.project_id is not None and await projects.exists(desk.tx, desk.actor.id, line.project_id):
        return line
    line = replace(line, project_id=None)
    if line.project:
        known = {fold(row.title): int(row.id) for row in await projects.known(desk.tx, desk.actor.id)}
        return replace(line, project_id=known.get(fold(line.project)))
    if line.stage == GOOD_READ and not line.candidates:
        return replace(line, project_id=await projects.last_read(desk.tx, desk.actor.id))
    return line


async def _project(change: Change, line: CastingLine) -> int:
    """The project of the line, made where it is new."""
    return line.project_id or await change.insert(project_table, title=line.project)


# What is no stage of its own


async def _answer(desk: Desk, line: CastingLine) -> Begin | None:
    """An answer in words, or another time: to the stage it is meant for, asked about where there are several."""
    is_new = line.project_id is None and bool(line.project)
    rows = [] if is_new else await answers.open_to(desk, line.stage, line.project_id)
    if len(rows) > 1:
        return _ask(replace(line, candidates=tuple(row.project_id for row in rows)))
    if line.stage == "moved" and (line.what or not rows) and await _is_ahead(desk, line.project_id):
        return await _appointment(desk, line)
    if rows:
        return await _answer_to(desk, line, rows[0])
    if line.project_id is not None and line.stage in _INSTEAD:
        return await _write(desk, replace(line, stage=_INSTEAD[line.stage]))
    if line.candidates and line.stage in _INSTEAD:
        return _ask(line)
    await _to_nothing(desk, line)
    return None


async def _to_nothing(desk: Desk, line: CastingLine) -> None:
    """No stage waits for these words; who is late may be so for a fitting."""
    title = line.project if line.project_id is None else ""
    ahead = await appointment_rows.planned(desk.tx, desk.actor.id, desk.local_now.date())
    near = [row for row in ahead if line.project_id in (None, row.project_id) and row.kind not in DEADLINES and row.at]
    near = [row for row in near if abs(appointments.instant(row) - desk.now) < LATE]
    if line.stage == "late" and near and not title:
        await briefing.late(desk, near[0])
    else:
        desk.say(f"{title}: {NOTHING_WAITS[:1].lower()}{NOTHING_WAITS[1:]}" if title else NOTHING_WAITS)


async def _answer_to(desk: Desk, line: CastingLine, row: Record) -> Begin | None:
    if line.stage == "moved":
        return await _move(desk, line, row)
    return await _go_on(desk, await answers.in_words(desk, line, row))


async def _is_ahead(desk: Desk, project_id: int | None) -> bool:
    """Whether something is planned for a project on which nobody waits: a shoot, a fitting."""
    rows = await appointment_rows.of_project(desk.tx, desk.actor.id, project_id) if project_id is not None else ()
    return any(row.state == "planned" and not appointments.is_over(desk, row) for row in rows)


async def _move(desk: Desk, line: CastingLine, row: Record) -> Begin | None:
    """Another time for the same round: casting waits anew."""
    told = await gather(desk, row)
    of_before = {"stage": row.kind, "number": row.number, "project_id": row.project_id, "what": MOVED}
    place = line.place or (told.appointment.place if told.appointment else "")
    changed = line.instruction or row.instruction
    if line.when and not line.when.has_day and told.appointment:
        line = replace(line, when=replace(line.when, day=told.appointment.on))
    return await _write(desk, replace(line, **of_before, place=place, instruction=changed, via=line.via or row.via))


async def _appointment(desk: Desk, line: CastingLine) -> Begin | None:
    """A fitting, ADR, sides by a day: it stands in the calendar and moves nothing."""
    change = desk.change()
    project_id = await _project(change, line) if line.project_id or line.project else None
    what = " ".join(x for x in (line.project, line.what or line.stage) if x)
    appointment_id = await booking_days.call_time(desk, change, line, project_id)
    appointment_id = appointment_id or await appointments.keep(desk, change, line, project_id, None)
    row = await appointment_rows.find(desk.tx, desk.actor.id, appointment_id) if appointment_id else None
    if row is None:
        desk.say(NO_DAY.replace("{what}", what))
        return None
    name = appointments.name(row)
    change_id = await change.keep(name, f"appointment:{row.id}", desk.now)
    await plan.renew(desk, project_id)
    clashes = await days.clashes(desk, project_id, (), line.when)
    body = "\n".join((f"{name}: {appointments.show(desk, row, near=True)}.", *clashes))
    desk.say(Message((body,), choices=((Choice("Undo", f"undo:{change_id}"),),)), f"appointment:{row.id}")
    await send_calendar(desk, row.id)
    _files_last(desk)
    return None


async def _log(desk: Desk, line: CastingLine) -> Begin:
    """It took place: the talk that logs it, with what is known."""
    what = What(line.project, line.project_id, line.role, line.size, mode=line.mode)
    day = line.when or None
    moment = Moment(day.day, day.at) if day else Moment(desk.local.date(), desk.local.time().replace(second=0))
    known = {"what": (What, what)} if line.project or line.role else {}
    return Begin("audition", given({**known, "when": (Moment, moment)}))


async def _away(desk: Desk, line: CastingLine) -> Begin | None:
    await away.take(desk, line)
    return None


_NO_STAGES: dict[str, Callable[[Desk, CastingLine], Awaitable[Begin | None]]] = {
    **dict.fromkeys((*answers.IN_WORDS, "moved"), _answer),
    **dict.fromkeys(("appointment", "sides"), _appointment),
    "auditioned": _log,
    "away": _away,
}

# Writing


async def _write(desk: Desk, line: CastingLine) -> Begin | None:
    over, change = desk.tapped, desk.change()
    project_id = await _project(change, line)
    before = await stages.history(desk.tx, desk.actor.id, project_id)
    line = await _with_days(desk, line, before)
    stage_id = await write_stage(desk, change, line, project_id, before)
    card = await write_rest(desk, change, line, (project_id, stage_id))
    row = await stages.find(desk.tx, desk.actor.id, stage_id)
    assert row is not None  # noqa: S101 - it was written a few lines above
    words = stage(row.kind).of(row.title, row.number) if is_stage(row.kind) else row.title
    undo = Choice("Undo", f"undo:{await change.keep(words, subject(stage_id), desk.now)}")
    await plan.renew(desk, project_id)
    told = await gather(desk, row)
    for old in before:
        if waits(old, before) and not waits(old, told.history) and subject(old.id) != over:
            desk.tidy(subject(old.id))
    message = replace(card, choices=_with(card, undo)) if card else await as_it_stands(desk, told, undo)
    desk.out.append(Outgoing(subject(stage_id), message, replaces=over, thread="" if over else desk.thread))
    if row.kind == "booked":
        await booking_days.send_calendar(desk, project_id)
    _files_last(desk)
    return Begin("zone") if row.asks and not desk.actor.zone_confirmed else None


async def _with_days(desk: Desk, line: CastingLine, before: Sequence[Record]) -> CastingLine:
    """A pin after an avail check is for the same days, where no others are told."""
    if line.days or line.stage not in days.SAME_DAYS:
        return line
    since = next((at for at, row in enumerate(reversed(before)) if is_stage(row.kind) and stage(row.kind).over), None)
    for row in list(reversed(before))[:since]:
        marked = await stages.days_of(desk.tx, desk.actor.id, row.id)
        if marked and row.kind in days.SAME_DAYS and row.answer not in days.NOT_TAKEN:
            return replace(line, days=tuple((span.first, span.last) for span in marked))
    return line


def _files_last(desk: Desk) -> None:
    """The words first, then the files: a calendar that changed is made before it is said why."""
    desk.out.sort(key=lambda out: out.document is not None)


def _with(card: Message, undo: Choice) -> tuple[tuple[Choice, ...], ...]:
    """The card's buttons with Undo last."""
    return (*card.choices[:-1], (*card.choices[-1], undo)) if card.choices else ((undo,),)


# Taken back, put back


async def follow(desk: Desk, row: Record, stage_id: int, *, undone: bool) -> None:
    """What hangs on a stage follows its change, and its card shows how it stands now."""
    for project_id in _touched(row):
        await plan.renew(desk, project_id)
    now = await stages.find(desk.tx, desk.actor.id, stage_id)
    back = Choice("Redo", f"redo:{row.id}") if undone else Choice("Undo", f"undo:{row.id}")
    if now is None:
        await due.cancel(desk.tx, desk.actor.id, "answer", [stage_id])
        message = Message((f"Taken back: {row.words}.",), choices=((back,),))
    else:
        message = await as_it_stands(desk, await gather(desk, now), back)
    desk.show(message, subject(stage_id))


def _touched(row: Record) -> list[int]:
    """The projects whose stages the change is about."""
    rows = [r["after"] or r["before"] for r in row.rows if r["table"] == "stage"]
    return sorted({int(r["project_id"]) for r in rows})
