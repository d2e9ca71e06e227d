"""A picture of where the money went: one bar a category or a month, drawn for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from handlers.expenses import books, categories
from handlers.expenses.amounts import exact
from handlers.expenses.books import Row
from handlers.expenses.expense import Money
from handlers.reading.customs import MONTHS

WORTH_IT = 3
"""Fewer bars are read faster as words."""
MOST_BARS = 8
WIDTH, HEIGHT = 1600, 1000  # in pixels, two to a point of 800 x 500; a long year is taller, a few bars are not
MARGIN, GAP, RADIUS = 72, 28, 12
HEAD, TEXT = 68, 50
TOP = MARGIN + HEAD + 56
TALLEST, LOWEST = 128, 80  # a row, of which the bar takes a part
BAR_PART = 0.62
SHORTEST_BAR = 10
LONGEST_LABEL = 24  # in letters
PAPER, INK, SOFT, BAR = "#FBF8F3", "#22252B", "#6B6F78", "#2F7478"
"""A paper of its own, so that it reads alike in a dark chat."""


@dataclass(frozen=True)
class Bar:
    """One bar, and what it stands for."""

    label: str
    money: Money


@dataclass(frozen=True)
class Chart:
    """All that is in the picture; the bars come in the order they are drawn."""

    head: str
    total: Money
    bars: tuple[Bar, ...]


def of_categories(head: str, rows: Sequence[Row]) -> Chart | None:
    """The costliest categories in the currency of most expenses, the small ones together; None where it says little."""
    sums = _main(books.by_category(rows))
    if len(sums) < WORTH_IT:
        return None
    shown = sums if len(sums) <= MOST_BARS else sums[: MOST_BARS - 1]
    bars = [Bar(categories.label(one.key), one.money) for one in shown]
    if left := sums[len(shown) :]:
        bars.append(Bar(f"{len(left)} others", _total(left)))
    return Chart(head, _total(sums), tuple(bars))


def of_months(head: str, rows: Sequence[Row]) -> Chart | None:
    """The months from the first to the last with any; None where they are too few."""
    sums = {one.key: one.money for one in _main(books.by_month(rows))}
    if len(sums) < WORTH_IT:
        return None
    first, last = date.fromisoformat(f"{min(sums)}-01"), date.fromisoformat(f"{max(sums)}-01")
    nothing = Money(0, next(iter(sums.values())).currency)
    months = [date(first.year, month, 1) for month in range(first.month, last.month + 1)]
    bars = tuple(Bar(MONTHS[month.month - 1][:3], sums.get(f"{month:%Y-%m}", nothing)) for month in months)
    return Chart(head, Money(sum(bar.money.minor for bar in bars), nothing.currency), bars)


def _main(sums: Sequence[books.Sum]) -> list[books.Sum]:
    """Those in the first currency that cost anything."""
    return [one for one in sums if one.money.minor and one.money.currency == sums[0].money.currency]


def _total(sums: Sequence[books.Sum]) -> Money:
    return Money(sum(one.money.minor for one in sums), sums[0].money.currency)


# Drawing


def draw(chart: Chart) -> bytes:
    """The picture as PNG."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who wants a picture waits for it

    count = max(1, len(chart.bars))
    row = max(LOWEST, min(TALLEST, (HEIGHT - TOP - MARGIN) // count))
    image = Image.new("RGB", (WIDTH, TOP + row * count + MARGIN), PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, MARGIN), chart.head, INK, _font(HEAD), anchor="lt")
    pen.text((WIDTH - MARGIN, MARGIN), _written(chart.total), SOFT, _font(HEAD), anchor="rt")
    _bars(pen, chart.bars, row)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _bars(pen: Any, bars: Sequence[Bar], row: int) -> None:
    labels = [bar.label[:LONGEST_LABEL] for bar in bars]
    sums = [_written(bar.money) if bar.money.minor else "-" for bar in bars]
    left = MARGIN + _widest(labels) + GAP
    room = max(SHORTEST_BAR, WIDTH - MARGIN - GAP - _widest(sums) - left)
    longest = max((bar.money.minor for bar in bars), default=0) or 1
    for at, (bar, label, shown) in enumerate(zip(bars, labels, sums, strict=True)):
        middle, half = TOP + row * at + row // 2, int(row * BAR_PART / 2)
        right = left + max(SHORTEST_BAR, room * bar.money.minor // longest) if bar.money.minor else left
        if right > left:
            radius = min(RADIUS, (right - left) // 2)
            pen.rounded_rectangle((left, middle - half, right, middle + half), radius, BAR)
        pen.text((left - GAP, middle), label, INK, _font(TEXT), anchor="rm")
        pen.text((right + GAP, middle), shown, SOFT, _font(TEXT), anchor="lm")


def _widest(texts: Sequence[str]) -> int:
    return max((int(_font(TEXT).getlength(text)) for text in texts), default=0)


def _written(money: Money) -> str:
    """A sum; where the font has no sign of the currency, its code stands before it."""
    sign = books.sign(money.currency)
    return f"{sign if sign.isascii() and not sign.isalpha() else f'{money.currency} '}{exact(money):,}"


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.load_default(size)
