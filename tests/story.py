"""Whole stories of an actor, kept as text: what is typed and tapped, and each message as it comes.

A line "-- 2026-11-24 09:00 --" moves the clock, "> words" types, "> [Label]" taps the newest button of that label;
all else is what the bot says. `python -m tests.story` plays every story and writes it anew, to be read.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import bot  # noqa: F401 - the process's zone database
from scheduler.wire import Document, Parcel
from storage.database import Database, sqlite_url
from tests.stage import Clock, Phone, Shown, Stage

FOLDER = Path(__file__).parent / "stories"
_ALARMS = re.compile(r"BEGIN:VALARM.*?END:VALARM\n", re.DOTALL)
_FILE_LINES = re.compile(r"^(SEQUENCE|STATUS|DTSTART|DTEND|SUMMARY|LOCATION|DESCRIPTION)\b[^:]*:(.*)$", re.MULTILINE)


class Story(Phone):
    """A phone that writes down what happens on it."""

    def __init__(self, zone: str, clock: Clock) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._zone, self._clock = ZoneInfo(zone), clock
        self._moment = ""

    def moves_on(self, wall: str = "") -> None:
        """Write down what time it is, where it is another than before."""
        wall = wall or self._clock().astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        if wall != self._moment:
            self._moment = wall
            self.lines.append(f"-- {wall} --")

    async def send(self, parcel: Parcel) -> str:
        """Show it, and write down what is to be seen of it."""
        screen = self.chats.get(parcel.to.chat, [])
        before = {shown.id: shown.text for shown in screen}
        self.moves_on()
        id_ = await super().send(parcel)
        shown = next(shown for shown in self.chats[parcel.to.chat] if shown.id == id_)
        if id_ not in before or before[id_] != shown.text or shown.labels:
            self.lines.append(_as_read(shown, is_new=id_ not in before))
        return id_

    def still_standing(self) -> str:
        """The messages whose buttons can still be tapped, by their first words; Undo alone is not worth telling."""
        every = [shown for screen in self.chats.values() for shown in screen if set(shown.labels) - {"Undo"}]
        lines = [f"{shown.text.splitlines()[0]} {_row(shown.labels)}" for shown in every]
        return "\n".join(("-- what can still be tapped --", *lines))


def _row(labels: Iterable[str]) -> str:
    return " ".join(f"[{label}]" for label in labels)


def _as_read(shown: Shown, *, is_new: bool) -> str:
    rows = [_row(choice.label for choice in row) for row in shown.message.choices]
    lines = [shown.text, *([_file(shown.document)] if shown.document else []), *rows]
    return "\n".join(([] if is_new else ["(same message)"]) + lines)


def _file(document: Document) -> str:
    content = document.content.decode().replace("\r\n ", "").replace("\r\n", "\n")
    told = [f"  {key} {value}" for key, value in _FILE_LINES.findall(_ALARMS.sub("", content))]
    return "\n".join((f"({document.name})", *told))


def acts(text: str) -> Iterator[str]:
    """What moves the story: the lines that begin with "--" or ">"."""
    held: list[str] = []
    for line in text.splitlines():
        if held and not line.startswith("> "):
            yield "\n".join(held)
            held = []
        if line.startswith("> "):
            held.append(line)
        elif re.fullmatch(r"-- \d.* --", line):
            yield line
    if held:
        yield "\n".join(held)


async def played(text: str, database: Database) -> str:
    """The same story as it goes today; its first line is what it is about, its second where the actor lives."""
    about, zone, *_ = text.splitlines()
    moments = list(acts(text))
    stage = Stage(database, moments[0].strip("- "), zone)
    story = stage.phone = Story(zone, stage.clock)
    stage.begin_anew()
    for act in moments:
        if act.startswith("-- "):
            wall = act.strip("- ")
            await stage.comes(wall)
            story.moves_on(wall)
            continue
        story.moves_on()
        words = "\n".join(line.removeprefix("> ") for line in act.splitlines())
        story.lines.append(act)
        await (stage.nora.taps(words[1:-1]) if re.fullmatch(r"\[.*\]", words) else stage.nora.says(words))
    return "\n\n".join((f"{about}\n{zone}", *story.lines, story.still_standing())) + "\n"


async def _write(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "story.db"))
        await database.upgrade()
        path.write_text(await played(path.read_text(encoding="utf-8"), database), encoding="utf-8")  # noqa: ASYNC240 - a command, nobody waits
        await database.close()


if __name__ == "__main__":
    import sys

    for path in sorted(FOLDER.glob("*.txt")):
        if not sys.argv[1:] or path.stem in sys.argv[1:]:
            asyncio.run(_write(path))
