"""What project, role and size the words of a line tell that no step and no moment has taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handlers.casting.line_steps import Step, words_of
from handlers.casting.lines import Line, Token
from handlers.casting.titles import MOST, Named, known_as
from handlers.casting.vocabulary import TABLE
from handlers.conversation import View
from handlers.reading.casting_words import all_words, cut_words, words_in
from handlers.reading.projects import read_what
from handlers.reading.spelling import fold, titled

_ALWAYS = frozenset(["with", "w", "by", "as", "for", "from", "to", "re", "about", "per", "playing", "via", "or"])
_LONG = frozenset(["in", "on", "of", "at"])
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_NO_TITLE_BEHIND = frozenset(["is", "with", "w", "by", "as", "playing", "about", "per", "via", "at"])
_MOST_WORDS = 6


@dataclass(frozen=True)
class Part:
    """A run of words, with the little word that leads it and where it stands to the step."""

    lead: str
    words: str
    tokens: tuple[Token, ...]
    side: str
    """before, after, near (a comma between), far."""
    closes: str = ""
    """The little word it ends with: "nurse ray in"."""


@dataclass
class About:
    """What the line is about."""

    title: str = ""
    known: tuple[int, ...] = ()
    role: str = ""
    size: str = ""
    junk: int = 0
    """Words of the step's own clause that told nothing."""
    leads: list[str] = field(default_factory=list)


def about(line: Line, letter: str, view: View, shunned: frozenset[str], *, typed: bool) -> About:
    """Project, role and size; `typed` where a command stood before, so that the first words are the project."""
    parts = _parts(line, letter)
    found = About()
    named = _named(line, letter)
    if named:
        found.title, found.known = named.title, tuple(p.id for p in named.known)
    left: list[Part] = []
    for part in parts:
        words, said = cut_words(part.words)
        found.size = found.size or said.get("size", "")
        rest = _trimmed(part, words)
        if part.tokens[0].word in _BE and rest.words != part.words:
            rest = replace(rest, lead="is")
        if rest.words:
            left.append(replace(rest, lead="is") if shunned.intersection(rest.words.lower().split()) else rest)
    _take_role(found, left, view)
    if not found.title:
        _take_title(found, left, view, line, letter, typed=typed)
    _take_other(found, left, view)
    found.junk = sum(len(part.words.split()) for part in left if part.side in ("before", "after"))
    return found


def _named(line: Line, letter: str) -> Named | None:
    """The title nearest to the step; one behind it before one in front."""
    places = {c: at for at, c in enumerate(line.text) if isinstance(line.of(c), Named)}
    here = line.text.find(letter)
    if not places:
        return None
    sentence = re.compile(r"[.!?\n]")

    def far(letter_of: str) -> tuple[int, int]:
        at = places[letter_of]
        between = line.text[min(at, here) : max(at, here)]
        return len(sentence.findall(between)), abs(at - here) - (at > here)

    return line.of(min(places, key=far))  # type: ignore[no-any-return]


def _parts(line: Line, letter: str) -> list[Part]:
    """The runs of words, parted where a little word begins another matter."""
    tokens = line.tokens()
    here = next(at for at, token in enumerate(tokens) if token.word == letter)
    runs: list[tuple[str, list[Token]]] = []
    fresh = True
    for at, token in enumerate(tokens):
        if token.is_mark:
            fresh = True
            continue
        if fresh or token.breaks:
            runs.append((_side(tokens, at, here), []))
            fresh = False
        runs[-1][1].append(token)
    return [part for side, run in runs for part in _split(line, run, side)]


def _side(tokens: Sequence[Token], at: int, here: int) -> str:
    """Where a run that begins at this token stands to the step."""
    low, high = (here + 1, at + 1) if at > here else (at + 1, here + 1)
    breaks = sum(token.breaks for token in tokens[low:high])
    stops = sum(token.stops for token in tokens[low:high])
    if breaks == 0:
        return "after" if at > here else "before"
    return "near" if breaks <= 2 and stops == 0 else "far"


