"""The questions about an audition: how each is asked, and what may be an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

from handlers.audition import Moment, Said
from handlers.conversation import (
    Again,
    Fills,
    Opens,
    Option,
    Prompt,
    Question,
    Reading,
    View,
    typed_option,
)
from handlers.expenses.expense import Expense
from handlers.reading.customs import show_day, show_when
from handlers.reading.dates import Unclear, read_when
from handlers.reading.people import Room, Someone, fold, pick, read_room, short
from handlers.reading.projects import Look, More, What, read_look, read_more, read_what
from handlers.reading.talk_days import cut_talk_day
from handlers.writing.followup import private

MOST_QUOTED = 60
_READ_FOR = re.compile(r"\b(?:read(?:ing)? for|met(?: with)?)\s+(.{2,120}?)(?=[.!?](?!\w)|\n|$)", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|w/)\s+(.{2,120}?)(?=[.!?](?!\w)|\n|$)", re.IGNORECASE)


class Record(Question[int | None]):
    """The saved audition that this talk mends; nobody is asked for it."""

    of = int | None
    key = "record"
    optional = True


class WhatWasIt(Question[What]):
    """Project and role; one of the two is enough."""

    of = What
    key = "what"
    needs = frozenset({"projects", "people"})

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("What was it? Project, role.",))

    def read(self, text: str, view: View) -> Reading:
        what = read_what(text, view.projects)
        if what is None:
            return Again("One of the two is enough.")
        room = room_in(text, what, view)
        return Fills({self.key: what, "room": room}) if room else self.fills(what)

    def echo(self, value: What, view: View) -> str:  # noqa: ARG002
        return ", ".join(x for x in (value.project, value.role) if x)


def room_in(words: str, what: What | None, view: View) -> Room | None:
    """Who was there, where it is said in passing: "read for Tess Quillan", "general with Delphine Ferrow"."""
    is_general = what is not None and what.kind == "general"  # elsewhere "with" may belong to a title
    said = _READ_FOR.search(words) or (_WITH.search(words) if is_general else None)
    room = read_room(said.group(1), view.people) if said else None
    return room if room and any(someone.name for someone in room.people) else None


class WhoWasThere(Question[Room]):
    """The people in the room, by name or by what they were like."""

    of = Room
    key = "room"
    skip = Room(nobody_known=True)
    needs = frozenset({"people"})

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("Who was in the room?",), ((Option("No idea", self.fills(self.skip)),),))

    def read(self, text: str, view: View) -> Reading:
        room = read_room(text, view.people)
        return self.fills(room) if room else Again("I read no name in that. Like: Tess Quillan, casting director.")

    def echo(self, value: Room, view: View) -> str:  # noqa: ARG002
        return names(value.people) if value.people else "no idea"


class WhichOne(Question[Someone]):
    """A name close to one already known: that one, or somebody new."""

    of = Someone
    needs = needs_to_show = frozenset({"people"})

    def __init__(self, someone: Someone) -> None:
        self.someone = someone
        self.key = f"which:{someone.key}"
        self.skip = replace(someone, maybe=())

    def show(self, view: View) -> Prompt:
        near = [known for known in view.people if known.id in self.someone.maybe]
        asked = "the one you know?" if len(near) == 1 else "which one?"
        options = [
            Option(
                ", ".join(x for x in (known.name, short(known.job) or known.office) if x),
                self.fills(_as_known(self.someone, known.id, known.name, known.greeting, known.job, known.office)),
            )
            for known in near
        ]
        rows = tuple((option,) for option in (*options, Option("Someone new", self.fills(self.skip))))
        return Prompt((f"“{self.someone.name}”: {asked}",), rows)

    def read(self, text: str, view: View) -> Reading:
        near = [known for known in view.people if known.id in self.someone.maybe]
        if known := pick(text, near):
            return self.fills(_as_known(self.someone, known.id, known.name, known.greeting, known.job, known.office))
        if fold(text) in ("new", "neither", "none", "no", "other", "someone else"):
            return self.fills(self.skip)
        return Again("Tap the one, or type a part of the name.")


def _as_known(said: Someone, id_: int, name: str, greeting: str, job: str, office: str) -> Someone:
    return Someone(f"p{id_}", id_, name, greeting, said.job or job, said.office or office, email=said.email)


class SmallTalk(Question[Said]):
    """What one talked about with a person, or in the room where nobody's name is known."""

    of = Said
    skip = Said("")

    def __init__(self, key: str, asked: str, name: str) -> None:
        self.key = f"talk:{key}"
        self.asked = asked
        self.name = name

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt((self.asked,), ((Option("Nothing", self.fills(self.skip)),),))

    def read(self, text: str, view: View) -> Reading:
        if fold(text).strip(".!") in ("nothing", "nope", "no", "none", "nothing really"):
            return self.fills(self.skip)
        return self.fills(read_said(text, view))

    def echo(self, value: Said, view: View) -> str:  # noqa: ARG002
        return f"“{shortened(value.words)}”" if value.words else "nothing"


def shortened(words: str) -> str:
    """Words as they are quoted back in a line."""
    return words if len(words) <= MOST_QUOTED else f"{words[: MOST_QUOTED - 1]}…"


