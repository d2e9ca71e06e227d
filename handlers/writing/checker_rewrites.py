"""The smallest safe change: a few words replaced, a clause or a sentence left out; none where that is not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from handlers.writing.checker_about import is_opener
from handlers.writing.checker_known import Hit, Knowledge
from handlers.writing.checker_phrases import Phrases, table
from handlers.writing.checker_said import first_letter
from handlers.writing.checker_stored import capitals
from handlers.writing.checker_text import MASK, Reading, Sentence, fold

Edit = tuple[int, int, str]
LEFT_OUT = ("H1", "H2", "H3", "H4", "H5", "H6", "H12", "H13", "H14")
"""Rules whose sentence can go without a loss."""
_PLEASE = re.compile(r" (?:pretty )?(?:please|pls|plz)\b,?(?= [^\W_])|,? (?:pretty )?(?:please|pls|plz)\b")
_HEAD = re.compile(r",? (?:but|and|so) (?=(?:i|it|the|my|we|that|what|reading|meeting)\b)|; |, (?=(?:i|it)\b)")


def mended(reading: Reading, hits: Sequence[Hit], known: Knowledge) -> str | None:
    """The part with all that one rule found put right; None where one of it cannot be."""
    edits: list[Edit] = []
    for hit in hits:
        found = hit.edits if hit.edits is not None else _edits(reading, hit, known)
        if found is None:
            return None
        edits += [edit for edit in found if edit not in edits]
    return _applied(reading, edits)


def _edits(reading: Reading, hit: Hit, known: Knowledge) -> tuple[Edit, ...] | None:
    sentence = reading.sentence_at(hit.start)
    if edit := _swapped(reading, hit, sentence):
        return (edit,)
    if hit.id == "H5" and (edit := _unpleading(reading, hit, sentence)):
        return (edit,)
    if hit.id == "H8":
        return _filled(reading, hit, sentence, known)
    if hit.id not in LEFT_OUT or reading.is_subject:
        return None
    edit = _clause(reading, hit, sentence) or _sentence(reading, hit, sentence, known)
    return (edit,) if edit else None


@cache
def _swaps() -> tuple[tuple[str, Phrases, str, bool], ...]:
    return tuple((r["rule"], Phrases(r["said"]), r["becomes"], r.get("closing", False)) for r in table()["swap"])


def _swapped(reading: Reading, hit: Hit, sentence: Sentence) -> Edit | None:
    """Other words in the place of these, from the table."""
    starts = {first_letter(reading, sentence)}
    for rule, phrases, becomes, closing in _swaps():
        if rule != hit.id or (closing and not _closes(reading, sentence)):
            continue
        for start, end in phrases.find(reading.masked, starts):
            if sentence.start <= start and end <= sentence.end and (start <= hit.end and hit.start <= end):
                capital = reading.is_capital(start) or start in starts
                return start, end, becomes if capital else becomes[:1].lower() + becomes[1:]
    return None


def _closes(reading: Reading, sentence: Sentence) -> bool:
    return sentence.kind == "sign" and reading.folded[sentence.end - 1] not in ".!?"


def _unpleading(reading: Reading, hit: Hit, sentence: Sentence) -> Edit | None:
    """The sentence without its "please"; what it asks for is another rule's business."""
    words = reading.masked[hit.start : hit.end]
    if words not in ("please", "pls", "plz", "pretty please"):
        return None
    if hit.start != first_letter(reading, sentence):
        found = _PLEASE.search(reading.folded, max(sentence.start, hit.start - 2), min(sentence.end, hit.end + 2))
        return (found.start(), found.end(), "") if found else None
    after = re.compile(r"\W*").match(reading.folded, hit.end, sentence.end)
    place = after.end() if after else hit.end
    return (hit.start, place + 1, reading.typed(place, place + 1).upper()) if place < sentence.end else None


def _filled(reading: Reading, hit: Hit, sentence: Sentence, known: Knowledge) -> tuple[Edit, ...] | None:
    """A blank filled where just one thing can be meant; else the bullet goes."""
    words = reading.folded[sentence.start : sentence.end]
    if sentence.kind == "greeting" and known.first_name:
        blank = re.compile(r"(?:hi|hello|hey|dear)[ ,]*(.*?)[,!]?$").match(reading.folded, sentence.start, sentence.end)
        return ((sentence.start, sentence.end, f"Hi {known.first_name},"),) if blank else None
    link = _only_link(words, known)
    if link and link not in reading.text:
        trailing = re.search(r"(?:[:-]|\b(?:at|is)\.?)$", reading.folded[hit.start : hit.end])
        return ((hit.end, hit.end, f" {link}"),) if trailing else ((hit.start, hit.end, link),)
    return ((sentence.start, sentence.end, ""),) if sentence.kind == "bullet" else None


