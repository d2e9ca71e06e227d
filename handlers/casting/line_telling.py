"""What a line tells, put together once its step, project and moments are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.casting.choosing import Heard
from handlers.casting.details import detail, details
from handlers.casting.line import CastingLine
from handlers.casting.line_steps import Step, words_of
from handlers.casting.project_of import About, candidates_of
from handlers.casting.timing import with_moments
from handlers.casting.vocabulary import TABLE
from handlers.casting.whens import Moment
from handlers.conversation import View
from handlers.reading.spelling import fold, titled

_RECORDED_AS = {"loosely": "booked", "interest": "requested"}
_INTEREST, _HEARD_BACK = ("requested", "callback", "avail"), ("requested", "callback", "avail", "passed")
_TAPE = re.compile(r"\b(?:tape|tapes|selftape|taping|ecocast|eco cast)\b")
_PAIR = re.compile(r"([\ue000-\uefff])\s*(?:/|\bor\b(?:\s(?:an?|on))*)\s*([\ue000-\uefff])")
_AWAY_LEAD = re.compile(r"^(?:i'?m|i am|i'?ll be|i will be|will be)\s", re.IGNORECASE)
_ENGAGED = re.compile(
    r"\b(?:union hold|paid hold|cancell?ation fee|engaged|under contract|not (?:a |yet )?(?:booking|booked))\b",
    re.IGNORECASE,
)
"""Whether a hold is a booking has been said."""


def tell(heard: Heard, found: About, moments: Sequence[Moment]) -> CastingLine:
    """The line."""
    key, line = heard.step.key, heard.line
    if key == "away" or (key == "good_read" and not found.known):
        found = About()
    is_tape = _TAPE.search(" ".join(step.words for step in heard.steps if step.key == key)) is not None
    told = CastingLine(
        _RECORDED_AS.get(key, key),
        heard.step.number,
        found.title,
        found.known[0] if len(found.known) == 1 else None,
        found.known if len(found.known) > 1 else (),
        role=detail(line, "role") or found.role,
        size=found.size,
        place=detail(line, "place"),
        mode=detail(line, "mode") or ("self-tape" if is_tape else ""),
        instruction=", ".join(dict.fromkeys(wish.value for wish in details(line, "wish"))),
        via=detail(line, "sent_in") or _teller(heard),
        headshot=detail(line, "headshot"),
        reel=detail(line, "reel"),
        what=_what(heard),
    )
    return _with_doubt(with_moments(told, heard, moments), heard)


def _teller(heard: Heard) -> str:
    """Who told it; who sent it in: "own", an agent by name."""
    if heard.step.key != "submitted" or heard.via:
        return heard.via
    words = heard.step.words.split()
    if {"self", "myself"}.intersection(words):
        return "own"
    if words[1:2] != ["me"]:
        return ""
    before = re.findall(r"[\w']+", heard.line.text[: heard.line.text.find(heard.letter)])
    name = next((w for w in reversed(before) if fold(w) not in words_of("between") | words_of("mine")), "")
    return "agent" if fold(name) in ("agent", "rep", "manager", "reps", "they", "team") else titled(name)


def _what(heard: Heard) -> str:
    """Of another appointment, what it is, or which one moves; of days away, their words."""
    other = next((step for step in heard.steps if step.key == "appointment"), None)
    if other and heard.step.key in ("appointment", "moved"):
        named = heard.step if heard.step.key == "appointment" else other
        words = re.sub(r"^(?:an|my)\s", "", named.words)
        return re.sub(r"\b(?:adr|vo)\b", lambda found: found[0].upper(), TABLE["called"].get(words, words))
    if heard.step.key != "away":
        return ""
    if any(isinstance(mark, Moment) for mark in heard.line.marks):
        return _AWAY_LEAD.sub("", heard.step.text)
    return " ".join(heard.whole.split())


def _with_doubt(told: CastingLine, heard: Heard) -> CastingLine:
    if told.stage in ("away", "good_read"):
        return told
    told = _with_project(told, heard.view)
    if maybe := _maybe(heard):
        return replace(told, doubt="stage", maybe=maybe)
    is_loose = heard.step.key == "loosely" or (heard.step.words == "i got it" and told.doubt)
    asks_hold = told.stage == "hold" and not _ENGAGED.search(heard.whole)
    return replace(told, doubt="booking") if is_loose or asks_hold else told


def _with_project(told: CastingLine, view: View) -> CastingLine:
    """With the only known project where none was named, or the doubt which one it is."""
    if told.candidates:
        return replace(told, doubt="project")
    if told.project:
        return told
    if len(view.projects) == 1:
        return replace(told, project=view.projects[0].title, project_id=view.projects[0].id)
    return replace(told, doubt="project", candidates=candidates_of(view))


def _maybe(heard: Heard) -> tuple[str, ...]:
    """The stages it may be: "pin or avail", "passed on copper falls"."""
    if heard.step.key == "interest":
        return _HEARD_BACK if heard.step.words.startswith("heard") else _INTEREST
    if heard.step.words == "passed on" and not heard.typed:
        return ("passed", "withdrawn")
    pair = _PAIR.search(heard.line.text)
    both = [heard.line.of(letter) for letter in pair.groups()] if pair else []
    keys = tuple(dict.fromkeys(step.key for step in both if isinstance(step, Step)))
    return keys if len(keys) == 2 and heard.step.key in keys else ()