def read_said(text: str, view: View) -> Said:
    """Small talk with its date fixed on the day it was told; `/private` in it keeps it to the actor."""
    words = text.replace("/private", " ").strip() or text
    marked = "/private" in text or private(words)
    cut = cut_talk_day(words, view.now, day_first=view.customs.day_first)
    if cut is None:
        return Said(words, private=marked)
    return Said(cut.rest or words, cut.first, cut.last, marked)


class WhenWasIt(Question[Moment]):
    """The day, and the time where one is known."""

    of = Moment
    key = "when"
    optional = True

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("When was it?",))

    def read(self, text: str, view: View) -> Reading:
        when = read_when(text, view.now, day_first=view.customs.day_first, look="past")
        if when is None:
            example = "14/11" if view.customs.day_first else "11/14"
            return Again(f"“{text[:60]}” isn't a date I know. Like Tuesday, or {example}.")
        if isinstance(when, Unclear):
            now = (view.today, view.now.time())
            past = [r for r in when.readings if (r.day, r.time or time.min) <= now]
            readings = tuple((r.day, r.time) for r in past or when.readings if r.day <= view.today)
            if not readings:
                return Again("That is still to come.")
            return self.fills(Moment(readings[0][0], readings[0][1], readings if len(readings) > 1 else ()))
        if when.day > view.today:
            day = show_day(when.day, view.today, view.customs)
            return Again(f"{day[:1].upper()}{day[1:]} is still to come.")
        return self.fills(Moment(when.day, when.time))

    def echo(self, value: Moment, view: View) -> str:
        return show_when(value.day, value.at, view.today, view.customs)


class WhichMoment(Question[Moment]):
    """Words that can be a time or a day."""

    of = Moment
    reads_numbers = True

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.skip = replace(moment, readings=())
        self.key = "when:" + ",".join(f"{day}T{at}" for day, at in moment.readings)

    def show(self, view: View) -> Prompt:
        return Prompt(("A time or a day?",), tuple((self._option(day, at, view),) for day, at in self.moment.readings))

    def _option(self, day: date, at: time | None, view: View) -> Option:
        return Option(show_when(day, at, view.today, view.customs), self.fills(Moment(day, at)))

    def read(self, text: str, view: View) -> Reading:
        when = read_when(text, view.now, day_first=view.customs.day_first, look="past")
        if when is None or isinstance(when, Unclear) or when.day > view.today:
            return Again("Tap one, or type it like: today 3 pm.")
        return self.fills(Moment(when.day, when.time))


class HowYouLooked(Question[Look]):
    """What was worn, hair, and the headshot or reel they had."""

    of = Look
    key = "look"
    skip = Look()
    optional = True

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("What you wore, hair, headshot?",))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        look = read_look(text)
        return self.fills(look) if look else Again("Like: blue scrubs top, hair up, headshot #2.")

    def echo(self, value: Look, view: View) -> str:  # noqa: ARG002
        return shortened(", ".join(part for part in vars(value).values() if part))


class TheRest(Question[More]):
    """Round, mode, role size, an adjustment, how it felt."""

    of = More
    key = "more"
    skip = More()
    reads_numbers = True
    optional = True

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        taps = (
            (("Callback", More(round="callback")), ("2nd callback", More(round="2nd callback"))),
            (("Self-tape", More(mode="self-tape")), ("Video", More(mode="video")), ("Phone", More(mode="phone"))),
        )
        rows = tuple(tuple(Option(label, self.fills(value)) for label, value in row) for row in taps)
        return Prompt(("Round, where, role size, an adjustment they gave, how it felt from 1 to 5?",), rows)

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        more = read_more(text)
        return self.fills(more) if more else Again("Like: callback, co-star, slower please, felt 4.")

    def echo(self, value: More, view: View) -> str:  # noqa: ARG002
        return shortened(", ".join(str(part) for part in vars(value).values() if part))


class WhatItCost(Question[tuple[Expense, ...]]):
    """What was spent on it, told in passing; nobody is asked for it."""

    of = tuple[Expense, ...]
    key = "costs"
    skip: tuple[Expense, ...] = ()
    optional = True


class WhoseTalk(Question[str]):
    """Whose small talk is to be told again."""

    of = str
    key = "whose"
    skip = ""
    optional = True

    def __init__(self, named: tuple[Someone, ...], keys: dict[str, str]) -> None:
        self.named = named
        self.keys = keys

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        options = tuple((Option(someone.name, Opens(f"talk:{self.keys[someone.key]}")),) for someone in self.named)
        return Prompt(("Talk with whom?",), (*options, (Option("The room", Opens("talk:")),)))

    def read(self, text: str, view: View) -> Reading:
        near = [s for s in self.named if fold(text) in fold(s.name)]
        options = self.show(view).options
        if len(near) == 1:
            return Opens(f"talk:{self.keys[near[0].key]}")
        option = typed_option(text, options)
        return option.means if option else Again("Tap a name.")


def names(people: tuple[Someone, ...]) -> str:
    """The people as they are called in a sentence."""
    called = [someone.name or someone.description or someone.job or "one more" for someone in people]
    return " and ".join((", ".join(called[:-1]), called[-1])) if len(called) > 1 else "".join(called)
