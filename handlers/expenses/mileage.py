"""What a drive is worth: the standard rate of the day it was driven, rounded once for each trip."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from handlers.expenses.tables import rows

FARTHEST = Decimal(9999)
"""Of one trip, in its own unit."""
_MILES_IN_A_KM, _KM_IN_A_MILE = Decimal("0.621371"), Decimal("1.609344")
_TABLES = {"US": "mileage_rates.csv"}


@cache
def _periods(country: str) -> tuple[tuple[date, date, int], ...]:
    told = rows(_TABLES[country]) if country in _TABLES else ()
    days = ((date.fromisoformat(row["from"]), date.fromisoformat(row["to"])) for row in told)
    return tuple((*span, int(row["tenths_of_a_cent"])) for span, row in zip(days, told, strict=True))


def rate(day: date, country: str) -> tuple[int, bool] | None:
    """The standard rate of a day in tenths of a cent a mile, and whether it is only the last one known.

    None where no table has one: before 2020, and in other countries.
    """
    periods = _periods(country)
    for first, last, tenths in periods:
        if first <= day <= last:
            return tenths, False
    return (periods[-1][2], True) if periods and day > periods[-1][1] else None


def price(distance: Decimal, tenths: int) -> int:
    """The worth in whole minor units, half a one rounded up; `tenths` of one for each unit of the distance."""
    return int((distance * tenths / 10).quantize(Decimal(1), ROUND_HALF_UP))


def rated(distance: Decimal, unit: str, country: str) -> Decimal:
    """The distance as the rate counts it: the country's table, or the actor's own rate, is for the country's unit.

    Nothing is rounded here, so a trip is rounded once, in its price; it is kept and shown as it was typed.
    """
    if unit == unit_of(country):
        return distance
    return distance * (_MILES_IN_A_KM if unit == "km" else _KM_IN_A_MILE)


def unit_of(country: str) -> str:
    """The unit of a distance told without one."""
    return "mi" if country in ("US", "GB", "LR", "MM") else "km"


def last_year(country: str) -> int:
    """The last year that has a published rate; 0 where there is no table."""
    periods = _periods(country)
    return periods[-1][1].year if periods else 0
