"""The reading held against lines that were written from the trade alone, without sight of its tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handlers.expenses.amounts import exact
from handlers.expenses.expense import Expense, Line, NoAmount, Refused, Told
from handlers.expenses.mileage import rated
from tests.handlers.expense_lines import read

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("expense_lines_blind.toml").read_text("utf-8"))[
    "case"
]
REFUSALS = {
    "zero": ("0 isn't an amount", " isn't a trip"),
    "negative": ("start above 0",),
    "absurd": ("is more than I keep", "is too far for one trip"),
    "unreadable": ("reads two ways", "too many decimals"),
}


def row(expense: Expense, wanted: Mapping[str, Any], country: str) -> dict[str, Any]:
    """What the expense says of all that is wanted; miles as they are priced."""
    trip = expense.trip
    miles = rated(trip.distance, trip.unit, country) if trip else None
    told = {
        "amount": f"{exact(expense.money)}",
        "currency": expense.money.currency,
        "category": expense.category,
        "day": expense.day.isoformat(),
        "project": expense.project,
        "miles": None if miles is None else f"{miles:f}",
        "note": expense.note,
        "payee": expense.payee,
        "round": expense.round,
    }
    return {key: told[key] for key in wanted}


def outcome(case: Mapping[str, Any], line: Line | None) -> object:
    if isinstance(line, Told):
        country = case.get("country", "US")
        rows = [*case.get("rows", ()), {}, {}, {}][: len(line.expenses)]
        return [row(*pair, country) for pair in zip(line.expenses, rows, strict=True)]
    if isinstance(line, NoAmount):
        return "asks the amount"
    if isinstance(line, Refused):
        if "is still ahead" in line.reason:
            return "asks the day"
        return next((key for key, said in REFUSALS.items() if any(part in line.reason for part in said)), line.reason)
    return None


def wanted(case: Mapping[str, Any]) -> object:
    if "rows" in case:
        return case["rows"]
    if "asks" in case:
        return f"asks the {case['asks']}"
    return case.get("refused")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["line"]) for case in CASES])
def test_a_line_written_blind(case: dict[str, Any]) -> None:
    line = read(case["line"], case.get("country", "US"), explicit=case.get("explicit", False))
    assert outcome(case, line) == wanted(case)
