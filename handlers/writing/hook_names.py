"""Names in small letters: a club, a festival, a pet; only where a name is due do they get their capitals."""

from __future__ import annotations

from handlers.writing.hook_people import a_pet
from handlers.writing.hook_slots import WHOSE, Reader, Slots
from handlers.writing.hook_spelling import titled
from handlers.writing.hook_things import a_place, a_spot, by_name, ends_in, is_open, placed, small, thing
from handlers.writing.hook_verbs import forms
from handlers.writing.hook_what import lead, mine
from handlers.writing.hook_words import Words, listed, names


def _venue(words: Words) -> Slots:
    """Where a show is: "the echo room" is the Echo Room, "the comedy club" no name."""
    spot = a_spot(words) or (_named(words) if ends_in(words, listed("lists", "venue")) else "")
    return {"at": f"at {spot}"} if spot else {}


def _named(words: Words) -> str:
    """A name nobody listed, where one is due: all its words in capitals."""
    fits = lead(words) == "the" and 2 < len(words) < 6 and all(is_open(word) for word in words[1:])
    return titled(" ".join(words)) if fits else ""


def _fest(words: Words) -> Slots:
    """A festival: "the cedar point film fest" is the Cedar Point Film Fest."""
    if not ends_in(words, listed("lists", "fest")):
        return {}
    found = placed("event", words)
    name = _named(words) or (titled(found.the) if found and not mine(found.text) else "")
    return {"the_fest": name} if name else {}


def _petnamed(words: Words) -> Slots:
    """As "her dog biscuit", where what follows shows that it is a name."""
    name = words[-1].casefold() if len(words) > 2 else ""
    fits = lead(words) in WHOSE and name.isalpha() and is_open(name) and name not in listed("lists", "not_petnames")
    pet = a_pet(words[:-1]) if fits and name not in forms() else None
    if not pet or ends_in(words[-1:], frozenset(pet.bare.split())):
        return {}
    return {"petname": name.capitalize()}


def _kingroup(words: Words) -> Slots:
    """The band of one of theirs: "her husband's band"."""
    found = thing(words) if ends_in(words, listed("lists", "theirgroup")) else None
    return {"kingroup": found.text} if found and found.text.startswith("your ") and "'" in found.text else {}


def _eatery(words: Words) -> Slots:
    """Where something is eaten: "the gas station on sunset"."""
    at = next((n for n, word in enumerate(words) if word.casefold() in ("on", "in") and n), len(words))
    spot, behind = a_spot(words[:at]), words[at + 1 :]
    if not spot or not behind:
        return {"at_eatery": f"at {spot}"} if spot and at == len(words) else {}
    road = by_name(names("road"), behind)
    where = road.text if road else a_place(behind, near=True, capital=True)
    return {"at_eatery": f"at {spot} {words[at].casefold()} {where}"} if where else {}


def _language(words: Words) -> Slots:
    plain = words[-1] if len(words) == 1 or small(words[:-1]) in ("fluent", "some", "a little") else ""
    fits = plain.isalpha() and is_open(plain) and not plain.casefold().endswith("ly")
    return {"language": plain.capitalize()} if fits else {}


def _ownpet(words: Words) -> Slots:
    """Of the actor's own, behind "my", what can say hello."""
    found = thing(("my", *words), 3) if ends_in(words, listed("lists", "greets")) else None
    return {"ownpet": found.bare} if found else {}


def _scene(words: Words) -> Slots:
    """A moment of something that was seen: "the bus stop scene"."""
    found = thing(words, 4) if lead(words) in ("the", "that") and ends_in(words, listed("lists", "scene")) else None
    return {"the_scene": found.the} if found else {}


def _stagepart(words: Words) -> Slots:
    """What one of theirs plays: "the back half of a donkey"."""
    half = f"{small(words[1:3])} of the " if small(words[1:5]) in _HALVES else ""
    plain = (words[0], *words[5:]) if half else words
    found = thing(plain, 4) if lead(words) in ("a", "an", "the") else None
    return {"the_part": f"the {half}{found.bare}", "bare_part": half + found.bare} if found else {}


_HALVES = frozenset(
    f"{end} {what} of {a}" for end in ("back", "front", "rear") for what in ("half", "end") for a in ("a", "the")
)


READERS: dict[str, Reader] = {
    "venue": _venue,
    "fest": _fest,
    "petnamed": _petnamed,
    "kingroup": _kingroup,
    "eatery": _eatery,
    "language": _language,
    "ownpet": _ownpet,
    "scene": _scene,
    "stagepart": _stagepart,
}
