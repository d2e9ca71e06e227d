"""Days, and the texts that are ready to copy, as they read in the way of a project."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.casting.line import Days
from handlers.reading.customs import Customs, show_when

_PART = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@cache
def texts() -> dict[str, Any]:
    """The table of texts."""
    return tomllib.loads(files(__package__).joinpath("texts.toml").read_text(encoding="utf-8"))


def text(verb: str, sort: str, slots: Mapping[str, str]) -> str:
    """The text of a verb for a sort of stage; a part in [] is left out where a slot in it is empty."""
    of = texts()[verb]
    return fill(of.get(sort) or of["any"], slots)


def fill(words: str, slots: Mapping[str, str]) -> str:
    """The words with what stands in their slots."""

    def part(found: re.Match[str]) -> str:
        return found[1] if all(slots.get(name) for name in _SLOT.findall(found[1])) else ""

    return _SLOT.sub(lambda found: slots.get(found[1], ""), _PART.sub(part, words))


def dated(day: date, at: time | None, today: date, customs: Customs) -> str:
    """A day always by its date: "Tue, Nov 24, 11:00 am"."""
    afar = date(today.year, 2 if day.month > 6 else 11, 1)
    return show_when(day, at, afar, customs)


def in_passing(day: date, at: time | None, today: date, customs: Customs) -> str:
    """A day within a sentence to the actor: "tomorrow, 11:00 am"."""
    return show_when(day, at, today, customs).replace(" at ", ", ")


def to_others(day: date, at: time | None, today: date, customs: Customs) -> str:
    """A day in a text for somebody who may read it later: "Tue, Nov 24, 11:00 am", "today, 3:00 pm"."""
    return in_passing(day, at, today, customs) if day == today else dated(day, at, today, customs)


def spans(days: Sequence[Days], today: date, customs: Customs) -> str:
    """Several spans of days: "Mon, Nov 30 – Tue, Dec 1; Thu, Dec 3"."""
    both = (dict.fromkeys((first, last)) for first, last in days)
    return "; ".join(" – ".join(dated(day, None, today, customs) for day in span) for span in both)


def are_several(days: Sequence[Days]) -> bool:
    """Whether it is more than one day."""
    return len(days) > 1 or any(first != last for first, last in days)
