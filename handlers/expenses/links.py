"""What an expense hangs on: the project, and who it was with or went to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from handlers.expenses.categories import is_known
from handlers.expenses.sheet import Sheet, words_of
from handlers.expenses.tables import like, table, words_in
from handlers.reading.day_words import MONTHS, PARTS, WEEKDAYS
from handlers.reading.jobs import job_named
from handlers.reading.known_titles import KnownProject
from handlers.reading.people import Known
from handlers.reading.spelling import fold, titled

_SHORTEST_PART = 4
_SHORTEST_NAME = 3
_TYPO = 90
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True)
class FoundProject:
    """A project where it stands in a line."""

    start: int
    end: int
    project: KnownProject


@dataclass(frozen=True)
class Payee:
    """Who it was with or went to; `id` of one who is known."""

    name: str = ""
    id: int | None = None


# Projects


def take_projects(sheet: Sheet, known: Sequence[KnownProject]) -> list[FoundProject]:
    """The projects named in a line: by the title, by an unmistakable part of it, or with a slip in it."""
    found: list[FoundProject] = []
    phrases = _phrases(known)
    while one := _next_project(sheet.left, phrases):
        found.append(one)
        sheet.take(one.start, one.end)
    if not found and (one := _with_slip(sheet.left, known)):
        found.append(one)
        sheet.take(one.start, one.end)
    return sorted(found, key=lambda one: one.start)


def _title_words(title: str) -> tuple[str, ...]:
    return tuple(fold(m[0]) for m in words_of(title[:120]))


def _phrases(known: Sequence[KnownProject]) -> Mapping[tuple[str, ...], KnownProject]:
    """What each project may be called, where no other one is called so; the latest wins among namesakes."""
    whole = {words: project for project in reversed(known) if (words := _title_words(project.title))}
    parts: dict[tuple[str, ...], list[KnownProject]] = {}
    for words, project in whole.items():
        for part in set(_parts(words)):
            parts.setdefault(part, []).append(project)
    once = {part: projects[0] for part, projects in parts.items() if len(projects) == 1}
    return once | {words: project for words, project in whole.items() if not _is_everyday(words)}


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Runs of a title from its first word of weight on, and each long word that is no everyday one."""
    bare = words[1:] if words[0] in _ARTICLES and len(words) > 1 else words
    for length in range(len(bare), 0, -1):
        run = bare[:length]
        if length > 1 or not _is_everyday(run):
            yield run
    yield from ((word,) for word in bare if len(word) > _SHORTEST_PART + 2 and not _is_everyday((word,)))


def _is_everyday(words: tuple[str, ...], shortest: int = _SHORTEST_PART) -> bool:
    """Whether it is one word that means something else in a line of this kind."""
    if len(words) != 1:
        return False
    word = words[0]
    dated = {*WEEKDAYS, *MONTHS, *PARTS}
    plain = words_in("plain") | words_in("fillers") | words_in("counted") | words_in("numbered")
    return len(word) < shortest or word.isdigit() or word in plain or word in dated or is_known(word)


