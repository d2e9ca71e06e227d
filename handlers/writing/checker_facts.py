"""Nothing is invented: each name, title, place, date, number and link of a note stands in what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from handlers.writing.checker_known import Hit, Knowledge
from handlers.writing.checker_numbers import new_dates, new_links, new_numbers
from handlers.writing.checker_phrases import listed, table
from handlers.writing.checker_said import first_letter, quoted
from handlers.writing.checker_stored import Stored
from handlers.writing.checker_text import MASK, Reading, Sentence, fold

NEAR, NEAR_ENOUGH_TO_ASK = 84, 5
_TOKEN = re.compile(r"[^\W_\ue000]+(?:['.&-][^\W_\ue000]+)*")
_JOINS = frozenset(
    ["of", "the", "and", "in", "at", "for", "a", "an", "on", "to", "with", "from", "by", "de", "la", "or"]
)


@dataclass(frozen=True)
class Word:
    """One word of the note with its place, as typed whether with a capital."""

    start: int
    end: int
    folded: str
    capital: bool
    shouted: bool


def invented(reading: Reading, known: Knowledge, have: Stored) -> Iterator[Hit]:
    """What the note says and nobody told; misspelled names where nothing else is known."""
    found = (
        [*new_links(reading, have), *new_dates(reading, known, have), *new_numbers(reading, known, have)]
        if known.is_told
        else []
    )
    runs = [(s, e) for s, e in _names(reading, have) if not any(s < end and start < e for start, end in found)]
    seen: set[str] = set()
    for start, end in sorted([*found, *runs]):
        words = reading.folded[start:end]
        if words in seen:
            continue
        seen.add(words)
        is_name = (start, end) in runs
        if near := _near(words, have) if is_name else "":
            yield _misspelled(reading, start, end, near, known, have)
        elif known.is_told:
            yield _new(reading, start, end, known)


def _new(reading: Reading, start: int, end: int, known: Knowledge) -> Hit:
    words = table()["H7"]
    reason = words["reason"]
    if known.own_words:
        reason = words["own"] if is_news(reading, reading.sentence_at(start)) else words["own_to_them"]
    return Hit("H7", start, end, reason.format(words=quoted(reading, start, end)), hard=not known.own_words)


def is_news(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line tells of the actor and could be kept as news."""
    words = reading.folded[sentence.start : sentence.end]
    if sentence.kind != "text" or reading.is_subject:
        return sentence.kind == "bullet"
    return not re.search(
        r"\b(?:you|your|you'(?:re|ll|d|ve)|yours)\b", re.sub(r"\bcomps[^.!?\n]*|if you[^.!?\n]*", "", words)
    )


def line_of_news(reading: Reading, place: int) -> str:
    """The line a new thing stands in, as it could be kept; "" where it tells of somebody else."""
    sentence = reading.sentence_at(place)
    if not is_news(reading, sentence):
        return ""
    start = first_letter(reading, sentence) if sentence.kind == "bullet" else sentence.start
    return " ".join(reading.typed(start, sentence.end).split())


def _misspelled(reading: Reading, start: int, end: int, near: str, known: Knowledge, have: Stored) -> Hit:
    words = quoted(reading, start, end)
    edits = ((start, end, near),)
    if near in have.titles or not _is_hers(near, known):
        reason = table()["H7"]["near"].format(words=words, known=near)
        is_asked = known.own_words and near in have.titles
        return Hit("H7", start, end, reason, hard=not is_asked, edits=edits)
    return Hit("H11", start, end, table()["H11"]["spelled"].format(words=words, name=near), edits=edits)


def _is_hers(near: str, known: Knowledge) -> bool:
    """Whether a name is that of whom the note goes to."""
    return near in (known.name, known.greeting, *known.name.split(), *known.greeting.split())


def _near(words: str, have: Stored) -> str:
    """The stored name or title it is nearly, as that is written; "" where there is none."""
    if len(words) < NEAR_ENOUGH_TO_ASK:
        return ""
    parts = [part for name in have.names for part in (name, *name.split()) if len(part) >= NEAR_ENOUGH_TO_ASK]
    named = {known: fold(known) for known in dict.fromkeys([*have.titles, *parts]) if known}
    best = process.extractOne(words, named, scorer=fuzz.ratio, score_cutoff=NEAR)
    is_it = best is None or best[0] == words or best[0].rstrip("s") == words.rstrip("s")
    return "" if is_it or best is None else str(best[2])


# Names


def _names(reading: Reading, have: Stored) -> Iterator[tuple[int, int]]:
    for sentence in reading.sentences:
        words = list(_words(reading, sentence))
        if not words or sentence.kind in ("greeting", "sign"):
            continue
        if _is_a_heading(words, reading):
            yield from (
                (w.start, w.end) for w in words if w.capital and not _is_common(w, have) and not _is_known(w, have)
            )
        else:
            opening = first_letter(reading, sentence)
            for run in _runs(reading, words):
                yield from _unknown(reading, run, opening, have)


