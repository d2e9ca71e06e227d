"""The actor's own words in a follow-up: all of it, or one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers import notes
from handlers.conversation import Again, Option, Prompt, Question, Reading, Talk, View, ask, given
from handlers.desk import Desk, OpenTalk
from handlers.reading.people import fold
from handlers.talking import Begin
from storage.notes import find
from storage.tables import note as note_table

ALIKE = 60
_GREETS = re.compile(r"\s*(hi|hello|hey|dear|good (morning|afternoon|evening))\b", re.IGNORECASE)
NOTHING = "nothing"
PARTS = ("opening", "news", "last line", "all of it")


@dataclass(frozen=True)
class Edit:
    """New words for a note; `part` where it was asked which."""

    note_id: int
    words: str
    part: str = ""


class WhichNote(Question[int]):
    """The note that is edited; nobody is asked for it."""

    of = int
    key = "note"
    optional = True
    skip = 0


class YourWords(Question[str]):
    """What it shall say."""

    of = str
    key = "words"
    skip = ""

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("Your words: all of it, or just the line you'd change.",))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        return self.fills(text) if text.strip() else Again("Type the words.")


class WhichPart(Question[str]):
    """Which part the words are meant for."""

    of = str
    key = "part"
    skip = NOTHING

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(
            ("What do they replace?",), tuple((Option(part.capitalize(), self.fills(part)),) for part in PARTS)
        )

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        part = next((part for part in PARTS if fold(text) in part), "")
        return self.fills(part) if part else Again("Tap one.")


def edit_note() -> Talk[Edit]:
    """One question."""
    note_id = yield from ask(WhichNote())
    return Edit(note_id, (yield from ask(YourWords())))


def place_words() -> Talk[Edit]:
    """The words are there; where they belong is asked."""
    note_id = yield from ask(WhichNote())
    words = yield from ask(YourWords())
    return Edit(note_id, words, (yield from ask(WhichPart())))


def edited(body: str, hook: str, edit: Edit) -> str | None:
    """The text with the new words in their place; None where the place cannot be told."""
    if edit.part == "all of it" or (not edit.part and _is_whole(edit.words)):
        return edit.words
    paragraphs = body.split("\n\n")
    if edit.part:
        place = _place_of(paragraphs, hook, edit.part)
        if place == len(paragraphs) - 1 and edit.part == "last line":
            return "\n\n".join((*paragraphs[:-1], edit.words, paragraphs[-1]))
        return "\n\n".join((*paragraphs[:place], edit.words, *paragraphs[place + 1 :]))
    lines = body.split("\n")
    score, place = max((fuzz.ratio(fold(line), fold(edit.words)), at) for at, line in enumerate(lines))
    if score < ALIKE:
        return None
    bullet = "• " if lines[place].startswith("• ") and not edit.words.startswith("•") else ""
    return "\n".join((*lines[:place], bullet + edit.words, *lines[place + 1 :]))


def _is_whole(words: str) -> bool:
    return bool(_GREETS.match(words)) or len([line for line in words.splitlines() if line.strip()]) >= 3


def _place_of(paragraphs: list[str], hook: str, part: str) -> int:
    last = len(paragraphs) - 1
    if part == "news":
        return next((at for at, p in enumerate(paragraphs) if p.startswith("•")), min(1, last))
    if part == "last line":
        return paragraphs.index(hook) if hook in paragraphs else last
    return min(1, last)


async def keep(desk: Desk, edit: Edit, talk: OpenTalk) -> Begin | None:  # noqa: ARG001
    """Put the words into the note and show its card anew; where the place is unclear, ask."""
    note = await find(desk.tx, desk.actor.id, edit.note_id)
    if note is None or note.state in ("sent", "skipped"):
        desk.say("That note is done. /followups lists what waits.")
        return None
    if not edit.words or edit.part == NOTHING:
        desk.say("Left as it was.")
        return None
    text = await notes.draft(desk, note, desk.day)
    body = edited(text.body, text.hook, edit)
    if body is None:
        return Begin("place_words", given({"note": (int, note.id), "words": (str, edit.words)}))
    change = desk.change()
    await change.update(note_table, note.id, subject=text.subject, body=body, own_on=desk.day)
    await change.keep(f"Your words to {note.name}", notes.subject(note.id), desk.now)
    await notes.present(desk, [note.id], lead="Yours, as typed.")
    return None
