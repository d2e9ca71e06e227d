"""Things as a note names them: "her dad's play" is "your dad's play"; what is doubtful is no thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from handlers.writing.hook_spelling import are_sure, cased, titled
from handlers.writing.hook_verbs import forms
from handlers.writing.hook_words import Words, heads, known, listed, names, places

_WORD = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ž]+(?:['&-][A-Za-zÀ-ÖØ-öø-ž]+)*|[0-9]{1,4}(?:k|st|nd|rd|th|s|-[a-z]{3,12})?", re.IGNORECASE
)
_LONGEST_WORD = 18
ARTICLES = frozenset(["a", "an", "some", "this", "that", "these", "those"])
POSSESSIVE = frozenset(["her", "his", "their"])
_TO_PLACES = frozenset(["to", "in", "at", "around", "through", "across", "near", "on"])


@dataclass(frozen=True)
class Thing:
    """A thing as it was told ("a puppy", "your puppy"), with "the" ("the puppy"), and bare ("puppy")."""

    text: str
    the: str
    bare: str

    def as_slot(self, name: str) -> dict[str, str]:
        """The words for {name}, {the_name} and {bare_name}."""
        return {name: self.text, f"the_{name}": self.the, f"bare_{name}": self.bare}


def small(words: Words) -> str:
    """One text in small letters."""
    return " ".join(words).casefold()


def named(written: str) -> Thing:
    """A name of the lists, its "the" kept."""
    return Thing(written, written, written.removeprefix("the "))


def by_name(listed_names: Mapping[str, str], words: Words) -> Thing | None:
    """A name of a list, whatever its capitals."""
    written = listed_names.get(small(words).removeprefix("a "))
    return named(written) if written else None


@lru_cache(maxsize=2048)
def is_open(word: str) -> bool:
    """Whether a word may stand in a thing: no pronoun, no small word, nothing a note never says."""
    low = word.casefold()
    if len(word) > _LONGEST_WORD or not _WORD.fullmatch(word):
        return False
    if low.endswith("'s"):
        return low in _owned() or low[:-2] in heads("kin") or low[:-2] in heads("pet")
    return not {low, low.removesuffix("'s")} & (listed("small", "words") | listed("small", "banned"))


@cache
def _owned() -> frozenset[str]:
    """The names that end in 's: Knott's, Schitt's."""
    return frozenset(word for name in known() for word in name.split() if word.endswith("'s"))


def thing(words: Words, most: int = 5) -> Thing | None:
    """Any thing: whose it is or an article, and one to five words."""
    if not words:
        return None
    whole = known().get(small(words))
    if whole:
        return named(whole)
    low = words[0].casefold()
    lead = low if low in ARTICLES | POSSESSIVE | {"the", "my", "our"} else ""
    body = words[1:] if lead else words
    if not 0 < len(body) <= most or not all(_may_stand(word, n, body) for n, word in enumerate(body)):
        return None
    if (
        body[-1].isdigit()
        or _is_model(body)
        or body[-1].casefold() in ("of", "and")
        or body[0].casefold() in ("of", "and")
    ):
        return None
    if not all(are_sure(body)):
        return None
    owner = 0 if lead else _owner(body)
    if owner:
        body, lead = body[owner:], "the"  # "daughter's recital": whose daughter was not said
    return with_lead(lead, cased(_owners(body)))


def _is_model(body: Words) -> bool:
    """A number before one thing: "72 bronco" is a name."""
    one = not body[-1].endswith("s") and not {word.casefold() for word in body[1:]} & heads("race")
    return len(body) == 2 and body[0].isdigit() and one and body[0] != "1" and body[1].casefold() not in _COUNTED


_COUNTED = frozenset(
    ["people", "fish", "sheep", "children", "women", "men", "deer", "dozen", "mile", "year", "day", "hour"]
)


def _owner(body: Words) -> int:
    """How many words at the front say whose it is: "daughter's", "best friend's"."""
    for length in (1, 2):
        last = body[length - 1].casefold() if len(body) > length else ""
        if last.endswith("'s") and last not in _owned() and (length == 1 or small(body[:length])[:-2] in heads("kin")):
            return length
    return 0


