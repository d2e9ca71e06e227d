"""One line under an expense where a tax rule is easily missed; never advice, and in the United States only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from handlers.expenses.amounts import exact
from handlers.expenses.categories import folded
from handlers.expenses.expense import Expense
from handlers.expenses.tables import table
from handlers.reading.people import Known

_FILE = "warnings.toml"


def warning(expense: Expense, country: str, people: Sequence[Known] = (), *, has_receipt: bool = False) -> str:
    """The line to be said, the first of the table that fits; empty in other countries, and mostly."""
    rows = table(_FILE)
    if country != rows["country"]:
        return ""
    fits: dict[str, Callable[[], bool]] = {
        "w2": lambda: expense.basis == "w2",
        "lodging": lambda: expense.category == "travel" and not has_receipt and _says(expense, "lodging", "words"),
        "big_item": lambda: expense.category in rows["big_item"]["categories"] and _is_over(expense, "big_item"),
        "gift_to_casting": lambda: expense.category == "gifts" and _is_for_casting(expense, people),
        "gift": lambda: expense.category == "gifts" and _is_over(expense, "gift"),
        "street_clothes": lambda: expense.category == "wardrobe" and not _says(expense, "street_clothes", "but"),
    }
    key = next((key for key, is_so in fits.items() if is_so()), "") or _of_a_meal(expense)
    return str(rows[key]["says"]) if key else ""


def _row(key: str) -> dict[str, Any]:
    row: dict[str, Any] = table(_FILE)[key]
    return row


def _is_over(expense: Expense, key: str) -> bool:
    return expense.money.currency == table(_FILE)["currency"] and exact(expense.money) > Decimal(_row(key)["over"])


def _says(expense: Expense, key: str, words: str) -> bool:
    """Whether one of the table's words was said."""
    said = f" {folded(expense.word)} {folded(expense.note)} {folded(expense.payee)} "
    return any(f" {folded(word)} " in said for word in _row(key)[words])


def _is_for_casting(expense: Expense, people: Sequence[Known]) -> bool:
    person = next((one for one in people if one.id == expense.person_id), None)
    return (person is not None and person.job in _row("gift_to_casting")["jobs"]) or _says(
        expense, "gift_to_casting", "words"
    )


def _of_a_meal(expense: Expense) -> str:
    """Which of who and why a meal is without; what was noted or a project may be the why."""
    if expense.category != "meals":
        return ""
    has_why = bool(expense.purpose or expense.project or _is_told(expense))
    if expense.payee:
        return "" if has_why else "meal_without_why"
    return "meal_without_who" if has_why else "meal_without_either"


def _is_told(expense: Expense) -> bool:
    """Whether the note says more than what was eaten: "coffee" is no why."""
    return bool(expense.note) and folded(expense.note) != folded(expense.word)
