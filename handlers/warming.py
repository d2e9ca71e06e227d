"""The first date and the first note of a process read their tables: done beside the start, so that nobody waits."""

from __future__ import annotations

from datetime import date

from handlers.reading import dates
from handlers.reading.customs import customs_of
from handlers.writing.followup import Brief, Fact, Meeting
from handlers.writing.safe import write_safe

_DAY = date(2026, 1, 1)


def warm() -> None:
    """Read a date, and write and check a note, which take half a second the first time."""
    dates.warm()
    facts = (Fact("she's running the turkey trot with her dad on thursday", _DAY, _DAY),)
    meetings = (Meeting(_DAY, "Copper Falls", "Nurse Ray"),)
    write_safe(Brief("Tess", "Nora", meetings, facts=facts), _DAY, customs_of("US"))
