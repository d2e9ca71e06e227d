"""The talk that logs an audition: what it was, who was there, what was said, one card."""

from __future__ import annotations

from dataclasses import replace

from handlers.audition import Audition, Said
from handlers.conversation import Talk, ask
from handlers.reading.people import Someone, fold
from handlers.talks.audition_card import Card
from handlers.talks.audition_questions import (
    HowYouLooked,
    Record,
    SmallTalk,
    TheRest,
    WhatItCost,
    WhatWasIt,
    WhenWasIt,
    WhichMoment,
    WhichOne,
    WhoseTalk,
    WhoWasThere,
    names,
)


def talk_keys(named: tuple[Someone, ...]) -> dict[str, str]:
    """The key of each one's small talk: the first name, so that it stays when a last name is added."""
    greetings = [fold(someone.greeting) for someone in named]
    return {s.key: (g if greetings.count(g) == 1 else s.key) for s, g in zip(named, greetings, strict=True)}


def _small_talk(named: tuple[Someone, ...]) -> Talk[tuple[tuple[str, Said], ...]]:
    """One question a person; one for the room where nobody has a name."""
    said: list[tuple[str, Said]] = []
    keys = talk_keys(named)
    for place, someone in enumerate(named):
        if place:
            asked = f"And with {someone.greeting}?"
        elif len(named) > 1:
            asked = f"{names(named)}. What did you and {someone.greeting} talk about?"
        else:
            asked = f"{someone.name}. What did you talk about?"
        said.append((someone.key, (yield from ask(SmallTalk(keys[someone.key], asked, someone.greeting)))))
    about_room = SmallTalk("", "What was said in the room? A line to remember.", "the room")
    about_room.optional = bool(named)
    said.append(("", (yield from ask(about_room))))
    return tuple((key, remark) for key, remark in said if remark.words)


def met(told: tuple[Someone, ...]) -> Talk[tuple[Someone, ...]]:
    """Who they were, each near name asked about once; nobody is there twice."""
    people: dict[str, Someone] = {}
    for someone in told:
        settled = (yield from ask(WhichOne(someone))) if someone.maybe else someone
        people.setdefault(settled.key, settled)
    return tuple(people.values())


def log_audition() -> Talk[Audition | None]:
    """The scene as it is played; None where neither project nor role is known."""
    record = yield from ask(Record())
    what = yield from ask(WhatWasIt())
    room = yield from ask(WhoWasThere())
    people = yield from met(room.people)
    room = replace(room, people=people)
    named = tuple(someone for someone in people if someone.name)
    said = yield from _small_talk(named)
    when = yield from ask(WhenWasIt())
    if when and when.readings:
        when = yield from ask(WhichMoment(when))
    look = yield from ask(HowYouLooked())
    more = yield from ask(TheRest())
    keys = talk_keys(named)
    costs = yield from ask(WhatItCost())
    yield from ask(WhoseTalk(named, keys))
    if what is None:
        return None
    audition = Audition(what, when, room, said, look, more, record, costs)
    talk_key = f"talk:{keys[named[0].key]}" if len(named) == 1 else "whose" if named else "talk:"
    yield from ask(Card(audition, talk_key))
    return audition
