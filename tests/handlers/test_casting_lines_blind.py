"""Lines about casting steps written from the trade alone, without sight of the tables, and what is read of them."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.casting.line import CastingLine
from handlers.casting.reading import read_casting, read_command
from handlers.casting.stages import stage_called
from handlers.conversation import View
from handlers.reading.customs import customs_of
from handlers.reading.people import Known
from handlers.reading.projects import KnownProject

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("casting_lines_blind.toml").read_text("utf-8"))[
    "case"
]
ZONE = "America/Los_Angeles"
PROJECTS = (
    KnownProject(1, "Copper Falls", "Nurse Ray", "co-star"),
    KnownProject(2, "Brightside Bank", "Mom #2"),
    KnownProject(3, "Harbor Lights", "", "guest star"),
    KnownProject(4, "Night Ferry", "the Captain"),
    KnownProject(5, "Salt Year", "", "lead"),
    KnownProject(6, "The Long Table"),
)
PEOPLE = (
    Known(1, "Tess Quillan", "Tess", "casting director", "Thornbury Quillan Casting"),
    Known(2, "Jo Fenwick", "Jo", "associate", "Thornbury Quillan Casting"),
    Known(3, "Delphine Ferrow", "Delphine", "casting director", "Ferrow Casting"),
    Known(4, "Odette Marsh", "Odette", "casting director", "Marsh Casting"),
)
VIEW = View(datetime(2026, 11, 23, 10), ZONE, customs_of("US"), "Nora Castellane", PEOPLE, PROJECTS)  # noqa: DTZ001
SESSIONS = ("director_session", "producer_session", "work_session")


def told(words: str) -> CastingLine | None:
    word, _, rest = words.removeprefix("/").partition(" ")
    if words.startswith("/") and (stage_called(word) or word == "bookout"):
        return read_command(word, rest, VIEW)
    return read_casting(words, VIEW)


def shown(line: CastingLine) -> dict[str, Any]:
    """A line in the words of the cases."""
    day = line.when.day if line.when and line.when.has_day else None
    if line.stage == "aired" and line.days:
        day = line.days[0][0]
    return {
        "stage": "producer session" if line.stage in SESSIONS else line.stage,
        "ask": line.doubt,
        "number": line.number,
        "project": line.project,
        "day": day.isoformat() if day else "",
        "at": f"{line.when.at:%H:%M}" if line.when and line.when.at else "",
        "until": f"{line.when.until:%H:%M}" if line.when and line.when.until else "",
        "zone": (line.when.zone if line.when else "") or ZONE,
        "days": [[first.isoformat(), last.isoformat()] for first, last in line.days],
        "deadline": line.deadline.isoformat(timespec="minutes") if line.deadline else "",
        "mode": {"video": "zoom"}.get(line.mode, line.mode),
        "place": line.place,
        "instruction": line.instruction,
        "via": line.via,
    }


@pytest.mark.parametrize("case", [pytest.param(case, id=case["line"][:60]) for case in CASES])
def test_a_line_written_blind(case: dict[str, Any]) -> None:
    line = told(case["line"])
    if case.get("nothing"):
        assert line is None
        return
    assert line is not None
    found = shown(line)
    expected = {key: value for key, value in case.items() if key not in ("line", "nothing")}
    expected.setdefault("ask", "")
    assert {key: found[key] for key in expected} == expected
