"""Drives in a line: how far, both ways or one, and where to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from handlers.expenses.amounts import read_figures
from handlers.expenses.mileage import FARTHEST, unit_of
from handlers.expenses.sheet import LINK, SUM, Sheet
from handlers.expenses.tables import any_of, like, table, words_in
from handlers.reading.customs import Customs
from handlers.reading.spelling import fold

_DECIMALS = 2
_LONGEST_PLACE = 80


@dataclass(frozen=True)
class Distance:
    """A distance where it stands in a text, not yet doubled; `problem` is the sentence where it cannot be."""

    start: int
    end: int
    value: Decimal
    unit: str
    problem: str = ""


@cache
def _pattern() -> re.Pattern[str]:
    kilometres, miles = any_of(words_in("kilometres")), any_of(words_in("miles"))
    numbers = any_of(word for word in table("line_words.toml")["numbers"] if word != "a")
    return re.compile(
        rf"(?<![\w.,:/$£€#])(?:(?P<count>[0-9]{{1,2}})\s?[x×*]\s?)?(?P<minus>-)?"
        rf"(?:(?P<n>[0-9][0-9.,]{{0,14}}|[.,][0-9]{{1,12}})|(?P<word>{numbers}(?:[\s-]{numbers})?))"
        rf"[\s-]?(?:(?P<km>{kilometres})|(?P<mi>{miles}))(?![\w])\.?(?:\s?[x×*]\s?(?P<times>[0-9]{{1,2}})(?!\w))?",
        re.IGNORECASE,
    )


def find_distances(left: str, customs: Customs) -> list[Distance]:
    """All distances that are told with their unit."""
    return [one for m in _pattern().finditer(left) if (one := _distance(m, customs))]


def bare_distance(left: str, customs: Customs) -> Distance | None:
    """A distance told without a unit, after a word for driving: "drove 14", "mileage 31.5"."""
    m = like(
        r"\b<driven>\b[\s:=]{1,3}(?P<minus>-)?(?P<n>[0-9][0-9.,]{0,14})"
        r"(?![\w:/$£€%]|\s?[$£€]|\s?-?<counted>(?![^\W_]))"
    ).search(left)
    if m is None:
        return None
    value = read_figures(m["n"].rstrip(".,"), "USD", customs)
    start = m.start("minus") if m["minus"] else m.start("n")
    unit = "mi" if "mile" in m[0].casefold() else unit_of(customs.country)
    return _told(start, m.end("n"), value, unit, is_minus=bool(m["minus"])) if value is not None else None


def _distance(m: re.Match[str], customs: Customs) -> Distance | None:
    if m["word"]:
        numbers: dict[str, int] = table("line_words.toml")["numbers"]
        value: Decimal | None = Decimal(sum(numbers.get(word, 0) for word in re.split(r"[\s-]", m["word"].casefold())))
    else:
        value = read_figures(m["n"].rstrip(".,"), "USD", customs)
    if value is None:
        return None
    value *= int(m["count"] or 1) * int(m["times"] or 1)
    return _told(m.start(), m.end(), value, "km" if m["km"] else "mi", is_minus=bool(m["minus"]))


def _told(start: int, end: int, value: Decimal, unit: str, *, is_minus: bool) -> Distance:
    return Distance(start, end, value, unit, _problem(value, unit, is_minus=is_minus))


def _problem(value: Decimal, unit: str, *, is_minus: bool) -> str:
    shown = f"{value:f} {unit}" if value <= FARTHEST * 1000 else "That"
    if value == 0:
        return f"0 {unit} isn't a trip. How far was it?"
    if is_minus:
        return "Distances start above 0. To take back the last one: /undo"
    if value > FARTHEST:
        return f"{shown} is too far for one trip. How far was it?"
    if -int(value.as_tuple().exponent) > _DECIMALS:
        return f"{shown} has too many decimals. Type it like {round(value, _DECIMALS):f} {unit}."
    return ""


def take_ways(sheet: Sheet) -> int:
    """How often the distance was driven: 2 where it was told of each way, 1 where it was told in all."""
    if each := like(r"(?<!\w)<both_ways>(?!\w)").search(sheet.left):
        sheet.take(each.start(), each.end())
        return 2
    if whole := like(r"(?<!\w)<in_all>(?!\w)").search(sheet.left):
        sheet.take(whole.start(), whole.end())
    return 1


_STOPS = (
    rf"(?=\s*(?:[,;\n{SUM}{LINK}]|$)|\s(?:for|with|w/|w|on|from|and|then|re|about|because|&|\+)\s"
    rf"|\s(?:and|for|from)\s?[{SUM}{LINK}])"
)


def take_destination(sheet: Sheet) -> str:
    """Where it went, after "to" or "at"; empty where that is the project."""
    for m in re.finditer(
        rf"(?<!\w)(?:to|at|@)\s+([^,;\n{SUM}{LINK}]{{1,{_LONGEST_PLACE}}}?){_STOPS}", sheet.left, re.IGNORECASE
    ):
        place = m[1].strip(" .!?-")
        words = [word for word in fold(place).split() if word not in words_in("fillers")]
        if words:
            sheet.take(m.start(), m.end())
            return place
    return ""


def take_start(sheet: Sheet) -> str:
    """Where it began, with its "from"."""
    m = re.search(rf"(?<!\w)from\s+[^,;\n{SUM}{LINK}]{{1,{_LONGEST_PLACE}}}?{_STOPS}", sheet.left, re.IGNORECASE)
    return sheet.take(m.start(), m.end()).strip(" .!?-") if m else ""


def take_purpose(sheet: Sheet) -> str:
    """What for, after "for", "re" or "about"; empty where that is the project."""
    pattern = rf"(?<!\w)(?:<purposes>):?\s+([^,;\n{SUM}{LINK}]{{2,160}}?)(?=\s*(?:[,;\n{SUM}{LINK}]|$))"
    for m in like(pattern).finditer(sheet.left):
        what = m[1].strip(" .!?-")
        words = [word for word in fold(what).split() if word not in words_in("fillers") and not word.isdigit()]
        if words and words[0] not in ("one", "two", "three", "four"):
            sheet.take(m.start(), m.end())
            return what
    return ""
