"""Links, dates and numbers of a note that stand in nothing that is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.writing.checker_days import dates
from handlers.writing.checker_known import Knowledge
from handlers.writing.checker_stored import NUMBER, Stored, link_key, number
from handlers.writing.checker_text import Reading

_NEVER_NUMBERS = ("24/7", "100%", "110%", "1,000,000", "50/50")


def new_links(reading: Reading, have: Stored) -> Iterator[tuple[int, int]]:
    """Links that nobody told."""
    for start, end in reading.links:
        if link_key(reading.typed(start, end)) not in have.links:
            yield start, end


def new_dates(reading: Reading, known: Knowledge, have: Stored) -> Iterator[tuple[int, int]]:
    """Dates that are those of nothing stored."""
    for dated in dates(reading.masked, day_first=known.customs.day_first):
        if not have.has_date(dated) and reading.masked[dated.start : dated.end] not in _NEVER_NUMBERS:
            yield dated.start, dated.end


def new_numbers(reading: Reading, known: Knowledge, have: Stored) -> Iterator[tuple[int, int]]:
    """Numbers that stand nowhere, in whatever spelling."""
    taken = [(d.start, d.end) for d in dates(reading.masked, day_first=known.customs.day_first)]
    years = {str(day.year) for day in have.days}
    for found in NUMBER.finditer(reading.masked):
        start, end = found.span()
        is_idiom = any(reading.masked.startswith(idiom, start) for idiom in _NEVER_NUMBERS)
        is_heart = found[0] == "3" and reading.masked[start - 1 : start] == "<"
        is_label = is_heart or (
            reading.masked[end : end + 2] in (". ", ") ") and reading.masked[start - 1 : start] in ("", "\n")
        )
        if any(s <= start < e for s, e in taken) or is_idiom or is_label:
            continue
        # "7:30 pm" is told by "7:30", "5k" by "5k"; "19:30" is no other spelling anybody mixes in one note.
        if not all(part in have.numbers or part in years for part in number(found[0]).split("-") if part):
            tail = re.match(r"(?:st|nd|rd|th|k|s| ?[ap]\.?m\b\.?|%)?", reading.masked[end:])
            yield start, end + (tail.end() if tail else 0)
