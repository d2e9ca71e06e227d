"""The talk about an audition on one sheet: its fields, what is wrong with them, and the answers they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from handlers.audition import Moment, Said
from handlers.conversation import GIVEN, Fills, Log, View, answered
from handlers.messages import Field, Values
from handlers.reading.customs import show_day
from handlers.reading.people import Known, Room, Someone, fold, read_room, short
from handlers.reading.projects import Look, More, What, read_look, read_more
from handlers.talks.audition_questions import WhatWasIt, read_said
from handlers.talks.log_audition import talk_keys

TITLE = "Log an audition"
MOST_FOUND, MOST_UNITS = 10, 140  # Slack takes 150 UTF-16 units in a value
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
    called = [someone.greeting for someone in named]
    for someone in named:
        name = someone.greeting if called.count(someone.greeting) == 1 else someone.name
        yield f"talk:{someone.key}", f"What did you and {name} talk about?"
    if not named:
        yield "talk:", "What was said in the room? A line to remember."


def wrong(values: Values, log: Log, view: View) -> dict[str, str]:
    """What cannot be taken as it stands, by its field."""
    reasons: dict[str, str] = {}
    told = _Told(values, log, view)
    if told.what() is None and not told.stands("project", "role"):
        reasons["project"] = "Project or role: one of the two is enough."
    when = told.when()
    if when and when.day > view.today:
        day = show_day(when.day, view.today, view.customs)
        reasons["date"] = f"{day[:1].upper()}{day[1:]} is still to come."
    elif when and when.at and (when.day, when.at) > (view.today, view.now.time()):
        reasons["time"] = "That is still to come."
    return reasons


def told(values: Values, log: Log, view: View) -> Log:
    """What the filled fields add to the log; what stands there as the log tells it was answered already."""
    return answered(_Told(values, log, view).answers())


def all_told(values: Values, log: Log, view: View) -> Log:
    """The whole sheet as answers: what was left empty is passed over, and it is saved."""
    known = {key for entry, value in log for key in (value if entry == GIVEN else [entry])}
    passed: Answers = {"room": (Room, Room(nobody_known=True))}
    passed |= {f"talk:{key}": (Said, Said("")) for key in _Told(values, log, view).keys.values()}
    passed = {key: answer for key, answer in passed.items() if key not in known}
    return answered(passed | _Told(values, log, view).answers() | {"card": (str, "save")})


class _Told:
    """A filled sheet beside the log that it was opened on."""

    def __init__(self, values: Values, log: Log, view: View) -> None:
        self.values = values
        self.view = view
        self.before = values_of(log)
        self.room = _room(values, view)
        named = tuple(someone for someone in self.room.people if someone.name)
        self.keys = talk_keys(named) if named else {"": ""}
        """The key of each one's small talk in the talk, by the key on the form."""

    def stands(self, *keys: str) -> bool:
        """Whether nothing was changed in these fields that the log had filled."""
        filled = any(self.before.get(key) for key in keys)
        return filled and all(self._text(key) == str(self.before.get(key, "")).strip() for key in keys)

    def _text(self, key: str) -> str:
        return str(self.values.get(key) or "").strip()

    def answers(self) -> Answers:
        """What was filled in or changed, as key -> (type, value)."""
        answers: Answers = {}
        if not self.stands("project", "role") and (what := self.what()):
            answers["what"] = (What, what)
        if self.room.people and self.values.get("people") != self.before.get("people"):
            answers["room"] = (Room, self.room)
        for on_form, key in self.keys.items():
            if (words := self._text(f"talk:{on_form}")) and words != self.before.get(f"talk:{on_form}"):
                answers[f"talk:{key}"] = (Said, read_said(words, self.view))
        if not self.stands("date", "time") and (when := self.when()) and when.day <= self.view.today:
            answers["when"] = (Moment, when)
        if not self.stands("look") and (look := self._text("look")):
            answers["look"] = (Look, read_look(look) or Look(wore=look))
        if not self.stands("more") and (more := self._text("more")):
            answers["more"] = (More, read_more(more) or More(adjustment=more))
        return answers

    def what(self) -> What | None:
        """Project and role as typed: on a form nobody answers in the words of another title."""
        project, role = (" ".join(self._text(key).split()) for key in ("project", "role"))
        known = [title for title in self.view.projects if fold(title.title) == fold(project)]
        if "," in project and '"' not in project and not known:
            project = f'"{project}"'
        words = f"{project}, {role}" if project and role else project or (role and f"role: {role}")
        reading = WhatWasIt().read(words, replace(self.view, projects=known)) if words else None
        return reading.values["what"] if isinstance(reading, Fills) else None

    def when(self) -> Moment | None:
        """Day and time; the time that was filled in for today is not that of another day."""
        try:
            day = date.fromisoformat(self._text("date")) if self._text("date") else None
            at = time.fromisoformat(self._text("time")) if self._text("time") else None
        except ValueError:
            return None
        if day is None:
            return Moment(self.view.today, at) if at else None
        is_other = self._text("date") != self.before.get("date") and self._text("time") == self.before.get("time")
        return Moment(day, None if is_other else at)


