"""One field of a kept expense told anew: tapped, then typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.conversation import Again, Option, Prompt, Question, Reading, Talk, View, ask
from handlers.expenses.amounts import in_minor, read_amount
from handlers.expenses.expense import Expense, Told
from handlers.reading.customs import show_day
from handlers.reading.dates import Unclear, read_when
from handlers.reading.spelling import clipped, fold
from handlers.talks.tell_expense import NO_AMOUNT, first_sentence, read, sorted_out

LONGEST_WORDS = 200
Values = dict[str, int | str | None]
"""Columns with what stands in them from now on; a day as ISO has it."""


@dataclass(frozen=True)
class About:
    """The field that is mended, and the expense as it stands."""

    field: str
    expense: Expense


@dataclass(frozen=True)
class Mended:
    """The new values of an expense, nothing where it stays as it is."""

    about: About
    values: Values


@dataclass(frozen=True)
class Way:
    """How a field is asked for and read: what is typed as its columns, or why it is not taken."""

    asked: str
    read: Callable[[str, About, View], Values | str]
    taps: tuple[tuple[str, str], ...] = ()


def _amount(text: str, about: About, view: View) -> Values | str:
    if about.expense.trip:
        return _distance(text, about.expense.trip.unit, view)
    amount = read_amount(text, about.expense.money.currency, view.customs)
    if amount is None:
        return NO_AMOUNT
    if amount.problem or amount.value is None:
        return first_sentence(amount.problem or NO_AMOUNT)
    money = in_minor(amount.value, amount.currency)
    return {"minor": money.minor, "currency": money.currency}


def _distance(text: str, unit: str, view: View) -> Values | str:
    for said in (text, f"{text} {unit}"):
        line = read(said, view, explicit=True)
        drive = line.expenses[0].trip if isinstance(line, Told) and len(line.expenses) == 1 else None
        if drive:
            return {"distance": str(drive.distance), "unit": drive.unit}
    return "A distance, like 23.4."


def _day(text: str, about: About, view: View) -> Values | str:  # noqa: ARG001
    when = read_when(text, view.now, day_first=view.customs.day_first, look="past")
    day: date | None = None
    if isinstance(when, Unclear):
        day = next((r.day for r in when.readings if r.day <= view.today), None)
    elif when is not None:
        day = when.day
    if day is None:
        return f"“{clipped(text, 60)}” isn't a date I know. Like Tuesday."
    if day > view.today:
        shown = show_day(day, view.today, view.customs)
        return f"{shown[:1].upper()}{shown[1:]} is still to come."
    return {"day": day.isoformat()}


def _project(text: str, about: About, view: View) -> Values | str:  # noqa: ARG001
    if fold(text).strip(".!") in ("none", "no project", "nothing"):
        return {"project_id": None}
    said = fold(text)
    whole = [p for p in view.projects if fold(p.title) == said]
    near = whole or [p for p in view.projects if said and said in fold(p.title)]
    return {"project_id": near[-1].id} if near else "No project of that name. /auditions lists them."


def _words(column: str) -> Callable[[str, About, View], Values | str]:
    def said(text: str, about: About, view: View) -> Values | str:  # noqa: ARG001
        words = clipped(text, LONGEST_WORDS)
        if fold(words).strip(".!") == "none":
            return {column: ""}
        return {column: words} if words else "Type the words."

    return said


def _who(text: str, about: About, view: View) -> Values | str:  # noqa: ARG001
    said = fold(text)
    near = [p for p in view.people if said and said in (fold(p.name), fold(p.greeting))]
    if len(near) == 1:
        return {"person_id": near[0].id, "payee": ""}
    words = clipped(text, LONGEST_WORDS)
    return {"person_id": None, "payee": "" if said.strip(".!") == "none" else words} if words else "A name."


def _basis(text: str, about: About, view: View) -> Values | str:  # noqa: ARG001
    said = fold(text).replace("-", "").replace(" ", "").strip(".!")
    basis = {"1099": "1099", "w2": "w2", "notsure": "unsure", "unsure": "unsure"}.get(said)
    return {"basis": basis} if basis else "1099 or W-2."


_BASES = (("1099", "1099"), ("W-2", "w2"), ("Not sure", "unsure"))
FIELDS: dict[str, Way] = {
    "amount": Way("What did it cost?", _amount),
    "day": Way("Which day?", _day, (("Today", "today"), ("Yesterday", "yesterday"))),
    "project": Way("Which project?", _project, (("No project", "none"),)),
    "note": Way("What shall the note say?", _words("note"), (("No note", "none"),)),
    "who": Way("Who was it with, or paid to?", _who, (("Nobody", "none"),)),
    "why": Way("What was it for?", _words("purpose"), (("No why", "none"),)),
    "where": Way("Where to?", _words("destination"), (("No place", "none"),)),
    "basis": Way("Is it for work on a 1099 or a W-2?", _basis, _BASES),
}
"""The fields that are typed; the category is tapped."""
MOST_PROJECTS = 5


class WhichField(Question[About]):
    """What is mended; nobody is asked for it."""

    of = About
    key = "about"
    optional = True


class NewValue(Question[Values]):
    """What stands in the field from now on."""

    of = Values
    key = "value"
    skip: Values = {}  # noqa: RUF012 - nothing writes into it
    is_card = reads_numbers = True
    needs = frozenset({"people", "projects", "purse"})
    needs_to_show = frozenset({"projects"})

    def __init__(self, about: About) -> None:
        self.about = about
        self.way = FIELDS[about.field]

    def show(self, view: View) -> Prompt:
        is_drive = self.about.field == "amount" and self.about.expense.trip is not None
        known = view.projects if self.about.field == "project" else ()
        titles = tuple((Option(p.title, self.fills({"project_id": p.id})),) for p in [*reversed(known)][:MOST_PROJECTS])
        read = ((label, self._read(said, view)) for label, said in self.way.taps)
        taps = (Option(label, self.fills(found)) for label, found in read if not isinstance(found, str))
        asked = "How far was it?" if is_drive else self.way.asked
        return Prompt((asked,), (*titles, (*taps, Option("Keep", self.fills({})))))

    def _read(self, text: str, view: View) -> Values | str:
        return self.way.read(text, self.about, view)

    def read(self, text: str, view: View) -> Reading:
        found = self._read(text, view)
        return Again(found) if isinstance(found, str) else self.fills(found)


def mend_expense() -> Talk[Mended]:
    """One field."""
    about = yield from ask(WhichField())
    if about.field == "category":
        return Mended(about, {"category": (yield from sorted_out(about.expense, page=1))})
    return Mended(about, (yield from ask(NewValue(about))))
