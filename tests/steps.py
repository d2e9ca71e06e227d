"""Lines about projects as the reading will give them, told by typing a word that stands for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

from handlers.casting import telling
from handlers.casting.line import CastingLine, When
from handlers.conversation import View
from tests.stage import Person, Shown, Stage


@contextmanager
def understood() -> Iterator[dict[str, CastingLine]]:
    """Words and what is read in them, whatever the reading itself would say."""
    lines: dict[str, CastingLine] = {}

    def read(text: str, view: View) -> CastingLine | None:
        return lines.get(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "read_casting", read)
        yield lines


class Teller:
    """Tells a person's lines one by one."""

    def __init__(self, lines: dict[str, CastingLine], stage: Stage) -> None:
        self._lines = lines
        self.stage = stage

    @property
    def nora(self) -> Person:
        return self.stage.nora

    @property
    def card(self) -> Shown:
        """The last message that is no file."""
        return next(shown for shown in reversed(self.nora.screen) if shown.document is None)

    async def __call__(self, kind: str, project: str = "", person: Person | None = None, **told: Any) -> list[str]:
        """Tell a line of Nora's, or of somebody else's; returns what was said anew."""
        words = f"line {len(self._lines)}"
        self._lines[words] = CastingLine(kind, project=project, **told)
        return await (person or self.nora).says(words)


def when(wall: str, **more: Any) -> When:
    """A day, or a day and a time, like "2026-11-24 11:00"."""
    moment = datetime.fromisoformat(wall)
    return When(moment.date(), moment.time() if " " in wall else None, **more)


def span(first: str, last: str = "") -> tuple[tuple[date, date], ...]:
    """Days from one to another."""
    return ((date.fromisoformat(first), date.fromisoformat(last or first)),)
