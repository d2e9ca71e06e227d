"""The answer to "Who was in the room?" taken apart into mentions of people, before anybody is looked up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from handlers.reading.addresses import ToldAddress, unmasked, whose
from handlers.reading.jobs import job_named, leading_job
from handlers.reading.people_words import (
    LONGEST_NAME,
    describes,
    folded_words,
    lean,
    like,
    looks_like_office,
    office_of,
    parts,
    words_in,
)
from handlers.reading.spelling import clipped, fold
from handlers.reading.told_people import MOST_PEOPLE, Told, indefinite, number, told_in

_MOST_WORDS = 30
_MOST_PARTS = 80
_LONGEST_PART = 300
_ONE_MORE = "one more"


@dataclass(frozen=True)
class Mention:
    """One person as told."""

    name: str = ""
    job: str = ""
    office: str = ""
    description: str = ""
    boss: int | None = None
    """The place in the list of the one whose office this person shares."""
    email: str = ""
    loosely: bool = False
    """The office was said of the one next to this person: "Ann & Bo from Marsh Casting"."""


class Hearing:
    """Goes through the parts of an answer; `found`, `nobody` and `offices` may be read afterwards."""

    def __init__(self, offices: Collection[str]) -> None:
        self.found: list[Mention] = []
        self.nobody = False
        self.addresses: list[ToldAddress] = []
        self._offices = offices
        self._count = 0
        self._chain = 0  # where the row of names joined by "and" begins
        self._jobs_of_chain = ""  # "producers Ann and Bo"
        self._open = False  # the last one is a job that waits for its name: "the director, Bea"

    def all(self, text: str) -> list[Mention]:
        """The people of the whole answer, those only counted included."""
        for at, (mark, part) in enumerate(parts(text)):
            if at < _MOST_PARTS and len(self.found) < MOST_PEOPLE:
                self._hear_part(mark, part)
        for at, address in whose(self.addresses, [one.name for one in self.found]).items():
            self.found[at] = replace(self.found[at], email=address)
        if self._count <= MOST_PEOPLE:
            missing = self._count - len(self.found)
            unknown = ["someone" if not self.found and not n else _ONE_MORE for n in range(missing)]
            self.found += [Mention(description=words) for words in unknown]
        return self.found[:MOST_PEOPLE]

    def _hear_part(self, mark: str, part: str) -> None:
        before = len(self.found)
        if address := unmasked(part):
            self.addresses.append(ToldAddress(address, before, follows=mark != "stop"))
            return
        self._hear(mark, part)
        for told in self.addresses:
            told.leads = told.leads or (told.place == before < len(self.found) and mark != "stop")

    def _hear(self, mark: str, part: str) -> None:
        if len(part) > _LONGEST_PART:
            return
        if gap := like(r"\b<unknowing>\b").search(part):
            mark, part = "also", part[: gap.start()].strip()
            self.nobody = True
        if fold(part).strip(" .?") in words_in("nobody"):
            self.nobody = True
            return
        part = lean(part)
        words = part.split()
        if not words or len(words) > _MOST_WORDS or fold(part) in words_in("fillers") or self._counts(part):
            return
        if two := self._with(part):
            self._hear(mark, two[0])
            self._hear("also", two[1])
        elif not (mark in ("comma", "inside") and self.found and self._adds(mark, part, words)):
            self._add(mark, [] if self._is_place(part, words) else told_in(part), part)

    def _counts(self, part: str) -> bool:
        """Take counts: "3 ppl" is everybody, "two more" are told besides."""
        if fold(part) in words_in("more"):
            self.found.append(Mention(description=_ONE_MORE))
            return True
        many = r"(?:(?:like|about|around|maybe|~)\s+)?(\d{1,3}|<numbers>)"
        told = like(many + r"\s+(more|others?)?\s*(?:people|ppl|persons?|folks|of them|total)?").fullmatch(part)
        if told is None:
            return False
        count = number(told[1])
        if told[2] and count <= MOST_PEOPLE:
            self.found += [Mention(description=_ONE_MORE)] * count
        elif not told[2]:
            self._count, self.nobody = max(self._count, count), self.nobody or count > MOST_PEOPLE
        return True

    def _with(self, part: str) -> tuple[str, str] | None:
        """Part two people: "Tess with her associate" are two people, "a guy with glasses" is one."""
        two = like(r"(.+?)\s+(?:with|w/|w)\s+(.+)").fullmatch(part)
        if two is None or words_in("seen").intersection(folded_words(two[2].split())):
            return None
        left = told_in(two[1])
        return (two[1], two[2]) if left and left[0].name else None

    def _adds(self, mark: str, part: str, words: list[str]) -> bool:
        """What stands behind a comma or in brackets may tell more of the one before it: job, office, looks."""
        last = self.found[-1]
        if self._adds_job(words, last) or self._adds_place(part, words) or self._adds_looks(part, last):
            return True
        return mark == "inside" and self._adds_inside(part, words)

    def _adds_job(self, words: list[str], last: Mention) -> bool:
        job, several, many = leading_job(words)
        place = like(r"(?:from|at|@)\s+(.+)").fullmatch(" ".join(words[many:]))
        if not job or indefinite(" ".join(words)) or last.job or not last.name or (many < len(words) and not place):
            return False
        for at in range(self._chain if several else len(self.found) - 1, len(self.found)):
            self.found[at] = replace(self.found[at], job=self.found[at].job or job)
        if place:
            self._put_office(place[1])
        return True

    def _adds_place(self, part: str, words: list[str]) -> bool:
        place = like(r"(?:from|at|@|over at|out of)\s+(.+)").fullmatch(part)
        if not place and not self._is_place(part, words):
            return False
        self._put_office(place[1] if place else part)
        return True

    def _is_place(self, part: str, words: list[str]) -> bool:
        return not job_named(part) and (looks_like_office(words) or fold(part) in self._offices)

    def _adds_inside(self, part: str, words: list[str]) -> bool:
        """Take what brackets hold: "Tess (Telsey)", "Ann (the tall one)"."""
        if describes(folded := folded_words(words)) or words_in("anyone").intersection(folded):
            self.found[-1] = replace(self.found[-1], description=clipped(part, LONGEST_NAME))
        elif self.found[-1].name and not self.found[-1].office and not words_in("talk").intersection(folded):
            self._chain = len(self.found) - 1  # brackets belong to one person
            self._put_office(part)
        return True

    def _adds_looks(self, part: str, last: Mention) -> bool:
        verb = r"(?:(?:she|he|who|that)\s+)?(?:had|has|with|w/|wore|wearing)\s+"
        looks = like(verb + r"(?:an?\s+|the\s+)?(.+)").fullmatch(part)
        if looks is None:
            return False
        self.found[-1] = replace(last, description=last.description or clipped(looks[1], LONGEST_NAME))
        return True

    def _put_office(self, said: str, at: int | None = None) -> None:
        """The office of the last one, and loosely of those joined to it by "and"; or only of the one at this place."""
        last, chain = len(self.found) - 1 if at is None else at, self._chain if at is None else at
        told = self.found[last]
        if fold(said) in words_in("same_office"):
            told = replace(told, boss=self._boss("", before=chain or last))
        elif job := job_named(said):
            self.found[last] = replace(told, job=told.job or job)
            return
        else:
            told = replace(told, office=office_of(said))
        for place in range(chain, last):
            if self.found[place].name and not self.found[place].office and (told.boss is None or place > told.boss):
                self.found[place] = replace(self.found[place], office=told.office, boss=told.boss, loosely=True)
        self.found[last] = told

    def _boss(self, name: str, before: int) -> int | None:
        """The place of the one of this first name, else of the last one named."""
        named = [at for at, other in enumerate(self.found[:before]) if other.name]
        first = [at for at in named if name and fold(self.found[at].name).split()[0] == fold(name)]
        likely = first or named
        return likely[-1] if likely else None

    def _add(self, mark: str, told: list[Told], part: str) -> None:
        if mark != "also":
            self._chain = len(self.found)
            self._jobs_of_chain = self._jobs_of_chain if mark == "comma" else ""
        for one in told:
            self._jobs_of_chain = one.job if one.several else self._jobs_of_chain
            self._add_one(mark, one)
        waits = len(told) == 1 and not told[0].name and (told[0].several or not told[0].description)
        self._open = waits and not indefinite(part)

    def _add_one(self, mark: str, one: Told) -> None:
        boss = self._boss(one.whose, before=len(self.found)) if one.whose else None
        job = one.job or (self._jobs_of_chain if one.name else "")
        mention = Mention(one.name, job, description=one.description, boss=boss)
        if one.several and not one.name:
            mention = Mention(description=one.description)
        at = self._earlier(mark, mention)
        if at is None:
            self.found.append(mention)
        else:
            self.found[at] = _merged(self.found[at], mention)
        if one.place:
            self._put_office(one.place, at)

    def _earlier(self, mark: str, one: Mention) -> int | None:
        """The place of a job that waited for this name, or of one told before who has this first name."""
        if self._open and mark == "comma" and one.name and one.job in ("", self._jobs_of_chain):
            self._open = False
            return len(self.found) - 1
        if mark != "stop" or not one.name or " " in one.name:
            return None
        first = [at for at, other in enumerate(self.found) if fold(other.name).split()[:1] == [fold(one.name)]]
        return first[0] if first else None


def _merged(told: Mention, one: Mention) -> Mention:
    """A name for a job already told, or more of somebody already named."""
    if not told.name:
        return replace(one, job=one.job or told.job, office=told.office, boss=told.boss)
    return replace(told, job=one.job or told.job, description=told.description or one.description)
