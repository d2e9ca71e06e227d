"""Sums of money as actors type them, read exactly: "12.50", "1.234,50 EUR", "4x $40", "twelve bucks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import UnknownLocaleError
from babel.numbers import get_decimal_symbol

from handlers.expenses.currencies import (
    codes,
    codes_in_capitals,
    currency_of,
    minor_digits,
    money_words,
    signs,
    slang,
    small_of,
    small_words,
)
from handlers.expenses.expense import Money
from handlers.expenses.tables import any_of, table, words_in
from handlers.reading.customs import Customs

MOST = Decimal(1_000_000)
_MOST_FIGURES = 24
_FIGURES = r"(?:[0-9][0-9.,']*[0-9]|[0-9]|[.,][0-9]+)"


@dataclass(frozen=True)
class Amount:
    """A sum where it stands in a text; `value` is None where the figures tell none."""

    start: int
    end: int
    value: Decimal | None
    currency: str
    said: str
    is_marked: bool
    """Told by its signs to be money, or written to the hundredth: "$12", "12.50"; not so "12"."""
    problem: str = ""
    """The sentence for the actor, where it cannot be."""


def exact(money: Money) -> Decimal:
    """The sum in whole units of its currency."""
    return Decimal(money.minor).scaleb(-minor_digits(money.currency))


def in_minor(value: Decimal, currency: str) -> Money:
    """The sum in minor units; the value has no more decimals than the currency."""
    return Money(int(value.scaleb(minor_digits(currency))), currency)


def find_amounts(text: str, home: str, customs: Customs) -> list[Amount]:
    """All that may be sums, in their order; `home` is the currency of those that name none."""
    found = list(_found(text, home, customs))
    return found or list(_in_words(text, home))


def read_amount(text: str, home: str, customs: Customs) -> Amount | None:
    """The sum that the whole text is, but for "it was" and the like; None if it is no sum, or two."""
    found = find_amounts(text[:200], home, customs)
    if len(found) != 1:
        return None
    rest = re.findall(r"[^\W_]+", text[: found[0].start] + " " + text[found[0].end : 200])
    return found[0] if {word.casefold() for word in rest} <= words_in("fillers") else None


# Figures


@cache
def _pattern() -> re.Pattern[str]:
    sign_words, words, code_words = any_of(signs()), any_of(money_words()), any_of(codes())
    small = any_of(small_words())
    capitals = any_of(codes_in_capitals())
    sign = rf"(?:{sign_words}|(?-i:{capitals}|[A-Z]{{3}})(?![A-Za-z])|{code_words}(?![^\W\d_]))"
    return re.compile(
        rf"(?<![\w.,:/@#%+*])(?<!\d-)(?<!\d:)"
        rf"(?:(?P<count>[0-9]{{1,3}})\s?(?:[x×*](?=[\s0-9.$£€])|@)\s?)?"
        rf"(?P<minus>(?:-|\bminus\s|\bnegative\s)(?=[^\s-]))?(?P<before>{sign}\s?)?(?P<minus2>-)?"
        rf"(?P<figures>{_FIGURES})"
        rf"(?:(?P<k>\s?k)(?![\w]))?(?:-(?=[^\W\d_]))?"
        rf"(?:\s?(?P<after>{sign_words}|(?:{words}|{code_words}|(?-i:{capitals}|[A-Z]{{3}}))(?![\w]))"
        rf"|\s?(?P<small>{small})(?![\w]))?"
        rf"(?:\s?[x×]\s?(?P<times>[0-9]{{1,3}})(?![\w.,]))?"
        rf"(?![\w%]|[:/@]\d|-\d|[.,'][0-9])",
        re.IGNORECASE,
    )


def _found(text: str, home: str, customs: Customs) -> Iterator[Amount]:
    for m in _pattern().finditer(text):
        before, after = (m["before"] or "").strip(), m["after"] or ""
        currency, is_known = currency_of(before or after, home)
        start, end, second = m.start(), m.end(), before and after
        if not is_known or (second and currency_of(after, home)[0] != currency):
            # "ADR 12" or "12 NBC": capitals, but no money.
            start, end, currency = m.start("figures"), m.end("figures"), home
            before = after = ""
        small = m["small"]
        if small and small.casefold() == "p" and home != "GBP":
            if m["figures"] + small in m[0] and not before:
                continue  # "12p" is an hour
            small, end = "", m.end("figures")
        if small:
            currency = small_of(small, home)
        value = _value(m, currency, customs, is_small=bool(small))
        is_cents = re.search(r"[.,][0-9]{2}$", m["figures"]) is not None
        is_marked = bool(before or after or small or is_cents or m["count"] or m["times"])
        said = text[start:end].strip()
        minus = bool(m["minus"] or m["minus2"])
        yield Amount(start, end, value, currency, said, is_marked, _problem(value, currency, said, minus=minus))


def _value(m: re.Match[str], currency: str, customs: Customs, *, is_small: bool) -> Decimal | None:
    value = read_figures(m["figures"], currency, customs)
    if value is None:
        return None
    if m["k"]:
        value = (value * 1000).normalize()
    if is_small:
        value = value.scaleb(-minor_digits(currency))
    value *= int(m["count"] or 1) * int(m["times"] or 1)
    return value


def read_figures(figures: str, currency: str, customs: Customs) -> Decimal | None:
    """The number that figures with commas and dots tell; None where they tell none.

    The last of two different signs parts the decimals. One sign before three figures parts the thousands where
    the country writes them so ("1.200" in Germany), and always if it is a comma.
    """
    if len(figures) > _MOST_FIGURES:
        return MOST * 10
    signs = [char for char in figures if not char.isdigit()]
    if not signs:
        return Decimal(figures)
    point = _point(figures, signs, currency, customs)
    whole, _, rest = figures.rpartition(point) if point else (figures, "", "")
    groups = re.split(r"[.,']", whole)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) not in (2, 3) for g in groups[1:])):
        return None
    if len(groups) > 1 and len(groups[-1]) != 3:
        return None
    return Decimal(f"{''.join(groups) or '0'}.{rest}" if rest else "".join(groups))


def _point(figures: str, signs: list[str], currency: str, customs: Customs) -> str:
    """The sign that parts the decimals; empty where there are only thousands."""
    last = signs[-1]
    if len(set(signs)) > 1:
        return last if signs.count(last) == 1 else ""
    if len(signs) > 1 or last == "'":
        return ""
    is_thousand = len(figures.rpartition(last)[2]) == 3 and 1 <= len(figures.partition(last)[0]) <= 3
    if not is_thousand or minor_digits(currency) == 3:
        return last
    return "" if last == "," or _writes_comma(customs, currency) else last


@cache
def _decimal_symbol(country: str) -> str:
    try:
        return get_decimal_symbol(f"en_{country}")
    except UnknownLocaleError:
        return "."


def _writes_comma(customs: Customs, currency: str) -> bool:
    return _decimal_symbol(customs.country) == "," or (currency == "EUR" and customs.country not in ("IE", "MT"))


# What cannot be


def _problem(value: Decimal | None, currency: str, said: str, *, minus: bool) -> str:
    said = said if len(said) <= _MOST_FIGURES else "That"
    if value is None:
        return f"{said} reads two ways. Type it like 1,200.50."
    if value == 0:
        return "0 isn't an amount. What did it cost?"
    if minus:
        return "Amounts start above 0. To take back the last one: /undo"
    if value > MOST:
        return f"{said} is more than I keep: up to 1,000,000.00 at a time. What did it cost?"
    digits = minor_digits(currency)
    if -int(value.as_tuple().exponent) <= digits:
        return ""
    like = f"Type it like {value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}."
    return f"{said} has too many decimals. {like}" if digits else f"{currency} has no decimals. {like}"


# Words


@cache
def _word_pattern() -> re.Pattern[str]:
    numbers = any_of(table("line_words.toml")["numbers"])
    notes = any_of(slang())
    money = any_of([*money_words(), *small_words()])
    return re.compile(
        rf"(?<![\w'])(?P<n>{numbers}(?:(?:\s|-|\sand\s){numbers}){{0,5}})\s(?P<of>{money})(?!\w)|(?<![\w'])(?:a\s)?(?P<note>{notes})(?!\w)",
        re.IGNORECASE,
    )


def _in_words(text: str, home: str) -> Iterator[Amount]:
    """Number words, but only before a word for money: "twelve bucks"."""
    for m in _word_pattern().finditer(text):
        if m["note"]:
            yield Amount(m.start(), m.end(), Decimal(slang()[m["note"].casefold()]), home, m[0], is_marked=True)
            continue
        value = _counted(re.split(r"[\s-]+", m["n"].casefold()))
        of = " ".join(m["of"].casefold().split())
        is_small = of in small_words()
        currency = small_of(of, home) if is_small else currency_of(of, home)[0]
        value = value.scaleb(-minor_digits(currency)) if is_small else value
        yield Amount(
            m.start(),
            m.end(),
            value,
            currency,
            m[0],
            is_marked=True,
            problem=_problem(value, currency, m[0], minus=False),
        )


def _counted(words: list[str]) -> Decimal:
    numbers: dict[str, int] = table("line_words.toml")["numbers"]
    total = part = 0
    for word in words:
        number = numbers.get(word, 0)
        if number == 100:
            part = (part or 1) * 100
        elif number == 1000:
            total, part = total + (part or 1) * 1000, 0
        else:
            part += number
    return Decimal(total + part)
