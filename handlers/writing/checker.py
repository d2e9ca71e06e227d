"""The checker: what a casting director should not read in a follow-up, found, explained and made safe.

It is a pure function of a note and of what is known; rules with an H are hard fails, those with a W warnings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from handlers.writing.checker_facts import invented, line_of_news
from handlers.writing.checker_known import Finding, Hit, Knowledge, Note, Sent, Told
from handlers.writing.checker_private import private_told, unavailable
from handlers.writing.checker_rewrites import mended
from handlers.writing.checker_said import quoted, said
from handlers.writing.checker_shape import shape
from handlers.writing.checker_stored import Stored, masked, stored
from handlers.writing.checker_tense import late, timely
from handlers.writing.checker_text import Reading

__all__ = ["Finding", "Knowledge", "Note", "Sent", "Told", "check", "mend"]

_YEARS = range(1900, 9000)
_MOST_REWRITES = 16
MOST_REWRITTEN = 2000
"""Characters; a longer text is no note, and nothing in it is sure."""


def check(note: Note, known: Knowledge) -> tuple[Finding, ...]:
    """All findings, hard fails first, in the order of the text; each with its safe rewrite where there is one."""
    checker = _Checker(known)
    found = []
    for part, text in _parts(note):
        reading, hits = checker.hits(part, text)
        rewrites = {rule: checker.rewrite(part, reading, hits, rule) for rule in {hit.id for hit in hits}}
        found += [_finding(part, reading, hit, rewrites[hit.id]) for hit in hits]
    found += [Finding(hit.id, hit.hard, "", hit.reason) for hit in late(checker.known)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: not f.hard))


def mend(note: Note, known: Knowledge, kept: Collection[str] = ()) -> Note:
    """The note with every safe rewrite made, but for findings whose key is kept; as it is where there is none."""
    for _ in range(_MOST_REWRITES):
        change = next((f for f in check(note, known) if f.rewrite is not None and f.key not in kept), None)
        if change is None or change.rewrite is None:
            break
        note = replace(note, **{change.part: change.rewrite})
    return note


def _parts(note: Note) -> Iterator[tuple[str, str]]:
    if note.subject.strip():
        yield "subject", note.subject
    yield "body", note.body


class _Checker:
    """The rules with all that is known laid out once."""

    def __init__(self, known: Knowledge) -> None:
        is_sure = known.send_on is not None and known.send_on.year in _YEARS
        self.known = known if is_sure else replace(known, send_on=None)
        self.names = masked(known)
        self.have: Stored = stored(known)

    def hits(self, part: str, text: str) -> tuple[Reading, list[Hit]]:
        """What every rule finds in one part."""
        reading = Reading(text, self.names, self.known.sign, is_subject=part == "subject")
        rules: Iterable[Iterator[Hit]] = (
            said(reading, self.known),
            private_told(reading, self.known),
            unavailable(reading, self.known),
            invented(reading, self.known, self.have),
            timely(reading, self.known),
            shape(reading, self.known),
        )
        hits = [hit for rule in rules for hit in rule]
        return reading, sorted(dict.fromkeys(hits), key=lambda hit: (not hit.hard, hit.start))

    def rewrite(self, part: str, reading: Reading, hits: Sequence[Hit], rule: str) -> str | None:
        """The part without what this rule found; it must pass the rule, and bring no hard fail that was not there."""
        if len(reading.text) > MOST_REWRITTEN:
            return None
        text = mended(reading, [hit for hit in hits if hit.id == rule], self.known)
        if text is None or text == reading.text:
            return None
        _, after = self.hits(part, text)
        before = {hit.id for hit in hits}
        is_safe = all(hit.id != rule and (not hit.hard or hit.id in before) for hit in after)
        return text if is_safe else None


def _finding(part: str, reading: Reading, hit: Hit, rewrite: str | None) -> Finding:
    words = quoted(reading, hit.start, hit.end) if hit.end > hit.start else ""
    where = reading.span(hit.start, hit.end) if words else (0, 0)
    line = line_of_news(reading, hit.start) if hit.id == "H7" and not hit.hard else ""
    return Finding(hit.id, hit.hard, words, hit.reason, where, part, rewrite, line)
