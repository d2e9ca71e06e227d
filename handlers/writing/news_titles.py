"""Titles that were typed in small letters, given their capitals where it is certain that they are titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from handlers.reading.spelling import titled
from handlers.writing.hook_words import places
from handlers.writing.news_kinds import either, table

SMALL = ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
_WORDS = r"(?P<title>[a-z][a-z'’]*(?: [a-z][a-z'’]*){0,4}?)"
_PLACE = re.compile(
    r"\b(?:in|to|from) (?P<place>[a-z][a-z.'’]*(?: [a-z][a-z.'’]*){0,2}?)(?=$|[,;:(!]| at | on | with )"
)
_PEOPLE = re.compile(
    r"\b(?P<before>with|w/|by|opposite|alongside|under) (?P<given>[a-z]+)\b(?: (?P<last>[a-z][a-z'’-]+))?"
)
_END = r"(?=$|[,;:.(!]| at | w/ | – | - )"


def with_titles(words: str, known: Iterable[str] = ()) -> str:
    """The words with the titles in them written as titles; `known` are those of the actor's own projects."""
    for title in sorted((t for t in known if t.strip()), key=len, reverse=True):
        words = _as_known(words, title)
    for shape in _shapes():
        words = shape.sub(_written, words, count=1)
    words = _PEOPLE.sub(_called, words)
    return _named().sub(lambda found: _names()[found[0]], _PLACE.sub(_placed, words))


def _called(found: re.Match[str]) -> str:
    """A person named in small letters: "scene study with ada vance"."""
    given, last = found["given"], found["last"]
    if given not in _given_names():
        return found[0]
    is_name = last and last not in (*SMALL, *table()["titles"]["never"])
    return f"{found['before']} {given.title()}{' ' + titled(last) if is_name else ' ' + last if last else ''}"


@cache
def _given_names() -> frozenset[str]:
    return frozenset(
        resources.files(__package__).joinpath("given_names.txt").read_text("utf-8").split("\n\n")[1].split()
    )


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in table()["titles"]["names"]}


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./@-])(?:{either(_names())})(?![\w./@-])")


def _placed(found: re.Match[str]) -> str:
    """A place the lists know: "in ojai" is in Ojai."""
    place = found["place"]
    is_one = place not in table()["titles"]["no_places"]
    return found[0].replace(place, places(near=False).get(place, place)) if is_one else found[0]


def _as_known(words: str, title: str) -> str:
    """A single word is a title only behind what one is in: "wrapped elsewhere" is, "met elsewhere" is not."""
    before = "" if " " in title.strip() else r"(?:(?<=\bin )|(?<=\bon )|(?<=wrapped )|(?<=booked ))"
    shape = re.compile(rf"{before}(?<![\w'’-]){re.escape(title.casefold())}(?![\w-])")
    return shape.sub(lambda _: title, words)


def _written(found: re.Match[str]) -> str:
    start, end = found.span("title")
    title = found["title"]
    if not _is_title(title):
        return found[0]
    return found[0][: start - found.start()] + titled(title, SMALL) + found[0][end - found.start() :]


def _is_title(title: str) -> bool:
    known = table()["titles"]
    said = re.sub(rf" (?:{either(known['houses'])})$", "", title.casefold().replace("’", "'")).split()
    if title.casefold() in known["alone"]:
        return False
    return said[0] not in known["begins"] and not set(said) & set(known["never"]) and set(said) - set(SMALL) != set()


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    known = table()["titles"]
    sizes, works, verbs, houses = (either(known[name]) for name in ("sizes", "works", "verbs", "houses"))
    running = rf"^(?:(?:{either(known['running'])}) )*in "
    return (
        re.compile(rf"\b(?:{sizes})(?: role| part)? (?:on|in) {_WORDS}{_END}"),
        re.compile(rf"{running}{_WORDS}(?= at )", re.IGNORECASE),
        re.compile(rf"{running}[A-Z][^,;()]*? at (?:the )?{_WORDS}{_END}", re.IGNORECASE),
        re.compile(rf"\b(?:{either(known['ads'])}) for {_WORDS}{_END}"),
        re.compile(rf"^{_WORDS}(?=, (?:an? |the |my )?(?:{works})\b)"),
        re.compile(rf"^{_WORDS}(?= (?:{verbs})\b)"),
        re.compile(rf"\bepisode of {_WORDS}(?= (?:{verbs})\b|$|[,;:(!])"),
        re.compile(rf"\bvoice of (?:(?:the|an?) )?[\w'’-]+ in {_WORDS}{_END}"),
        re.compile(rf"^{_WORDS}(?= at (?:the )?(?:[\w'’]+ ){{1,3}}(?:{houses})\b)", re.IGNORECASE),
        re.compile(rf"(?:\bat (?:the )?|, )(?P<title>[a-z][a-z'’]*(?: [a-z][a-z'’]*){{0,2}} (?:{houses}))\b"),
    )


_APPOSED = re.compile(
    r", (?P<work>short|feature|play|musical|pilot|film)(?P<rest> (?:film )?(?:I|I'm|that|which|we|where)\b)"
)
_FESTIVAL = re.compile(r", (?:the )?(?P<name>(?:[A-Z][\w'’]* ){1,3}(?:Film )?(?:Festival|Fest))$")


def made_whole(words: str) -> str:
    """A line of parts as one says it: "Salt Year, short I lead, Cedar Point Film Festival" screens there."""
    words = _APPOSED.sub(r", a \g<work>\g<rest>", words)
    is_work = re.search(r"\b(?:short|feature|film|pilot)\b", words[: words.rfind(",")]) is not None
    return _FESTIVAL.sub(r", screens at the \g<name>", words) if is_work else words
