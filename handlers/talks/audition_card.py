"""The card of an audition: the last look before saving, and every line of it a door."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from handlers.audition import Audition, card
from handlers.conversation import Fills, NotMine, Opens, Option, Options, Prompt, Question, Reading, View
from handlers.reading.people import fold
from handlers.reading.projects import Look, More, read_look, read_more
from handlers.talks.audition_questions import WhenWasIt
from handlers.talks.tell_expense import on_sight


class Card(Question[str]):
    """The last look before saving; what is typed here are details."""

    of = str
    key = "card"
    skip = "save"
    is_card = reads_numbers = True
    needs: ClassVar[frozenset[str]] = frozenset({"people", "projects", "purse"})

    def __init__(self, audition: Audition, talk_key: str) -> None:
        self.audition = audition
        self.talk_key = talk_key

    def show(self, view: View) -> Prompt:
        body = card(self.audition, view)
        if self.audition.look == Look() and self.audition.more == More():
            body = (*body, "\n\nAnything else? What you wore, hair, headshot, an adjustment.")
        return Prompt(body, self._options())

    def _options(self) -> Options:
        fields = (
            (("What", "what"), ("When", "when"), ("Who", "room")),
            (("Talk", self.talk_key), ("Look", "look"), ("More", "more")),
        )
        rows = tuple(tuple(Option(label, Opens(key)) for label, key in row) for row in fields)
        return ((Option("Save", self.fills("save")),), *rows)

    def read(self, text: str, view: View) -> Reading:
        word, _, rest = text.partition(":")
        if rest.strip() and (reading := self._field(fold(word), rest.strip(), view)):
            return reading
        if fold(text).strip(".! ") in ("save", "ok", "done", "yes", "that's it", "thats it"):
            return self.fills("save")
        if costs := self._costs(text, view):
            return costs
        more, look = read_more(text), read_look(text)
        if more and replace(more, adjustment="") != More():
            return Fills({"more": _merged(self.audition.more, more)})
        return Fills({"look": _merged(self.audition.look, look)}) if look else NotMine()

    def _costs(self, text: str, view: View) -> Reading | None:
        """What was spent goes with the audition: "parking 12, 31 miles"; "no expenses" takes it out again."""
        if self.audition.costs and fold(text).strip(".! ") in ("no expenses", "no costs"):
            return Fills({"costs": ()})
        told = on_sight(text, view)
        return Fills({"costs": (*self.audition.costs, *told)}) if told else None

    def _field(self, word: str, text: str, view: View) -> Reading | None:
        look, more = self.audition.look, self.audition.more
        plain_fields = {
            "wore": {"look": replace(look, wore=text)},
            "hair": {"look": replace(look, hair=text)},
            "headshot": {"look": replace(look, headshot=text)},
            "reel": {"look": replace(look, headshot=f"reel {text}")},
            "adjustment": {"look": replace(look, adjustment=text)},
        }
        if word in plain_fields:
            return Fills(plain_fields[word])
        if word in ("when", "date", "time"):
            return WhenWasIt().read(text, view)
        if word in ("more", "round", "size", "felt", "mode"):
            read = read_more(text)
            return Fills({"more": _merged(more, read)}) if read else None
        return None


def _merged(old: Look | More, new: Look | More) -> Look | More:
    """The new words over the old ones."""
    said = {name: value for name, value in vars(new).items() if value}
    return replace(old, **said)
