"""What project, role and size the words of a line tell that no step and no moment has taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handlers.casting.choosing import Heard
from handlers.casting.line_steps import NOTHING, Step, words_of
from handlers.casting.lines import Line
from handlers.casting.parts import Part, parts_of, trimmed
from handlers.casting.titles import MOST, Named, known_as, played
from handlers.casting.vocabulary import TABLE
from handlers.casting.whens import Moment
from handlers.conversation import View
from handlers.reading.casting_words import all_words, cut_words, words_in
from handlers.reading.projects import read_what
from handlers.reading.spelling import fold, titled

_MOST_WORDS = 6
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass
class About:
    """What the line is about."""

    title: str = ""
    known: tuple[int, ...] = ()
    role: str = ""
    size: str = ""
    junk: int = 0
    """Words of the step's own clause that told nothing."""


def about(heard: Heard) -> About:
    """Project, role and size; behind a slash the first words are the project."""
    line, letter, view = heard.line, heard.letter, heard.view
    found = About()
    if named := _named(line, letter):
        found.title, found.known = named.title, tuple(p.id for p in named.known)
    left = [rest for part in parts_of(line, letter) if (rest := _left(found, part, _shunned(heard))).words]
    _take_role(found, left, view)
    if not found.title:
        _take_title(found, left, heard)
    _take_other(found, left, view)
    found.junk = sum(len(part.words.split()) for part in left if part.side in ("before", "after"))
    return found


def _shunned(heard: Heard) -> frozenset[str]:
    """The words of what is no step: no title either."""
    return frozenset(word for step in heard.steps if step.key == NOTHING for word in step.words.split())


def _left(found: About, part: Part, shunned: frozenset[str]) -> Part:
    """What a part still tells without the words of the trade; a size among them is taken."""
    words, said = cut_words(part.words)
    found.size = found.size or said.get("size", "")
    rest = trimmed(part, words)
    is_talk = part.tokens[0].word in TABLE["runs"]["be"] and rest.words != part.words
    return replace(rest, lead="is") if is_talk or shunned.intersection(rest.words.lower().split()) else rest


def _named(line: Line, letter: str) -> Named | None:
    """The title nearest to the step; one behind it before one in front."""
    places = {c: at for at, c in enumerate(line.text) if isinstance(line.of(c), Named)}
    here = line.text.find(letter)
    if not places:
        return None

    def far(letter_of: str) -> tuple[int, int]:
        at = places[letter_of]
        between = line.text[min(at, here) : max(at, here)]
        return len(_SENTENCE_END.findall(between)), abs(at - here) - (at > here)

    return line.of(min(places, key=far))  # type: ignore[no-any-return]


def _take_role(found: About, left: list[Part], view: View) -> None:
    """Take "as nurse ray", "nurse ray in Copper Falls", or the role that is known of the project."""
    roles = {fold(p.role) for p in view.projects if p.id in found.known and p.role}
    for part in left:
        is_role = part.lead in ("as", "playing") or (
            found.title and part.closes in ("in", "on") and part.lead in ("for", "of", "", "me")
        )
        if (is_role or fold(part.words) in roles) and _is_credible(part, view, is_role=True):
            found.role = titled(part.words, words_in("small_words"))
            left.remove(part)
            return


_CALLED = ("called", "titled", "named", "for", "re")
_SIDES = ("after", "before", "near", "next", "far")


def _take_title(found: About, left: list[Part], heard: Heard) -> None:
    """The project told without its whole title, by its role, or a new one."""
    order = sorted(left, key=lambda part: (part.lead not in _CALLED, _SIDES.index(part.side)))
    for part in order:
        if _take_known(found, part, heard.view):
            left.remove(part)
            return
    for part in order:
        may_be = heard.typed or (
            _may_be_new(part, heard.step) and (part.side != "next" or (_is_dated(heard) and not heard.step.weak))
        )
        what = (
            read_what(_sentence(part.words), ())
            if may_be and _is_credible(part, heard.view, typed=heard.typed)
            else None
        )
        if what and what.project:
            found.title, found.role, found.size = what.project, found.role or what.role, found.size or what.size
            left.remove(part)
            return


def _take_known(found: About, part: Part, view: View) -> bool:
    known = known_as(part.words, view.projects) if part.lead not in TABLE["runs"]["no_title"] else ()
    by_role = played(part.words, view.projects)
    if not known and len(by_role) == 1:
        known, found.role = by_role, by_role[0].role
    found.title, found.known = known[0].title if len(known) == 1 else "", tuple(p.id for p in known)
    return bool(known)


def _take_other(found: About, left: list[Part], view: View) -> None:
    """Of "copper falls or brightside" it may be either."""
    for part in [part for part in left if part.lead == "or" and found.known]:
        if known := known_as(part.words, view.projects):
            found.title, found.known = "", tuple(dict.fromkeys((*found.known, *(p.id for p in known))))
            left.remove(part)


def _sentence(words: str) -> str:
    """A title typed all in capitals among small letters is as it is; shouted it is written anew."""
    return words.lower() if words.isupper() and len(words) > 5 else words


def _is_dated(heard: Heard) -> bool:
    """Whether a moment stands there, so that what is exclaimed is told in the next sentence."""
    return any(isinstance(mark, Moment) for mark in heard.line.marks)


def _may_be_new(part: Part, step: Step) -> bool:
    if part.lead in (*TABLE["runs"]["no_title"], "or") or part.side == "far":
        return False
    if part.side == "before":
        return step.is_told or step.words.split()[0] not in words_of("verbs")
    return part.side == "after" or part.lead in _CALLED or len(part.tokens) <= 4


def _is_credible(part: Part, view: View, *, typed: bool = False, is_role: bool = False) -> bool:
    """Whether a run of words may be a title or a role."""
    words = [token.word for token in part.tokens]
    if not words or len(words) > _MOST_WORDS or all_words(part.words) or not re.search(r"[^\W\d_]", part.words):
        return False
    written = (
        part.words[0].isupper()
        and not part.words.isupper()
        and sum(w[0].isupper() for w in part.words.split()) > len(words) / 2
    )
    if not written and not typed and set(words) & set(TABLE["talk"]):
        return False
    if all(word in TABLE["everyday"] or word in TABLE["counted"] or word.isdigit() for word in words):
        return False
    people = (
        {fold(p.name) for p in view.people}
        | {fold(p.greeting) for p in view.people}
        | {fold(p.office) for p in view.people}
    )
    firsts = {fold(p.name).split()[0] for p in view.people if p.name.split()}
    said = fold(part.words)
    if said in people or (said in firsts and not is_role):
        return False
    return part.lead != "from" or not re.search(r"\b(?:casting|office|agency|talent|management|mgmt)\b", said)


def candidates_of(view: View) -> tuple[int, ...]:
    """The projects to be asked about where none is named."""
    return tuple(project.id for project in view.projects[:MOST])
