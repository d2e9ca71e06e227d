"""Which of the actor's news may stand in a note to one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz

from handlers.desk import Desk
from handlers.reading.people import fold
from handlers.writing.news_kinds import mediums
from handlers.writing.news_titles import with_titles
from handlers.writing.newslines import FRESH, NewsItem
from storage import auditions, news, people, projects
from storage.database import Record

ALIKE = 85
"""Per cent of an item's words that stand in a text, so that it tells the item."""
SHORTEST = 8


async def news_for(desk: Desk, sent: Sequence[Record], on: date) -> tuple[NewsItem, ...]:
    """What is news on a day and was in none of the notes that were sent; names are written as they are kept."""
    told = {id_ for note in sent for id_ in note.news}
    titles = [row.title for row in await projects.known(desk.tx, desk.actor.id)]
    titles += [row.name for row in await people.known(desk.tx, desk.actor.id) if " " in row.name]
    rows = await news.current(desk.tx, desk.actor.id, on - timedelta(days=FRESH))
    return tuple(
        NewsItem(n.id, with_titles(n.words, titles), n.event_on, n.ends_on, n.link) for n in rows if n.id not in told
    )


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
