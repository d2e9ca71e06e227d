"""Lines about the steps of a project, each with what it tells."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.casting.line import CastingLine, When
from handlers.casting.reading import read_casting, read_command
from handlers.casting.stages import STAGES, stage, stage_called
from handlers.conversation import View
from handlers.reading.customs import customs_of
from handlers.reading.people import Known
from handlers.reading.projects import KnownProject
from tests.patience import patience

PROJECTS = (
    KnownProject(1, "Copper Falls", "Nurse Ray", "co-star"),
    KnownProject(2, "Brightside Bank", "Mom #2"),
    KnownProject(3, "Harbor Lights", "Dana", "guest star"),
    KnownProject(4, "The Long Table"),
)
PEOPLE = (
    Known(1, "Tess Quillan", "Tess", "casting director", "Thornbury Quillan Casting"),
    Known(2, "Marcus Thornbury", "Marcus", "casting director", "Thornbury Quillan Casting"),
    Known(3, "Delphine Ferrow", "Delphine", "casting director", "Ferrow Casting"),
)
NOW = datetime(2026, 11, 23, 11, 5)  # noqa: DTZ001
VIEW = View(NOW, "America/Los_Angeles", customs_of("US"), "Nora Castellane", PEOPLE, PROJECTS)
LINES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("casting_lines.toml").read_text("utf-8"))["line"]
WORDS = ("project", "role", "size", "place", "mode", "instruction", "via", "headshot", "reel", "what", "doubt")


def shown(when: When) -> str:
    """A moment as the table has it."""
    at = f" {when.at:%H:%M}" if when.at else ""
    until = f"-{when.until:%H:%M}" if when.until else ""
    return f"{when.day}{at}{until} {when.zone}".strip()


def told(line: CastingLine | None) -> dict[str, Any]:
    """What a line tells, as the table has it."""
    if line is None:
        return {"stage": "none"}
    said: dict[str, Any] = {"stage": line.stage} | {key: getattr(line, key) for key in WORDS}
    said["number"] = line.number if line.number > 1 else None
    said["new"] = bool(line.project) and line.project_id is None
    said["candidates"] = list(line.candidates) if len(line.candidates) < len(PROJECTS) else None
    said["maybe"] = list(line.maybe)
    said["when"] = shown(line.when) if line.when else ""
    said["days"] = [str(first) if first == last else f"{first}/{last}" for first, last in line.days]
    said["deadline"] = f"{line.deadline:%Y-%m-%d %H:%M}" if line.deadline else ""
    said["posted"] = f"{line.posted or ''} {line.posted_at or ''}".strip()[:16]
    return {key: value for key, value in said.items() if value}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["say"][:50]) for case in LINES])
def test_what_a_line_tells(case: dict[str, Any]) -> None:
    assert told(read_casting(case["say"], VIEW)) == {key: value for key, value in case.items() if key != "say"}


@pytest.mark.parametrize(
    ("word", "rest", "expected"),
    [
        (
            "callback",
            "copper falls tue 4:15pm at 200 Main St",
            {"stage": "callback", "project": "Copper Falls", "when": "2026-11-24 16:15", "place": "200 Main St"},
        ),
        (
            "avail",
            "12/1-12/3 copper falls",
            {"stage": "avail", "project": "Copper Falls", "days": ["2026-12-01/2026-12-03"]},
        ),
        ("booked", "brightside", {"stage": "booked", "project": "Brightside Bank"}),
        ("booked", "the room", {"stage": "good_read"}),
        ("passed", "brightside", {"stage": "passed", "project": "Brightside Bank"}),
        (
            "recall",
            "long table thurs 2pm",
            {"stage": "callback", "project": "The Long Table", "when": "2026-11-26 14:00"},
        ),
        (
            "callback",
            "2nd brightside today 3pm",
            {"stage": "callback", "number": 2, "project": "Brightside Bank", "when": "2026-11-23 15:00"},
        ),
        (
            "callback",
            "blue heron tomorrow",
            {"stage": "callback", "project": "Blue Heron", "new": True, "when": "2026-11-24"},
        ),
        ("heavy pencil", "dec 7", {"stage": "pencil", "days": ["2026-12-07"], "doubt": "project"}),
        (
            "hold",
            "copper falls dec 7",
            {"stage": "hold", "project": "Copper Falls", "days": ["2026-12-07"], "doubt": "booking"},
        ),
        ("wrapped", "", {"stage": "wrapped", "doubt": "project"}),
    ],
)
def test_what_stands_behind_a_slash(word: str, rest: str, expected: dict[str, Any]) -> None:
    assert told(read_command(word, rest, VIEW)) == expected


def test_the_only_project_need_not_be_named() -> None:
    alone = View(NOW, VIEW.zone, VIEW.customs, projects=PROJECTS[:1])
    line = read_casting("callback tomorrow 3pm", alone)
    assert line is not None
    assert (line.project_id, line.doubt) == (1, "")


def test_two_projects_of_a_title_are_asked_about() -> None:
    twice = View(NOW, VIEW.zone, VIEW.customs, projects=(*PROJECTS, KnownProject(9, "Copper Falls", "Dana")))
    line = read_casting("callback copper falls tomorrow 3pm", twice)
    assert line is not None
    assert (line.project_id, line.candidates, line.doubt) == (None, (1, 9), "project")


def test_where_the_day_comes_first() -> None:
    london = View(NOW, "Europe/London", customs_of("GB"), projects=PROJECTS)
    assert told(read_casting("pencilled for copper falls 7/12 - 9/12", london))["days"] == ["2026-12-07/2026-12-09"]


def test_a_deadline_stands_on_the_actors_wall() -> None:
    london = View(NOW, "Europe/London", customs_of("GB"), projects=PROJECTS)
    assert told(read_casting("self tape for copper falls due wed noon PT", london))["deadline"] == "2026-11-25 20:00"


def test_every_stage_can_be_called_by_its_words() -> None:
    for one in STAGES:
        assert all(stage_called(word) == one for word in one.said)
        assert one.of("Copper Falls").count("Copper Falls") == 1


def test_stages_count_their_rounds() -> None:
    assert [stage("callback").named(number) for number in (1, 2, 3, 11)] == [
        "callback",
        "2nd callback",
        "3rd callback",
        "11th callback",
    ]
    assert stage("avail").remark == "Not a booking."
    assert [one.key for one in STAGES if one.booking] == ["booked"]


KEYS = {one.key for one in STAGES} | {
    "moved",
    "cancelled",
    "late",
    "confirm",
    "decline",
    "new_time",
    "answered",
    "away",
    "good_read",
    "appointment",
    "sides",
}
PIECES = st.sampled_from(
    [
        "callback",
        "avail check",
        "booked",
        "hold",
        "copper falls",
        "blue heron",
        "tue",
        "12/1-12/3",
        "4:15pm",
        "due wed noon",
        "at 200 main st",
        "priya:",
        "\ue000",
        "🎬",
        "٣",
        "\x00",
        "“",
        "moved to",
        "2nd",
        "99/99",
        "dec 31",
        "hair CURLY",
        "\n",
        "?",
        "-",
        "999999999999",
        "99:99pm",
        "in 999 weeks",
        "999 days ago",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_is_read_without_a_stumble(text: str) -> None:
    line = read_casting(text, VIEW)
    assert line is None or line.stage in KEYS
    for word in ("callback", "avail", "submitted"):
        assert read_command(word, text, VIEW).stage


@pytest.mark.parametrize(
    "text", ["callback " * 500, "12/1-" * 800, "at " * 1300, "(" * 4000, "callback copper falls " + "1" * 3900]
)
def test_long_text_is_no_line(text: str) -> None:
    with patience():
        assert read_casting(text, VIEW) is None
