"""`/expenses`: what was spent in a month, a year, on a project or of a kind: sums first, then a button a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handlers.conversation import View
from handlers.desk import Desk
from handlers.expenses import categories, export, picture
from handlers.expenses.expense import Money, Told, Trip
from handlers.expenses.rows import HUNDREDTHS, told_of
from handlers.expenses.showing import show_distance, show_money
from handlers.messages import Choice, Message
from handlers.reading.customs import MONTHS, show_day
from handlers.reading.spelling import clipped, fold
from handlers.talks.tell_expense import read
from storage import expenses
from storage.database import Record
from storage.expenses import Cut

PAGE = 6
ALL, EVERYTHING = "all", "-"
LIKE = "Like: /expenses march, /expenses parking, /expenses 2026."
NOTHING_YET = "Like: /expense 12 parking."
_MONTH = "|".join(f"{month.casefold()}|{month[:3].casefold()}" for month in MONTHS)
_PERIOD = re.compile(
    rf"\b(?:(?P<all>all|everything|ever)|(?P<near>this|last) (?P<unit>month|year)"
    rf"|(?P<month>{_MONTH})(?: (?P<of>20[0-9]{{2}}))?|(?P<year>20[0-9]{{2}}))\b"
)


@dataclass(frozen=True)
class Part:
    """What is listed: `span` is all, 2026 or 2026-03; `what` is -, a category or p with a project's number."""

    span: str
    what: str = EVERYTHING

    @property
    def cut(self) -> Cut:
        """The rows it means."""
        first, last = self._days()
        project = int(self.what[1:]) if self.what[1:].isdigit() else None
        category = self.what if project is None and self.what != EVERYTHING else ""
        return Cut(first, last, category, project)

    def _days(self) -> tuple[date | None, date | None]:
        if self.span == ALL:
            return None, None
        year, _, month = self.span.partition("-")
        if not month:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        first = date(int(year), int(month), 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def is_real(self) -> bool:
        """Whether there is such a time."""
        year, _, month = self.span.partition("-")
        return self.span == ALL or (1900 <= int(year) <= 2999 and (not month or 1 <= int(month) <= 12))


async def command(desk: Desk, rest: str) -> None:
    """`/expenses`, `/expenses march`, `/expenses copper falls`, `/expenses export 2026`."""
    if await export.command(desk, rest):
        return
    part = read_part(rest[:200], await desk.view({"projects", "purse"}))
    if part is None:
        desk.say(f"Nothing kept under “{clipped(rest, 60)}”. {LIKE}")
    else:
        await show(desk, part)


def read_part(text: str, view: View) -> Part | None:
    """The part that words mean; None where nothing goes by such a name."""
    said = fold(text)
    found = _PERIOD.search(said)
    what = " ".join(f"{said[: found.start()]} {said[found.end() :]}".split()) if found else said
    span = _span(found, view.today) if found else ""
    if not what:
        return Part(span or f"{view.today:%Y-%m}")
    line = read(f"1 {what}", view, explicit=True)
    told = line.expenses[0] if isinstance(line, Told) else None
    if told and told.project_id is not None:
        return Part(span or ALL, f"p{told.project_id}")
    return Part(span or str(view.today.year), told.category) if told and told.category else None


def _span(found: re.Match[str], today: date) -> str:
    if found["all"]:
        return ALL
    if found["year"]:
        return found["year"]
    if found["near"]:
        is_last = found["near"] == "last"
        before = today.replace(day=1) - timedelta(days=1)
        if found["unit"] == "year":
            return str(today.year - is_last)
        return f"{before if is_last else today:%Y-%m}"
    month = next(n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(found["month"][:3]))
    year = int(found["of"] or today.year - (month > today.month))
    return f"{year}-{month:02}"


async def press(desk: Desk, span: str, what: str, offset: str) -> None:
    """Older and Newer."""
    part = Part(span, what)
    if part.is_real and await _name(desk, part):
        desk.tapped = "expenses"
        await show(desk, part, int(offset))
    else:
        desk.say("That one is gone.")


async def show(desk: Desk, part: Part, offset: int = 0) -> None:
    """The sums of a part, and a page of its rows."""
    rows = await expenses.page(desk.tx, desk.actor.id, part.cut, offset, PAGE + 1)
    name = await _name(desk, part)
    if not rows and not offset:
        desk.say(f"{name}: nothing yet. {NOTHING_YET}")
        return
    sums = await expenses.sums(desk.tx, desk.actor.id, part.cut)
    buttons = tuple((Choice(_label(desk, row), f"expense:{row.id}:open"),) for row in rows[:PAGE])
    to = f"expenses:{part.span}:{part.what}"
    turns = [Choice("Newer", f"{to}:{max(0, offset - PAGE)}")] if offset else []
    turns += [Choice("Older", f"{to}:{offset + PAGE}")] if len(rows) > PAGE else []
    lines = [f"{name}: {_total(desk, sums)}", *_by_category(desk, sums)]
    if part.what == EVERYTHING and not offset:
        turns += picture.buttons(part.span, len({row.category for row in sums}))
    desk.show(Message(("\n".join(lines),), choices=(*buttons, *((tuple(turns),) if turns else ()))), "expenses")


async def _name(desk: Desk, part: Part) -> str:
    """What a part is called; empty where the actor has no such project, or nobody such a category."""
    year, _, month = part.span.partition("-")
    when = MONTHS[int(month) - 1] if month else year
    if month and int(year) != desk.local.year:
        when = f"{when} {year}"
    if part.what == EVERYTHING:
        return "All of it" if part.span == ALL else when
    what = categories.label(part.what) if part.what in categories.categories() else ""
    if part.cut.project_id is not None:
        known = (await desk.view({"projects"})).projects
        what = next((p.title for p in known if p.id == part.cut.project_id), "")
    return f"{what}, {when}" if what and part.span != ALL else what


def _total(desk: Desk, sums: Sequence[Record]) -> str:
    """A sum a currency: what is not the same money is never added up."""
    totals: dict[str, int] = defaultdict(int)
    for row in sums:
        totals[row.currency] += int(row.minor)
    own = desk.actor.currency or desk.customs.currency
    ordered = sorted(totals.items(), key=lambda pair: (pair[0] != own, pair[0]))
    return " and ".join(show_money(Money(minor, currency), desk.customs) for currency, minor in ordered)


def _by_category(desk: Desk, sums: Sequence[Record]) -> list[str]:
    """A line a category, the largest first."""
    of: dict[str, list[Record]] = defaultdict(list)
    for row in sums:
        of[row.category].append(row)
    if len(of) < 2 and not any(row.distance for row in sums):
        return []
    ordered = sorted(of.items(), key=lambda pair: (-max(int(row.minor) for row in pair[1]), pair[0]))
    return [f"{categories.label(category)}  {', '.join(_amounts(desk, rows))}" for category, rows in ordered]


def _amounts(desk: Desk, rows: Sequence[Record]) -> list[str]:
    shown = []
    for row in rows:
        money = show_money(Money(int(row.minor), row.currency), desk.customs)
        driven = (
            show_distance(Trip(Decimal(int(row.distance)) / HUNDREDTHS, row.unit), desk.customs) if row.distance else ""
        )
        shown.append(" · ".join(x for x in (money, driven) if x))
    return shown


def _label(desk: Desk, row: Record) -> str:
    told = told_of(row)
    day = show_day(told.day, desk.local.date(), desk.customs)
    what = show_distance(told.trip, desk.customs) if told.trip else categories.label(told.category)
    parts = (f"{day[:1].upper()}{day[1:]}", show_money(told.money, desk.customs), what, told.project)
    return " · ".join(part for part in parts if part)[:60]