def _next_project(left: str, phrases: Mapping[tuple[str, ...], KnownProject]) -> FoundProject | None:
    found = words_of(left)
    words = [fold(m[0]).removesuffix("'s") for m in found]
    longest = max(map(len, phrases), default=0)
    for length in range(min(longest, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            project = phrases.get(tuple(words[at : at + length]))
            gap = left[found[at].start() : found[at + length - 1].end()]
            if project and not re.search(r"[\x00\x01\n;]", gap):
                return FoundProject(found[at].start(), found[at + length - 1].end(), project)
    return None


def _with_slip(left: str, known: Sequence[KnownProject]) -> FoundProject | None:
    """A title of two words or more that is typed all but right."""
    titles = {" ".join(words): p for p in reversed(known[:200]) if len(words := _title_words(p.title)) > 1}
    found = words_of(left)[:40]
    for length in sorted({len(title.split()) for title in titles}, reverse=True):
        for at in range(len(found) - length + 1):
            said = " ".join(fold(m[0]) for m in found[at : at + length])
            near = process.extractOne(said, titles.keys(), scorer=fuzz.ratio, score_cutoff=_TYPO)
            if near and re.sub(r"\D", "", said) == re.sub(r"\D", "", near[0]):
                return FoundProject(found[at].start(), found[at + length - 1].end(), titles[near[0]])
    return None


# People


def take_payee(sheet: Sheet, known: Sequence[Known]) -> Payee:
    """Who it was with or went to: known people by their full names, all others after "with" or "paid"."""
    lead = like(r"(?<![\w/])(?:<with_whom>|<to_whom>)\s{0,2}(?=\S)").finditer(sheet.left)
    for m in list(lead):
        if not m[0].rstrip().endswith("/") and not m[0][-1:].isspace():
            continue
        said = m[0].strip().casefold()
        who, end = _who(sheet, m.end(), known, is_with=said != "to", may_be_new=said != "to")
        if who.name:
            sheet.take(m.start(), end)
            return _and_more(sheet, who, end, known)
    return _bare_name(sheet, known)


def _and_more(sheet: Sheet, first: Payee, end: int, known: Sequence[Known]) -> Payee:
    """The second of "tess and jo", where both are known."""
    joint = re.compile(r"\s?(?:and\b|&|\+|,)\s?").match(sheet.left, end)
    if joint is None or first.id is None:
        return first
    second, last = _who(sheet, joint.end(), known, is_with=True, may_be_new=False)
    if second.id is None:
        return first
    sheet.take(end, last)
    return Payee(f"{first.name} and {second.name}", first.id)


def _who(sheet: Sheet, at: int, known: Sequence[Known], *, is_with: bool, may_be_new: bool) -> tuple[Payee, int]:
    found = [m for m in words_of(sheet.left[: at + 80]) if m.start() >= at][:4]
    if not found or sheet.left[at : found[0].start()].strip():
        return Payee(), at
    for length in range(len(found), 0, -1):
        person = _person(sheet.text[found[0].start() : found[length - 1].end()], known)
        if person:
            return Payee(person.name, person.id), found[length - 1].end()
    if is_with and (by_job := _by_job(sheet, found, known)):
        return by_job
    return _new(sheet, found) if may_be_new else (Payee(), at)


def _person(said: str, known: Sequence[Known]) -> Known | None:
    """The one person of this full name, else the one who is called so."""
    folded = fold(said)
    same = [person for person in known if fold(person.name) == folded]
    if not same and " " not in folded:
        same = [p for p in known if folded in (fold(p.greeting), *fold(p.name).split()[:1])]
    return same[0] if len(same) == 1 else None


def _by_job(sheet: Sheet, found: Sequence[re.Match[str]], known: Sequence[Known]) -> tuple[Payee, int] | None:
    """Of "my agent" the one known person of that job, or the job itself."""
    skipped = 1 if found[0][0].casefold() in ("my", "the", "our", "a") and len(found) > 1 else 0
    for length in (2, 1):
        run = found[skipped : skipped + length]
        job = job_named(" ".join(m[0] for m in run)) if len(run) == length else ""
        if job:
            same = [person for person in known if person.job == job]
            who = (
                Payee(same[0].name, same[0].id) if len(same) == 1 else Payee(sheet.text[run[0].start() : run[-1].end()])
            )
            return who, run[-1].end()
    return None


def _new(sheet: Sheet, found: Sequence[re.Match[str]]) -> tuple[Payee, int]:
    """A name nobody is known by: one word, or two where they end the part or have capitals."""
    if not _is_name(found[0][0]):
        return Payee(), found[0].start()
    last = found[0].end()
    if len(found) > 1 and _is_name(found[1][0]) and sheet.left[last : found[1].start()].isspace():
        ends = not re.match(r"\s*[^\W_\d]", sheet.left[found[1].end() :])
        if ends or (found[0][0][0].isupper() and found[1][0][0].isupper()):
            last = found[1].end()
    return Payee(titled(sheet.text[found[0].start() : last])), last


def as_name(note: str) -> str:
    """A note that is nothing but a name: one word, or two with capitals."""
    words = note.split()
    is_two = len(words) == 2 and all(word[0].isupper() for word in words)
    return titled(note) if (len(words) == 1 or is_two) and all(map(_is_name, words)) else ""


def _is_name(word: str) -> bool:
    folded = fold(word)
    idle = words_in("no_names") | words_in("fillers") | words_in("numbered") | words_in("counted")
    is_word = folded in idle or is_known(folded) or folded in table("line_words.toml")["numbers"]
    return word.replace("'", "").replace("-", "").isalpha() and len(word) > 1 and not is_word


def _bare_name(sheet: Sheet, known: Sequence[Known]) -> Payee:
    """A known person named without "with": the full name, or a first name that is no everyday word."""
    found = words_of(sheet.left)[:60]
    firsts = Counter(fold(p.name).split()[0] for p in known if p.name.strip())
    for length in (4, 3, 2, 1):
        for at in range(len(found) - length + 1):
            start, end = found[at].start(), found[at + length - 1].end()
            folded = fold(sheet.left[start:end])
            if length == 1 and (folded not in firsts or _is_everyday((folded,), _SHORTEST_NAME)):
                continue
            if person := _person(folded, known):
                sheet.take(start, end)
                return Payee(person.name, person.id)
    return Payee()
