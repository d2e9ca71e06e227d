"""The talk about an audition on one sheet: its fields, what is wrong with them, and the answers they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from handlers.audition import Moment, Said
from handlers.conversation import GIVEN, Fills, Log, View
from handlers.messages import Field, Values
from handlers.reading.people import Known, Room, Someone, fold, read_room, short
from handlers.reading.projects import Look, More, What, read_look, read_more
from handlers.talks.audition_questions import WhatWasIt, read_said
from handlers.talks.log_audition import talk_keys

TITLE = "Log an audition"
MOST_FOUND, LONGEST_VALUE = 10, 140
Answers = dict[str, tuple[Any, Any]]


def fields(values: Values, view: View) -> tuple[Field, ...]:
    """The fields with what stands in them; one for the talk with each person."""
    return (
        Field("project", "Project", "line", values.get("project", "")),
        Field("role", "Role", "line", values.get("role", ""), "Its size too, if you like: Nurse Ray, co-star"),
        Field("people", "Who was in the room?", "people", values.get("people", [])),
        *(Field(key, asked, "text", values.get(key, "")) for key, asked in _talks(_room(values, view))),
        Field("date", "When was it?", "date", values.get("date", "")),
        Field("time", "At what time?", "time", values.get("time", "")),
        Field("look", "What you wore, hair, headshot", "line", values.get("look", "")),
        Field("more", "Anything else", "line", values.get("more", ""), "Callback, self-tape, an adjustment, felt 4"),
    )


def _talks(room: Room) -> Iterator[tuple[str, str]]:
    """A key and what is asked, for each one whose name is known; else for the room."""
    named = tuple(someone for someone in room.people if someone.name)
    keys = talk_keys(named)
    for someone in named:
        yield f"talk:{keys[someone.key]}", f"What did you and {someone.greeting} talk about?"
    if not named:
        yield "talk:", "What was said in the room? A line to remember."


def wrong(values: Values, view: View) -> dict[str, str]:
    """What cannot be taken as it stands, by its field."""
    reasons: dict[str, str] = {}
    if _what(values, view) is None:
        reasons["project"] = "Project or role: one of the two is enough."
    when = _when(values)
    if when and when.day > view.today:
        reasons["date"] = "That is still to come."
    return reasons


def answers(values: Values, view: View) -> Answers:
    """What the filled fields answer, as key -> (type, value); nothing for those that are empty."""
    told: Answers = {}
    if what := _what(values, view):
        told["what"] = (What, what)
    if (room := _room(values, view)).people:
        told["room"] = (Room, room)
    for key, _ in _talks(room):
        if words := str(values.get(key, "")).strip():
            told[key] = (Said, read_said(words, view))
    if (when := _when(values)) and when.day <= view.today:
        told["when"] = (Moment, when)
    if look := str(values.get("look", "")).strip():
        told["look"] = (Look, read_look(look) or Look(wore=look))
    if more := str(values.get("more", "")).strip():
        told["more"] = (More, read_more(more) or More(adjustment=more))
    return told


def all_answers(values: Values, view: View) -> Answers:
    """The whole sheet as the answers of the talk: what was left empty is passed over, and it is saved."""
    passed: Answers = {"room": (Room, Room(nobody_known=True))}
    passed |= {key: (Said, Said("")) for key, _ in _talks(_room(values, view))}
    return passed | answers(values, view) | {"card": (str, "save")}


def _what(values: Values, view: View) -> What | None:
    project, role = (" ".join(str(values.get(key, "")).split()) for key in ("project", "role"))
    if "," in project and '"' not in project and not any(fold(known.title) == fold(project) for known in view.projects):
        project = f'"{project}"'
    words = f"{project}, {role}" if project and role else project or (role and f"role: {role}")
    reading = WhatWasIt().read(words, view) if words else None
    return reading.values["what"] if isinstance(reading, Fills) else None


def _room(values: Values, view: View) -> Room:
    known = {f"p{person.id}": person for person in view.people}
    people: dict[str, Someone] = {}
    for value in (str(pair[1]) for pair in values.get("people") or () if len(pair) == 2):
        if value in known:
            people[value] = _someone(known[value])
        elif value.startswith("n:") and (room := read_room(value[2:], view.people)):
            people |= {someone.key: someone for someone in room.people}
    return Room(tuple(people.values()))


def _someone(known: Known) -> Someone:
    return Someone(f"p{known.id}", known.id, known.name, known.greeting, known.job, known.office)


def _when(values: Values) -> Moment | None:
    try:
        day = date.fromisoformat(str(values.get("date", "")))
        at = time.fromisoformat(str(values["time"])) if values.get("time") else None
    except ValueError:
        return None
    return Moment(day, at)


def found(typed: str, view: View) -> list[tuple[str, str]]:
    """The people whose name holds what is typed, as label and value; and a new one of that name."""
    near = [person for person in view.people if fold(typed) in fold(f"{person.name} {person.office}")]
    options = [(_label(person), f"p{person.id}") for person in near[-MOST_FOUND:][::-1]]
    words = " ".join(typed.split())[:LONGEST_VALUE]
    is_known = any(fold(person.name) == fold(words) for person in near)
    if words and not is_known and read_room(words, view.people):
        options.append((words, f"n:{words}"))
    return options


def _label(person: Known) -> str:
    return ", ".join(x for x in (person.name, short(person.job) or person.office) if x)


def values_of(log: Log) -> Values:
    """What a talk knows already, as it stands in the fields."""
    raw: dict[str, Any] = {}
    for key, value in log:
        raw |= value if key == GIVEN else {key: value}
    what, when = raw.get("what") or {}, raw.get("when") or {}
    values: Values = {
        "project": what.get("project", ""),
        "role": ", ".join(x for x in (what.get("role"), what.get("size")) if x),
        "people": [_pair(someone) for someone in (raw.get("room") or {}).get("people", ())],
        "date": str(when.get("day", "")),
        "time": str(when.get("at") or "")[:5],
    }
    return values | {key: said["words"] for key, said in raw.items() if _is_said(key, said)}


def _pair(someone: Mapping[str, Any]) -> list[str]:
    told = ", ".join(x for x in (someone["name"] or someone["description"], someone["job"]) if x)[:LONGEST_VALUE]
    with_email = f"{told}, {someone.get('email')}" if someone.get("email") else told
    words = with_email if len(with_email) <= LONGEST_VALUE else told
    return [words, f"p{someone['id']}" if someone["id"] else f"n:{words}"]


def _is_said(key: str, value: Any) -> bool:
    return key.startswith("talk:") and isinstance(value, Mapping) and bool(value.get("words"))
