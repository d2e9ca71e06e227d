"""How an actor's country writes: order of dates, clock and currency, and dates shown that way."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies

HOME = "US"
"""The country taken where none is known."""

_LONGEST_NAME = 80
_FOR_GOOD = date(9999, 1, 1)  # asks for the currency that has no end, so the answer needs no clock

# What people say beside the names of CLDR and of the zone database. Only such codes as are not taken for
# a state of the US or for a word; the other codes count when written in capitals.
_SAID = {
    "us": "US", "usa": "US", "america": "US", "united states of america": "US", "states": "US",
    "uk": "GB", "gb": "GB", "great britain": "GB", "britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "ca": "CA", "au": "AU", "aus": "AU", "oz": "AU", "nz": "NZ", "ie": "IE", "eire": "IE", "republic of ireland": "IE",
    "za": "ZA", "rsa": "ZA", "uae": "AE", "emirates": "AE", "holland": "NL", "korea": "KR", "republic of korea": "KR",
    "czechia": "CZ", "czech republic": "CZ", "turkey": "TR", "ivory coast": "CI", "macedonia": "MK", "burma": "MM",
    "brasil": "BR", "españa": "ES", "espana": "ES", "deutschland": "DE", "trinidad": "TT", "hong kong": "HK",
    "macau": "MO", "macao": "MO", "palestine": "PS", "congo": "CD", "drc": "CD", "swaziland": "SZ",
}  # fmt: skip
_SHORTER = {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "PS": "Palestine"}

_MONEY_SAID = {"dollar": "USD", "pound": "GBP", "quid": "GBP", "sterling": "GBP", "yen": "JPY", "$": "USD", "FR": "CHF"}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@dataclass(frozen=True)
class Customs:
    """How one country writes dates, times and money; `country` and `currency` are ISO codes."""

    country: str
    day_first: bool
    clock24: bool
    currency: str


def fold(text: str) -> str:
    """The text as spellings are compared: lower case, words parted by one space, no accents, dots or apostrophes."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split())).casefold()
    signs = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(_folded(sign) for sign in signs).split())


def _folded(sign: str) -> str:
    if sign.isalnum():
        return sign
    return "" if sign in ".'’‘ʼ`" or unicodedata.category(sign) in ("Mn", "Mc", "Cf", "Cc") else " "


# The zone database


@cache
def zone_countries() -> dict[str, str]:
    """The country of each zone of the zone database, old names left out."""
    return {row[2]: row[0] for row in _table("zone.tab")}


def modern(zone: str) -> str:
    """Today's name of a zone: "Asia/Calcutta" is Asia/Kolkata; an unknown one stays as it is."""
    return zone if zone in zone_countries() else str(get_global("zone_aliases").get(zone, zone))


def country_of(zone: str) -> str:
    """The ISO code of the country a zone lies in, `HOME` when unknown."""
    return zone_countries().get(modern(zone), HOME)


def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country, none when it is unknown."""
    return tuple(zone for zone, code in zone_countries().items() if code == country)


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


# Countries


@cache
def _iso_names() -> dict[str, str]:
    return {row[0]: row[1] for row in _table("iso3166.tab")}


@cache
def _spellings() -> dict[str, str]:
    known = {_spelling(name): code for code, name in _iso_names().items()}
    known |= {_spelling(country_name(code)): code for code in _iso_names()}
    return known | {_spelling(said): code for said, code in _SAID.items()}


def _spelling(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in ("the", "and"))


def find_country(text: str) -> str | None:
    """The ISO code of a country that was named, by its name or its code."""
    if len(text.strip()) > _LONGEST_NAME:
        return None
    code = text.strip()
    return code if code in _iso_names() else _spellings().get(_spelling(code))


def country_name(country: str) -> str:
    """A country's name in English; an unknown code is given back."""
    names = Locale("en").territories
    return _SHORTER.get(country) or (names.get(country, country) if country in _iso_names() else country)


def find_currency(text: str) -> str | None:
    """The ISO code of a currency that was named: "EUR", "euro", "British pounds", "€"."""
    said = text.strip()
    if len(said) > _LONGEST_NAME or not said:
        return None
    names = _currencies()
    plural = _spelling(said)
    return names.get(said.upper()) or names.get(plural) or names.get(plural.removesuffix("s"))


