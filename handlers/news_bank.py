"""Which of the actor's news may stand in a note to one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz

from handlers.casting import days
from handlers.casting.day_spans import each_day
from handlers.desk import Desk
from handlers.reading.people import fold
from handlers.writing.news_kinds import kind_of, mediums
from handlers.writing.news_titles import with_titles
from handlers.writing.newslines import FRESH, NewsItem
from storage import auditions, news, people, projects
from storage.database import Record

ALIKE = 85
"""Per cent of an item's words that stand in a text, so that it tells the item."""
SHORTEST = 8
AHEAD = timedelta(days=366)


async def news_for(desk: Desk, sent: Sequence[Record], on: date) -> tuple[NewsItem, ...]:
    """What is news on a day and was in none of the notes that were sent; names are written as they are kept."""
    told = {id_ for note in sent for id_ in note.news}
    titles = [row.title for row in await projects.known(desk.tx, desk.actor.id)]
    titles += [row.name for row in await people.known(desk.tx, desk.actor.id) if " " in row.name]
    rows = await news.current(desk.tx, desk.actor.id, on - timedelta(days=FRESH))
    may_shoot = await days.taken(desk, on, on + AHEAD) if any(n.event_on or n.ends_on for n in rows) else frozenset()
    return tuple(
        NewsItem(n.id, with_titles(n.words, titles), n.event_on, n.ends_on, n.link)
        for n in rows
        if n.id not in told and not _falls_on(n, may_shoot, on)
    )


def _falls_on(item: Record, may_shoot: Collection[date], on: date) -> bool:
    """Whether all of it that is still to come falls on days on which one may be shooting: nobody is asked to come."""
    last = item.ends_on or item.event_on
    if last is None or last < on or kind_of(item.words).done:
        return False
    return set(each_day([(max(item.event_on or on, on), last)])) <= set(may_shoot)


async def casts(desk: Desk, person_id: int) -> frozenset[str]:
    """What the office of a person casts, as far as the rooms there tell: tv, film, theatre, commercial, voice."""
    rooms = await auditions.of_office(desk.tx, desk.actor.id, person_id)
    return mediums(words for room in rooms for words in (room.kind, room.size, room.project_kind))


def told_in(body: str, items: Iterable[NewsItem]) -> tuple[int, ...]:
    """The ids of the items that the actor's own text tells, by their link or nearly all their words."""
    text = fold(body)
    return tuple(item.id for item in items if (item.link and item.link in body) or _stands_in(fold(item.words), text))


def _stands_in(words: str, text: str) -> bool:
    return len(words) >= SHORTEST and fuzz.partial_ratio(words, text) >= ALIKE
