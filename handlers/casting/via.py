"""Who told the actor: "priya: ...", "priya says ...", "... from priya"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from handlers.casting.lines import Line
from handlers.casting.stages import stage_called
from handlers.casting.vocabulary import TABLE
from handlers.reading.day_words import any_of
from handlers.reading.people import Known
from handlers.reading.spelling import fold, titled

_NAME = r"[^\W\d_][\w'.-]{0,30}"
_AGENT = r"my\s(?:agent|manager|rep|team)"
_CALL = r"(?:(?:missed\s)?(?:call|text|email|msg|message|vm|voicemail|note)\s)?(?:from|per|via)\s+"
_FRONT = re.compile(
    rf"\s*(?:{_CALL})?(?P<name>{_NAME}(?:\s{_NAME})?)(?:\s*\((?:agent|mgr|manager)\))?\s*(?::|\s-\s|--)\s*(?=\S)"
)
_END = re.compile(
    rf"[,(\s-]\s*(?:(?:from|via|per|thru|through)\s(?P<name>{_NAME}|{_AGENT})|(?P<who>{_NAME})\s(?:says|said))"
    rf"\s*\)?\s*[.!]*$|\s-+\s?(?P<signed>[A-Z][\w']{{1,20}})\s*$",
    re.IGNORECASE,
)
_GOT_ME = re.compile(r"got\sme\s*$", re.IGNORECASE)


@cache
def _says() -> re.Pattern[str]:
    verbs = any_of(TABLE["tellers"]["verbs"]).replace(" ", r"\s")
    return re.compile(
        rf"(?:^|(?<=[\n.!,;]))\s*(?P<name>{_NAME}|{_AGENT})\s(?:just\s)?(?:{verbs})\b"
        r"(?:\sthat|\sme|\sabout|\sre)?\s*[:,]?\s*",
        re.IGNORECASE,
    )


def mark_via(line: Line, people: Sequence[Known], known_titles: Sequence[str]) -> str:
    """Take who told out of the line; empty where nobody is named."""
    names = {fold(person.name).split()[0] for person in people if person.name.split()}
    titles = {fold(title) for title in known_titles}
    for pattern in (_FRONT, _says(), _END):
        found = pattern.match(line.text) if pattern is _FRONT else pattern.search(line.text)
        said = next(filter(None, found.groups()), "") if found else ""
        if found and said and _may_tell(said, names, titles, is_led=pattern is _FRONT):
            kept = " got me " if _GOT_ME.search(found[0]) else " "
            line.text = (line.text[: found.start()] + kept + line.text[found.end() :]).strip()
            return "agent" if fold(said) in TABLE["tellers"]["agents"] else titled(said)
    return ""


def _may_tell(said: str, names: set[str], titles: set[str], *, is_led: bool) -> bool:
    """A name, and not a title, a word of the trade or just any word."""
    folded = fold(said)
    first = folded.split()[0]
    if folded in titles or stage_called(folded) or first in TABLE["tellers"]["never"]:
        return False
    if folded in TABLE["tellers"]["agents"] or first in names:
        return True
    begins = folded if is_led else first
    is_one = is_led or " " not in folded
    return is_one and first not in TABLE["tellers"]["hardly"] and not any(t.startswith(begins) for t in titles)
