"""The books of what was spent: sums by kind, month, project and rate, and which receipts are missing.

Sums are whole minor units of one currency; two currencies are never put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from babel.numbers import get_currency_symbol

from handlers.expenses import categories, mileage
from handlers.expenses.expense import Expense, Money, Trip
from handlers.expenses.tables import table

US = "US"
_FILE = "books.toml"
_WORD = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)?")


@dataclass(frozen=True)
class Paper:
    """A receipt that was sent; `size` in bytes."""

    file_id: int
    mime: str
    size: int


@dataclass(frozen=True)
class Row:
    """An expense as it is kept; `logged_at` on the actor's wall (naive), `audition` as a line ("1st callback")."""

    expense: Expense
    logged_at: datetime
    audition: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Sum:
    """What was spent under one key: a category, a month ("2026-11"), the title of a project."""

    key: str
    money: Money
    count: int


@dataclass(frozen=True)
class Drives:
    """The drives priced at one rate, which is in tenths of a minor unit; without a rate `form` is nothing.

    `money` is the sum of the drives, each rounded by itself; `form` is the whole distance times the rate, which is
    what a tax form asks for. `rated` is that distance in the unit of the rate, `rated_unit`.
    """

    unit: str
    rate: int | None
    is_provisional: bool
    first: date
    last: date
    distance: Decimal
    rated: Decimal
    rated_unit: str
    money: Money
    form: Money | None

    @property
    def apart(self) -> int:
        """By how many minor units the form is above the sum of the drives."""
        return self.form.minor - self.money.minor if self.form else 0


def sign(currency: str) -> str:
    """What stands before a sum of it: "$", "€", "CA$", "CHF"."""
    return get_currency_symbol(currency, locale="en_US")


# Sums


def totals(rows: Sequence[Row]) -> tuple[Money, ...]:
    """What it comes to in each currency, the one of most expenses first."""
    return tuple(total.money for total in _summed(rows, lambda _row: ""))


def by_category(rows: Sequence[Row]) -> tuple[Sum, ...]:
    """By category and currency, the most costly first."""
    return _summed(rows, lambda row: row.expense.category)


def by_project(rows: Sequence[Row]) -> tuple[Sum, ...]:
    """By project and currency, the most costly first; what belongs to none is left out."""
    return _summed([row for row in rows if row.expense.project], lambda row: row.expense.project)


def by_month(rows: Sequence[Row]) -> tuple[Sum, ...]:
    """By month and currency, the earliest first."""
    found = _summed(rows, lambda row: f"{row.expense.day:%Y-%m}")
    return tuple(sorted(found, key=lambda one: one.key))


def _summed(rows: Sequence[Row], key: Callable[[Row], str]) -> tuple[Sum, ...]:
    minor: Counter[tuple[str, str]] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    for row in rows:
        at = (row.expense.money.currency, key(row))
        minor[at] += row.expense.money.minor
        count[at] += 1
    ranks = {currency: at for at, currency in enumerate(currencies(rows))}
    order = sorted(count, key=lambda at: (ranks[at[0]], -minor[at], at[1]))
    return tuple(Sum(name, Money(minor[currency, name], currency), count[currency, name]) for currency, name in order)


def currencies(rows: Iterable[Row]) -> tuple[str, ...]:
    """The currencies, the one of most expenses first."""
    count = Counter(row.expense.money.currency for row in rows)
    return tuple(sorted(count, key=lambda currency: (-count[currency], currency)))


# Drives


def drives(rows: Iterable[Row], country: str) -> tuple[Drives, ...]:
    """The drives by the rate they were priced at, the earliest first."""
    alike: dict[tuple[Any, ...], list[tuple[Expense, Trip]]] = {}
    for expense in (row.expense for row in rows):
        if trip := expense.trip:
            at = (trip.unit, expense.money.currency, trip.rate, trip.is_provisional)
            alike.setdefault(at, []).append((expense, trip))
    found = [_drives(same, country) for same in alike.values()]
    return tuple(sorted(found, key=lambda one: (one.first, one.unit, one.rate or 0, one.is_provisional)))


def _drives(same: Sequence[tuple[Expense, Trip]], country: str) -> Drives:
    (first, trip), days = same[0], [expense.day for expense, _ in same]
    currency, distance = first.money.currency, sum((one.distance for _, one in same), Decimal(0))
    rated = mileage.rated(distance, trip.unit, country)
    return Drives(
        unit=trip.unit,
        rate=trip.rate,
        is_provisional=trip.is_provisional,
        first=min(days),
        last=max(days),
        distance=distance,
        rated=rated,
        rated_unit=mileage.unit_of(country),
        money=Money(sum(expense.money.minor for expense, _ in same), currency),
        form=None if trip.rate is None else Money(mileage.price(rated, trip.rate), currency),
    )


def distances(rows: Iterable[Row]) -> dict[str, Decimal]:
    """How far it was in all, by unit."""
    found: dict[str, Decimal] = {}
    for trip in (row.expense.trip for row in rows):
        if trip:
            found[trip.unit] = found.get(trip.unit, Decimal(0)) + trip.distance
    return found


# Receipts

Receipt = Literal["yes", "needed", "no"]


def receipt(row: Row, country: str) -> Receipt:
    """Whether there is a receipt, or there should be one."""
    if row.papers:
        return "yes"
    return "needed" if _is_wanted(row.expense, country) else "no"


def missing(rows: Iterable[Row], country: str) -> tuple[Row, ...]:
    """The expenses whose receipt should be there and is not."""
    return tuple(row for row in rows if receipt(row, country) == "needed")


def _is_wanted(expense: Expense, country: str) -> bool:
    known = categories.categories().get(expense.category)
    rule = known.receipt if known else "always"
    if rule == "never" or country != US or rule == "always" or (rule == "lodging" and _is_lodging(expense)):
        return rule != "never"
    return expense.money.currency != "USD" or expense.money.minor >= table(_FILE)["small_below"]


def _is_lodging(expense: Expense) -> bool:
    said = f"{expense.note} {expense.payee}"[:1000].casefold()
    return not set(table(_FILE)["lodging"]).isdisjoint(_WORD.findall(said))
