"""What small talk is about, as a line names it: hobbies, tastes, titles, topics, the bit of the room."""

from __future__ import annotations

import re
from functools import cache

from handlers.writing.hook_slots import WHOSE, Reader, Slots
from handlers.writing.hook_spelling import cased
from handlers.writing.hook_things import a_place, by_name, ends_in, headed, is_open, named, placed, small, thing
from handlers.writing.hook_verbs import bases, forms, ing_form
from handlers.writing.hook_words import Words, heads, known, listed, names, table

_JOINS = frozenset(["of", "the", "and", "in", "to", "a", "for", "on", "with", "at"])
_NO_TITLE = WHOSE | {"a", "an", "my", "some", "our", "this", "that"}


def lead(words: Words) -> str:
    """The first word in small letters."""
    return words[0].casefold() if words else ""


def shop(words: Words) -> bool:
    """Whether the words touch the business of casting, which is nobody's small talk."""
    return bool({word.casefold() for word in words} & listed("small", "shop"))


def mine(text: str) -> bool:
    """Whether it is the actor's, not theirs."""
    return text.startswith(("my ", "our "))


def _bare(words: Words) -> Words:
    return words[1:] if lead(words) == "the" else words


@cache
def _hobbies() -> dict[str, str]:
    instruments = {name: name for name in heads("instrument")}
    return instruments | {name.casefold(): name for name in table()["hobbies"]["names"]}


def _newhobby(words: Words) -> Slots:
    hobby = _hobbies().get(small(_bare(words)))
    return {"newhobby": hobby, "hobby_goes": _goes(hobby)} if hobby else {}


def _goes(hobby: str) -> str:
    return (
        "are going" if (hobby in heads("instrument") and hobby.endswith("s")) or hobby == "watercolors" else "is going"
    )


def _instrument(words: Words) -> Slots:
    plain = small(_bare(words))
    return {"bare_instrument": plain} if plain in heads("instrument") else {}


def _a_instrument(words: Words) -> Slots:
    plain = small(tuple(word for word in words[1:] if word.casefold() not in ("new", "used", "old", "first", "own")))
    return (
        {"newhobby": plain, "hobby_goes": _goes(plain)}
        if lead(words) in WHOSE | {"a", "an", "the"} and plain in heads("instrument")
        else {}
    )


def _base(words: Words) -> Slots:
    """A verb and perhaps its thing: "surf", "play the drums", "make pasta"."""
    if lead(words) not in bases() - {"need", "want", "work", "live", "use"} or len(words) > 4:
        return {}
    what = thing(words[1:], 3) if words[1:] else None
    if words[1:]:
        return {"base": f"{lead(words)} {what.text}"} if what and not mine(what.text) else {}
    return {"base": lead(words)} if lead(words) not in listed("small", "words") else {}


def _surfs(words: Words) -> Slots:
    """What somebody does for fun: "surfs" is surfing."""
    base, kind = forms().get(small(words), ("", ""))
    doing = ing_form(base) if kind == "s" else ""
    return {"verb_ing": doing} if doing in table()["sports"] or doing in _hobbies() else {}


def _common(words: Words) -> bool:
    """Whether words without "the" can stand so: many, listed, in capitals. "severance" may be a name."""
    last, low = words[-1].casefold(), small(words)
    many = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return many or low in _sure() or last in _kinds() or last.endswith("ing") or words[0][0].isupper()


@cache
def _sure() -> frozenset[str]:
    return frozenset({*_hobbies(), *known(), *names("loved"), *names("event"), *table()["sports"]})


@cache
def _kinds() -> frozenset[str]:
    return frozenset(word for slot in table()["slots"] for word in heads(slot))


def _makes(words: Words) -> Slots:
    """What is played, collected, made: "vintage toasters", "her own kombucha"."""
    plain = words[2:] if small(words[1:2]) == "own" else _bare(words)
    found = thing(plain, 3)
    if not found or mine(found.text) or shop(plain):
        return {}
    alone = found.text == found.bare and plain[-1].casefold() not in heads("instrument")
    if alone and not _common(plain):
        return {}
    return {"the_makes": found.bare if alone else found.the, "bare_makes": found.bare}


def _was(words: Words) -> Slots:
    found = thing(words, 3)
    return {"was": found.bare} if found and found.text == found.bare and not shop(words) else {}


def _manner(words: Words) -> Slots:
    """How it was to be played: "smaller", "like a game show host", "slower and drier"."""
    low = small(words)
    if low.startswith(("like ", "as ")):
        what = thing(words[1:], 4)
        return {"manner": f"{lead(words)} {what.text}"} if what and not what.text.startswith(("your ", "my ")) else {}
    plain = re.fullmatch(
        r"(?:way |much |even |a little )?([a-z]{3,14}er|twice|again|softly|straight|big|small)(?: and [a-z]{3,14}er)?",
        low,
    )
    return {"manner": low} if (plain and is_open(plain[1])) or low in ("again", "twice") else {}


