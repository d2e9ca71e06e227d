"""The talk about what the actor is up to: one line an item, with its date, its end and its link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers import notes
from handlers.conversation import Again, Prompt, Question, Reading, Talk, View, ask
from handlers.desk import Desk, OpenTalk
from handlers.messages import Choice, Message
from handlers.reading.customs import show_day
from handlers.reading.dates import Cut, cut_day
from handlers.scripts import Begin
from handlers.writing.news_kinds import kind_of
from handlers.writing.newslines import FRESH
from storage.notes import unfinished
from storage.tables import news as news_table

MOST_LINES, LONGEST_LINE, MOST_CARDS = 10, 300, 3
_LINK = re.compile(r"\bhttps?://[^\s<>\"]{3,500}")
_ENDS = re.compile(r"\b(until|till|thru|through|closes|closing|ends|ending)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One thing the actor is up to."""

    words: str
    event_on: date | None = None
    ends_on: date | None = None
    link: str = ""


class WhatYouAreUpTo(Question[tuple[Item, ...]]):
    """Two or three lines."""

    of = tuple[Item, ...]
    key = "news"
    skip: tuple[Item, ...] = ()

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("What are you up to? One line each, with its date or link if it has one.",))

    def read(self, text: str, view: View) -> Reading:
        lines = [line.strip(" \t•-–*") for line in text.splitlines()]
        items = tuple(read_item(line[:LONGEST_LINE], view) for line in lines if line)[:MOST_LINES]
        if not any(item.words for item in items):
            return Again("Like: wrapped a guest star on Harbor Lights.")
        past = [day for item in items if (day := _over(item, view.today))]
        if past and len(past) == len(items):
            return Again(f"{show_day(past[0], view.today, view.customs)} is over, so no note could hold it.")
        return self.fills(tuple(item for item in items if item.words))


def _over(item: Item, today: date) -> date | None:
    """The last day of what was to come and is over; what has happened is news for a while yet."""
    last = item.ends_on or item.event_on or today
    may_be_told = kind_of(item.words).done and (today - last).days <= FRESH
    return last if last < today and not may_be_told else None


def read_item(line: str, view: View) -> Item:
    """One line: its link and its dates are taken out of the words."""
    found = _LINK.search(line)
    link = found.group().rstrip(".,;)") if found else ""
    words = " ".join(line.replace(link, " ").split()) if link else line
    cut = cut_day(words, view.now, day_first=view.customs.day_first)
    if cut is None:
        return Item(words.rstrip(" :–-,"), link=link)
    event_on, ends_on = _days(words, cut)
    rest = _ENDS.sub("", cut.rest).strip(" :–-,") if _ENDS.search(cut.rest[-12:]) else cut.rest.strip(" :–-,")
    return Item(" ".join(rest.split()) or words, event_on, ends_on, link)


def _days(words: str, cut: Cut) -> tuple[date | None, date | None]:
    before = words[: words.find(cut.phrase) + len(cut.phrase)]
    if _ENDS.search(before[-len(cut.phrase) - 12 :]):
        return None, cut.last
    return cut.first, cut.last if cut.last != cut.first else None


def tell_news() -> Talk[tuple[Item, ...]]:
    """One question."""
    return (yield from ask(WhatYouAreUpTo()))


async def keep(desk: Desk, items: tuple[Item, ...], talk: OpenTalk) -> Begin | None:  # noqa: ARG001
    """Keep the items, and write the cards that are open today anew with them."""
    if not items:
        desk.say("No news kept.")
        return None
    await keep_items(desk, items)
    await show_open_cards(desk)
    return None


async def keep_items(desk: Desk, items: tuple[Item, ...]) -> None:
    """Keep the items and say so."""
    change = desk.change()
    for item in items:
        dates = {"event_on": item.event_on, "ends_on": item.ends_on}
        await change.insert(news_table, words=item.words, link=item.link, created_at=desk.now, **dates)
    change_id = await change.keep(f"news: {items[0].words}", "news", desk.now)
    lines = "\n".join(f"– {_shown(desk, item)}" for item in items)
    desk.say(Message((f"Kept as news:\n{lines}",), choices=((Choice("Undo", f"undo:{change_id}"),),)), "news")


async def show_open_cards(desk: Desk) -> None:
    """The cards of today that still wait are written anew: what may stand in them has changed."""
    waiting = await unfinished(desk.tx, desk.actor.id)
    open_cards = [n for n in waiting if n.shown_on == desk.day and n.own_on is None and n.due_at is None]
    await notes.present(desk, [n.id for n in open_cards][:MOST_CARDS])


def _shown(desk: Desk, item: Item) -> str:
    today = desk.local.date()
    on = f", {show_day(item.event_on, today, desk.customs)}" if item.event_on else ""
    ends = f", until {show_day(item.ends_on, today, desk.customs)}" if item.ends_on else ""
    return f"{item.words}{on}{ends}{', ' + item.link if item.link else ''}"
