"""Names that were not known in the room: how to get them, and where they go once they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handlers import nudges
from handlers.audition import Audition
from handlers.conversation import Prompt, Question, Reading, Talk, View, ask
from handlers.desk import Desk, OpenTalk
from handlers.keep_audition import keep as keep_audition
from handlers.keep_audition import load, subject
from handlers.messages import Choice, Message
from handlers.reading.customs import show_day
from handlers.reading.people import Room, Someone, fold
from handlers.scripts import Begin
from handlers.talks.audition_questions import WhoWasThere
from handlers.talks.log_audition import met
from storage import due


@dataclass(frozen=True)
class Names:
    """Who was in the room of a saved audition."""

    audition_id: int
    people: tuple[Someone, ...]


class WhichAudition(Question[int]):
    """The saved audition; nobody is asked for it."""

    of = int
    key = "audition"
    optional = True
    skip = 0


class TheNames(WhoWasThere):
    """The names, as many as are known."""

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("Who was it? Names, and what they do if you know.",))

    def read(self, text: str, view: View) -> Reading:
        return super().read(text, view)


def get_names() -> Talk[Names]:
    """The names, each near one asked about."""
    audition_id = yield from ask(WhichAudition())
    room: Room = yield from ask(TheNames())
    people = yield from met(room.people)
    return Names(audition_id, people)


async def keep(desk: Desk, names: Names, talk: OpenTalk) -> Begin | None:
    """Put the names to the people of that room; their drafts come."""
    audition = await load(desk, names.audition_id)
    if audition is None:
        desk.say("That audition is gone. /auditions lists what is kept.")
        return None
    if not any(someone.name for someone in names.people):
        desk.say("No names yet, then. They can come any time: /auditions, Fix.")
        return None
    named = replace(audition, room=Room(_merged(audition, names.people)))
    return await keep_audition(desk, named, talk)


def _merged(audition: Audition, known: tuple[Someone, ...]) -> tuple[Someone, ...]:
    """Each name to the one it fits: by job, by a word of the description, else the first without a name."""
    people = list(audition.room.people)
    for someone in known:
        if not someone.name or someone.key in {p.key for p in people}:
            continue
        unnamed = [p for p in people if not p.name]
        fits = [p for p in unnamed if someone.job and p.job == someone.job]
        fits = fits or [p for p in unnamed if set(fold(p.description).split()) & set(fold(someone.job).split())]
        fits = fits or ([] if someone.job else unnamed)
        if fits:
            people[people.index(fits[0])] = replace(someone, description=fits[0].description)
        else:
            people.append(someone)
    return tuple(people)


async def task(desk: Desk, audition_id: int) -> Message | None:
    """The nudge where nobody's name is known; None where they are known by now."""
    audition = await load(desk, audition_id)
    if audition is None or audition.named:
        return None
    day = _day(desk, audition.when.day)
    weekend = nudges.is_weekend(desk.local_now.date())
    if weekend:
        words = f"{audition.title}, {day}: no names, so no draft. Offices are closed until Monday."
    else:
        words = (
            f"{audition.title}, {day}: get the names, then I write the drafts. "
            "From your agent, the casting office, or the appointment mail."
        )
    later = tuple(Choice(label, f"audition:{audition_id}:{verb}") for label, verb in nudges.later(desk)[:1])
    skip = Choice("Skip", f"audition:{audition_id}:skip")
    return Message((words,), choices=((_i_have(audition_id), *later), (skip,)))


def _i_have(audition_id: int) -> Choice:
    return Choice("I have the names", f"audition:{audition_id}:names")


def _day(desk: Desk, day: date) -> str:
    return show_day(day, desk.local_now.date(), desk.customs)


async def put_off(desk: Desk, audition_id: int, verb: str) -> None:
    """The task comes back later, or not at all."""
    audition = await load(desk, audition_id)
    if audition is None:
        desk.say("That audition is gone.")
        return
    names = ((_i_have(audition_id),),)
    if verb == "skip":
        await due.cancel(desk.tx, desk.actor.id, "names", [audition_id])
        words = f"{audition.title}: no names, no note. Fix under /auditions adds them any time."
    else:
        words = f"{audition.title}, the names: {await nudges.put_off(desk, 'names', audition_id, verb)}."
    desk.show(Message((words,), choices=names), subject(audition_id))
