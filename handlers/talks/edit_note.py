"""The actor's own words in a follow-up: all of it, or one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from handlers import checking, notes
from handlers.conversation import Again, Option, Prompt, Question, Reading, Talk, View, ask, given
from handlers.desk import Desk, OpenTalk
from handlers.messages import Choice
from handlers.reading.people import fold
from handlers.scripts import Begin
from handlers.talks.tell_news import LONGEST_LINE, keep_items, read_item
from storage import due
from storage.database import Record
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
    await change.update(note_table, note.id, subject=text.subject, body=body, own_on=desk.day, kept=[])
    await change.keep(f"Your words to {note.name}", notes.subject(note.id), desk.now)
    await notes.present(desk, [note.id], lead="Yours, as typed.")
    return None


# What can be done about what the checker says


async def press(desk: Desk, note: Record, verb: str) -> None:
    """Do what a button under the checker's lines says; words that are ours are only shown."""
    await due.cancel(desk.tx, desk.actor.id, "note", [note.id], only_repeat=True)
    if note.own_on is None:
        await notes.redraw(desk, note)
        return
    told = await notes.brief(desk, note, desk.day)
    found = await checking.objections(desk, note, told, desk.day)
    if verb == "news":
        await _keep_as_news(desk, note, [finding.line for finding in found if finding.line])
        return
    safe = await checking.mended(desk, note, told, desk.day) if verb == "fix" else None
    if not found or (safe and (safe.subject, safe.body) == (note.subject, note.body)):
        await notes.redraw(desk, note)
        return
    values = {"subject": safe.subject, "body": safe.body} if safe else {"kept": [*note.kept, *(f.key for f in found)]}
    change = desk.change()
    await change.update(note_table, note.id, **values)
    words = f"Fixed your words to {note.name}" if safe else f"Kept your words to {note.name}"
    await _show_with_undo(desk, note, await change.keep(words, notes.subject(note.id), desk.now))


async def _show_with_undo(desk: Desk, note: Record, change_id: int) -> None:
    now = await find(desk.tx, desk.actor.id, note.id)
    message = await notes.display(desk, now or note)
    choices = (*message.choices, (Choice("Undo", f"undo:{change_id}"),))
    desk.show(replace(message, choices=choices), notes.subject(note.id), folded=f"{note.name}: newer below.")


async def _keep_as_news(desk: Desk, note: Record, lines: list[str]) -> None:
    view = await desk.view()
    items = tuple(read_item(line[:LONGEST_LINE], view) for line in dict.fromkeys(lines))
    if items:
        await keep_items(desk, items)
    await notes.redraw(desk, note)
