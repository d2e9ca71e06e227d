"""One part of the answer to "Who was in the room?": whom it names or describes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.reading.jobs import job_named, leading_job, trailing_job
from handlers.reading.people_words import (
    LONGEST_NAME,
    describes,
    folded_words,
    like,
    looks_like_office,
    name_of,
    table,
    words_in,
)
from handlers.reading.spelling import clipped, fold

MOST_PEOPLE = 20


@dataclass(frozen=True)
class Told:
    """One person as a part tells it; `place` and `whose` are the words typed ("Marsh Casting", "her")."""

    name: str = ""
    job: str = ""
    description: str = ""
    place: str = ""
    whose: str = ""
    several: bool = False
    """The job was in the plural: "producers Ann"."""


def told_in(part: str) -> list[Told]:
    """Everybody in the part; nobody where it is only talk."""
    for reader in _READERS:
        told = reader(part)
        if told is not None:
            return told
    return []


def number(said: str) -> int:
    """Up to three digits of any script, or a word for a number."""
    folded = fold(said)
    return int(folded) if folded.isdecimal() else int(table()["numbers"][folded])


def indefinite(part: str) -> bool:
    """Tell them apart: "a reader" is another person, "the reader" may be the one just told."""
    return like(r"(?:an?|some|one|another)\s.*").fullmatch(part) is not None


def _several(part: str) -> list[Told] | None:
    """Read "two producers"; "one guy" is only one."""
    split = like(r"(?:the\s+)?(\d{1,3}|<numbers>)\s+(?:other\s+|of the\s+|of\s+)?(.+)").fullmatch(part)
    if split is None:
        return None
    words = split[2].split()
    job, _, many = leading_job(words)
    if many != len(words):
        job = ""
    people = job or describes(folded_words(words)) or set(folded_words(words)) & words_in("anyone")
    times = number(split[1])
    if not people or times < 2:
        return None
    one = Told(job=job, description="" if job else clipped(split[2], LONGEST_NAME))
    return [one] * min(times, MOST_PEOPLE)


def _whose(part: str) -> list[Told] | None:
    """Read "her associate Jo"."""
    split = like(r"(my|our|her|his|their|its|[^\s'’]+(?=['’]))(?:['’]s?)?\s+(?!the\b|an?\b)(.+)").fullmatch(part)
    if split is None or not leading_job(split[2].split())[0]:
        return None
    whose = "" if split[1].casefold() in ("my", "our") else split[1]
    return [replace(one, whose=whose) for one in told_in(split[2])]


def _is(part: str) -> list[Told] | None:
    """Read "cd is Odette", "Tess is the cd", "agency guy is Felix"."""
    split = like(r"(.+?)(?:\s+(?:is|was|were)|(?<!\b[^\W\d_])['’]s)\s+(.+)").fullmatch(part)
    if split is None:
        return None
    left, right = split[1], split[2]
    place = like(r"(?:from|at)\s+(.+)").fullmatch(right)
    if job := job_named(left):
        return [replace(one, job=one.job or job) for one in told_in(right)] or [Told(job=job)]
    if describes(folded_words(left.split())):
        looks = _bare(left)
        return [replace(one, description=looks) for one in told_in(right) if one.name] or [Told(description=looks)]
    job = leading_job(right.split())[0]
    where = place[1] if place else ""
    return [replace(one, job=one.job or job, place=one.place or where) for one in told_in(left)]


def _called(part: str) -> list[Told] | None:
    """Read "a guy named Greg"."""
    split = like(r"(.+?)\s+(?:named|called)\s+(.+)").fullmatch(part)
    if split is None:
        return None
    words = split[1].split()
    job = job_named(split[1]) or leading_job(words)[0] or trailing_job(words)[0]
    looks = "" if job or set(folded_words(words)) & words_in("anyone") else _bare(split[1])
    return [replace(one, job=one.job or job, description=looks) for one in told_in(split[2]) if one.name]


def _from(part: str) -> list[Told] | None:
    """Read "Ann from Marsh Casting", "someone from the network", "guy from the ad agency"."""
    split = like(r"(.+?)\s+(?:from|at|@|over at|out of)\s*(?<=[\s@])(.+)").fullmatch(part)
    if split is None or leading_job(part.split())[2] == len(part.split()):
        return None
    folded = folded_words(split[1].split())
    if describes(folded) and not _titled(split[1].split()):
        return [Told(description=_bare(part))]
    if folded[-1] in words_in("anyone"):
        job = job_named(split[2])
        return [Told(job=job, description="" if job else _bare(part))]
    return [replace(one, place=one.place or split[2]) for one in told_in(split[1])]


def _had(part: str) -> list[Told] | None:
    """Read "cd had red glasses"."""
    split = like(r"(.+?)\s+(?:who had|had|has|with|w/|wearing|wore|in)\s+(?:an?\s+|the\s+)?(.+)").fullmatch(part)
    if split is None:
        return None
    folded, looks = folded_words(split[1].split()), clipped(split[2], LONGEST_NAME)
    if describes(folded) and not job_named(split[1]):
        return [Told(description=_bare(part))]
    if folded[-1] in words_in("anyone"):
        return [Told(description=looks)]
    return [replace(one, description=looks) for one in told_in(split[1])]


def _plain(part: str) -> list[Told]:
    words = part.split()
    job, several, many = leading_job(words)
    if job:
        return _after_job(job, words[many:], part, several=several)
    job, many = trailing_job(words)
    if job:
        return _before_job(job, words[:-many], part)
    folded = folded_words(words)
    if (describes(folded) or folded[-1] in words_in("anyone")) and not _titled(words):
        return [] if words_in("talk").intersection(folded) else [Told(description=_bare(part))]
    article = len(words) > 1 and folded[0] in words_in("articles") and words[1][0].islower()
    name = "" if article else name_of(words)
    return [Told(name=name)] if name else []


def _after_job(job: str, rest: list[str], part: str, *, several: bool) -> list[Told]:
    """Read "director Bea Hartnell", "the camera guy", "producers"."""
    if not rest:
        return [Told(job=job, description=_bare(part) if several else "", several=several)]
    if name := name_of(rest) if not _seen(rest) else "":
        return [Told(name=name, job=job, several=several)]
    talk = words_in("talk").intersection(folded_words(rest)) or describes(folded_words(rest))
    return [Told(job=job, description="" if talk else clipped(" ".join(rest), LONGEST_NAME))]


def _before_job(job: str, rest: list[str], part: str) -> list[Told]:
    """Read "tess quillan the producer", "the tall producer"."""
    while rest and fold(rest[-1]).strip(".,") in ("as", "the", "a", "an", "our", "my", "one", "her", "his"):
        rest = rest[:-1]
    folded = folded_words(rest)
    if not rest or words_in("articles").intersection(folded[:1]) or folded[-1] == "other" or looks_like_office(rest):
        looks = " ".join(word for word, bare in zip(rest, folded, strict=True) if bare not in words_in("articles"))
        return [Told(job=job, description=clipped(looks, LONGEST_NAME))]
    if name := name_of(rest):
        return [Told(name=name, job=job)]
    return [] if words_in("talk").intersection(folded) else [Told(description=_bare(part))]


def _titled(words: list[str]) -> bool:
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _seen(words: list[str]) -> bool:
    return bool(words_in("seen").intersection(folded_words(words)))


def _bare(part: str) -> str:
    """The description without its article or number."""
    return clipped(like(r"^(?:(?:<articles>|1)\s+)+(?=\S)").sub("", part), LONGEST_NAME)


_READERS: tuple[Callable[[str], list[Told] | None], ...] = (_several, _whose, _is, _called, _from, _had, _plain)
