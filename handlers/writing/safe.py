"""Our own draft passes the checker: a line that would fail is left out, whatever it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.reading.customs import Customs
from handlers.writing.checker import Finding, Knowledge, Note, Told, check
from handlers.writing.followup import BOOKING, Brief, Draft, write

GENERAL, TAPE = "general", "self-tape"


def known_of(brief: Brief, send_on: date, customs: Customs) -> Knowledge:
    """All that is known where nothing but the brief is."""
    met = brief.meetings
    said_on = max((m.day for m in met), default=None)
    return Knowledge(
        greeting=brief.greeting,
        others=brief.others,
        titles=tuple(m.project for m in met if m.project.strip()),
        roles=tuple(m.role for m in met if m.role.strip()),
        news=brief.news,
        facts=tuple(Told(f.words, f.first, f.last, said_on=said_on) for f in brief.facts),
        words=tuple(words for m in met for words in (m.round, m.kind, m.mode) if words.strip()),
        sign=brief.sign,
        kind=_kind(brief),
        channel=brief.channel,
        send_on=send_on,
        met_on=said_on,
        customs=customs,
    )


def _kind(brief: Brief) -> str:
    if brief.kind == BOOKING:
        return BOOKING
    if any(m.kind == GENERAL for m in brief.meetings):
        return GENERAL
    if any(m.mode == TAPE for m in brief.meetings):
        return TAPE
    return "callback" if any("callback" in m.round.casefold() for m in brief.meetings) else "audition"


def write_safe(brief: Brief, send_on: date, customs: Customs, line: int = 0) -> tuple[Draft, tuple[Finding, ...]]:
    """Write the note so that no hard rule speaks; also gives the findings for which lines were left out.

    A finding that is still true of what is given stands last, with its rewrite None.
    """
    known = known_of(brief, send_on, customs)
    left_out: list[Finding] = []
    draft = write(brief, send_on, customs, line)
    for _ in range(len(brief.news) + len(brief.facts) + 3):
        bad = _worst(draft, known)
        less = next(_less(brief, draft, bad, send_on, customs), None) if bad else None
        if bad is None or less is None:
            break
        left_out.append(bad)
        brief, draft = less, write(less, send_on, customs, line)
    return draft, tuple(left_out)


def _worst(draft: Draft, known: Knowledge) -> Finding | None:
    """The first hard fail."""
    return next((f for f in check(Note(draft.body, draft.subject), known) if f.hard), None)


def _less(brief: Brief, draft: Draft, bad: Finding, send_on: date, customs: Customs) -> Iterator[Brief]:
    """The brief without what the finding stands in: the hook, a piece of news, the titles, at last everything."""
    start, end = bad.where
    hook = draft.body.find(draft.hook) if draft.hook else -1
    if bad.part == "body" and hook >= 0 and start < hook + len(draft.hook) and hook < max(end, 1):
        yield from (less for less in _without_a_fact(brief) if write(less, send_on, customs).hook != draft.hook)
    for item in brief.news:
        less = replace(brief, news=tuple(other for other in brief.news if other != item))
        if item.id in draft.news and bad.words not in write(less, send_on, customs).body:
            yield less
    bare = replace(brief, meetings=tuple(replace(m, project="", role="") for m in brief.meetings), others=())
    barest = replace(bare, meetings=(), news=(), facts=())
    yield from (less for less in (bare, barest, replace(barest, sign="")) if less != brief)


def _without_a_fact(brief: Brief) -> Iterator[Brief]:
    for number in range(len(brief.facts)):
        yield replace(brief, facts=brief.facts[:number] + brief.facts[number + 1 :])
    yield replace(brief, facts=())
