"""The people an actor meets: the answer to "Who was in the room?", and to "which one?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handlers.reading.jobs import job_named, short
from handlers.reading.near_names import name_words, nearest
from handlers.reading.people_words import LONGEST_NAME, lean, like, words_in
from handlers.reading.room_words import Hearing, Mention
from handlers.reading.spelling import clipped, fold, worded

__all__ = ["Known", "Room", "Someone", "fold", "job_named", "pick", "read_room", "short"]


@dataclass(frozen=True)
class Known:
    """A person the actor has met."""

    id: int
    name: str
    greeting: str = ""
    job: str = ""
    office: str = ""
    email: str = ""


@dataclass(frozen=True)
class Someone:
    """One person in a room, or only the description of one."""

    key: str
    """It is "p12" for one who is known, "n:tess quillan" for a new name, "d:red glasses" for a description."""
    id: int | None = None
    name: str = ""
    greeting: str = ""
    job: str = ""
    office: str = ""
    description: str = ""
    email: str = ""
    """Where it was told in this very answer."""
    maybe: tuple[int, ...] = ()
    """The known people this name is close to, the closest first: to be asked about."""


@dataclass(frozen=True)
class Room:
    """Who was in the room; `nobody_known` where it was said that no name is."""

    people: tuple[Someone, ...] = ()
    nobody_known: bool = False


_MOST_ASKED = 5
_ADDED = ("job", "office", "description", "email")
_LAST_FIRST = re.compile(r"\s*([^,;&+\n]{1,120}),\s*([^,;&+\n]{1,120})")


@dataclass(frozen=True)
class _Met:
    """A known person ready to be compared."""

    person: Known
    folded: str
    firsts: tuple[str, str]


def _ready(person: Known) -> _Met:
    folded = fold(person.name)
    return _Met(person, folded, (next(iter(name_words(folded)), ""), fold(person.greeting)))


def read_room(text: str, known: Sequence[Known]) -> Room | None:
    """The people told of, each once, at most 20; None where no person can be read from it."""
    ready = [_ready(person) for person in known]
    hearing = Hearing({fold(person.office) for person in known if person.office})
    people: dict[str, Someone] = {}
    told: list[Someone] = []
    for mention in hearing.all(_first_name_first(text, ready)):
        told.append(_meet(mention, told, ready))
        _enter(people, told[-1])
    if not people and hearing.addresses and (same := _with_address(hearing.addresses[0].address, known)):
        return Room((same,))
    if not people and not hearing.nobody:
        return None
    named = any(someone.name for someone in people.values())
    return Room(tuple(people.values()), nobody_known=hearing.nobody and not named)


def _with_address(address: str, known: Sequence[Known]) -> Someone | None:
    """The one person who has this address."""
    same = [person for person in known if person.email.casefold() == address.casefold()]
    return _as_known(Someone(""), same[0], loose=True) if len(same) == 1 else None


def _first_name_first(text: str, known: Sequence[_Met]) -> str:
    """Turn "Thornbury, Marcus" round: he is one man where he is known, and two people anywhere else."""
    two = _LAST_FIRST.fullmatch(text[: 2 * LONGEST_NAME])
    if two is None:
        return text
    names = {name for met in known for name in (met.folded, *met.firsts)}
    turned = f"{two[2]} {two[1]}"
    both_known = fold(two[1]) in names and fold(two[2]) in names
    return turned if fold(turned) in names and not both_known else text


def _meet(mention: Mention, told: Sequence[Someone], known: Sequence[_Met]) -> Someone:
    """Who that is: known, close to somebody known, new, or only described."""
    office = mention.office or (told[mention.boss].office if mention.boss is not None else "")
    new = Someone(
        "", None, mention.name, job=mention.job, office=office, description=mention.description, email=mention.email
    )
    if not new.name:
        return _nameless(new)
    same = _same(new, known)
    loose = mention.loosely or mention.boss is not None
    if len(same) == 1 and (loose or not _contradicts(new, same[0])):
        return _as_known(new, same[0], loose=loose)
    near = [known[at].person for at in nearest(new.name, [met.folded for met in known])]
    maybe = tuple(person.id for person in same or near)[:_MOST_ASKED]
    return replace(new, key=f"n:{fold(new.name)}", greeting=_greeting(new.name), maybe=maybe)


def _nameless(told: Someone) -> Someone:
    """An address without a name is all there is to tell them by."""
    described = ", ".join(x for x in (told.description, told.email) if x)
    return replace(told, key=f"d:{fold(told.description or told.job)}", description=described, email="")


def _contradicts(told: Someone, person: Known) -> bool:
    """Whether another job or another office is told of this name: perhaps a namesake, so it is asked."""
    pairs = ((told.job, person.job), (told.office, person.office))
    return any(said and known and fold(said) != fold(known) for said, known in pairs)


def _as_known(told: Someone, person: Known, *, loose: bool) -> Someone:
    """What was typed wins, but an office that was said of someone else does not."""
    office = (person.office or told.office) if loose else (told.office or person.office)
    greeting = person.greeting or _greeting(person.name)
    job = told.job or person.job
    return Someone(f"p{person.id}", person.id, person.name, greeting, job, office, told.description, told.email)


def _same(told: Someone, known: Sequence[_Met]) -> list[Known]:
    """Those of exactly this name, else of exactly this first name; told apart by job and office where typed."""
    folded = fold(told.name)
    same = [met.person for met in known if met.folded == folded]
    if not same:
        same = [met.person for met in known if folded in met.firsts]
    for trait in ("job", "office") if len(same) > 1 else ():
        said = fold(getattr(told, trait))
        same = [person for person in same if said and fold(getattr(person, trait)) == said] or same
    return same


def _greeting(name: str) -> str:
    """The first name; the whole where there is a title ("Ms. Tan") or only an initial."""
    first = name.split(maxsplit=1)[0]
    return name if len(first.strip(".")) == 1 or fold(first).strip(".") in words_in("titles") else first


def _tells_apart(someone: Someone, other: Someone) -> str:
    """The job or the office by which two of one name differ; empty where nothing says that they are two."""
    pairs = ((someone.job, other.job), (fold(someone.office), fold(other.office)))
    return next((mine for mine, theirs in pairs if mine and theirs and mine != theirs), "")


def _enter(people: dict[str, Someone], someone: Someone) -> None:
    """No twins: the same name again adds what it tells; two of one name and two jobs are two people."""
    other = people.get(someone.key)
    if other is None:
        people[someone.key] = someone
    elif not someone.name:
        times = 2
        while f"{someone.key} {times}" in people:
            times += 1
        people[f"{someone.key} {times}"] = replace(someone, key=f"{someone.key} {times}")
    elif someone.id is None and (trait := _tells_apart(someone, other)):
        key = f"{someone.key}|{trait}"
        people.setdefault(key, replace(someone, key=key))
    else:
        told = {name: getattr(other, name) or getattr(someone, name) for name in _ADDED}
        people[someone.key] = replace(other, **told)


def pick(text: str, candidates: Sequence[Known]) -> Known | None:
    """Which of them the answer to "which one?" means, by number, name, job or a word of the label; None if unsure."""
    said = clipped(fold(lean(worded(text[:200]))), LONGEST_NAME).strip(".!?\"' ")
    if like(r".*\b(?:not|neither|isn't|wasn't)\b.*").fullmatch(said):
        return None
    if place := _place(said):
        return candidates[place - 1] if place <= len(candidates) else None
    job = job_named(said)
    words = {word.strip(".,()") for word in said.split()} - words_in("pick_fillers") - {""}
    tests: tuple[Callable[[Known], bool], ...] = (
        lambda person: fold(person.name) == said,
        lambda person: bool(job) and person.job == job,
        lambda person: bool(words) and words <= _label(person),
        lambda person: bool(words) and all(any(w.startswith(word) for w in _label(person)) for word in words),
    )
    for test in tests:
        fits = [person for person in candidates if test(person)]
        if len(fits) == 1:
            return fits[0]
    near = nearest(said, [fold(person.name) for person in candidates])
    return candidates[near[0]] if len(near) == 1 else None


def _place(said: str) -> int:
    """Read "2", "#2", "the second one"; 0 if it is no number."""
    told = re.fullmatch(r"(?:the |number |no |nr )?#?(?:(\d{1,2})|(first|second|third|fourth|fifth))(?: one)?\)?", said)
    if told is None:
        return 0
    return int(told[1]) if told[1] else ("first", "second", "third", "fourth", "fifth").index(told[2]) + 1


def _label(person: Known) -> set[str]:
    whole = fold(" ".join((person.name, person.job, short(person.job), person.office)))
    return {word.strip(".,") for word in whole.split()}
