"""An expense in one line: "12 parking copper falls thu", "31.5mi to the callback", "46.20 lunch w priya"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from handlers.conversation import View
from handlers.expenses import categories, mileage
from handlers.expenses.amounts import Amount, in_minor
from handlers.expenses.days import FoundDay, find_days
from handlers.expenses.expense import Expense, Line, Money, NoAmount, Refused, Told, Trip
from handlers.expenses.links import FoundProject, Payee, as_name, take_payee, take_projects
from handlers.expenses.rounds import take_round
from handlers.expenses.sheet import Sheet, clean, words_of
from handlers.expenses.sums import Segment, Sum, add_up, blot, find_sums, segments
from handlers.expenses.tables import like, words_in
from handlers.expenses.trips import Distance, take_destination, take_purpose, take_start, take_times, take_ways
from handlers.reading.customs import show_day
from handlers.reading.spelling import fold

_LONGEST_ON_SIGHT, _LONGEST_REFUSED = 200, 60
_MOST_WORDS_OVER = 7
_MOST_WORDS_TAUGHT = 3
_LATEST_HOUR = 12
_PAID_BY_NAME = "accompanist_reader"  # "reader 30 greg": a word that is left over is a name
_MONEY_BACK = "Money back isn't a cost. To mend the cost it was for: /expenses"
_COMMAND = re.compile(r"^/?expenses?\b[\s:,]*", re.IGNORECASE)


@dataclass(frozen=True)
class _Reader:
    """What a line is read against."""

    view: View
    explicit: bool
    words: Mapping[str, str]
    home: str
    own_rate: int | None


def read_line(
    text: str,
    view: View,
    *,
    explicit: bool,
    words: Mapping[str, str] | None = None,
    currency: str = "",
    own_rate: int | None = None,
) -> Line | None:
    """The expenses a line tells; None where it is none.

    Explicit is what stands behind /expense: an amount is enough there. On sight it takes an amount or a distance,
    and a known word; "lunch" alone is asked for its amount. `words` are what the actor taught
    (`categories.folded` -> key), `own_rate` is in tenths of a minor unit. The first 500 letters are read.
    """
    if not explicit and len(text) > 2 * _LONGEST_ON_SIGHT:
        return None
    said = clean(text)
    if command := _COMMAND.match(said):
        said, explicit = said[command.end() :].strip(), True
    reader = _Reader(view, explicit, words or {}, currency or view.customs.currency, own_rate)
    sheet = Sheet(said)
    projects = take_projects(sheet, view.projects)
    if not said or (not explicit and _is_about_else(sheet.left)):
        return None
    days = _take_days(sheet, view)
    sums = find_sums(sheet, reader.home, view.customs)
    if not explicit:
        sums = [one for one in sums if _shows(one, sheet, days, reader)]
    if not sums:
        return _without_amount(sheet, reader) if explicit or categories.is_alone(said) else None
    return _told(sheet, sums, projects, days, reader)


def _is_about_else(left: str) -> bool:
    """A question, or a line of an audition, of small talk, of what is to come."""
    return (
        "?" in left
        or len(left) > _LONGEST_ON_SIGHT
        or like(r"(?<![^\W_])<not_expenses>(?![^\W_])").search(left) is not None
    )


def _take_days(sheet: Sheet, view: View) -> list[FoundDay]:
    days = find_days(sheet.left, view.today, day_first=view.customs.day_first)
    for day in days:
        sheet.take(day.start, day.end)
    return days


def _shows(one: Sum, sheet: Sheet, days: list[FoundDay], reader: _Reader) -> bool:
    """Whether figures can be taken without being asked for: not "coaching tues 7"."""
    if isinstance(one, Distance) or one.is_marked:
        return True
    is_hour = one.value is not None and one.value <= _LATEST_HOUR
    if not is_hour or not any(one.start - 2 <= day.end <= one.start for day in days):
        return True
    found = categories.best(sheet.left, categories.find_words(sheet.left, reader.words))
    row = categories.categories().get(found.word.category) if found else None
    return row is not None and not row.happens


# What it tells


def _told(
    sheet: Sheet, sums: list[Sum], projects: list[FoundProject], days: list[FoundDay], reader: _Reader
) -> Line | None:
    parts = segments(sheet, add_up(sheet, sums), reader.words)
    if like(r"(?<![^\W_])<money_back>(?![^\W_])").search(sheet.left):
        return Refused(_MONEY_BACK) if reader.explicit or any(_is_known(sheet, p, reader) for p in parts) else None
    told: list[Expense] = []
    for part in parts:
        if part.sum.problem:
            return Refused(part.sum.problem) if reader.explicit or _is_known(sheet, part, reader) else None
        own = [one for one in projects if part.start <= one.start < part.end] or projects[:1]
        day = next((one for one in days if part.start <= one.start < part.end), days[0] if days else None)
        if day and day.day > reader.view.today:
            return _ahead(day, part, reader)
        expense, known = _expense(sheet, part, own, day.day if day else reader.view.today, reader)
        if told and not expense.category and set(expense.word.split()) <= words_in("same_again"):
            expense, known = replace(expense, category=told[-1].category, word=told[-1].word), True
        if not known and not reader.explicit:
            return None
        told.append(expense)
    if len(projects) <= 1:
        round_ = next((one.round for one in told if one.round), "")
        told = [replace(one, round=round_) for one in told]
    return Told(tuple(told))


def _is_known(sheet: Sheet, part: Segment, reader: _Reader) -> bool:
    """Whether a sum that cannot be is worth a word, unasked."""
    text = sheet.left[part.start : part.end]
    return len(sheet.text) <= _LONGEST_REFUSED and (
        isinstance(part.sum, Distance) or bool(categories.find_words(text, reader.words))
    )


def _ahead(day: FoundDay, part: Segment, reader: _Reader) -> Refused | None:
    if not (reader.explicit or isinstance(part.sum, Distance) or part.sum.is_marked):
        return None
    shown = show_day(day.day, reader.view.today, reader.view.customs)
    done = "driven" if isinstance(part.sum, Distance) else "spent"
    return Refused(f"{shown[0].upper()}{shown[1:]} is still ahead. Log it once it's {done}.")


def _expense(
    whole: Sheet, part: Segment, projects: list[FoundProject], day: date, reader: _Reader
) -> tuple[Expense, bool]:
    """The expense of one part, and whether it may be taken on sight."""
    sheet = whole.part(part.start, part.end)
    one = replace(part.sum, start=part.sum.start - part.start, end=part.sum.end - part.start)
    blot(sheet, one)
    project = projects[0].project if projects else None
    linked = Expense(
        Money(0, reader.home),
        "",
        day,
        project=project.title if project else "",
        project_id=project.id if project else None,
        round=take_round(sheet, has_project=project is not None),
    )
    if isinstance(one, Distance):
        return _trip(sheet, one, linked, reader)
    return _cost(sheet, one, linked, reader)


def _cost(sheet: Sheet, one: Amount, linked: Expense, reader: _Reader) -> tuple[Expense, bool]:
    found = categories.best(sheet.left, categories.find_words(sheet.left, reader.words))
    category = found.word.category if found else ""
    if found and not found.word.is_thing:
        sheet.take(found.start, found.end)
    times = take_times(sheet)
    who = take_payee(sheet, reader.view.people)
    purpose = take_purpose(sheet) if category == "meals" else ""
    note = _note(sheet, category, linked)
    if category == _PAID_BY_NAME and not who.name and (name := as_name(note)):
        who, note = Payee(name), ""
    expense = replace(
        linked,
        money=in_minor((one.value or Decimal(0)) * times, one.currency),
        category=category,
        payee=who.name,
        person_id=who.id,
        note=note,
        purpose=purpose,
        word=categories.folded(found.said) if found else _word(note),
    )
    shy = found is not None and found.word.is_shy and not one.is_marked
    return expense, found is not None and not shy and len(words_of(note)) <= _MOST_WORDS_OVER


def _trip(sheet: Sheet, one: Distance, linked: Expense, reader: _Reader) -> tuple[Expense, bool]:
    distance = one.value * take_ways(sheet)
    destination = take_destination(sheet)
    start = take_start(sheet)
    purpose = take_purpose(sheet)
    who = take_payee(sheet, reader.view.people)
    if driven := like(r"(?<![^\W_])(?:i\s)?<driven>(?![^\W_])").search(sheet.left):
        sheet.take(driven.start(), driven.end())
    trip, money = _priced(distance, one.unit, linked.day, reader)
    note = ", ".join(part for part in (start, _note(sheet, "mileage", linked)) if part)
    expense = replace(
        linked,
        money=money,
        category="mileage",
        payee=who.name,
        person_id=who.id,
        note=note,
        purpose=purpose,
        trip=replace(trip, destination=destination),
        word="mileage",
    )
    return expense, len(words_of(note)) <= _MOST_WORDS_OVER


def _priced(distance: Decimal, unit: str, day: date, reader: _Reader) -> tuple[Trip, Money]:
    """The trip at the actor's own rate, else at the country's of that day, else without a price."""
    counted = mileage.rated(distance, unit, reader.view.customs.country)
    if reader.own_rate is not None:
        return Trip(distance, unit, rate=reader.own_rate), Money(mileage.price(counted, reader.own_rate), reader.home)
    if (found := mileage.rate(day, reader.view.customs.country)) is None:
        return Trip(distance, unit), Money(0, reader.home)
    trip = Trip(distance, unit, rate=found[0], is_provisional=found[1])
    return trip, Money(mileage.price(counted, found[0]), "USD")


def _note(sheet: Sheet, category: str, linked: Expense) -> str:
    """What is left over; empty where it only says the category or the project again."""
    note = sheet.note()
    again = {fold(categories.label(category)), fold(linked.project), fold(linked.round), category}
    return "" if fold(note) in again or not words_of(note) else note


def _word(note: str) -> str:
    """What is to be remembered with the answer to "which kind?": the first words of the note."""
    first = re.split(r"[,;:()\d]|\s(?:for|at|from|to|on|in|with|w|of)\s", note, maxsplit=1)[0]
    return " ".join(categories.folded(first).split()[:_MOST_WORDS_TAUGHT])


def _without_amount(sheet: Sheet, reader: _Reader) -> NoAmount | None:
    found = categories.best(sheet.left, categories.find_words(sheet.left, reader.words))
    said = found.said if found else sheet.note()
    said = said or (sheet.text if words_of(sheet.text) else "")
    return NoAmount((said[:1].upper() + said[1:])[:60], sheet.text) if said else None
