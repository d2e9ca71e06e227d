"""Expenses of any kind, for the books."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from handlers.expenses import mileage
from handlers.expenses.amounts import exact
from handlers.expenses.books import Paper, Row
from handlers.expenses.categories import categories
from handlers.expenses.expense import Expense, Money, Trip

YEAR = 2026
LOGGED = datetime(2026, 11, 19, 16, 10)  # noqa: DTZ001 - on the actor's wall
DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", " =", "\t="]), st.text(max_size=9)),
)


@st.composite
def drives(draw: st.DrawFn) -> Expense:
    """A drive priced as it is when it is logged."""
    day, hundredths = draw(DAYS), draw(st.integers(1, 99_999))
    rate, _ = mileage.rate(day, "US") or (0, False)
    trip = Trip(Decimal(hundredths).scaleb(-2), "mi", draw(TEXTS), rate)
    money = Money(mileage.price(trip.distance, rate), "USD")
    return Expense(money, "mileage", day, purpose=draw(TEXTS), trip=trip)


def costs() -> st.SearchStrategy[Expense]:
    """Something bought, in one of several currencies."""
    return st.builds(
        Expense,
        money=st.builds(Money, st.integers(1, 100_000_000), st.sampled_from(["USD", "EUR", "JPY", "KWD"])),
        category=st.sampled_from([key for key in categories() if key != "mileage"]),
        day=DAYS,
        project=st.sampled_from(["", "Copper Falls", "=Brightside"]),
        payee=TEXTS,
        note=TEXTS,
        basis=st.sampled_from(["unsure", "w2", "1099"]),
    )


def rows() -> st.SearchStrategy[tuple[Row, ...]]:
    """A year of them in the order of their days."""
    papers = st.sampled_from([(), (Paper(1, "image/jpeg", 1000),)])
    row = st.builds(Row, st.one_of(costs(), drives()), st.just(LOGGED), TEXTS, papers)
    return st.lists(row, max_size=12).map(lambda some: tuple(sorted(some, key=lambda one: one.expense.day)))


def spent(
    minor: int,
    category: str = "supplies",
    day: str = "2026-11-19",
    currency: str = "USD",
    papers: tuple[Paper, ...] = (),
    **more: Any,
) -> Row:
    """One plain expense."""
    return Row(Expense(Money(minor, currency), category, date.fromisoformat(day), **more), LOGGED, papers=papers)


def drive(distance: str, day: str, unit: str = "mi") -> Row:
    """One drive at the rate of its day."""
    rate, is_provisional = mileage.rate(date.fromisoformat(day), "US") or (None, False)
    trip = Trip(Decimal(distance), unit, rate=rate, is_provisional=is_provisional)
    worth = mileage.price(mileage.rated(trip.distance, unit, "US"), rate) if rate else 0
    return spent(worth, "mileage", day, trip=trip)


def by_hand(some: tuple[Row, ...]) -> dict[str, Decimal]:
    """What it comes to in each currency, added up one by one."""
    totals: dict[str, Decimal] = {}
    for row in some:
        money = row.expense.money
        totals[money.currency] = totals.get(money.currency, Decimal(0)) + exact(money)
    return totals
