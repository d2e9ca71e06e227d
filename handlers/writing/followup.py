"""The follow-up: a finished note to one person, worded for the day it is sent, and never a thank-you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.customs import Customs
from handlers.writing.hooks import Fact, hook_lines, hushed, private, sign_off, unused
from handlers.writing.newslines import MOST, NewsItem, NewsLine, in_order, news_lines, news_remarks, on_paper, sentence
from handlers.writing.openers import Meeting, day_words, of_place, one_line, opener, phrases, style, thanks
from handlers.writing.stale import stale_words

__all__ = ["Brief", "Draft", "Fact", "Meeting", "NewsItem", "lines", "private", "stale_words", "write"]

E_MAIL, POSTCARD, AGENT = "e-mail", "postcard", "agent"
BOOKING, NEWS = "booking", "news"
MOST_WORDS = 130
MOST_ON_A_POSTCARD, MOST_NEWS_ON_A_POSTCARD = 60, 2
MOST_SUBJECT = 70
MOST_QUOTED = 40
WEEK = 7
"""Days after which the actor is told that a note is late."""


@dataclass(frozen=True)
class Brief:
    """All that may stand in the note to one person; `sign` may be "", `facts` are not private ones."""

    greeting: str
    sign: str
    meetings: tuple[Meeting, ...]
    others: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    news: tuple[NewsItem, ...] = ()
    place: int = 0
    """Which person of the room: 0 for the first. No two of one room get the same text."""
    used: tuple[str, ...] = ()
    """The hook lines of earlier notes to this person: none comes again."""
    hushed: tuple[str, ...] = ()
    """What is private about this person, in the actor's words: it silences the facts of the same matter."""
    playful: bool = False
    """Whether the sign-off may play on the hook: "Hang ten!"."""
    casts: frozenset[str] = frozenset()
    """What the person's office casts, where that is known: such news comes first."""
    channel: str = E_MAIL
    """How it goes: by e-mail, by postcard, or through the agent."""
    kind: str = ""
    """A booking note, or one of news alone; else the rooms tell."""

    @property
    def most_words(self) -> int:
        """The longest it may be."""
        return MOST_ON_A_POSTCARD if self.channel == POSTCARD else MOST_WORDS


@dataclass(frozen=True)
class Draft:
    """A note ready to send: the hook in it, the ids of its news, and remarks to the actor that stand under it."""

    subject: str
    body: str
    hook: str
    news: tuple[int, ...]
    remarks: tuple[str, ...]


def write(brief: Brief, send_on: date, customs: Customs, line: int = 0) -> Draft:
    """Write the note as it must read on a day; `line` counts through the hook phrasings and wraps around."""
    hooks = _hooks(brief, send_on)
    hook = hooks[line % len(hooks)] if hooks else ""
    chosen = _chosen(brief, send_on, customs)
    body = _body(brief, send_on, customs, chosen, hook)
    while chosen and _words(body) > brief.most_words:
        chosen.remove(max(chosen, key=lambda news: _words(news.text)))
        body = _body(brief, send_on, customs, chosen, hook)
    if _words(body) > brief.most_words:
        hook = ""
        body = _body(brief, send_on, customs, (), hook)
    if _words(body) > brief.most_words:
        body = _body(_untitled(brief), send_on, customs, (), hook)
    shown = in_order(chosen, brief.place)
    said_of_news = news_remarks(brief.news, shown, send_on, customs) if brief.kind != BOOKING else ()
    remarks = (*said_of_news, *_remarks(brief, send_on, hook))
    subject = "" if brief.channel == POSTCARD else _subject(brief)
    return Draft(subject, body, hook, tuple(news.item.id for news in shown), remarks)


def _chosen(brief: Brief, send_on: date, customs: Customs) -> list[NewsLine]:
    """The news that goes into it; none into a booking note, and on a postcard what needs no link first."""
    if brief.kind == BOOKING:
        return []
    if brief.channel == POSTCARD:
        items = on_paper(brief.news)
        return news_lines(items, send_on, customs, brief.casts)[:MOST_NEWS_ON_A_POSTCARD]
    return news_lines(brief.news, send_on, customs, brief.casts)[:MOST]


def lines(brief: Brief, send_on: date) -> int:
    """Count the hook phrasings there are on a day."""
    return len(_hooks(brief, send_on))


