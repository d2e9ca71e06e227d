"""Plain lines about the steps of a project, read without a clock and without a guess at what was not said."""

from __future__ import annotations

import re

from handlers.casting.choosing import Heard, choose
from handlers.casting.clocks import in_figures
from handlers.casting.details import mark_role, mark_submission, mark_wishes
from handlers.casting.enough import is_ahead, is_enough
from handlers.casting.line import CastingLine
from handlers.casting.line_steps import NOTHING, Step, mark_steps, slashed
from handlers.casting.line_telling import tell
from handlers.casting.lines import Line, line_of
from handlers.casting.project_of import about
from handlers.casting.stages import stage_called
from handlers.casting.timing import mark_moments
from handlers.casting.titles import mark_known
from handlers.casting.via import mark_via
from handlers.casting.where import mark_links, mark_place
from handlers.conversation import View
from handlers.reading.casting_words import card_words
from handlers.reading.spelling import fold

_EXPENSE = re.compile(
    r"^\s*(?:[$£€]\s?[0-9]|[0-9]+(?:\.[0-9]+)?\s?(?:mi|miles|km|k)\b|[0-9]+(?:\.[0-9]{2})?\s+[a-z]+)|[$£€][0-9]|"
    r"\b(?:parking|uber|lyft|gas|toll|tolls|mileage|lunch|coffee|reprints|taxi|subway)\s[0-9]|"
    r"\b[0-9]+(?:\.[0-9]+)?\s?(?:miles|mi)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?:hi|hello|hey|dear)\b[^\n,:!]{0,40}[,:!]?\s*-?\n", re.IGNORECASE)
_SIGNS_OF_A_ROOM = "👥👤👗👔👕👚💬🗣"
_MOST_BREAKS = 8
_NTH = re.compile(r"^#?([2-9])(?=\s)(?!\s?[ap]m)|\b([2-9])(?:nd|rd|th)\b(?!\s(?:st|ave|street|avenue|floor)\b)")
_ROOM = re.compile(r"(?:it )?(?:the )?room\b")


def read_casting(text: str, view: View) -> CastingLine | None:
    """The step a line tells; None where it tells none: reports of a room, small talk, questions, hopes."""
    line = line_of(text)
    if not line.text or line.text.startswith("/") or _is_of_another_kind(text, line, view):
        return None
    via = _begin(line, view)
    steps = mark_steps(line)
    if all(step.key == NOTHING for step in steps):
        return None
    titles = frozenset(word for p in view.projects for word in fold(p.title).split() if len(word) > 3)
    chosen = choose(line, steps, via, titles)
    return _told(Heard(line, chosen, steps, view, via)) if chosen else None


def read_command(stage: str, rest: str, view: View) -> CastingLine:
    """What stands behind a slash and a stage's word; only the project may be in doubt, and whether a hold books."""
    called = stage_called(stage)
    key = called.key if called else slashed().get(fold(stage), stage)
    if key == "booked" and _ROOM.match(fold(rest)):
        return read_casting(f"booked {rest}", view) or CastingLine("good_read")
    line = line_of(rest)
    number = 1
    if called and called.numbered and (found := _NTH.search(line.text)):
        number, line.text = int(found[1] or found[2]), _NTH.sub(" ", line.text, count=1).strip()
    via = _begin(line, view)
    line.text = f"\n{line.text}"
    step = Step(0, 0, key, weak=False, words=fold(stage), number=number)
    line.put(0, 0, step)
    return _told(Heard(line, step, [step], view, via, typed=True)) or CastingLine(key, number)


def _begin(line: Line, view: View) -> str:
    """What is settled before the step is looked for; gives who told."""
    mark_links(line)
    line.text = in_figures(line.text)
    via = mark_via(line, view.people, [project.title for project in view.projects])
    mark_known(line, view.projects)
    return via


def _told(heard: Heard) -> CastingLine | None:
    moments = mark_moments(heard)
    if not heard.typed and not is_ahead(heard, moments):
        return None
    if heard.step.key == "submitted":
        mark_submission(heard.line)
    mark_role(heard.line)
    mark_place(heard.line, has_when=any(m.what != "posted" for m in moments))
    mark_wishes(heard.line)
    found = about(heard)
    return tell(heard, found, moments) if heard.typed or is_enough(heard, found, moments) else None


def _is_of_another_kind(text: str, line: Line, view: View) -> bool:
    """An expense, a note to somebody, the lines of an audition by their signs."""
    if _EXPENSE.search(line.text) or any(sign in text for sign in _SIGNS_OF_A_ROOM):
        return True
    return text.lstrip()[:1] in tuple(card_words()["what_signs"]) or _is_letter(line.text, view.name)


def _is_letter(text: str, own: str) -> bool:
    """A note to somebody else; "Hi Nora" is to herself."""
    is_own = own != "" and fold(own).split()[:1] == re.findall(r"\w+", fold(text[:60]))[1:2]
    return not is_own and (text.count("\n") > _MOST_BREAKS or _GREETING.match(text) is not None)
