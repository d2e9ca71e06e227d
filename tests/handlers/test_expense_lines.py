"""An expense in one line: the sum exactly, what it was for, its day, its project; and nothing taken that is none."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import get_currency_precision
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.expenses.amounts import exact, in_minor, read_amount
from handlers.expenses.categories import categories, folded, line, offered
from handlers.expenses.currencies import minor_digits
from handlers.expenses.expense import Expense, Money, Told, Trip
from handlers.expenses.mileage import price, rate
from handlers.expenses.reading import read_line
from handlers.expenses.showing import echo, show_money, show_rate
from handlers.expenses.tables import table
from handlers.expenses.warnings import warning
from handlers.reading.customs import customs_of
from tests.corpus import CORPUS
from tests.handlers.expense_lines import NOW, PEOPLE, as_told, expenses, one, read, view

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("expense_lines.toml").read_text("utf-8"))["case"]
TODAY = NOW.date()
US = customs_of("US")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["line"]) for case in CASES])
def test_a_line(case: dict[str, Any]) -> None:
    country = case.get("country", "US")
    told = as_told(read(case["line"], country, explicit=case.get("explicit", False)), country)
    assert told == {key: case[key] for key in ("tells", "asks", "refused") if key in case}


@pytest.mark.parametrize("case", [case for case in CASES if "tells" in case], ids=lambda case: case["line"])
def test_what_is_taken_on_sight_is_taken_behind_the_command(case: dict[str, Any]) -> None:
    country = case.get("country", "US")
    assert as_told(read(case["line"], country), country)["tells"] == case["tells"]


def test_what_a_line_hangs_on_is_kept_by_its_id() -> None:
    lunch = one("46.20 lunch w priya copper falls callback yesterday")
    assert lunch == Expense(
        Money(4620, "USD"),
        "meals",
        date(2026, 11, 20),
        project="Copper Falls",
        project_id=1,
        round="callback",
        payee="Priya Lindqvist",
        person_id=4,
        word="lunch",
    )


def test_a_word_the_actor_taught_comes_before_the_table() -> None:
    taught = {folded("Tapings"): "accompanist_reader", "zumba": "classes_coaching"}
    taping = one("30 taping w greg", words=taught, explicit=False)
    assert (taping.category, taping.note, taping.payee) == ("accompanist_reader", "", "Greg")
    zumba = one("18 zumba", words=taught, explicit=False)
    assert (zumba.category, zumba.note) == ("classes_coaching", "zumba")


def test_an_unknown_word_is_kept_to_be_asked_about() -> None:
    assert read("18 zumba", explicit=False) is None
    zumba = one("18 zumba for salt year")
    assert (zumba.category, zumba.word, zumba.project) == ("", "zumba", "Salt Year")
    assert set(offered("zumba")) <= set(categories())
    assert offered("taping")[:2] == ("accompanist_reader", "rent_space")


# Money


def test_the_home_currency_is_that_of_the_country_or_the_one_that_was_set() -> None:
    assert one("12 parking", country="GB").money == Money(1200, "GBP")
    assert one("$12 parking", country="CA").money == Money(1200, "CAD")
    assert one("$12 parking", country="GB").money == Money(1200, "USD")
    assert one("12 parking", currency="EUR").money == Money(1200, "EUR")
    assert one("500 parking", country="JP").money == Money(500, "JPY")


def test_the_table_of_currencies_agrees_with_how_they_are_written() -> None:
    for code in table("currencies.toml")["currency"]:
        assert minor_digits(code) == get_currency_precision(code), code


amounts = st.decimals(Decimal("0.01"), Decimal(1_000_000), places=2)
written = st.sampled_from([("US", "USD"), ("US", "EUR"), ("GB", "GBP"), ("CA", "CAD"), ("DE", "EUR"), ("IE", "EUR")])


@settings(deadline=None)
@given(amount=amounts, home=written)
@example(amount=Decimal(1_000_000), home=("DE", "EUR"))
@example(amount=Decimal("1000.00"), home=("DE", "EUR"))
def test_a_sum_is_the_same_typed_kept_and_shown(amount: Decimal, home: tuple[str, str]) -> None:
    customs, currency = customs_of(home[0]), home[1]
    money = in_minor(amount, currency)
    assert exact(money) == amount
    for shown in (show_money(money, customs), f"{amount:f} {currency}", f"{currency} {amount:,}"):
        read_back = read_amount(shown, customs.currency, customs)
        assert read_back is not None
        assert (read_back.value, read_back.currency, read_back.problem) == (amount, currency, "")


@settings(deadline=None)
@given(amount=amounts)
def test_a_line_keeps_its_sum_to_the_cent(amount: Decimal) -> None:
    for text in (f"{amount} parking", f"parking ${amount:,}", f"parking: {amount} copper falls thu"):
        assert exact(one(text, explicit=False).money) == amount


# Days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("", "2026-11-21"),
        ("today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("sat", "2026-11-21"),
        ("thu", "2026-11-19"),
        ("sun", "2026-11-15"),
        ("last thursday", "2026-11-19"),
        ("6/30", "2026-06-30"),
        ("12/5", "2025-12-05"),
        ("nov 3", "2026-11-03"),
        ("3rd november", "2026-11-03"),
        ("12/31/2025", "2025-12-31"),
        ("12/31/19", "2019-12-31"),
        ("2026-01-02", "2026-01-02"),
        ("feb 29, 2024", "2024-02-29"),
        ("3 days ago", "2026-11-18"),
        ("the 3rd", "2026-11-03"),
        ("thu 11/19", "2026-11-19"),
    ],
)
def test_a_day_lies_in_the_past(said: str, day: str) -> None:
    for text in (f"parking $12 {said}", f"{said} $12 parking"):
        assert one(text, explicit=False).day == date.fromisoformat(day)


def test_the_day_comes_first_in_britain() -> None:
    assert one("12 parking 7/11", country="GB").day == date(2026, 11, 7)
    assert one("12 parking 7/11/2025", country="GB").day == date(2025, 11, 7)


# Mileage

CHANGES = [
    "2021-01-01",
    "2022-01-01",
    "2022-07-01",
    "2023-01-01",
    "2024-01-01",
    "2025-01-01",
    "2026-01-01",
    "2026-07-01",
]
RATES = [575, 560, 585, 625, 655, 670, 700, 725, 760]


def test_the_rate_changes_with_the_day() -> None:
    for change, before, after in zip(CHANGES, RATES, RATES[1:], strict=False):
        day = date.fromisoformat(change)
        assert rate(date.fromordinal(day.toordinal() - 1), "US") == (before, False)
        assert rate(day, "US") == (after, False)


def test_before_and_after_the_table() -> None:
    assert rate(date(2020, 1, 1), "US") == (575, False)
    assert rate(date(2019, 12, 31), "US") is None
    assert rate(date(2026, 12, 31), "US") == (760, False)
    assert rate(date(2027, 1, 1), "US") == (760, True)
    assert rate(date(2026, 7, 1), "GB") is None


@pytest.mark.parametrize(
    ("distance", "day", "dollars"),
    [
        ("23.4", "2026-06-30", "$16.97"),
        ("23.4", "2026-07-01", "$17.78"),
        ("14", "2025-12-31", "$9.80"),
        ("31.5", "2026-11-13", "$23.94"),
        ("10", "2022-06-30", "$5.85"),
        ("10", "2022-07-01", "$6.25"),
        ("10", "2023-05-05", "$6.55"),
    ],
)
def test_a_trip_is_priced_at_the_rate_of_its_day(distance: str, day: str, dollars: str) -> None:
    trip = one(f"{distance} mi {day}", explicit=False)
    assert show_money(trip.money, US) == dollars
    assert trip.trip is not None
    assert trip.trip.distance == Decimal(distance)


def test_half_a_cent_is_rounded_up() -> None:
    assert price(Decimal("23.4"), 725) == 1697  # 1696.5
    assert price(Decimal("0.01"), 760) == 1  # 0.76


def test_a_year_without_a_rate_takes_the_last_one_and_says_so() -> None:
    told = expenses(read("31.5mi copper falls", now=datetime.combine(date(2027, 2, 1), time(9))))[0]
    assert told.trip is not None
    assert told.trip.is_provisional
    assert "31.5 mi at 76¢, the rate of 2026 until 2027’s is out" in echo(told, US, date(2027, 2, 1))


def test_kilometres_of_an_american_are_priced_as_miles_and_kept_as_typed() -> None:
    trip = one("50 km")
    assert trip.trip == Trip(Decimal(50), "km", rate=760)
    assert trip.money == Money(2361, "USD")  # 31.06855 miles
    assert echo(trip, US, TODAY) == "$23.61 · 50 km at 76¢ a mile · today"


def test_elsewhere_only_the_actors_own_rate_counts() -> None:
    trip = one("20 miles", country="GB")
    assert trip.trip == Trip(Decimal(20), "mi")
    assert trip.money == Money(0, "GBP")
    own = one("20 miles", country="GB", own_rate=450)
    assert own.money == Money(900, "GBP")
    assert echo(own, customs_of("GB"), TODAY) == "£9.00 · 20 mi at 45p · today"


def test_rates_are_shown_to_the_tenth() -> None:
    assert [show_rate(tenths, "USD", US) for tenths in (760, 725, 5)] == ["76¢", "72.5¢", "0.5¢"]
    assert show_rate(300, "EUR", US) == "€0.30"
    assert show_rate(305, "EUR", US) == "€0.305"


# Categories


def test_every_category_has_its_line_of_the_form() -> None:
    lines = {key: line(key, 2026) for key in categories()}
    other = "27b (other expenses, Part V)"
    assert lines == {
        **dict.fromkeys(("headshots_photos", "marketing", "demo_reel", "casting_sites"), "8"),
        **dict.fromkeys(("mileage", "parking_tolls"), "9"),
        "commission": "10",
        "accompanist_reader": "11",
        "insurance": "15",
        "legal_tax": "17",
        "office_postage": "18",
        "rent_equipment": "20a",
        "rent_space": "20b",
        "supplies": "22",
        "gear": "22",
        "travel": "24a",
        "meals": "24b",
        "phone_internet": "25",
        "home_office": "30",
        **dict.fromkeys(("local_transit", "union_dues", "classes_coaching", "research", "wardrobe"), other),
        **dict.fromkeys(("hair_makeup", "gifts", "subscriptions", "bank_fees", "other"), other),
    }


@pytest.mark.parametrize(
    ("year", "number"), [(2020, "27a"), (2022, "27a"), (2023, "27a"), (2024, "27b"), (2025, "27b"), (2040, "27b")]
)
def test_the_line_for_other_expenses_has_moved_once(year: int, number: str) -> None:
    assert line("union_dues", year) == f"{number} (other expenses, Part V)"
    assert line("meals", year) == "24b"


EVERY_WORD = [
    (key, word) for key, row in table("categories.toml")["category"].items() for word in (*row["words"], *row["things"])
]


def test_every_word_of_the_table_tells_its_category() -> None:
    wrong = {
        word: got for key, word in EVERY_WORD if (got := one(f"$12.50 {word}").category) != key and key != "mileage"
    }
    assert wrong == {}


def test_no_word_stands_in_two_categories() -> None:
    words = [folded(word) for _, word in EVERY_WORD]
    twice = {word for word in words if len({key for key, w in EVERY_WORD if folded(w) == word}) > 1}
    assert twice == set()


# Warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("38 yellow cardigan brightside", "Everyday clothes rarely count for tax."),
        ("60 costume", ""),
        ("80 dance shoes", ""),
        ("25 gift for mom", ""),
        ("25.01 gift for mom", "Of gifts, $25 a person a year counts for tax."),
        ("20 flowers for tess", "A gift to casting can look like asking for the part."),
        ("2500 laptop", ""),
        ("2500.01 laptop", "Over $2,500 for one item: ask a tax preparer how it counts."),
        ("46.20 lunch w priya", "For tax it needs a why: reply with it."),
        ("46.20 lunch w priya re winter submissions", ""),
        ("46.20 lunch w priya copper falls", ""),
        ("46.20 lunch", "For tax it needs who and why: reply with both."),
        ("46.20 lunch copper falls", "For tax it needs a who: reply with it."),
        ("240 hotel san diego", "Lodging needs its receipt at any amount: send a photo."),
        ("240 flight san diego", ""),
        ("12 parking", ""),
        ("31.5 mi", ""),
    ],
)
def test_a_warning_is_one_line_and_american(text: str, said: str) -> None:
    assert warning(one(text), "US", PEOPLE) == said
    assert warning(one(text), "GB", PEOPLE) == ""


def test_a_receipt_and_the_way_one_is_paid_change_what_is_said() -> None:
    hotel = one("240 hotel san diego")
    assert warning(hotel, "US", has_receipt=True) == ""
    assert warning(replace(hotel, basis="w2"), "US") == "Costs of W-2 work rarely count on a federal return."


# Whatever is typed


@settings(deadline=None)
@given(
    text=st.text(max_size=300) | st.text("0123456789.,-$€£ x:/+kmi parkingwto\n", max_size=300), explicit=st.booleans()
)
def test_no_text_fails(text: str, explicit: bool) -> None:
    told = read_line(text, view(), explicit=explicit)
    for expense in told.expenses if isinstance(told, Told) else ():
        assert expense.money.minor > 0 or expense.trip
        assert echo(expense, US, TODAY)
        assert warning(expense, "US", PEOPLE) in {
            "",
            *(row["says"] for row in table("warnings.toml").values() if isinstance(row, dict)),
        }


def test_no_line_of_the_corpus_fails() -> None:
    for _, text in CORPUS:
        for explicit in (True, False):
            as_told(read(text, explicit=explicit))


@pytest.mark.parametrize(
    "text", ["1" * 4000, "1," * 2000, "$1 " * 1300, "12 mi " * 660, "parking 12 " * 360, "w " * 2000, "(" * 4000]
)
def test_a_message_of_figures_alone_comes_to_an_end(text: str) -> None:
    as_told(read(text))
