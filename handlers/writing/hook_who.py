"""Who and where in small talk: people, animals, places, journeys and races, as a line names them."""

from __future__ import annotations

import re

from handlers.writing.hook_people import a_pet, people
from handlers.writing.hook_slots import WHOSE, Reader, Slots
from handlers.writing.hook_spelling import cased
from handlers.writing.hook_things import a_place, a_spot, ends_in, headed, is_open, small
from handlers.writing.hook_words import Words, heads, listed, table

_COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_NTH = {1: "st", 2: "nd", 3: "rd"}
_NEW = frozenset(["a", "an", "two", "three", "some", "new"])


def _kin(words: Words) -> Slots:
    who = people(words)
    return {"kin": who, "kin_or_yours": who, "with": f"with {who}"} if who else {}


def _yours(words: Words) -> Slots:
    """Somebody of theirs, or an animal; "her dad's" before what is his."""
    owner = words[-1].casefold().endswith("'s") if words else False
    plain = (*words[:-1], words[-1][:-2]) if owner else words
    who = people(plain) if plain and plain[0].casefold() in WHOSE | {"the"} else ""
    if who:
        many = " and " in who or who.endswith("s") or who.split()[-1] in ("children", "family")
        return {"yours": who, "kin_or_yours": who, "yours_have": "have" if many else "has"}
    return {}


def _petyours(words: Words) -> Slots:
    pet = a_pet(words) if words and words[0].casefold() in WHOSE else None
    return {**pet.as_slot("petyours"), "the_pet": pet.text} if pet else {}


def _petowner(words: Words) -> Slots:
    last = words[-1].casefold() if words else ""
    if len(words) == 1 and last.endswith("s"):  # "cats name is gus"
        return {"petowner": "x"} if last[:-1].removesuffix("'") in heads("pet") else {}
    return {"petowner": "x"} if last.endswith("'s") and _petyours((*words[:-1], words[-1][:-2])) else {}


def _pet(words: Words) -> Slots:
    pet = a_pet(words)
    return pet.as_slot("pet") if pet else {}


def _newcomer(words: Words) -> Slots:
    pet = a_pet(words)
    lead = {word.casefold() for word in words[:2]}
    if not pet or not (lead & _NEW or pet.bare.endswith("s")):
        return {}
    return {"newcomer": pet.text, "the_newcomer": f"the {pet.bare}"}


def _newpet(words: Words) -> Slots:
    pet = a_pet(words)
    verb = "are" if pet and pet.bare.endswith("s") else "is"
    return {"newpet": pet.bare, "newpet_is": verb} if pet and pet.text == pet.bare else {}


def _petname(words: Words) -> Slots:
    fits = len(words) in (1, 2) and all(is_open(word) and word.isalpha() for word in words)
    kind = ends_in(words, heads("pet") | heads("kin") | heads("young"))
    return {"petname": " ".join(word.capitalize() for word in words)} if fits and not kind else {}


def _petname2(words: Words) -> Slots:
    return {"petname2": name} if (name := _petname(words).get("petname", "")) else {}


def _young(words: Words) -> Slots:
    found = headed("young", words)
    one = {"puppies": "puppy", "bunnies": "bunny"}
    if not found or len(words) > 2:
        return {}
    last = found.bare.split()[-1]
    return {"young": last, "the_young": f"the {last}", "one_young": one.get(last, last.removesuffix("s"))}


def _ordinal(words: Words) -> Slots:
    said = small(words)
    counted = re.fullmatch(r"[0-9]{1,3}(?:st|nd|rd|th)", said)
    return {"ordinal": said} if counted or said in listed("lists", "ordinal") else {}


def _firstrace(words: Words) -> Slots:
    """As "her first marathon", "first marathon", "their 3rd 5k"."""
    plain = words[1:] if words and words[0].casefold() in WHOSE else words
    number = _ordinal(plain[:1]).get("ordinal", "") if len(plain) > 1 else ""
    kind = headed("race", plain[1:]) if number else None
    if not kind or number in ("last", "final", "big", "latest"):
        return {}
    return {"firstrace": f"your {number} {kind.bare}"} | ({"race_kind": kind.bare} if number == "first" else {})


def _race(words: Words) -> Slots:
    found = headed("race", words)
    return found.as_slot("race") if found and not found.text.startswith(("my ", "our ")) else {}


def _number(words: Words) -> Slots:
    said = small(words)
    if said not in listed("lists", "number") or said in ("one", "1"):
        return {}
    count = int(said) if said.isdigit() else _COUNTED.get(said, 0)
    more = {"nth": f"{count}{_NTH.get(count % 10, 'th') if count % 100 not in (11, 12, 13) else 'th'}"} if count else {}
    return {"number": said, "spelled": next((word for word, n in _COUNTED.items() if n == count), said)} | more


def _doing(words: Words) -> Slots:
    said = small(words)
    sports = table()["sports"]
    fun = bool(words) and len(words) <= 3 and words[-1].casefold().endswith("ing") and all(map(is_open, words))
    if said not in sports and not (fun and words[-1].casefold() not in listed("lists", "not_fun")):
        return {}
    doing = cased(words)
    return {"doing": doing, "doing_noun": sports.get(said, doing), "loved_or_doing": doing}


def _sport(words: Words) -> Slots:
    said = small(words)
    return {"sport": said, "sport_noun": table()["sports"][said]} if said in table()["sports"] else {}


def _place(words: Words) -> Slots:
    found = a_place(words, near=False)
    return {"place": found} if found else {}


def _anyplace(words: Words) -> Slots:
    found = a_place(words, near=True, capital=True)
    return {"anyplace": found} if found else {}


def _spotted(words: Words) -> Slots:
    spot = a_spot(words)
    return {"spotted": spot} if spot else {}


def _inplace(words: Words) -> Slots:
    place = a_place(words, near=True, capital=True)
    return {"at": f"in {place}"} if place else {}


def _outing(words: Words) -> Slots:
    """Somewhere near, for a day: a listed place, "the beach", "her sister's house"."""
    found = headed("spot", words)
    whose = ends_in(words, listed("lists", "outings")) and words[0].casefold() in WHOSE | {"the"}
    spot = a_place(words, near=True) or (found.text if found and whose else "")
    return {"outing": spot} if spot else {}


READERS: dict[str, Reader] = {
    "kin": _kin,
    "yours": _yours,
    "petyours": _petyours,
    "petowner": _petowner,
    "pet": _pet,
    "newcomer": _newcomer,
    "newpet": _newpet,
    "petname": _petname,
    "petname2": _petname2,
    "young": _young,
    "ordinal": _ordinal,
    "firstrace": _firstrace,
    "race": _race,
    "number": _number,
    "doing": _doing,
    "sport": _sport,
    "place": _place,
    "anyplace": _anyplace,
    "spotted": _spotted,
    "inplace": _inplace,
    "outing": _outing,
}
