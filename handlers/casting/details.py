"""What a line tells besides its step: who told it, where it is, what they want changed, how it was sent in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from handlers.casting.lines import Line, is_mark
from handlers.casting.stages import stage_called
from handlers.casting.vocabulary import TABLE
from handlers.reading.casting_words import words_in
from handlers.reading.day_words import any_of
from handlers.reading.people import Known
from handlers.reading.places import find_place
from handlers.reading.spelling import fold, titled

_NAME = r"[^\W\d_][\w'.-]{0,30}"
_VIA_FRONT = re.compile(
    rf"\s*(?:(?:from|per|via)\s+)?(?P<name>{_NAME}(?:\s{_NAME})?)(?:\s*\((?:agent|mgr|manager)\))?\s*(?::|\s-\s|--)\s*(?=\S)"
)
_SAYS = r"(?:just\s)?(?:says?|said|texted|called|emailed|messaged|wrote|told\sme|just\scalled|just\stexted|rang|phoned|forwarded|sent|calling|dmed|confirms|got\sme)"
_VIA_SAYS = re.compile(
    rf"(?:^|(?<=[\n.!,;]))\s*(?P<name>{_NAME}|my\s(?:agent|manager|rep|team))\s{_SAYS}\b(?:\sthat|\sme|\sabout|\sre)?\s*[:,]?\s*",
    re.IGNORECASE,
)
_VIA_END = re.compile(
    rf"(?:[,(\s-]\s*)(?:(?:from|via|per|thru|through)\s(?P<name>{_NAME}|my\s(?:agent|manager|rep))|(?P<who>{_NAME})\s(?:says|said))\s*\)?\s*[.!]*$",
    re.IGNORECASE,
)
_AGENTS = ("agent", "my agent", "manager", "my manager", "rep", "my rep", "my team")
_END = re.compile(r"[,;!?\n()|]|\.(?!\w)|\s-\s|[\ue000-\ue0ff]")


@dataclass(frozen=True)
class Detail:
    """Something understood that is no step, no title and no moment."""

    kind: str
    value: str
    zone: str = ""


def mark_via(line: Line, people: Sequence[Known], known_titles: Sequence[str]) -> str:
    """Take who told out of the line: "priya: ...", "priya says", "... from priya"; empty where nobody did."""
    names = {fold(person.name).split()[0] for person in people if person.name.split()}
    titles = {fold(title) for title in known_titles}
    for pattern in (_VIA_FRONT, _VIA_SAYS, _VIA_END):
        found = pattern.match(line.text) if pattern is _VIA_FRONT else pattern.search(line.text)
        said = (found["name"] or (found["who"] if pattern is _VIA_END else "")) if found else ""
        if found is None or not said or not _may_tell(said, names, titles, is_loose=pattern is not _VIA_FRONT):
            continue
        told = found[0]
        keep = " got me " if re.search(r"got\sme\s*$", told, re.IGNORECASE) else " "
        line.text = (line.text[: found.start()] + keep + line.text[found.end() :]).strip()
        return "agent" if fold(said) in _AGENTS else titled(said)
    return ""


def _may_tell(said: str, names: set[str], titles: set[str], *, is_loose: bool) -> bool:
    """A name, and not a title, a word of the trade or just any word."""
    folded = fold(said)
    first = folded.split()[0]
    if folded in titles or stage_called(folded) or first in _NO_TELLERS:
        return False
    if folded in _AGENTS or first in names:
        return True
    if is_loose:
        return (
            first not in _COMMON and len(folded.split()) == 1 and not any(title.startswith(first) for title in titles)
        )
    return first not in _COMMON and not any(title.startswith(folded) for title in titles)


_NO_TELLERS = frozenset(
    [
        "callback",
        "avail",
        "callbacks",
        "role",
        "project",
        "update",
        "news",
        "note",
        "fyi",
        "re",
        "fwd",
        "fw",
        "btw",
        "ps",
        "pps",
        "time",
        "place",
        "date",
        "where",
        "when",
        "who",
        "what",
        "due",
        "tape",
        "audition",
        "booking",
        "submitted",
        "offer",
        "location",
        "address",
        "hi",
        "hey",
        "ok",
        "sides",
        "hold",
        "pin",
        "test",
        "booked",
        "passed",
        "yes",
        "no",
        "tonight",
        "today",
        "tomorrow",
        "wardrobe",
        "hair",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thurs",
        "fri",
        "sat",
        "sun",
    ]
)
_COMMON = frozenset(
    [
        "they",
        "she",
        "he",
        "we",
        "you",
        "it",
        "i",
        "casting",
        "production",
        "director",
        "producer",
        "producers",
        "client",
        "network",
        "everyone",
        "someone",
        "who",
        "that",
        "this",
        "the",
        "a",
        "an",
        "and",
        "so",
        "just",
        "got",
        "also",
        "them",
        "her",
        "him",
        "backstage",
        "actors",
        "self",
        "tape",
        "spotlight",
        "show",
        "film",
        "movie",
        "which",
        "there",
        "production",
        "producer",
        "office",
        "agency",
        "my",
        "callbacks",
        "people",
        "friend",
        "roommate",
    ]
)


@cache
def _street() -> re.Pattern[str]:
    streets = any_of(TABLE["places"]["streets"])
    return re.compile(
        rf"(?<![\w/:.#$-])(?:(?:at\s+|@\s*|in\s+))?(?P<place>[0-9]{{1,5}}[a-z]?\s(?:[nsew]\.?\s|north\s|south\s|east\s|west\s)?(?:[^\W_][\w'.]*\s){{1,3}}?(?:{streets})\b\.?)",
        re.IGNORECASE,
    )


_NUMBERED = re.compile(
    r"(?<=[\ue000-\ue0ff])\s*[,;\n(@-]?\s*(?:at\s)?(?P<place>[0-9]{3,5}\s(?:[nsew]\.?\s)?[^\W\d_][\w'.]*(?:\s[^\W\d_][\w'.]*)?)\s*(?=$|[,;.!\n)\ue000-\ue0ff])",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:\bfor\s+)?\b(?:the\s)?(?:role|part|character)\b(?:\s+of|\s+is)?\s*:?\s+(?!in\b|on\b|for\b|at\b|came\b|is\b|was\b)(?P<role>[^,;.!?\n()\ue000-\ue0ff]{2,60}?)"
    r"(?=\s*(?:$|[,;.!?\n()\ue000-\ue0ff]|\b(?:in|on|for|due|at|with)\b))",
    re.IGNORECASE,
)


def mark_role(line: Line) -> None:
    """Let a letter stand for a role that is called one."""
    if found := _ROLE.search(line.text):
        line.put(
            found.start(), found.end(), Detail("role", titled(found["role"].strip(" -:"), words_in("small_words")))
        )


def mark_place(line: Line, *, has_when: bool) -> None:
    """Let a letter stand for the place."""
    if found := _street().search(line.text) or _NUMBERED.search(line.text):
        end = _with_more(line.text, found.end())
        line.put(found.start(), end, Detail("place", *_placed(line.text[found.start("place") : end])))
        return
    _mark_way(line)
    for found in re.finditer(
        r"(?<![\w@])(?:at\s+|@\s*)(?!\s*[\ue000-\ue0ff])(?=[\w'])|(?<=[\ue000-\ue0ff])\s*,?\s*in\s+(?=[a-z])|\b(?:location|address|place|where):?\s+",
        line.text,
        re.IGNORECASE,
    ):
        if not has_when:
            return
        end = _END.search(line.text, found.end())
        stop = _with_more(line.text, end.start() if end else len(line.text))
        said = line.text[found.end() : stop].strip(" .,-")
        said = re.split(
            r"\s(?:and|but|so|with|w/|for|hair|bring|wear|on|then|which|where|because|who|due|by)\b",
            said,
            maxsplit=1,
            flags=re.IGNORECASE,
        )[0]
        if (
            not said
            or len(said.split()) > 8
            or re.match(r"(?:all|first|least|last|once|home|the moment|this point|my)\b", said, re.IGNORECASE)
        ):
            continue
        line.put(
            found.start(),
            found.end() + line.text[found.end() :].find(said) + len(said),
            Detail("place", *_placed(said)),
        )
        return
    _mark_named_place(line)


def _mark_named_place(line: Line) -> None:
    """A place without "at", told by a word of its own: ", marsh casting"."""
    if found := _named_place().search(line.text):
        end = _with_more(line.text, found.end("place"))
        line.put(found.start("place"), end, Detail("place", *_placed(line.text[found.start("place") : end])))


@cache
def _named_place() -> re.Pattern[str]:
    words = any_of(TABLE["places"]["words"])
    return re.compile(
        rf"(?<=[\ue000-\ue0ff])\s*[,;\n(-]\s*(?P<place>(?:[^\W_][\w'.&]*\s){{0,4}}(?:{words})(?:\s(?:[0-9]{{1,3}}|[a-z]))?)\s*(?=$|[,;.!\n)\ue000-\ue0ff])",
        re.IGNORECASE,
    )


def _mark_way(line: Line) -> None:
    """Zoom is a place and a mode."""
    found = _way().search(line.text)
    if found is None:
        return
    mode = str(TABLE["modes"][" ".join(found["mode"].lower().split())])
    if mode == "self-tape":
        line.put(found.start(), found.end(), Detail("mode", mode))
        return
    word = found["mode"].split()[0].lower()
    place = {
        "zoom": "Zoom",
        "skype": "Skype",
        "facetime": "FaceTime",
        "google": "Google Meet",
        "webex": "Webex",
        "teams": "Teams",
    }.get(word, "")
    line.put(found.start(), found.end(), Detail("mode", mode))
    if place:
        line.marks.append(Detail("place", place))


@cache
def _way() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:on|over|via|by|at|through)\s+|@\s*)?(?<!\w)(?P<mode>{any_of(w for w, m in TABLE['modes'].items() if m in ('video', 'phone', 'room') or ' ' not in w)})(?!\w)(?:\s(?:link\sto\scome|link|call))?",
        re.IGNORECASE,
    )


@cache
def _more() -> re.Pattern[str]:
    more = any_of(TABLE["places"]["more"])
    return re.compile(
        rf"\s*,?\s*(?:(?:the\s)?(?:{more})\b\s?#?(?:[0-9]{{1,4}}[a-z]?|[a-z])?\b|#[0-9]{{1,4}}\b|(?:[nsew]|[a-z]+(?:\s[a-z]+)?)(?=\s*(?:$|[,.;!\n\ue000-\ue0ff])))",
        re.IGNORECASE,
    )


@cache
def _room() -> re.Pattern[str]:
    return re.compile(rf"(?:the\s)?(?:{any_of(TABLE['places']['more'])}|#)", re.IGNORECASE)


def _with_more(text: str, at: int) -> int:
    """The end of a place with its suite and its city."""
    while found := _more().match(text, at):
        said = found[0].strip(" ,")
        if not _room().match(said) and (len(said) < 2 or "," not in found[0] or not _is_city(said)):
            break
        at = found.end()
    return at


def _is_city(said: str) -> bool:
    return fold(said) not in ("me", "hi", "in", "or", "ok", "oh") and hasattr(find_place(said), "zone")


def _placed(said: str) -> tuple[str, str]:
    """How a place is kept, and the zone of a town that is named in it."""
    words = " ".join(said.split()).strip(" .,")
    last = words.rpartition(",")[2].strip() if "," in words else words
    found = find_place(last) if re.fullmatch(r"[^\W\d_.]+(?:\s[^\W\d_.]+){0,2}", last) else None
    is_known_town = (found is not None and fold(last) == fold(getattr(found, "name", ""))) or len(last) < 4
    zone = getattr(found, "zone", "") if is_known_town and hasattr(found, "zone") else ""
    return titled(words, words_in("small_words")), zone


@cache
def _wanted() -> re.Pattern[str]:
    leads = any_of(TABLE["wanted"]["leads"])
    styles = any_of(words_in("hair_styles"))
    return re.compile(
        rf"(?<![\w'])(?:with\s|w/?\s)?(?:(?:her|my|the|your)\s)?(?P<said>(?:(?:{styles})\shair|{leads})\b(?P<rest>[^,;!?\n\ue000-\ue0ff()]*))",
        re.IGNORECASE,
    )


def mark_wishes(line: Line) -> None:
    """Let letters stand for what they want changed."""
    found_any = list(_wanted().finditer(line.text))
    for found in reversed(found_any):
        said = re.split(r"(?<=\w{2})\.(?:\s|$)|\s-\s", found["said"])[0].strip(" .-:")
        for label in sorted(TABLE["wanted"]["labels"], key=len, reverse=True):
            if re.match(rf"{label}\b[\s:]+\S", said, re.IGNORECASE):
                said = said[len(label) :].strip(" :")
                break
        folded = fold(said)
        if folded in (
            "hair",
            "wear",
            "bring",
            "dress",
            "look",
            "wardrobe",
            "outfit",
            "note",
            "notes",
            "prep",
            "smile",
            "wants",
            "they want",
            "makeup",
        ) or re.match(
            r"(?:look|looks)\s(?:at|like|forward|good)|wants\s(?:to|me|us)|they want (?:me|us)\b(?! to)|make it (?:there|to)\b|note to\b",
            folded,
        ):
            continue
        line.put(found.start(), found.start("said") + len(found["said"].rstrip()), Detail("wish", _calm(said)))


def _calm(said: str) -> str:
    """Without shouting: "hair CURLY" is hair curly."""
    words = [word.lower() if word.isupper() and len(word) > 2 else word for word in said.split()]
    text = " ".join(words)
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


@cache
def _sent_in() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<!\w)(?:on|via|through|thru|by|thro|using|in|-|with)\s+)?(?<![\w'])(?P<where>{any_of(TABLE['sent_in'])})(?![\w'])",
        re.IGNORECASE,
    )


def mark_submission(line: Line) -> None:
    """Let letters stand for where it was sent in, which headshot and which reel."""
    for kind, pattern in (("headshot", _HEADSHOT), ("reel", _REEL)):
        if found := pattern.search(line.text):
            said = (found["behind"] or found["before"] or "").strip(
                " :-#" if found["behind"] and not (found["behind"] or "").strip().startswith("#") else " :-"
            )
            if said:
                line.put(found.start(), found.end(), Detail(kind, said))
    if found := _sent_in().search(line.text):
        line.put(found.start(), found.end(), Detail("sent_in", str(TABLE["sent_in"][fold(found["where"])])))


_HEAD = r"(?:headshot|head shot|hs|pic|photo|picture|shot)"
_UNSAID = r"(?!and\b|with\b|on\b|via\b|for\b|from\b|in\b|plus\b|posted\b|to\b|through\b|thru\b|reel\b)"
_LED = r"(?:(?:with|w/|w|using|used|sent|and|plus|\+|&)\s+)?(?:(?:my|the|a|new)\s)?"
_HEADSHOT = re.compile(
    rf"(?<!\w){_LED}(?:(?P<before>(?:{_UNSAID}(?!my\b|the\b|w\b|using\b|sent\b|used\b|submitted\b|self\b|reel\b)[^\W_][\w'-]*\s){{1,3}}?){_HEAD}\b(?!\s?(?:#|[0-9]))|{_HEAD}\b[\s:]*(?P<behind>#?\s?[0-9]{{1,2}}\b|(?:{_UNSAID}[^\W_][\w'-]*\s?){{1,3}}))",
    re.IGNORECASE,
)
_REEL = re.compile(
    rf"(?<!\w){_LED}(?:(?P<before>(?:{_UNSAID}(?!my\b|the\b|w\b|using\b|sent\b|used\b|submitted\b)[^\W_][\w'-]*\s){{1,2}}?)(?:reel|clip)\b|(?:reel|clip)\b[\s:]*(?P<behind>#?\s?[0-9]{{1,2}}\b|(?:{_UNSAID}[^\W_][\w'-]*\s?){{1,3}}))",
    re.IGNORECASE,
)


def details(line: Line, kind: str) -> list[Any]:
    """What was marked of one kind, in the order of the text, then what has no letter."""
    found = [mark for mark in line.marks if isinstance(mark, Detail) and mark.kind == kind]
    return sorted(
        found, key=lambda mark: next((at for at, c in enumerate(line.text) if is_mark(c) and line.of(c) is mark), 9999)
    )