def _only_link(words: str, known: Knowledge) -> str:
    """The one link that is stored, where the line speaks of a link or of what that one leads to."""
    links = {item.link: fold(item.words) for item in known.news if item.link.strip()}
    links |= {link: links.get(link, "") for link in known.links if link.strip()}
    if len(links) != 1:
        return ""
    ((link, about),) = links.items()
    labels = [label for label in ("reel", "site", "website", "clip", "trailer", "page") if label in words]
    is_it = (
        any(label in about or label in fold(link) for label in labels)
        if labels
        else re.search("link|url|http|www", words)
    )
    return link if is_it else ""


def _holds_news(reading: Reading, sentence: Sentence, known: Knowledge) -> bool:
    """Whether a sentence names what should not get lost: a project, a role, a piece of news, a link."""
    named = [*known.titles, *known.roles, *(run for item in known.news for run in capitals(item.words))]
    words = reading.folded[sentence.start : sentence.end]
    has_link = any(sentence.start <= start < sentence.end for start, _ in reading.links)
    return has_link or any(fold(name) in words for name in named if name.strip())


def _clause(reading: Reading, hit: Hit, sentence: Sentence) -> Edit | None:
    """The clause it stands in, where what is left is a sentence: the last one, or the first before a "but I"."""
    head = reading.masked[sentence.start : hit.start]
    body = re.search(r"[.!?]*[\"')]*$", reading.masked[sentence.start : sentence.end])
    stop = sentence.start + (body.start() if body else 0)
    cut = max((head.rfind(mark) for mark in (", ", " - ", "; ", " (", " and ", " but ", " so ")), default=-1)
    behind = reading.masked[hit.end : stop]
    if cut >= 0 and len(head[:cut].split()) >= 4 and MASK not in behind and not re.search(r",| but | and i ", behind):
        return sentence.start + cut, stop, ""
    start = first_letter(reading, sentence)
    after = _HEAD.search(reading.masked, hit.end, stop)
    if (
        after
        and len(reading.masked[after.end() : stop].split()) >= 4
        and MASK not in reading.masked[start : after.start()]
    ):
        return start, after.end() + 1, reading.typed(after.end(), after.end() + 1).upper()
    return None


def _sentence(reading: Reading, hit: Hit, sentence: Sentence, known: Knowledge) -> Edit | None:
    """The whole sentence, where something else is left to say and nothing that is told gets lost."""
    if sentence.kind == "sign" and len([s for s in reading.sentences if s.kind == "sign"]) > 1:
        return sentence.start, sentence.end, ""
    others = [s for s in reading.sentences if s.kind in ("text", "bullet") and s != sentence]
    if sentence.kind not in ("text", "bullet") or not others:
        return None
    if _holds_news(reading, sentence, known) and (
        hit.id == "H1" or is_opener(reading, sentence) or sentence.kind == "bullet"
    ):
        return None
    # Words that were wrapped in the midst may end in what looks like the next sentence.
    return sentence.start, max(sentence.end, reading.sentence_at(hit.end - 1).end), ""


def _applied(reading: Reading, edits: Sequence[Edit]) -> str | None:
    """The text as typed with the edits made; a line that is left empty goes, with one of the blank lines round it."""
    text, floor = reading.text, len(reading.text)
    for start, end, words in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        first, last = reading.span(start, end)
        if last > floor:
            # Two edits of one place: the later one has done it, where it takes all of this one away.
            if first >= floor or not words:
                continue
            return None
        if not words:
            first, last = _gap(text, first, last)
        text, floor = text[:first] + words + text[last:], first
    return text.strip("\n") if text.strip() else None


def _gap(text: str, first: int, last: int) -> tuple[int, int]:
    line = text.rfind("\n", 0, first) + 1
    stop = text.find("\n", last)
    stop = len(text) if stop < 0 else stop
    if text[line:first].strip() or text[last:stop].strip():
        before = first - len(text[line:first]) + len(text[line:first].rstrip(" "))
        if text[line:first].strip():
            return before, last
        return first, last + len(text[last:stop]) - len(text[last:stop].lstrip(" "))
    first, last = line, min(stop + 1, len(text))
    blank_before = first == 0 or text[:first].endswith("\n\n")
    while blank_before and text[last : last + 1] == "\n":
        last += 1
    return first, last
