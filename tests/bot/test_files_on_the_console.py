"""On the console a file is written beside the database, and where is said."""

from __future__ import annotations

from pathlib import Path

from bot.console import FILES, Screen
from handlers.messages import Choice, Sender, plain
from scheduler.wire import Document, Parcel

YOU = Sender("console", "you", "console")


async def written(folder: Path, printed: list[str], content: bytes = b"BEGIN:VCALENDAR") -> None:
    message = plain("Copper Falls, Friday 9:00.", (Choice("Undo", "undo:1"),))
    screen = Screen(printed.append, folder)
    await screen.send(Parcel(YOU, message, document=Document("copper falls.ics", "text/calendar", content)))


async def test_a_file_is_written_and_no_other_is_overwritten(tmp_path: Path) -> None:
    folder, printed = tmp_path / FILES, list[str]()
    for content in (b"one", b"two"):
        await written(folder, printed, content)
    first, second = folder / "copper falls.ics", folder / "copper falls 2.ics"
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    said = ["Copper Falls, Friday 9:00.", f"Written to {first}.", "1 Undo", ""]
    assert printed == [*said, said[0], f"Written to {second}.", *said[2:]]


async def test_where_nothing_can_be_written_is_said_too(tmp_path: Path) -> None:
    folder, printed = tmp_path / FILES, list[str]()
    folder.write_text("in the way")
    await written(folder, printed)
    assert printed[1] == f"It cannot be written to {folder}: File exists."
