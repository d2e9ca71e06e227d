"""Two hundred drafts from auditions made up by chance, typed as an actor types: `python -m tests.drafts` prints them.

Everything goes in by the words of an actor and the readers of the talks, so that no draft is made of anything tidier.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.conversation import View
from handlers.reading.customs import customs_of
from handlers.talks.audition_questions import read_said
from handlers.talks.tell_news import read_item
from handlers.writing.followup import Brief, Draft, Fact, Meeting, NewsItem
from handlers.writing.safe import write_safe
from tests.handlers.test_hooks import CASES

SEED, MANY = 2026, 200
TITLES = ("Copper Falls", "Night Ferry", "Brightside Bank", "Thank You, Goodnight", "Please Hold", "Ty", "2 Doors Down",
          "The Long Table", "Sorry Wrong Door", "Harbor Lights: Reunion")  # fmt: skip
ROLES = ("Nurse Ray", "Mom #2", "The Captain", "Officer Dunn", "Lena", "Wife", "Third Juror", "")
PEOPLE = ("Tess", "Jo", "Marcus", "Delphine", "Bea", "Ty", "Odette", "Mark", "Ana María")
KINDS = ("", "", "", "film", "tv", "commercial", "theatre", "voiceover", "general")
MODES = ("room", "room", "room", "self-tape", "video", "phone")
ROUNDS = ("", "", "", "callback", "2nd callback", "chemistry read", "pre-read")
NEWS = (
    "wrapped a guest star on harbor lights",
    "just wrapped a great guest star role on big bang theory",
    "booked a co-star on night ferry, shooting dec 8",
    "booked a national spot for brightside bank!!",
    "salt year, short i lead, cedar point film festival sat dec 5, have comps",
    "full force, a film i am the lead in, premieres at the huntington beach film festival on dec 12 (comps available)",
    "in the long table at larkspur playhouse thru nov 29",
    "opening in macbeth at the roxy dec 4",
    "i'm in twelfth night at the globe until 12/20, comps if you want",
    "new comedy reel https://noracastellane.example/reel",
    "new theatrical reel at my website https://noracastellane.example",
    "updated site: https://noracastellane.example",
    "new headshots with ada vance",
    "won best actress at cedar point film festival",
    "nominated for best supporting actress at the larkspurs",
    "started scene study with ada vance",
    "finished the meisner intensive last week",
    "back on the climbing wall",
    "interview in the larkspur ledger https://ledger.example/nora",
    "my episode of harbor lights airs thursday dec 3",
    "shot a music video in ojai on sunday",
    "recurring on night ferry",
    "got cast in a new play",
    "signed with a new agent",
    "learning stage combat",
    "Elsewhere (feature, supporting) is now streaming",
    "voice of the otter in river town, out dec 1",
    "wrapped night ferry",
    "- booked my first pilot 🎉",
    "directing a short in january",
)
DAY = date(2026, 11, 19)


@dataclass(frozen=True)
class Made:
    """One draft with all that it was made of and the day it is sent."""

    brief: Brief
    on: date
    draft: Draft
    left_out: int


def drafts(seed: int = SEED, many: int = MANY) -> Iterator[Made]:
    """The drafts, the same every time."""
    chance = random.Random(seed)
    for _ in range(many):
        yield _made(chance)


def _made(chance: random.Random) -> Made:
    day = DAY + timedelta(days=chance.randrange(6))
    country = chance.choice(("US", "US", "GB"))
    view = View(datetime.combine(day, time(16, 10)), "America/Los_Angeles", customs_of(country))
    told = [read_said(chance.choice(CASES)["told"], view) for _ in range(chance.choice((0, 1, 1, 2)))]
    items = [read_item(line, view) for line in chance.sample(NEWS, chance.choice((0, 1, 2, 3, 4, 6)))]
    people = chance.sample(PEOPLE, chance.choice((1, 1, 2, 3)))
    meetings = tuple(_meeting(chance, day) for _ in range(chance.choice((1, 1, 1, 1, 2))))
    brief = Brief(
        people[0],
        chance.choice(("Nora Castellane", "Nora Castellane", "Nora")),
        meetings,
        tuple(people[1:]),
        tuple(Fact(s.words, s.first, s.last) for s in told if not s.private),
        tuple(NewsItem(n, i.words, i.event_on, i.ends_on, i.link) for n, i in enumerate(items, 1)),
        chance.randrange(len(people)),
        hushed=tuple(s.words for s in told if s.private),
        channel=chance.choice(("e-mail", "e-mail", "e-mail", "postcard", "agent")),
    )
    on = day + timedelta(days=chance.choice((0, 1, 1, 1, 1, 2, 3, 5, 7, 12)))
    draft, left_out = write_safe(brief, on, customs_of(country))
    return Made(brief, on, draft, len(left_out))


def _meeting(chance: random.Random, day: date) -> Meeting:
    kind = chance.choice(KINDS)
    if kind == "general":
        return Meeting(day, kind=kind, mode=chance.choice(("room", "video", "phone")))
    title, role = chance.choice(TITLES), chance.choice(ROLES)
    return Meeting(day, title, role, kind, chance.choice(ROUNDS), chance.choice(MODES))


def shown(made: Made) -> str:
    """One draft as it is read, with what it was made of above it."""
    facts = " / ".join(fact.words for fact in made.brief.facts) or "-"
    news = " / ".join(item.words for item in made.brief.news) or "-"
    head = f"# {made.on:%a %b %d}, {made.brief.channel} | talk: {facts} | news: {news}"
    return "\n".join((head, made.draft.subject, "", made.draft.body, *(f"  ({r})" for r in made.draft.remarks)))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    print("\n\n----\n\n".join(shown(made) for made in drafts(many=count)))
