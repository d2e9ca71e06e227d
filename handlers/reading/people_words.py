"""What is a name, an office, a part of an answer about people; the words stand in people_words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from handlers.reading import word_tables
from handlers.reading.addresses import masked
from handlers.reading.spelling import clipped, fold, has_letter, titled, worded

LONGEST_NAME = 120
_MOST_NAME_WORDS = 6
_MOST_SMALL_WORDS = 4
"""A name typed without any capital is rarely longer; a sentence is."""

_MARKS = re.compile(
    r"(?P<stop>[;\n；!?…]|\.(?=\s|$))"
    r"|(?P<also>[+&]|(?<!\bw)(?<!\bc)(?<!\bn)/|\b(?:and|plus|along with|as well as|but)\b)"
    r"|(?P<inside>[(\[{])"
    r"|(?P<comma>[,，、·)\]}|:=]|(?<=\s)[-–—~>]+(?=\s))",
    re.IGNORECASE,
)
_STRENGTH = {"": 0, "comma": 1, "inside": 2, "also": 3, "stop": 4}
_BULLET = re.compile(r"(?m)^[\s>]*(?:[-*•–—·]+|\d{1,2}[.)](?=\s))[ \t]*")
_JOINED_JOBS = re.compile(r"(?<=[a-z])\s?/\s?(?=(?:director|producer|writer|creator|showrunner)\b)", re.IGNORECASE)
_COMPANY = re.compile(r"\s?&(?=\s?(?:co|sons|partners|company)\b)", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w\s'’.\-·‐“”\"＆]|_")
_ENDS = " \t\"“”'‘’*_~.,-–—"
_KEPT_DOT = "\u2024"
_COMPANY_AND = " ＆"


_FILE = "people_words.toml"
table = partial(word_tables.table, _FILE)
words_in = partial(word_tables.words_in, _FILE)
like = partial(word_tables.like, _FILE)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Each part of an answer with the mark before it: "stop" a new start, "also" one more.

    "comma" and "inside" (brackets) may add to the one before. An e-mail address is a part of its own, masked.
    """
    whole, mark, start = _marked(text), "stop", 0
    for found in _MARKS.finditer(whole):
        if part := _part(whole[start : found.start()]):
            yield mark, part
            mark = ""
        mark = max(mark, str(found.lastgroup), key=_STRENGTH.__getitem__)
        start = found.end()
    if part := _part(whole[start:]):
        yield mark, part


def _marked(text: str) -> str:
    """The text with whatever looks like a mark and is none put out of the way."""
    lines = (" ".join(map(_no_address, masked(line).split())) for line in worded(text).split("\n"))
    whole = _BULLET.sub("", "\n".join(line for line in lines if line))
    whole = _COMPANY.sub(_COMPANY_AND, _JOINED_JOBS.sub("-", whole))
    whole = like(r",(?=\s*<suffixes>\b)").sub("", whole)
    shortened = like(r"\b(<titles>|<suffixes>|<credentials>|dir|assoc|asst|prod|[^\W\d_])\.(?=\s)")
    return shortened.sub(rf"\1{_KEPT_DOT}", whole)


def _no_address(word: str) -> str:
    """Nothing for an address of the web or what is meant for one of mail, but for the mark that ends it."""
    if _LINK.match(word) or "@" in word[1:-1]:
        return word[-1] if word[-1] in ".;!?" else ","
    return word


def _part(text: str) -> str:
    return text.strip(_ENDS).replace(_KEPT_DOT, ".").strip()


def lean(part: str) -> str:
    """The part without what is said before and after people."""
    led = like(r"^(?:<leads>(?=\s|$)\s*)+").sub("", part)
    return like(r"(?:(?:^|\s+)<trails>)+$").sub("", led).strip(_ENDS)


def folded_words(words: Sequence[str]) -> list[str]:
    """Each word folded, its dots and commas gone."""
    return [fold(word).strip('.,"') for word in words]


def name_of(words: Sequence[str]) -> str:
    """The name as it is kept, or "" where the words are none."""
    kept = [bare for word in words if (bare := _NOT_IN_NAMES.sub("", word).strip(",-–—") if has_letter(word) else word)]
    while kept and fold(kept[-1]).strip(".") in words_in("credentials"):
        kept.pop()
    return titled(" ".join(kept), words_in("particles")) if _is_name(kept) else ""


def _is_name(words: Sequence[str]) -> bool:
    whole = " ".join(words)
    if not words or len(words) > _MOST_NAME_WORDS or len(whole) >= LONGEST_NAME or not has_letter(words[0]):
        return False
    if any(word[0].isdigit() for word in words) or (len(whole) == 1 and whole.isascii() and whole.islower()):
        return False
    if len(words) > 1 and all(not word[0].islower() for word in words):
        return True
    folded = folded_words(words)
    plain = [word for word in folded if word not in words_in("particles")]
    short_enough = len(plain) <= _MOST_SMALL_WORDS or any(word[0].isupper() for word in words)
    return short_enough and not words_in("talk").intersection(folded)


def office_of(text: str) -> str:
    """The office as it is kept, or "" where the words are no place of work."""
    words = text.strip(_ENDS).split()
    folded = folded_words(words)
    if not words or words_in("talk").intersection(folded) or len(words) > _MOST_NAME_WORDS:
        return ""
    if len(words) == 1 and folded[0] in words_in("offices"):
        return ""  # "from casting" is no name of an office
    kept = " ".join(_NOT_IN_NAMES.sub("", " ".join(words)).split()).replace("＆", "&")
    return titled(clipped(kept, LONGEST_NAME)) if has_letter(kept) and not kept[0].isdigit() else ""


def looks_like_office(words: Sequence[str]) -> bool:
    """Tell an office: "Marsh Casting", "Larkspur Playhouse"; neither "casting" alone nor "guy from the agency"."""
    folded = folded_words(words)
    if len(folded) < 2 or folded[0] in words_in("articles") - {"the"} or describes(folded):
        return False
    if {"from", "at", "@"}.intersection(folded):
        return False
    return folded[-1] in words_in("offices")


def describes(folded: Sequence[str]) -> bool:
    """Whether someone without a name is meant: "tall guy"."""
    return bool(words_in("nouns").intersection(folded))