def _room(values: Values, view: View) -> Room:
    """Who was chosen; a name typed anew stays one, since those who are near it were offered."""
    known = {f"p{person.id}": person for person in view.people}
    people: dict[str, Someone] = {}
    for value in (str(pair[1]) for pair in values.get("people") or () if len(pair) == 2):
        if value in known:
            people[value] = _someone(known[value])
        elif value.startswith("n:") and (room := read_room(value[2:], view.people)):
            people |= {someone.key: replace(someone, maybe=()) for someone in room.people}
    return Room(tuple(people.values()))


def _someone(known: Known) -> Someone:
    return Someone(f"p{known.id}", known.id, known.name, known.greeting, known.job, known.office)


def found(typed: str, view: View) -> list[tuple[str, str]]:
    """Who may be meant: the people whose name or office holds what is typed, those of a near name, a new one."""
    words = " ".join(typed.split())
    near = [person for person in view.people if fold(words) in fold(f"{person.name} {person.office}")][::-1]
    room = read_room(words, view.people) if words and _units(words) <= MOST_UNITS else None
    meant = [id_ for someone in room.people for id_ in (someone.id, *someone.maybe)] if room else []
    near += [person for person in view.people if person.id in meant and person not in near]
    options = [(_label(person), f"p{person.id}") for person in near[:MOST_FOUND]]
    is_known = any(fold(person.name) == fold(words) for person in near)
    return [*options, (words, f"n:{words}")] if room and not is_known else options


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _label(person: Known) -> str:
    return ", ".join(x for x in (person.name, short(person.job) or person.office) if x)


def values_of(log: Log) -> Values:
    """What a talk knows already, as it stands in the fields."""
    raw: dict[str, Any] = {}
    for key, value in log:
        raw |= value if key == GIVEN else {key: value}
    what, when = raw.get("what") or {}, raw.get("when") or {}
    look, more = raw.get("look") or {}, raw.get("more") or {}
    people = [Someone(**{**someone, "maybe": ()}) for someone in (raw.get("room") or {}).get("people", ())]
    values: Values = {
        "project": what.get("project") or ("General meeting" if what.get("kind") == "general" else ""),
        "role": _listed(what.get("role"), what.get("size")),
        "people": [_pair(someone) for someone in people],
        "date": str(when.get("day", "")),
        "time": str(when.get("at") or "")[:5],
        "look": _listed(
            look.get("wore"), look.get("hair") and f"hair {look['hair']}", look.get("headshot"), look.get("adjustment")
        ),
        "more": _listed(
            more.get("round") or what.get("round"), more.get("mode") or what.get("mode"), more.get("size"),
            more.get("adjustment"), more.get("felt") and f"felt {more['felt']}",
        ),
    }  # fmt: skip
    keys = {key: on_form for on_form, key in talk_keys(tuple(one for one in people if one.name)).items()}
    said = {key.removeprefix("talk:"): value for key, value in raw.items() if _is_said(key, value)}
    return values | {f"talk:{keys.get(key, key)}": value["words"] for key, value in said.items()}


def headline(log: Log) -> str:
    """What it was, in few words; empty where nothing is known of it."""
    values = values_of(log)
    return _listed(values["project"], values["role"])


def is_told(log: Log) -> bool:
    """Whether anything is known but when it was."""
    return any(value for key, value in values_of(log).items() if key not in ("date", "time"))


def _listed(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


def _pair(someone: Someone) -> list[str]:
    words = _listed(someone.name or someone.description, someone.job, someone.office)
    whole = _listed(words, someone.email)  # half an address would be another one
    words = whole if _units(whole) <= MOST_UNITS else words
    while _units(words) > MOST_UNITS:
        words = words[:-1]
    return [words, f"p{someone.id}" if someone.id else f"n:{words}"]


def _is_said(key: str, value: Any) -> bool:
    return key.startswith("talk:") and isinstance(value, Mapping) and bool(value.get("words"))
