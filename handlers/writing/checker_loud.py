"""How loud a note is: too many marks, words in capitals, more than one emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.writing.checker_known import Hit
from handlers.writing.checker_phrases import listed, table
from handlers.writing.checker_said import first_letter, quoted
from handlers.writing.checker_text import Reading

MANY_MARKS = 3
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f300-\U0001faff\u2600-\u26ff\u2700-\u27bf\u2b50\u2b55\u231a\u231b\u2764]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\U0001f3fb-\U0001f3ff]*)*)"
)


def count_word(number: int) -> str:
    """A number as a sentence begins with it."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def loud(reading: Reading) -> Iterator[Hit]:
    """W5: marks, capitals and emoji."""
    yield from _marks(reading)
    shouted = list(_shouted(reading))
    if shouted:
        start, end = shouted[0]
        edits = tuple((s, e, _calm(reading, s, e)) for s, e in shouted)
        words = table()["W5"]["caps"].format(words=quoted(reading, start, end))
        yield Hit("W5", start, end, words, hard=False, edits=edits)
    seen = list(_EMOJI.finditer(reading.text))
    if len(seen) > 1:
        yield Hit("W5", 0, 0, table()["W5"]["emoji"].format(count=count_word(len(seen))), hard=False)


def _marks(reading: Reading) -> Iterator[Hit]:
    marks = [found.span() for found in re.finditer(r"!+", reading.masked)]
    count = sum(end - start for start, end in marks)
    if count > MANY_MARKS:
        edits = [(start, end, ".") for start, end in marks[:-1]] + [(*marks[-1], "!")]
        words = table()["W5"]["marks"].format(count=count_word(count))
        yield Hit("W5", marks[0][0], marks[-1][1], words, hard=False, edits=tuple(edits))


def _shouted(reading: Reading) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?", reading.masked):
        typed = reading.typed(*found.span())
        if len(typed) < 2 or not typed.isupper() or found[0] in listed("acronyms"):
            continue
        if len(typed) >= 4 or found[0] in listed("shouts"):
            yield found.span()


def _calm(reading: Reading, start: int, end: int) -> str:
    words = reading.folded[start:end]
    opens = any(first_letter(reading, s) == start for s in reading.sentences)
    return words.capitalize() if opens or words in listed("names_of_all") else words
