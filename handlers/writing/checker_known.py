"""What the checker is given and what it gives back: a note, all that is stored, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from handlers.reading.customs import HOME, Customs, customs_of
from handlers.writing.newslines import NewsItem

BOOKING, POSTCARD = "booking", "postcard"


@dataclass(frozen=True)
class Note:
    """A follow-up as it would be sent; `subject` is "" on a postcard."""

    body: str
    subject: str = ""


@dataclass(frozen=True)
class Told:
    """Small talk that was kept, its days, and the day it was said; `private` stays with the actor."""

    words: str
    first: date | None = None
    last: date | None = None
    private: bool = False
    said_on: date | None = None

    @property
    def span(self) -> tuple[date | None, date | None]:
        """Its first and its last day; None twice where it has none."""
        first = self.first or self.last
        return first, max(first, self.last or first) if first else None


@dataclass(frozen=True)
class Sent:
    """A note that went out before: its day, to whom, and the ids of the news in it."""

    on: date
    to: str = ""
    news: tuple[int, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All that is stored about a note; what is left empty is not held against it."""

    name: str = ""
    greeting: str = ""
    job: str = ""
    office: str = ""
    others: tuple[str, ...] = ()
    """Everybody else the actor has met."""
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    news: tuple[NewsItem, ...] = ()
    facts: tuple[Told, ...] = ()
    links: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Any other words that are true: a round, a size of role, the actor's town."""
    sign: str = ""
    agent: str = ""
    kind: str = "audition"
    """Of the note: audition, callback, general, self-tape or booking."""
    channel: str = "e-mail"
    send_on: date | None = None
    met_on: date | None = None
    to_person: tuple[Sent, ...] = ()
    to_office: tuple[Sent, ...] = ()
    pinned: tuple[date, ...] = ()
    own_words: bool = False
    """The actor wrote it: what is new in it is asked about, not forbidden."""
    customs: Customs = field(default_factory=lambda: customs_of(HOME))

    @property
    def first_name(self) -> str:
        """What the person is called."""
        return self.greeting.strip() or next(iter(self.name.split()), "")

    @property
    def is_told(self) -> bool:
        """Whether enough is known to miss something in it."""
        return any((self.titles, self.roles, self.news, self.facts, self.links, self.words))

    @property
    def open_facts(self) -> tuple[Told, ...]:
        """The small talk that may be used."""
        return tuple(fact for fact in self.facts if not fact.private)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a note, said in one sentence to the actor.

    `where` counts characters of the part; `rewrite` is the whole part made safe, or None where nothing safe is sure.
    """

    id: str
    hard: bool
    words: str
    reason: str
    where: tuple[int, int] = (0, 0)
    part: str = "body"
    rewrite: str | None = None
    line: str = ""
    """What could be kept as news, where that is asked."""

    @property
    def key(self) -> str:
        """What it is known by, once the actor chose to keep the words."""
        return f"{self.id} {self.words}"


@dataclass(frozen=True)
class Hit:
    """A finding before it is put into words of the text: places are those of the folded text.

    `edits` are the replacements that would mend it; None where there are none.
    """

    id: str
    start: int
    end: int
    reason: str
    hard: bool = True
    edits: tuple[tuple[int, int, str], ...] | None = None
