"""The first sentence of a follow-up: what was done together, and when, seen from the day of sending."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from handlers.reading.customs import Customs, write_day
from handlers.writing.hooks import WEEKDAYS, fill

TOGETHER = 1
"""The place whose row of phrases names the others of the room."""
MOST_NAMED = 4
"""With so many others in the room, none is named."""


@dataclass(frozen=True)
class Meeting:
    """One room of a day; kind "general" is a general meeting, mode is room, self-tape, video or phone."""

    day: date
    project: str = ""
    role: str = ""
    kind: str = ""
    round: str = ""
    mode: str = "room"


@cache
def phrases() -> dict[str, Any]:
    """Give the table of standing words."""
    return tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text("utf-8"))


def of_place(place: int) -> dict[str, Any]:
    """Give the row of phrases for one person of a room, counted from 0."""
    rows: list[dict[str, Any]] = phrases()["place"]
    return rows[place % len(rows)]


def one_line(text: str) -> str:
    """Set a text on one line, its words untouched."""
    return " ".join(text.split())


def day_words(day: date, send_on: date, customs: Customs) -> str:
    """Say when a day was: "today", "yesterday", "on Thursday", "last Thursday", or the date written out."""
    ago = (send_on - day).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 1 < ago <= 7:
        return f"{'on' if ago < 6 else 'last'} {WEEKDAYS[day.weekday()]}"
    # On a Friday "last Thursday" of eight days ago would be taken for yesterday.
    return f"on {write_day(day, customs)}"


def opener(meetings: Sequence[Meeting], others: Sequence[str], place: int, when: str) -> str:
    """Say what was done: "It was great reading Nurse Ray for you yesterday."; "" without any meeting."""
    if not meetings:
        return ""
    row = of_place(place)
    named = [name for name in map(one_line, others) if name] if row["together"] else []
    you = listed(["you", *named]) if len(named) < MOST_NAMED else "you"
    rooms: dict[str, list[Meeting]] = {}
    for met in dict.fromkeys(meetings):
        rooms.setdefault(style(met), []).append(met)
    if len(rooms) == 1 and row["shape"] == "as":
        return f"{row['joy']} {_behind(rooms, you, when)}."
    acts = [_act(name, met, you) for name, met in rooms.items()]
    return f"{row['joy']} {listed(acts)} {when}."


def thanks(meetings: Sequence[Meeting], place: int) -> str:
    """Give thanks for a booking, the one note that may."""
    said = phrases()["booking"]
    slots = {"project": "", "role": ""}
    for met in meetings[:1]:
        slots = {"project": one_line(met.project), "role": one_line(met.role)}
    line: str = said["say"][place % len(said["say"])]
    return fill(line, slots) or str(said["bare"])


def style(met: Meeting) -> str:
    """Give the row of [act] for a meeting; a mode the table lacks counts as a room."""
    if met.mode == "self-tape":
        return "self-tape"
    name = met.mode if met.mode in phrases()["act"] else "room"
    if met.kind == "general":
        return "general" if name == "room" else f"general-{name}"
    return name


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _act(name: str, met: Sequence[Meeting], you: str) -> str:
    act = phrases()["act"][name]
    slots = _slots(met, you)
    return (fill(act["many"], slots) if len(met) > 1 else "") or fill(act["in"], slots)


def _behind(rooms: dict[str, list[Meeting]], you: str, when: str) -> str:
    ((name, met),) = rooms.items()
    act = phrases()["act"][name]
    slots = _slots(met, you)
    if len(met) > 1:
        slots["round"] = ""
    return f"{fill(act['as'], slots)} {when}{fill(act['tail'], slots)}"


def _slots(met: Sequence[Meeting], you: str) -> dict[str, str]:
    first = met[0]
    role, project = one_line(first.role), one_line(first.project)
    said = one_line(first.round).casefold()
    named = said if said in phrases()["words"]["rounds"] else ""
    stage = f"{project} {named}".strip() if named else ""
    if project and not named and not role:
        stage = f"audition for {project}"
    topics = [topic for topic in (one_line(m.project or m.role) for m in met) if topic]
    parts, as_parts = _parts(met)
    return {
        "you": you,
        "role": role,
        "project": project,
        "round": named,
        "stage": stage,
        "topic": topics[0] if topics else "",
        "topics": listed(topics) if topics else "",
        "parts": parts,
        "as_parts": as_parts,
    }


def _parts(met: Sequence[Meeting]) -> tuple[str, str]:
    """Name the rooms, those with a role first: "Nurse Ray in Copper Falls and for Night Ferry"."""
    roles = list(dict.fromkeys(_role(m) for m in met if m.role.strip()))
    rest = list(dict.fromkeys(f"for {one_line(m.project)}" for m in met if m.project.strip() and not m.role.strip()))
    parts = listed(roles + rest) if roles + rest else ""
    return parts, f"as {parts}" if roles else parts


def _role(met: Meeting) -> str:
    serves = any(kind in met.kind.casefold() for kind in phrases()["words"]["for_kinds"])
    between = "for" if serves else "in"
    return f"{one_line(met.role)} {between} {one_line(met.project)}" if met.project.strip() else one_line(met.role)
