"""The currencies: their codes, signs and words, and how small their coins are."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel.numbers import get_currency_precision, list_currencies

from handlers.expenses.tables import table

_FILE = "currencies.toml"


def _rows() -> dict[str, Any]:
    rows: dict[str, Any] = table(_FILE)["currency"]
    return rows


def _dollar(key: str) -> list[str]:
    words: list[str] = table(_FILE)[f"dollar_{key}"]
    return words


def minor_digits(currency: str) -> int:
    """How many digits its smallest coin takes."""
    row = _rows().get(currency)
    return int(row["minor"]) if row else int(get_currency_precision(currency))


@cache
def _names() -> dict[str, str]:
    """The code of each sign and word but for the dollar's."""
    return {said: code for code, row in _rows().items() for said in (*row["symbols"], *row["words"])}


def signs() -> list[str]:
    """All signs of money."""
    return [sign for row in _rows().values() for sign in row["symbols"]] + _dollar("signs")


def money_words() -> list[str]:
    """All words for money, codes in small letters among them."""
    return [word for row in _rows().values() for word in row["words"]] + _dollar("words")


def codes() -> list[str]:
    """The codes that are no words, in whatever letters."""
    return [code for code in _rows() if code not in table(_FILE)["codes_in_capitals"]]


def small_words() -> dict[str, str]:
    """The currency of each word for a hundredth; of cents, the dollar or the euro."""
    small = {word: code for code, row in _rows().items() for word in row.get("small_words", [])}
    return small | dict.fromkeys(_dollar("small_words"), "")


def small_of(word: str, home: str) -> str:
    """The currency a word for a hundredth is of."""
    code = small_words()[word.casefold()]
    return code or (home if home in (*table(_FILE)["dollars"], "EUR") else "USD")


def currency_of(said: str, home: str) -> tuple[str, bool]:
    """The code of what stands beside figures, and whether it is money at all."""
    plain = " ".join(said.casefold().split())
    if not plain:
        return home, True
    if plain in _dollar("signs") or plain in _dollar("words"):
        return (home if home in table(_FILE)["dollars"] else "USD"), True
    code = _names().get(plain, said.upper())
    return code, code in _rows() or (said.isupper() and code in _all_codes())


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(list_currencies())


def codes_in_capitals() -> list[str]:
    """The codes that are words too."""
    found: list[str] = table(_FILE)["codes_in_capitals"]
    return found


def slang() -> dict[str, int]:
    """What a note is called: "a tenner"."""
    notes: dict[str, int] = table(_FILE)["slang"]
    return notes
