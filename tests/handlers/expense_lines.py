"""The world in which lines of expenses are read: Nora's, on Saturday, November 21, 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from handlers.conversation import View
from handlers.expenses.expense import Expense, Line, NoAmount, Refused, Told
from handlers.expenses.reading import read_line
from handlers.expenses.showing import echo
from handlers.reading.customs import customs_of
from handlers.reading.known_titles import KnownProject
from handlers.reading.people import Known

NOW = datetime.combine(date(2026, 11, 21), time(11, 20))
PROJECTS = (
    KnownProject(1, "Copper Falls", "Nurse Ray", "co-star"),
    KnownProject(2, "Brightside Bank", "Mom #2"),
    KnownProject(3, "Harbor Lights"),
    KnownProject(4, "Salt Year"),
    KnownProject(5, "The Long Table"),
)
PEOPLE = (
    Known(1, "Marcus Thornbury", "Marcus", "casting director"),
    Known(2, "Tess Quillan", "Tess", "casting director"),
    Known(3, "Jo Fenwick", "Jo", "associate"),
    Known(4, "Priya Lindqvist", "Priya", "agent"),
    Known(5, "Mark Thornton", "Mark", "director"),
    Known(6, "Delphine Ferrow", "Delphine", "casting director"),
)


def view(country: str = "US", now: datetime = NOW) -> View:
    return View(now, "America/Los_Angeles", customs_of(country), people=PEOPLE, projects=PROJECTS)


def read(text: str, country: str = "US", *, explicit: bool = True, now: datetime = NOW, **more: Any) -> Line | None:
    return read_line(text, view(country, now), explicit=explicit, **more)


def expenses(line: Line | None) -> tuple[Expense, ...]:
    assert isinstance(line, Told), line
    return line.expenses


def one(text: str, **more: Any) -> Expense:
    (expense,) = expenses(read(text, **more))
    return expense


def as_told(line: Line | None, country: str = "US") -> Mapping[str, Any]:
    """What came of a line, as a table of lines has it."""
    if isinstance(line, Told):
        return {"tells": [echo(expense, customs_of(country), NOW.date()) for expense in line.expenses]}
    if isinstance(line, NoAmount):
        return {"asks": line.for_what}
    return {"refused": line.reason} if isinstance(line, Refused) else {}