@cache
def _currencies() -> dict[str, str]:
    """What is legal tender somewhere today, by code, name and sign; of a sign the one that means it alone."""
    locale = Locale("en")
    used = sorted({currency_of(code) for code in _iso_names()})
    known = {_spelling(str(locale.currencies.get(code, code))): code for code in used}
    signs = {str(locale.currency_symbols[code]).upper(): code for code in used if code in locale.currency_symbols}
    return known | signs | {code: code for code in used} | _MONEY_SAID


def currency_name(currency: str) -> str:
    """A currency's name in English; an unknown code is given back."""
    return str(Locale("en").currencies.get(currency, currency))


def customs_of(country: str) -> Customs:
    """The customs of a country by its ISO code; those of `HOME` when unknown."""
    code = country.strip().upper() if len(country) < _LONGEST_NAME else HOME
    return _customs(code if code in _iso_names() else HOME)


@cache
def _customs(country: str) -> Customs:
    locale = _locale(country)
    # The long date, not the short one: days are shown in words, and "d MMMM" is what Sweden or
    # South Africa put beside a numeric 2026-11-23.
    order = _letters(locale.date_formats["long"].pattern)
    clock = _letters(locale.time_formats["short"].pattern)
    return Customs(
        country=country,
        day_first=order.find("d") < max(order.find("M"), order.find("L")),
        clock24="h" not in clock and "K" not in clock,
        currency=currency_of(country),
    )


def currency_of(country: str) -> str:
    """The currency that a country pays in now, by its ISO code."""
    return str(next(iter(get_territory_currencies(country, start_date=_FOR_GOOD)), "USD"))


def _locale(country: str) -> Locale:
    """English as written there, or else the country's own language."""
    for name in (f"en_{country}", f"und_{country}"):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")


def _letters(pattern: str) -> str:
    return "".join(pattern.split("'")[::2])  # what stands in quotes is text


# Showing


def show_time(t: time, c: Customs) -> str:
    """The time of day: "9:00 am" or "09:00"."""
    if c.clock24:
        return f"{t.hour:02}:{t.minute:02}"
    return f"{t.hour % 12 or 12}:{t.minute:02} {'am' if t.hour < 12 else 'pm'}"


def show_day(d: date, today: date, c: Customs) -> str:
    """One of "today", "tomorrow", "yesterday", or the date with its weekday; the year only when it is another."""
    return _NEAR.get((d - today).days) or _dated(d, today, c)


def show_when(d: date, t: time | None, today: date, c: Customs) -> str:
    """The day and its time, "tomorrow at 9:00 am" or "Mon, Nov 23, 9:00 am"; without a time the day alone."""
    day = show_day(d, today, c)
    if t is None:
        return day
    return f"{day} at {show_time(t, c)}" if day in _NEAR.values() else f"{day}, {show_time(t, c)}"


def show_days(first: date, last: date, today: date, c: Customs) -> str:
    """The first and the last day, "Sat, Nov 21 – Sun, Nov 22"; one day alone as `show_day` has it."""
    if first == last:
        return show_day(first, today, c)
    return " – ".join(_dated(d, today, c) for d in sorted((first, last)))


def show_dates(first: date, last: date, today: date, c: Customs) -> str:
    """The days always by their dates, for who reads them another day: "Mon, Nov 30 – Tue, Dec 1"."""
    return " – ".join(_dated(d, today, c) for d in sorted({first, last}))


def write_day(d: date, c: Customs) -> str:
    """A date as a draft writes it out: "Saturday, December 5" or "Saturday 5 December"."""
    day, month = _DAYS[d.weekday()], MONTHS[d.month - 1]
    return f"{day} {d.day} {month}" if c.day_first else f"{day}, {month} {d.day}"


def _dated(d: date, today: date, c: Customs) -> str:
    day, month = _DAYS[d.weekday()][:3], MONTHS[d.month - 1][:3]
    shown, comma = (f"{day} {d.day} {month}", "") if c.day_first else (f"{day}, {month} {d.day}", ",")
    return shown if d.year == today.year else f"{shown}{comma} {d.year}"