def _hooks(brief: Brief, send_on: date) -> list[str]:
    said_on = _last_day(brief, send_on)
    secrets = [*brief.hushed, *(fact.words for fact in brief.facts if private(fact.words))]
    facts = [fact for fact in brief.facts if not hushed(fact.words, secrets)]
    found = [line for fact in facts for line in hook_lines(fact, send_on, said_on, one_line(brief.greeting))]
    return unused(dict.fromkeys(found), brief.used)


def _last_day(brief: Brief, send_on: date) -> date:
    return max((met.day for met in brief.meetings), default=send_on)


def _body(brief: Brief, send_on: date, customs: Customs, chosen: Sequence[NewsLine], hook: str) -> str:
    news = in_order(chosen, brief.place)
    lead = of_place(brief.place)["lead"]
    first, bullets = _opening(brief, send_on, customs), ""
    if len(news) == 1 or brief.channel == POSTCARD:
        first = " ".join(part for part in (first, *_sentences(news, lead)) if part)
    elif news:
        first = f"{first} {lead}".strip()
        bullets = "\n".join(item.bullet for item in news)
    greeting = f"Hi {one_line(brief.greeting)},".replace(" ,", ",")
    parting = sign_off(hook, playful=brief.playful)
    return "\n\n".join(part for part in (greeting, first, bullets, hook, parting, one_line(brief.sign)) if part)


def _opening(brief: Brief, send_on: date, customs: Customs) -> str:
    if brief.kind == BOOKING:
        return thanks(brief.meetings, brief.place)
    when = day_words(_last_day(brief, send_on), send_on, customs)
    return opener(brief.meetings, brief.others, brief.place, when)


def _sentences(news: Sequence[NewsLine], lead: str) -> list[str]:
    """The news as sentences; what is none by itself has the lead once, before the first of its kind."""
    said: list[str] = []
    for line in news:
        told = sentence(line, lead)
        again = any(other.startswith(lead) for other in said)
        said.append(told.removeprefix(lead).strip() if again else told)
    return said


def _words(text: str) -> int:
    return sum(any(sign.isalnum() for sign in token) for token in text.split())


def _untitled(brief: Brief) -> Brief:
    """Leave out the titles, when they alone are longer than a note."""
    return replace(brief, meetings=tuple(replace(m, project="", role="") for m in brief.meetings), others=())


def _subject(brief: Brief) -> str:
    """Say who, which role, which project; what does not fit is left out, titles are not changed."""
    sign = one_line(brief.sign)
    about = _about(brief.meetings) if brief.meetings or brief.kind != NEWS else [phrases()["subject"]["news"]]
    full = [f"{sign} – {words}" for words in about] if sign else []
    bare = [words[:1].upper() + words[1:] if _standing(words) else words for words in about]
    fits = [subject for subject in (*full, *bare, sign) if subject and len(subject) <= MOST_SUBJECT]
    return fits[0] if fits else f"{(full + bare)[-1][: MOST_SUBJECT - 1].rstrip()}…"


def _standing(words: str) -> bool:
    return words in phrases()["subject"].values()


def _about(meetings: Sequence[Meeting]) -> list[str]:
    """List what a subject may say, the fullest first."""
    rooms = [met for met in meetings if met.role.strip() or met.project.strip()]
    if not rooms:
        kinds = {style(met).split("-video")[0].split("-phone")[0] for met in meetings}
        known = phrases()["subject"]
        return [known.get(kinds.pop() if len(kinds) == 1 else "other", known["other"])]
    pairs = [", ".join(one_line(part) for part in (met.role, met.project) if part.strip()) for met in rooms]
    names = [one_line(met.project or met.role) for met in rooms]
    return ["; ".join(dict.fromkeys(pairs)), " and ".join(dict.fromkeys(names)), pairs[0], names[0]]


def _remarks(brief: Brief, send_on: date, hook: str) -> list[str]:
    words = phrases()["remarks"]
    told = brief.facts[0].words if brief.facts else ""
    without = words["no_hook_of"].format(words=one_line(told)[:MOST_QUOTED].strip()) if told else words["no_hook"]
    remarks = [] if hook or (brief.kind == NEWS and not brief.meetings) else [without]
    days = (send_on - _last_day(brief, send_on)).days
    if days > WEEK and brief.kind != BOOKING:
        remarks.append(words["late"].format(days=days))
    return remarks
