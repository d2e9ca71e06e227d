"""Where something takes place: an address, an office, a link, zoom; with the zone of a town that is named."""

from __future__ import annotations

import re
from functools import cache

from handlers.casting.details import Detail
from handlers.casting.lines import Line
from handlers.casting.vocabulary import TABLE
from handlers.reading.casting_words import words_in
from handlers.reading.day_words import any_of
from handlers.reading.places import Place, find_place
from handlers.reading.spelling import fold, titled

_LINK = re.compile(r"https?://[^\s<>]{1,400}")
_MEETING = re.compile(r"zoom|meet\.google|teams\.|webex|whereby|ecocast", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;!?\n()|]|\.(?!\w)|\s-\s|[\ue000-\uefff]")
_ENDS = r"\s*(?=$|[,;.!\n)\ue000-\uefff])"
_NUMBERED = re.compile(
    r"(?<=[\ue000-\uefff])\s*[,;\n(@-]?\s*(?:at\s)?"
    rf"(?P<place>[0-9]{{3,5}}\s(?:[nsew]\.?\s)?[^\W\d_][\w'.]*(?:\s[^\W\d_][\w'.]*)?){_ENDS}",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?<![\w@])(?:at\s+|@\s*)(?!\s*[\ue000-\uefff])(?=[\w'])|(?<=[\ue000-\uefff])\s*,?\s*in\s+(?=[a-z])|"
    r"\b(?:location|address|place|where):?\s+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s(?:and|but|so|with|w/|for|hair|bring|wear|on|then|which|where|because|who|due|by)\b", re.IGNORECASE
)
_NO_PLACE = re.compile(r"(?:all|first|least|last|once|home|the moment|this point|my)\b", re.IGNORECASE)
_MOST_WORDS = 8
_NO_TOWNS = ("me", "hi", "in", "or", "ok", "oh")


def mark_links(line: Line) -> None:
    """Let letters stand for links; where a meeting is held, that is its place."""
    for found in reversed(list(_LINK.finditer(line.text))):
        link = found[0].rstrip(".,;!?)")
        is_meeting = _MEETING.search(link) is not None
        line.put(found.start(), found.start() + len(link), Detail("place" if is_meeting else "link", link))
        if is_meeting:
            line.marks.append(Detail("mode", "video"))


def mark_place(line: Line, *, has_when: bool) -> None:
    """Let a letter stand for the place."""
    if found := _street().search(line.text) or _NUMBERED.search(line.text):
        _put(line, found.start(), found.start("place"), _with_more(line.text, found.end("place")))
        return
    _mark_way(line)
    if has_when and not _mark_led(line) and (found := _named().search(line.text)):
        _put(line, found.start("place"), found.start("place"), _with_more(line.text, found.end("place")))


def _put(line: Line, start: int, named: int, end: int) -> None:
    line.put(start, end, Detail("place", *_placed(line.text[named:end])))


def _mark_led(line: Line) -> bool:
    """A place behind "at", up to what is another matter."""
    for found in _LED.finditer(line.text):
        stop = _CLAUSE_END.search(line.text, found.end())
        end = _with_more(line.text, stop.start() if stop else len(line.text))
        said = _GOES_ON.split(line.text[found.end() : end], maxsplit=1)[0].rstrip(" .,-")
        if said.strip() and len(said.split()) <= _MOST_WORDS and not _NO_PLACE.match(said):
            _put(line, found.start(), found.end(), found.end() + len(said))
            return True
    return False


def _mark_way(line: Line) -> None:
    """Zoom is a place and a mode."""
    found = _way().search(line.text)
    if found is None:
        return
    said = " ".join(found["mode"].lower().split())
    line.put(found.start(), found.end(), Detail("mode", str(TABLE["modes"][said])))
    if name := TABLE["rooms"].get(said.partition(" ")[0] if said != "google meet" else said):
        line.marks.append(Detail("place", name))


@cache
def _way() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:on|over|via|by|at|through)\s+|@\s*)?(?<!\w)(?P<mode>{any_of(TABLE['modes'])})(?!\w)"
        r"(?:\s(?:link\sto\scome|link|call))?",
        re.IGNORECASE,
    )


@cache
def _street() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w/:.#$-])(?:at\s+|@\s*|in\s+)?(?P<place>[0-9]{1,5}[a-z]?\s(?:(?:[nsew]\.?|north|south|east|west)\s)?"
        rf"(?:[^\W_][\w'.]*\s){{1,3}}?(?:{any_of(TABLE['places']['streets'])})\b\.?)",
        re.IGNORECASE,
    )


@cache
def _named() -> re.Pattern[str]:
    """A place without "at", told by a word of its own: ", marsh casting"."""
    return re.compile(
        r"(?<=[\ue000-\uefff])\s*[,;\n(-]\s*(?P<place>(?:[^\W_][\w'.&]*\s){0,4}"
        rf"(?:{any_of(TABLE['places']['words'])})(?:\s(?:[0-9]{{1,3}}|[a-z]))?){_ENDS}",
        re.IGNORECASE,
    )


@cache
def _more() -> re.Pattern[str]:
    return re.compile(
        rf"\s*,?\s*(?:(?P<room>(?:the\s)?[0-9]{{1,2}}(?:st|nd|rd|th)\s(?:floor|fl)\b|(?:the\s)?(?:{any_of(TABLE['places']['more'])})\b\s?#?(?:[0-9]{{1,4}}[a-z]?|[a-z])?\b|"
        r"#[0-9]{1,4}\b)|(?:[nsew]|[a-z]+(?:\s[a-z]+)?)(?=\s*(?:$|[,.;!\n\ue000-\uefff])))",
        re.IGNORECASE,
    )


def _with_more(text: str, at: int) -> int:
    """The end of a place with its suite and its city."""
    while (found := _more().match(text, at)) and (found["room"] or ("," in found[0] and _is_city(found[0]))):
        at = found.end()
    return at


def _is_city(said: str) -> bool:
    town = said.strip(" ,")
    return len(town) > 1 and fold(town) not in _NO_TOWNS and isinstance(find_place(town), Place)


def _placed(said: str) -> tuple[str, str]:
    """How a place is kept, and the zone of a town that is named in it."""
    words = " ".join(said.split()).strip(" .,")
    last = words.rpartition(",")[2].strip()
    found = find_place(last) if re.fullmatch(r"[^\W\d_.]+(?:\s[^\W\d_.]+){0,2}", last) else None
    is_town = isinstance(found, Place) and (fold(last) == fold(found.name) or len(last) < 4)
    return titled(words, words_in("small_words")), found.zone if is_town and isinstance(found, Place) else ""
