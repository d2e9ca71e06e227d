"""Finds the one clear day named in running text; what is doubtful is left in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.reading.day_words import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    NEAR,
    SEVERAL,
    SINGLE,
    SLASHED,
    WEEKDAY,
    WEEKDAYS,
    WORDS,
    Asked,
    Look,
    Span,
    any_of,
    neat,
    read_days,
)


@dataclass(frozen=True)
class Cut:
    """A day or days found in a text, with the phrase that named them and the text without it."""

    rest: str
    phrase: str
    first: date
    last: date


@dataclass(frozen=True)
class _Around:
    """The text on both sides of a phrase."""

    before: str
    after: str

    @property
    def previous(self) -> str:
        found = re.search(r"(\w+)\W{0,3}$", self.before)
        return found[1].lower() if found else ""

    @property
    def following(self) -> str:
        found = re.match(r"\s{0,3}(\w+)", self.after)
        return found[1].lower() if found else ""

    @property
    def ends(self) -> bool:
        """Nothing follows in its line."""
        return bool(re.match(r"[ \t.!?)…]*(?:\n|$)", self.after))

    @property
    def has_more(self) -> bool:
        """Another day stands beside it: "fri or sat"."""
        return bool(_MORE.match(self.after) or _MORE_BEFORE.search(self.before))

    @property
    def looks_back(self) -> bool:
        """Past like "they wed in june", whatever was asked for."""
        words = re.findall(r"\w+", self.before.lower())
        return any(word in _HINTS["told"] or word.endswith("ed") for word in words)


_HINTS = {key: frozenset(words) for key, words in WORDS["text"].items()}
_REACH = 1000
"""Letters looked through; a message that long names no one day."""
_MOST = 40


def _bare(pattern: str) -> str:
    """Strip a pattern of its names and give it room for the blanks of running text."""
    return re.sub(r"\(\?P<s>|\(\?P<\w+>", "(?:", pattern).replace("(?P=s)", "[-/.]").replace(" ", r"[ \t\xa0]{1,3}")


def _in_text(pattern: str) -> re.Pattern[str]:
    before, after = r"(?<![\w/$£€#'’.:@+\-])(?=[\w'])", r"(?![\w/%]|['’]\w|[-–]\w|[.:,][0-9]|\s?[ap]m\b)"
    return re.compile(f"{before}(?:{pattern}){after}", re.IGNORECASE)


_ONE = _bare("|".join([*SINGLE, *SEVERAL]))
_DAY = _bare(f"{SLASHED}|{MONTH_FIRST}|{DAY_FIRST}|{WEEKDAY}|{NEAR}")
_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?:{any_of(MONTHS)})\.?"
_B = r"[ \t\xa0]{0,3}"
_TO = rf"{_B}(?:[-–—&]|\b(?:to|thru|through|till?|until|and)\b){_B}"
_LEAD = r"(?P<lead>(?:(?:on|by|for|this coming|come|later|earlier|late|early|sometime)[ \t\xa0]{1,3}){0,2})"
_SINGLE = _in_text(f"{_LEAD}(?P<day>{_ONE})")
_RANGE = _in_text(
    rf"(?:(?:from|between|for|on){_B})?(?:(?P<head>{_DAY})(?P<to>{_TO})(?P<tail>{_DAY}|{_NUMBER})(?P<year>,?{_B}20[0-9]{{2}})?"
    rf"|(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER}{_B}(?P<month>{_MONTH})))(?:{_B}(?P<week>this|next){_B}week)?"
)
_UNTIL = _in_text(rf"(?:'?til|till|until|through|thru|up to)[ \t\xa0]{{1,3}}(?P<until>{_DAY}|(?:the|this) weekend)")
_TITLES = re.compile(rf"\b(?:{any_of(WORDS['text']['titles'])})(?!\w)", re.IGNORECASE)

_OTHER = rf"(?:{any_of(WEEKDAYS)}|{_MONTH}(?:\s{_NUMBER})?|[0-9]{{1,2}}/[0-9]{{1,2}})"
_MORE = re.compile(
    rf"\s{{0,3}}(?:(?:\b(?:or|and)\b|[&/+–-])\s{{0,3}}(?:{_OTHER}|{_NUMBER})\b|,\s?{_OTHER}\b"
    rf"|,\s?{_NUMBER}\s?(?:$|[,&]|and\b|or\b))",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(
    rf"\b(?:(?:{_OTHER}|{_NUMBER})\s{{0,3}}(?:\b(?:or|and|to)\b|[&/+–-])|{_OTHER}\s?,)\s{{0,3}}$", re.IGNORECASE
)
_CLOCK_NEXT = re.compile(r"\s{1,3}(?:at\s{1,3})?[0-9]{1,2}(?::[0-5][0-9])?\s?[ap]m?\b", re.IGNORECASE)
_HANGING = re.compile(r"[ \t\xa0]{1,3}(?:is|are|was|on|at|by|this)$", re.IGNORECASE)
_FRACTION = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")


def cut_day(text: str, now: datetime, *, day_first: bool, look: Look = "future") -> Cut | None:
    """Take the first clear day or range of days out of a text; `now` is naive and local, None if there is none."""
    asked = Asked(now.date(), day_first, look)
    titles = [found.span() for found in _TITLES.finditer(text, 0, _REACH)]
    for found in _candidates(text):
        if any(start < found.end() and found.start() < end for start, end in titles):
            continue
        span = _span(found, text, asked)
        if span:
            rest = joined(text[: found.start()], text[found.end() :])
            return Cut(rest, found[0], span.first, span.last)
    return None


def _candidates(text: str) -> list[re.Match[str]]:
    """Find what looks like days, in the order of the text, ranges before the days in them."""
    found = [match for pattern in (_RANGE, _UNTIL, _SINGLE) for match in pattern.finditer(text, 0, _REACH)]
    whole = [match for match in found if match.end() < _REACH]
    return sorted(whole, key=lambda match: (match.start(), -match.end()))[:_MOST]


def _span(found: re.Match[str], text: str, asked: Asked) -> Span | None:
    around = _Around(text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 40])
    if around.has_more or around.previous in _HINTS["never_after"]:
        return None
    if found.re is _RANGE:
        return _range(found, asked)
    if found.re is _UNTIL:
        return _until(found, asked)
    return _single(found, around, asked)


def _only(said: str, asked: Asked) -> Span | None:
    """Read a phrase that has one reading."""
    spans = read_days(neat(said), asked)
    return spans[0] if len(spans) == 1 else None


def _range(found: re.Match[str], asked: Asked) -> Span | None:
    if found["low"]:
        first, last = _only(f"{found['low']} {found['month']}", asked), _only(found["high"], asked)
        return Span(first.first, last.last) if first and last and first.first < last.last else None
    if found["week"]:
        monday = asked.today + timedelta(days=(7 if found["week"].lower() == "next" else 0) - asked.today.weekday())
        asked = replace(asked, today=monday - timedelta(days=1), look="future")
    head = _only(found["head"] + (found["year"] or ""), asked)
    if head is None:
        return None
    tail = _tail(found["tail"], head.first, asked)
    if tail is None or tail.last <= head.first or (tail.last - asked.today).days > 730:
        return None
    listed = found["to"].strip().lower() in ("and", "&") and not found[0].lower().startswith("between")
    return None if listed and (tail.last - head.first).days > 1 else Span(head.first, tail.last)


def _tail(said: str, start: date, asked: Asked) -> Span | None:
    """Read the end of a range, counted from its start; a number alone is a day of the same month."""
    if re.fullmatch(_NUMBER, said, re.IGNORECASE):
        said = f"{start.year}-{start.month}-{said.rstrip('stndrhSTNDRH')}"
    return _only(said, replace(asked, today=start, look="future"))


def _until(found: re.Match[str], asked: Asked) -> Span | None:
    said = re.sub(r"\bthe weekend", "this weekend", found["until"], flags=re.IGNORECASE)
    end = _only(said, replace(asked, look="future"))
    return Span(asked.today, end.last) if end and end.last >= asked.today else None


def _single(found: re.Match[str], around: _Around, asked: Asked) -> Span | None:
    said, lead = neat(found["day"]), neat(found["lead"])
    if said in WEEKDAYS and _is_no_day(said, lead, around):
        return None
    if said.startswith("in ") and asked.look == "future" and around.looks_back:
        return None
    if _is_count(said, lead, around) or (not lead and _is_fraction(said, around, asked)):
        return None
    return _only(said, asked)


def _is_no_day(said: str, lead: str, around: _Around) -> bool:
    """Tell "her tuesday class", "sun hat" and "where she sat" from days."""
    if lead.endswith(("on", "by", "coming")):
        return False
    if not lead and around.previous in _HINTS["possessed"]:
        return True
    if said not in _HINTS["shy"]:
        return False
    return around.previous in _HINTS["shy_after"] or not (around.ends or _CLOCK_NEXT.match(around.after))


def _is_count(said: str, lead: str, around: _Around) -> bool:
    """Tell "may 5 people" and "the first 5 may get a callback" from days."""
    words = said.split()
    if len(words) < 2 or not any(word in MONTHS for word in words):
        return False
    first, last = words[0], words[-1]
    if around.following in _HINTS["counted"] and last.isdigit():
        return True
    return not lead and last in _HINTS["shy_months"] and first[0].isdigit() and not around.ends


def _is_fraction(said: str, around: _Around, asked: Asked) -> bool:
    """Tell "3/4 sleeves", "8/10" and "scene 5/6" from days."""
    found = _FRACTION.fullmatch(said)
    if not found:
        return False
    if around.previous in _HINTS["numbered"] or int(found[2 if asked.day_first else 1]) > 12:
        return True
    part = int(found[1]) <= int(found[2]) and int(found[2]) in (2, 3, 4, 5, 10)
    return part and not (around.ends and asked.look == "past")


def joined(before: str, after: str) -> str:
    """Both sides of the hole as one text, without what only held the phrase."""
    before, after = before.rstrip(" \t\xa0"), after.lstrip(" \t\xa0")
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip(), after[1:]
    if before.endswith((",", ";", "–", "—", "-", "(")) and (not after or after[0] in ",;.!?)"):
        before = before[:-1].rstrip()
    if not after or after[0] in ",;.!?)":
        before = _HANGING.sub("", before)
    if not before or before[-1] in ".!?\n":
        after = after.lstrip(",;:.–—- ")
    gap = "" if not before or not after or after[0] in ",;.!?):\n" or before[-1] in "(\n" else " "
    return re.sub(r"[ \t]{2,}", " ", before + gap + after).strip()
