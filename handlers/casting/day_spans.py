"""Days as one speaks of them: several in a row are one span, and some of them may be taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from handlers.casting.line import Days

MOST_DAYS = 366
"""Of a longer span only so many days are looked at."""
_DAY = timedelta(days=1)


def each_day(spans: Iterable[Days]) -> list[date]:
    """Every day of these spans, once and in order."""
    days: set[date] = set()
    for span in spans:
        first, many = min(span), (max(span) - min(span)).days + 1
        days |= {first + _DAY * number for number in range(min(many, MOST_DAYS))}
    return sorted(days)


def grouped(days: Iterable[date]) -> tuple[Days, ...]:
    """Days as spans, the first one first."""
    spans: list[Days] = []
    for day in sorted(set(days)):
        if spans and spans[-1][1] + _DAY == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)


def without(spans: Iterable[Days], taken: Collection[date]) -> tuple[Days, ...]:
    """What is left of these spans."""
    return grouped(day for day in each_day(spans) if day not in taken)


def overlap(one: Days, others: Iterable[Days]) -> Days | None:
    """From the first to the last day that a span shares with the others; None where there is none."""
    shared = [(max(one[0], first), min(one[1], last)) for first, last in others]
    shared = [span for span in shared if span[0] <= span[1]]
    return (min(first for first, _ in shared), max(last for _, last in shared)) if shared else None


def bounds(spans: Sequence[Days]) -> Days:
    """The first and the last day of all."""
    return min(first for first, _ in spans), max(last for _, last in spans)