def _act(words: Words) -> Slots:
    low = small(words)
    return {"act": ing_form(low).capitalize(), "small_act": ing_form(low)} if low in listed("lists", "act") else {}


def _bit(words: Words) -> Slots:
    """What the actor did in the room: "toaster improv", after "my"."""
    found = thing(("my", *words), 4)
    if not found or not ends_in(words, heads("bit")):
        return {}
    before = small(words[:-1])
    played = before in heads("object") and words[-1].casefold() in listed("lists", "comic")
    return {"bare_bit": found.bare} | ({"bit_object": before} if played else {})


def _title(words: Words) -> Slots:
    """A book, a show: its name as listed or as typed; one in small letters gets capitals."""
    if not 0 < len(words) <= 6:
        return {}
    name = known().get(small(words)) or names("loved").get(small(words)) or names("event").get(small(words))
    if name:
        return {"title": f"The {name[4:]}" if name.startswith("the ") else name}
    body = _bare(words)
    if lead(words) in _NO_TITLE or not all(_titular(word) for word in body) or not body:
        return {}
    if body[-1].casefold() in listed("lists", "untitled") | _JOINS:
        return {}
    return {"title": " ".join(_capital(word, first=n == 0) for n, word in enumerate(words))}


def _titular(word: str) -> bool:
    fits = is_open(word) and word.casefold() not in listed("small", "shop") and not word[0].isdigit()
    return word.casefold() in _JOINS or fits


def _capital(word: str, *, first: bool) -> str:
    return word.casefold() if word.casefold() in _JOINS and not first else word[:1].upper() + word[1:]


def _team(words: Words) -> Slots:
    found = by_name(names("team"), words)
    return found.as_slot("team") if found else {}


def _team2(words: Words) -> Slots:
    return {"team2": "them"} if by_name(names("team"), words) else {}


def _road(words: Words) -> Slots:
    found = by_name(names("road"), words)
    return {"road": found.text} if found else {}


def _weather(words: Words) -> Slots:
    found = headed("weather", words) if len(words) < 4 else None
    return {"the_weather": f"the {found.bare}"} if found else {}


def _loved(words: Words) -> Slots:
    """What is loved: listed, or a kind of thing by its plural and nothing else."""
    low = small(words)
    found = by_name(names("loved"), words) or by_name(names("team"), words) or by_name(names("event"), words)
    played = small(_bare(words))
    if not found and (low in table()["sports"] or played in _hobbies()):
        found = named(f"the {played}" if played in heads("instrument") else cased(words))
    if not found and len(words) < 4 and lead(words[-1:]) in heads("loved") | heads("pet"):
        plural = thing(words, 3)
        many = low.endswith(("s", "food", "music"))
        found = plural if plural and plural.text == plural.bare and many else None
    return {"loved_or_doing": found.text} if found else {}


def _lovedmany(words: Words) -> Slots:
    """A kind of what is watched or read: "old westerns"; no title."""
    plain = lead(words[-1:]) in listed("lists", "untitled") | heads("loved") and lead(words[-1:]).endswith("s")
    found = thing(words, 3) if plain else None
    return {"lovedmany": found.text} if found and found.text == found.bare else {}


def _thing(words: Words) -> Slots:
    found = thing(words, 4)
    if not found or mine(found.text) or shop(words):
        return {}
    many = found.bare.endswith("s") and not found.bare.endswith("ss")
    return found.as_slot("thing") | {"thing_turns": "turn" if many else "turns", "thing_does": "do" if many else "does"}


def _topic(words: Words) -> Slots:
    """What was talked about: as it is told, "a film" as "the film"."""
    place = a_place(words, near=True, capital=True)
    found = named(place) if place else (placed("event", words) or thing(words))
    if not found or mine(found.text) or shop(words) or (found.text == found.bare and not place and not _common(words)):
        return {}
    return {"topic": found.text, "the_topic": found.the if lead(words) in ("a", "an") else found.text}


def _owntopic(words: Words) -> Slots:
    found = placed("event", words) or thing(words)
    return {"owntopic": found.text} if found and found.text.startswith("your ") and not shop(words) else {}


READERS: dict[str, Reader] = {
    "newhobby": _newhobby,
    "instrument": _instrument,
    "a_instrument": _a_instrument,
    "base": _base,
    "surfs": _surfs,
    "makes": _makes,
    "was": _was,
    "manner": _manner,
    "act": _act,
    "bit": _bit,
    "title": _title,
    "team": _team,
    "team2": _team2,
    "road": _road,
    "weather": _weather,
    "loved": _loved,
    "lovedmany": _lovedmany,
    "thing": _thing,
    "topic": _topic,
    "owntopic": _owntopic,
}
