"""What people have going on, as a line names it: shows, classes, homes, schools, tables, prizes."""

from __future__ import annotations

import re
from functools import cache

from handlers.writing.hook_slots import WHOSE, Reader, Slots
from handlers.writing.hook_things import Thing, by_name, ends_in, headed, placed, small, thing
from handlers.writing.hook_what import lead, mine
from handlers.writing.hook_words import Words, heads, listed, names, table

_OWN = WHOSE | {"a", "an"}


def _listed(name: str, words: Words) -> Thing | None:
    """A thing that ends in a word of a small list, and is not the actor's."""
    found = thing(words) if ends_in(words, listed("lists", name)) else None
    return found if found and not mine(found.text) else None


def _a_costume(words: Words) -> Slots:
    found = headed("costume", words)
    fits = lead(words) in ("a", "an", "the") or small(words) in names("costume")
    return {"a_costume": found.text, "the_costume": found.the} if found and fits else {}


def _costume(words: Words) -> Slots:
    return {"costume": small(words)} if small(words) in heads("costume") else {}


def _ownwedding(words: Words) -> Slots:
    own = lead(words) in WHOSE and small(words[1:]) in ("wedding", "own wedding")
    return {"ownwedding": "your wedding"} if own else {}


def _showing(words: Words) -> Slots:
    """Their show, or that of one of theirs."""
    found = headed("show", words)
    if not found or lead(words) not in _OWN:
        return {}
    return {"showing": found.text if lead(words) in WHOSE else found.the, "the_showing": found.the}


@cache
def _plays() -> dict[str, str]:
    return {name.casefold(): name for name in table()["lists"]["plays"]}


def _work(words: Words) -> Slots:
    found = _listed("work", words) or by_name(_plays(), words)
    return {"the_work": found.the} if found else {}


def _gig(words: Words) -> Slots:
    found = _listed("gig", words)
    own = lead(words) in _OWN and not any(word.endswith("'s") for word in words)
    return {"gig": found.the} if found and own else {}


def _course(words: Words) -> Slots:
    found = _listed("course", words)
    return {"the_course": found.the} if found else {}


def _taught(words: Words) -> Slots:
    found = _listed("taught", words)
    return {"the_taught": found.the} if found else {}


def _readable(words: Words) -> Slots:
    found = headed("readable", words)
    return {"the_readable": found.the} if found and not mine(found.text) else {}


def _newthing(words: Words) -> Slots:
    found = _listed("newthing", words)
    if not found or (lead(words) not in ("a", "an") and "new" not in small(words).split()):
        return {}
    plain = " ".join(word for word in found.bare.split() if word != "new")
    return {"the_newthing": f"the new {plain}", "plain_newthing": plain}


def _homestead(words: Words) -> Slots:
    found = _listed("homestead", words) if lead(words) in ("a", "an") else None
    before = "in" if found and ends_in(words, frozenset(["town", "lighthouse"])) else "on"
    return {"on_homestead": f"{before} {found.text}"} if found else {}


def _making(words: Words) -> Slots:
    """As "making 200 tamales"."""
    found = thing(words[1:], 4) if lead(words) in listed("lists", "makes_at") else None
    return {"making": f"{lead(words)} {found.text}"} if found and not mine(found.text) else {}


def _speech(words: Words) -> Slots:
    found = _listed("speech", words)
    return {"the_speech": found.the} if found else {}


def _test(words: Words) -> Slots:
    found = _listed("test", words)
    if not found or found.bare == "test":  # it may be the doctor's
        return {}
    return {"the_test": found.the, "test_goes": "go" if many(found) else "goes"}


def _lostthing(words: Words) -> Slots:
    found = _listed("lostthing", words)
    return {"the_lost": found.the, "lost_is": "are" if many(found) else "is"} if found else {}


def many(found: Thing) -> bool:
    """Whether it is more than one."""
    return found.bare.endswith("s") and not found.bare.endswith("ss")


def _noise(words: Words) -> Slots:
    """What broke into a reading; whose it was is not said."""
    said = small(
        tuple(word for word in words if word.casefold() not in ("a", "an", "the", "someone's", "somebody's", "some"))
    )
    return {"noise": said} if said in listed("lists", "noise") and lead(words) not in WHOSE | {"my"} else {}


def _relative(words: Words) -> Slots:
    said = small(words)
    article = "an" if said[:1] in ("a", "u") else "a"
    return {"a_relative": f"{article} {said}"} if said in listed("lists", "relative") else {}


def _study(words: Words) -> Slots:
    new = next(
        (n for n in (2, 1) if small(words[:n]) in ("a", "an", "a new", "her new", "his new", "their new", "the new")), 0
    )
    plain = words[new:] if new else words[1:] if lead(words) in WHOSE | {"the"} else words
    name = names("study").get(small(plain))
    said = f"the new {small(plain)}" if new == 2 else small(plain)
    return {"study": name or said} if name or small(plain) in heads("study") else {}


def _school(words: Words) -> Slots:
    name = names("school").get(small(words))
    proper = 1 < len(words) < 5 and ends_in(words, heads("school")) and all(word[0].isupper() for word in words)
    return {"school": name or " ".join(words)} if name or proper else {}


def _event(words: Words) -> Slots:
    """Something that goes on, and where: "her trip to japan"; one is on a trip, at a party."""
    found = placed("event", words)
    if not found or mine(found.text):
        return {}
    before = "on" if ends_in(tuple(found.bare.split(" to ")[0].split()), listed("lists", "on_them")) else "at"
    many = re.search(r"[^s]s$", found.bare) and ends_in(words, heads("event"))
    went = "was a good one" if ends_in(words, heads("event")) else "was a good time"
    verbs = {"event_went": "were a good time" if many else went, "event_goes": "go" if many else "goes"}
    return found.as_slot("event") | {"at_event": f"{before} {found.the}"} | verbs


def _feast(words: Words) -> Slots:
    found = by_name(names("feast"), words)
    return {"feast": found.text} if found else {}


def _for(words: Words) -> Slots:
    found = by_name(names("occasion"), words)
    return {"for": f"for {found.text}"} if found else {}


def _room(words: Words) -> Slots:
    found = headed("room", words)
    return {"the_room": found.the} if found and not mine(found.text) else {}


def _award(words: Words) -> Slots:
    found = headed("award", words)
    if not found:
        return {}
    named_with_an = found.text == found.the and found.text.startswith(("an ", "a "))
    return {"the_award": f"the {found.text.split(' ', 1)[1]}" if named_with_an else found.the}


READERS: dict[str, Reader] = {
    "a_costume": _a_costume,
    "costume": _costume,
    "ownwedding": _ownwedding,
    "showing": _showing,
    "work": _work,
    "gig": _gig,
    "course": _course,
    "taught": _taught,
    "readable": _readable,
    "newthing": _newthing,
    "homestead": _homestead,
    "making": _making,
    "speech": _speech,
    "test": _test,
    "lostthing": _lostthing,
    "noise": _noise,
    "relative": _relative,
    "study": _study,
    "school": _school,
    "event": _event,
    "feast": _feast,
    "for": _for,
    "room": _room,
    "award": _award,
}
