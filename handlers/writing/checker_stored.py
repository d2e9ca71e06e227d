"""What is stored, as the checker compares with it: the names to mask, and every word, number, day and link there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from handlers.writing.checker_days import Dated, dates
from handlers.writing.checker_known import Knowledge
from handlers.writing.checker_phrases import listed, table
from handlers.writing.checker_text import fold, words_of
from handlers.writing.stale import MONTHS

LONGEST_SPAN = 400
"""Days that are looked at between the first and the last of something."""
_CAPITALS = re.compile(
    r"(?:[A-Z0-9À-Þ][\w'’.&-]*[,!?]?)(?: (?:(?:of|the|and|in|at|for|a|an|on|to|with|from|by|&|de|la|or) ){0,2}"
    r"[A-Z0-9À-Þ#][\w'’.&-]*[,!?]?){0,9}"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
_NUMBERED = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DAYS_IN_NEWS = re.compile(
    rf"(?i)\b(?:(?:on|from|through|until|till|by) )?"
    rf"(?:(?:{_WEEKDAY}\.?,? )?(?:{MONTHS}\.? {_NUMBERED}|{_NUMBERED} (?:of )?{MONTHS})(?:,? 20[0-9]{{2}})?"
    rf"|(?:on|this|next|last) {_WEEKDAY}(?! (?-i:[A-Z])))\b"
)
NUMBER = re.compile(r"(?<![\w.])#?[0-9](?:[0-9,.:/-]{0,30}[0-9])?")


@dataclass(frozen=True)
class Stored:
    """All that is stored, ready to be looked up."""

    texts: tuple[str, ...]
    """Folded, each with a blank before and behind."""
    words: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[date]
    dated: tuple[Dated, ...]
    links: frozenset[str]
    names: tuple[str, ...]
    titles: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Whether these folded words stand together somewhere."""
        return any(f" {words} " in text for text in self.texts)

    def has_date(self, dated: Dated) -> bool:
        """Whether a date in the note is one that is stored."""
        if any(dated.is_day(day) for day in self.days):
            return True
        return any((d.month, d.day) == (dated.month, dated.day) for d in self.dated)


def stored(known: Knowledge) -> Stored:
    """Lay out what is known; private small talk is not in it."""
    told = [fact.words for fact in known.open_facts]
    news = [item.words for item in known.news]
    people = [known.name, known.greeting, *known.others, known.sign, known.agent]
    titles = [*known.titles, *known.roles]
    raw = [t for t in (*people, known.office, known.job, *titles, *news, *told, *known.words) if t.strip()]
    texts = [fold(text) for text in raw]
    words = {part for text in texts for found in words_of(text) for part in _forms(found[0])}
    return Stored(
        tuple(_spoken(text) for text in texts),
        frozenset(words),
        frozenset(number for text in texts for number in numbers(text)),
        frozenset(_days(known)),
        tuple(d for text in texts for d in dates(text, day_first=known.customs.day_first)),
        frozenset(link for text in (*known.links, *(i.link for i in known.news), *raw) for link in _links(text)),
        tuple(p for p in people if p.strip()),
        tuple(dict.fromkeys([*titles, *(run for text in news for run in capitals(text))])),
    )


def _spoken(text: str) -> str:
    words = " ".join(found[0].removesuffix("'s") for found in words_of(text))
    return f" {words} "


def masked(known: Knowledge) -> tuple[str, ...]:
    """The stored names that are put out of sight before words are looked for."""
    people = [known.name, known.greeting, *known.others, *(o.split()[0] for o in known.others if o.strip())]
    own = [known.sign, known.agent, known.office, *known.titles, *known.roles]
    told = [run for text in (*_told(known), *known.words) for run in capitals(text)]
    return tuple(dict.fromkeys(name.strip() for name in (*people, *own, *told) if name.strip()))


def _told(known: Knowledge) -> Iterator[str]:
    yield from (item.words for item in known.news)
    yield from (fact.words for fact in known.open_facts)


@lru_cache(maxsize=1024)
def capitals(text: str) -> tuple[str, ...]:
    """The names inside stored words: "Salt Year", "Thank You, Goodnight"; a lone first word is none."""
    return tuple(_capitals(text))


def _capitals(text: str) -> Iterator[str]:
    # A day is no part of a name: "the Cedar Point Film Festival on Saturday, December 5".
    line = _DAYS_IN_NEWS.sub(";", " ".join(text.split())[:1000])
    for found in _CAPITALS.finditer(line):
        run = found[0].rstrip(",.")
        if not any(sign.isupper() for sign in run):
            continue
        lone = " " not in run and (found.start() == 0 or line[: found.start()].rstrip()[-1:] in ".!?:•-–")
        yield from () if lone or fold(run) in listed("names_of_all") else (run, run.rstrip("!?"))
        yield from (part for part in re.split(r"[,!?] ", run) if " " in part)


def numbers(text: str) -> Iterator[str]:
    """The numbers of a folded text, each in one spelling: "1,000" is 1000, "twelve" is 12, "7:30" stays."""
    for found in NUMBER.finditer(text):
        yield number(found[0])
        yield from re.findall(r"[0-9]+", found[0])
    numbers = table()["numbers"]
    yield from (numbers[w[0]] for w in words_of(text) if w[0] in numbers)
    yield from (digits for w in words_of(text) for digits in re.findall(r"[0-9]+", w[0]))


def number(text: str) -> str:
    """One number in one spelling."""
    plain = text.lstrip("#").replace(",", "")
    return plain.removesuffix(":00").removesuffix(".00")


def link_key(text: str) -> str:
    """A link as it is compared: without what every browser adds."""
    plain = re.sub(r"^https?://", "", fold(text).strip())
    return plain.removeprefix("www.").rstrip("/.,;:!?)")


def _links(text: str) -> Iterator[str]:
    yield from (link_key(word) for word in text.split() if re.search("[./@]", word))


def _forms(word: str) -> Iterator[str]:
    yield word
    yield word.removesuffix("'s")
    yield from word.split("-")


def _days(known: Knowledge) -> Iterator[date]:
    yield from (day for day in (known.met_on, known.send_on) if day)
    pairs = [(i.event_on, i.ends_on) for i in known.news] + [f.span for f in known.open_facts]
    for first, last in pairs:
        yield from (day for day in (first, last) if day)
        if first and last:
            yield from (first + timedelta(n) for n in range(1, min((last - first).days, LONGEST_SPAN)))
