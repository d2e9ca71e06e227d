"""What a drive brings where it was driven: at the table's rate of its day, else at the actor's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.expenses.amounts import read_amount
from handlers.expenses.currencies import minor_digits
from handlers.expenses.expense import Expense, Money
from handlers.expenses.mileage import price, rate, rated
from handlers.reading.customs import Customs

HIGHEST_RATE = 1_000_000
"""In tenths of a minor unit: whoever has more for a kilometre has mistyped it."""


def has_table(country: str, day: date) -> bool:
    """Whether a country publishes what a drive brings, so that a rate of one's own counts for nothing."""
    return rate(day, country) is not None


def priced(told: Expense, country: str, own_rate: int | None) -> Expense:
    """An expense with what its drive brings on its day; nothing where no rate is known."""
    trip = told.trip
    if trip is None:
        return told
    tenths, is_provisional = rate(told.day, country) or (own_rate or None, False)
    minor = price(rated(trip.distance, trip.unit, country), tenths) if tenths else 0
    trip = replace(trip, rate=tenths, is_provisional=is_provisional)
    return replace(told, money=Money(minor, told.money.currency), trip=trip)


def read_rate(text: str, currency: str, customs: Customs) -> int | None:
    """A rate as it is typed, "0.30" or "45p", in tenths of a minor unit; None where it is none."""
    amount = read_amount(text, currency, customs)
    if amount is None or amount.value is None or amount.currency != currency:
        return None
    tenths = round(amount.value.scaleb(minor_digits(currency) + 1))
    return tenths if 0 < tenths <= HIGHEST_RATE else None
