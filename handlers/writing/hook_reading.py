"""Understands a remark: who it is about, what kind of fact it is, and whether that is sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from handlers.writing.hook_kinds import Match, matches
from handlers.writing.hook_slots import WHOSE
from handlers.writing.hook_talk import plainly
from handlers.writing.hook_things import is_open, small
from handlers.writing.hook_verbs import is_verb, told
from handlers.writing.hook_words import Words, heads, known, listed, places, table

_MOST_WORDS, _MOST_FACTS, _MOST_SAID = 48, 5, 5
_PAUSES = frozenset([",", "."])
_JOINS = frozenset(["and", "but", "so", "plus"])
_MYSELF = frozenset(["i", "my", "me", "we", "us", "our", "mine"])
_AFTER_NAME = frozenset(
    ["from", "a", "an", "the", "going", "off", "in", "on", "at", "back", "into", "obsessed", "out", "about"]
)


@dataclass(frozen=True)
class Told:
    """What a remark tells: its facts in order, its topic, the loose times in it, and the holiday it names."""

    matches: tuple[Match, ...] = ()
    topic: str = ""
    times: frozenset[str] = frozenset()
    holiday: str = ""
    long: bool = False
    """Whether it is told of the days behind the holiday too."""
    more_days: bool = False
    """Whether the words name a weekday besides the one that was cut out."""


@lru_cache(maxsize=256)
def understood(remark: str, name: str = "", *, dated: bool) -> Told:
    """Read a remark; with a date, "runs" is a plan. What is denied or sour tells nothing, what is doubtful a topic."""
    talk = plainly(remark, name)
    words = _whose(_hers(talk.words[:_MOST_WORDS]))
    found = list(_facts(words, planned=dated or "later" in talk.times))
    taken = {number for start, match in found for number in range(start, start + match.end)}
    rest = [word.casefold() for number, word in enumerate(words) if number not in taken | _days_of_old(words)]
    if _any(rest, "no") or _any(rest, "sour") or _any(rest, "unheard"):
        return Told()
    ours = any("before" in match.kind.lines for _, match in found) and bool(set(rest) & _MYSELF)
    sure = not ours and not _any(rest, "words") and not _phrase(rest)
    holiday = _holiday(words)
    long = any(f" {said} " in f" {small(words)} " for said in (f"over {holiday}", f"{holiday} weekend"))
    more_days = any(word.casefold() in listed("small", "weekdays") for word in words)
    matches_ = tuple(m for _, m in found) if sure else ()
    return Told(matches_, _topic(words), talk.times, holiday, bool(holiday) and long, more_days)


def _days_of_old(words: Words) -> frozenset[int]:
    """Where a part of its own says what somebody used to be: that takes nothing from the rest."""
    old: set[int] = set()
    for at in range(1, len(words) - 1):
        if words[at - 1] in _PAUSES and small(words[at : at + 2]) == "used to":
            old |= set(range(at, next((n for n in range(at, len(words)) if words[n] in _PAUSES), len(words))))
    return frozenset(old)


def _hers(words: Words) -> Words:
    """As "sister owns a shop" is "her sister owns a shop"."""
    plain: list[str] = []
    for at, word in enumerate(words):
        begins = at == 0 or words[at - 1].casefold() in _PAUSES | _JOINS
        who = next(
            (n for n in (2, 1) if small(words[at : at + n]).removesuffix("'s") in listed("lists", "relatives")), 0
        )
        behind = words[at + who] if len(words) > at + who else ""
        owner = small(words[at : at + who]).endswith("'s")
        if begins and who and (behind.casefold().endswith("ing") if owner else is_verb(behind)):
            plain.append("her")
        plain.append(word)
    return tuple(plain)


def _whose(words: Words) -> Words:
    """Behind somebody of theirs nobody knows whose "her" is: "his daughter at her game" is at "the" game."""
    told_of, plain = False, list(words)
    for at, word in enumerate(words):
        if word.casefold() in WHOSE and _one_or_more(words[at + 1 : at + 3]):
            plain[at : at + 2] = ["the", ""]
        elif word.casefold() in WHOSE:
            if told_of and small(words[at - 1 : at]) != "and":
                plain[at] = "the"
            behind = {each.casefold().removesuffix("'s") for each in words[at + 1 : at + 4]}
            told_of = told_of or bool(behind & (heads("kin") | heads("pet")))
        told_of = told_of and word != "."
    return tuple(word for word in plain if word)


def _one_or_more(behind: Words) -> bool:
    """As "her sons first day": nobody knows whether it is one son's."""
    if len(behind) < 2 or behind[0].casefold() not in listed("lists", "one_or_more"):
        return False
    after = behind[1].casefold()
    ordinal = after in listed("lists", "ordinal")
    return ordinal or (is_open(behind[1]) and not is_verb(behind[1]) and not after.endswith("ing"))


def _any(rest: list[str], of: str) -> bool:
    return bool(set(rest) & listed("doubt", of))