def _words(reading: Reading, sentence: Sentence) -> Iterator[Word]:
    for found in _TOKEN.finditer(reading.masked, sentence.start, sentence.end):
        start, end = found.span()
        typed = reading.typed(start, end)
        yield Word(start, end, found[0].removesuffix("'s"), typed[0].isupper(), typed.isupper() and len(typed) > 1)


def _is_a_heading(words: list[Word], reading: Reading) -> bool:
    """Whether every word has its capital, so that a capital says nothing."""
    real = [w for w in words if w.folded not in _JOINS and w.folded.isalpha()]
    return reading.is_subject or (len(real) >= 3 and sum(w.capital for w in real) > 0.75 * len(real))


def _runs(reading: Reading, words: list[Word]) -> Iterator[list[Word]]:
    """Words with capitals that stand together: "Cedar Point Film Festival", "The Long Table at Larkspur Playhouse"."""
    run: list[Word] = []
    for word in words:
        between = reading.masked[run[-1].end : word.start] if run else ""
        if run and (between != " " or not (word.capital or word.folded in _JOINS)):
            yield _trimmed(run)
            run = []
        if word.capital or (run and word.folded in _JOINS):
            run.append(word)
    yield _trimmed(run)


def _trimmed(run: list[Word]) -> list[Word]:
    while run and not run[-1].capital:
        run = run[:-1]
    return run


def _unknown(reading: Reading, run: list[Word], opening: int, have: Stored) -> Iterator[tuple[int, int]]:
    """What of a run is new: the whole where nothing of it stands together in what is stored, else its pieces."""
    if not have.has(" ".join(w.folded for w in run)):
        run = _without_a_day_behind(run)
    whole = " ".join(w.folded for w in run)
    if len(run) > 1 and not have.has(whole) and _near(whole, have):
        yield run[0].start, run[-1].end
        return
    while run and (_is_opening(reading, run, opening) or _is_of_all(run[0])) and _may_open(reading, run, have):
        run = _trimmed(run[1:])
        while run and not run[0].capital:
            run = run[1:]
    run = _without_a_day_behind(run)
    if not run or have.has(" ".join(w.folded for w in run)):
        return
    pieces = [p for p in _pieces(run) if not _is_piece_known(p, have)]
    if pieces:
        first, last = (run[0], run[-1]) if len(pieces) == len(_pieces(run)) else (pieces[0][0], pieces[-1][-1])
        yield first.start, last.end


def _without_a_day_behind(run: list[Word]) -> list[Word]:
    while run and _is_of_all(run[-1]):
        run = _trimmed(run[:-1])
    return run


def _pieces(run: list[Word]) -> list[list[Word]]:
    pieces: list[list[Word]] = [[]]
    for word in run:
        if word.capital:
            pieces[-1].append(word)
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _is_piece_known(piece: list[Word], have: Stored) -> bool:
    words = " ".join(w.folded for w in piece)
    alone = len(piece) == 1
    lone = alone and (_is_of_all(piece[0]) or (piece[0].shouted and _is_common(piece[0], have)))
    return lone or have.has(words) or all(_is_of_all(w) for w in piece) or (alone and _is_known(piece[0], have))


def _is_opening(reading: Reading, run: list[Word], opening: int) -> bool:
    before = reading.masked[max(0, run[0].start - 2) : run[0].start]
    return (
        run[0].start <= opening or before.strip()[-1:] in (":", "-", "(", "/", "•", "!", "?", ".") or before[-1:] == '"'
    )


def _may_open(reading: Reading, run: list[Word], have: Stored) -> bool:
    """Whether the first word has its capital only from its place."""
    if _is_common(run[0], have) or _is_of_all(run[0]):
        return True
    if len(run) > 1 and run[1].start == run[0].end + 1:
        return False
    behind = re.match(r" (\w+)", reading.masked[run[0].end : run[0].end + 20])
    is_subject = bool(behind) and behind is not None and behind[1] in listed("behind_a_name")
    is_named = reading.masked[run[0].end : run[0].end + 2] == "'s" or MASK in reading.masked[run[0].start : run[0].end]
    return not is_subject and not is_named


def _is_common(word: Word, have: Stored) -> bool:
    plain = word.folded
    parts = plain.split("-")
    endings = ("ing", "ed", "ly", "ings", "ness", "ful") if len(plain) > 5 else ()
    return plain in have.words or _is_listed(plain) or all(map(_is_listed, parts)) or plain.endswith(endings)


def _is_listed(word: str) -> bool:
    return any(word in listed(name) for name in ("common", "names_of_all", "no_names"))


def _is_of_all(word: Word) -> bool:
    return word.folded in listed("names_of_all") or (word.shouted and word.folded in listed("no_names"))


def _is_known(word: Word, have: Stored) -> bool:
    return word.folded in have.words or all(part in have.words for part in word.folded.split("-"))