def _may_stand(word: str, number: int, body: Words) -> bool:
    """Open words, "of" and "and" between them; no verb in the middle: "husband running the trot" is no thing."""
    low, between = word.casefold(), 0 < number < len(body) - 1
    if low in ("of", "and") or (low == "the" and body[number - 1].casefold() == "of"):
        return between
    before = body[number - 1].casefold() if number else ""
    runs = forms().get(low, ("", ""))[1]
    verb = (runs == "s" and number < len(body) - 1) or (runs in ("s", "ing", "past") and before in heads("kin"))
    person = word in listed("lists", "given") and low not in known()
    return is_open(word) and not verb and not person


def _owners(body: Words) -> Words:
    """As "kids soccer game" is "kids' soccer game"."""
    last = len(body) - 1
    return tuple(
        f"{w}'" if n < last and w.casefold() in heads("kin") and w.endswith("s") else w for n, w in enumerate(body)
    )


def with_lead(lead: str, body: str) -> Thing:
    """A thing by the word before it: "her" is "your", "a" is "the" where it is named again."""
    if lead in POSSESSIVE:
        return Thing(f"your {body}", f"your {body}", body)
    if lead in ("my", "our"):
        return Thing(f"{lead} {body}", f"{lead} {body}", body)
    if lead in ("a", "an"):
        return Thing(f"{lead} {body}", f"the {body}", body)
    if lead:
        return Thing(f"the {body}" if lead == "the" else body, f"the {body}", body)
    return Thing(body, body if body.casefold() in known() else f"the {body}", body)


def headed(slot: str, words: Words) -> Thing | None:
    """A thing of a kind of the lists, by its name or its last words."""
    found = by_name(names(slot), words)
    if found:
        return found
    known_thing = thing(words)
    return known_thing if known_thing and ends_in(words, heads(slot)) else None


def ends_in(words: Words, last: frozenset[str]) -> bool:
    """Whether the last one to four words are one of a list."""
    return any(small(words[-n:]) in last for n in range(1, min(4, len(words)) + 1))


def placed(slot: str, words: Words) -> Thing | None:
    """A thing of a kind, and where it is: "her trip to japan"."""
    whole = headed(slot, words)
    if whole:
        return whole
    for at in range(1, len(words) - 1):
        if (
            words[at].casefold() in _TO_PLACES
            and (spot := a_spot(words[at + 1 :]))
            and (what := headed(slot, words[:at]))
        ):
            behind = f" {words[at].casefold()} {spot}"
            return Thing(what.text + behind, what.the + behind, what.bare + behind)
    return None


def a_place(words: Words, *, near: bool, capital: bool = False) -> str:
    """A place as it is written, "" where it is none; `capital` takes one the lists lack if it has capitals."""
    listed_places = places(near=near)
    low = small(words)
    if low in listed_places:
        return listed_places[low]
    if "," in words or (len(words) > 1 and low.split()[-1] in listed("lists", "states")):
        return _town_of_state(words)
    if len(words) > 1 and words[0].casefold() in listed("lists", "regions") and small(words[1:]) in listed_places:
        return f"{words[0].casefold()} {listed_places[small(words[1:])]}"
    return _capitals(words) if capital else ""


def _town_of_state(words: Words) -> str:
    """As "xenia, ohio" is a place by its state."""
    at = words.index(",") if "," in words else len(words) - 1
    town, state = words[:at], words[at + ("," in words) :]
    if not 0 < len(town) <= 2 or small(state) not in listed("lists", "states") or not all(map(is_open, town)):
        return ""
    return f"{' '.join(word.capitalize() for word in town)}, {' '.join(word.capitalize() for word in state)}"


def _capitals(words: Words) -> str:
    never = listed("places", "never") | listed("small", "words") | listed("small", "banned") | listed("small", "shop")
    proper = re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}", " ".join(words))
    return " ".join(words) if proper and not {word.casefold() for word in words} & never else ""


def a_spot(words: Words) -> str:
    """Where something is done: a place, a club, "the lake", "your sister's house"; "" where it is none."""
    place = a_place(words, near=True, capital=True)
    if place:
        return place
    found = headed("spot", words)
    lead = words[0].casefold() if words else ""
    if not found or (small(words) not in names("spot") and lead not in POSSESSIVE | {"the", "a", "an"}):
        return ""
    return titled(found.text) if lead == "the" and ends_in(words, listed("lists", "venue")) else found.text
