"""How an expense reads: "$12.00 · Parking · Thu, Nov 19 · Copper Falls audition"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal

from handlers.expenses import mileage
from handlers.expenses.amounts import exact
from handlers.expenses.categories import label
from handlers.expenses.currencies import minor_digits
from handlers.expenses.expense import Expense, Money, Trip
from handlers.reading.customs import Customs, show_day

_CENTS = {"USD": "¢", "CAD": "¢", "AUD": "¢", "NZD": "¢", "GBP": "p"}
_ROUNDS = {"first": "audition"}


@cache
def _locale(country: str) -> Locale:
    """English as written there, or else as written in the world."""
    try:
        return Locale.parse(f"en_{country}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_001")


def show_money(money: Money, customs: Customs) -> str:
    """The sum exactly, as the actor's country writes it: "$1,234.50", "1.234,50 €"."""
    return format_currency(exact(money), money.currency, locale=_locale(customs.country))


def show_distance(trip: Trip, customs: Customs) -> str:
    """The distance as it was typed: "31.5 mi"."""
    locale = _locale(customs.country)
    return f"{format_decimal(trip.distance.normalize(), locale=locale, decimal_quantization=False)} {trip.unit}"


def show_rate(rate: int, currency: str, customs: Customs) -> str:
    """The rate of one mile or kilometre: "72.5¢", "45p", "€0.305"."""
    minor = Decimal(rate) / 10
    if sign := _CENTS.get(currency):
        return f"{format_decimal(minor, locale=_locale(customs.country))}{sign}"
    value = minor.scaleb(-minor_digits(currency))
    places = max(minor_digits(currency), -int(value.normalize().as_tuple().exponent))
    whole = _locale(customs.country).currency_formats["standard"].pattern.partition(";")[0]
    pattern = whole.replace("0.00", "0." + "0" * places if places else "0")
    return format_currency(value, currency, pattern, locale=_locale(customs.country), currency_digits=False)


def show_trip(trip: Trip, money: Money, day: date, customs: Customs) -> str:
    """The distance and its rate: "31.5 mi at 76¢"; a rate of an earlier year says so."""
    shown = show_distance(trip, customs)
    if trip.rate is None:
        return shown
    is_of_its_unit = mileage.price(trip.distance, trip.rate) == money.minor
    each = "" if is_of_its_unit else {"km": " a mile", "mi": " a kilometre"}[trip.unit]
    shown = f"{shown} at {show_rate(trip.rate, money.currency, customs)}{each}"
    if not trip.is_provisional:
        return shown
    return f"{shown}, the rate of {mileage.last_year(customs.country)} until {day.year}’s is out"


def echo(expense: Expense, customs: Customs, today: date) -> str:
    """What was understood, in one line: money, what for, day, project, who, and what else was said."""
    what = expense.trip and show_trip(expense.trip, expense.money, expense.day, customs)
    money = "" if expense.trip and expense.trip.rate is None else show_money(expense.money, customs)
    told = (
        money,
        what or label(expense.category) or expense.word,
        show_day(expense.day, today, customs),
        show_project(expense),
        expense.trip.destination if expense.trip else "",
        expense.payee,
        "" if not expense.category and expense.note == expense.word else expense.note,
        expense.purpose,
    )
    return " · ".join(part for part in told if part)


def show_project(expense: Expense) -> str:
    """The project with its round: "Copper Falls audition", "Copper Falls callback"."""
    return " ".join(part for part in (expense.project, _ROUNDS.get(expense.round, expense.round)) if part)