def _split(line: Line, run: list[Token], side: str) -> list[Part]:
    parts: list[Part] = []
    lead, kept = "", list[Token]()
    for token in run:
        if token.word in _ALWAYS or (token.word in _LONG and len(run) > 3):
            if kept:
                parts.append(_part(line, lead, kept, side, token.word))
            lead, kept = token.word, []
        else:
            kept.append(token)
    if kept:
        parts.append(_part(line, lead, kept, side, ""))
    elif parts and lead:
        parts[-1] = replace(parts[-1], closes=lead)
    return parts


def _part(line: Line, lead: str, tokens: list[Token], side: str, closes: str) -> Part:
    return Part(lead, line.text[tokens[0].start : tokens[-1].end], tuple(tokens), side, closes)


def _trimmed(part: Part, words: str) -> Part:
    """Without the words that are worn off the ends of a title."""
    start = part.words.find(words) + part.tokens[0].start if words else 0
    tokens = [t for t in part.tokens if words and start <= t.start < start + len(words)]
    edges = frozenset(TABLE["edges"])
    while tokens and tokens[-1].word in edges:
        tokens.pop()
    while tokens and tokens[0].word in edges and not (tokens[0].word == "the" and len(tokens) > 1):
        tokens.pop(0)
    if not tokens:
        return replace(part, words="", tokens=())
    text = words[tokens[0].start - start : tokens[-1].end - start]
    return replace(part, words=text, tokens=tuple(tokens))


def _take_role(found: About, left: list[Part], view: View) -> None:
    """ "as nurse ray", "nurse ray in Copper Falls", or the role that is known of the project."""
    roles = {fold(p.role) for p in view.projects if p.id in found.known and p.role}
    for part in left:
        is_role = part.lead in ("as", "playing") or (
            found.title and part.closes in ("in", "on") and part.lead in ("for", "of", "", "me")
        )
        if (is_role or fold(part.words) in roles) and _is_credible(part, view, is_role=True):
            found.role = titled(part.words, words_in("small_words"))
            left.remove(part)
            return


def _take_title(found: About, left: list[Part], view: View, line: Line, letter: str, *, typed: bool) -> None:
    """The project that is told without its whole title, or that is new."""
    order = sorted(left, key=lambda p: (p.lead not in ("for", "re"), ("after", "before", "near", "far").index(p.side)))
    for part in order:
        known = known_as(part.words, view.projects)
        if known and part.lead not in _NO_TITLE_BEHIND:
            found.title, found.known = (known[0].title if len(known) == 1 else ""), tuple(p.id for p in known)
            left.remove(part)
            break
    if found.known:
        return
    step: Step = line.of(letter)
    for part in order:
        if not typed and not _may_be_new(part, step, line):
            continue
        if _is_credible(part, view, typed=typed):
            what = read_what(_sentence(part.words), ())
            if what and what.project:
                found.title, found.role, found.size = what.project, found.role or what.role, found.size or what.size
                left.remove(part)
                return


def _take_other(found: About, left: list[Part], view: View) -> None:
    """ "copper falls or brightside": either."""
    for part in [part for part in left if part.lead == "or" and found.known]:
        if known := known_as(part.words, view.projects):
            found.title, found.known = "", tuple(dict.fromkeys((*found.known, *(p.id for p in known))))
            left.remove(part)


def _sentence(words: str) -> str:
    """A title typed all in capitals among small letters is as it is; shouted it is written anew."""
    return words.lower() if words.isupper() and len(words) > 5 else words


def _may_be_new(part: Part, step: Step, line: Line) -> bool:
    if part.lead in _NO_TITLE_BEHIND or part.side == "far":
        return False
    if part.side == "before":
        return step.is_told or step.words.split()[0] not in words_of("verbs")
    return part.side == "after" or part.lead in ("for", "re") or len(part.tokens) <= 4


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
    if all(word in TABLE["everyday"] for word in words):
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