def _phrase(rest: list[str]) -> bool:
    text = f" {' '.join(rest)} "
    return any(f" {phrase} " in text for phrase in table()["doubt"]["phrases"])


def _facts(words: Words, *, planned: bool) -> Iterator[tuple[int, Match]]:
    """The facts of a remark, each with the word it begins at."""
    start = 0
    for _ in range(_MOST_FACTS):
        match, begun = _fact(words[start:], planned=planned)
        if match:
            yield start + begun, match
        start = _next_start(words, start + begun + (match.end if match else 0))
        if start >= len(words):
            return


def _next_start(words: Words, at: int) -> int:
    """Behind the next pause or "and"."""
    while at < len(words) and words[at].casefold() not in _PAUSES | _JOINS:
        at += 1
    while at < len(words) and words[at].casefold() in _PAUSES | _JOINS:
        at += 1
    return at


def _fact(words: Words, *, planned: bool) -> tuple[Match | None, int]:
    """The fact these words begin with, and how many words stand before it; its `end` counts words as typed."""
    for begun in _beginnings(words):
        for tried in _readings(words[begun:], planned=planned):
            for match in matches(tried):
                rest = tried[match.end :]
                if not rest or rest[0].casefold() in _behind(whole=match.kind.whole):
                    end = len(words) - begun - len(rest)
                    return Match(match.kind, match.slots, end), begun
    return None, 0


def _behind(*, whole: bool) -> frozenset[str]:
    """What may go on behind a fact without changing it."""
    ends = _PAUSES | _JOINS | listed("lists", "ends")
    return ends if whole else ends | listed("lists", "goes_on")


def _beginnings(words: Words) -> list[int]:
    """Where the fact itself may begin: at once, behind "she said", behind "she"."""
    at, found = 0, [0]
    while at < len(words):
        step = _told_by(words, at)
        if not step:
            break
        at += step
        found.append(at)
    return found[: -_MOST_SAID - 1 : -1]


def _told_by(words: Words, at: int) -> int:
    """How many words here only say who says it, or who it is about."""
    low = [word.casefold() for word in words[at : at + 4]]
    for length in (3, 2, 1):
        if " ".join(low[:length]) in listed("passed_over", "says"):
            return length
    return int(low[0] in listed("passed_over", "person") | listed("passed_over", "first"))


def _readings(words: Words, *, planned: bool) -> Iterator[Words]:
    """The words as they may be looked for: with the verb at the front or behind somebody, in its plain forms."""
    yield from dict.fromkeys((words, *_parted(words, planned=planned)))


def _parted(words: Words, *, planned: bool) -> Iterator[Words]:
    company = _company(words)
    if company:
        yield from _parted(company, planned=planned)
    yield from told(words, planned=planned)
    for at in range(1, min(6, len(words))):
        before, word = words[:at], words[at]
        if is_verb(word):
            yield from (before + behind for behind in told(words[at:], planned=planned))
        owner = before[-1].casefold()
        if owner.endswith("'s") and (word.casefold().endswith("ing") or word.casefold() in _AFTER_NAME):
            yield from ((*before[:-1], before[-1][:-2], *behind) for behind in told(words[at:], planned=planned))


def _company(words: Words) -> Words:
    """As "she and her husband are off to italy" is "off to italy with her husband"."""
    if words[:1] != ("with",):
        return ()
    for at in range(3, min(6, len(words))):
        if words[at].casefold() in ("is", "are"):
            return (*words[at:], *words[:at])
    return ()


_WHEN = frozenset(["after", "before", "until", "till", "since"])

# The topic: a name that is one wherever it stands, or something people do or play.


def _topic(words: Words) -> str:
    """The longest sure name in the words, the first of them."""
    found = [
        (length, -at, topic)
        for at in range(len(words))
        for length in range(1, 5)
        if at + length <= len(words)
        and not (at and words[at - 1].casefold() in listed("lists", "regions") | _WHEN)
        and (topic := _topics().get(small(words[at : at + length])))
    ]
    return max(found)[2] if found else ""


@cache
def _topics() -> dict[str, str]:
    everywhere = {small_name: name for small_name, name in known().items() if small_name in _named_topics()}
    sports = {name: name for name in table()["sports"] if name not in ("shopping", "tubing", "diving")}
    played = {
        name: f"the {name}" for name in heads("instrument") - {"bass", "organ", "recorder", "triangle", "keyboard"}
    }
    return everywhere | sports | played


@cache
def _named_topics() -> frozenset[str]:
    slots = ("race", "event", "team", "loved")
    named = {name.casefold() for slot in slots for name in table()["slots"][slot].get("names", ())}
    bare = {name.removeprefix("the ") for name in named}
    return frozenset(named | bare | places(near=True).keys()) - {"the 5k", "5k", "10k", "15k"}


def _holiday(words: Words) -> str:
    text = f" {small(words)} "
    return next((name for name in table()["holidays"] if f" {name} " in text), "")
