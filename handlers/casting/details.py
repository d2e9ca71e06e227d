"""What a line tells besides its step: the role, what they want changed, how it was sent in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from handlers.casting.lines import Line, is_mark
from handlers.casting.vocabulary import TABLE
from handlers.reading.casting_words import words_in
from handlers.reading.day_words import any_of
from handlers.reading.spelling import fold, titled

_ROLE = re.compile(
    r"(?:\bfor\s+)?\b(?:the\s)?(?:role|part|character)\b(?:\s+of|\s+is)?\s*:?\s+"
    r"(?!in\b|on\b|for\b|at\b|came\b|is\b|was\b)(?P<role>[^,;.!?\n()\ue000-\uefff]{2,60}?)"
    r"(?=\s*(?:$|[,;.!?\n()\ue000-\uefff]|\b(?:in|on|for|due|at|with)\b))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=\w{2})\.(?:\s|$)|\s-\s")
_NO_WISH = re.compile(
    r"(?:look|looks)\s(?:at|like|forward|good)|wants\s(?:to|me|us)|they want (?:me|us)\b(?! to)|"
    r"make it (?:there|to)\b|note to\b|bring (?:me|us|you)\b"
)


@dataclass(frozen=True)
class Detail:
    """Something understood that is no step, no title and no moment."""

    kind: str
    value: str
    zone: str = ""


def detail(line: Line, kind: str) -> str:
    """The first of a kind; empty where there is none."""
    return next((found.value for found in details(line, kind) if found.value), "")


def details(line: Line, kind: str) -> list[Any]:
    """What was marked of one kind, in the order of the text, then what has no letter."""
    here = {id(line.of(c)): at for at, c in enumerate(line.text) if is_mark(c)}
    found = [mark for mark in line.marks if isinstance(mark, Detail) and mark.kind == kind]
    return sorted(found, key=lambda mark: here.get(id(mark), len(line.text)))


def mark_role(line: Line) -> None:
    """Let a letter stand for a role that is called one."""
    if found := _ROLE.search(line.text):
        role = titled(found["role"].strip(" -:"), words_in("small_words"))
        line.put(found.start(), found.end(), Detail("role", role))


# What they want changed


@cache
def _wanted() -> re.Pattern[str]:
    leads, styles = any_of(TABLE["wanted"]["leads"]), any_of(words_in("hair_styles"))
    colon = any_of(TABLE["wanted"]["colon"])
    return re.compile(
        r"(?<![\w'])(?:with\s|w/?\s)?(?:(?:her|my|the|your)\s)?"
        rf"(?P<said>(?:(?:(?:{styles})\shair|{leads})\b|(?:{colon})\s?:)[^,;!?\n\ue000-\uefff()]*)",
        re.IGNORECASE,
    )


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(TABLE['wanted']['labels'])})\b[\s:]+(?=\S)", re.IGNORECASE)


def mark_wishes(line: Line) -> None:
    """Let letters stand for what they want changed."""
    for found in reversed(list(_wanted().finditer(line.text))):
        said = _labels().sub("", _SENTENCE_END.split(found["said"])[0].strip(" .-:"), count=1)
        if fold(said) not in TABLE["wanted"]["alone"] and not _NO_WISH.match(fold(said)):
            line.put(found.start(), found.start("said") + len(found["said"].rstrip()), Detail("wish", _calm(said)))


def _calm(said: str) -> str:
    """Without shouting: "hair CURLY" is hair curly."""
    text = " ".join(word.lower() if word.isupper() and len(word) > 2 else word for word in said.split())
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


# How it was sent in

_LED = r"(?<!\w)(?:(?:with|w/|w|using|used|sent|and|plus|\+|&)\s+)?(?:(?:my|the|a|new)\s)?"
_NO_LABEL = r"(?!(?:and|with|on|via|for|from|in|plus|posted|to|through|thru|reel)\b)"
_NO_NAME = r"(?!(?:my|the|w|using|sent|used|submitted|self|reel)\b)"
_FIGURE = r"#?\s?[0-9]{1,2}\b"


def _shown(word: str) -> re.Pattern[str]:
    """A headshot or a reel by what stands before or behind the word: "comedy reel", "headshot #2"."""
    before = rf"(?P<before>(?:{_NO_LABEL}{_NO_NAME}[^\W_][\w'-]*\s){{1,3}}?){word}\b(?!\s?(?:#|[0-9]))"
    behind = rf"{word}\b[\s:]*(?P<behind>{_FIGURE}|(?:{_NO_LABEL}[^\W_][\w'-]*\s?){{1,3}})"
    return re.compile(rf"{_LED}(?:{before}|{behind})", re.IGNORECASE)


_SHOWN = {"headshot": _shown(r"(?:headshot|head shot|hs|pic|photo|picture|shot)"), "reel": _shown("(?:reel|clip)")}


@cache
def _sent_in() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<!\w)(?:on|via|through|thru|by|using|in|-|with)\s+)?"
        rf"(?<![\w'])(?P<where>{any_of(TABLE['sent_in'])})(?![\w'])",
        re.IGNORECASE,
    )


def mark_submission(line: Line) -> None:
    """Let letters stand for where it was sent in, which headshot and which reel."""
    for kind, pattern in _SHOWN.items():
        found = pattern.search(line.text)
        if found and (said := (found["behind"] or found["before"] or "").strip(" :-")):
            line.put(found.start(), found.end(), Detail(kind, said))
    if found := _sent_in().search(line.text):
        line.put(found.start(), found.end(), Detail("sent_in", str(TABLE["sent_in"][fold(found["where"])])))
