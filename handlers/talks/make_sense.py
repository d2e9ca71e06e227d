"""Words that no open question wanted: neither lost nor guessed, the actor says what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.audition import Moment, Said
from handlers.conversation import Fills, Log, NotMine, Option, Prompt, Question, Reading, Talk, View, ask, given
from handlers.desk import Desk, OpenTalk
from handlers.reading.people import Room
from handlers.reading.projects import What, read_what
from handlers.scripts import Begin
from handlers.talks.audition_questions import read_said, room_in
from handlers.talks.tell_news import Item, WhatYouAreUpTo

MOST_QUOTED = 60
_FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


class TheWords(Question[str]):
    """What was written; nobody is asked for it."""

    of = str
    key = "words"
    optional = True
    skip = ""


class WhatIsIt(Question[str]):
    """An audition, news, or nothing to keep."""

    of = str
    key = "kind"
    skip = "nothing"

    def __init__(self, words: str) -> None:
        self.words = words

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        kinds = (("An audition", "audition"), ("News", "news"), ("Nothing", "nothing"))
        quoted = self.words if len(self.words) <= MOST_QUOTED else f"{self.words[:MOST_QUOTED]}…"
        options = tuple(Option(label, self.fills(kind)) for label, kind in kinds)
        return Prompt((f"“{quoted}”: shall I log this as an audition?",), (options,))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        word = text.casefold().strip(" .!")
        if word in ("yes", "y", "yep", "audition"):
            return self.fills("audition")
        return self.fills("nothing") if word in ("no", "n", "nope") else NotMine()


@dataclass(frozen=True)
class Sense:
    """The words and what they are."""

    words: str
    kind: str


def make_sense() -> Talk[Sense]:
    """One question."""
    words = yield from ask(TheWords())
    return Sense(words, (yield from ask(WhatIsIt(words))))


async def keep(desk: Desk, sense: Sense, talk: OpenTalk) -> Begin | None:  # noqa: ARG001
    """Begin the talk that the words belong to, with what they already tell."""
    view = await desk.view({"people", "projects"})
    if sense.kind == "audition":
        return Begin("audition", told(sense.words, view))
    if sense.kind == "news":
        reading = WhatYouAreUpTo().read(sense.words, view)
        return Begin(
            "news", given({"news": (tuple[Item, ...], reading.values["news"])}) if isinstance(reading, Fills) else ()
        )
    desk.say("Nothing kept.")
    return None


def told(words: str, view: View) -> Log:
    """What an audition's first words tell: always the moment, and project, role and people where they stand."""
    answers: dict[str, tuple[object, object]] = {
        "when": (Moment, Moment(view.today, view.now.time().replace(second=0, microsecond=0)))
    }
    first, *rest = _FIRST_SENTENCE.split(words.strip(), maxsplit=1)
    what = read_what(first, view.projects) if first else None
    if what:
        answers["what"] = (What, what)
    if room := room_in(words, what, view):
        answers["room"] = (Room, room)
    if more := "".join(rest if what else [words]).strip():
        answers["talk:"] = (Said, read_said(more, view))  # what nobody asked for yet is kept with the room
    return given(answers)
