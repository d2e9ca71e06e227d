"""What may not be said, found by its words: thanks, asking, excuses, begging, gifts, blanks, private things, gossip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.writing.checker_known import BOOKING, Hit, Knowledge
from handlers.writing.checker_phrases import listed, phrases, table
from handlers.writing.checker_text import MASK, Reading, Sentence

BY_WORDS = ("H1", "H2", "H3", "H4", "H5", "H6", "H8", "H12", "H13", "H14")
LONGEST_QUOTE = 60
_BLANK = re.compile(
    r"\((?:reel |your |my )?(?:link|url|name|title|date|role|project|hook)(?: here)?\)"
    r"|\[[^\[\]\n]{0,80}\]|\{[^{}\n]{0,80}\}|<[^<>\n]{0,80}>"
)
_FILL = re.compile(
    r"_{3,}|\?{3,}|(?<![\w/:.])https?:(?://)?(?![\w/\ue000])|\bwww\.?(?=[ \n]|$)|\bx{2,}\b|(?<!\S)[$#](?=[ \n]|$)"
)
_NO_ADDRESS = re.compile(
    r"\b(?:reel|site|website|link|page|clip|footage|trailer)\b[^\n]{0,30} (?:at|is|here)[.]?$|(?<!\S)@(?!\w)"
)
_NOTHING_BEHIND = re.compile(r"[^\n]{0,200}?(?<!\w)(\w{2,20})[ ]?[:-]+(?=\n|$)")
_NOBODY = re.compile(r"(?:hi|hello|hey|dear) [,!]")


def said(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """Everything that is wrong by its words."""
    starts = {first_letter(reading, sentence) for sentence in reading.sentences}
    for rule in BY_WORDS:
        if rule == "H1" and known.kind == BOOKING:
            continue
        found = [*_phrases(reading, rule, "say", starts), *_MORE.get(rule, _none)(reading)]
        yield from _of_rule(reading, known, rule, _kept(reading, rule, found))
    gossip = _kept(reading, "H14", list(_phrases(reading, "H14", "rumours", starts)))
    yield from _of_rule(reading, known, "H14", gossip, "gossip")
    yield from _questions(reading)


def first_letter(reading: Reading, sentence: Sentence) -> int:
    """Where the words of a sentence begin."""
    found = re.compile(r"[^\W_]").search(reading.folded, sentence.start, sentence.end)
    # A numbered line begins behind its number.
    number = re.compile(r"[0-9]{1,2}[.)] ?").match(reading.folded, sentence.start)
    return number.end() if number and sentence.kind == "bullet" else found.start() if found else sentence.start


def quoted(reading: Reading, start: int, end: int) -> str:
    """The actor's words of a stretch, on one line, shortened where they are many."""
    words = " ".join(reading.typed(start, end).split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1].rstrip()}…"


def _phrases(reading: Reading, rule: str, key: str, starts: set[int]) -> Iterator[tuple[int, int]]:
    return phrases(rule, key).find(reading.masked, starts)


def _kept(reading: Reading, rule: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left when what only looks like it is taken out."""
    if not found:
        return []
    innocent = list(phrases(rule, "but").find(reading.masked))
    guilty = list(phrases(rule, "still").find(reading.masked))
    innocent = [span for span in innocent if not any(_meet(span, other) for other in guilty)]
    return [span for span in found if not any(_meet(span, other) for other in innocent)]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_rule(
    reading: Reading, known: Knowledge, rule: str, found: list[tuple[int, int]], reason: str = "reason"
) -> Iterator[Hit]:
    """One finding a sentence, from the first of its words to the last."""
    spans: dict[Sentence, tuple[int, int]] = {}
    for start, end in sorted(found):
        sentence = reading.sentence_at(start)
        first, last = spans.get(sentence, (start, end))
        spans[sentence] = min(first, start), max(last, end)
    text: str = table()[rule][reason]
    for start, end in spans.values():
        words = quoted(reading, start, end)
        yield Hit(rule, start, end, text.format(words=words, agent=known.agent.strip() or "you and your agent"))


def _none(_reading: Reading) -> list[tuple[int, int]]:
    return []


def _ty(reading: Reading) -> list[tuple[int, int]]:
    """The short thanks; written as a name it is one."""
    return [
        found.span()
        for found in re.finditer(r"\bty\b(?![-.]\w)", reading.masked)
        if not _is_a_name(reading, found.start(), found.end())
    ]


def _is_a_name(reading: Reading, start: int, end: int) -> bool:
    if reading.typed(start, end) != "Ty":
        return False
    opens = any(first_letter(reading, sentence) == start for sentence in reading.sentences)
    return not (opens and re.match(r"!| (?:so|for|again|very|a lot)\b", reading.masked[end : end + 8]))


def _blanks(reading: Reading) -> list[tuple[int, int]]:
    found = [
        f.span() for f in _BLANK.finditer(reading.masked) if set(f[0][1:-1]) - {MASK, " "} or not f[0][1:-1].strip()
    ]
    for fill in _FILL.finditer(reading.masked):
        is_kiss = fill[0].startswith("x") and not reading.is_capital(fill.start())
        found += [] if is_kiss else [fill.span()]
    return found + _trailing(reading)


def _trailing(reading: Reading) -> list[tuple[int, int]]:
    """Find "My reel: " with nothing behind it; a link on the next line is behind it. Also a greeting to nobody."""
    found = []
    for sentence in reading.sentences:
        behind = _NOTHING_BEHIND.fullmatch(reading.masked, sentence.start, sentence.end)
        next_line = sentence.end + len(reading.folded[sentence.end :]) - len(reading.folded[sentence.end :].lstrip())
        if behind and behind[1] in listed("link_words") and all(start != next_line for start, _ in reading.links):
            found.append((behind.start(1), sentence.end))
        elif open_end := _NO_ADDRESS.search(reading.masked, sentence.start, sentence.end):
            found.append(open_end.span())
    nobody = None if reading.is_subject else _NOBODY.match(reading.masked)
    return [*found, nobody.span()] if nobody else found


def _files(reading: Reading) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(table()["H13"]["files"], reading.masked)]


_MORE = {"H1": _ty, "H8": _blanks, "H13": _files}


def _questions(reading: Reading) -> Iterator[Hit]:
    for sentence in reading.sentences:
        words = reading.masked[sentence.start : sentence.end]
        if "?" in words and "???" not in words and not _offers_comps(words):
            asked = quoted(reading, sentence.start, sentence.end)
            yield Hit("H2", sentence.start, sentence.end, table()["H2"]["question"].format(words=asked))


def _offers_comps(words: str) -> bool:
    return any(re.search(rf"\b{word}\b", words) for word in table()["H2"]["comps"])
