"""Whether a line tells its step clearly enough to go by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from handlers.casting.choosing import Heard
from handlers.casting.line_steps import ROUNDS, words_of
from handlers.casting.project_of import About
from handlers.casting.whens import Moment, has_gone_by
from handlers.reading.spelling import fold

_OF_A_ROUND = ("moved", "cancelled", "decline", "confirm", "answered", "new_time")
_WAITED_FOR = (*ROUNDS, "avail", "offer", "hold", "pinned")
_MOST_JUNK = {"interest": 0, "auditioned": 0, "aired": 1, "wrapped": 99}
"""What needs a known title, and how many words more its clause may hold."""
_CLAIMS = frozenset(["got", "have", "landed", "received", "im", "ive", "getting", "youve", "gotten"])
_ONLY_A_STEP = re.compile(r"[\s\ue000-\uefff.]*")


def is_ahead(heard: Heard, moments: Sequence[Moment]) -> bool:
    """Whether this is still to come: a round whose hour is over was an audition, to be logged."""
    if heard.step.key not in (*ROUNDS, "appointment"):
        return True
    now = heard.view.now
    whens = [m for m in moments if m.what in ("", "due")]
    if any(_is_fixed(m, now) and not has_gone_by(m, now) for m in whens):
        return True
    if any(has_gone_by(m, now) for m in whens):
        return False
    words = " ".join(token.word for token in heard.line.tokens())
    return not any(re.search(rf"(?:^|\s){phrase}(?=\s|$)", words) for phrase in words_of("room"))


def _is_fixed(moment: Moment, now: datetime) -> bool:
    """An hour, or a day after today."""
    return bool(moment.at or moment.exact) or (bool(moment.days) and moment.days[0][0] > now.date())


def is_enough(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:
    """Whether the words around the step make it one, and not talk in which its word stands."""
    key, words = heard.step.key, heard.step.words
    if _is_bare(heard, found, moments):
        return False
    has_moment = any(m.what != "posted" for m in moments)
    is_named = bool(found.title or found.known)
    if key in _MOST_JUNK:
        # "Wrapped a guest star on Harbor Lights" is news.
        is_news = (key == "wrapped" and found.size) or (key == "aired" and not has_moment and "aired" not in words)
        return bool(found.known) and found.junk <= _MOST_JUNK[key] and not is_news
    if key in _OF_A_ROUND:
        return _is_of_a_round(heard, found) and (key != "moved" or has_moment)
    if key in _OTHERS:
        return _OTHERS[key](heard, found, moments)
    if heard.step.weak:
        is_plain = words == "producers" or key == "requested"
        return (has_moment and (is_named or not found.junk)) or (bool(found.known) and not found.junk and not is_plain)
    return _is_clear(heard, found, has_moment=has_moment)


def _is_bare(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:
    """One word alone is the word of a button."""
    is_alone = " " not in heard.step.words and _ONLY_A_STEP.fullmatch(heard.line.text) is not None
    return is_alone and not moments and not (found.title or found.known)


def _is_of_a_round(heard: Heard, found: About) -> bool:
    """What is done to an appointment: to a known project's, to one that is named so, or to nothing else at all."""
    rounds = any(step.key in _WAITED_FOR and step is not heard.step for step in heard.steps)
    is_named = bool(found.title or found.known)
    return bool(found.known) or rounds or (_is_nothing_else(heard, found) and not is_named)


def _is_late(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:  # noqa: ARG001
    return not found.junk or bool(found.title or found.known) or _is_of_a_round(heard, found)


def _is_away(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:  # noqa: ARG001
    return not heard.step.weak or (any(m.days for m in moments) and _leads(heard))


def _are_sides(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:  # noqa: ARG001
    return bool(found.known) or _claims(heard)


def _is_appointment(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:  # noqa: ARG001
    return any(m.what != "posted" for m in moments) and (bool(found.title or found.known) or not found.junk)


def _is_loose(heard: Heard, found: About, moments: Sequence[Moment]) -> bool:  # noqa: ARG001
    cries = "it" in heard.step.words.split() and "!" in heard.line.text
    return (bool(found.known) or cries) and not found.junk


_OTHERS = {
    "late": _is_late,
    "away": _is_away,
    "sides": _are_sides,
    "appointment": _is_appointment,
    "loosely": _is_loose,
}


def _is_clear(heard: Heard, found: About, *, has_moment: bool) -> bool:
    key, words = heard.step.key, heard.step.words
    if key == "passed" and words == "passed" and found.junk:
        return False
    if _claims(heard) or (key == "passed" and " " in words):
        return True
    is_named = bool(found.title or found.known)
    if has_moment:
        return is_named or found.junk <= 3
    return not found.junk and (is_named or (_is_nothing_else(heard, found) and "!" in heard.line.text))


def _is_nothing_else(heard: Heard, found: About) -> bool:
    """Whether hardly a word is left that tells something else."""
    return not found.junk and sum(not token.is_mark for token in heard.line.tokens()) <= 3


def _leads(heard: Heard) -> bool:
    """Nobody stands before the step."""
    before = heard.line.text[: heard.line.text.find(heard.letter)]
    return all(word in words_of("cries") for word in re.findall(r"[^\W_]+", fold(before)))


def _claims(heard: Heard) -> bool:
    """Whether the words say that it has come to the actor: "got a", "booked", "put me on"."""
    if heard.via or heard.step.is_told or heard.step.words.split()[0] in words_of("verbs") | {"went", "going"}:
        return True
    tokens = heard.line.tokens()
    here = next(at for at, token in enumerate(tokens) if token.word == heard.letter)
    return bool(_CLAIMS & {token.word for token in tokens[max(0, here - 4) : here]})
